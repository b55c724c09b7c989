import type { Account, CustomerAccount } from '../accounts/account';
import { chunk, halves } from '../accounts/group';
import { byIdentity, identityOf } from '../accounts/identity';
import type { Outcome } from '../accounts/output';
import type { JuspayClient, Result } from './client';
import type { Customer, CustomerDetails, RequestSettings } from './contract';
import type { Failure } from './errors';

/** What became of one account: it is there, or why not. */
export type Made =
	| { ok: true; account: CustomerAccount; outcome: Outcome }
	| { ok: false; failure: Failure };

/** What a create is to do for one customer. */
export interface CreateOrder {
	customerId: string;
	/** In input order; the same account may stand here several times. */
	accounts: readonly Account[];
	/** Also start each new account's validation. */
	validate: boolean;
	/** `reuse`: an account that is there already is returned; `create`: every one is made. */
	onExisting: 'reuse' | 'create';
	/** How many accounts travel in one request at most. */
	perRequest: number;
	settings: RequestSettings;
}

/** Accounts that travel together, with how often that was tried. */
interface Batch<T> {
	entries: T[];
	tries: number;
}

/**
 * Makes a customer's accounts, each exactly once. One request at a time for one customer.
 *
 * @returns what became of each account, in the order given
 */
export async function createAccounts(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	return order.onExisting === 'reuse'
		? await createMissing(client, order)
		: await createAll(client, order);
}

/**
 * Lists what the customer has, creates only what is missing, and after every outcome that is not plainly good
 * looks again before anything is sent once more.
 */
async function createMissing(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	const { customerId, settings } = order;
	const made = new Map<string, Made>();
	const settle = (accounts: CustomerAccount[], outcome: Outcome) => {
		for (const [identity, account] of byIdentity(accounts)) {
			if (wanted.has(identity) && !made.get(identity)?.ok) {
				made.set(identity, { ok: true, account, outcome });
			}
		}
	};
	const fail = (batch: Array<[string, Account]>, failure: Failure) => {
		for (const [identity] of batch) made.set(identity, { ok: false, failure });
	};
	const wanted = new Map(order.accounts.map((account) => [identityOf(account), account]));
	const missing = () => [...wanted].filter(([identity]) => !made.has(identity));

	/** Settles what the customer has by now; what is still not there comes back, or why nobody knows. */
	const look = async (batch: Array<[string, Account]>, outcome: Outcome) => {
		const listed = await client.listAccounts(customerId, settings.routingId);
		if (!listed.ok) return listed;
		settle(listed.value, outcome);
		return { ok: true as const, value: batch.filter(([identity]) => !made.has(identity)) };
	};

	const first = await look(missing(), 'existing');
	if (!first.ok) {
		fail(missing(), { ...first.failure, happened: 'no' });
		return answers(order, made);
	}

	const queue: Array<Batch<[string, Account]>> = chunk(first.value, order.perRequest).map(
		(entries) => ({ entries, tries: 0 }),
	);
	for (let batch = queue.shift(); batch; batch = queue.shift()) {
		const { entries } = batch;
		const tries = batch.tries + 1;
		const answer = await client.createAccounts(
			customerId,
			entries.map(([, account]) => account),
			order.validate,
			settings,
		);
		if (answer.ok) {
			settle(answer.value, 'created');
			if (entries.every(([identity]) => made.has(identity))) continue;
		} else if (answer.failure.happened === 'no') {
			const { failure } = answer;
			if (failure.scope !== 'account') {
				fail(missing(), failure);
				break;
			}
			if (entries.length === 1 && failure.code !== 'ALREADY_EXISTS') {
				fail(entries, failure);
				continue;
			}
		}
		// From here on nobody knows for sure which of these were made: look before sending anything again.
		const failure = answer.ok ? INCOMPLETE : answer.failure;
		if (failure.happened === 'unknown') await client.pauseAfter(tries, failure);
		const rest = await look(entries, failure.code === 'ALREADY_EXISTS' ? 'existing' : 'created');
		if (!rest.ok) {
			fail(
				entries.filter(([identity]) => !made.has(identity)),
				mayExist(failure),
			);
			continue;
		}
		const left = rest.value;
		if (left.length === 0) continue;
		if (failure.happened === 'no') {
			// One of them is refused: halve until it stands alone.
			if (left.length === 1 && entries.length === 1) fail(left, failure);
			else if (left.length === 1) queue.unshift({ entries: left, tries: 0 });
			else queue.unshift(...halves(left).map((half) => ({ entries: half, tries: 0 })));
		} else if (tries > client.maxRetries || client.stopped) {
			fail(left, notFound(failure));
		} else {
			queue.unshift({ entries: left, tries });
		}
	}
	return answers(order, made);
}

/** Gives every account of the order its answer; one that stands there twice was made for the first. */
function answers(order: CreateOrder, made: Map<string, Made>): Made[] {
	const answered = new Set<string>();
	return order.accounts.map((account) => {
		const identity = identityOf(account);
		const it = made.get(identity) ?? { ok: false, failure: INCOMPLETE };
		if (it.ok && answered.has(identity)) return { ...it, outcome: 'existing' };
		answered.add(identity);
		return it;
	});
}

/** Makes every account, also one that is there already; so nothing that may have happened is ever repeated. */
async function createAll(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	const made: Array<Made | undefined> = order.accounts.map(() => undefined);
	const queue = chunk([...order.accounts.entries()], order.perRequest);
	for (let entries = queue.shift(); entries; entries = queue.shift()) {
		const answer = await client.createAccounts(
			order.customerId,
			entries.map(([, account]) => account),
			order.validate,
			order.settings,
		);
		if (answer.ok) {
			const unclaimed = [...answer.value];
			for (const [index, account] of entries) {
				const at = unclaimed.findIndex((it) => identityOf(it) === identityOf(account));
				const [found] = at < 0 ? [] : unclaimed.splice(at, 1);
				made[index] = found
					? { ok: true, account: found, outcome: 'created' }
					: { ok: false, failure: mayExist(INCOMPLETE) };
			}
			continue;
		}
		const { failure } = answer;
		if (failure.happened === 'no' && failure.scope === 'account' && entries.length > 1) {
			queue.unshift(...halves(entries));
			continue;
		}
		const explained = failure.happened === 'no' ? failure : mayExist(failure);
		for (const [index] of entries) made[index] = { ok: false, failure: explained };
		if (failure.happened === 'no' && failure.scope !== 'account') {
			for (const [index] of queue.flat()) made[index] = { ok: false, failure };
			break;
		}
	}
	return made.map((it) => it ?? { ok: false, failure: INCOMPLETE });
}

/** Juspay answered well, but named fewer accounts than were sent. */
const INCOMPLETE: Failure = {
	code: 'INCOMPLETE_ANSWER',
	message: "Juspay's answer leaves this account out",
	description: '',
	happened: 'unknown',
	scope: 'customer',
};

/** For an account of which nobody knows whether it was made. */
function mayExist(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The account may have been created`,
		description:
			`Before you create it again, use Get Many for this customer to see whether it is there; or set If Account Exists to Reuse, which looks by itself. ${failure.description}`.trim(),
		happened: 'unknown',
	};
}

/** For an account that was asked for, may have been lost on the way, and was not there on the last look. */
function notFound(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The account was not there when the node looked afterwards`,
		description:
			`Run the workflow again: it looks first and creates only what is missing. ${failure.description}`.trim(),
	};
}

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
		const notBegun =
			status === 'CREATED' && failure.code !== 'TIMEOUT' && failure.code !== 'HTTP_504';
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
		if (failure.httpStatus === 404 && failure.scope === 'customer') {
			// Gone already; unless it is the customer that Juspay doesn't find.
			const listed = await client.listAccounts(customerId, routingId, () => true);
			return listed.ok ? { ok: true, value: true } : listed;
		}
		if (failure.happened === 'no') return answer;
		await client.pauseAfter(tries, failure);
		const got = await client.getAccount(customerId, id, routingId);
		if (!got.ok && got.failure.httpStatus === 404) return { ok: true, value: true };
		if (!got.ok || tries > client.maxRetries || client.stopped) {
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
 * Makes a customer exactly once: under `reuse`, one with the same object reference ID is looked for first, and again
 * after every outcome that nobody knows.
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
	if (order.onExisting === 'reuse') {
		const there = await client.getCustomer(customerId, routingId);
		if (there.ok) return made(there.value, 'existing');
		if (!isMissing(there.failure)) return there;
	}
	for (let tries = 1; ; tries++) {
		const answer = await client.createCustomer(customerId, details, routingId);
		if (answer.ok) return made(answer.value, 'created');
		const { failure } = answer;
		const isThere = order.onExisting === 'reuse' && failure.code === 'ALREADY_EXISTS';
		if (failure.happened === 'no' && !isThere) return answer;
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

function isMissing({ httpStatus, scope }: Failure): boolean {
	return httpStatus === 404 && scope === 'customer';
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
