import type { CustomerAccount } from '../account/types';
import { KNOWN_STATUSES } from '../account/status';

/** The trigger's events, by the status that an account has reached. */
export const EVENTS: Record<string, string> = Object.fromEntries(
	KNOWN_STATUSES.map((status) => [status.toLowerCase(), status]),
);

/** What is known from the polls before; plain JSON, as n8n stores it. */
export interface KnownStatuses {
	/** The IDs of each customer's accounts. */
	customers: Record<string, string[]>;
	/** Last known status by account ID: a customer may be watched under both of its IDs. */
	statuses: Record<string, string>;
	/** In how many polls in a row an account was missing from its customer's list. */
	missing: Record<string, number>;
}

/** What a poll saw of one customer; undefined where the customer was not read. */
export interface Snapshot {
	customerId: string;
	accounts: CustomerAccount[] | undefined;
}

/** After so many polls in a row an account that is missing is forgotten. */
const LONGEST_MISSING = 10;

/** An account that has reached one of the chosen statuses. */
export interface Change {
	account: CustomerAccount;
	/** The first of the watched customers that has the account: one may be watched under both of its IDs. */
	customerId: string;
	/** Null where it isn't known. */
	previousStatus: string | null;
}

/**
 * Compares statuses with those that are known.
 *
 * A customer seen for the first time only teaches its statuses, unless `emitExisting`; one that was not read keeps
 * them, so that nothing is missed. Customers that are no longer watched are forgotten, and so are accounts that stay
 * missing.
 *
 * @param snapshots - of the watched customers, in the user's order
 * @param events - the chosen ones of {@link EVENTS}
 * @returns the changes to report, each once, and what is known from now on
 */
export function changesSince(
	before: KnownStatuses,
	snapshots: readonly Snapshot[],
	events: readonly string[],
	emitExisting: boolean,
): { changes: Change[]; known: KnownStatuses } {
	const wanted = new Set(events.map((event) => EVENTS[event]));
	const changed = new Map<string, Omit<Change, 'customerId'>>();
	const statuses = new Map<string, string>();
	for (const { customerId, accounts } of snapshots) {
		const reports = emitExisting || own(before.customers, customerId) !== undefined;
		for (const account of accounts ?? []) {
			// What this poll has read first counts, also for a customer that it could only read under the other ID.
			if (statuses.has(account.id)) continue;
			const previous = own(before.statuses, account.id);
			// An answer that leaves the status out says nothing of it.
			statuses.set(account.id, account.status || (previous ?? ''));
			if (reports && previous !== account.status && wanted.has(account.status)) {
				changed.set(account.id, { account, previousStatus: previous || null });
			}
		}
	}
	const known = knownAfter(before, snapshots, statuses);
	const changes: Change[] = [];
	for (const { customerId } of snapshots) {
		for (const id of own(known.customers, customerId) ?? []) {
			const change = changed.get(id);
			if (change) changes.push({ ...change, customerId });
			changed.delete(id);
		}
	}
	return { changes, known };
}

/** What is known after a poll that has read these statuses: those of accounts that it didn't see stay for a while. */
function knownAfter(
	before: KnownStatuses,
	snapshots: readonly Snapshot[],
	read: ReadonlyMap<string, string>,
): KnownStatuses {
	const customers = new Map<string, string[]>();
	const statuses = new Map(read);
	const missing = new Map<string, number>();
	for (const { customerId, accounts } of snapshots) {
		const known = own(before.customers, customerId);
		if (!accounts && !known) continue;
		const ids = new Set(accounts?.map(({ id }) => id));
		for (const id of known ?? []) {
			const polls = own(before.missing, id) ?? 0;
			if (read.has(id)) ids.add(id);
			else if (!accounts || polls < LONGEST_MISSING) {
				ids.add(id);
				statuses.set(id, own(before.statuses, id) ?? '');
				if (accounts) missing.set(id, polls + 1);
				else if (polls > 0 && !missing.has(id)) missing.set(id, polls);
			}
		}
		customers.set(customerId, [...ids]);
	}
	return {
		customers: Object.fromEntries(customers),
		statuses: Object.fromEntries(statuses),
		missing: Object.fromEntries(missing),
	};
}

/** Untrusted keys: an ID may be called "constructor". */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
