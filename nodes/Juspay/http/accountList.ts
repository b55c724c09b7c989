import type { CustomerAccount } from '../account/types';
import type { AccountsRead } from '../wire/contract';
import { listAccounts, readAccounts } from '../wire/contract';
import { isRefusal } from '../wire/refusal';
import type { Answered, Result, Sender } from './sender';
import type { ErrorContext, Failure } from './words';
import { LATER } from './words';

/** A customer's accounts, over all pages. */
export interface AccountList {
	accounts: CustomerAccount[];
	/** Juspay's 404 instead of a list: the customer has no accounts yet, or doesn't exist. */
	missing?: Failure;
}

/**
 * Reads a customer's accounts once, over all pages.
 *
 * @param stopWhen - stops reading further pages once it returns true
 * @returns the accounts, and whether they are complete by the list's total and its entries
 */
export async function readPages(
	sender: Sender,
	customerId: string,
	routingId: string,
	stopWhen: (accounts: CustomerAccount[]) => boolean,
): Promise<Result<AccountList & { isWhole: boolean }>> {
	const all = new Map<string, CustomerAccount>();
	let unread = 0;
	let total: number | undefined;
	for (let offset = 0; ; ) {
		const page = await sender.request(listAccounts(customerId, routingId, offset), (answer) =>
			readPage(answer, customerId),
		);
		const accounts = () => [...all.values()];
		if (!page.ok) {
			// There may be nothing beyond the last page.
			const isBeyond = offset > 0 && [400, 404].includes(page.failure.httpStatus ?? 0);
			if (isBeyond) break;
			if (page.failure.kind !== 'missing') return page;
			return { ok: true, value: { accounts: [], missing: page.failure, isWhole: true } };
		}
		const known = all.size;
		for (const account of page.value.accounts) all.set(account.id, account);
		unread += page.value.entries - page.value.accounts.length;
		total = page.value.total ?? total;
		offset += page.value.entries;
		if (stopWhen(accounts())) return { ok: true, value: { accounts: accounts(), isWhole: true } };
		// A page without anything new is the last one, whatever the total.
		const isNothingNew = all.size === known || page.value.entries === 0;
		if (isNothingNew || !mayGoOn(page.value, offset, total)) break;
	}
	const isWhole = unread === 0 && all.size >= (total ?? 0);
	return { ok: true, value: { accounts: [...all.values()], isWhole } };
}

/** One page of a list. A 204 has no accounts; an error object isn't a page. */
function readPage({ status, body }: Answered, customerId: string): AccountsRead | undefined {
	if (status === 204) return readAccounts([], customerId);
	return isRefusal(body) ? undefined : readAccounts(body, customerId);
}

/**
 * Whether there may be another page. One page is normal; a total that equals a full-looking page may count that page
 * alone.
 */
function mayGoOn({ entries }: AccountsRead, read: number, total: number | undefined): boolean {
	if (total !== read) return true;
	return entries === read && entries >= 10 && entries % 10 === 0;
}

/** For a list with fewer accounts than its total, or with entries that can't be read. */
export function unfinishedList({ host }: ErrorContext): Failure {
	return {
		kind: 'unreadable',
		effect: 'none',
		transient: true,
		scope: 'customer',
		code: 'UNFINISHED_LIST',
		message: "Juspay's list of the customer's accounts is incomplete",
		description: `${host} lists fewer accounts than it counts, or entries that can't be read. Nothing was created, to avoid duplicates. ${LATER}. If it happens again, please report it to the makers of this node.`,
	};
}
