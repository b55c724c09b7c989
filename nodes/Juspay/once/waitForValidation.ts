import type { CustomerAccount } from '../account/types';
import { forEachConcurrently, groupBy } from '../lists';
import type { JuspayClient } from '../http/client';

/** An account whose validation may be under way. */
export interface AwaitedAccount {
	/** As the user named the customer, for the same routing as in other calls. */
	customerId: string;
	routingId: string;
	account: CustomerAccount;
	/** Whether this run has asked for a validation: then CREATED isn't its last word either. */
	validation?: string;
}

/** Milliseconds. */
const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 10_000;

/**
 * Asks again, with growing pauses, until no validation is under way any more or the time is over. A customer with several
 * pending accounts costs one list for all of them; a read that doesn't succeed is left to the next round.
 *
 * @param timeoutMs - how long to wait in all, in milliseconds
 * @returns the accounts that changed, by ID
 */
export async function waitForValidation(
	client: JuspayClient,
	accounts: readonly AwaitedAccount[],
	timeoutMs: number,
	concurrency: number,
): Promise<Map<string, CustomerAccount>> {
	const { clock } = client;
	const changed = new Map<string, CustomerAccount>();
	const statusOf = ({ account }: AwaitedAccount) => (changed.get(account.id) ?? account).status;
	const pending = () =>
		accounts.filter(
			(it) =>
				statusOf(it) === 'PENDING' || (it.validation === 'started' && statusOf(it) === 'CREATED'),
		);
	const until = clock.now() + timeoutMs;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
		const left = until - clock.now();
		if (pending().length === 0 || left <= 0 || client.stopped) return changed;
		await clock.pause(Math.min(pause, left));
		const customers = groupBy(pending(), (it) => JSON.stringify([it.customerId, it.routingId]));
		await forEachConcurrently(customers, concurrency, async (group) => {
			for (const account of await refresh(client, group)) changed.set(account.id, account);
			return client.stopped ? 'stop' : 'continue';
		});
	}
}

async function refresh(client: JuspayClient, group: AwaitedAccount[]): Promise<CustomerAccount[]> {
	const [first] = group;
	if (!first) return [];
	const { customerId, routingId } = first;
	const ids = new Set(group.map((it) => it.account.id));
	if (ids.size > 1) {
		const listed = await client.listAccounts(customerId, routingId);
		if (listed.ok) return listed.value.accounts.filter(({ id }) => ids.has(id));
	}
	// One account, or several of a customer whose list can't be had.
	const got = await Promise.all(
		[...ids].map(async (id) => await client.getAccount(customerId, id, routingId)),
	);
	return got.flatMap((one) => (one.ok ? [one.value] : []));
}
