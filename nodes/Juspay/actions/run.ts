import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { JuspayClient } from '../api/client';
import { openClient } from '../api/open';
import { parameterReader } from './parameters';
import type { ReadParameter } from './parameters';

/** The node's "Options", as far as they are set. */
export interface Options {
	routingId?: unknown;
	gatewayId?: unknown;
	gatewayReferenceId?: unknown;
	validationAmount?: unknown;
	/** Seconds, or `true` for the wait timeout. */
	waitForValidation?: unknown;
	/** Seconds. */
	waitTimeout?: number;
	accountsPerRequest?: number;
	concurrency?: number;
	/** Seconds. */
	timeout?: number;
	maxRetries?: number;
	bodyFields?: { field?: Array<{ name: string; value: unknown }> };
}

/** One execution of the node, as its operations see it. */
export interface Run {
	items: INodeExecutionData[];
	read: ReadParameter;
	/** A parameter as it is saved, its expressions not evaluated. */
	saved(name: string): unknown;
	/** The options of one item. */
	options(item: number): Options;
	/** On its way while the items are read: n8n takes as long to fetch the credential as to read a thousand rows. */
	client: Promise<JuspayClient>;
	/** Requests in flight at once. */
	concurrency: number;
	/** Whether the user chose that one account's failure must not stop the others. */
	keepGoing: boolean;
	/** Whether n8n runs the whole node again when something could not be handled. */
	retriesWhole: boolean;
	/** What the user should know after the run; must hold no account data. */
	notes: string[];
}

/** A number that a user gave, within its bounds; the fallback where there is none. */
export function numberWithin(
	value: unknown,
	fallback: number,
	least: number,
	most: number,
): number {
	const number = value === undefined || value === null || value === '' ? NaN : Number(value);
	return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : fallback;
}

/** More notes than this would hide the output. */
const MOST_NOTES = 20;

/** Makes ready what an execution needs: its parameters and its way to Juspay. */
export function openRun(functions: IExecuteFunctions): Run {
	const items = functions.getInputData();
	const { parameters } = functions.getNode();
	const read = parameterReader(functions);
	const options = (item: number) => read('options', item, {}) as Options;
	// The pace and the patience of a run hold for all its items: those of the first count.
	const { concurrency, timeout, maxRetries } = options(0);
	const atOnce = Math.floor(numberWithin(concurrency, 50, 1, 100));
	const patience = {
		concurrency: atOnce,
		timeout: numberWithin(timeout, 30, 1, 600),
		maxRetries: Math.floor(numberWithin(maxRetries, 3, 0, 10)),
	};
	const notes: string[] = [];
	const note = (message: string) => {
		if (notes.length < MOST_NOTES && !notes.includes(message)) notes.push(message);
	};
	const client = openClient(functions, patience, functions.getExecutionCancelSignal(), note);
	// Whoever needs the client meets what was thrown; where no item gets that far, nobody does.
	client.catch(() => {});
	return {
		client,
		items,
		read,
		saved: (name) => parameters[name],
		options,
		concurrency: atOnce,
		keepGoing: functions.continueOnFail(),
		retriesWhole: functions.getNode().retryOnFail === true,
		notes,
	};
}

/** How many accounts travel in one request at most. */
export function accountsPerRequest({ accountsPerRequest: asked }: Options): number {
	return Math.floor(numberWithin(asked, 50, 1, 500));
}

/** How long to wait for validations, in milliseconds; 0 where nobody wants to. */
export function waitMs({ waitForValidation, waitTimeout }: Options): number {
	if (waitForValidation === true) return numberWithin(waitTimeout, 60, 1, 3600) * 1000;
	if (!waitForValidation) return 0;
	return numberWithin(waitForValidation, 0, 0, 3600) * 1000;
}

/** The columns of an input item. */
export function rowOf({ items }: Run, item: number): IDataObject {
	return items[item]?.json ?? {};
}
