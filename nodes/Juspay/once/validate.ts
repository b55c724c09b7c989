import { isAccountNumber } from '../account/check';
import type { Validation } from '../account/output';
import type { RequestSettings, CustomerAccount } from '../account/types';
import { isFinal, mayBeValidated } from '../account/status';
import type { Around, Result } from '../http/client';
import type { Failure } from '../http/failure';
import { validateAccount } from '../wire/contract';
import { askWhileLate, getPerhapsDeleted, listAccounts, lookUntilSettled } from './look';
import * as messages from './messages';
import type { Session } from './session';
import { withAccount, withTurn } from './turn';
import type { Turn } from './turns';
import type { SentValidation } from './validations';
import { allowsAnother, hasMoved, VALIDATION_KEPT_MS } from './validations';

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

/** An account after a validation was asked for. */
export interface Validated {
	account: CustomerAccount;
	validation: Validation;
}

/** Result of a validation; a failure contains the account, if it is known. */
export type ValidationResult =
	| { ok: true; value: Validated }
	| { ok: false; failure: Failure; account?: CustomerAccount };

/** A doubt must be older before it can be overruled, in milliseconds: by then Juspay shows what it has done. */
const OVERRULED_AFTER_MS = 10 * 60 * 1000;

/**
 * Starts the validation of accounts of one customer, each once: takes the customer's turn, reads the accounts
 * (several with one list), and sends one request per account that may be validated.
 *
 * @returns what became of each, in the order given
 */
export async function validateAccounts(
	session: Session,
	orders: readonly AccountOrder[],
): Promise<ValidationResult[]> {
	const [first] = orders;
	if (!first) return [];
	if (!orders.every(({ dryRun }) => dryRun) && (await session.isRerun())) {
		return orders.map(() => ({ ok: false, failure: messages.RERUN }));
	}
	const done = await withTurn(session, first.customerId, async (turn) => {
		const known = await listKnown(session, first, orders.length);
		const results = orders.map(async (order): Promise<ValidationResult> => {
			const listed = known.get(order.customerAccountId);
			const before = listed ? { ok: true as const, value: listed } : await get(session, order);
			const isListed = listed !== undefined;
			return before.ok
				? await startOne(session, turn, { ...order, before: before.value, isListed })
				: before;
		});
		return await Promise.all(results);
	});
	return done.ok ? done.value : orders.map(() => done);
}

/** The accounts of the customer's list. Without a list each account is read by itself. */
async function listKnown(
	session: Session,
	{ customerId, settings }: AccountOrder,
	count: number,
): Promise<Map<string, CustomerAccount>> {
	if (count < 2) return new Map();
	const listed = await listAccounts(session, customerId, settings.routingId);
	const accounts = listed.ok ? listed.value.accounts : [];
	const { memory, client } = session;
	const mayBeGone = ({ id, presence }: CustomerAccount) =>
		presence !== undefined || memory.mayHaveDeleted(id, client.clock.now());
	// Digits alone may be an account number given as an ID: Get must confirm it, and what may be gone.
	const sure = accounts.filter((account) => !isAccountNumber(account.id) && !mayBeGone(account));
	return new Map(sure.map((account) => [account.id, account]));
}

async function get(
	session: Session,
	{ customerId, customerAccountId, settings }: AccountOrder,
): Promise<Result<CustomerAccount>> {
	return await getPerhapsDeleted(session, customerId, customerAccountId, settings.routingId);
}

/** An account that was just read, by Get or in a list. */
type Known = AccountOrder & { before: CustomerAccount; isListed?: boolean };

/**
 * Validates accounts that were just read, in parallel. The one place that moves money.
 *
 * @param turn - this execution's turn with the customer
 */
export async function startValidations(
	session: Session,
	turn: Turn,
	orders: readonly Known[],
): Promise<ValidationResult[]> {
	return await Promise.all(orders.map(async (order) => await startOne(session, turn, order)));
}

async function startOne(session: Session, turn: Turn, order: Known): Promise<ValidationResult> {
	const { before } = order;
	const done = await withAccount(
		session,
		before.id,
		async () => await decide(session, turn, order),
	);
	return done.ok ? done.value : { ...done, account: before };
}

/** Decides about one account: validate it, or say why not. Nobody else decides about it meanwhile. */
async function decide(session: Session, turn: Turn, order: Known): Promise<ValidationResult> {
	const { memory, client } = session;
	const { before, customerId } = order;
	const now = client.clock.now();
	if (memory.isDeleted(before.id, now, customerId)) {
		return { ok: false, failure: messages.isDeleted(customerId, before.id) };
	}
	if (before.presence === 'inactive') {
		return { ok: false, failure: messages.isInactive(before.id), account: before };
	}
	const earlier = memory.validations.of(before.id, now);
	if (earlier && !mayPayAgain(turn, earlier, before)) {
		const taken = takeOver(session, turn, before, earlier);
		const isDoubt = !taken.ok && order.validateInDoubt;
		return isDoubt ? await overrule(session, turn, order, earlier, taken) : taken;
	}
	// A list may lag behind: a failure without its time may be how the validation before the last one ended.
	if (earlier && order.isListed && before.status === 'FAILURE' && before.lastValidated === '') {
		const now = await get(session, order);
		return now.ok
			? await decide(session, turn, { ...order, before: now.value, isListed: false })
			: { ...now, account: before };
	}
	if (!mayBeValidated(before.status)) {
		return { ok: true, value: { account: before, validation: 'notNeeded' } };
	}
	if (order.dryRun) return plan(session, before);
	const foreign = await claimedByOthers(session, order);
	return foreign
		? await takeOverForeign(session, turn, order, foreign)
		: await sendValidation(session, turn, order, earlier);
}

/** What is recorded of a validation: an account that shows how it has ended is another matter. */
const recordOf = ({ id, status, lastValidated }: CustomerAccount) =>
	`validate ${id} ${status} ${isFinal(status) ? lastValidated : ''}`;

/**
 * Records that a validation is about to be sent.
 *
 * @returns the doubt, where another n8n process has recorded the same before
 */
async function claimedByOthers(
	{ record }: Session,
	{ before }: Known,
): Promise<Failure | undefined> {
	const [settlesAt] = (await record.claim([recordOf(before)], 'day')).values();
	if (settlesAt !== undefined) return messages.validatedByOthers(settlesAt);
	// A failed account may go back to CREATED, which is no sign that its new validation has ended.
	const back = recordOf({ ...before, status: 'CREATED' });
	if (isFinal(before.status)) await record.claim([back], 'day', true);
	return undefined;
}

/** Result for an account whose validation another process has sent: Get may show already what a late list doesn't. */
async function takeOverForeign(
	session: Session,
	turn: Turn,
	order: Known,
	failure: Failure,
): Promise<ValidationResult> {
	const { client, execution, memory, record } = session;
	const { before } = order;
	// When it was sent, nobody here knows: its age counts from the first run that met it.
	const metAt = memory.validations.metForeign(recordOf(before), client.clock.now());
	const now = await get(session, order);
	if (now.ok && hasMoved(now.value, before)) {
		return { ok: true, value: { account: now.value, validation: 'notNeeded' } };
	}
	const doubt: ValidationResult = { ok: false, failure, account: before };
	if (!order.validateInDoubt || !now.ok || execution.validatedAgain.has(before.id)) return doubt;
	const isOld = metAt < execution.startedAt && client.clock.now() - metAt > OVERRULED_AFTER_MS;
	if (!isOld) return doubt;
	if (await isOverruledByOthers(session, before)) return doubt;
	await record.claim([recordOf(before)], 'day', true);
	execution.validatedAgain.add(before.id);
	return await sendValidation(session, turn, { ...order, before: now.value }, undefined);
}

/** Whether another process has gone through the door of a validation in doubt a moment ago, and sent one again. */
async function isOverruledByOthers(
	{ record }: Session,
	account: CustomerAccount,
): Promise<boolean> {
	return (await record.claim([recordOf(account)], 'quarter')).size > 0;
}

/** For a dry run: an account that several rows name would be validated once. */
function plan({ planned }: Session, account: CustomerAccount): ValidationResult {
	const isFirst = account.id === '' || !planned.has(account.id);
	planned.add(account.id);
	return { ok: true, value: { account, validation: isFirst ? 'wouldStart' : 'notNeeded' } };
}

/** Whether an earlier validation has ended, and whoever asks now could know of it. */
function mayPayAgain(turn: Turn, earlier: SentValidation, before: CustomerAccount): boolean {
	const isOther = earlier.turn !== turn;
	const wasWaitedFor = isOther && earlier.turn.endedAt >= turn.requestedAt;
	return isOther && !wasWaitedFor && allowsAnother(earlier, before);
}

/** Result for an account whose validation was sent before: none is sent again. */
function takeOver(
	session: Session,
	turn: Turn,
	read: CustomerAccount,
	earlier: SentValidation,
): ValidationResult {
	// Read before another row of this execution validated it: what Juspay answered then is newer.
	const isOld = !hasMoved(read, earlier.before);
	const account = (isOld && session.execution.validated.get(read.id)) || read;
	const { sentAt, isConfirmed, hasEnded } = earlier;
	const mayBeOpen = mayBeValidated(account.status);
	if (!isConfirmed && !hasEnded && mayBeOpen) {
		return {
			ok: false,
			failure: messages.validationInDoubt(sentAt, sentAt + VALIDATION_KEPT_MS),
			account,
		};
	}
	const hasGoneBack = hasEnded && account.status === 'CREATED';
	const isOpen =
		hasGoneBack ||
		(!hasEnded && (mayBeOpen || earlier.turn === turn) && !isSettled(account, earlier));
	if (isOpen && mayBeOpen && earlier.turn !== turn) {
		session.note(messages.notStartedAgain(account.id, sentAt));
	}
	return { ok: true, value: { account, validation: isOpen ? 'alreadyStarted' : 'notNeeded' } };
}

/** Whether an account shows how its validation has ended. */
function isSettled(account: CustomerAccount, { before }: SentValidation): boolean {
	return isFinal(account.status) && hasMoved(account, before);
}

/**
 * Validates an account although an earlier validation is in doubt, because the user asks for it: once per account and
 * execution, only where the doubt is older than this execution and ten minutes, and Get shows nothing new since.
 *
 * @param otherwise - the doubt
 */
async function overrule(
	session: Session,
	turn: Turn,
	order: Known,
	earlier: SentValidation,
	otherwise: ValidationResult,
): Promise<ValidationResult> {
	const { client, execution } = session;
	const { id } = order.before;
	const isOld =
		earlier.sentAt < execution.startedAt &&
		client.clock.now() - earlier.sentAt > OVERRULED_AFTER_MS;
	if (!isOld || execution.validatedAgain.has(id)) return otherwise;
	const now = await get(session, order);
	if (!now.ok) return { ...now, account: order.before };
	if (now.value.presence === 'inactive' || hasMoved(now.value, earlier.before)) {
		return takeOver(session, turn, now.value, earlier);
	}
	if (order.dryRun) return plan(session, now.value);
	const again = { ...order, before: now.value };
	if (await isOverruledByOthers(session, now.value)) return otherwise;
	// Another process may have sent it again long before.
	if (await claimedByOthers(session, again)) return otherwise;
	execution.validatedAgain.add(id);
	return await sendValidation(session, turn, again, earlier);
}

async function sendValidation(
	session: Session,
	turn: Turn,
	order: Known,
	earlier: SentValidation | undefined,
): Promise<ValidationResult> {
	const { client, memory, pennies } = session;
	const { before, lookForMs } = order;
	const { id } = before;
	const lookForMove = async (): Promise<Result<CustomerAccount | undefined>> => {
		const seen = await get(session, order);
		return seen.ok && !hasMoved(seen.value, before) ? { ok: true, value: undefined } : seen;
	};
	const settle = async (result: Result<CustomerAccount>) => {
		if (result.ok) memory.validations.confirm(result.value);
		else if (result.failure.effect === 'none') {
			memory.validations.restore(id, earlier);
			// One in doubt stays recorded.
			const isDoubt = earlier && !earlier.hasEnded;
			if (!isDoubt) await session.record.release(recordOf(before), 'day');
			if (pennies) pennies.started--;
		}
	};
	if (pennies && pennies.started++ >= pennies.most) {
		const failure = messages.noPenniesLeft(pennies.most);
		await settle({ ok: false, failure });
		return { ok: false, failure, account: before };
	}
	const around: Around<CustomerAccount> = {
		onSend: () => memory.validations.add(before, turn, client.clock.now()),
		lookFirst: lookForMove,
		late: (result) => turn.hold(result.then(settle)),
	};
	const answer = await sendOnceThere(session, order, around);
	if (answer.ok) {
		await settle(answer);
		const account = merged(before, answer.value);
		session.execution.validated.set(id, account);
		return { ok: true, value: { account, validation: 'started' } };
	}
	if (answer.failure.effect === 'none') {
		await settle(answer);
		return { ...answer, account: before };
	}
	// An account that shows nothing new proves nothing: a validation is never sent again.
	const moved = await lookUntilSettled(
		session,
		async () => {
			const seen = await lookForMove();
			return seen.ok ? seen.value : undefined;
		},
		lookForMs ? { timeoutMs: lookForMs } : {},
	);
	if (moved) {
		memory.validations.confirm(moved);
		session.execution.validated.set(id, moved);
		return { ok: true, value: { account: moved, validation: 'started' } };
	}
	const sentAt = memory.validations.of(id, client.clock.now())?.sentAt ?? client.clock.now();
	const failure = messages.validationMayBeUnderWay(answer.failure, sentAt + VALIDATION_KEPT_MS);
	return { ok: false, failure, account: before };
}

/** Sends a validation; again while Juspay doesn't know an account that was created a moment ago: a replica is late. */
async function sendOnceThere(
	session: Session,
	{ before: { id }, customerId, settings }: Known,
	around: Around<CustomerAccount>,
): Promise<Result<CustomerAccount>> {
	const { client, memory } = session;
	const call = validateAccount(customerId, id, settings);
	return await askWhileLate(
		session,
		async () => await client.send(call, around),
		(answer) =>
			!answer.ok &&
			answer.failure.kind === 'missing' &&
			answer.failure.effect === 'none' &&
			memory.isYoung(id, client.clock.now()),
	);
}

/** The account as Juspay returns it now, with the previous details where it returns none. */
function merged(before: CustomerAccount, now: CustomerAccount): CustomerAccount {
	const isShown = now.accountNumber !== '' || now.vpa !== '';
	return isShown
		? now
		: {
				...before,
				status: now.status || before.status,
				lastValidated: now.lastValidated || before.lastValidated,
				raw: now.raw,
			};
}
