import type { Customer, CustomerDetails } from '../../domain/customer';
import type { Outcome } from '../../domain/output';
import type { JuspayClient, Result } from '../client';
import { backoff } from '../pauses';
import type { Failure } from '../words';
import { lookUntilSettled } from './lookAgain';

/** A customer to be created, or changed. */
export interface CustomerOrder {
	/** The merchant's own ID for a create; either of its IDs for an update. */
	customerId: string;
	details: CustomerDetails;
	routingId: string;
}

/** A customer that is there. */
export interface CustomerResult {
	customer: Customer;
	outcome: Outcome;
}

/**
 * Creates a customer exactly once. Under `reuse`, one with the same object reference ID is looked for first, and again
 * after every unknown outcome; under `create` such an outcome is left to the user.
 */
export async function createCustomer(
	client: JuspayClient,
	order: CustomerOrder & { onExisting: 'reuse' | 'create' },
): Promise<Result<CustomerResult>> {
	const done = await client.withLock(order.customerId, async () => await createNow(client, order));
	return done.ok ? done.value : done;
}

async function createNow(
	client: JuspayClient,
	{ customerId, details, routingId, onExisting }: CustomerOrder & { onExisting: string },
): Promise<Result<CustomerResult>> {
	const made = (customer: Customer, outcome: Outcome): Result<CustomerResult> => ({
		ok: true,
		value: { customer, outcome },
	});
	const look = async () => await client.getCustomer(customerId, routingId);
	const reuses = onExisting === 'reuse';
	if (reuses) {
		const there = await look();
		if (there.ok) return made(there.value, 'existing');
		if (there.failure.kind !== 'missing') return there;
	}
	for (let tries = 1; ; tries++) {
		const answer = await client.createCustomer(customerId, details, routingId);
		if (answer.ok) return made(answer.value, 'created');
		const { failure } = answer;
		const exists = failure.kind === 'exists';
		if (!reuses || (failure.effect === 'none' && !exists)) {
			const isKnown = failure.effect === 'none' || exists;
			return isKnown ? answer : { ok: false, failure: customerMayExist(failure) };
		}
		// The object reference ID is the customer's own: whoever has it now is the one that was asked for.
		let isMissing = false;
		const found = await lookUntilSettled(
			client,
			async () => {
				const seen = await look();
				isMissing = !seen.ok && seen.failure.kind === 'missing';
				return seen.ok ? seen.value : undefined;
			},
			{ immediately: exists },
		);
		if (found) return made(found, exists ? 'existing' : 'created');
		const mayRepeat = isMissing && failure.transient && tries <= client.maxRetries;
		if (!mayRepeat || client.stopped) return { ok: false, failure: customerMayExist(failure) };
	}
}

/** Changes a customer. The same change twice is the same as once, so it is sent again while its outcome is unknown. */
export async function updateCustomer(
	client: JuspayClient,
	{ customerId, details, routingId }: CustomerOrder,
): Promise<Result<Customer>> {
	for (let tries = 1; ; tries++) {
		const answer = await client.updateCustomer(customerId, details, routingId);
		if (answer.ok || answer.failure.effect === 'none') return answer;
		if (!answer.failure.transient || tries > client.maxRetries || client.stopped) return answer;
		await client.clock.pause(backoff(tries));
	}
}

/** For a customer of which nobody knows whether it was created. */
function customerMayExist(failure: Failure): Failure {
	return {
		...failure,
		effect: 'unknown',
		message: `${failure.message}. The customer may have been created`,
		description:
			`Run the workflow again with If Customer Exists set to Reuse: it looks first. ${failure.description}`.trim(),
	};
}
