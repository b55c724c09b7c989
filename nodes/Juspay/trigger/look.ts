import type { Session } from '../once';
import { listAccounts } from '../once';
import type { Failure } from '../http/words';
import { forEachConcurrently } from '../lists';
import type { Snapshot } from './changes';

/** n8n gives a poll 45 seconds: no customer is begun after so many milliseconds, the next poll goes on there. */
const BEGIN_MS = 35_000;

/** What a poll saw. */
export interface Look {
	/** Of every watched customer, in the user's order. */
	snapshots: Snapshot[];
	/** Why a customer could not be read. */
	failures: Map<string, Failure>;
	/** The customer that the next poll begins with, where this one had no time for it. */
	next: string | undefined;
}

/**
 * Lists the accounts of all customers, as far as there is time.
 *
 * @param first - the customer to begin with
 * @param concurrency - maximum number of customers to read at once
 */
export async function lookAt(
	session: Session,
	customers: readonly string[],
	first: string | undefined,
	concurrency: number,
): Promise<Look> {
	const { client } = session;
	const snapshots = customers.map((customerId): Snapshot => ({ customerId, accounts: undefined }));
	const start = Math.max(0, customers.indexOf(first ?? ''));
	const turns = [...snapshots.slice(start), ...snapshots.slice(0, start)];
	const failures = new Map<string, Failure>();
	const left = new Set(turns.map(({ customerId }) => customerId));
	const until = client.clock.now() + BEGIN_MS;
	await forEachConcurrently(turns, concurrency, async (snapshot) => {
		const { customerId } = snapshot;
		const listed = await listAccounts(session, customerId, '');
		// Given up because the poll has to end: the next one begins with it.
		if (!listed.ok && listed.failure.kind === 'stopped') return 'stop';
		left.delete(customerId);
		// Where Juspay answers 404, the customer has no accounts yet, or will have some once it exists.
		if (listed.ok) snapshot.accounts = listed.value.accounts;
		else failures.set(customerId, listed.failure);
		return client.clock.now() < until ? 'continue' : 'stop';
	});
	const [next] = left;
	return { snapshots, failures, next };
}
