import type { CustomerAccount } from '../account/types';
import type { AccountsRead } from '../wire/read';
import { listAccounts } from '../wire/contract';
import type { JuspayClient, Result } from './client';
import { backoff } from './clock';
import type { Failure } from './failure';
import { unfinishedList } from './messages';

/** A customer's accounts, over all pages. */
export interface AccountList {
	accounts: CustomerAccount[];
	/** Juspay's 404 instead of a list: the customer has no accounts yet, or doesn't exist. */
	missing?: Failure;
	/** How many fewer than its total its one page has, although nothing follows: whole only if nothing known is missing. */
	lacks?: number;
}

interface ReadOptions {
	stopWhen?: ((accounts: CustomerAccount[]) => boolean) | undefined;
	onPage?: (accounts: CustomerAccount[]) => void;
	onLacking?: (accounts: CustomerAccount[]) => void;
}

/** How often reading starts over because the total has changed meanwhile. */
const MOST_CHANGES = 3;

/** More pages than any list has: one whose every page has something new never ends. */
const MOST_PAGES = 2000;

/** What one reading of all pages shows. */
interface Reading extends AccountList {
	/** Whether nothing in it says that something is missing. */
	isWhole: boolean;
}

/**
 * The accounts of a customer, over all pages. A list that isn't whole is read again: what it lacks could be created
 * twice. It is whole if nothing in it says otherwise: its total, its entries, or a sign that there is more.
 *
 * @param options.stopWhen - stops reading further pages once it returns true
 * @param options.onPage - gets the accounts of each page, also of a list that can't be read to its end
 * @param options.onLacking - gets each list that is whole by itself, but lacks what one of the same reading has shown
 */
export async function readList(
	client: JuspayClient,
	customerId: string,
	routingId: string,
	{ stopWhen = () => false, onPage = () => {}, onLacking = () => {} }: ReadOptions = {},
): Promise<Result<AccountList>> {
	const shown = new Set<string>();
	let wasShort = false;
	for (let tries = 1; ; tries++) {
		const pageAt = async (offset: number) => {
			const page = await client.send(listAccounts(customerId, routingId, offset));
			if (!page.ok) return page;
			for (const { id } of page.value.accounts) shown.add(id);
			onPage(page.value.accounts);
			return page;
		};
		const read = await readPages(pageAt, stopWhen);
		if (!read.ok) return read;
		const { isWhole, ...list } = read.value;
		// A complete list contains everything that any page has shown, also of a reading that had to start over.
		const ids = new Set(list.accounts.map(({ id }) => id));
		const isComplete = isWhole && [...shown].every((id) => ids.has(id));
		// A total that lies does so again; a page that lost its entries on the way doesn't.
		if (isComplete && (!list.lacks || wasShort)) return { ok: true, value: list };
		const isLacking = isWhole && !list.lacks && !isComplete;
		// Where reading has stopped early, what is missing says nothing.
		if (isLacking && !stopWhen(list.accounts)) onLacking(list.accounts);
		const mayReadAgain = tries <= client.maxRetries || (isComplete && !wasShort);
		wasShort ||= isComplete;
		if (!mayReadAgain || client.stopped) {
			return { ok: false, failure: unfinishedList(client.host) };
		}
		await client.clock.pause(backoff(tries));
	}
}

/** Reads all pages once; starts over where the total has changed between two of them. */
async function readPages(
	pageAt: (offset: number) => Promise<Result<AccountsRead>>,
	stopWhen: (accounts: CustomerAccount[]) => boolean,
	changesLeft = MOST_CHANGES,
): Promise<Result<Reading>> {
	const all = new Map<string, CustomerAccount>();
	const reading = (isWhole: boolean, more: Partial<AccountList> = {}): Result<Reading> => ({
		ok: true,
		value: { accounts: [...all.values()], isWhole, ...more },
	});
	let unread = 0;
	let total: number | undefined;
	/** How many pages had something new. */
	let pages = 0;
	let last: AccountsRead | undefined;
	/** Whether the last page says that there is more. */
	let saysMore = false;
	for (let offset = 0; ; ) {
		const read = await pageAt(offset);
		if (!read.ok) {
			// There may be nothing beyond the last page.
			if (offset > 0 && [400, 404].includes(read.failure.httpStatus ?? 0)) break;
			const { failure } = read;
			return failure.kind === 'missing' ? reading(true, { accounts: [], missing: failure }) : read;
		}
		const page = read.value;
		// A page beyond the end may count itself.
		const isBeyond = page.entries === 0 && page.total === 0 && all.size >= (total ?? 0);
		if (!isBeyond && differ(total, page.total)) {
			return changesLeft > 0 ? await readPages(pageAt, stopWhen, changesLeft - 1) : reading(false);
		}
		const known = all.size;
		for (const account of page.accounts) all.set(account.id, account);
		unread += page.entries - page.accounts.length;
		total = page.total ?? total;
		offset += page.entries;
		last = page;
		if (all.size > known) pages++;
		saysMore = page.hasMore || (page.pages ?? 0) > Math.max(1, pages);
		if (pages > MOST_PAGES) return reading(false);
		if (stopWhen([...all.values()])) return reading(true);
		// A page without anything new is the last one, whatever the total.
		if (all.size === known || !(saysMore || mayGoOn(page, offset, total))) break;
	}
	const lacks = Math.max(0, (total ?? 0) - all.size);
	// Where a second page has brought more, or an empty one counts what is missing, entries were lost on the way.
	const isAtEnd = last?.entries === 0 && pages === 1 && last.count !== lacks;
	return reading(unread === 0 && !saysMore && (lacks === 0 || isAtEnd), { lacks });
}

const differ = (before: number | undefined, now: number | undefined) =>
	before !== undefined && now !== undefined && before !== now;

/**
 * Whether there may be another page. One page is normal; a total that equals a full-looking page may count that page
 * alone.
 */
function mayGoOn({ entries }: AccountsRead, read: number, total: number | undefined): boolean {
	if (total !== read) return true;
	return entries === read && entries % 10 === 0;
}
