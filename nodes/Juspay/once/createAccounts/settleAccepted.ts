import type { CustomerAccount } from '../../account/types';
import { likeness } from '../../account/identity';
import type { CreateAnswer } from '../../http/client';
import type { Failure } from '../../http/words';
import { lookUntilSettled } from '../lookAgain';
import type { Batch, Creation } from './creation';
import { idsOf } from './creation';
import * as messages from './messages';

/**
 * Assigns the accounts of a 2xx answer: those with new IDs were created.
 *
 * @returns the new accounts; `refusal` if the answer contains nothing else
 */
export function assignAnswered(
	creation: Creation,
	{ entries }: Batch,
	{ accounts, refusals }: CreateAnswer,
): { created: CustomerAccount[]; refusal?: Failure } {
	const { known, wanted } = creation;
	const created = known.unassigned(accounts);
	known.addCreated(created);
	creation.assign(entries, created);
	// Juspay may return an existing account instead of creating it again.
	const existing = accounts.filter((account) => known.isExcluded(account));
	creation.assign(entries, existing, 'existing', true);
	const [refusal] = refusals;
	creation.isAccepted ||= !refusal || accounts.length > 0;
	if (refusal && accounts.length === 0) return { created, refusal };
	if (refusal && refusals.length >= wanted.open(entries).length) {
		wanted.fail(entries, messages.sameOrGeneral(refusals));
	}
	return { created };
}

/** Settles the entries that a 2xx answer leaves open: looks in the list, and never sends them again. */
export async function settleAccepted(
	creation: Creation,
	{ entries }: Batch,
	created: readonly CustomerAccount[],
): Promise<void> {
	const { known, wanted } = creation;
	if (wanted.open(entries).length === 0) return;
	const listed = known.hasBaseline ? await assignListed(creation, entries) : [];
	const left = wanted.open(entries);
	const unclear = known
		.unassigned(listed.length > 0 ? listed : created)
		.filter((account) => left.some((entry) => likeness(account, entry.wanted) !== 'different'));
	known.exclude(unclear);
	// Only with a new ID per entry is each known to be created.
	const isEach = unclear.length >= left.length && !creation.hasDoubt;
	if (!isEach) creation.noteDoubt();
	const ids = idsOf(unclear);
	wanted.fail(entries, isEach ? messages.unclear(ids) : messages.leftOut(ids));
}

/** Lists until no entry is open, and assigns what is new; returns the last complete list. */
async function assignListed(
	creation: Creation,
	entries: Batch['entries'],
): Promise<CustomerAccount[]> {
	const { client, known, wanted } = creation;
	let last: CustomerAccount[] = [];
	const look = async () => {
		const listed = await known.list();
		if (!Array.isArray(listed)) return undefined;
		last = listed;
		// With an earlier request in doubt, new accounts may belong to that one.
		creation.assign(entries, known.unassigned(listed), 'created', creation.hasDoubt);
		return wanted.open(entries).length === 0 || undefined;
	};
	await lookUntilSettled(client, look, { immediately: true });
	return last;
}
