import type { Account } from './account';
import type { Problem, RawAccount } from './check';
import { isBlank } from './check';
import { maskText } from './mask';
import { asPlainText, cut } from './text';

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
export type Found = { accounts: Array<FoundAccount | FoundProblem> } | { problem: Problem };

/** The "Accounts" field of the form: bank accounts first, then UPI IDs, as the editor shows them. */
export interface AccountsField {
	bankAccount?: RawAccount[];
	upi?: RawAccount[];
}

/** Which column of the input items holds what. */
export interface Columns {
	customerId: string;
	accountNumber: string;
	ifsc: string;
	beneficiaryName: string;
	bankCode: string;
	vpa: string;
}

function ordinal(position: number): string {
	const tens = position % 100;
	const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][position % 10] ?? 'th');
	return `${position}${suffix}`;
}

/** The accounts that the user defined in the form. */
export function fromFields(field: AccountsField): Found {
	const bankAccounts = field.bankAccount ?? [];
	const upiIds = field.upi ?? [];
	if (bankAccounts.length + upiIds.length === 0) {
		return {
			problem: {
				field: 'Accounts',
				wrong: 'contains no account',
				fix: 'Add a bank account or a UPI ID under Accounts.',
			},
		};
	}
	const place = (name: string, all: RawAccount[], index: number) =>
		all.length > 1 ? `${ordinal(index + 1)} ${name}` : '';
	return {
		accounts: [
			...bankAccounts.map((raw, index) => ({
				type: 'bankAccount' as const,
				raw,
				place: place('bank account', bankAccounts, index),
			})),
			...upiIds.map((raw, index) => ({
				type: 'upi' as const,
				raw,
				place: place('UPI ID', upiIds, index),
			})),
		],
	};
}

/** Each key as the node names it, and as Juspay does. */
const KEYS: Record<keyof RawAccount, string> = {
	accountNumber: 'account_number',
	ifsc: 'ifsc',
	beneficiaryName: 'beneficiary_name',
	bankCode: 'bank_code',
	vpa: 'vpa',
};

const JSON_FIELD = 'Accounts (JSON)';
const JSON_FIX =
	'Enter an array such as [{"accountNumber":"…","ifsc":"…"},{"vpa":"…"}], account numbers in quotes.';

/** Accounts given as JSON: text, an array, or one object; keys in camelCase or in Juspay's snake_case. */
export function fromJson(json: unknown): Found {
	let value = json;
	if (typeof value === 'string') {
		if (isBlank(value)) value = [];
		else {
			try {
				value = JSON.parse(value);
			} catch {
				return { problem: { field: JSON_FIELD, wrong: 'is not valid JSON', fix: JSON_FIX } };
			}
		}
	}
	const list = Array.isArray(value) ? (value as unknown[]) : [value ?? []].flat();
	if (list.length === 0) {
		return { problem: { field: JSON_FIELD, wrong: 'contains no account', fix: JSON_FIX } };
	}
	return {
		accounts: list.flatMap((entry, index): Array<FoundAccount | FoundProblem> => {
			const place = list.length > 1 ? `${ordinal(index + 1)} account` : '';
			const found = fromObject(entry);
			return found.length > 0
				? found.map((account) => ({ ...account, place }))
				: [{ place, problem: NOT_IN_ENTRY }];
		}),
	};
}

const NOT_IN_ENTRY: Problem = {
	field: JSON_FIELD,
	wrong: 'has no account number and no UPI ID',
	fix: JSON_FIX,
};

function fromObject(entry: unknown): Array<Omit<FoundAccount, 'place'>> {
	if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return [];
	const values = entry as Record<string, unknown>;
	const raw: RawAccount = {};
	for (const [name, wireName] of Object.entries(KEYS) as Array<[keyof RawAccount, string]>) {
		raw[name] = values[name] ?? values[wireName];
	}
	return split(raw);
}

/** One set of values may hold a bank account, a UPI ID, or both. */
function split(raw: RawAccount): Array<Omit<FoundAccount, 'place'>> {
	const found: Array<Omit<FoundAccount, 'place'>> = [];
	if (!isBlank(raw.accountNumber) || !isBlank(raw.ifsc)) found.push({ type: 'bankAccount', raw });
	if (!isBlank(raw.vpa)) found.push({ type: 'upi', raw });
	return found;
}

/** A column's value: by its whole name first, then along a dotted path, as n8n's own nodes read fields. */
export function cell(row: Record<string, unknown>, column: string): unknown {
	if (column === '') return undefined;
	if (Object.hasOwn(row, column)) return row[column];
	if (!column.includes('.')) return undefined;
	let value: unknown = row;
	for (const step of column.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = (value as Record<string, unknown>)[step];
	}
	return value;
}

/** A column's name for a message. It comes from outside: where a sheet has no header, it is somebody's account. */
export function namedColumn(column: string): string {
	return asPlainText(cut(maskText(column), 60));
}

/** The accounts of a row of a sheet or database. */
export function fromRow(row: Record<string, unknown>, columns: Columns): Found {
	const raw: RawAccount = {};
	for (const name of Object.keys(KEYS) as Array<keyof RawAccount>)
		raw[name] = cell(row, columns[name]);
	const found = split(raw);
	if (found.length === 0) {
		return {
			problem: {
				field: 'Row',
				wrong: `holds no account: its columns "${namedColumn(columns.accountNumber)}" and "${namedColumn(columns.vpa)}" are empty`,
				fix: 'Fill in a bank account or a UPI ID, remove the row, or choose the right columns under Columns.',
			},
		};
	}
	return { accounts: found.map((account) => ({ ...account, place: '' })) };
}

/** The columns that the user chose and no row has: their values are missing from every account. */
export function absentColumns(
	rows: ReadonlyArray<Record<string, unknown>>,
	chosen: Partial<Columns>,
): string[] {
	return Object.values(chosen).filter((column) =>
		rows.every((row) => cell(row, column) === undefined),
	);
}

/**
 * Columns that no row has although accounts hang on them: a mistake in the mapping rather than in the data.
 *
 * @returns what is wrong, or undefined where the mapping fits
 */
export function checkColumns(
	rows: ReadonlyArray<Record<string, unknown>>,
	columns: Columns,
): Problem | undefined {
	if (rows.length === 0) return undefined;
	const held = (column: string) => rows.some((row) => cell(row, column) !== undefined);
	let missing: string | undefined;
	if (!held(columns.customerId)) missing = namedColumn(columns.customerId);
	else if (!held(columns.accountNumber) && !held(columns.vpa)) {
		missing = `${namedColumn(columns.accountNumber)}" or "${namedColumn(columns.vpa)}`;
	} else if (held(columns.accountNumber) && !held(columns.ifsc))
		missing = namedColumn(columns.ifsc);
	if (missing === undefined) return undefined;
	const there = [...new Set(rows.slice(0, 100).flatMap((row) => Object.keys(row)))].slice(0, 20);
	return {
		field: 'Columns',
		wrong: `name a column that no item has: "${missing}"`,
		fix: there.length
			? `The items have: ${there.map(namedColumn).join(', ')}. Choose the right one under Columns.`
			: 'The items are empty: check the node before this one.',
	};
}
