import type { IDataObject } from 'n8n-workflow';
import { counted } from '../../account/check';
import { simplified } from '../../account/output';
import type { Outcome, Validation } from '../../account/output';
import { outputOf, STATUS_OUTPUTS } from '../../account/status';
import type { CustomerAccount } from '../../account/types';
import { waitForValidation } from '../../once';
import type { Failure } from '../../http/failure';
import { ownFailure } from '../../http/failure';
import { BY_STATUS, isSimplified, returnsByStatus } from '../fields';
import type { Done, Ended, Request } from '../items';
import { OPTIONS } from '../options';
import type { OptionValues } from '../options';
import type { Returned } from '../operation';
import { existingAccount, isFailed, unforeseen } from '../results';
import type { ItemResult, Subject } from '../results';
import { readable } from '../run';
import type { Run } from '../run';

/** What the operations that return accounts have in common. */
export const ACCOUNTS: Returned = returnsByStatus(
	'accounts',
	'account numbers',
	{
		...BY_STATUS,
		description:
			'Three outputs: Active, Pending (also accounts not validated yet) and Failure. With On Error = Continue, errors leave by Failure.',
	},
	{ names: STATUS_OUTPUTS, of: outputOf, firstIsEmpty: 'no account is active' },
);

/** An item's request for an account, or for the accounts of a customer, with the item's options. */
export interface AccountRequest extends Request, OptionValues {
	dryRun: boolean;
	/** As the workflow names the customer. */
	customerId: string;
}

/** An account that an operation returns. */
export interface AccountFound {
	account: CustomerAccount;
	/** Create only. */
	outcome?: Outcome;
	/** Where a penny drop was asked for. */
	validation?: Validation;
}

type Found = Done<AccountRequest, AccountFound>;

/** Waits for validations where the user asked for it, and shapes accounts for the output. */
export async function finish(
	run: Run,
	results: ReadonlyArray<Ended<AccountRequest, AccountFound>>,
): Promise<ItemResult[]> {
	const found = results.filter((it): it is Found => !isFailed(it));
	const stops = !run.continueOnFail && found.length < results.length;
	const changed = stops ? new Map<string, CustomerAccount>() : await waitForChanges(run, found);
	return results.map((it) => (isFailed(it) ? it : shapedOrFailed(run, it, changed)));
}

async function waitForChanges(
	run: Run,
	found: readonly Found[],
): Promise<Map<string, CustomerAccount>> {
	const waiting = found.filter(({ request }) => request.lookForMs > 0);
	if (waiting.length === 0) return new Map();
	const longest = waiting.reduce((most, { request }) => Math.max(most, request.lookForMs), 0);
	try {
		return await waitForValidation(
			await run.session,
			waiting.map(({ request: { customerId, settings }, value: { account, validation } }) => ({
				customerId,
				routingId: settings.routingId,
				account,
				validation,
			})),
			longest,
			run.concurrency,
		);
	} catch (thrown) {
		// What was done must come out, whatever became of the waiting.
		const { message, description } = unforeseen(thrown, true);
		run.note(`${message} while it waited for validations. ${description}`);
		return new Map();
	}
}

function shapedOrFailed(
	run: Run,
	found: Found,
	changed: ReadonlyMap<string, CustomerAccount>,
): ItemResult {
	try {
		return shaped(run, found, changed);
	} catch (thrown) {
		const { request, value } = found;
		return {
			item: request.item,
			dryRun: request.dryRun,
			failure: unforeseen(thrown, true),
			subject: {
				customerId: request.customerId,
				...existingAccount(value.account, value.outcome),
			},
		};
	}
}

function shaped(
	run: Run,
	{ request: { item, customerId, dryRun }, value }: Found,
	changed: ReadonlyMap<string, CustomerAccount>,
): ItemResult {
	const { outcome, validation } = value;
	const account = changed.get(value.account.id) ?? value.account;
	// An account that only would be created has no object of Juspay's.
	const isSimple = account.id === '' || isSimplified(run, item);
	const json = isSimple ? simplified(account, { customerId, outcome, validation }) : account.raw;
	return {
		item,
		json: json as IDataObject,
		accountId: account.id,
		status: account.status,
		outcome,
		validation,
		dryRun,
		isDuplicate: dryRun && outcome === 'existing' && account.id === '',
	};
}

/** The smallest cap that any item gives; infinite where none does. */
function smallestCap(run: Run): number {
	return [...run.items.keys()].reduce((smallest, item) => {
		const cap = readable(() => run.option(OPTIONS.maxValidations, item)) ?? Infinity;
		return Math.min(smallest, cap);
	}, Infinity);
}

/**
 * Runs an operation that may start penny drops. With Max Validations set, it does a dry run first and stops there if
 * more of them would be started.
 *
 * @param subjectOf - what a request is about, for its failure
 * @param work - the operation; as a dry run where `looksOnly`
 */
export async function withinMaxValidations<R extends AccountRequest>(
	run: Run,
	subjectOf: (request: R) => Subject,
	work: (looksOnly: boolean) => Promise<Array<Ended<R, AccountFound>>>,
): Promise<Array<Ended<R, AccountFound>>> {
	const most = smallestCap(run);
	if (most === Infinity) return await work(false);
	const planned = await work(true);
	const due = planned.filter(
		(result) =>
			!isFailed(result) && !result.request.dryRun && result.value.validation === 'wouldStart',
	).length;
	if (due <= most) {
		const session = await run.session;
		// What could not be looked at is not counted.
		session.allowPennies(most);
		// Items that are a dry run's are planned again.
		session.planned.clear();
		return await work(false);
	}
	const failure = tooMany(due, most);
	return planned.map((result) => {
		if (isFailed(result) || result.request.dryRun) return result;
		const { request, value } = result;
		const { account, outcome } = value;
		const known = account.id !== '' && existingAccount(account, outcome);
		const subject = { ...subjectOf(request), ...known };
		return { item: request.item, subject, field: 'Max Validations', failure };
	});
}

function tooMany(due: number, most: number): Failure {
	return ownFailure(
		'TOO_MANY_VALIDATIONS',
		`${counted(due, 'penny drop')} would be started, but 'Max Validations' is ${most}`,
		"Nothing was created or validated. Check the input, raise 'Max Validations', or split the input into smaller runs.",
		{ scope: 'everyone' },
	);
}
