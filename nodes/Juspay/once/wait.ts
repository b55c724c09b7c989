import { mayBeValidated } from '../account/status';
import type { CustomerAccount } from '../account/types';
import { forEachConcurrently, groupBy } from '../lists';
import { getAccount, listAccounts } from './look';
import type { Session } from './session';

/** An account whose validation may be under way. */
export interface AwaitedAccount {
	/** As the user named the customer, for the same routing as in other calls. */
	customerId: string;
	routingId: string;
	account: CustomerAccount;
	/** Whether a validation was asked for: then CREATED isn't its last word either. */
	validation?: string | undefined;
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
	session: Session,
	accounts: readonly AwaitedAccount[],
	timeoutMs: number,
	concurrency: number,
): Promise<Map<string, CustomerAccount>> {
	const { client } = session;
	const { clock } = client;
	const changed = new Map<string, CustomerAccount>();
	const statusOf = ({ account }: AwaitedAccount) => (changed.get(account.id) ?? account).status;
	const wasStarted = ({ validation }: AwaitedAccount) =>
		validation === 'started' || validation === 'alreadyStarted';
	const pending = () =>
		accounts.filter(
			(one) => statusOf(one) === 'PENDING' || (wasStarted(one) && statusOf(one) === 'CREATED'),
		);
	const until = clock.now() + timeoutMs;
	for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
		const left = until - clock.now();
		if (pending().length === 0 || left <= 0 || client.stopped) return changed;
		await clock.pause(Math.min(pause, left));
		const customers = groupBy(pending(), (one) => JSON.stringify([one.customerId, one.routingId]));
		await forEachConcurrently(customers, concurrency, async (group) => {
			for (const account of await refresh(session, group)) changed.set(account.id, account);
			return client.stopped ? 'stop' : 'continue';
		});
	}
}

/**
 * The accounts of one customer as they are now: from one list, and by Get those that it lacks, or shows as before
 * their validation: it may be late.
 */
async function refresh(session: Session, group: AwaitedAccount[]): Promise<CustomerAccount[]> {
	const [first] = group;
	if (!first) return [];
	const { customerId, routingId } = first;
	const ids = new Set(group.map(({ account }) => account.id));
	const listed = ids.size > 1 ? await listAccounts(session, customerId, routingId) : undefined;
	const accounts = listed?.ok ? listed.value.accounts : [];
	const found = accounts.filter(({ id, status }) => ids.has(id) && !mayBeValidated(status));
	for (const { id } of found) ids.delete(id);
	const got = await Promise.all(
		[...ids].map(async (id) => await getAccount(session, customerId, id, routingId)),
	);
	return [...found, ...got.flatMap((one) => (one.ok ? [one.value] : []))];
}
