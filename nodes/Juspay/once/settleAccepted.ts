import { assign, onlyPair } from '../account/identity';
import type { CustomerAccount } from '../account/types';
import type { Result } from '../http/client';
import type { Failure } from '../http/failure';
import type { CreateAnswer } from '../wire/read';
import { assignAlike, assignListed, assignRewritten, assignShown, mayBe } from './assign';
import type { Batch, Creation } from './creation';
import { idsOf } from './creation';
import type { WantedAccount } from './ledger';
import { getAccount, lookUntilSettled } from './look';
import * as messages from './messages';

/**
 * Assigns the accounts of a 2xx answer: those with new IDs were created.
 *
 * @returns the new accounts; `refusal` if it proves nothing
 */
export function assignAnswered(
	creation: Creation,
	{ entries }: Batch,
	accounts: readonly CustomerAccount[],
	refusals: readonly Failure[],
): { created: CustomerAccount[]; refusal?: Failure } {
	const { ledger } = creation;
	const created = creation.unassigned(accounts);
	creation.addCreated(created);
	assignShown(creation, entries, created);
	// Juspay may return an existing account instead of creating it again.
	const existing = accounts.filter((account) => creation.isExcluded(account));
	assignShown(creation, entries, existing, 'existing', true);
	assignAlike(creation, entries, created);
	const refusal = refusals.find(({ effect }) => effect === 'unknown');
	if (refusal) return { created, refusal };
	if (refusals.length > 0 && refusals.length >= ledger.open(entries).length) {
		creation.fail(entries, messages.sameOrGeneral(refusals));
	}
	return { created };
}

/** Settles the entries that a 2xx answer leaves open: looks in the list, and never sends them again. */
export async function settleAccepted(
	creation: Creation,
	{ entries }: Batch,
	created: readonly CustomerAccount[],
): Promise<void> {
	const { ledger } = creation;
	if (ledger.open(entries).length === 0) return;
	const listed = creation.hasBaseline ? await lookForAccepted(creation, entries, created) : [];
	const left = ledger.open(entries);
	const unclear = creation
		.unassigned(listed.length > 0 ? listed : created)
		.filter((account) => left.some((entry) => mayBe(account, entry)));
	creation.exclude(unclear);
	creation.session.memory.noteUnclear(idsOf(creation.unassigned(created)).concat(idsOf(unclear)));
	creation.accepted(left);
	const ids = idsOf(unclear);
	creation.fail(
		entries,
		// Only with a new ID per entry in the answer is each known to be created: what a list shows may be another's.
		created.length >= entries.length
			? messages.unclear(ids)
			: messages.mayExist(messages.INCOMPLETE, creation.settlesFrom(left), ids),
	);
}

/** Lists until no entry is open, and assigns what is new; returns the last complete list. */
async function lookForAccepted(
	creation: Creation,
	entries: Batch['entries'],
	created: readonly CustomerAccount[],
): Promise<CustomerAccount[]> {
	const { session, ledger } = creation;
	let last: CustomerAccount[] = [];
	let isAsked = false;
	const look = async () => {
		const listed = await creation.list();
		if (Array.isArray(listed)) {
			last = listed;
			const isDoubtful = creation.hasOtherDoubt(entries);
			// With an earlier request in doubt, new accounts may belong to that one.
			if (isDoubtful) assignListed(creation, entries, listed, 'created');
			else assignShown(creation, entries, creation.unassigned(listed), 'created');
			if (!isDoubtful) assignRewritten(creation, entries, listed);
		}
		if (ledger.open(entries).length === 0) return true;
		// A late list doesn't show yet what the answer has named: Get may show its details.
		if (!isAsked) await assignByGet(creation, entries, created);
		isAsked = true;
		return ledger.open(entries).length === 0 || undefined;
	};
	await lookUntilSettled(session, look, { immediately: true });
	return last;
}

/** Assigns new accounts by the details that Get shows of them. */
async function assignByGet(
	creation: Creation,
	entries: readonly WantedAccount[],
	created: readonly CustomerAccount[],
): Promise<void> {
	const { session, order } = creation;
	const { customerId, settings } = order;
	const ids = idsOf(creation.unassigned(created));
	const got = await Promise.all(
		ids.map(async (id) => await getAccount(session, customerId, id, settings.routingId)),
	);
	assignShown(
		creation,
		entries,
		got.flatMap((one) => (one.ok ? [one.value] : [])),
		'created',
		true,
	);
}

/** Remembers what became of a request that was under way when the workflow was stopped. Sends nothing. */
export function settleLate(
	creation: Creation,
	entries: readonly WantedAccount[],
	result: Result<CreateAnswer>,
): void {
	if (!result.ok) {
		const isCertain = result.failure.effect === 'none' && entries.length === 1;
		if (isCertain) creation.forgetRequests(entries);
		else creation.lost(entries);
		return;
	}
	const { accounts, refusals } = result.value;
	const created = creation.unassigned(accounts);
	const assigned = assign(entries, created, false);
	const left = created.filter((account) => ![...assigned.values()].includes(account));
	const open = entries.filter((entry) => !assigned.has(entry));
	const pair = onlyPair(open, left, false);
	if (pair) assigned.set(...pair);
	for (const [entry, account] of assigned) creation.remember(entry, account, 'created');
	creation.session.memory.noteUnclear(idsOf(left));
	if (refusals.length < open.length) creation.accepted(entries);
}
