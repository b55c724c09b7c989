import { assign, identityOf, likeness, onlyPair } from '../account/identity';
import type { Outcome } from '../account/output';
import type { CustomerAccount } from '../account/types';
import type { Failure } from '../http/failure';
import type { Creation } from './creation';
import { idsOf } from './creation';
import type { WantedAccount } from './ledger';
import * as messages from './messages';

/**
 * Gives accounts that Juspay shows to the rows they belong to.
 *
 * @param isShownInFull - only gives accounts that Juspay shows unmasked
 */
export function assignShown(
	creation: Creation,
	entries: readonly WantedAccount[],
	accounts: readonly CustomerAccount[],
	outcome: Outcome = 'created',
	isShownInFull = false,
): void {
	const assigned = assign(creation.ledger.open(entries), accounts, isShownInFull);
	for (const [entry, account] of assigned) creation.settle(entry, account, outcome);
}

/** Gives what a list shows as new; under Reuse also what others have found: it exists. */
export function assignListed(
	creation: Creation,
	entries: readonly WantedAccount[],
	listed: readonly CustomerAccount[],
	outcome: Outcome,
): void {
	const ownOnly = withoutRival(creation, entries);
	assignShown(creation, ownOnly, creation.unassigned(listed), outcome, true);
	if (creation.order.onExisting === 'reuse') {
		assignShown(creation, entries, creation.appeared(listed), 'existing', true);
	}
}

/**
 * Those of the entries whose new accounts can't be another request's: under Create Another, one of another execution may
 * still create the same account.
 */
function withoutRival(
	creation: Creation,
	entries: readonly WantedAccount[],
): readonly WantedAccount[] {
	const { session, order, now } = creation;
	const own = new Set(creation.doubtsOf(entries));
	return entries.filter(({ wanted }) =>
		session.memory.doubts.about(order.customerId, wanted, now).every((doubt) => own.has(doubt)),
	);
}

/** Whether an account may be the one that is wanted, by what Juspay shows of it. */
export function mayBe(account: CustomerAccount, { wanted }: WantedAccount): boolean {
	return likeness(account, wanted) !== 'different';
}

/** Gives the only listed account with the number of one row alone, where Juspay may have rewritten its IFSC. */
export function assignRewritten(
	creation: Creation,
	entries: readonly WantedAccount[],
	listed: readonly CustomerAccount[],
): void {
	const left = creation.ledger.open(entries);
	const fresh = creation.unassigned(listed);
	for (const entry of left) {
		const alike = fresh.filter((account) => mayBe(account, entry));
		const rivals = left.filter((other) => alike.some((account) => mayBe(account, other)));
		const pair = onlyPair(rivals, alike, true);
		if (pair) creation.settle(pair[0], pair[1], 'created');
	}
}

/** Gives as many new accounts as rows are left, where these rows all want the same account. */
export function assignAlike(
	creation: Creation,
	entries: readonly WantedAccount[],
	accounts: readonly CustomerAccount[],
): void {
	const left = creation.ledger.open(entries);
	const fresh = creation.unassigned(accounts);
	const identities = new Set(left.map(({ wanted }) => identityOf(wanted)));
	const fits = fresh.every((account) => left.every((entry) => mayBe(account, entry)));
	if (identities.size !== 1 || fresh.length !== left.length || !fits) return;
	for (const [index, entry] of left.entries()) {
		const account = fresh[index];
		if (account) creation.settle(entry, account, 'created');
	}
}

/** Fails every open entry that one of the listed new accounts may be: it may have been created. */
export function failPossiblyCreated(
	creation: Creation,
	entries: readonly WantedAccount[],
	listed: readonly CustomerAccount[],
	failure: Failure,
): void {
	const reuses = creation.order.onExisting === 'reuse';
	const fresh = reuses ? creation.appeared(listed) : creation.unassigned(listed);
	for (const entry of creation.ledger.open(entries)) {
		const alike = fresh.filter((account) => mayBe(account, entry));
		if (alike.length === 0) continue;
		creation.fail([entry], messages.mayExist(failure, creation.settlesFrom([entry]), idsOf(alike)));
		creation.exclude(alike);
	}
}
