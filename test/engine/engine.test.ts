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
	ILoadOptionsFunctions,
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
	listSearch,
	nodeDescription,
	pollTrigger,
	registerTypes,
	runAsTool,
	runJuspay,
	runWorkflow,
	START_TYPE,
	testCredential,
} from '.';

/** The last stub that ran: what its context could do. */
let context: Partial<Record<string, unknown>> = {};

/** How often the stub ran in this test. */
let executions = 0;

async function ask(
	this: IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions,
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

	methods = {
		listSearch: {
			async accounts(this: ILoadOptionsFunctions, filter?: string) {
				const name = this.getCurrentNodeParameter('text') as string;
				const value = (await ask.call(this, '/ok')).authorization as string;
				return { results: [{ name: `${name} ${filter ?? ''}`, value }] };
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		executions++;
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
				case 'errorField':
					return {
						json: { ...json, error: 'Bad IFSC', errorCode: 'IFSC' },
						error: new NodeOperationError(this.getNode(), 'Bad IFSC'),
						pairedItem: { item },
					};
				case 'errorJson':
					return { json: { ...json, error: 'Bad IFSC', errorCode: 'IFSC' }, pairedItem: { item } };
				case 'errorJsonOnly':
					return { json: { error: 'Bad IFSC' }, pairedItem: { item } };
				case 'hiddenErrorField':
					return Object.defineProperty(
						{ json: { ...json, error: 'Bad IFSC', errorCode: 'IFSC' }, pairedItem: { item } },
						'error',
						{ value: new NodeOperationError(this.getNode(), 'Bad IFSC') },
					);
				case 'errorDetails':
					return {
						json: { error: 'Bad IFSC', details: { errorCode: 'IFSC' } },
						pairedItem: { item },
					};
				case 'mispairedError':
					return { json: { error: 'Bad IFSC' }, pairedItem: { item: 99 } };
				case 'numberPairedError':
					return { json: { error: 'Bad IFSC' }, pairedItem: item };
				case 'unpairedErrorJsonOnly':
					return { json: { error: 'Bad IFSC' } };
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
		if (does === 'hint') this.addExecutionHints({ message: 'Slow today', location: 'outputPane' });
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

/** The same, with a function, which is the only way to leave a header out. */
class FunctionCredential extends StubCredential {
	override authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		headers: { ...request.headers, authorization: `Key ${String(apiKey)}` },
	});
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
	executions = 0;
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

	it("runs a credential's authenticate function", async () => {
		registerTypes({ credentials: { [JUSPAY_CREDENTIAL]: FunctionCredential } });
		expect((await run('ask')).items()[0]).toMatchObject({ authorization: 'Key secret' });
	});

	it('evaluates expressions for each item and uses the newest version', async () => {
		const result = await run('plain', { parameters: { text: '={{ $json.x }}{{ $itemIndex }}' } });
		expect(result.items()).toEqual([{ text: 'a0' }, { text: 'b1' }]);
		expect(context.version).toBe(2);
	});

	it('reports hints and time', async () => {
		const result = await run('hint');
		expect(result.hints).toEqual([{ message: 'Slow today', location: 'outputPane' }]);
		expect(result.durationMs).toBeGreaterThanOrEqual(0);
	});

	it('reports a required parameter left empty as a failed run', async () => {
		const result = await run('ask', { parameters: { must: '' } });
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/issues/);
	});

	it('never changes the items of the test', async () => {
		const items = [{ x: 'a' }];
		await run('ask', { items });
		expect(items).toEqual([{ x: 'a' }]);
	});

	it('gives the node as many collecting nodes as it has outputs', async () => {
		const result = await run('plain', { parameters: { twoOutputs: true } });
		expect(result.outputs.map((items) => items.length)).toEqual([0, 2]);
		const withErrors = await run('plain', {
			parameters: { twoOutputs: true },
			onError: 'continueErrorOutput',
		});
		expect(withErrors.outputs).toHaveLength(3);
	});

	it('runs any workflow', async () => {
		const result = await runWorkflow({
			nodes: [
				{ name: 'A', type: START_TYPE },
				{ name: 'B', type: START_TYPE, executeOnce: true },
			],
			connections: { A: { main: [[{ node: 'B', type: 'main', index: 0 }]] } },
			items: [{ n: 1 }, { n: 2 }],
		});
		expect(result.items('B')).toEqual([{ n: 1 }]);
		expect(result.items('A')).toHaveLength(2);
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

	it("replaces the json of an item that has `error` by the error's message", async () => {
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await run('errorField', { onError });
			expect(result.status).toBe('success');
			expect(result.items()).toEqual([{ error: 'Bad IFSC' }, { error: 'Bad IFSC' }]);
		}
		const result = await run('errorField', { onError: 'continueErrorOutput' });
		expect(result.items(0)).toEqual([]);
		expect(result.items(1)).toEqual([{ error: 'Bad IFSC' }, { error: 'Bad IFSC' }]);
		expect(result.pairedWith(1)).toEqual([0, 1]);
	});

	it('leaves on the regular output an item whose json says more than `error`', async () => {
		const result = await run('errorJson', { onError: 'continueErrorOutput' });
		expect(result.outputs.map((items) => items.length)).toEqual([2, 0]);
	});

	it("merges the input's columns into an error item that is routed", async () => {
		const result = await run('errorJsonOnly', { onError: 'continueErrorOutput' });
		expect(result.items(1)).toEqual([
			{ x: 'a', error: 'Bad IFSC' },
			{ x: 'b', error: 'Bad IFSC' },
		]);
		expect(result.downstream(1)).toHaveLength(2);
	});

	it('keeps what an error item says besides, in `details` or with an `error` that spreading drops', async () => {
		const details = await run('errorDetails', { onError: 'continueErrorOutput' });
		expect(details.items(1)[1]).toEqual({
			x: 'b',
			error: 'Bad IFSC',
			details: { errorCode: 'IFSC' },
		});
		const hidden = await run('hiddenErrorField', { onError: 'continueErrorOutput' });
		expect(hidden.items(1)[1]).toEqual({
			x: 'b',
			text: 'a default',
			error: 'Bad IFSC',
			errorCode: 'IFSC',
		});
		expect(hidden.pairedWith(1)).toEqual([0, 1]);
	});

	it('loses every item when one error item is paired with an input that is not there', async () => {
		const result = await run('mispairedError', { onError: 'continueErrorOutput' });
		expect(result.status).toBe('success');
		expect(result.outputs.map((items) => items.map(({ json }) => json))).toEqual([
			[{ x: 'a' }, { x: 'b' }],
			[],
		]);
	});

	it('merges nothing when pairedItem is a bare number', async () => {
		const result = await run('numberPairedError', { onError: 'continueErrorOutput' });
		expect(result.items(1)).toEqual([{ error: 'Bad IFSC' }, { error: 'Bad IFSC' }]);
		expect(result.pairedWith(1)).toEqual([0, 1]);
	});

	it('repeats the whole node, with Retry On Fail, when the first item has `json.error`', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		await run('errorJson', { ...retry, onError: 'continueRegularOutput' });
		expect(executions).toBe(2);
		executions = 0;
		await run('throw', retry);
		expect(executions).toBe(2);
		executions = 0;
		await run('halfErrors', { ...retry, onError: 'continueErrorOutput' });
		expect(executions).toBe(1);
	});

	it('routes error items without pairedItem too, unmerged', async () => {
		const result = await run('unpairedErrorJsonOnly', { onError: 'continueErrorOutput' });
		expect(result.items(1)).toEqual([{ error: 'Bad IFSC' }, { error: 'Bad IFSC' }]);
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

	it('opens a list', async () => {
		const { results } = await listSearch({
			method: 'accounts',
			filter: 'upi',
			credential: key(),
		});
		expect(results).toEqual([{ name: 'a default upi', value: basic('secret') }]);
	});

	it('sees the description that n8n sees', async () => {
		expect((await nodeDescription()).name).toBe(JUSPAY_TYPE);
		const tool = await nodeDescription(`${JUSPAY_TYPE}Tool`);
		expect([tool.name, tool.outputs]).toEqual([`${JUSPAY_TYPE}Tool`, ['ai_tool']]);
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

	it('reports errors and hints', async () => {
		const failed = await runAsTool({
			parameters: { ...parameters, does: 'throw' },
			args: { word: 'hello' },
			credential: key(),
		});
		expect(failed.error?.message).toMatch('Out of order');
		const hinted = await runAsTool({
			parameters: { ...parameters, does: 'hint' },
			args: { word: 'hello' },
			credential: key(),
		});
		expect(hinted.hints).toHaveLength(1);
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

	it('knows of onError', async () => {
		const result = await runAsTool({
			parameters: { ...parameters, does: 'errorJson' },
			args: { word: 'hello' },
			credential: key(),
			onError: 'continueErrorOutput',
		});
		expect(context.continueOnFail).toBe(true);
		expect(result.response).toEqual([expect.objectContaining({ errorCode: 'IFSC' })]);
	});

	it('can be run by the engine itself', async () => {
		const result = await runAsTool({
			parameters,
			args: { word: 'hello' },
			credential: key(),
			via: 'engine',
		});
		expect(result.error).toBeUndefined();
		expect(result.response).toEqual([expect.objectContaining({ text: 'hello' })]);
		expect(context).toMatchObject({ isToolExecution: false, getExecutionCancelSignal: false });
		expect(context.inputs).toEqual([{ word: 'hello', toolCallId: 'call_1' }]);

		const failed = await runAsTool({
			parameters: { ...parameters, does: 'throw' },
			args: { word: 'hello' },
			credential: key(),
			via: 'engine',
		});
		expect(failed.error?.message).toBe('Out of order');
		expect(failed.response).toEqual([{ error: 'Out of order' }]);
	});
});
