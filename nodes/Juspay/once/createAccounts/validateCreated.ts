import { startValidations } from '../validateAccounts';
import type { Creation } from './creation';

/** Validates the accounts that were created, and the existing ones that were never validated. */
export async function validateCreated({ client, lock, order, wanted }: Creation): Promise<void> {
	const existing = wanted.existing();
	const due = existing.filter(
		({ account: { status }, outcome }) =>
			status === 'CREATED' || (outcome !== 'existing' && status === ''),
	);
	for (const { entry, account, outcome } of existing) {
		entry.result = { account, outcome, validation: 'notNeeded' };
	}
	const results = await startValidations(
		client,
		lock,
		due.map(({ account }) => ({ ...order, customerAccountId: account.id, before: account })),
	);
	for (const [index, { entry, account, outcome }] of due.entries()) {
		const result = results[index];
		if (!result) continue;
		if (result.ok) {
			wanted.settle(entry, result.value.account, outcome);
			const { validation } = result.value;
			entry.result = { account, outcome, ...entry.result, validation };
		} else entry.result = { ...result, account: result.account ?? account, outcome };
	}
}
