import { isAccountNumber } from '../account/check';
import type { Result } from '../http/client';
import { deleteAccount, getAccount as getCall } from '../wire/contract';
import type { AccountOrder } from './look';
import { getAccount, getCustomer, listAccounts, lookUntilSettled } from './look';
import * as messages from './messages';
import type { Session } from './session';
import { withAccount, withTurn } from './turns';

/** What Delete did: the account is gone now, or it was not there. */
export type Deletion = 'deleted' | 'notFound';

/**
 * Deletes accounts of one customer, in one turn. An unknown outcome is settled by looking; the same delete twice does no
 * harm, so it is sent again while the account is there.
 *
 * @returns what became of each, in the order given
 */
export async function deleteAccounts(
	session: Session,
	orders: readonly AccountOrder[],
): Promise<Array<Result<Deletion>>> {
	const [first] = orders;
	if (!first) return [];
	const { client, memory } = session;
	const done = await withTurn(session, first.customerId, async (turn) => {
		const remove = async (order: AccountOrder): Promise<Result<Deletion>> => {
			const { customerId, customerAccountId: id } = order;
			if (memory.isDeleted(id, client.clock.now(), customerId))
				return { ok: true, value: 'deleted' };
			return await deleteNow(session, order, (late) => turn.hold(late));
		};
		const results = orders.map(async (order) => {
			const { customerAccountId: id } = order;
			const removed = await withAccount(session, id, async () => await remove(order));
			return removed.ok ? removed.value : removed;
		});
		return await Promise.all(results);
	});
	return done.ok ? done.value : orders.map(() => done);
}

async function deleteNow(
	session: Session,
	order: AccountOrder,
	hold: (late: Promise<unknown>) => void,
): Promise<Result<Deletion>> {
	const { client, memory } = session;
	const { customerId, customerAccountId: id } = order;
	const { routingId } = order.settings;
	/** Whether the account is known to be this customer's: another's isn't deleted where this one doesn't have it. */
	let isOwn = memory
		.accountsOf(customerId)
		.some((known) => known.id === id && known.customerId === customerId);
	if (isAccountNumber(id)) {
		// Juspay would say of an account number that there is no such account: not that it is deleted.
		const there = await getAccount(session, customerId, id, routingId);
		if (!there.ok) return there;
		isOwn = true;
	}
	// An earlier try has deleted it, if the customer is there at all.
	const whenMissing = async (isFirstTry: boolean) =>
		isFirstTry ? await notFound(session, order) : await deletedBefore(session, order, isOwn);
	for (let tries = 1; ; tries++) {
		const isFirstTry = tries === 1 && !memory.mayHaveDeleted(id, client.clock.now());
		const answer = await client.send(deleteAccount(customerId, id, routingId), {
			late: (result) => {
				const note = (late: Result<true>) => late.ok && memory.deleted(id, client.clock.now());
				hold(result.then(note));
			},
		});
		if (answer.ok) {
			memory.deleted(id, client.clock.now());
			return { ok: true, value: 'deleted' };
		}
		const { failure } = answer;
		if (failure.kind === 'missing') {
			// A replica may not have yet what this process created a moment ago.
			if (!memory.isYoung(id, client.clock.now())) return await whenMissing(isFirstTry);
		} else if (failure.effect === 'none') {
			// An earlier try may have taken effect all the same.
			return tries > 1 ? { ok: false, failure: messages.mayBeDeleted(failure) } : answer;
		}
		if (failure.kind !== 'missing') memory.deleteInDoubt(id, client.clock.now());
		const seen = await lookForDeletion(session, order, () => (isOwn = true));
		if (seen === 'gone') {
			return await whenMissing(isFirstTry && failure.kind === 'missing');
		}
		const mayResend = seen === 'there' && tries <= client.maxRetries && !client.stopped;
		if (mayResend) continue;
		// Juspay may say "in progress" in words of its own: what Get shows says more.
		const isInProgress = seen === 'there' && failure.kind === 'unreadable';
		return {
			ok: false,
			failure: isInProgress ? messages.NOT_DELETED_YET : messages.mayBeDeleted(failure),
		};
	}
}

/**
 * Looks whether an account is gone. Also where Juspay answered "in progress": it takes effect in a moment.
 *
 * @param onShown - called where Juspay shows it as this customer's, if only as deleted
 */
async function lookForDeletion(
	session: Session,
	{ customerId, customerAccountId: id, settings: { routingId } }: AccountOrder,
	onShown: () => void,
): Promise<'gone' | 'there' | 'unknown'> {
	const { client, memory } = session;
	let last: 'gone' | 'there' | 'unknown' = 'unknown';
	const gone = await lookUntilSettled(session, async () => {
		const got = await client.send(getCall(customerId, id, routingId));
		if (got.ok) onShown();
		if (got.ok && got.value.presence !== 'deleted') last = 'there';
		else if (got.ok || got.failure.kind === 'missing') last = 'gone';
		// An earlier look that lacks a young account says nothing by itself.
		else if (last === 'gone') last = 'unknown';
		// A replica may not have yet what this process created a moment ago.
		const isSure = last === 'gone' && (got.ok || !memory.isYoung(id, client.clock.now()));
		return isSure ? last : undefined;
	});
	return gone ?? last;
}

/**
 * For an account that is gone after a delete whose answer was lost: unless there is no such customer, that was it.
 *
 * @param isOwn - whether it is known to be this customer's; else it may be another's, and there
 */
async function deletedBefore(
	session: Session,
	order: AccountOrder,
	isOwn: boolean,
): Promise<Result<Deletion>> {
	const gone = await notFound(session, order);
	if (!gone.ok && gone.failure.kind === 'missing') return gone;
	const { memory, client } = session;
	const { customerId, customerAccountId: id } = order;
	// Known under another customer's name alone: this one doesn't have it.
	if (!isOwn && memory.knows(id)) return { ok: true, value: 'notFound' };
	memory.deleted(id, client.clock.now(), isOwn ? undefined : customerId);
	return { ok: true, value: 'deleted' };
}

/** Juspay answers alike for an account that isn't there and for a customer that doesn't exist. */
async function notFound(
	session: Session,
	{ customerId, settings: { routingId } }: AccountOrder,
): Promise<Result<Deletion>> {
	const listed = await listAccounts(session, customerId, routingId, () => true);
	if (!listed.ok) return { ok: false, failure: messages.mayBeDeleted(listed.failure) };
	if (!listed.value.missing) return { ok: true, value: 'notFound' };
	const customer = await getCustomer(session, customerId, routingId);
	if (customer.ok) return { ok: true, value: 'notFound' };
	return customer.failure.kind === 'missing'
		? customer
		: { ok: false, failure: messages.mayBeDeleted(customer.failure) };
}
