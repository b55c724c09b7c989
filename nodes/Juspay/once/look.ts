import type { CustomerAccount, Customer, RequestSettings, Verification } from '../account/types';
import type { Result } from '../http/client';
import type { Failure } from '../http/failure';
import type { AccountList } from '../http/pages';
import { unfinishedList } from '../http/messages';
import { readList } from '../http/pages';
import { getAccount as getCall, getCustomer as getCustomerCall, verifyVpa } from '../wire/contract';
import type { KnownAccount } from './memory';
import { LATE_EFFECT_MS } from './doubts';
import * as messages from './messages';
import type { Session } from './session';

/** An account to validate or delete. */
export interface AccountOrder {
	customerId: string;
	customerAccountId: string;
	settings: RequestSettings;
	/** Only look up what would happen. */
	dryRun?: boolean;
	/** How long to look for the outcome of a validation, in milliseconds; 12 seconds at least. */
	lookForMs?: number;
	/** Validate although an earlier validation of this account is in doubt. */
	validateInDoubt?: boolean;
}

/** The pauses before each look, in milliseconds: {@link LATE_EFFECT_MS} in all. */
const PAUSES = [2000, 4000, 6000];

/**
 * Looks repeatedly, with growing pauses, until a look settles an unknown outcome.
 *
 * @param look - returns what settles it, or undefined
 * @param options.immediately - also looks once before the first pause: Juspay has answered, so nothing is in progress
 * @param options.timeoutMs - how long to go on, if longer than usual
 * @returns what the look returned; undefined after the timeout or when the workflow was stopped
 */
export async function lookUntilSettled<T>(
	{ client }: Session,
	look: () => Promise<T | undefined>,
	{ immediately = false, timeoutMs = LATE_EFFECT_MS } = {},
): Promise<T | undefined> {
	const pauses = [...(immediately ? [0] : []), ...PAUSES];
	const longest = Math.max(timeoutMs, LATE_EFFECT_MS);
	for (let left = longest, round = 0; left > 0 && !client.stopped; round++) {
		const pause = Math.min(left, pauses[round] ?? Math.max(...PAUSES));
		if (pause > 0) await client.clock.pause(pause);
		left -= pause;
		if (client.stopped) return undefined;
		const seen = await look();
		if (seen !== undefined) return seen;
	}
	return undefined;
}

/** Asks, and asks again for as long as the answer may come from a replica that is late; returns the last answer. */
export async function askWhileLate<T>(
	session: Session,
	ask: () => Promise<T>,
	mayBeLate: (answer: T) => boolean,
): Promise<T> {
	let last = await ask();
	if (!mayBeLate(last)) return last;
	await lookUntilSettled(session, async () => {
		last = await ask();
		return !mayBeLate(last) || undefined;
	});
	return last;
}

/** Whether an account is there: Juspay doesn't mark it as deleted, and this process has not deleted it. */
function isThere(
	{ client, memory }: Session,
	customerId: string,
	{ id, presence }: CustomerAccount,
): boolean {
	return presence !== 'deleted' && !memory.isDeleted(id, client.clock.now(), customerId);
}

/** Tells the user of accounts that something else has validated since this process did. */
function noteUnexplained({ note }: Session, ids: readonly string[]): void {
	if (ids.length > 0) note(messages.validatedElsewhere(ids));
}

/**
 * The accounts of a customer, as far as they are there. Shows them to the memory.
 *
 * @param stopWhen - stops reading further pages once it returns true
 */
export async function listAccounts(
	session: Session,
	customerId: string,
	routingId: string,
	stopWhen?: (accounts: CustomerAccount[]) => boolean,
): Promise<Result<AccountList>> {
	const { client, memory } = session;
	const requestedAt = client.clock.now();
	const onLacking = (accounts: readonly CustomerAccount[]) =>
		memory.observeLacking(customerId, routingId, accounts, requestedAt, client.clock.now());
	const listed = await readList(client, customerId, routingId, {
		stopWhen:
			stopWhen &&
			((accounts) => stopWhen(accounts.filter((account) => isThere(session, customerId, account)))),
		onPage: (accounts) =>
			noteUnexplained(session, memory.observeShown(routingId, accounts, client.clock.now())),
		onLacking,
	});
	if (!listed.ok) return listed;
	const { accounts, lacks = 0 } = listed.value;
	const unlisted =
		lacks === 0 || stopWhen?.(accounts)
			? []
			: await knownBesides(session, customerId, routingId, accounts);
	if (!unlisted || (unlisted.length > 0 && unlisted.length < lacks)) {
		return { ok: false, failure: unfinishedList(client.host) };
	}
	// Where reading has stopped early, what is missing says nothing.
	if (!stopWhen?.(accounts)) onLacking(accounts);
	return {
		ok: true,
		value: {
			...listed.value,
			accounts: [...accounts, ...unlisted].filter((account) =>
				isThere(session, customerId, account),
			),
		},
	};
}

/** The accounts that this process knows, that a list lacks and that Get shows; undefined where Get can't tell. */
async function knownBesides(
	session: Session,
	customerId: string,
	routingId: string,
	listed: readonly CustomerAccount[],
): Promise<CustomerAccount[] | undefined> {
	const ids = new Set(listed.map(({ id }) => id));
	const known = session.memory
		.accountsOf(customerId)
		.filter((one) => one.customerId === customerId && !ids.has(one.id));
	const gets = known.map(async ({ id }) => await getAccount(session, customerId, id, routingId));
	const got = await Promise.all(gets);
	// Only Juspay's word that an account isn't there agrees with the list.
	if (got.some((one) => !one.ok && one.failure.kind !== 'missing')) return undefined;
	return got.flatMap((one) => (one.ok ? [one.value] : []));
}

/**
 * One account as it is now; a failure of kind `missing` where it isn't there. Shows it to the memory. An account that
 * this process created a moment ago is looked for again: a replica may not have it yet.
 */
export async function getAccount(
	session: Session,
	customerId: string,
	id: string,
	routingId: string,
): Promise<Result<CustomerAccount>> {
	const { client, memory } = session;
	const call = getCall(customerId, id, routingId);
	const get = async (): Promise<Result<CustomerAccount>> => {
		const got = await client.send(call);
		if (!got.ok) return got;
		noteUnexplained(session, memory.observeGet(got.value, client.clock.now()));
		return isThere(session, customerId, got.value)
			? got
			: { ok: false, failure: messages.isDeleted(customerId, id) };
	};
	const isYoung = () =>
		memory.isYoung(id, client.clock.now()) && !memory.isDeleted(id, client.clock.now(), customerId);
	return await askWhileLate(
		session,
		get,
		(got) => !got.ok && got.failure.kind === 'missing' && isYoung(),
	);
}

/**
 * An account of which a delete is in doubt, as it is now. A moment after the delete, an account that is still there may be
 * a late replica's: it is looked for again.
 */
export async function getPerhapsDeleted(
	session: Session,
	customerId: string,
	id: string,
	routingId: string,
): Promise<Result<CustomerAccount>> {
	const { client, memory } = session;
	const isYoung = () => memory.mayHaveDeleted(id, client.clock.now(), LATE_EFFECT_MS);
	const get = async () => await getAccount(session, customerId, id, routingId);
	const mayBeLate = ({ ok }: Result<CustomerAccount>) => ok && isYoung();
	const last = await askWhileLate(session, get, mayBeLate);
	if (!client.stopped || !mayBeLate(last)) return last;
	const call = getCall(customerId, id, routingId);
	return { ok: false, failure: client.failure({ kind: 'stopped', sent: false }, call) };
}

/** The account of an order as it is now. */
export async function readOrdered(
	session: Session,
	{ customerId, customerAccountId, settings }: AccountOrder,
): Promise<Result<CustomerAccount>> {
	return await getPerhapsDeleted(session, customerId, customerAccountId, settings.routingId);
}

/** One customer as it is now. */
export async function getCustomer(
	{ client }: Session,
	customerId: string,
	routingId: string,
): Promise<Result<Customer>> {
	return ofCustomer(await client.send(getCustomerCall(customerId, routingId)), customerId, 'none');
}

/**
 * Refuses another customer's object: neither of its IDs is the one asked for, in whatever letter case.
 *
 * @param effect - that of the call, where it was about the other one
 */
export function ofCustomer(
	got: Result<Customer>,
	wanted: string,
	effect: Failure['effect'],
): Result<Customer> {
	if (!got.ok || got.value.objectReferenceId === '') return got;
	const ids = [got.value.id, got.value.objectReferenceId].map((it) => it.toLowerCase());
	return ids.includes(wanted.toLowerCase())
		? got
		: { ok: false, failure: messages.otherCustomer(wanted, effect) };
}

/**
 * The accounts of a customer that must exist. Juspay may answer 404 for a customer without accounts: only the customer
 * itself shows which it is.
 *
 * @param stopWhen - stops reading further pages once it returns true
 */
export async function accountsOfCustomer(
	session: Session,
	customerId: string,
	routingId: string,
	stopWhen?: (accounts: CustomerAccount[]) => boolean,
): Promise<Result<CustomerAccount[]>> {
	const listed = await listAccounts(session, customerId, routingId, stopWhen);
	if (!listed.ok) return listed;
	if (!listed.value.missing) return { ok: true, value: listed.value.accounts };
	const customer = await getCustomer(session, customerId, routingId);
	return customer.ok ? { ok: true, value: [] } : customer;
}

/** What a Get says of an account that a list lacks. */
export type Confirmed =
	| { is: 'there'; account: CustomerAccount }
	| { is: 'gone' }
	/** Nobody can tell yet. */
	| { is: 'unsure'; failure: ReturnType<typeof messages.notShownYet> };

/**
 * Asks Get for an account that the order needs and that a list lacks: lists may be late, or show some accounts only.
 *
 * @param customerId - as this order names the customer
 */
export async function confirm(
	session: Session,
	known: KnownAccount,
	customerId: string,
	routingId: string,
): Promise<Confirmed> {
	const { client, memory } = session;
	const got = await getPerhapsDeleted(session, customerId, known.id, routingId);
	if (got.ok) return { is: 'there', account: got.value };
	const { failure } = got;
	if (failure.kind !== 'missing') return { is: 'unsure', failure: messages.cannotLook(failure) };
	const isMarked = failure.httpStatus === undefined;
	const dueAt = memory.isDueAt(known);
	// Under another name of the customer, an account that isn't there says nothing of the one that is.
	const isOther = known.customerId !== customerId;
	if (!isMarked && !isOther && client.clock.now() < dueAt) {
		return { is: 'unsure', failure: messages.notShownYet(known.id, dueAt) };
	}
	if (!isOther) memory.forget(known);
	return { is: 'gone' };
}

/** Asks Juspay about a UPI ID. It changes nothing, so it is retried like a look. */
export async function verifyUpiId(
	{ client }: Session,
	vpa: string,
	routingId: string,
): Promise<Result<Verification>> {
	const { merchantId = '' } = client;
	// A credential that can't be used at all is named as what it is when the call is sent.
	if (client.merchantId === '') return { ok: false, failure: messages.noMerchantId() };
	return await client.send(verifyVpa(vpa, merchantId, routingId));
}
