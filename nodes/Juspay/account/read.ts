import type { Account } from './types';
import type { Problem, RawAccount } from './check';
import { isBlank } from './check';

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

/** The accounts of a row of a sheet or database, whose columns were found or mapped. */
export function fromRow(raw: RawAccount): Found {
	const found = split(raw);
	if (found.length === 0) {
		return {
			problem: {
				field: '',
				wrong: 'This row has no account number and no UPI ID',
				fix: "Fill in one of them, remove the row, or check 'Columns'.",
			},
		};
	}
	return { accounts: found.map((account) => ({ ...account, place: '' })) };
}
