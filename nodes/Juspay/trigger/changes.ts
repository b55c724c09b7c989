import type { CustomerAccount } from '../domain/account';

/** The trigger's events, by the status that an account has reached. */
export const EVENTS: Record<string, string> = {
	active: 'ACTIVE',
	created: 'CREATED',
	failure: 'FAILURE',
	pending: 'PENDING',
};

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

/**
 * Compares statuses with those that are known.
 *
 * A customer seen for the first time only teaches its statuses, unless `emitExisting`; one that was not read keeps
 * them, so that nothing is missed. Customers that are no longer watched are forgotten, and so are accounts that stay
 * missing.
 *
 * @param events - the chosen ones of {@link EVENTS}
 * @returns the accounts to report, each once, and what is known from now on
 */
export function changesSince(
	before: KnownStatuses,
	snapshots: readonly Snapshot[],
	events: readonly string[],
	emitExisting: boolean,
): { changed: CustomerAccount[]; known: KnownStatuses } {
	const wanted = new Set(events.map((event) => EVENTS[event]));
	const changed: CustomerAccount[] = [];
	const customers = new Map<string, string[]>();
	const statuses = new Map<string, string>();
	const missing = new Map<string, number>();
	// What this poll has read counts, also for a customer that it could only read under the other ID.
	const read = new Set<string>();
	for (const { customerId, accounts } of snapshots) {
		const known = own(before.customers, customerId);
		const reports = known !== undefined || emitExisting;
		for (const account of accounts ?? []) {
			if (read.has(account.id)) continue;
			read.add(account.id);
			const previous = own(before.statuses, account.id);
			// An answer that leaves the status out says nothing of it.
			statuses.set(account.id, account.status || (previous ?? ''));
			const hasChanged = previous !== account.status;
			if (reports && hasChanged && wanted.has(account.status)) changed.push(account);
		}
	}
	for (const { customerId, accounts } of snapshots) {
		const known = own(before.customers, customerId);
		if (!accounts && !known) continue;
		const ids = new Set(accounts?.map(({ id }) => id));
		for (const id of known ?? []) {
			if (read.has(id)) ids.add(id);
			else if (!accounts || stays(id)) {
				ids.add(id);
				statuses.set(id, own(before.statuses, id) ?? '');
				const polls = own(before.missing, id) ?? 0;
				if (accounts) missing.set(id, polls + 1);
				else if (polls > 0 && !missing.has(id)) missing.set(id, polls);
			}
		}
		customers.set(customerId, [...ids]);
	}
	function stays(id: string): boolean {
		return (own(before.missing, id) ?? 0) < LONGEST_MISSING;
	}
	return {
		changed,
		known: {
			customers: Object.fromEntries(customers),
			statuses: Object.fromEntries(statuses),
			missing: Object.fromEntries(missing),
		},
	};
}

/** Untrusted keys: an ID may be called "constructor". */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
