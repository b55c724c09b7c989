import { isAccountNumber } from '../account/check';
import type { JuspayClient, Result } from '../http/client';
import type { Failure } from '../http/words';
import { lookUntilSettled } from './lookAgain';
import type { Seen } from './untilKnown';
import { UNKNOWN, untilKnown } from './untilKnown';
import type { AccountOrder } from './validateAccounts';

/**
 * Deletes accounts of one customer, with one lock. One that is not there any more counts as deleted; an unknown outcome is
 * settled by looking. The same delete twice does no harm, so it is sent again while the account is there.
 *
 * @returns what became of each, in the order given
 */
export async function deleteAccounts(
	client: JuspayClient,
	orders: readonly AccountOrder[],
): Promise<Array<Result<true>>> {
	const [first] = orders;
	if (!first) return [];
	const done = await client.withLock(first.customerId, async (lock) => {
		const results = orders.map(async (order) => {
			const deleted = await deleteNow(client, order);
			if (deleted.ok) lock.noteDeleted(order.customerAccountId);
			return deleted;
		});
		return await Promise.all(results);
	});
	return done.ok ? done.value : orders.map(() => done);
}

async function deleteNow(
	client: JuspayClient,
	{ customerId, customerAccountId: id, settings: { routingId } }: AccountOrder,
): Promise<Result<true>> {
	if (isAccountNumber(id)) {
		// Juspay would say of an account number that there is no such account: not that it is deleted.
		const there = await client.getAccount(customerId, id, routingId);
		if (!there.ok) return there;
	}
	const deleted = await untilKnown<'deleted' | 'missing'>(client, {
		act: async () => {
			const answer = await client.deleteAccount(customerId, id, routingId);
			if (answer.ok) return { ok: true, value: 'deleted' };
			return answer.failure.kind === 'missing' ? { ok: true, value: 'missing' } : answer;
		},
		look: async () => {
			const look = async (): Promise<Seen<'missing'> | undefined> => {
				const got = await client.getAccount(customerId, id, routingId);
				if (got.ok) return { effect: 'none' };
				return got.failure.kind === 'missing' ? { effect: 'done', value: 'missing' } : undefined;
			};
			return (await lookUntilSettled(client, look)) ?? UNKNOWN;
		},
		doubt: mayBeDeleted,
	});
	if (!deleted.ok) return deleted;
	return deleted.value === 'missing'
		? await checkCustomer(client, customerId, routingId)
		: { ok: true, value: true };
}

/** Juspay answers alike for an account that was deleted and for a customer that doesn't exist. */
async function checkCustomer(
	client: JuspayClient,
	customerId: string,
	routingId: string,
): Promise<Result<true>> {
	const listed = await client.listAccounts(customerId, routingId, () => true);
	if (!listed.ok) return { ok: false, failure: mayBeDeleted(listed.failure) };
	if (!listed.value.missing) return { ok: true, value: true };
	const customer = await client.getCustomer(customerId, routingId);
	if (customer.ok) return { ok: true, value: true };
	return customer.failure.kind === 'missing'
		? customer
		: { ok: false, failure: mayBeDeleted(customer.failure) };
}

/** For an account that may still exist. */
function mayBeDeleted(failure: Failure): Failure {
	return {
		...failure,
		effect: 'unknown',
		message: `${failure.message}. The account may not have been deleted`,
		description: `${failure.description} Deleting an account again has no further effect.`.trim(),
	};
}
