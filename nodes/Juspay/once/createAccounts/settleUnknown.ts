import type { CustomerAccount } from '../../account/types';
import type { Failure } from '../../http/words';
import { lookUntilSettled } from '../lookAgain';
import type { Batch, Creation, SendBatch } from './creation';
import * as messages from './messages';
import { isolateBadAccounts } from './settleRefused';

/** Settles a request whose answer was lost or can't be read. Only lists can show whether it took effect. */
export async function settleUnknown(
	creation: Creation,
	batch: Batch,
	failure: Failure,
	send: SendBatch,
): Promise<Batch[]> {
	const { client, wanted } = creation;
	const { entries, tries } = batch;
	const { emptyLists } = client.state;
	// Another customer's create shows sooner what an empty list is worth.
	creation.endTrial();
	const { last, proof } = await lookForCreated(creation, batch, failure);
	if (wanted.open(entries).length === 0) return [];
	creation.failPossiblyCreated(entries, last, failure);
	const missing = wanted.open(entries);
	if (missing.length === 0) return [];
	// Until it is known what an empty list is worth, it is proof for one more try: that try will show it.
	const isWorthless = proof?.length === 0 && !emptyLists.isTrusted && tries > 0;
	if (!proof || client.stopped || isWorthless) {
		creation.noteDoubt();
		wanted.fail(missing, messages.mayExist(failure));
		return [];
	}
	if (!failure.transient) return await isolateBadAccounts(creation, batch, failure, proof, send);
	if (tries < client.maxRetries) return [{ entries: missing, tries: tries + 1 }];
	wanted.fail(missing, messages.notFound(failure));
	return [];
}

/**
 * Lists until no entry is open, and assigns what is new.
 *
 * @returns the last complete list; `proof` if the list before it contained the same accounts: what is not in them
 * doesn't exist
 */
async function lookForCreated(
	creation: Creation,
	{ entries, tries }: Batch,
	failure: Failure,
): Promise<{ last: CustomerAccount[]; proof?: CustomerAccount[] }> {
	const { client, known, wanted } = creation;
	if (!known.hasBaseline) return { last: [] };
	// If they were sent only once, it isn't this node's own request that made them exist.
	const outcome = failure.kind === 'exists' && tries === 0 ? 'existing' : 'created';
	let last: CustomerAccount[] = [];
	let previous: CustomerAccount[] | undefined;
	let proof: CustomerAccount[] | undefined;
	await lookUntilSettled(client, async () => {
		const seen = await known.list();
		const listed = Array.isArray(seen) ? seen : undefined;
		const created = known.unassigned(listed ?? []);
		if (creation.assign(entries, created, outcome, true) > 0) client.state.emptyLists.trust();
		proof = listed && previous && haveSameIds(listed, previous) ? listed : undefined;
		previous = listed;
		last = listed ?? last;
		return wanted.open(entries).length === 0 || undefined;
	});
	return { last, proof };
}

function haveSameIds(one: CustomerAccount[], other: CustomerAccount[]): boolean {
	const ids = new Set(one.map(({ id }) => id));
	return one.length === other.length && other.every(({ id }) => ids.has(id));
}
