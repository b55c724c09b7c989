import fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayOptions, JuspayResult } from '../engine';
import type { LoggedRequest, Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { credentialFor, runOn, simulatorPerTest } from '../simulated';

export { textsIn } from '../leaks/texts';

/** A bank account and a UPI ID as users write them, and as the node shows them. */
export const BANK = { accountNumber: '026291800004321', ifsc: 'AABF0008032' };
export const MASKED_BANK = 'XXXXXXXXXXX4321';
export const UPI = { vpa: '9164326296@upi' };
export const MASKED_UPI = '91******96@upi';

/** Words that tell a person nothing about what to do. */
export const EMPTY_WORDS = /\b(error|problem|failure|failed|invalid)\b/i;

/** What the node says itself, without what it quotes of Juspay. */
export const ownWords = (text: string) => text.replace(/ Juspay says: .*/s, '');

/** A Create request, decoded. */
interface SentCreate {
	customer: string;
	/** Account number or UPI ID of each account. */
	accounts: string[];
	form: Record<string, string>;
	headers: Record<string, string>;
}

type Wired = { bank_account?: { account_number: string }; upi?: { vpa: string } };

function decoded({ path, form, headers }: LoggedRequest): SentCreate {
	const accounts = JSON.parse(form.account_details ?? '[]') as Wired[];
	return {
		customer: decodeURIComponent(path.split('/')[2] ?? ''),
		accounts: accounts.map(
			({ bank_account, upi }) => bank_account?.account_number ?? upi?.vpa ?? '',
		),
		form,
		headers,
	};
}

/** How a run differs from one with the simulator's credential and one empty item. */
export type RunOptions = Partial<Omit<JuspayOptions, 'parameters'>> & { items?: IDataObject[] };

/** The simulator of a test, and the node pointed at it. */
export interface Juspay {
	readonly simulator: Simulator;
	/** A credential that the simulator lets in, with changes. */
	credential(change?: IDataObject): NonNullable<JuspayOptions['credential']>;
	/** Runs Create; accounts come from the form unless the parameters say otherwise. */
	create(parameters: INodeParameters, options?: RunOptions): Promise<JuspayResult>;
	/** Runs Create with each item's `customer` and `accounts`, as JSON. */
	createEach(
		items: IDataObject[],
		options?: RunOptions & { parameters?: INodeParameters },
	): Promise<JuspayResult>;
	/** Runs Get. */
	get(
		customerId: string,
		customerAccountId: string,
		options?: RunOptions & { parameters?: INodeParameters },
	): Promise<JuspayResult>;
	/** The Create requests so far. */
	creates(): SentCreate[];
	/** Every request so far, as `GET /customers/…`. */
	requestLines(): string[];
}

/** A simulator per test, and the node pointed at it. */
export function useJuspay(options: SimulatorOptions = {}): Juspay {
	const simulator = simulatorPerTest({
		customers: ['cst_one', 'cst_two', 'cst_three'],
		...options,
	});
	afterAll(async () => {
		// A test that failed has not closed its hosts, and an open one would keep jest from ending.
		await Promise.all(hosts.splice(0).map(async ({ close }) => await close()));
	});

	const run = async (parameters: INodeParameters, more: RunOptions = {}) =>
		await runOn(simulator(), parameters, more);
	const juspay: Juspay = {
		get simulator() {
			return simulator();
		},
		credential: (change) => credentialFor(simulator(), change),
		create: async (parameters, more) => await run({ operation: 'create', ...parameters }, more),
		createEach: async (items, { parameters, ...more } = {}) =>
			await run(
				{
					operation: 'create',
					accountSource: 'json',
					customerId: '={{ $json.customer }}',
					accountsJson: '={{ $json.accounts }}',
					...parameters,
				},
				{ items, ...more },
			),
		get: async (customerId, customerAccountId, { parameters, ...more } = {}) =>
			await run(
				{
					operation: 'get',
					customerId,
					customerAccountId: { __rl: true, mode: 'id', value: customerAccountId },
					...parameters,
				},
				more,
			),
		creates: () =>
			simulator()
				.requests()
				.filter(({ call }) => call === 'createAccounts')
				.map(decoded),
		requestLines: () =>
			simulator()
				.requests()
				.map(({ method, path }) => `${method} ${path}`),
	};
	return juspay;
}

/** A host that is not the simulator. */
interface OtherHost {
	url: string;
	/** What came in, as `GET /customers/…`. */
	requestLines: string[];
	/** The headers of what came in. */
	headers: Array<FastifyRequest['headers']>;
	close(): Promise<void>;
}

const hosts: OtherHost[] = [];

/** Starts a host on loopback that answers everything the same way; it ends with the test file at the latest. */
export async function otherHost(
	answer: (request: FastifyRequest, reply: FastifyReply) => unknown,
): Promise<OtherHost> {
	const app = fastify({ forceCloseConnections: true });
	const host: Omit<OtherHost, 'url'> = {
		requestLines: [],
		headers: [],
		close: async () => await app.close(),
	};
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.all('*', async (request, reply) => {
		host.requestLines.push(`${request.method} ${request.url}`);
		host.headers.push(request.headers);
		return await answer(request, reply);
	});
	const started = { ...host, url: await app.listen({ host: '127.0.0.1', port: 0 }) };
	hosts.push(started);
	return started;
}

/** An address at which nobody listens. */
export async function closedPort(): Promise<string> {
	const host = await otherHost(() => '');
	await host.close();
	return host.url;
}

/** The `json` of an item that failed. */
export interface FailedItem extends IDataObject {
	/** What happened. */
	error: string;
	/** What to do. */
	errorHint: string;
	errorCode: string;
}

/** The failed items of an output. */
export function failedItems(result: JuspayResult, output = 0): FailedItem[] {
	return result.items(output).filter((json): json is FailedItem => typeof json.error === 'string');
}
