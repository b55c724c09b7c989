import { isAccountNumber } from '../account/check';
import type { CustomerAccount } from '../account/types';
import { decide } from './decideValidation';
import type { AccountOrder } from './look';
import { listAccounts, readOrdered } from './look';
import * as messages from './messages';
import type { KnownOrder, ValidationResult } from './sendValidation';
import type { Session } from './session';
import { withAccount, withTurn } from './turns';
import type { Turn } from './turns';

export type { AccountOrder } from './look';
export type { Validated, ValidationResult } from './sendValidation';

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
			const before = listed
				? { ok: true as const, value: listed }
				: await readOrdered(session, order);
			const isListed = listed !== undefined;
			return before.ok
				? await startOne(session, turn, { ...order, before: before.value, isListed })
				: before;
		});
		return await Promise.all(results);
	});
	return done.ok ? done.value : orders.map(() => done);
}

/** The accounts of the customer's list, by ID. Without a list each account is read by itself. */
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

/**
 * Validates accounts that were just read, in parallel.
 *
 * @param turn - this execution's turn with the customer
 */
export async function startValidations(
	session: Session,
	turn: Turn,
	orders: readonly KnownOrder[],
): Promise<ValidationResult[]> {
	return await Promise.all(orders.map(async (order) => await startOne(session, turn, order)));
}

async function startOne(
	session: Session,
	turn: Turn,
	order: KnownOrder,
): Promise<ValidationResult> {
	const { before } = order;
	const done = await withAccount(
		session,
		before.id,
		async () => await decide(session, turn, order),
	);
	return done.ok ? done.value : { ...done, account: before };
}
