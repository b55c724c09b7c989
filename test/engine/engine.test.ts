/* eslint-disable @n8n/community-nodes/no-restricted-imports -- these tests need an HTTP server of their own */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeOperationError, sleep } from 'n8n-workflow';
import {
	JUSPAY_CREDENTIAL,
	JUSPAY_TRIGGER_TYPE,
	JUSPAY_TYPE,
	pollTrigger,
	registerTypes,
	runAsTool,
	runJuspay,
	testCredential,
} from '.';

/** The last stub that ran: what its context could do. */
let context: Partial<Record<string, unknown>> = {};

async function ask(
	this: IExecuteFunctions | IPollFunctions,
	path: string,
	more: Partial<IHttpRequestOptions> = {},
): Promise<IDataObject> {
	const { baseUrl } = await this.getCredentials(JUSPAY_CREDENTIAL);
	return (await this.helpers.httpRequestWithAuthentication.call(this, JUSPAY_CREDENTIAL, {
		url: `${String(baseUrl)}${path}`,
		...more,
	})) as IDataObject;
}

/** Each way of ending that a node has, chosen by the parameter `does`. */
class StubNode implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay',
		name: 'juspay',
		group: ['transform'],
		version: [1, 2],
		description: 'A stand-in',
		defaults: { name: 'Juspay' },
		inputs: [NodeConnectionTypes.Main],
		outputs: '={{ $parameter.twoOutputs ? ["main", "main"] : ["main"] }}',
		usableAsTool: true,
		credentials: [{ name: JUSPAY_CREDENTIAL, required: true }],
		properties: [
			{ displayName: 'Does', name: 'does', type: 'string', default: 'ask' },
			{ displayName: 'Text', name: 'text', type: 'string', default: 'a default' },
			{ displayName: 'Must', name: 'must', type: 'string', default: 'x', required: true },
			{ displayName: 'Two Outputs', name: 'twoOutputs', type: 'boolean', default: false },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		context = {
			addExecutionHints: typeof this.addExecutionHints,
			getExecutionCancelSignal: this.getExecutionCancelSignal?.()?.aborted,
			continueOnFail: this.continueOnFail(),
			isToolExecution: this.isToolExecution(),
			inputs: this.getInputData().map(({ json }) => json),
			version: this.getNode().typeVersion,
		};
		const does = this.getNodeParameter('does', 0) as string;
		const items = this.getInputData();
		const one = async (item: number): Promise<INodeExecutionData> => {
			const json = { text: this.getNodeParameter('text', item) as string };
			switch (does) {
				case 'ask':
					return { json: { ...json, ...(await ask.call(this, '/ok')) }, pairedItem: { item } };
				case 'hang':
					return {
						json: await ask.call(this, '/hang', {
							abortSignal: this.getExecutionCancelSignal?.(),
						}),
					};
				case 'throw':
					throw new NodeOperationError(this.getNode(), 'Out of order', {
						itemIndex: item,
						description: 'Mend it',
					});
				case 'lastItem':
					return { json, pairedItem: { item: items.length - 1 } };
				case 'missingItem':
					return { json, pairedItem: { item: 99 } };
				case 'halfErrors':
					return item % 2
						? { json: { error: 'Bad IFSC' }, pairedItem: { item } }
						: { json, pairedItem: { item } };
				default:
					return { json };
			}
		};
		const made = [];
		for (const item of items.keys()) made.push(await one(item));
		if (does === 'unpaired') made.push({ json: {} });
		return this.getNodeParameter('twoOutputs', 0) ? [[], made] : [made];
	}
}

class StubTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay Trigger',
		name: 'juspayTrigger',
		group: ['trigger'],
		version: 1,
		description: 'A stand-in',
		defaults: { name: 'Juspay Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		polling: true,
		credentials: [{ name: JUSPAY_CREDENTIAL, required: true }],
		properties: [{ displayName: 'Path', name: 'path', type: 'string', default: '/ok' }],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const memory = this.getWorkflowStaticData('node');
		memory.polls = ((memory.polls as number | undefined) ?? 0) + 1;
		const answer = await ask.call(this, this.getNodeParameter('path') as string);
		if (memory.polls === 1) return null;
		return [this.helpers.returnJsonArray([{ ...answer, mode: this.getMode() }])];
	}
}

class StubCredential implements ICredentialType {
	name = JUSPAY_CREDENTIAL;

	displayName = 'Juspay API';

	properties: INodeProperties[] = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
		},
		{ displayName: 'Merchant', name: 'merchantId', type: 'string', default: 'by default' },
	];

	authenticate: IAuthenticate = {
		type: 'generic',
		properties: {
			auth: { username: '={{ $credentials.apiKey }}', password: '' },
			headers: { 'x-merchantid': '={{ $credentials.merchantId }}' },
		},
	};

	test: ICredentialTestRequest = {
		request: { baseURL: '={{ $credentials.baseUrl }}', url: '/needs-key' },
		rules: [{ type: 'responseCode', properties: { value: 401, message: 'Wrong key' } }],
	};
}

let server: Server;
let baseUrl: string;
let closed: Promise<void>;
let arrived: Promise<void>;

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

beforeAll(async () => {
	let onClosed = () => {};
	let onArrived = () => {};
	closed = new Promise((resolve) => (onClosed = resolve));
	arrived = new Promise((resolve) => (onArrived = resolve));
	server = createServer((request: IncomingMessage, response: ServerResponse) => {
		if (request.url === '/hang') {
			response.on('close', onClosed);
			return onArrived();
		}
		const { authorization } = request.headers;
		const wrong = request.url === '/needs-key' && authorization !== basic('secret');
		response.writeHead(wrong ? 401 : request.url === '/broken' ? 500 : 200, {
			'content-type': 'application/json',
		});
		response.end(JSON.stringify({ authorization, merchant: request.headers['x-merchantid'] }));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => await new Promise((resolve) => server.close(resolve)));

const key = (): ICredentialDataDecryptedObject => ({ baseUrl, apiKey: 'secret' });
const run = async (does: string, more: Partial<Parameters<typeof runJuspay>[0]> = {}) =>
	await runJuspay({
		credential: key(),
		items: [{ x: 'a' }, { x: 'b' }],
		...more,
		parameters: { does, ...more.parameters },
	});

beforeEach(() => {
	registerTypes({
		nodes: { [JUSPAY_TYPE]: StubNode, [JUSPAY_TRIGGER_TYPE]: StubTrigger },
		credentials: { [JUSPAY_CREDENTIAL]: StubCredential },
	});
});

describe('a run', () => {
	it('sends real requests, signed by the credential class', async () => {
		const result = await run('ask');
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.items()).toEqual(
			['a', 'b'].map(() => ({
				text: 'a default',
				authorization: basic('secret'),
				merchant: 'by default',
			})),
		);
	});

	it('evaluates expressions for each item and uses the newest version', async () => {
		const result = await run('plain', { parameters: { text: '={{ $json.x }}{{ $itemIndex }}' } });
		expect(result.items()).toEqual([{ text: 'a0' }, { text: 'b1' }]);
		expect(context.version).toBe(2);
	});

	it('reports a required parameter left empty as a failed run', async () => {
		const result = await run('ask', { parameters: { must: '' } });
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/issues/);
	});
});

describe('canceling', () => {
	it('aborts the request in flight', async () => {
		const stop = new AbortController();
		const running = run('hang', { signal: stop.signal });
		await arrived;
		stop.abort();
		await closed;
		const result = await running;
		expect(result.status).toBe('canceled');
		expect(context.getExecutionCancelSignal).toBe(false);
	});

	it("ends a run at n8n's time limit", async () => {
		const result = await run('hang', { timeoutMs: 100 });
		expect(result.status).toBe('canceled');
		expect(result.durationMs).toBeLessThan(5000);
	});
});

describe('failing', () => {
	it('stops the workflow by default', async () => {
		const result = await run('throw');
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ message: 'Out of order', description: 'Mend it' });
		expect(result.outputs).toEqual([[]]);
	});

	it('with either way of continuing, hands on the *input* when execute throws', async () => {
		const regular = await run('throw', { onError: 'continueRegularOutput' });
		expect(regular.status).toBe('success');
		expect(regular.items()).toEqual([{ x: 'a' }, { x: 'b' }]);

		const error = await run('throw', { onError: 'continueErrorOutput' });
		expect(error.outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[{ x: 'a' }, { x: 'b' }],
			[],
		]);
	});

	it('sorts a mix', async () => {
		const result = await run('halfErrors', { onError: 'continueErrorOutput' });
		expect(result.items(0)).toEqual([{ text: 'a default' }]);
		expect(result.items(1)).toEqual([{ x: 'b', error: 'Bad IFSC' }]);
		expect([result.pairedWith(0), result.pairedWith(1)]).toEqual([[0], [1]]);
	});
});

describe('paired items', () => {
	it('are resolved by the engine, right or wrong', async () => {
		const downstream = "={{ $('Start').item.json.x }}";
		const right = await run('ask', { downstream });
		expect(right.pairedWith()).toEqual([0, 1]);
		expect(right.downstream()).toEqual(['a', 'b']);

		const wrong = await run('lastItem', { downstream });
		expect(wrong.pairedWith()).toEqual([1, 1]);
		expect(wrong.downstream()).toEqual(['b', 'b']);
	});

	it('that are missing show as errors', async () => {
		expect((await run('unpaired')).pairedWith()).toEqual([
			expect.stringMatching(/[Pp]aired/),
			expect.stringMatching(/[Pp]aired/),
			expect.stringMatching(/[Pp]aired/),
		]);
		expect((await run('missingItem')).pairedWith()[0]).toMatch(/./);
	});
});

describe('polling', () => {
	it('remembers, and speaks HTTP', async () => {
		const staticData: IDataObject = {};
		const credential = key();
		expect(await pollTrigger({ credential, staticData })).toEqual({
			items: null,
			errors: [],
			staticData: { polls: 1 },
		});
		const { items } = await pollTrigger({ credential, staticData, mode: 'manual' });
		expect(items).toEqual([
			{ json: expect.objectContaining({ authorization: basic('secret'), mode: 'manual' }) },
		]);
		expect(staticData).toEqual({ polls: 1 });
	});

	it('throws what the node throws, and drops what it remembered', async () => {
		const staticData: IDataObject = { polls: 7 };
		const poll = pollTrigger({
			credential: key(),
			staticData,
			parameters: { path: '/broken' },
		});
		await expect(poll).rejects.toThrow(/not able to process/);
		expect(staticData).toEqual({ polls: 7 });
	});
});

describe('the editor', () => {
	it('tests a credential', async () => {
		expect(await testCredential(key())).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(await testCredential({ ...key(), apiKey: 'other' })).toEqual({
			status: 'Error',
			message: 'Wrong key',
		});
		const { status, message } = await testCredential({
			...key(),
			baseUrl: 'http://127.0.0.1:1',
		});
		expect([status, message]).toEqual(['Error', 'ECONNREFUSED']);
	});
});

describe('as an AI tool', () => {
	const parameters = { text: "={{ $fromAI('word', 'Any word', 'string') }}" };

	it('gives the model a schema and answers its call', async () => {
		const result = await runAsTool({
			parameters,
			args: { word: 'hello' },
			credential: key(),
		});
		expect(result.error).toBeUndefined();
		expect(result.schema).toEqual({ word: 'Any word' });
		expect(result.response).toEqual([
			expect.objectContaining({ text: 'hello', authorization: basic('secret') }),
		]);
		expect(context).toMatchObject({
			addExecutionHints: 'function',
			getExecutionCancelSignal: false,
			isToolExecution: true,
			continueOnFail: false,
			inputs: [{ word: 'hello' }],
		});
	});

	it('refuses arguments that do not fit', async () => {
		const result = await runAsTool({ parameters, args: {}, credential: key() });
		expect(result.error?.message).toMatch(/schema/);
	});

	it('is canceled with its run', async () => {
		const stop = new AbortController();
		const running = runAsTool({
			parameters: { ...parameters, does: 'hang' },
			args: { word: 'hello' },
			credential: key(),
			signal: stop.signal,
		});
		await sleep(50);
		stop.abort();
		const result = await running;
		expect(result.status).toBe('canceled');
		expect(result.error?.message).toMatch(/cancel/);
	});
});
