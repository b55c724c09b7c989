import type { Customer, CustomerDetails } from '../account/types';
import type { Outcome } from '../account/output';
import type { Result } from '../http/client';
import { backoff } from '../http/clock';
import type { Failure } from '../http/failure';
import * as contract from '../wire/contract';
import { getCustomer, lookUntilSettled, ofCustomer } from './look';
import * as messages from './messages';
import type { Session } from './session';
import { withTurn } from './turns';
import type { Turn } from './turns';

/** A customer to create. */
export interface CustomerToCreate {
	/** The merchant's own ID. */
	customerId: string;
	details: CustomerDetails;
	routingId: string;
	onExisting: 'reuse' | 'create';
	/** Only look up what would happen. */
	dryRun?: boolean;
}

/** A customer to change. */
export interface CustomerToUpdate {
	/** The merchant's own ID, or Juspay's. */
	customerId: string;
	details: CustomerDetails;
	routingId: string;
}

/** A customer that exists, or would be created. */
export interface CustomerResult {
	customer: Customer;
	outcome: Outcome;
}

/**
 * Creates a customer exactly once. Under `reuse`, one with the same object reference ID is looked for first, and again
 * after every unknown outcome; under `create` such an outcome is left to the user.
 */
export async function createCustomer(
	session: Session,
	order: CustomerToCreate,
): Promise<Result<CustomerResult>> {
	const done = await withTurn(session, order.customerId, async (turn) => {
		const { onExisting, dryRun } = order;
		return onExisting === 'create' && !dryRun
			? await createWithoutLooking(session, order, turn)
			: await createIfMissing(session, order, turn);
	});
	return done.ok ? done.value : done;
}

async function createWithoutLooking(
	session: Session,
	order: CustomerToCreate,
	turn: Turn,
): Promise<Result<CustomerResult>> {
	const made = await sendCreate(session, order, turn);
	if (made.ok || made.failure.effect === 'none' || made.failure.kind === 'exists') return made;
	return { ok: false, failure: messages.customerMayExist(made.failure) };
}

async function createIfMissing(
	session: Session,
	order: CustomerToCreate,
	turn: Turn,
): Promise<Result<CustomerResult>> {
	const existing = await getCustomer(session, order.customerId, order.routingId);
	if (existing.ok) return { ok: true, value: { customer: existing.value, outcome: 'existing' } };
	if (existing.failure.kind !== 'missing') return existing;
	if (order.dryRun) {
		return { ok: true, value: { customer: customerToCreate(order), outcome: 'wouldCreate' } };
	}
	const { client } = session;
	for (let tries = 1; ; tries++) {
		const made = await sendCreate(session, order, turn);
		if (made.ok) return made;
		const { failure } = made;
		if (failure.effect === 'none' && failure.kind !== 'exists') return made;
		const seen = await lookForCreated(session, order, failure);
		if (seen.customer) return { ok: true, value: seen.customer };
		// Only a customer that isn't there, and a call that may fare better, are worth another try.
		const mayResend = seen.isMissing && failure.transient && tries <= client.maxRetries;
		if (!mayResend || client.stopped) {
			return { ok: false, failure: messages.customerMayExist(failure) };
		}
	}
}

/** Looks until the customer is there. The object reference ID is its own: who has it now is the one that was asked for. */
async function lookForCreated(
	session: Session,
	{ customerId, routingId }: CustomerToCreate,
	{ kind }: Failure,
): Promise<{ customer?: CustomerResult; isMissing: boolean }> {
	let isMissing = false;
	const look = async () => {
		const seen = await getCustomer(session, customerId, routingId);
		isMissing = !seen.ok && seen.failure.kind === 'missing';
		return seen.ok ? seen.value : undefined;
	};
	const customer = await lookUntilSettled(session, look, { immediately: kind === 'exists' });
	const outcome = kind === 'exists' ? 'existing' : 'created';
	return { isMissing, ...(customer && { customer: { customer, outcome } }) };
}

async function sendCreate(
	{ client }: Session,
	{ customerId, details, routingId }: CustomerToCreate,
	turn: Turn,
): Promise<Result<CustomerResult>> {
	const answer = await client.send(contract.createCustomer(customerId, details, routingId), {
		late: (result) => turn.hold(result),
	});
	const made = ofCustomer(answer, customerId, 'unknown');
	return made.ok ? { ok: true, value: { customer: made.value, outcome: 'created' } } : made;
}

/** A customer that does not exist yet: without Juspay's ID. */
function customerToCreate({ customerId, details }: CustomerToCreate): Customer {
	return {
		...details,
		id: '',
		objectReferenceId: customerId,
		dateCreated: '',
		lastUpdated: '',
		raw: {},
	};
}

/**
 * Creates a customer exactly once, or updates the one that has this object reference ID. Without details there is
 * nothing to update, and the customer comes back as it is.
 */
export async function upsertCustomer(
	session: Session,
	order: Omit<CustomerToCreate, 'onExisting' | 'dryRun'>,
): Promise<Result<CustomerResult>> {
	const made = await createCustomer(session, { ...order, onExisting: 'reuse' });
	const isGiven = Object.values(order.details).some((it) => it !== '');
	if (!made.ok || made.value.outcome !== 'existing' || !isGiven) return made;
	const updated = await updateCustomer(session, order);
	return updated.ok
		? { ok: true, value: { customer: updated.value, outcome: 'updated' } }
		: updated;
}

/** Updates a customer. Idempotent, so it is retried when the outcome is unknown. */
export async function updateCustomer(
	{ client }: Session,
	{ customerId, details, routingId }: CustomerToUpdate,
): Promise<Result<Customer>> {
	for (let tries = 1; ; tries++) {
		const sent = await client.send(contract.updateCustomer(customerId, details, routingId));
		const answer = ofCustomer(sent, customerId, 'unknown');
		if (answer.ok || answer.failure.effect === 'none') return answer;
		if (!answer.failure.transient || tries > client.maxRetries || client.stopped) return answer;
		await client.clock.pause(backoff(tries));
	}
}
