import type { Account } from './types';
import type { Checked, Problem, RawAccount } from './check';
import { isBlank, wrong } from './check';
import { findColumns } from './columns';
import { trimBlanks, visible } from './text';

/** An account as found in an input item, not yet checked. */
export interface FoundAccount {
	type: Account['type'];
	raw: RawAccount;
	/** Which of the item's accounts it is, for messages: "2nd bank account"; empty where there is no doubt. */
	place: string;
}

/** An entry of an item's accounts that holds none. */
export interface FoundProblem {
	problem: Problem;
	place: string;
}

/** The accounts of one item, or why there are none. */
export type Found =
	| {
			accounts: Array<FoundAccount | FoundProblem>;
			/** JSON keys that were not read. */
			unused?: string[];
	  }
	| { problem: Problem };

type Values = Record<string, unknown>;

function isObject(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ordinal(position: number): string {
	const tens = position % 100;
	const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th');
	return `${position}${suffix}`;
}

/** The entries of a part of the form; one alone counts as a list of one. */
function entriesOf(type: Account['type'], name: string, part: unknown): FoundAccount[] {
	const all: RawAccount[] = [part].flat().filter(isObject);
	const placeOf = (index: number) => (all.length > 1 ? `${ordinal(index + 1)} ${name}` : '');
	return all.map((raw, index) => ({ type, raw, place: placeOf(index) }));
}

/** The accounts that the user defined in the form: bank accounts first, then UPI IDs, as the editor shows them. */
export function fromFields(field: unknown): Found {
	const { bankAccount, upi }: Values = isObject(field) ? field : {};
	const accounts = [
		...entriesOf('bankAccount', 'bank account', bankAccount),
		...entriesOf('upi', 'UPI ID', upi),
	];
	return accounts.length > 0
		? { accounts }
		: wrong('Accounts', 'contains no account', 'Add a bank account or a UPI ID under Accounts.');
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
 */
export function fromJson(json: unknown): Found {
	let value = json;
	for (let times = 0; typeof value === 'string' && times < MOST_ENCODED; times++) {
		const parsed = parse(value);
		if ('problem' in parsed) return parsed;
		value = parsed.value;
	}
	const list = listOf(value);
	if (list.length === 0) return wrong(JSON_FIELD, 'contains no account', JSON_FIX);
	const unused = new Set<string>();
	const accounts = list.flatMap((entry, index): Array<FoundAccount | FoundProblem> => {
		const place = list.length > 1 ? `${ordinal(index + 1)} account` : '';
		const found = fromObject(entry);
		if ('problem' in found) return [{ place, problem: found.problem }];
		for (const key of found.unused) unused.add(key);
		return found.accounts.length > 0
			? found.accounts.map((account) => ({ ...account, place }))
			: [{ place, ...wrong(JSON_FIELD, 'has no account number and no UPI ID', JSON_FIX) }];
	});
	return { accounts, unused: [...unused] };
}

/** Other blanks than JSON's own, as people paste them, and the fences that models put around it. */
function parse(json: string): Checked<unknown> {
	if (isBlank(json)) return { value: [] };
	const bare = trimBlanks(visible(json))
		.replace(/^```[a-z]*/i, '')
		.replace(/```$/, '');
	for (const text of [json, bare, bare.replace(/[^\S\t\n\r ]/g, ' ')]) {
		try {
			return { value: JSON.parse(text) as unknown };
		} catch {
			// The next form may do.
		}
	}
	return wrong(JSON_FIELD, 'is not valid JSON', JSON_FIX);
}

function listOf(value: unknown): unknown[] {
	if (value === undefined || value === null) return [];
	if (Array.isArray(value)) return value;
	if (!isObject(value)) return [value];
	const key = Object.keys(value).find((it) => WRAPPERS.includes(it.toLowerCase()));
	const inner = key === undefined ? undefined : value[key];
	const read = typeof inner === 'string' ? parse(inner) : { value: inner };
	if ('value' in read && (Array.isArray(read.value) || isObject(read.value))) {
		return [read.value].flat();
	}
	return [value];
}

/** An account whose place isn't known yet. */
type Unplaced = Omit<FoundAccount, 'place'>;

function fromObject(
	entry: unknown,
): { accounts: Unplaced[]; unused: string[] } | { problem: Problem } {
	const parsed = typeof entry === 'string' ? parse(entry) : { value: entry };
	if ('problem' in parsed || !isObject(parsed.value)) return { accounts: [], unused: [] };
	const values = flat(parsed.value);
	const found = findColumns(Object.keys(values), [values], {
		field: JSON_FIELD,
		fix: 'Remove one of the two keys.',
	});
	if ('problem' in found) return found;
	const { customerId, ...columns } = found.columns;
	const raw = Object.fromEntries(
		Object.entries(columns).map(([name, key]) => [name, values[key]]),
	) as RawAccount;
	// Which customer it is stands in a field of its own.
	const unused = customerId === undefined ? found.unused : [customerId, ...found.unused];
	return { accounts: split(raw), unused };
}

/** Juspay's own form of an account has its details in an object of their own. */
const PARTS = new Set(['bank_account', 'bankAccount', 'upi']);

function flat(entry: Values): Values {
	return Object.fromEntries(
		Object.entries(entry).flatMap(([key, value]) =>
			PARTS.has(key) && isObject(value) ? Object.entries(value) : [[key, value] as const],
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

/** The accounts of a row of a sheet or database, whose columns were found or mapped. */
export function fromRow(raw: RawAccount): Found {
	const found = split(raw);
	return found.length > 0
		? { accounts: found.map((account) => ({ ...account, place: '' })) }
		: wrong(
				'',
				'This row has no account number and no UPI ID',
				"Fill in one of them, remove the row, or check 'Columns'.",
			);
}
