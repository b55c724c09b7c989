import { isFinal, mayBeValidated } from '../account/status';
import type { CustomerAccount } from '../account/types';
import type { Failure } from '../http/failure';
import { readOrdered } from './look';
import * as messages from './messages';
import { recordOfValidation, sendValidation } from './sendValidation';
import type { KnownOrder, ValidationResult } from './sendValidation';
import type { Session } from './session';
import type { Turn } from './turns';
import type { SentValidation } from './validations';
import { allowsAnother, hasMoved, VALIDATION_KEPT_MS } from './validations';

/** A doubt must be older before it can be overruled, in milliseconds: by then Juspay shows what it has done. */
const OVERRULED_AFTER_MS = 10 * 60 * 1000;

/** Decides about one account: validate it, or say why not. Nobody else decides about it meanwhile. */
export async function decide(
	session: Session,
	turn: Turn,
	order: KnownOrder,
): Promise<ValidationResult> {
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
		const got = await readOrdered(session, order);
		return got.ok
			? await decide(session, turn, { ...order, before: got.value, isListed: false })
			: { ...got, account: before };
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

/**
 * Records that a validation is about to be sent.
 *
 * @returns the doubt, where another n8n process has recorded the same before
 */
async function claimedByOthers(
	{ record }: Session,
	{ before }: KnownOrder,
): Promise<Failure | undefined> {
	const [settlesAt] = (await record.claim([recordOfValidation(before)], 'day')).values();
	if (settlesAt !== undefined) return messages.validatedByOthers(settlesAt);
	// A failed account may go back to CREATED, which is no sign that its new validation has ended.
	const back = recordOfValidation({ ...before, status: 'CREATED' });
	if (isFinal(before.status)) await record.claim([back], 'day', true);
	return undefined;
}

/** Result for an account whose validation another process has sent: Get may show already what a late list doesn't. */
async function takeOverForeign(
	session: Session,
	turn: Turn,
	order: KnownOrder,
	failure: Failure,
): Promise<ValidationResult> {
	const { client, execution, memory, record } = session;
	const { before } = order;
	// When it was sent, nobody here knows: its age counts from the first run that met it.
	const metAt = memory.validations.metForeign(recordOfValidation(before), client.clock.now());
	const got = await readOrdered(session, order);
	if (got.ok && hasMoved(got.value, before)) {
		return { ok: true, value: { account: got.value, validation: 'notNeeded' } };
	}
	const doubt: ValidationResult = { ok: false, failure, account: before };
	if (!order.validateInDoubt || !got.ok || execution.validatedAgain.has(before.id)) return doubt;
	const isOld = metAt < execution.startedAt && client.clock.now() - metAt > OVERRULED_AFTER_MS;
	if (!isOld) return doubt;
	if (await isOverruledByOthers(session, before)) return doubt;
	await record.claim([recordOfValidation(before)], 'day', true);
	execution.validatedAgain.add(before.id);
	return await sendValidation(session, turn, { ...order, before: got.value }, undefined);
}

/** Whether another process has overruled the same doubt a moment ago, and sent the validation again. */
async function isOverruledByOthers(
	{ record }: Session,
	account: CustomerAccount,
): Promise<boolean> {
	return (await record.claim([recordOfValidation(account)], 'quarter')).size > 0;
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
	order: KnownOrder,
	earlier: SentValidation,
	otherwise: ValidationResult,
): Promise<ValidationResult> {
	const { client, execution } = session;
	const { id } = order.before;
	const isOld =
		earlier.sentAt < execution.startedAt &&
		client.clock.now() - earlier.sentAt > OVERRULED_AFTER_MS;
	if (!isOld || execution.validatedAgain.has(id)) return otherwise;
	const got = await readOrdered(session, order);
	if (!got.ok) return { ...got, account: order.before };
	if (got.value.presence === 'inactive' || hasMoved(got.value, earlier.before)) {
		return takeOver(session, turn, got.value, earlier);
	}
	if (order.dryRun) return plan(session, got.value);
	const again = { ...order, before: got.value };
	if (await isOverruledByOthers(session, got.value)) return otherwise;
	// Another process may have sent it again long before.
	if (await claimedByOthers(session, again)) return otherwise;
	execution.validatedAgain.add(id);
	return await sendValidation(session, turn, again, earlier);
}
