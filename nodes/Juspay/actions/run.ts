import type {
	IDataObject,
	IExecuteFunctions,
	IGetNodeParameterOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import { JuspayClient } from '../api/client';
import { numberWithin } from './limits';
import type { Options } from './options';

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
	/** A promise, so that decrypting the credential overlaps with reading the items. */
	client: Promise<JuspayClient>;
	/** Requests in flight at once. */
	concurrency: number;
	/** Whether the user chose that one account's failure must not stop the others. */
	continueOnFail: boolean;
	/** Whether n8n runs the whole node again when something could not be handled. */
	retryOnFail: boolean;
	/** Shows a message in the output pane after the run, once. It must contain no account data. */
	note(message: string): void;
	/** What was noted. */
	notes: readonly string[];
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

/** More notes than this would hide the output. */
const MOST_NOTES = 20;

/** Prepares what an execution needs: its parameters and its client. */
export function openRun(functions: IExecuteFunctions): Run {
	const read = parameterReader(functions);
	const options = (item: number) => read('options', item, {}) as Options;
	// One client serves all items, so the first item's settings count.
	const first = options(0);
	const concurrency = Math.floor(numberWithin('concurrency', first.concurrency));
	const settings = {
		concurrency,
		timeout: numberWithin('timeout', first.timeout),
		maxRetries: Math.floor(numberWithin('maxRetries', first.maxRetries)),
	};
	const notes: string[] = [];
	const note = (message: string) => {
		if (notes.length < MOST_NOTES && !notes.includes(message)) notes.push(message);
	};
	const client = JuspayClient.open(functions, settings, functions.getExecutionCancelSignal(), note);
	// Avoids an unhandled rejection where no item needs the client.
	client.catch(() => {});
	return {
		client,
		items: functions.getInputData(),
		read,
		options,
		concurrency,
		continueOnFail: functions.continueOnFail(),
		retryOnFail: functions.getNode().retryOnFail === true,
		note,
		notes,
	};
}

/** The columns of an input item. */
export function rowOf({ items }: Run, item: number): IDataObject {
	return items[item]?.json ?? {};
}
