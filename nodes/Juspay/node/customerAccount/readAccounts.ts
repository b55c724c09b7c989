import type { Account } from '../../account/types';
import {
	BadInput,
	checkAccount,
	checkId,
	isNumeric,
	orBadInput,
	refuse,
} from '../../account/check';
import type { FoundAccount } from '../../account/read';
import { AS_TEXT, noteNumber } from '../fields';
import { refused } from '../items';
import type { Known } from '../items';
import type { OptionValues } from '../options';
import { givenAccount } from '../results';
import type { FailedResult } from '../results';
import type { Run } from '../run';
import { readable } from '../run';
import type { AccountRequest } from './accounts';
import { ACCOUNT_SOURCE, ON_EXISTING, VALIDATE_ON_CREATE } from './createFields';
import type { Source } from './sources';

/** One account of one item, read and checked, ready to be created. */
export interface NewAccount extends AccountRequest {
	account: Account;
	validate: boolean;
	onExisting: 'reuse' | 'create';
	/** Whether the customer itself would only be created, by an earlier node's dry run. */
	customerIsPlanned: boolean;
}

/**
 * Reads an item's accounts, each ready to be created or refused alone.
 *
 * @param accountNumbers - gets the account numbers that are read
 */
export function readAccounts(
	run: Run,
	source: Source,
	known: Known,
	accountNumbers: Set<string>,
): Array<NewAccount | FailedResult> {
	if (source.problem) {
		known.isForAll = true;
		throw source.problem;
	}
	// What is wrong with a whole item counts for each of its accounts: each ends as one message of its own.
	const customerId = orBadInput(() => readCustomer(run, source, known));
	const found = source.accounts(known.item);
	const shared =
		customerId instanceof BadInput
			? customerId
			: orBadInput(() => readShared(run, customerId, known));
	return found.map((entry) => {
		const request = orBadInput((): NewAccount => {
			if ('problem' in entry) throw entry.problem;
			if (shared instanceof BadInput) throw shared;
			return { ...shared, account: checkedAccount(run, source, shared.validate, entry) };
		});
		if (request instanceof BadInput) {
			const given = 'problem' in entry ? {} : givenAccount(entry);
			const subject = { ...known.subject, ...given };
			const isPart = found.length > 1;
			return refused({ ...known, place: entry.place, isPart, subject }, request);
		}
		const { account } = request;
		if (account.type === 'bankAccount') accountNumbers.add(account.accountNumber);
		return request;
	});
}

/** A customer's ID: digits that came as a number may lack a leading zero, and name another customer then. */
function readCustomer(run: Run, source: Source, { item, subject }: Known): string {
	const field = 'Customer ID';
	const given = source.customerId(item);
	const customerId = checkId(field, given);
	if (isNumeric(given)) {
		const validates = readable(() => run.value(VALIDATE_ON_CREATE, item));
		acceptNumber(run, field, validates ?? false);
	}
	subject.customerId = customerId;
	return customerId;
}

/** What an item's accounts have in common. */
function readShared(run: Run, customerId: string, known: Known): Omit<NewAccount, 'account'> {
	const { item } = known;
	run.value(ACCOUNT_SOURCE, item);
	const options = run.options(item);
	const onExisting = run.value(ON_EXISTING, item);
	const validate = run.value(VALIDATE_ON_CREATE, item);
	if (run.retryOnFail) refusePayingAgain(onExisting, validate, options);
	const customerIsPlanned = options.dryRun && isPlanned(run, item);
	return { item, customerId, validate, onExisting, ...options, customerIsPlanned };
}

/** Whether an item is what a dry run of Customer: Create says of a customer that doesn't exist yet. */
function isPlanned({ items }: Run, item: number): boolean {
	const { dryRun, outcome, customerId } = items[item]?.json ?? {};
	// A second row of such a customer is `existing`, and has no ID.
	const isSecond = outcome === 'existing' && customerId === null;
	return dryRun === true && (outcome === 'wouldCreate' || isSecond);
}

/**
 * n8n's Retry On Fail runs a node again from its beginning.
 *
 * @throws BadInput where that would create accounts or pay for them a second time
 */
function refusePayingAgain(
	onExisting: 'reuse' | 'create',
	validate: boolean,
	{ validateInDoubt }: OptionValues,
): void {
	const turnOff =
		"Turn off Retry On Fail in the node's Settings (the node itself retries what is safe to retry), or";
	if (onExisting === 'create') {
		refuse(
			'If Account Exists',
			'is set to Create Another while Retry On Fail is on: a retry would create accounts twice',
			`${turnOff} set 'If Account Exists' to Reuse.`,
		);
	}
	if (validate && validateInDoubt) {
		refuse(
			'Validate Again If in Doubt',
			'is on while Retry On Fail is on: a retry could pay for a second penny drop',
			`${turnOff} remove this option.`,
		);
	}
}

const IS_NUMBER = 'is a number, so a leading zero may be missing';

/**
 * Spreadsheets give digits as a number, without leading zeros: another account's number, maybe. JSON can quote it; from
 * elsewhere it is accepted with a warning, but no money is moved to it.
 */
function checkedAccount(
	run: Run,
	{ isJson }: Source,
	validate: boolean,
	{ type, raw }: FoundAccount,
): Account {
	const field = 'Account Number';
	const account = checkAccount(type, raw);
	if (type !== 'bankAccount' || !isNumeric(raw.accountNumber)) return account;
	if (isJson) refuse(field, IS_NUMBER, 'Put it in quotes.');
	acceptNumber(run, field, validate);
	return account;
}

/** What came as a number is accepted with a warning, but no money is moved on its word. */
function acceptNumber(run: Run, field: 'Account Number' | 'Customer ID', validates: boolean): void {
	if (validates) {
		const fix = `${AS_TEXT} To create the account without a penny drop, turn off 'Validate on Create'.`;
		refuse(field, IS_NUMBER, fix);
	}
	noteNumber(run, field === 'Account Number' ? 'An account number' : 'A customer ID');
}
