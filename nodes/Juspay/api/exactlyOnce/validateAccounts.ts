import type { CustomerAccount } from '../../accounts/account';
import type { JuspayClient, Result } from '../client';
import type { RequestSettings } from '../contract';
import type { Failure } from '../errors';
import { mayStillBeAtWork } from '../errors';

/** One account that something is to be done to. */
export interface AccountOrder {
	customerId: string;
	customerAccountId: string;
	settings: RequestSettings;
}

/** An account after a validation was asked for. */
export interface Validated {
	account: CustomerAccount;
	/** False where a validation was under way or done before, so that none was started. */
	started: boolean;
}

/** A validation may be started where none is under way and none has succeeded. */
const MAY_BE_VALIDATED = new Set(['CREATED', 'FAILURE', '']);

/**
 * Starts the validation of accounts of one customer, each once, one after the other. How they stand is looked up
 * first: for several accounts with one list.
 *
 * @returns what became of each, in the order given
 */
export async function validateAccounts(
	client: JuspayClient,
	orders: readonly AccountOrder[],
): Promise<Array<Result<Validated>>> {
	const [first] = orders;
	if (!first) return [];
	const known = new Map<string, CustomerAccount>();
	if (orders.length > 1) {
		const listed = await client.listAccounts(first.customerId, first.settings.routingId);
		if (!listed.ok) return orders.map(() => listed);
		for (const account of listed.value) known.set(account.id, account);
	}
	const results: Array<Result<Validated>> = [];
	for (const order of orders) {
		results.push(await validateAccount(client, order, known.get(order.customerAccountId)));
	}
	return results;
}

async function validateAccount(
	client: JuspayClient,
	{ customerId, customerAccountId: id, settings }: AccountOrder,
	known: CustomerAccount | undefined,
): Promise<Result<Validated>> {
	const get = async () => await client.getAccount(customerId, id, settings.routingId);
	const got: Result<CustomerAccount> = known ? { ok: true, value: known } : await get();
	if (!got.ok) return got;
	const before = got.value;
	if (!MAY_BE_VALIDATED.has(before.status)) {
		return { ok: true, value: { account: before, started: false } };
	}
	for (let tries = 1; ; tries++) {
		const answer = await client.validateAccount(customerId, id, settings);
		if (answer.ok) return { ok: true, value: { account: answer.value, started: true } };
		const { failure } = answer;
		if (failure.happened === 'no') return answer;
		await client.pauseAfter(tries, failure);
		const now = await get();
		if (!now.ok) return { ok: false, failure: mayBeUnderWay(failure) };
		const { status, lastValidated } = now.value;
		if (status !== before.status || lastValidated !== before.lastValidated) {
			return { ok: true, value: { account: now.value, started: true } };
		}
		// Only CREATED tells that no validation has begun; and one that was slow to answer may still begin.
		const notBegun = status === 'CREATED' && !mayStillBeAtWork(failure);
		if (!notBegun || client.stopped) return { ok: false, failure: mayBeUnderWay(failure) };
		if (tries > client.maxRetries) return answer;
	}
}

/** For a validation of which nobody knows whether it was started. */
function mayBeUnderWay(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The validation may have been started`,
		description:
			`It is not started again, so that no second penny drop is paid for. Use Get in a few minutes to see how the account stands. ${failure.description}`.trim(),
		happened: 'unknown',
	};
}
