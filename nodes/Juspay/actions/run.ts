import type { IExecuteFunctions, INodeExecutionData, IGetNodeParameterOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { hostOf } from '../api/access';
import { JuspayClient } from '../api/client';
import type { Clock } from '../api/pace';
import { Pace } from '../api/pace';
import { openTransport } from '../api/transport';

/** The node's "Options", all that are set. */
export interface Options {
	routingId?: unknown;
	gatewayId?: unknown;
	gatewayReferenceId?: unknown;
	validationAmount?: unknown;
	waitForValidation?: boolean;
	/** Seconds. */
	waitTimeout?: number;
	accountsPerRequest?: number;
	concurrency?: number;
	/** Seconds. */
	timeout?: number;
	maxRetries?: number;
	bodyFields?: { field?: Array<{ name: string; value: string }> };
}

/** Reads a parameter of the node for one item. */
export type ReadParameter = (
	name: string,
	item: number,
	fallback?: unknown,
	options?: IGetNodeParameterOptions,
) => unknown;

/** One execution of the node, as its operations see it. */
export interface Run {
	items: INodeExecutionData[];
	read: ReadParameter;
	/** The options of one item. */
	options(item: number): Options;
	client: JuspayClient;
	/** Requests in flight at once. */
	concurrency: number;
	clock: Clock;
	/** Whether the user chose that one account's failure must not stop the others. */
	keepGoing: boolean;
	/** Whether n8n runs the whole node again when it stops. */
	retriesWhole: boolean;
	/** Tells the user something after the run; must hold no account data. */
	hint(message: string): void;
}

function holdsExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsExpression);
}

/**
 * Reads parameters, evaluating those without an expression once instead of once for each item: an evaluation costs
 * n8n about half a millisecond.
 */
export function parameterReader(
	functions: Pick<IExecuteFunctions, 'getNode' | 'getNodeParameter'>,
): ReadParameter {
	const { parameters } = functions.getNode();
	const fixed = new Map<string, unknown>();
	return (name, item, fallback, options) => {
		const read = (at: number) => functions.getNodeParameter(name, at, fallback, options) as unknown;
		if (holdsExpression(parameters[name])) return read(item);
		if (!fixed.has(name)) fixed.set(name, read(0));
		return fixed.get(name);
	};
}

function numberWithin(value: unknown, fallback: number, least: number, most: number): number {
	const number = Number(value);
	return value === undefined || value === '' || !Number.isFinite(number)
		? fallback
		: Math.min(most, Math.max(least, number));
}

/** Time that stands still for nobody, but ends a pause when the workflow is stopped. */
export function clockUntil(signal: AbortSignal | undefined): Clock {
	const stopped = new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		else signal?.addEventListener('abort', () => resolve(), { once: true });
	});
	return {
		now: () => Date.now(),
		pause: async (ms) => await Promise.race([sleep(Math.max(0, ms)), stopped]),
	};
}

/** Makes ready what an execution needs: its credential, its connection and its pace. */
export async function openRun(functions: IExecuteFunctions): Promise<Run> {
	const node = functions.getNode();
	const items = functions.getInputData();
	const read = parameterReader(functions);
	const options = (item: number) => read('options', item, {}) as Options;

	// The pace and the patience of a run hold for all its items: those of the first count.
	const { concurrency, timeout, maxRetries } = items.length > 0 ? options(0) : {};
	const atOnce = Math.floor(numberWithin(concurrency, 50, 1, 100));
	const seconds = numberWithin(timeout, 30, 1, 600);
	const signal = functions.getExecutionCancelSignal();
	const clock = clockUntil(signal);

	const { send, credential } = await openTransport(functions, seconds * 1000, signal);
	return {
		items,
		read,
		options,
		concurrency: atOnce,
		clock,
		keepGoing: functions.continueOnFail(),
		retriesWhole: node.retryOnFail === true,
		hint: (message) => functions.addExecutionHints({ message, location: 'outputPane' }),
		client: new JuspayClient({
			send,
			clock,
			pace: new Pace(atOnce, clock),
			maxRetries: Math.floor(numberWithin(maxRetries, 3, 0, 10)),
			around: { host: hostOf(credential), timeout: seconds, apiKey: credential.apiKey },
			signal,
		}),
	};
}

/** How many accounts travel in one request at most. */
export function accountsPerRequest({ accountsPerRequest: asked }: Options): number {
	return Math.floor(numberWithin(asked, 50, 1, 500));
}

/** How long to wait for validations, in milliseconds. */
export function waitTimeoutMs({ waitTimeout }: Options): number {
	return numberWithin(waitTimeout, 60, 1, 3600) * 1000;
}
