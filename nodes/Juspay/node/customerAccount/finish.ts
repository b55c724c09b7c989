import type { IDataObject } from 'n8n-workflow';
import type { CustomerAccount } from '../../account/types';
import { simplified } from '../../account/output';
import type { Outcome, Validation } from '../../account/output';
import { waitForValidation } from '../../once';
import type { Done, Request } from '../items';
import type { Settings } from '../settings';
import { unforeseen } from '../failures';
import { existingAccount, isFailed } from '../results';
import type { FailedResult, ItemResult } from '../results';
import { isSimplified } from '../run';
import type { Run } from '../run';

/** An item's request for an account, or for the accounts of a customer. */
export interface AccountRequest extends Request {
	/** As the workflow names the customer. */
	customerId: string;
	settings: { routingId: string };
	options: Settings;
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
	results: ReadonlyArray<Found | FailedResult>,
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
	const patience = ({ request }: Found) => request.options.waitMs;
	const waiting = found.filter((it) => patience(it) > 0);
	if (waiting.length === 0) return new Map();
	const longest = waiting.reduce((most, it) => Math.max(most, patience(it)), 0);
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
			failure: unforeseen(thrown, true),
			subject: {
				customerId: request.customerId,
				...existingAccount(value.account),
				outcome: value.outcome,
			},
		};
	}
}

function shaped(
	run: Run,
	{ request: { item, customerId, options }, value }: Found,
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
		...(options.dryRun && { dryRun: true }),
		...(options.dryRun && outcome === 'existing' && account.id === '' && { isDuplicate: true }),
	};
}
