import type { CustomerAccount } from '../account/types';
import type { AccountsRead } from '../wire/read';
import { listAccounts } from '../wire/contract';
import type { JuspayClient, Result } from './client';
import { backoff } from './clock';
import type { Failure } from './words';
import { LATER } from './words';

/** A customer's accounts, over all pages. */
export interface AccountList {
	accounts: CustomerAccount[];
	/** Juspay's 404 instead of a list: the customer has no accounts yet, or doesn't exist. */
	missing?: Failure;
	/** Its one page has fewer than its total, although nothing follows: whole only if nothing known is missing. */
	isShort?: boolean;
}

/** How often reading starts over because the total has changed meanwhile. */
const MOST_CHANGES = 3;

/**
 * The accounts of a customer, over all pages. A list that isn't whole is read again: what it lacks could be created
 * twice. It is whole if nothing in it says otherwise: its total, its entries, or a sign that there is more.
 *
 * @param stopWhen - stops reading further pages once it returns true
 */
export async function readList(
	client: JuspayClient,
	customerId: string,
	routingId: string,
	stopWhen: (accounts: CustomerAccount[]) => boolean = () => false,
): Promise<Result<AccountList>> {
	const shown = new Set<string>();
	let wasShort = false;
	for (let tries = 1; ; tries++) {
		const read = await readPages(client, customerId, routingId, stopWhen);
		if (!read.ok) return read;
		const { isWhole, ...list } = read.value;
		// A complete list contains everything that an incomplete one has shown.
		const ids = new Set(list.accounts.map(({ id }) => id));
		const isComplete = isWhole && [...shown].every((id) => ids.has(id));
		// A total that lies does so again; a page that lost its entries on the way doesn't.
		if (isComplete && (!list.isShort || wasShort)) return { ok: true, value: list };
		for (const id of ids) shown.add(id);
		const mayReadAgain = tries <= client.maxRetries || (isComplete && !wasShort);
		wasShort ||= isComplete;
		if (!mayReadAgain || client.stopped) {
			return { ok: false, failure: unfinishedList(client.host) };
		}
		await client.clock.pause(backoff(tries));
	}
}

async function readPages(
	client: JuspayClient,
	customerId: string,
	routingId: string,
	stopWhen: (accounts: CustomerAccount[]) => boolean,
): Promise<Result<AccountList & { isWhole: boolean }>> {
	const all = new Map<string, CustomerAccount>();
	let unread = 0;
	let total: number | undefined;
	let changes = 0;
	/** Whether the last page says that there is more. */
	let hasMore = false;
	/** How many pages had entries. */
	let pages = 0;
	/** Whether the page after the last one was asked for, and is empty. */
	let isAtEnd = false;
	for (let offset = 0; ; ) {
		const page = await client.send(listAccounts(customerId, routingId, offset));
		if (!page.ok) {
			// There may be nothing beyond the last page.
			if (offset > 0 && [400, 404].includes(page.failure.httpStatus ?? 0)) break;
			if (page.failure.kind !== 'missing') return page;
			return { ok: true, value: { accounts: [], missing: page.failure, isWhole: true } };
		}
		const { accounts, entries } = page.value;
		// A page beyond the end may count itself.
		const isBeyond = entries === 0 && page.value.total === 0 && all.size >= (total ?? 0);
		if (offset > 0 && !isBeyond && hasChanged(total, page.value.total)) {
			if (++changes > MOST_CHANGES)
				return { ok: true, value: { accounts: [...all.values()], isWhole: false } };
			all.clear();
			unread = 0;
			pages = 0;
			total = undefined;
			offset = 0;
			continue;
		}
		const known = all.size;
		for (const account of accounts) all.set(account.id, account);
		unread += entries - accounts.length;
		total = page.value.total ?? total;
		offset += entries;
		hasMore = page.value.hasMore;
		isAtEnd = entries === 0 && offset > 0;
		if (entries > 0) pages++;
		const soFar = [...all.values()];
		if (stopWhen(soFar)) return { ok: true, value: { accounts: soFar, isWhole: true } };
		// A page without anything new is the last one, whatever the total.
		const isNothingNew = all.size === known || entries === 0;
		if (isNothingNew || !(hasMore || mayGoOn(page.value, offset, total))) break;
	}
	const isShort = all.size < (total ?? 0);
	// Where a second page has brought more, a page that is empty too early lost its entries on the way.
	const isWhole = unread === 0 && !hasMore && (!isShort || (isAtEnd && pages === 1));
	return { ok: true, value: { accounts: [...all.values()], isWhole, isShort } };
}

const hasChanged = (before: number | undefined, now: number | undefined) =>
	before !== undefined && now !== undefined && before !== now;

/**
 * Whether there may be another page. One page is normal; a total that equals a full-looking page may count that page
 * alone.
 */
function mayGoOn({ entries }: AccountsRead, read: number, total: number | undefined): boolean {
	if (total !== read) return true;
	return entries === read && entries >= 10 && entries % 10 === 0;
}

/** For a list that lacks something, or whose entries can't be read. */
export function unfinishedList(host: string): Failure {
	return {
		kind: 'unreadable',
		effect: 'none',
		transient: true,
		scope: 'customer',
		code: 'UNFINISHED_LIST',
		message: "Juspay's list of the customer's accounts is incomplete",
		description: `${host} lists fewer accounts than there are, or entries that can't be read. Nothing was created, to avoid duplicates. ${LATER}. If it stays so, ask Juspay support, or set 'If Account Exists' to 'Create Another': then every account is created, even one that already exists.`,
	};
}
