import type { Account } from '../../account/types';
import { checkAccount, checkId, checkAll } from '../../account/check';
import type { Checked, Problem, RawAccount } from '../../account/check';
import { notUsed } from '../../account/columns';
import { fromFields, fromJson, fromRow } from '../../account/read';
import type { Found, FoundAccount, FoundProblem } from '../../account/read';
import { AS_TEXT, noteNumber } from '../fields';
import type { Refusal } from '../items';
import { givenAccount } from '../results';
import type { Subject } from '../results';
import type { Run } from '../run';
import { hasRow } from '../run';
import { openSettings } from '../settings';
import type { Settings } from '../settings';
import { PARAMETERS } from '../values';
import type { AccountRequest } from './accounts';
import { isBlankRow, openColumns } from './columns';

/** One account of one item, read and checked, ready to be created. */
export interface NewAccount extends AccountRequest {
	account: Account;
	validate: boolean;
	onExisting: 'reuse' | 'create';
	/** Whether the customer itself would only be created, by an earlier node's dry run. */
	customerIsPlanned: boolean;
}

/** Where an item's customer and accounts are read from. */
interface Source {
	customerId(item: number): unknown;
	accounts(item: number): Found;
	isJson?: boolean;
	/** A problem that affects all items. */
	problem?: Problem;
	skips?(item: number): boolean;
	/** What to say of the input after the run. */
	hints(): string[];
}

function openSource(run: Run): Source {
	const { read } = run;
	const from = run.first((item) => run.value(PARAMETERS.accountSource, item), 'fields');
	if (from === 'input') return fromColumns(run);
	const isJson = from === 'json';
	const unused = new Set<string>();
	return {
		customerId: (item) => read('customerId', item),
		isJson,
		accounts: (item) => {
			if (!isJson) return fromFields(run.collection('accounts', item));
			const found = fromJson(read('accountsJson', item));
			if ('accounts' in found) for (const key of found.unused ?? []) unused.add(key);
			return found;
		},
		hints: () => {
			const said = notUsed([...unused], () => false);
			return said === '' ? [] : [`'Accounts (JSON)': ${said}`];
		},
	};
}

function fromColumns(run: Run): Source {
	const { values, problem, hints } = openColumns(run);
	const isBlank = run.items.map((_, item) => isBlankRow(run, item));
	const blank = isBlank.filter(Boolean).length;
	// Where nothing else is left, what is wrong with these rows is what must be said.
	const skips = blank < isBlank.length;
	const skipped = `${blank} blank row${blank === 1 ? ' was' : 's were'} skipped.`;
	return {
		customerId: (item) => values(item).customerId,
		accounts: (item) => (hasRow(run, item) ? fromRow(values(item)) : { problem: NO_ROW }),
		problem,
		skips: (item) => skips && (isBlank[item] ?? false),
		hints: () => [...hints.filter((it) => it !== ''), ...(skips && blank > 0 ? [skipped] : [])],
	};
}

const NO_ROW: Problem = {
	field: '',
	wrong: 'This item has no JSON, so it has no columns',
	fix: 'Check the node before this one.',
};

/** n8n's Retry On Fail runs a node again from its beginning. */
const CREATES_AGAIN: Problem = {
	field: 'If Account Exists',
	wrong: 'is set to Create Another while Retry On Fail is on: a retry would create accounts twice',
	fix: "Turn off Retry On Fail in the node's Settings (the node itself retries what is safe to retry), or set 'If Account Exists' to Reuse.",
};

/** The same, for validations that are sent although an earlier one is in doubt. */
const VALIDATES_AGAIN: Problem = {
	field: 'Validate Again If in Doubt',
	wrong: 'is on while Retry On Fail is on: a retry could pay for a second penny drop',
	fix: "Turn off Retry On Fail in the node's Settings (the node itself retries what is safe to retry), or remove this option.",
};

/** Opens a reader of each item's accounts, which collects their account numbers. */
export function openReader(run: Run): {
	read(item: number): Array<NewAccount | Refusal>;
	skips?(item: number): boolean;
	accountNumbers: ReadonlySet<string>;
	hints(): string[];
} {
	const source = openSource(run);
	const settingsOf = openSettings(run);
	const accountNumbers = new Set<string>();
	const read = (item: number) => {
		const accounts = readItem(run, source, settingsOf, item);
		for (const entry of accounts) {
			if ('account' in entry && entry.account.type === 'bankAccount') {
				accountNumbers.add(entry.account.accountNumber);
			}
		}
		return accounts;
	};
	return { read, skips: source.skips, accountNumbers, hints: source.hints };
}

function readItem(
	run: Run,
	source: Source,
	settingsOf: (item: number) => Checked<Settings>,
	item: number,
): Array<NewAccount | Refusal> {
	if (source.problem) return [{ problem: source.problem, isForAll: true }];
	const validate = run.value(PARAMETERS.validateOnCreate, item);
	const customer = customerOf(run, source, 'value' in validate && validate.value, item);
	const subject: Subject = 'problem' in customer ? {} : { customerId: customer.value };
	const found = source.accounts(item);
	if ('problem' in found) return [{ problem: found.problem, subject }];
	// What is wrong with a whole item counts for each of its accounts: each ends as one message of its own.
	const refuseAll = (problem: Problem, dryRun = false) =>
		found.accounts.map((entry) => refusal(entry, problem, subject, dryRun));
	if ('problem' in customer) return refuseAll(customer.problem);
	const checked = checkAll({
		accountSource: run.value(PARAMETERS.accountSource, item),
		options: settingsOf(item),
		onExisting: run.value(PARAMETERS.onExisting, item),
		validate,
	});
	if ('problem' in checked) return refuseAll(checked.problem);
	const { options, onExisting, validate: validates } = checked.value;
	const { dryRun } = options;
	const again = run.retryOnFail ? paysAgain(onExisting, validates, options) : undefined;
	if (again) return refuseAll(again, dryRun);
	const shared = {
		item,
		customerId: customer.value,
		validate: validates,
		onExisting,
		options,
		customerIsPlanned: dryRun && isPlanned(run, item),
	};
	return found.accounts.map((entry) => {
		const account =
			'problem' in entry ? entry : checkedAccount(run, source, validates, entry.type, entry.raw);
		return 'problem' in account
			? refusal(entry, account.problem, subject, dryRun)
			: { ...shared, account: account.value };
	});
}

/** @param problem - what is wrong, unless the entry itself contains no account */
function refusal(
	entry: FoundAccount | FoundProblem,
	problem: Problem,
	subject: Subject,
	dryRun: boolean,
): Refusal {
	if ('problem' in entry) return { ...entry, subject, dryRun };
	const { type, raw, place } = entry;
	return { problem, place, dryRun, subject: { ...subject, ...givenAccount(type, raw) } };
}

/** Whether an item is what a dry run of Customer: Create says of a customer that doesn't exist yet. */
function isPlanned({ items }: Run, item: number): boolean {
	const { dryRun, outcome, customerId } = items[item]?.json ?? {};
	// A second row of such a customer is `existing`, and has no ID either.
	return dryRun === true && (outcome === 'wouldCreate' || customerId === null);
}

/** What n8n's Retry On Fail would create or pay for a second time. */
function paysAgain(
	onExisting: 'reuse' | 'create',
	validate: boolean,
	{ validateInDoubt }: Settings,
): Problem | undefined {
	if (onExisting === 'create') return CREATES_AGAIN;
	return validate && validateInDoubt ? VALIDATES_AGAIN : undefined;
}

/** A customer's ID: digits that came as a number may lack a leading zero, and name another customer then. */
function customerOf(run: Run, source: Source, validate: boolean, item: number): Checked<string> {
	const field = 'Customer ID';
	const given = source.customerId(item);
	const checked = checkId(field, given);
	return 'problem' in checked ? checked : withZeros(run, field, given, validate, checked);
}

const IS_NUMBER = 'is a number, so a leading zero may be missing';

/**
 * Spreadsheets give digits as a number, without leading zeros: another account's number, maybe. JSON can quote it; from
 * elsewhere it is accepted with a warning, but no money is moved to it.
 */
function checkedAccount(
	run: Run,
	source: Source,
	validate: boolean,
	type: Account['type'],
	raw: RawAccount,
): Checked<Account> {
	const checked = checkAccount(type, raw);
	const { accountNumber } = raw;
	if ('problem' in checked || type !== 'bankAccount' || typeof accountNumber !== 'number') {
		return checked;
	}
	const field = 'Account Number';
	return source.isJson
		? { problem: { field, wrong: IS_NUMBER, fix: 'Put it in quotes.' } }
		: withZeros(run, field, accountNumber, validate, checked);
}

/** What came as a number is accepted with a warning, but no money is moved on its word. */
function withZeros<T>(
	run: Run,
	field: 'Account Number' | 'Customer ID',
	given: unknown,
	validate: boolean,
	checked: { value: T },
): Checked<T> {
	if (typeof given !== 'number') return checked;
	if (validate) {
		const fix = `${AS_TEXT} To create the account without a penny drop, turn off 'Validate on Create'.`;
		return { problem: { field, wrong: IS_NUMBER, fix } };
	}
	noteNumber(run, field === 'Account Number' ? 'An account number' : 'A customer ID');
	return checked;
}
