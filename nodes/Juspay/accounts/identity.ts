import type { Account, CustomerAccount } from './account';

/**
 * What makes two accounts of one customer the same account: account number and IFSC, or the UPI ID without
 * regard to case.
 */
export function identityOf(
	account: Account | Pick<CustomerAccount, 'type' | 'accountNumber' | 'ifsc' | 'vpa'>,
): string {
	return account.type === 'upi'
		? `upi ${account.vpa.toLowerCase()}`
		: `bank ${account.accountNumber} ${account.ifsc.toUpperCase()}`;
}

/**
 * Whether an answer shows enough of an account to tell which one it is. Should Juspay mask an account number, or name
 * it by another key than this node knows, it does not.
 */
export function isIdentifiable({ type, accountNumber, ifsc, vpa }: CustomerAccount): boolean {
	return type === 'upi'
		? /^[^*\s]+@[^*\s]+$/.test(vpa)
		: /^\d+$/.test(accountNumber) && ifsc !== '';
}

/** Whether what is shown, with signs such as X or * for what is hidden, can be this value. */
function canBe(shown: string, hidden: RegExp, value: string): boolean {
	const parts = shown.split(hidden).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return shown === '' || new RegExp(`^${parts.join('.*')}$`, 'i').test(value);
}

/** Whether nothing that an answer shows of an account speaks against it being this one. */
export function couldBe(shown: CustomerAccount, account: Account): boolean {
	if (shown.vpa === '' && shown.accountNumber === '' && shown.ifsc === '') return true;
	if (shown.type !== account.type) return false;
	return account.type === 'upi'
		? canBe(shown.vpa, /\*+/, account.vpa)
		: canBe(shown.accountNumber, /[X*]+/i, account.accountNumber) &&
				canBe(shown.ifsc, /\*+/, account.ifsc);
}

/** The most useful first: what a merchant would pay to if a customer holds the same account twice. */
const PREFERENCE = ['ACTIVE', 'PENDING', 'CREATED'];

function rank({ status }: CustomerAccount): number {
	const place = PREFERENCE.indexOf(status);
	return place < 0 ? PREFERENCE.length : place;
}

/**
 * A customer's accounts by identity. Where one stands twice, the most useful one counts, and among equals the
 * one that Juspay names first: the same answer on every run.
 */
export function byIdentity(accounts: CustomerAccount[]): Map<string, CustomerAccount> {
	const found = new Map<string, CustomerAccount>();
	for (const account of accounts) {
		const identity = identityOf(account);
		const other = found.get(identity);
		if (!other || rank(account) < rank(other)) found.set(identity, account);
	}
	return found;
}
