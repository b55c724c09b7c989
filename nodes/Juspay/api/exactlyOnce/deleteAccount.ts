import type { JuspayClient, Result } from '../client';
import { isMissing } from '../errors';
import type { Failure } from '../errors';
import type { AccountOrder } from './validateAccounts';

/**
 * Deletes an account. One that is not there any more counts as deleted; an outcome that nobody knows is settled by
 * looking.
 */
export async function deleteAccount(
	client: JuspayClient,
	{ customerId, customerAccountId: id, settings: { routingId } }: AccountOrder,
): Promise<Result<true>> {
	for (let tries = 1; ; tries++) {
		const answer = await client.deleteAccount(customerId, id, routingId);
		if (answer.ok) return answer;
		const { failure } = answer;
		let isGone = isMissing(failure);
		if (!isGone) {
			if (failure.happened === 'no') return answer;
			await client.pauseAfter(tries, failure);
			const got = await client.getAccount(customerId, id, routingId);
			isGone = !got.ok && isMissing(got.failure);
			if (!got.ok && !isGone) return { ok: false, failure: mayBeDeleted(failure) };
		}
		if (isGone) {
			// Juspay says the same of an account that is gone and of a customer that was never there.
			const listed = await client.listAccounts(customerId, routingId, () => true);
			if (listed.ok) return { ok: true, value: true };
			return isMissing(listed.failure)
				? listed
				: { ok: false, failure: mayBeDeleted(listed.failure) };
		}
		if (tries > client.maxRetries || client.stopped) {
			return { ok: false, failure: mayBeDeleted(failure) };
		}
	}
}

/** For a delete of which nobody knows whether it was done. */
function mayBeDeleted(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The account may not have been deleted`,
		description:
			`Run the workflow again: deleting twice does no harm. ${failure.description}`.trim(),
		happened: 'unknown',
	};
}
