import type { Outcome } from '../../accounts/output';
import type { JuspayClient, Result } from '../client';
import type { Customer, CustomerDetails } from '../contract';
import { isMissing } from '../errors';
import type { Failure } from '../errors';

/** A customer to be made, or changed. */
export interface CustomerOrder {
	/** The merchant's own ID for a create; either of its IDs for an update. */
	customerId: string;
	details: CustomerDetails;
	routingId: string;
}

/** A customer that is there. */
export interface CustomerMade {
	customer: Customer;
	outcome: Outcome;
}

/**
 * Makes a customer exactly once. Under `reuse`, one with the same object reference ID is looked for first, and again
 * after every outcome that nobody knows; under `create` such an outcome is left to the user.
 */
export async function createCustomer(
	client: JuspayClient,
	order: CustomerOrder & { onExisting: 'reuse' | 'create' },
): Promise<Result<CustomerMade>> {
	const { customerId, details, routingId } = order;
	const made = (customer: Customer, outcome: Outcome): Result<CustomerMade> => ({
		ok: true,
		value: { customer, outcome },
	});
	const reuses = order.onExisting === 'reuse';
	if (reuses) {
		const there = await client.getCustomer(customerId, routingId);
		if (there.ok) return made(there.value, 'existing');
		if (!isMissing(there.failure)) return there;
	}
	for (let tries = 1; ; tries++) {
		const answer = await client.createCustomer(customerId, details, routingId);
		if (answer.ok) return made(answer.value, 'created');
		const { failure } = answer;
		const isThere = failure.code === 'ALREADY_EXISTS';
		if (failure.happened === 'no' && !(reuses && isThere)) return answer;
		if (!reuses) return { ok: false, failure: customerMayExist(failure) };
		if (!isThere) await client.pauseAfter(tries, failure);
		// The object reference ID is the customer's own: whoever has it now is the one that was asked for.
		const found = await client.getCustomer(customerId, routingId);
		if (found.ok) return made(found.value, isThere ? 'existing' : 'created');
		const repeat = isMissing(found.failure) && tries <= client.maxRetries && !client.stopped;
		if (!repeat) return { ok: false, failure: customerMayExist(failure) };
	}
}

/** Changes a customer. The same change twice is the same as once, so it is repeated where its outcome is not known. */
export async function updateCustomer(
	client: JuspayClient,
	{ customerId, details, routingId }: CustomerOrder,
): Promise<Result<Customer>> {
	for (let tries = 1; ; tries++) {
		const answer = await client.updateCustomer(customerId, details, routingId);
		if (answer.ok || answer.failure.happened === 'no') return answer;
		if (tries > client.maxRetries || client.stopped) return answer;
		await client.pauseAfter(tries, answer.failure);
	}
}

/** For a customer of which nobody knows whether it was made. */
function customerMayExist(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The customer may have been created`,
		description:
			`Run the workflow again with If Customer Exists set to Reuse: it looks first. ${failure.description}`.trim(),
		happened: 'unknown',
	};
}
