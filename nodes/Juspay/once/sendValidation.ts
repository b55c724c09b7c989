import type { Validation } from '../account/output';
import { isFinal } from '../account/status';
import type { CustomerAccount } from '../account/types';
import type { Around, Result } from '../http/client';
import type { Failure } from '../http/failure';
import { validateAccount } from '../wire/contract';
import type { AccountOrder } from './look';
import { askWhileLate, lookUntilSettled, readOrdered } from './look';
import * as messages from './messages';
import type { Session } from './session';
import type { Turn } from './turns';
import type { SentValidation } from './validations';
import { hasMoved, VALIDATION_KEPT_MS } from './validations';

/** An account after a validation was asked for. */
export interface Validated {
	account: CustomerAccount;
	validation: Validation;
}

/** Result of a validation; a failure contains the account, if it is known. */
export type ValidationResult =
	| { ok: true; value: Validated }
	| { ok: false; failure: Failure; account?: CustomerAccount };

/** An order whose account was just read, by Get or in a list. */
export type KnownOrder = AccountOrder & { before: CustomerAccount; isListed?: boolean };

/** What is recorded of a validation: an account that shows how it has ended is another matter. */
export const recordOfValidation = ({ id, status, lastValidated }: CustomerAccount) =>
	`validate ${id} ${status} ${isFinal(status) ? lastValidated : ''}`;

/** Sends a validation, and settles its outcome. The one request that moves money. */
export async function sendValidation(
	session: Session,
	turn: Turn,
	order: KnownOrder,
	earlier: SentValidation | undefined,
): Promise<ValidationResult> {
	const { client, memory, pennies } = session;
	const { before, lookForMs } = order;
	const { id } = before;
	const lookForMove = async (): Promise<Result<CustomerAccount | undefined>> => {
		const seen = await readOrdered(session, order);
		return seen.ok && !hasMoved(seen.value, before) ? { ok: true, value: undefined } : seen;
	};
	const settle = async (result: Result<CustomerAccount>) => {
		if (result.ok) memory.validations.confirm(result.value);
		else if (result.failure.effect === 'none') {
			memory.validations.restore(id, earlier);
			// One in doubt stays recorded.
			const isDoubt = earlier && !earlier.hasEnded;
			if (!isDoubt) await session.record.release(recordOfValidation(before), 'day');
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
	{ before: { id }, customerId, settings }: KnownOrder,
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
