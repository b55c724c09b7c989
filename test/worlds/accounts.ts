import type { Account } from './adapter';

/** The accounts that worlds are about: few, so that they meet, and near each other, so that they can be confused. */
export const POOL: readonly Account[] = [
	bank('555666777888', 'SBIN0000003', 'Mina'),
	{ type: 'upi', vpa: 'asha@okaxis' },
	bank('100200300401', 'HDFC0000001', 'Asha'),
	// The same last four digits.
	bank('900800700401', 'HDFC0000001', 'Ravi'),
	{ type: 'upi', vpa: 'ravi@okaxis' },
	// The same number with leading zeros.
	bank('00100200300401', 'HDFC0000001', 'Asha'),
	// The same number at another branch.
	bank('100200300401', 'ICIC0000002', 'Asha'),
	// The same UPI ID, written otherwise.
	{ type: 'upi', vpa: 'Asha@OKAXIS' },
];

/** Of the pool, those that have no near one among these. */
export const FAR: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 7]);

function bank(accountNumber: string, ifsc: string, beneficiaryName: string): Account {
	return { type: 'bankAccount', accountNumber, ifsc, beneficiaryName };
}

/** The truth about what is one account. Written apart from the code under test, which has an opinion of its own. */
export function identity(account: Account): string {
	return account.type === 'upi'
		? account.vpa.toLowerCase()
		: `${account.accountNumber} ${account.ifsc.toUpperCase()}`;
}

/** As {@link identity}, but leading zeros don't count. */
export function nearIdentity(account: Account): string {
	return identity(account).replace(/^0+(?=\d+ )/, '');
}
