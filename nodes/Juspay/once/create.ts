import type { BankAccount, CustomerAccount, UpiId, Account } from '../account/types';
import type { CreateOrder } from './creation';
import { Creation } from './creation';
import { checkCustomer, findExisting } from './existing';
import type { CreateResult } from './ledger';
import * as messages from './messages';
import { inRounds } from './rounds';
import { sendMissing } from './sendMissing';
import type { Session } from './session';
import { startValidations } from './validate';
import { withTurn } from './turns';

export type { CreateOrder } from './creation';
export type { CreateResult } from './ledger';

/**
 * Creates a customer's accounts, each exactly once, and validates them if asked to: takes the customer's turn, looks which
 * accounts exist, creates what is missing one request at a time, and sends nothing again without proof that it had no
 * effect.
 *
 * @returns the result for each account, in the given order
 */
export async function createAccounts(
	session: Session,
	order: CreateOrder,
): Promise<CreateResult[]> {
	if (order.onExisting === 'create' && !order.dryRun && (await session.isRerun())) {
		return order.accounts.map(() => ({ failure: messages.RERUN }));
	}
	const done = await withTurn(session, order.customerId, async (turn) => {
		const creation = new Creation(session, order, turn);
		await findExisting(creation);
		if (order.dryRun) await planMissing(creation);
		else await sendMissing(creation);
		if (order.validate) await validateCreated(creation);
		return creation.ledger.results(messages.INCOMPLETE);
	});
	return done.ok ? done.value : order.accounts.map(() => ({ failure: done.failure }));
}

/** For a dry run: settles the missing accounts as they would be created. Changes nothing. */
async function planMissing(creation: Creation): Promise<void> {
	const { order, ledger } = creation;
	if (creation.isListMissing || order.onExisting === 'create') await checkCustomer(creation);
	await inRounds(creation, async (round) => {
		for (const entry of round) {
			ledger.settle(entry, accountToCreate(entry.wanted, order.customerId), 'wouldCreate');
		}
	});
}

/** An account that does not exist yet: without an ID and a status. */
function accountToCreate(wanted: Account, customerId: string): CustomerAccount {
	const {
		accountNumber = '',
		ifsc = '',
		beneficiaryName = '',
		vpa = '',
	} = wanted as Partial<BankAccount & UpiId>;
	return {
		id: '',
		customerId,
		type: wanted.type,
		accountNumber,
		ifsc,
		beneficiaryName,
		vpa,
		status: '',
		dateCreated: '',
		lastValidated: '',
		raw: {},
	};
}

/** Validates the accounts that were created, and the existing ones that were never validated. */
async function validateCreated({ session, turn, order, ledger }: Creation): Promise<void> {
	const existing = ledger.existing();
	const due = existing.filter(
		({ account: { status }, outcome }) =>
			status === 'CREATED' || (outcome !== 'existing' && status === ''),
	);
	for (const { entry, account, outcome } of existing) {
		entry.result = { account, outcome, validation: 'notNeeded' };
	}
	const results = await startValidations(
		session,
		turn,
		due.map(({ account }) => ({ ...order, customerAccountId: account.id, before: account })),
	);
	for (const [index, { entry, account, outcome }] of due.entries()) {
		const result = results[index];
		if (!result) continue;
		if (result.ok) {
			ledger.settle(entry, result.value.account, outcome);
			const { validation } = result.value;
			entry.result = { account, outcome, ...entry.result, validation };
		} else entry.result = { ...result, account: result.account ?? account, outcome };
	}
}
