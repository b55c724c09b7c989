import type { JuspayClient } from '../../http/client';
import { createMissing } from './createMissing';
import type { CreateOrder } from './creation';
import { Creation } from './creation';
import { findExisting } from './findExisting';
import { INCOMPLETE } from './messages';
import { planMissing } from './planMissing';
import { validateCreated } from './validateCreated';
import type { CreateResult } from './wantedAccounts';

export type { CreateOrder } from './creation';
export type { CreateResult } from './wantedAccounts';

/**
 * Creates a customer's accounts, each exactly once, and validates them if asked to: locks the customer, looks which
 * accounts exist, creates what is missing one request at a time, and sends nothing again without proof that it had no
 * effect.
 *
 * @returns the result for each account, in the given order
 */
export async function createAccounts(
	client: JuspayClient,
	order: CreateOrder,
): Promise<CreateResult[]> {
	const done = await client.withLock(order.customerId, async (lock) => {
		const creation = new Creation(client, order, lock);
		const { known, wanted } = creation;
		await findExisting(creation);
		if (order.dryRun) await planMissing(creation);
		else await createMissing(creation);
		if (known.created.size > 0) lock.noteCreated(known.created);
		if (order.validate) await validateCreated(creation);
		return wanted.results(INCOMPLETE);
	});
	return done.ok ? done.value : order.accounts.map(() => ({ failure: done.failure }));
}
