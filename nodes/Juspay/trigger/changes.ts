import type { CustomerAccount } from '../accounts/account';

/** The trigger's events, by the status that an account has reached. */
export const EVENTS: Record<string, string> = {
	active: 'ACTIVE',
	created: 'CREATED',
	failure: 'FAILURE',
	pending: 'PENDING',
};

/** How accounts stood when they were last looked at: status by account ID, for each customer. */
export type Standing = Record<string, Record<string, string>>;

/** What a look at one customer found; undefined where the customer could not be read. */
export interface Look {
	customerId: string;
	accounts: CustomerAccount[] | undefined;
}

/**
 * Compares how accounts stand with how they stood.
 *
 * A customer seen for the first time only teaches where things stand, unless `emitExisting`; one that could not be
 * read keeps its standing, so that nothing is missed. Customers that are watched no more, and accounts that are gone,
 * are forgotten.
 *
 * @param events - the chosen ones of {@link EVENTS}
 * @returns the accounts to report, each once, and the standing to keep
 */
export function changesSince(
	before: Standing,
	looks: readonly Look[],
	events: readonly string[],
	emitExisting: boolean,
): { changed: CustomerAccount[]; standing: Standing } {
	const wanted = new Set(events.map((event) => EVENTS[event]));
	// By account, not by customer: one that is watched under both of its IDs has each change reported once.
	const changed = new Map<string, CustomerAccount>();
	const standing = new Map<string, Record<string, string>>();
	const stoodSo = new Set(
		Object.values(before).flatMap((accounts) => Object.entries(accounts).map(String)),
	);
	for (const { customerId, accounts } of looks) {
		const stood = own(before, customerId);
		if (!accounts) {
			if (stood) standing.set(customerId, stood);
			continue;
		}
		const reports = stood !== undefined || emitExisting;
		for (const account of accounts) {
			const moved = !stoodSo.has(String([account.id, account.status]));
			if (reports && moved && wanted.has(account.status)) changed.set(account.id, account);
		}
		standing.set(customerId, Object.fromEntries(accounts.map(({ id, status }) => [id, status])));
	}
	return { changed: [...changed.values()], standing: Object.fromEntries(standing) };
}

/** IDs come from outside: one may be called "constructor". */
function own<T>(record: Record<string, T>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
