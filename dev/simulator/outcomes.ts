import type { AccountDetails } from './types';

/** What a validation comes to, and after how many milliseconds of PENDING. */
export interface Course {
	status: string;
	pendingMs: number;
}

/** Magic values; the table for users is in README.md. One without a course is refused. */
const MAGIC: Array<{ digits: string; word: string; course?: (validationMs: number) => Course }> = [
	{ digits: '0002', word: 'failure', course: (pendingMs) => ({ status: 'FAILURE', pendingMs }) },
	{ digits: '0003', word: 'pending', course: () => ({ status: 'PENDING', pendingMs: Infinity }) },
	{
		digits: '0004',
		word: 'slow',
		course: (ms) => ({ status: 'ACTIVE', pendingMs: Math.max(1000, 3 * ms) }),
	},
	{ digits: '0005', word: 'review', course: (pendingMs) => ({ status: 'IN_REVIEW', pendingMs }) },
	{ digits: '0009', word: 'reject' },
];

/**
 * How an account's validation goes: a VPA's by how its handle starts, a bank account's by its last four digits.
 *
 * @param validationMs the setting: how long an ordinary validation takes
 * @returns undefined where the account is refused
 */
export function courseOf(account: AccountDetails, validationMs: number): Course | undefined {
	const magic = MAGIC.find(({ digits, word }) =>
		'vpa' in account
			? account.vpa.toLowerCase().startsWith(word)
			: account.accountNumber.endsWith(digits),
	);
	return magic ? magic.course?.(validationMs) : { status: 'ACTIVE', pendingMs: validationMs };
}
