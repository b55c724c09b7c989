/** Checks of values that a user gave: each returns the value, normalised, or what is wrong with it. */
import { BLANKS, hasOnlyBlanks, trimBlanks, visible, visibleName } from './text';
import type { Account } from './types';

/** What is wrong with a value that a user gave, and what to do about it. Never contains the value itself. */
export interface Problem {
	/** The field's name as the user sees it, e.g. "IFSC"; empty for a whole row. */
	field: string;
	/** What is wrong, to be read after the field's name: "has 10 characters instead of 11". */
	wrong: string;
	/** Where `wrong` is a sentence of its own, which doesn't go on after the field's name. */
	isWhole?: true;
	/** A whole sentence that says what to do. */
	fix: string;
}

/** A checked value, or what is wrong with it. */
export type Checked<T> = { value: T } | { problem: Problem };

/** What is wrong, as a message says it. */
export function sentenceOf({ field, wrong, isWhole }: Problem): string {
	return field && !isWhole ? `'${field}' ${wrong}` : wrong;
}

/** A problem, for a check to return. */
export function wrong(field: string, what: string, fix: string): { problem: Problem } {
	return { problem: { field, wrong: what, fix } };
}

/** The values of several checks, by name. */
type Values<T> = { [K in keyof T]: T[K] extends Checked<infer V> ? V : never };

/** The values of several checks, or the first problem among them. */
export function checkAll<T extends Record<string, Checked<unknown>>>(
	checks: T,
): Checked<Values<T>> {
	const values: Record<string, unknown> = {};
	for (const [name, checked] of Object.entries(checks)) {
		if ('problem' in checked) return checked;
		values[name] = checked.value;
	}
	return { value: values as Values<T> };
}

/** No ID, account number or UPI ID has more characters. */
export const LONGEST_ID = 256;

/** No name has more characters. */
export const LONGEST_NAME = 500;

/** A count in words: "1 digit", "2 digits". */
export function counted(count: number, one: string): string {
	return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** A digit of another script, a full-width one, or one like ² and ①: it looks like 0 to 9, but isn't. */
const FOREIGN_DIGIT = /[^\P{N}0-9]/u;

const FOREIGN_DIGITS = ['contains digits of another script', 'Type the digits 0 to 9.'] as const;

/** Characters that an HTTP header value may contain. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** What to do about a number that a spreadsheet has cut. */
const LOST_DIGITS =
	'Format the column as plain text at its source, so that all digits and leading zeros are kept.';

/** True for a cell that contains only blanks. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && hasOnlyBlanks(value))
	);
}

/**
 * A cell as text: trimmed, without what takes no room, and a number in its digits. A spreadsheet turns long numbers
 * into floats; one whose digits can't all be there any more is refused rather than guessed.
 *
 * @param longest - the number of characters from which on it can't be what is asked for
 * @param seen - what is left of a text without what can't be seen
 */
export function textOf(
	field: string,
	value: unknown,
	longest = LONGEST_ID,
	seen = visible,
): Checked<string> {
	if (isBlank(value)) return { value: '' };
	if (typeof value === 'string') {
		const text = trimBlanks(seen(value));
		// Before anything else: a cell may contain megabytes.
		return text.length <= longest
			? { value: text }
			: wrong(
					field,
					`is longer than ${longest} characters`,
					`Check where the value comes from: it must be a single ${field}.`,
				);
	}
	if (typeof value === 'bigint') return { value: value.toString() };
	if (typeof value !== 'number') {
		return wrong(
			field,
			`is ${Array.isArray(value) ? 'a list' : `of type ${typeof value}`}, not text`,
			'Enter the value itself, as text.',
		);
	}
	if (!Number.isSafeInteger(value) || value < 0) {
		return wrong(field, 'is a number that has lost digits', LOST_DIGITS);
	}
	return { value: value.toString() };
}

/**
 * The ID of a customer or of an account, for a path segment and, for a customer, for a header.
 *
 * @param field - the name to show, e.g. "Customer ID"
 */
export function checkId(field: string, value: unknown): Checked<string> {
	const text = textOf(field, value);
	if ('problem' in text) return text;
	if (text.value === '') {
		return wrong(
			field,
			'is empty',
			`Enter the ${field}, or correct the expression or column it comes from.`,
		);
	}
	return checkHeaderText(field, text.value);
}

/** Text for a header, such as a routing ID: one line, no characters that HTTP forbids. */
export function checkHeaderText(field: string, value: unknown): Checked<string> {
	const text = textOf(field, value);
	if ('problem' in text) return text;
	if (/[\r\n]/.test(text.value)) {
		return wrong(field, 'contains a line break', 'Remove the line break.');
	}
	if (!PRINTABLE.test(text.value)) {
		return wrong(
			field,
			'contains characters outside plain ASCII',
			'Use letters without accents, digits and punctuation only.',
		);
	}
	if (text.value === '.' || text.value === '..') {
		return wrong(field, 'contains only dots', `Enter the ${field} as Juspay shows it.`);
	}
	return text;
}

/** A line of free text, such as a beneficiary's name: blanks in a row become one. */
export function checkLine(field: string, value: unknown): Checked<string> {
	const text = textOf(field, value, LONGEST_NAME, visibleName);
	return 'problem' in text ? text : { value: text.value.replace(/[\s\u2800]+/g, ' ') };
}

/** An account's values as they come: from a form, a sheet's columns or JSON. */
export interface RawAccount {
	accountNumber?: unknown;
	ifsc?: unknown;
	beneficiaryName?: unknown;
	bankCode?: unknown;
	vpa?: unknown;
}

const FULL_VALUE = 'Use the full value, as the customer entered it.';

/** An account number: 9 to 18 digits. Blanks, hyphens and Excel's leading apostrophe are removed. */
export function checkAccountNumber(value: unknown): Checked<string> {
	const field = 'Account Number';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const written = text.value.replace(/^'/, '').replace(BLANKS, '');
	const digits = written.replace(/-/g, '');
	if (isAccountNumber(digits) && /^-/.test(written)) {
		return wrong(field, 'is a negative number', "Check the column's values and their format.");
	}
	if (/^0+$/.test(digits)) {
		return wrong(field, 'has only zeros', 'Enter the 9 to 18 digits of the account number.');
	}
	if (isAccountNumber(digits)) return { value: digits };
	if (digits === '')
		return wrong(field, 'is empty', 'Enter the 9 to 18 digits of the account number.');
	if (/^\d+(\.\d+)?e\+?\d+$/i.test(digits)) {
		return wrong(
			field,
			'is in scientific notation (such as 5.01E+13), so digits are missing',
			LOST_DIGITS,
		);
	}
	if (FOREIGN_DIGIT.test(digits)) return wrong(field, ...FOREIGN_DIGITS);
	if (/^[Xx*•]+\d*$/.test(digits)) return wrong(field, 'is masked', FULL_VALUE);
	if (!/^\d+$/.test(digits)) {
		return wrong(
			field,
			'may only contain digits (9 to 18)',
			'Enter 9 to 18 digits and nothing else.',
		);
	}
	return wrong(
		field,
		`has ${counted(digits.length, 'digit')} instead of 9 to 18`,
		digits.length < 9
			? 'Check for missing digits. A spreadsheet may have removed leading zeros.'
			: 'Check for extra digits, or two numbers in one cell.',
	);
}

/** True for what looks like an account number: 9 to 18 digits. */
export function isAccountNumber(text: string): boolean {
	return /^\d{9,18}$/.test(text);
}

/** An IFSC: four letters, a zero, six letters or digits; lower case and blanks are corrected. */
export function checkIfsc(value: unknown): Checked<string> {
	const field = 'IFSC';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const given = text.value.replace(BLANKS, '');
	const fix = 'An IFSC is four letters, a zero, then six letters or digits, e.g. AABF0008032.';
	if (given === '') return wrong(field, 'is empty', fix);
	// Before it is put in upper case, which makes an I of ı, an S of ſ and two letters of one such as ﬀ.
	if (!PRINTABLE.test(given)) {
		return wrong(
			field,
			'contains a character other than A to Z and 0 to 9',
			`Type it again: a character may only look like one of these. ${fix}`,
		);
	}
	const ifsc = given.toUpperCase();
	if (/^[A-Z]{4}0[A-Z0-9]{6}$/.test(ifsc)) return { value: ifsc };
	if (ifsc.length !== 11) {
		return wrong(field, `has ${counted(ifsc.length, 'character')} instead of 11`, fix);
	}
	if (/^[A-Z]{4}O[A-Z0-9]{6}$/.test(ifsc)) {
		return wrong(field, 'has the letter O as its fifth character, where a zero belongs', fix);
	}
	return wrong(field, 'is not valid', fix);
}

/** NPCI's own form of a UPI ID for a bank account: number and IFSC. */
const BANK_ACCOUNT_AS_UPI = /^\d{9,18}@[a-z]{4}0[a-z0-9]{6}\.ifsc\.npci$/i;

/** A UPI ID: `handle@provider`. Its case is kept: Juspay shows it to people. */
export function checkVpa(value: unknown): Checked<string> {
	const field = 'UPI ID';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const fix = 'A UPI ID is a handle, an @ and a provider, e.g. name@upi.';
	const vpa = text.value;
	if (vpa === '') return wrong(field, 'is empty', fix);
	if (!PRINTABLE.test(vpa)) {
		return wrong(field, 'contains characters outside plain ASCII', `Type it again. ${fix}`);
	}
	if (!vpa.includes('@')) return wrong(field, 'has no @', fix);
	if (BANK_ACCOUNT_AS_UPI.test(vpa)) return { value: vpa };
	if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(vpa)) {
		return wrong(field, 'looks like an email address', fix);
	}
	if (/\*\*/.test(vpa)) return wrong(field, 'is masked', FULL_VALUE);
	const isVpa = /^[\w.-]{1,256}@[a-z][a-z0-9]{1,63}$/i.test(vpa);
	return isVpa ? { value: vpa } : wrong(field, 'is not valid', fix);
}

/** Checks an account of the kind that is asked for. */
export function checkAccount(type: Account['type'], raw: RawAccount): Checked<Account> {
	if (type === 'upi') {
		const vpa = checkVpa(raw.vpa);
		return 'problem' in vpa ? vpa : { value: { type, vpa: vpa.value } };
	}
	const checked = checkAll({
		accountNumber: checkAccountNumber(raw.accountNumber),
		ifsc: checkIfsc(raw.ifsc),
		beneficiaryName: checkLine('Beneficiary Name', raw.beneficiaryName),
		bankCode: checkLine('Bank Code', raw.bankCode),
	});
	if ('problem' in checked) return checked;
	const { accountNumber, ifsc, beneficiaryName, bankCode } = checked.value;
	return {
		value: {
			type,
			accountNumber,
			ifsc,
			...(beneficiaryName && { beneficiaryName }),
			...(bankCode && { bankCode }),
		},
	};
}

/** The merchant's own ID of a customer: 8 characters at least. */
export function checkObjectReferenceId(value: unknown): Checked<string> {
	const field = 'Your Customer ID';
	const id = checkId(field, value);
	if ('problem' in id || id.value.length >= 8) return id;
	return wrong(
		field,
		`must have at least 8 characters; this one has ${id.value.length}`,
		'Use your own customer ID, padded to at least 8 characters, e.g. customer_1122.',
	);
}

/** An Indian mobile number without its country code, or another country's with the code given apart; may be empty. */
export function checkMobileNumber(value: unknown, countryCode: string): Checked<string> {
	const field = 'Mobile Number';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const digits = text.value.replace(/^'/, '').replace(BLANKS, '').replace(/[-()]/g, '');
	if (digits === '') return { value: '' };
	const fix = "Enter the number without country code, and the code in 'Mobile Country Code'.";
	if (digits.startsWith('+')) return wrong(field, 'starts with a country code', fix);
	if (FOREIGN_DIGIT.test(digits)) return wrong(field, ...FOREIGN_DIGITS);
	if (!/^\d+$/.test(digits)) return wrong(field, 'may only contain digits', fix);
	const isIndian = countryCode === '' || countryCode === '91';
	if (isIndian && /^(91|0)\d{10}$/.test(digits)) {
		return wrong(field, 'starts with a country code or a zero', fix);
	}
	if (isIndian ? digits.length !== 10 : digits.length < 4 || digits.length > 14) {
		return wrong(
			field,
			`has ${counted(digits.length, 'digit')}${isIndian ? ' instead of 10' : ''}`,
			fix,
		);
	}
	return { value: digits };
}

/** A country's calling code: 1 to 3 digits, a plus before them goes; may be empty. */
export function checkCountryCode(value: unknown): Checked<string> {
	const field = 'Mobile Country Code';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const digits = text.value.replace(/^\+/, '');
	if (digits === '' || /^\d{1,3}$/.test(digits)) return { value: digits };
	if (FOREIGN_DIGIT.test(digits)) return wrong(field, ...FOREIGN_DIGITS);
	return wrong(field, 'is not a calling code', 'Enter one to three digits, e.g. 91.');
}

/** An email address, as far as its form tells; may be empty. */
export function checkEmail(value: unknown): Checked<string> {
	const field = 'Email Address';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	if (text.value === '' || /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(text.value)) return text;
	return wrong(field, 'is not an email address', 'Enter an address such as nathan@example.com.');
}
