import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../account/check';
import { isFinal } from '../account/status';
import type { CustomerAccount } from '../account/types';
import type { Failure } from '../http/failure';
import { setNewest } from '../lists';

/**
 * What one poll knows for the next. n8n saves it at activation and when a poll reports items; what the polls in between
 * learnt lasts as long as the process. So nothing here may be needed to see a change: Juspay's own times tell it too.
 */
export interface Memory {
	/** Whose memory it is: a copy of the workflow begins with a clean one. */
	owner: string;
	/** Made anew with each report, so that what this process remembers never hides what another one has saved. */
	mark: string;
	/** Polls since the mark was made. */
	polls: number;
	/** By the ID under which the customer is watched. */
	customers: Record<string, KnownCustomer>;
	/** By account ID: a customer may be watched under both of its IDs. */
	accounts: Record<string, KnownAccount>;
	/** The customer that the next poll begins with. */
	next?: string;
}

/** What is known of a watched customer. */
interface KnownCustomer {
	/** The IDs of its accounts; missing as long as they could not be read. */
	accounts?: string[];
	/** How many polls in a row could not read it. */
	unread?: number;
	/** The user was told that it can't be read. */
	told?: true;
	/** Whether Juspay knows the customer; looked up once, where no account is listed. */
	exists?: boolean;
}

/** What is known of an account. */
export interface KnownAccount {
	status: string;
	/** When the account was validated last, in seconds, as shown with this status. */
	time?: number;
	/** How the validation before this status ended, where Juspay showed when. */
	ended?: { status: string; time: number };
	/** In how many polls in a row it was missing from its customer's list. */
	missing?: number;
}

/** What a poll saw of one customer: its accounts, or why they could not be read; neither where it didn't get to it. */
export interface Look {
	customerId: string;
	accounts?: CustomerAccount[];
	exists?: boolean;
	failure?: Failure;
}

/** An account that has reached one of the chosen statuses. */
export interface Change {
	account: CustomerAccount;
	/** The first of the watched customers that has the account. */
	customerId: string;
	/** Null where it isn't known. */
	previousStatus: string | null;
}

/** What a poll has to say, and what is known from then on. */
export interface Learnt {
	changes: Change[];
	/** Customers that Juspay doesn't know, not told before. */
	unknown: Look[];
	/** Customers that can't be read, not told before. */
	unreadable: Look[];
	/** Customers that can be read again, after it was told that they can't. */
	readable: Look[];
	memory: Memory;
}

/** After so many polls in a row an account that is missing is forgotten: at six a minute, nearly three hours. */
const LONGEST_MISSING = 1000;

/** The newest memory of each trigger since its last report, as JSON. */
const remembered = new Map<string, string>();

/** When items were reported from a memory, in milliseconds since the epoch, by its mark. */
const reported = new Map<string, number>();

/** More reports than this are forgotten, the oldest first. */
const MOST_REPORTED = 1000;

/**
 * After so many milliseconds, n8n has saved what came with a report, or has dropped its items: then the next poll reports
 * them again, which n8n makes after a minute at the earliest unless the user chose several times.
 */
const SAVED_WITHIN_MS = 50_000;

/** A memory of nothing. */
export function newMemory(owner: string): Memory {
	return { owner, mark: newMark(), polls: 0, customers: {}, accounts: {} };
}

/** The memory that n8n saved, or a later one of this process. */
export function recall(saved: IDataObject, owner: string): Memory {
	// What n8n has saved may be damaged.
	if (saved.owner !== owner || !isRecord(saved.customers) || !isRecord(saved.accounts)) {
		return newMemory(owner);
	}
	const stored = JSON.parse(JSON.stringify(saved)) as Memory;
	const mine = JSON.parse(remembered.get(owner) ?? '{}') as Partial<Memory>;
	const isLater = mine.mark === stored.mark && (mine.polls ?? 0) > stored.polls;
	return isLater ? (mine as Memory) : stored;
}

/**
 * Whether items were reported from this memory a moment ago: n8n may read it for a poll before it has saved what came
 * with the report of the poll before. From it, the same would be reported again.
 */
export function isBeingReplaced({ mark }: Memory, now = Date.now()): boolean {
	return now - (reported.get(mark) ?? -Infinity) < SAVED_WITHIN_MS;
}

/**
 * Keeps a poll's memory where n8n may save it. This process remembers it only where the poll reports no items: n8n drops
 * the items of a poll that took too long or whose workflow has changed, and they have to be reported again.
 *
 * @param saved - the node's static data
 */
export function keep(saved: IDataObject, memory: Memory, reportsItems: boolean): void {
	const kept: Memory = reportsItems
		? { ...memory, mark: newMark(), polls: 0 }
		: { ...memory, polls: memory.polls + 1 };
	const json = JSON.stringify(kept);
	if (reportsItems) setNewest(reported, memory.mark, Date.now(), MOST_REPORTED);
	else remembered.set(memory.owner, json);
	for (const name of Object.keys(saved)) delete saved[name];
	Object.assign(saved, JSON.parse(json));
}

/** Whether any of these customers was read before. */
export function hasBaseline({ customers }: Memory, looks: readonly Look[]): boolean {
	return looks.some(({ customerId }) => own(customers, customerId)?.accounts !== undefined);
}

/**
 * Compares what a poll saw with what is known.
 *
 * A customer seen for the first time only teaches its statuses, unless `emitExisting`. One that was not read keeps what
 * is known of it, so that nothing is missed. Customers that are no longer watched are forgotten.
 *
 * @param looks - at the watched customers, in the user's order
 * @param statuses - the chosen ones
 */
export function learn(
	before: Memory,
	looks: readonly Look[],
	statuses: readonly string[],
	emitExisting: boolean,
): Learnt {
	const wanted = new Set(statuses);
	const changed = new Map<string, Omit<Change, 'customerId'>>();
	const seen = new Map<string, KnownAccount>();
	for (const { customerId, accounts } of looks) {
		const isWatched = emitExisting || own(before.customers, customerId)?.accounts !== undefined;
		for (const account of accounts ?? []) {
			// What this poll has read first counts, also for a customer that it could only read under the other ID. Nobody
			// waits for an account that is no longer in use.
			if (seen.has(account.id) || account.presence) continue;
			const known = own(before.accounts, account.id);
			seen.set(account.id, accountAfter(known, account));
			if ((isWatched || known) && wanted.has(account.status) && isNews(known, account)) {
				changed.set(account.id, { account, previousStatus: known?.status || null });
			}
		}
	}
	const accounts = new Map(seen);
	const isNobodyRead = looks.every((look) => !look.accounts);
	const customers = looks.flatMap((look) => {
		const known = own(before.customers, look.customerId);
		const ids = idsAfter(before, look, seen, accounts);
		const now = customerAfter(known, look, ids, isNobodyRead);
		return now ? [{ look, known, now }] : [];
	});
	const toldAnew = customers.filter(({ known, now }) => now.told && !known?.told);
	return {
		changes: customers.flatMap(({ look: { customerId }, now }) =>
			(now.accounts ?? []).flatMap((id) => {
				const change = changed.get(id);
				changed.delete(id);
				return change ? [{ ...change, customerId }] : [];
			}),
		),
		unknown: customers
			.filter(({ known, now }) => now.exists === false && known?.exists !== false)
			.map(({ look }) => look),
		unreadable: toldAnew.map(({ look }) => look),
		readable: customers
			.filter(({ look, known }) => look.accounts && known?.told)
			.map(({ look }) => look),
		memory: {
			...before,
			customers: Object.fromEntries(customers.map(({ look, now }) => [look.customerId, now])),
			accounts: Object.fromEntries(accounts),
		},
	};
}

/**
 * Whether an account as shown now is news. A status that has changed is, and so is a validation that ended once more
 * with the same result. What an older copy at Juspay shows again is not.
 */
function isNews(known: KnownAccount | undefined, account: CustomerAccount): boolean {
	if (!known) return true;
	const { status } = account;
	const time = secondOf(account.lastValidated);
	if (status === known.status) return isFinal(status) && isBefore(known.time, time);
	const { ended } = known;
	const isSameEnd = status === ended?.status && time === ended.time;
	return !isSameEnd && !isOutdated(known, status, time);
}

/** What is known of an account once it was shown like this. */
function accountAfter(known: KnownAccount | undefined, account: CustomerAccount): KnownAccount {
	const { status } = account;
	const time = secondOf(account.lastValidated);
	if (!known) return { status, time };
	const before = { ...known, missing: undefined };
	// An answer that leaves the status out says nothing of it.
	if (status === '' || isOutdated(known, status, time)) return before;
	if (status === known.status) return { ...before, time: time ?? known.time };
	if (isFinal(status)) return { status, time };
	return { status, time, ended: endOf(known) };
}

/** How the last validation ended, where Juspay shows when. */
function endOf({ status, time, ended }: KnownAccount): KnownAccount['ended'] {
	if (!isFinal(status)) return ended;
	return time === undefined ? undefined : { status, time };
}

/** Whether a status comes with a time from before what is known. A result is outdated only by another result. */
function isOutdated(known: KnownAccount, status: string, time: number | undefined): boolean {
	const isFirstEnd = isFinal(status) && !isFinal(known.status);
	return isBefore(time, isFirstEnd ? known.ended?.time : (known.time ?? known.ended?.time));
}

/** False where either is missing. */
function isBefore(one: number | undefined, other: number | undefined): boolean {
	return one !== undefined && other !== undefined && one < other;
}

/** An instant in whole seconds since 1970; copies of one answer may differ in how exact, and where, their time is. */
function secondOf(time: string): number | undefined {
	// Date reads no more than milliseconds.
	const second = Math.floor(Date.parse(time.replace(/[.,]\d+/, '')) / 1000);
	return Number.isNaN(second) ? undefined : second;
}

/**
 * The accounts of a customer from now on. Those that its list lacks stay for a while.
 *
 * @param seen - the accounts that this poll saw
 * @param accounts - what is known of all accounts; those that stay are added
 */
function idsAfter(
	before: Memory,
	look: Look,
	seen: ReadonlyMap<string, KnownAccount>,
	accounts: Map<string, KnownAccount>,
): string[] | undefined {
	const known = own(before.customers, look.customerId)?.accounts;
	if (!look.accounts && !known) return undefined;
	const ids = new Set(look.accounts?.map(({ id }) => id));
	for (const id of known ?? []) {
		const account = own(before.accounts, id) ?? { status: '' };
		const { missing = 0 } = account;
		if (seen.has(id)) ids.add(id);
		// A list without any account may be an outage: when it is over, nothing that was reported before is news.
		else if (!look.accounts?.length) {
			ids.add(id);
			if (!accounts.has(id)) accounts.set(id, account);
		} else if (missing < LONGEST_MISSING) {
			ids.add(id);
			accounts.set(id, { ...account, missing: missing + 1 });
		}
	}
	return [...ids];
}

/**
 * What is known of a customer from now on. A single poll that can't read it is no news: the next one follows soon. What
 * stays unreadable is told once, and again only after it was read in between.
 */
function customerAfter(
	known: KnownCustomer | undefined,
	look: Look,
	accounts: string[] | undefined,
	isNobodyRead: boolean,
): KnownCustomer | undefined {
	if (look.accounts) {
		const exists = look.accounts.length > 0 ? undefined : (look.exists ?? known?.exists);
		return { accounts, ...(exists !== undefined && { exists }) };
	}
	if (!look.failure) return known;
	const unread = (known?.unread ?? 0) + 1;
	// Where nobody at all can be read, waiting for a second poll would only hide the reason.
	const isTold = known?.told ?? (unread > 1 || isNobodyRead);
	return { ...known, unread, ...(isTold && { told: true }) };
}

/** Untrusted keys: an ID may be called "constructor". */
export function own<T>(record: Record<string, T>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** Unlike any other mark, also of another process. */
function newMark(): string {
	return `${Date.now()}-${Math.random()}`;
}
