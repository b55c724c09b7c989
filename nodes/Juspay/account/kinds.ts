import { checkId, isBlank, refuse } from './check';
import { trimBlanks, visible } from './text';

/**
 * Reads a value of one kind: what is meant, or throws {@link BadInput}. Understands the value itself and text that says
 * it, trimmed and in any case: n8n turns a value into text as soon as something stands beside its expression. Nothing
 * at all (null, undefined, blank) is not understood; see {@link orElse}.
 *
 * @param field - the parameter's name as the user sees it
 */
export type Kind<T> = (field: string, value: unknown) => T;

/** One of the values that a parameter may have. */
interface Choice<T extends string = string> {
	value: T;
	/** As the editor shows it; understood too. */
	name?: string;
}

/** Bounds of a number, both included. */
export interface Bounds {
	min: number;
	/** None where it is missing or infinite. */
	max?: number;
	/** Fractions are allowed, e.g. of seconds. */
	fractions?: boolean;
}

/** The same kind, with a value for where there is none: null, undefined, or nothing but blanks. */
export function orElse<T, F>(kind: Kind<T>, fallback: F): Kind<T | F> {
	return (field, value) => (isBlank(value) ? fallback : kind(field, value));
}

const TRUE = new Set(['true', '1', 'yes']);
const FALSE = new Set(['false', '0', 'no']);

/** True or false; also 1, 0, yes and no. */
export const boolean: Kind<boolean> = (field, value) => {
	const word = wordOf(value);
	if (TRUE.has(word)) return true;
	if (FALSE.has(word)) return false;
	return notUnderstood(field, value, 'neither true nor false', 'Enter true or false.');
};

/** A number within its bounds. Words, other ways to write numbers, and what is beyond the bounds are refused. */
export function number({ min, max = Infinity, fractions = false }: Bounds): Kind<number> {
	const range = Number.isFinite(max) ? `from ${min} to ${max}` : `of at least ${min}`;
	const what = `${fractions ? 'a' : 'a whole'} number ${range}`;
	return (field, value) => {
		const word = wordOf(value);
		const read = /^[+-]?\d{1,15}(?:\.\d{1,20})?$/.test(word) ? Number(word) : NaN;
		const isRight = read >= min && read <= max && (fractions || Number.isInteger(read));
		return isRight ? read : notUnderstood(field, value, `not ${what}`, `Enter ${what}.`);
	};
}

/** One of several values, by the value or by its label. */
export function oneOf<T extends string>(choices: ReadonlyArray<Choice<T>>): Kind<T> {
	const byWord = wordsOf(choices);
	return (field, value) => {
		const found = byWord.get(plain(value));
		return found === undefined ? notAChoice(field, value, choices) : found;
	};
}

/** Some of several values, each once: a list, a list as JSON, or text with commas, semicolons, lines or blanks between. */
export function severalOf<T extends string>(choices: ReadonlyArray<Choice<T>>): Kind<T[]> {
	const byWord = wordsOf(choices);
	return (field, value) => {
		const parts = partsOf(value, /[,;\r\n]/);
		if (!parts) return notAChoice(field, value, choices);
		const found = new Set<T>();
		for (const part of parts.flatMap((it) => spread(it, byWord))) {
			const one = byWord.get(plain(part));
			if (one === undefined) return notAChoice(field, part, choices);
			found.add(one);
		}
		return [...found];
	};
}

/** IDs, each once: a list, a list as JSON, or text with commas, semicolons, lines or blanks between them. */
export const ids: Kind<string[]> = (field, value) => {
	const parts = partsOf(value, /[,;\s]/);
	if (!parts) return notUnderstood(field, value, 'not a list of IDs', 'Enter one ID per line.');
	return [...new Set(parts.map((part) => checkId(field, part)))];
};

/** Names of input fields: a list, or text with commas, semicolons or lines between them. */
export const fieldNames: Kind<string[]> = (field, value) => {
	const list = namesIn(value);
	if (Array.isArray(list) && list.every((name) => ['string', 'number'].includes(typeof name))) {
		const names = list.map((name) => String(name).trim()).filter((name) => name !== '');
		return [...new Set(names)];
	}
	const fix = 'Enter the names of the fields, separated by commas, or * for all.';
	return refuse(field, 'is not a list of names', fix);
};

function namesIn(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	return text.startsWith('[') ? listIn(text) : text.split(/[,;\r\n]+/);
}

/**
 * A penny drop is a token amount, 1 INR by default. More than this is a slip, e.g. a column of salaries, and would be
 * paid to every account.
 */
const HIGHEST_AMOUNT = 10;

/** The amount of a penny drop in INR, with at most two decimals. */
export const amount: Kind<string> = (field, value) => {
	const fix = `Enter rupees as a plain number up to ${HIGHEST_AMOUNT}, e.g. 1 or 1.50.`;
	if (isBlank(value)) refuse(field, 'has no value', fix);
	const isText = typeof value === 'string' || typeof value === 'number';
	const text = isText ? trimBlanks(visible(String(value))) : '';
	const isAmount = /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) > 0;
	if (!isAmount) refuse(field, 'is not an amount of money', fix);
	if (Number(text) <= HIGHEST_AMOUNT) return text;
	return refuse(field, `is more than ${HIGHEST_AMOUNT} INR, too much for a penny drop`, fix);
};

/** A value as one word in lower case; empty for what is no text, number or boolean. */
function wordOf(value: unknown): string {
	if (typeof value === 'string') return trimBlanks(visible(value)).toLowerCase();
	return ['boolean', 'number', 'bigint'].includes(typeof value) ? String(value) : '';
}

/** A choice without case, blanks, `_` and `-`. */
function plain(value: unknown): string {
	return wordOf(value).replace(/[\s_-]/g, '');
}

function wordsOf<T extends string>(choices: ReadonlyArray<Choice<T>>): Map<string, T> {
	const names = choices.map(({ value, name = value }) => [plain(name), value] as const);
	return new Map([...names, ...choices.map(({ value }) => [plain(value), value] as const)]);
}

/** The parts of a list that are not blank; undefined for what is no list. */
function partsOf(value: unknown, separator: RegExp): unknown[] | undefined {
	if (Array.isArray(value)) return value.filter((part) => !isBlank(part));
	if (['number', 'bigint'].includes(typeof value)) return [value];
	if (typeof value !== 'string' || isBlank(value)) return undefined;
	const given = trimBlanks(visible(value));
	return (listIn(given) ?? given.split(separator)).filter((part) => !isBlank(part));
}

/** A list that came as JSON text; undefined for any other text. */
function listIn(json: string): unknown[] | undefined {
	try {
		const list: unknown = JSON.parse(json);
		return Array.isArray(list) ? list : undefined;
	} catch {
		return undefined;
	}
}

/** Cuts text at its blanks, unless it is a choice as a whole, e.g. by a label of two words. */
function spread(part: unknown, byWord: ReadonlyMap<string, string>): unknown[] {
	if (typeof part !== 'string' || byWord.has(plain(part))) return [part];
	return trimBlanks(part).split(/\s+/);
}

function notAChoice(field: string, given: unknown, choices: readonly Choice[]): never {
	const known = choices.map(({ value, name = value }) => name);
	return notUnderstood(field, given, 'set to an unknown value', `Use one of: ${known.join(', ')}.`);
}

/** The value itself stays out of the message: it may be what must not be shown. */
function notUnderstood(field: string, value: unknown, what: string, fix: string): never {
	if (isBlank(value))
		refuse(field, 'has no value', `${fix} Check the expression or column it comes from.`);
	const type = Array.isArray(value) ? 'a list' : 'an object';
	refuse(field, `is ${typeof value === 'object' ? type : what}`, fix);
}
