import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isBlank, isRecord, refuse } from '../account/check';
import { maskText } from '../account/mask';
import type { Session } from '../once';
import { openSession } from '../once';
import { OPTIONS, OPTIONS_OF_ALL, readOptions } from './options';
import type { OptionName, OptionValues } from './options';
import { isExpression, parameterReader, pathOf } from './parameters';
import type { ReadParameter } from './parameters';
import type { Value } from './values';

/** One execution of the node, as its operations see it. */
export interface Run {
	items: INodeExecutionData[];
	/**
	 * A parameter as it comes.
	 *
	 * @throws BadInput for an expression that can't be evaluated
	 */
	read: ReadParameter;
	/** A parameter as it is saved, its expressions not evaluated. */
	saved(name: string): unknown;
	/**
	 * A parameter of one item, read by its kind.
	 *
	 * @throws BadInput
	 */
	value<T>(value: Value<T>, item: number): T;
	/**
	 * An option of one item, read by its kind; throws as {@link Run.value} does. One that the operation doesn't have is
	 * absent: what another operation left behind doesn't count.
	 */
	option<T>(value: Value<T>, item: number): T;
	/** All options of one item; throws as {@link Run.value} does. */
	options(item: number): OptionValues;
	/** One of a collection's values, read by its kind; throws as {@link Run.value} does. */
	within<T>(collection: string, value: Value<T>, item: number): T;
	/** The values of a collection of one item as they come; the same object where all items have the same. */
	collection(name: string, item: number): Readonly<Record<string, unknown>>;
	/** For what concerns the whole run: the value of the first item of which it can be read. */
	first<T>(read: (item: number) => T, fallback: T): T;
	/** A promise, so that decrypting the credential overlaps with reading the items. */
	session: Promise<Session>;
	/** Whether an operation has asked for the session: before that, nothing was sent. */
	isSessionUsed: boolean;
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

/**
 * Prepares what an execution needs: its parameters and its session.
 *
 * @param labelOf - the name of a parameter as the user sees it, by its path
 * @param options - the options that the operation has, beside those of every operation
 */
export function openRun(
	functions: IExecuteFunctions,
	labelOf: LabelOf,
	options: readonly OptionName[],
): Run {
	const items = functions.getInputData();
	const readers = openReaders(functions, labelOf, new Set<string>([...OPTIONS_OF_ALL, ...options]));
	const first = <T>(read: (item: number) => T, fallback: T): T => {
		for (const item of items.keys()) {
			const value = readable(() => read(item));
			if (value !== undefined) return value;
		}
		return fallback;
	};
	const setting = (name: 'concurrency' | 'timeout' | 'maxRetries') =>
		first((item) => readers.option(OPTIONS[name], item), OPTIONS[name].absent);
	const clientOptions = {
		concurrency: setting('concurrency'),
		timeout: setting('timeout'),
		maxRetries: setting('maxRetries'),
	};
	const notes: string[] = [];
	const known = new Set<string>();
	const note = (message: string) => {
		if (notes.length >= MOST_NOTES || known.has(message)) return;
		known.add(message);
		notes.push(message);
	};
	const session = openSession(functions, clientOptions, functions.getExecutionCancelSignal(), note);
	// Avoids an unhandled rejection where no item needs the session.
	session.catch(() => {});
	return {
		...readers,
		items,
		first,
		get session() {
			this.isSessionUsed = true;
			return session;
		},
		isSessionUsed: false,
		concurrency: clientOptions.concurrency,
		continueOnFail: functions.continueOnFail(),
		retryOnFail: Boolean(functions.getNode().retryOnFail),
		note,
		notes,
	};
}

/** Reads a value by its kind; what is missing is its default, unless it decides about money and an expression gave it. */
function readAs<T>(
	{ field, kind, absent, empty, isStrict }: Value<T>,
	value: unknown,
	isThere: boolean,
	isComputed: boolean,
): T {
	const label = field.displayName;
	if (isStrict && isComputed) return kind(label, value);
	if (!isThere) return absent;
	return isBlank(value) ? empty : kind(label, value);
}

/** A value; undefined where it can't be read: that item ends with a message of its own, before anything is sent. */
export function readable<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

const NOTHING: Readonly<Record<string, unknown>> = {};

type LabelOf = (path: string) => string | undefined;

type Readers = Pick<
	Run,
	'read' | 'saved' | 'value' | 'option' | 'options' | 'within' | 'collection'
>;

/** @throws BadInput for an expression that can't be evaluated; what else was thrown is no fault of a parameter */
function refuseUnreadable(labelOf: LabelOf, thrown: unknown): never {
	const path = pathOf(thrown);
	if (path === undefined) throw thrown;
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	const wrong = `can't be read: ${maskText(message)}`;
	return refuse(labelOf(path) ?? path, wrong, 'Correct the expression.');
}

function openReaders(
	functions: IExecuteFunctions,
	labelOf: LabelOf,
	optionNames: ReadonlySet<string>,
): Readers {
	const evaluated = parameterReader(functions);
	const read: ReadParameter = (...asked) => {
		try {
			return evaluated(...asked);
		} catch (thrown) {
			return refuseUnreadable(labelOf, thrown);
		}
	};
	// n8n copies the whole node each time that it is asked for it.
	const { parameters } = functions.getNode();
	const saved = (name: string): unknown => parameters[name];
	// A collection is read value by value: its expressions are evaluated once.
	const last = new Map<string, { item: number; given: Readonly<Record<string, unknown>> }>();
	const collectionOf = (name: string, item: number) => {
		const known = last.get(name);
		if (known?.item === item) return known.given;
		const value = read(name, item, {});
		const given = isRecord(value) ? value : NOTHING;
		last.set(name, { item, given });
		return given;
	};
	const within: Run['within'] = (collection, value, item) => {
		const { name } = value.field;
		const whole = saved(collection);
		const values = collectionOf(collection, item);
		const isThere = Object.hasOwn(values, name);
		// An expression for a whole collection never gets here: n8n makes an empty one of it.
		const isComputed = isRecord(whole) && isExpression(whole[name]);
		return readAs(value, isThere ? values[name] : undefined, isThere, isComputed);
	};
	const option: Run['option'] = (value, item) =>
		optionNames.has(value.field.name) ? within('options', value, item) : value.absent;
	// Read once where all items have the same options.
	let lastOptions: { given: unknown; values: OptionValues } | undefined;
	return {
		read,
		saved,
		collection: collectionOf,
		within,
		option,
		options: (item) => {
			const given = collectionOf('options', item);
			if (lastOptions?.given !== given) {
				lastOptions = { given, values: readOptions((value) => option(value, item)) };
			}
			return lastOptions.values;
		},
		value: (value, item) => {
			const isComputed = isExpression(saved(value.field.name));
			const given = read(value.field.name, item, null);
			return readAs(value, given, true, isComputed);
		},
	};
}

/** The columns of an input item. */
export function rowOf({ items }: Pick<Run, 'items'>, item: number): IDataObject {
	const json: unknown = items[item]?.json;
	return isRecord(json) ? (json as IDataObject) : {};
}

/** The columns of all input items. */
export function rowsOf(run: Pick<Run, 'items'>): IDataObject[] {
	return run.items.map((_, item) => rowOf(run, item));
}

/** Whether an input item has columns at all. */
export function hasRow({ items }: Pick<Run, 'items'>, item: number): boolean {
	return isRecord(items[item]?.json);
}
