import type { Customer, CustomerDetails } from '../account/customer';
import type { Outcome } from '../account/output';
import type { JuspayClient, Result } from '../http/client';
import { backoff } from '../http/pauses';
import type { Failure } from '../http/words';
import { lookUntilSettled } from './lookAgain';
import { UNKNOWN, untilKnown } from './untilKnown';

/** A customer to create or update. */
export interface CustomerOrder {
	/** The merchant's own ID for a create; either of its IDs for an update. */
	customerId: string;
	details: CustomerDetails;
	routingId: string;
}

/** A customer that exists. */
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
	const create = async () =>
		withOutcome('created', await client.createCustomer(customerId, details, routingId));
	if (onExisting === 'create') {
		return await untilKnown<CustomerResult>(client, {
			act: create,
			isCertain: ({ effect, kind }) => effect === 'none' || kind === 'exists',
			look: async () => UNKNOWN,
			doubt: customerMayExist,
		});
	}
	const get = async () => await client.getCustomer(customerId, routingId);
	const existing = await get();
	if (existing.ok) return withOutcome('existing', existing);
	if (existing.failure.kind !== 'missing') return existing;
	return await untilKnown<CustomerResult>(client, {
		act: create,
		isCertain: ({ effect, kind }) => effect === 'none' && kind !== 'exists',
		// The object reference ID is the customer's own: who has it now is the customer that was asked for.
		look: async ({ kind, transient }) => {
			let isMissing = false;
			const look = async () => {
				const seen = await get();
				isMissing = !seen.ok && seen.failure.kind === 'missing';
				return seen.ok ? seen.value : undefined;
			};
			const customer = await lookUntilSettled(client, look, { immediately: kind === 'exists' });
			const outcome = kind === 'exists' ? 'existing' : 'created';
			if (customer) return { effect: 'done', value: { customer, outcome } };
			return isMissing && transient ? { effect: 'none' } : UNKNOWN;
		},
		doubt: customerMayExist,
	});
}

function withOutcome(outcome: Outcome, got: Result<Customer>): Result<CustomerResult> {
	return got.ok ? { ok: true, value: { customer: got.value, outcome } } : got;
}

/** Updates a customer. Idempotent, so it is retried when the outcome is unknown. */
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

/** For a customer that may have been created. */
function customerMayExist(failure: Failure): Failure {
	return {
		...failure,
		effect: 'unknown',
		message: `${failure.message}. The customer may have been created`,
		description:
			`With 'If Customer Exists' set to 'Reuse', the next run checks first. ${failure.description}`.trim(),
	};
}
