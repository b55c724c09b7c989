import type { IDataObject } from 'n8n-workflow';
import { simplified } from '../../account/output';
import type { Outcome, Validation } from '../../account/output';
import { outputOf, STATUS_OUTPUTS } from '../../account/status';
import type { CustomerAccount } from '../../account/types';
import { waitForValidation } from '../../once';
import { BY_STATUS, isSimplified, returnsByStatus } from '../fields';
import type { Done, Ended, Request } from '../items';
import type { OptionValues } from '../options';
import type { Returned } from '../operation';
import { existingAccount, isFailed, unforeseen } from '../results';
import type { ItemResult } from '../results';
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
