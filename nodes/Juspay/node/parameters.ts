import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** Reads a parameter of the node for one item. */
export type ReadParameter = (
	name: string,
	item: number,
	fallback?: unknown,
	options?: { extractValue?: boolean },
) => unknown;

type Functions = Pick<
	IExecuteFunctions,
	'evaluateExpression' | 'getInputData' | 'getNode' | 'getNodeParameter' | 'getWorkflowDataProxy'
>;

/** What n8n inserts when a field is dropped: `={{ $json.a }}`, `={{ $json["Account No"] }}`, `={{ $json.list[0] }}`. */
const FIELD =
	/^=\{\{[ \t\r\n]*\$json((?:\.[A-Za-z_$][\w$]*|\[(?:0|[1-9]\d{0,8}|"[^"\\{}\r\n]*"|'[^'\\{}\r\n]*')\])+)[ \t\r\n]*\}\}$/;
const STEP = /\.([\w$]+)|\[(?:(\d+)|"([^"]*)"|'([^']*)')\]/g;

/**
 * One expression with nothing but blanks beside it. n8n would make text of what it gives: a number its digits, true a
 * word, a list its entries with commas between.
 */
const BESIDE_BLANKS = /^=\s*(\{\{(?:(?!\{\{|\}\})[^])*\}\})\s*$/;

/** An expression without the blanks beside it. */
export function withoutBlanks(expression: string): string {
	const bare = BESIDE_BLANKS.exec(expression)?.[1];
	return bare === undefined ? expression : `=${bare}`;
}

/** Names that n8n refuses to read, or reads from the prototype. */
const REFUSED = new Set([
	...Object.getOwnPropertyNames(Object.prototype),
	...['prototype', 'getPrototypeOf', 'setPrototypeOf', 'getOwnPropertyDescriptor'],
	...['getOwnPropertyDescriptors', 'defineProperty', 'defineProperties', 'mainModule', 'binding'],
	...['_linkedBinding', '_load', 'prepareStackTrace', 'caller', 'callee', 'arguments'],
	...['getBuiltinModule', 'dlopen', 'execve', 'loadEnvFile'],
]);

/** n8n refuses an expression with this word after a dot, wherever it stands. */
const REFUSED_WORD = 'constructor';

/**
 * Where in its item an expression reads, if reading a field is all that it does.
 *
 * @param expression - as saved, with its `=`
 * @returns the steps from the item's JSON to the value, each the name of a field or a place in a list; undefined for every other expression and for fixed values
 */
export function fieldPath(expression: unknown): string[] | undefined {
	if (typeof expression !== 'string') return undefined;
	const steps = FIELD.exec(expression)?.[1];
	if (steps === undefined || steps.includes(REFUSED_WORD)) return undefined;
	const path = [...steps.matchAll(STEP)].map(
		([, name, place, double, single]) => name ?? place ?? double ?? single ?? '',
	);
	return path.some((step) => REFUSED.has(step)) ? undefined : path;
}

/** True for a list and for an object as JSON has them, from whichever realm; not for a date or another instance. */
function isJsonContainer(value: unknown): value is Record<string, unknown> {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value at a path, if each step is there; undefined otherwise. */
export function valueAt(row: unknown, path: readonly string[]): unknown {
	let value = row;
	for (const step of path) {
		if (!isJsonContainer(value) || !Object.hasOwn(value, step)) return undefined;
		value = value[step];
	}
	return value;
}

/** A value that n8n's expression engine gives out as it is. */
function isPlain(value: unknown): boolean {
	return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** True for a value, as saved, that n8n evaluates. */
export function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

function hasExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(hasExpression);
}

/** True where a part of a parameter can't be read by itself: its key is no name, or its expression reads its neighbors. */
function isInseparable(value: unknown): boolean {
	if (isExpression(value)) return /\$(?:parameter|rawParameter|self)/.test(value);
	if (typeof value !== 'object' || value === null) return false;
	return Object.entries(value).some(([key, inner]) => !/^\w+$/.test(key) || isInseparable(inner));
}

/** What extracting the value of a resource locator gives, as long as no mode of it has an expression of its own. */
function locatorValue(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	return 'mode' in value && 'value' in value ? value.value : value;
}

/** How values are had: straight from an item, or from n8n's expression engine. */
interface Source {
	row(item: number): IDataObject | undefined;
	evaluate(path: string, item: number): unknown;
	/** An expression that is not saved in this form. */
	evaluateText(expression: string, path: string, item: number): unknown;
}

/** Turns a parameter, as saved, into a function that gives its value for an item. */
function compile(saved: unknown, path: string, source: Source): (item: number) => unknown {
	if (isExpression(saved)) {
		const bare = withoutBlanks(saved);
		const evaluate = (item: number) =>
			bare === saved ? source.evaluate(path, item) : source.evaluateText(bare.slice(1), path, item);
		const field = fieldPath(bare);
		if (!field) return evaluate;
		return (item) => {
			const value = valueAt(source.row(item), field);
			return isPlain(value) ? value : evaluate(item);
		};
	}
	if (!hasExpression(saved)) return () => saved;
	if (Array.isArray(saved)) {
		const parts = saved.map((inner, index) => compile(inner, `${path}[${index}]`, source));
		return (item) => parts.map((read) => read(item));
	}
	const parts = Object.entries(saved as object).map(
		([key, inner]) => [key, compile(inner, `${path}.${key}`, source)] as const,
	);
	return (item) => Object.fromEntries(parts.map(([key, read]) => [key, read(item)]));
}

/**
 * The JSON of an item, if `$json` stands for it: in a tool, `$json` is the agent's item and not the tool's. The first
 * item and the last one stand for all of them.
 */
function rowReader(functions: Functions): (item: number) => IDataObject | undefined {
	const items = functions.getInputData();
	const isRow = (item: number) => {
		try {
			return functions.getWorkflowDataProxy(item).$json === items[item]?.json;
		} catch {
			return false;
		}
	};
	let isRead: boolean | undefined;
	return (item) => {
		isRead ??= isRow(0) && isRow(items.length - 1);
		return isRead ? items[item]?.json : undefined;
	};
}

/** Where in the parameters what was thrown comes from: n8n's own message tells it to people only. */
const thrownAt = new WeakMap<object, string>();

/** The path of the parameter whose expression could not be evaluated, where that is known. */
export function pathOf(thrown: unknown): string | undefined {
	return typeof thrown === 'object' && thrown !== null ? thrownAt.get(thrown) : undefined;
}

/** Does what may throw, and notes where. */
function noting<T>(path: string, act: () => T): T {
	try {
		return act();
	} catch (thrown) {
		throw noted(path, thrown);
	}
}

function noted(path: string, thrown: unknown): unknown {
	if (typeof thrown === 'object' && thrown !== null && !thrownAt.has(thrown)) {
		thrownAt.set(thrown, path);
	}
	return thrown;
}

/**
 * Reads the node's parameters, each parsed once. A fixed value is evaluated once. An expression that only reads a field
 * of the item is read straight from it: n8n's expression engine takes half a millisecond for each. Everything else, and
 * every value that is not text, a number, a boolean or null, comes from the engine.
 *
 * @returns the reader, for the parameters at the top by their name
 */
export function parameterReader(functions: Functions): ReadParameter {
	const { parameters } = functions.getNode();
	const row = rowReader(functions);
	const evaluate = (path: string, item: number): unknown =>
		noting(path, () => functions.getNodeParameter(path, item) as unknown);
	const evaluateText = (expression: string, path: string, item: number): unknown =>
		noting(path, () => functions.evaluateExpression(expression, item));
	const readers = new Map<string, (item: number) => unknown>();

	const open = (name: string, fallback: unknown, extractValue: boolean) => {
		const saved = parameters[name];
		const asSaved = (item: number) =>
			functions.getNodeParameter(name, item, fallback, { extractValue }) as unknown;
		const whole = (item: number) => noting(name, () => asSaved(item));
		if (!hasExpression(saved)) {
			let fixed: { value: unknown } | undefined;
			return (item: number) => (fixed ??= { value: whole(item) }).value;
		}
		if (isInseparable(saved)) return whole;
		const read = compile(saved, name, { row, evaluate, evaluateText });
		return (item: number) => {
			try {
				const value = read(item);
				return extractValue ? locatorValue(value) : value;
			} catch (part) {
				// Once more as a whole: n8n's message names the parameter.
				return noting(pathOf(part) ?? name, () => asSaved(item));
			}
		};
	};

	return (name, item, fallback, { extractValue = false } = {}) => {
		let reader = readers.get(name);
		if (!reader) readers.set(name, (reader = open(name, fallback, extractValue)));
		return reader(item);
	};
}
