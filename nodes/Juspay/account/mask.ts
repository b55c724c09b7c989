import { isVpa } from './check';
import type { Account, CustomerAccount } from './types';
import { asPlainText, cut, fold } from './text';

/** No account number and no UPI ID is longer when shown: what is longer is something else, and gets an ellipsis. */
const LONGEST_SHOWN = 64;

/** Hides a number of characters; of very many, only so many are drawn. */
function hide(sign: string, characters: number): string {
	return characters > LONGEST_SHOWN ? `${sign.repeat(16)}…` : sign.repeat(characters);
}

/** Keeps the last four digits of an account number, the part that people compare: `XXXXXXXXXXX1191`. */
export function maskAccountNumber(accountNumber: string): string {
	const shown = accountNumber.length >= 9 ? 4 : 0;
	const hidden = accountNumber.length - shown;
	return hide('X', hidden) + accountNumber.slice(hidden);
}

/** Keeps the ends of a UPI ID's handle, which is often a phone number, and the provider: `91******96@upi`. */
export function maskVpa(vpa: string): string {
	const at = vpa.lastIndexOf('@');
	const handle = at < 0 ? vpa : vpa.slice(0, at);
	const provider = vpa.slice(at + 1);
	// If it doesn't look like a provider, it may be account data: mask it too.
	const shownProvider = /^(?:[a-z][a-z.]{1,30}\d{0,3}|[a-z]{4}0[a-z0-9]{6}\.ifsc\.npci)$/i.test(
		provider,
	)
		? provider
		: hide('*', provider.length);
	// Two characters at each end of a phone number; fewer of a short handle, none where they would be most of it.
	const shown = Math.min(2, Math.floor(handle.length / 5));
	return (
		handle.slice(0, shown) +
		hide('*', handle.length - 2 * shown) +
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

/** An @ as it is, and as URLs, HTML and JSON write it. */
const AT = String.raw`(?:@|%(?:25)?40|&#(?:64|x40);|&commat;|\\u0040)`;
const UPI_LIKE = new RegExp(
	String.raw`(?<![\p{L}\p{N}_.*-])([\p{L}\p{N}_.*-]+)(?: ?${AT})+ ?([\p{L}\p{N}_.-]+)`,
	'giu',
);

/** What may come between two digits of one number: a blank, a dot, a comma; a dash or slash also with blanks around. */
const BETWEEN = String.raw`\p{M}{0,3}(?: ?[/_+⁄∕−\p{Pd}] ?|[.,'’·]| )?`;
const DIGIT_RUN = new RegExp(String.raw`\d(?:${BETWEEN}\d){8,}`, 'gu');

/** The same without blanks: a date often comes after a number or before one. */
const BESIDE_DATE = String.raw`\p{M}{0,3}[/_+⁄∕−\p{Pd}.,'’·]?`;
const TIME = String.raw`[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[+-]\d\d:?\d\d)?`;
const DAY = String.raw`(?:0[1-9]|[12]\d|3[01])`;
const MONTH = String.raw`(?:0[1-9]|1[0-2])`;
const YEAR = String.raw`(?:19|20)\d\d`;
const DATE = String.raw`(?:${YEAR}[-/.]${MONTH}[-/.]${DAY}|${DAY}[-/.]${MONTH}[-/.]${YEAR})(?:${TIME})?`;
const AMOUNT = String.raw`(?:\d{1,8}|\d{1,3}(?:,\d{2,3}){1,3})\.\d\d`;
const BYTE = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const ADDRESS = String.raw`${BYTE}(?:\.${BYTE}){3}`;
const ID = String.raw`(?:cst|banh)_[a-z0-9_-]{1,64}`;

const WHOLE_DATE = String.raw`(?<!\d${BESIDE_DATE})${DATE}(?!${BESIDE_DATE}\d)`;
const WHOLE_NUMBER = String.raw`(?<!\d${BETWEEN})(?:${AMOUNT}|${ADDRESS})(?!${BETWEEN}\d)`;
const WHOLE_ID = String.raw`(?<![\p{L}\p{N}])${ID}`;

/** Digits that are no account number and that people need: dates, amounts, IP addresses, Juspay's IDs. */
const KEPT_FORMS = `${WHOLE_DATE}|${WHOLE_NUMBER}|${WHOLE_ID}`;
const KEPT = new RegExp(`(${KEPT_FORMS})`, 'giu');

/** The same, and an ID that isn't part of a longer number or word. */
function keptWith(id: string): RegExp {
	if (!/^[\w-]+$/.test(id)) return KEPT;
	const wholeId = String.raw`(?<![\p{L}\p{N}])(?<!\d${BETWEEN})${id}(?!${BETWEEN}\d)(?![\p{L}\p{N}])`;
	return new RegExp(`(${KEPT_FORMS}|${wholeId})`, 'giu');
}

/** The user name and password in a URL, such as a proxy's. */
const USER_INFO = /:\/\/[^\s/]*@/g;

/**
 * Masks a text that {@link fold} has read.
 *
 * @param readable - an ID that is kept
 */
function maskFolded(text: string, readable: string): string {
	return text
		.replace(USER_INFO, '://')
		.replace(UPI_LIKE, (_, handle: string, provider: string) => maskVpa(`${handle}@${provider}`))
		.split(keptWith(readable))
		.map((part, index) =>
			// Split by an expression with a group: what the group matched stands in every second place.
			index % 2 === 1
				? part
				: part.replace(DIGIT_RUN, (digits) => maskAccountNumber(digits.replace(/\D/g, ''))),
		)
		.join('');
}

/** What stands so close to the place where a text was cut may be half of something that must not be shown. */
const MARGIN = 64;

/**
 * Text from outside in one line that may be shown. It is cut before anything else is done to it.
 *
 * @param longest - the length of what comes out, at most
 * @param replace - what else to do before the masks see the text
 * @param margin - how long the longest thing may be that `replace` looks for
 * @param readable - an ID that is kept
 */
export function masked(
	text: string,
	longest: number,
	replace = (folded: string) => folded,
	margin = MARGIN,
	readable = '',
): string {
	// Masks and blanks make text shorter: read some more, to fill what may be shown.
	const most = 4 * longest + margin;
	const shown = maskFolded(replace(fold(text.slice(0, most))), readable);
	return cut(text.length > most ? `${shown.slice(0, -margin)}…` : shown, longest);
}

const LONGEST_TEXT = 2000;

/**
 * Free text from outside, such as Juspay's own message, in one line: without account numbers (nine digits and more),
 * without anything that looks like a UPI ID, and without a URL's password.
 */
export function maskText(text: string): string {
	return masked(text, LONGEST_TEXT);
}

/** A value of Juspay's: as it is, unless there may be an account number or a UPI ID in it. */
export function shownText(text: string, longest: number): string {
	const digits = text.replace(/\P{Nd}/gu, '').length;
	if (digits < 9 && !/[@%&\\]/.test(text)) return cut(text, longest);
	const shown = masked(text, longest);
	return shown === cut(fold(text), longest) ? cut(text, longest) : shown;
}

/** A customer's ID, but for a UPI ID in its place: the columns were mixed up. */
export function shownId(customerId: string): string {
	return isVpa(customerId) ? maskVpa(customerId) : customerId;
}

/** The same for a message. */
export function namedCustomer(customerId: string): string {
	return asPlainText(shownId(customerId));
}
