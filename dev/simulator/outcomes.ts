import type { AccountDetails } from './types';

/** How an account's validation goes. The table for users is in README.md. */
export type Outcome = 'active' | 'failure' | 'pending' | 'slow' | 'review' | 'reject';

const BY_LAST_DIGITS: Record<string, Outcome> = {
	'0002': 'failure',
	'0003': 'pending',
	'0004': 'slow',
	'0005': 'review',
	'0009': 'reject',
};

const BY_HANDLE: Outcome[] = ['failure', 'pending', 'slow', 'review', 'reject'];

const SLOW_AT_LEAST_MS = 1000;

/** The magic-value rule: a VPA by how its handle starts, a bank account by its last four digits. */
export function outcomeOf(account: AccountDetails): Outcome {
	if ('vpa' in account) {
		const handle = account.vpa.toLowerCase();
		return BY_HANDLE.find((outcome) => handle.startsWith(outcome)) ?? 'active';
	}
	return BY_LAST_DIGITS[account.accountNumber.slice(-4)] ?? 'active';
}

/**
 * What a validation comes to, and after how many milliseconds of PENDING.
 *
 * @param validationMs the setting: how long an ordinary validation takes
 */
export function courseOf(
	outcome: Exclude<Outcome, 'reject'>,
	validationMs: number,
): { finalStatus: string; pendingMs: number } {
	switch (outcome) {
		case 'failure':
			return { finalStatus: 'FAILURE', pendingMs: validationMs };
		case 'pending':
			return { finalStatus: 'PENDING', pendingMs: Infinity };
		case 'slow':
			return { finalStatus: 'ACTIVE', pendingMs: Math.max(SLOW_AT_LEAST_MS, 3 * validationMs) };
		case 'review':
			return { finalStatus: 'IN_REVIEW', pendingMs: validationMs };
		case 'active':
			return { finalStatus: 'ACTIVE', pendingMs: validationMs };
	}
}
