import type { Account, CustomerAccount } from './account';

/** Keeps the last four digits of an account number, the part that people compare: `XXXXXXXXXXX1191`. */
export function maskAccountNumber(accountNumber: string): string {
	const shown = accountNumber.length >= 9 ? 4 : 0;
	const hidden = accountNumber.length - shown;
	return 'X'.repeat(hidden) + accountNumber.slice(hidden);
}

/** Keeps the ends of a UPI ID's handle, which is often a phone number, and the provider: `91******96@upi`. */
export function maskVpa(vpa: string): string {
	const at = vpa.lastIndexOf('@');
	const handle = at < 0 ? vpa : vpa.slice(0, at);
	const provider = at < 0 ? '' : vpa.slice(at + 1);
	// A provider is a name; where something else stands in its place, it may be what must not be shown.
	const shownProvider = /^[a-z][a-z.]{1,30}\d{0,3}$/i.test(provider)
		? provider
		: '*'.repeat(provider.length);
	// Two characters at each end of a phone number; fewer of a short handle, none where they would be most of it.
	const shown = Math.min(2, Math.floor(handle.length / 5));
	return (
		handle.slice(0, shown) +
		'*'.repeat(handle.length - 2 * shown) +
		handle.slice(handle.length - shown) +
		(at < 0 ? '' : `@${shownProvider}`)
	);
}

/** An account as it may be shown and stored. */
export function maskAccount(
	account: Account | Pick<CustomerAccount, 'type' | 'accountNumber' | 'vpa'>,
): string {
	return account.type === 'upi' ? maskVpa(account.vpa) : maskAccountNumber(account.accountNumber);
}

const DIGIT_RUN = /\d(?:[ -]?\d){8,}/g;
const VPA_LIKE = /[\w.-]+@[\w.-]+/g;

/**
 * Free text from outside, such as Juspay's own message, without account numbers (nine digits and more) and
 * without anything that looks like a UPI ID.
 */
export function maskText(text: string): string {
	return text
		.replace(VPA_LIKE, (vpa) => maskVpa(vpa))
		.replace(DIGIT_RUN, (digits) => maskAccountNumber(digits.replace(/[ -]/g, '')));
}
