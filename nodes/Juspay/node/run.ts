import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Session } from '../once';
import { openSession } from '../once';
import { numberWithin } from './limits';
import type { Options } from './options';
import { parameterReader } from './parameters';
import type { ReadParameter } from './parameters';

/** One execution of the node, as its operations see it. */
export interface Run {
	items: INodeExecutionData[];
	read: ReadParameter;
	/** A parameter as it is saved, its expressions not evaluated. */
	saved(name: string): unknown;
	/** The options of one item. */
	options(item: number): Options;
	/** A promise, so that decrypting the credential overlaps with reading the items. */
	client: Promise<Session>;
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
	const client = openSession(functions, settings, functions.getExecutionCancelSignal(), note);
	// Avoids an unhandled rejection where no item needs the client.
	client.catch(() => {});
	return {
		client,
		items: functions.getInputData(),
		read,
		saved: (name) => functions.getNode().parameters[name],
		options,
		concurrency,
		continueOnFail: functions.continueOnFail(),
		retryOnFail: functions.getNode().retryOnFail === true,
		note,
		notes,
	};
}

/** Whether an item is to come out simplified. */
export function isSimplified({ read }: Run, item: number): boolean {
	return read('simplify', item, true) !== false;
}

/** The columns of an input item. */
export function rowOf({ items }: Run, item: number): IDataObject {
	return items[item]?.json ?? {};
}
