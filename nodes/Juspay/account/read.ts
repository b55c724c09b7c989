import type { Account } from './types';
import type { RawAccount } from './check';
import { BadInput, isBlank, isRecord, orBadInput, refuse } from './check';
import { findColumns } from './columns';
import { trimBlanks, visible } from './text';

/** An account as found in an input item, not yet checked. */
export interface FoundAccount {
	type: Account['type'];
	raw: RawAccount;
	/** Which of the item's accounts it is, for messages: "2nd bank account"; empty where there is no doubt. */
	place: string;
}

/** An entry of an item's JSON that contains no account. */
export interface FoundProblem {
	problem: BadInput;
	place: string;
}

type Values = Record<string, unknown>;

function ordinal(position: number): string {
	const tens = position % 100;
	const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th');
	return `${position}${suffix}`;
}

/** The entries of a part of the form; one alone counts as a list of one. */
function entriesOf(type: Account['type'], name: string, part: unknown): FoundAccount[] {
	const all: RawAccount[] = [part].flat().filter(isRecord);
	const placeOf = (index: number) => (all.length > 1 ? `${ordinal(index + 1)} ${name}` : '');
	return all.map((raw, index) => ({ type, raw, place: placeOf(index) }));
}

/**
 * The accounts that the user defined in the form: bank accounts first, then UPI IDs, as the editor shows them.
 *
 * @throws BadInput where there are none
 */
export function fromFields(field: unknown): FoundAccount[] {
	const { bankAccount, upi }: Values = isRecord(field) ? field : {};
	const accounts = [
		...entriesOf('bankAccount', 'bank account', bankAccount),
		...entriesOf('upi', 'UPI ID', upi),
	];
	if (accounts.length > 0) return accounts;
	return refuse(
		'Accounts',
		'contains no account',
		'Add a bank account or a UPI ID under Accounts.',
	);
}

const JSON_FIELD = 'Accounts (JSON)';
const JSON_FIX =
	'Enter an array such as [{"accountNumber":"…","ifsc":"…"},{"vpa":"…"}], account numbers in quotes.';

/** How often JSON may be encoded: models do it twice. */
const MOST_ENCODED = 3;

/** Keys that an array of accounts may stand under. */
const WRAPPERS = ['accounts', 'data', 'list', 'items'];

/**
 * Accounts given as JSON: text, an array, one object, or an array in an object; keys as the node names them, as Juspay
 * does, or in the usual spellings of columns.
 *
 * @returns each entry, and the keys that were not read
 * @throws BadInput where there are no entries
 */
export function fromJson(json: unknown): {
	accounts: Array<FoundAccount | FoundProblem>;
	unused: ReadonlySet<string>;
} {
	let value = json;
	for (let times = 0; typeof value === 'string' && times < MOST_ENCODED; times++) {
		value = parse(value);
		if (value === undefined) refuse(JSON_FIELD, 'is not valid JSON', JSON_FIX);
	}
	const list = listOf(value);
	if (list.length === 0) refuse(JSON_FIELD, 'contains no account', JSON_FIX);
	const unused = new Set<string>();
	const accounts = list.flatMap((entry, index): Array<FoundAccount | FoundProblem> => {
		const place = list.length > 1 ? `${ordinal(index + 1)} account` : '';
		const found = orBadInput(() => fromObject(entry, unused));
		return found instanceof BadInput
			? [{ place, problem: found }]
			: found.map((account) => ({ ...account, place }));
	});
	return { accounts, unused };
}

/**
 * Parses JSON; undefined for what is none. Allows other blanks than JSON's own, as people paste them, and the fences that
 * models put around it.
 */
function parse(json: string): unknown {
	if (isBlank(json)) return [];
	const bare = trimBlanks(visible(json))
		.replace(/^```[a-z]*/i, '')
		.replace(/```$/, '');
	for (const text of [json, bare, bare.replace(/[^\S\t\n\r ]/g, ' ')]) {
		try {
			return JSON.parse(text) as unknown;
		} catch {
			// The next form may do.
		}
	}
	return undefined;
}

function listOf(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value;
	if (!isRecord(value)) return [value];
	const wrapped = Object.keys(value)
		.filter((key) => WRAPPERS.includes(key.toLowerCase()))
		.map((key) => (typeof value[key] === 'string' ? parse(value[key]) : value[key]))
		.filter((inner) => Array.isArray(inner) || isRecord(inner));
	return wrapped.length > 0 ? wrapped.flat() : [value];
}

/** An account whose place isn't known yet. */
type Unplaced = Omit<FoundAccount, 'place'>;

/** @param unused - gets the keys that are not read */
function fromObject(entry: unknown, unused: Set<string>): Unplaced[] {
	const parsed = typeof entry === 'string' ? parse(entry) : entry;
	const values = isRecord(parsed) ? flat(parsed) : {};
	const found = findColumns(Object.keys(values), [values], {
		field: JSON_FIELD,
		twice: 'an account has more than one key',
		fix: 'Remove one of the two keys.',
	});
	if (found.ambiguous) throw found.ambiguous;
	const { customerId, ...columns } = found.columns;
	// Which customer it is stands in a field of its own.
	if (customerId !== undefined) unused.add(customerId);
	for (const key of found.unused) unused.add(key);
	const accounts = split(
		Object.fromEntries(Object.entries(columns).map(([name, key]) => [name, values[key]])),
	);
	if (accounts.length > 0) return accounts;
	return refuse(JSON_FIELD, 'has no account number and no UPI ID', JSON_FIX);
}

/** Juspay's own form of an account has its details in an object of their own. */
const PARTS = new Set(['bank_account', 'bankAccount', 'upi']);

/** Keys within a part name it in brackets, which count for nothing: one that is there twice is noticed. */
function flat(entry: Values): Values {
	return Object.fromEntries(
		Object.entries(entry).flatMap(([key, value]) =>
			PARTS.has(key) && isRecord(value)
				? Object.entries(value).map(([inner, it]) => [`${inner} (${key})`, it] as const)
				: [[key, value] as const],
		),
	);
}

/** One set of values may hold a bank account, a UPI ID, or both. */
function split(raw: RawAccount): Unplaced[] {
	const found: Unplaced[] = [];
	if (!isBlank(raw.accountNumber) || !isBlank(raw.ifsc)) found.push({ type: 'bankAccount', raw });
	if (!isBlank(raw.vpa)) found.push({ type: 'upi', raw });
	return found;
}

/**
 * The accounts of a row of a sheet or database, whose columns were found or mapped.
 *
 * @throws BadInput where there are none
 */
export function fromRow(raw: RawAccount): FoundAccount[] {
	const found = split(raw);
	if (found.length > 0) return found.map((account) => ({ ...account, place: '' }));
	return refuse(
		'',
		'This row has no account number and no UPI ID',
		"Fill in one of them, remove the row, or check 'Columns'.",
	);
}
