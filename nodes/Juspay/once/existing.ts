import { byIdentity, identityOf, nearKey, nearSearch } from '../account/identity';
import { blocksNear } from '../account/status';
import type { CustomerAccount } from '../account/types';
import { groupsBy } from '../lists';
import type { Creation } from './creation';
import { haveSameIds } from './creation';
import { lookAgainOnce } from './emptyLists';
import type { WantedAccount } from './ledger';
import type { Confirmed } from './look';
import { confirm, getCustomer, getPerhapsDeleted, lookUntilSettled } from './look';
import type { KnownAccount } from './memory';
import { LATE_EFFECT_MS } from './doubts';
import * as messages from './messages';

/**
 * Looks which accounts exist before the first create: in the customer's list, and by Get for those that this process
 * knows and the list lacks. Settles those that exist, and fails those that may exist.
 */
export async function findExisting(creation: Creation): Promise<void> {
	const { order, ledger, session } = creation;
	const reuses = order.onExisting === 'reuse';
	// Create Another only looks if it may have to tell the accounts of one request apart later.
	if (!reuses && Math.min(order.perRequest, order.accounts.length) < 2) return;
	const listed = await creation.listBaseline();
	if (!Array.isArray(listed)) {
		if (reuses) creation.fail(ledger.open(), messages.cannotLook(listed));
		return;
	}
	if (!reuses) return;
	creation.restsOnEmptyList = listed.length === 0;
	const isTrusted = session.memory.showsNew(creation.routingId);
	if (creation.isListMissing && !isTrusted) await checkCustomer(creation);
	await matchListed(creation, listed);
	await askForUnlisted(creation, listed);
	await settleDoubts(creation, listed);
}

/**
 * A 404 in place of a list may mean that the customer is missing. While creates wait for one another, getting the
 * customer first spares the others the wait. A customer that would only be created is not asked for: it has no accounts.
 */
export async function checkCustomer(creation: Creation): Promise<void> {
	const { session, order, ledger } = creation;
	if (order.dryRun && order.customerIsPlanned) return;
	const customer = await getCustomer(session, order.customerId, order.settings.routingId);
	if (customer.ok || customer.failure.kind !== 'missing') return;
	creation.fail(ledger.open(), customer.failure);
}

/** Settles the entries that the list shows, and fails those to which it shows something near. */
async function matchListed(creation: Creation, listed: readonly CustomerAccount[]): Promise<void> {
	const { order, ledger, session } = creation;
	const existing = byIdentity(listed);
	const findNear = nearSearch(listed);
	const byId = new Map(listed.map((account) => [account.id, account]));
	const { memory } = session;
	const given = memory.accountsOf(order.customerId);
	const known = groupsBy(given, ({ account }) => identityOf(account));
	// It may not be validated yet, or be gone: Get is the better witness.
	const isUnsure = ({ id, presence }: CustomerAccount) =>
		presence === 'inactive' || memory.mayHaveDeleted(id, creation.now);
	const unsure: Array<[WantedAccount, CustomerAccount[]]> = [];
	for (const entry of ledger.open()) {
		const identity = identityOf(entry.wanted);
		const remembered = (known.get(identity) ?? []).flatMap(({ id }) => byId.get(id) ?? []);
		const same = existing.get(identity) ?? remembered;
		const account = same.find((it) => !isUnsure(it));
		const near = same.length > 0 ? undefined : findNear(entry.wanted);
		if (account) creation.settle(entry, account, 'existing');
		else if (near) creation.fail([entry], messages.similar(near.account, near.likeness));
		else unsure.push([entry, same]);
		noteTwice(creation, same);
	}
	await Promise.all(
		unsure.map(async ([entry, same]) => {
			for (const { id } of same) if (!entry.result) await settleByGet(creation, entry, id);
		}),
	);
}

/** Settles an entry with an account that a list shows, where it is there; one that is gone leaves it open. */
async function settleByGet(creation: Creation, entry: WantedAccount, id: string): Promise<void> {
	const { session, order } = creation;
	const { memory } = session;
	const got = await getPerhapsDeleted(session, order.customerId, id, order.settings.routingId);
	if (got.ok) settleOrFail(creation, entry, got.value);
	else if (got.failure.kind === 'missing' && memory.mayHaveDeleted(id, creation.now)) {
		// A delete whose answer was lost has taken effect; the list is late.
		memory.deleted(id, creation.now);
	} else creation.fail([entry], messages.cannotLook(got.failure));
}

function settleOrFail(creation: Creation, entry: WantedAccount, account: CustomerAccount): void {
	if (account.presence === 'inactive') creation.fail([entry], messages.isInactive(account.id));
	else creation.settle(entry, account, 'existing');
}

/** Asks Get for accounts that this process knows, that match an open entry, and that the list lacks. */
async function askForUnlisted(
	creation: Creation,
	listed: readonly CustomerAccount[],
): Promise<void> {
	const { session, order, ledger } = creation;
	const ids = new Set(listed.map(({ id }) => id));
	const known = session.memory.accountsOf(order.customerId).filter(({ id }) => !ids.has(id));
	const byNumber = groupsBy(known, ({ account }) => nearKey(account));
	const asked = new Map<string, Promise<Confirmed>>();
	const ask = async (one: KnownAccount) => {
		const confirmed = asked.get(one.id) ?? confirm(session, one, order.customerId, one.routingId);
		asked.set(one.id, confirmed);
		return await confirmed;
	};
	await Promise.all(
		ledger.open().map(async (entry) => {
			const alike = byNumber.get(nearKey(entry.wanted)) ?? [];
			const isSame = ({ account }: KnownAccount) =>
				identityOf(account) === identityOf(entry.wanted);
			// The same account first: one with another IFSC is only in the way.
			for (const one of [...alike.filter(isSame), ...alike.filter((it) => !isSame(it))]) {
				const confirmed = await ask(one);
				if (confirmed.is === 'gone' || entry.result) continue;
				if (confirmed.is === 'unsure') creation.fail([entry], confirmed.failure);
				else if (isSame(one)) settleOrFail(creation, entry, confirmed.account);
				else if (blocksNear(confirmed.account.status)) {
					creation.fail([entry], messages.similar(confirmed.account, 'near'));
				}
			}
		}),
	);
	// What Get has shown may stand in later lists: it is not new.
	for (const confirmed of asked.values()) {
		const seen = await confirmed;
		if (seen.is === 'there') creation.exclude([seen.account]);
	}
}

/** Settles what earlier requests left open, as far as lists can tell by now; fails the rest. */
async function settleDoubts(creation: Creation, listed: CustomerAccount[]): Promise<void> {
	const { session, order, ledger } = creation;
	const { memory, client } = session;
	const due: WantedAccount[] = [];
	let until = 0;
	for (const entry of ledger.open()) {
		const doubts = memory.doubts.about(order.customerId, entry.wanted, creation.now);
		const [first] = doubts;
		if (!first) continue;
		const { now } = creation;
		const settlesAt = memory.doubts.settleAt(doubts, now);
		const isAccepted = doubts.some((it) => it.isAccepted);
		if (isAccepted || settlesAt > now + LATE_EFFECT_MS || order.dryRun) {
			creation.fail([entry], messages.inDoubtSince(first.sentAt, isAccepted, settlesAt));
		} else {
			due.push(entry);
			until = Math.max(until, settlesAt);
		}
	}
	if (due.length === 0) return;
	if (until > creation.now) await client.clock.pause(until - creation.now);
	const settlesAt = () => {
		const { now } = creation;
		const about = due.flatMap(({ wanted }) => memory.doubts.about(order.customerId, wanted, now));
		return memory.doubts.settleAt(about, now);
	};
	const unlisted = memory.unlisted(creation.routingId);
	if (unlisted && !memory.canProve(creation.routingId)) await lookAgainOnce(session, unlisted);
	const proof = await twoListsAlike(creation, settlesAt, listed);
	if (proof) await matchListed(creation, proof);
	for (const entry of ledger.open(due)) {
		const doubts = memory.doubts.about(order.customerId, entry.wanted, creation.now);
		if (!proof) {
			const [first] = doubts;
			const { now } = creation;
			// Lists may have shown meanwhile that they are later than any before.
			const at = Math.max(now, memory.doubts.settleAt(doubts, now));
			if (first) creation.fail([entry], messages.inDoubtSince(first.sentAt, false, at));
			continue;
		}
		for (const doubt of doubts) memory.doubts.settle(order.customerId, doubt);
	}
}

/**
 * Two complete lists in a row that show the same accounts, both asked for after a time: what is not in them isn't there.
 *
 * @param since - milliseconds since the epoch; lists may show that they are later than any before
 * @param first - the list that was read last
 */
async function twoListsAlike(
	creation: Creation,
	since: () => number,
	first: CustomerAccount[],
): Promise<CustomerAccount[] | undefined> {
	let previous = creation.listedAt >= since() ? first : undefined;
	return await lookUntilSettled(
		creation.session,
		async () => {
			const listed = await creation.list();
			const canProve = creation.session.memory.canProve(creation.routingId);
			const isGood = Array.isArray(listed) && canProve && creation.listedAt >= since();
			const isAlike = isGood && previous && haveSameIds(listed, previous);
			previous = isGood ? listed : undefined;
			if (isGood) creation.exclude(listed);
			return isAlike ? listed : undefined;
		},
		{ immediately: true },
	);
}

function noteTwice({ session, order }: Creation, same: readonly CustomerAccount[]): void {
	if (same.length < 2) return;
	const ids = same.map(({ id }) => id);
	session.note(messages.twice(order.customerId, ids));
}
