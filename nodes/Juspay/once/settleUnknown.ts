import type { CustomerAccount } from '../account/types';
import type { Failure } from '../http/failure';
import { assignListed, assignRewritten, failPossiblyCreated } from './assign';
import type { Batch, Creation } from './creation';
import { haveSameIds } from './creation';
import { lookUntilSettled } from './look';
import * as messages from './messages';
import { isolateBadAccounts } from './settleRefused';

/** A pause before one more list, in milliseconds, where the last one was taken late enough and the one before it not. */
const ONE_MORE_MS = 1000;

/** Settles a request whose answer was lost or can't be read. Only lists can show whether it took effect. */
export async function settleUnknown(
	creation: Creation,
	batch: Batch,
	failure: Failure,
): Promise<Batch[]> {
	const { session, ledger } = creation;
	const { client } = session;
	const { entries, tries } = batch;
	const { last, proof } = await lookForCreated(creation, batch, failure);
	failPossiblyCreated(creation, entries, last, failure);
	const missing = ledger.open(entries);
	if (missing.length > 0 && proof && !client.stopped) {
		if (!failure.transient) return isolateBadAccounts(creation, batch, failure, proof);
		if (tries < client.maxRetries) return [{ entries: missing, tries: tries + 1 }];
		creation.fail(missing, messages.notFound(failure));
	} else creation.fail(missing, messages.mayExist(failure, creation.settlesFrom(missing)));
	return [];
}

/**
 * Lists until no entry is open, and assigns what is new.
 *
 * @returns the last complete list; `proof` if the list before it showed the same accounts, and both were taken later than
 * lists can lag: what is not in them doesn't exist
 */
async function lookForCreated(
	creation: Creation,
	{ entries, tries }: Batch,
	failure: Failure,
): Promise<{ last: CustomerAccount[]; proof?: CustomerAccount[] }> {
	const { session, ledger } = creation;
	const { client } = session;
	if (!creation.hasBaseline) return { last: [] };
	// If they were sent only once, it isn't this node's own request that made them exist.
	const outcome = failure.kind === 'exists' && tries === 0 ? 'existing' : 'created';
	let last: CustomerAccount[] = [];
	let previous: CustomerAccount[] | undefined;
	let proof: CustomerAccount[] | undefined;
	const look = async () => {
		const seen = await creation.list();
		const listed = Array.isArray(seen) ? seen : undefined;
		if (listed) assignListed(creation, entries, listed, outcome);
		if (listed && !creation.hasOtherDoubt(entries)) assignRewritten(creation, entries, listed);
		// The list itself may show that lists are later than any before.
		const isLate =
			creation.listedAt >= creation.settlesAt(entries) &&
			session.memory.canProve(creation.routingId);
		proof = isLate && listed && previous && haveSameIds(listed, previous) ? listed : undefined;
		previous = isLate ? listed : undefined;
		last = listed ?? last;
		return ledger.open(entries).length === 0 || undefined;
	};
	await lookUntilSettled(session, look);
	if (!proof && previous && !client.stopped && ledger.open(entries).length > 0) {
		await client.clock.pause(ONE_MORE_MS);
		await look();
	}
	return { last, ...(proof && { proof }) };
}
