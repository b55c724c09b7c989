import type { IDataObject } from 'n8n-workflow';
import type { CustomerAccount } from '../../domain/account';
import { simplified } from '../../domain/output';
import type { Outcome } from '../../domain/output';
import type { Validation } from '../../api/exactlyOnce';
import { waitForValidation } from '../../api/waiting';
import type { FailedResult, ItemResult } from '../results';
import { waitMs } from '../run';
import type { Run } from '../run';

/** An account that an operation has in hand for an item, before it is shaped for the output. */
export interface InHand {
	item: number;
	/** As the user named the customer. */
	customerId: string;
	routingId: string;
	account: CustomerAccount;
	/** How it came to be there: create only. */
	outcome?: Outcome;
	/** Whether a penny drop was started: where one was asked for. */
	validation?: Validation;
}

/** What became of one account of one item. */
export type Handled = InHand | FailedResult;

/** Tells an account in hand from a failure. */
export function isInHand(handled: Handled): handled is InHand {
	return 'account' in handled;
}

/** Waits for validations where the user asked for it, and shapes accounts for the output. */
export async function finish(run: Run, handled: Handled[]): Promise<ItemResult[]> {
	const stops = !run.keepGoing && handled.some((it) => !isInHand(it));
	const waiting = handled.filter(isInHand).filter(({ item }) => waitMs(run.options(item)) > 0);
	const changed =
		waiting.length > 0 && !stops ? await waitFor(run, waiting) : new Map<string, CustomerAccount>();
	return handled.map((it) => (isInHand(it) ? shown(run, it, changed) : it));
}

async function waitFor(run: Run, waiting: InHand[]): Promise<Map<string, CustomerAccount>> {
	const client = await run.client;
	const timeoutMs = Math.max(...waiting.map(({ item }) => waitMs(run.options(item))));
	return await waitForValidation(client, client.clock, waiting, timeoutMs, run.concurrency);
}

function shown(run: Run, inHand: InHand, changed: Map<string, CustomerAccount>): ItemResult {
	const { item, customerId, outcome, validation } = inHand;
	const account = changed.get(inHand.account.id) ?? inHand.account;
	const simple = run.read('simplify', item, true) !== false;
	const json = (
		simple ? simplified(account, { customerId, outcome, validation }) : account.raw
	) as IDataObject;
	return { item, json, status: account.status, outcome, validation };
}
