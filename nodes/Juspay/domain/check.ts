import type { Account, BankAccount, UpiId } from './account';
import { BLANK, hasOnlyBlanks, trimBlanks } from './text';

/** What is wrong with a value that a user gave, and what to do about it. Never holds the value itself. */
export interface Problem {
	/** The field's name as the user sees it, e.g. "IFSC". */
	field: string;
	/** What is wrong, to be read after the field's name: "has 10 characters instead of 11". */
	wrong: string;
	/** A whole sentence that says what to do. */
	fix: string;
}

/** A checked value, or what is wrong with it. */
export type Checked<T> = { value: T } | { problem: Problem };

/** An account's values as they come: from a form, a sheet's columns or JSON. */
export interface RawAccount {
	accountNumber?: unknown;
	ifsc?: unknown;
	beneficiaryName?: unknown;
	bankCode?: unknown;
	vpa?: unknown;
}

const LOST_DIGITS =
	'Format the column as plain text at its source, so that every digit and leading zero arrives.';

const BLANKS = new RegExp(`[${BLANK}]`, 'g');

/** No ID, account number or UPI ID has more characters. */
export const LONGEST_ID = 256;

/** No name has more characters. */
export const LONGEST_NAME = 500;

/** A digit of another script, full width, or such as ² and ①: it looks like one of 0 to 9 and is none. */
const FOREIGN_DIGIT = /[^\P{N}0-9]/u;

const TYPE_DIGITS = 'Type the digits 0 to 9.';

/** Characters that may stand in an HTTP header value. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** True where a cell holds nothing but blanks. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && hasOnlyBlanks(value))
	);
}

/**
 * A cell as text: trimmed, and a number in its digits. A spreadsheet turns long numbers into floats; one whose
 * digits can't all be there any more is refused rather than guessed.
 *
 * @param longest - the number of characters from which on it can't be what is asked for
 */
export function textOf(field: string, value: unknown, longest = LONGEST_ID): Checked<string> {
	if (isBlank(value)) return { value: '' };
	if (typeof value === 'string') {
		const text = trimBlanks(value);
		// Before anything else looks at it: a cell may hold megabytes.
		return text.length <= longest
			? { value: text }
			: wrong(
					field,
					`is longer than ${longest} characters`,
					`Check where the value comes from: it must be one ${field} and nothing else.`,
				);
	}
	if (typeof value === 'bigint') return { value: value.toString() };
	if (typeof value !== 'number') {
		return wrong(
			field,
			`is ${Array.isArray(value) ? 'a list' : `of type ${typeof value}`}, not text`,
			'Give the value itself, as text.',
		);
	}
	if (!Number.isSafeInteger(value) || value < 0) {
		return wrong(field, 'arrived as a number that has lost digits', LOST_DIGITS);
	}
	return { value: value.toString() };
}

function wrong(field: string, what: string, fix: string): { problem: Problem } {
	return { problem: { field, wrong: what, fix } };
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
			`Give the ${field}, or correct the expression or column it comes from.`,
		);
	}
	return checkHeaderText(field, text.value);
}

/** Text that travels in a header, such as a routing ID: one line, no characters that HTTP forbids. */
export function checkHeaderText(field: string, value: unknown): Checked<string> {
	const text = textOf(field, value);
	if ('problem' in text) return text;
	if (/[\r\n]/.test(text.value)) {
		return wrong(field, 'holds a line break', 'Remove the line break.');
	}
	if (!PRINTABLE.test(text.value)) {
		return wrong(
			field,
			'holds characters outside plain ASCII',
			'Use letters without accents, digits and punctuation only.',
		);
	}
	if (text.value === '.' || text.value === '..') {
		return wrong(field, 'holds nothing but dots', `Give the ${field} as Juspay shows it.`);
	}
	return text;
}

/** An account number: 9 to 18 digits. Blanks and hyphens between digits, and Excel's leading apostrophe, go. */
export function checkAccountNumber(value: unknown): Checked<string> {
	const field = 'Account Number';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const digits = text.value.replace(/^'/, '').replace(BLANKS, '').replace(/-/g, '');
	if (digits === '')
		return wrong(field, 'is empty', 'Give the 9 to 18 digits of the account number.');
	if (/^\d+(\.\d+)?e\+?\d+$/i.test(digits)) {
		return wrong(field, 'arrived in scientific notation, its digits are lost', LOST_DIGITS);
	}
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, 'contains digits of another script', TYPE_DIGITS);
	}
	if (!/^\d+$/.test(digits)) {
		return wrong(
			field,
			'holds characters that are not digits',
			'Give 9 to 18 digits and nothing else.',
		);
	}
	if (digits.length < 9 || digits.length > 18) {
		return wrong(
			field,
			`has ${digits.length} digits instead of 9 to 18`,
			digits.length < 9
				? 'Check for missing digits; a spreadsheet may have cut leading zeros.'
				: 'Check for digits too many, or two numbers in one cell.',
		);
	}
	return { value: digits };
}

/** True for what looks like an account number: 9 to 18 digits. */
export function isAccountNumber(text: string): boolean {
	return /^\d{9,18}$/.test(text);
}

/** An IFSC: four letters, a zero, six letters or digits; lower case and blanks are mended. */
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
			'contains a character that only looks like a letter A to Z or a digit 0 to 9, or is neither',
			`Type it anew. ${fix}`,
		);
	}
	const ifsc = given.toUpperCase();
	if (ifsc.length !== 11) {
		return wrong(field, `has ${ifsc.length} characters instead of 11`, fix);
	}
	if (ifsc[4] === 'O' && /^[A-Z]{4}O[A-Z0-9]{6}$/.test(ifsc)) {
		return wrong(field, 'has the letter O as its fifth character, where a zero belongs', fix);
	}
	if (!/^[A-Z]{4}0[A-Z0-9]{6}$/.test(ifsc)) {
		return wrong(field, 'is not in the form of an IFSC', fix);
	}
	return { value: ifsc };
}

/** A UPI ID: `handle@provider`. Its case is kept: Juspay shows it to people. */
export function checkVpa(value: unknown): Checked<string> {
	const field = 'UPI ID';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const fix = 'A UPI ID is a handle, an @ and a provider, e.g. name@upi.';
	const vpa = text.value;
	if (vpa === '') return wrong(field, 'is empty', fix);
	if (!PRINTABLE.test(vpa)) {
		return wrong(field, 'contains characters outside plain ASCII', `Type it anew. ${fix}`);
	}
	if (!vpa.includes('@')) return wrong(field, 'has no @', fix);
	if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(vpa)) {
		return wrong(field, 'looks like an e-mail address', fix);
	}
	if (!/^[\w.-]{2,256}@[a-z][a-z0-9]{1,63}$/i.test(vpa)) {
		return wrong(field, 'is not in the form of a UPI ID', fix);
	}
	return { value: vpa };
}

/** The merchant's own ID of a customer: 8 characters at least. */
export function checkObjectReferenceId(value: unknown): Checked<string> {
	const field = 'Object Reference ID';
	const id = checkId(field, value);
	if ('problem' in id || id.value.length >= 8) return id;
	return wrong(
		field,
		`has ${id.value.length} characters instead of at least 8`,
		'Give your own ID of the customer, lengthened if need be, e.g. customer_1122.',
	);
}

/** An Indian mobile number without its country code, or another country's with the code given apart; may be empty. */
export function checkMobileNumber(value: unknown, countryCode: string): Checked<string> {
	const field = 'Mobile Number';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	const digits = text.value.replace(/^'/, '').replace(BLANKS, '').replace(/[-()]/g, '');
	if (digits === '') return { value: '' };
	const fix = 'Give the number without country code, and the code in Mobile Country Code.';
	if (digits.startsWith('+')) return wrong(field, 'starts with a country code', fix);
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, 'contains digits of another script', TYPE_DIGITS);
	}
	if (!/^\d+$/.test(digits)) return wrong(field, 'holds characters that are not digits', fix);
	const isIndian = countryCode === '' || countryCode === '91';
	if (isIndian && /^(91|0)\d{10}$/.test(digits))
		return wrong(field, 'starts with a country code or a zero', fix);
	if (isIndian ? digits.length !== 10 : digits.length < 4 || digits.length > 14) {
		return wrong(field, `has ${digits.length} digits${isIndian ? ' instead of 10' : ''}`, fix);
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
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, 'contains digits of another script', TYPE_DIGITS);
	}
	return wrong(field, 'is not a calling code', 'Give one to three digits, e.g. 91.');
}

/** An e-mail address, as far as its form tells; may be empty. */
export function checkEmail(value: unknown): Checked<string> {
	const field = 'Email Address';
	const text = textOf(field, value);
	if ('problem' in text) return text;
	if (text.value === '' || /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(text.value)) return text;
	return wrong(field, 'is not an e-mail address', 'Give an address such as nathan@example.com.');
}

/** A line of free text, such as a beneficiary's name: blanks in a row become one. */
export function checkLine(field: string, value: unknown): Checked<string> {
	const text = textOf(field, value, LONGEST_NAME);
	return 'problem' in text ? text : { value: text.value.replace(/\s+/g, ' ') };
}

function checkBankAccount(raw: RawAccount): Checked<BankAccount> {
	const accountNumber = checkAccountNumber(raw.accountNumber);
	if ('problem' in accountNumber) return accountNumber;
	const ifsc = checkIfsc(raw.ifsc);
	if ('problem' in ifsc) return ifsc;
	const beneficiaryName = checkLine('Beneficiary Name', raw.beneficiaryName);
	if ('problem' in beneficiaryName) return beneficiaryName;
	const bankCode = checkLine('Bank Code', raw.bankCode);
	if ('problem' in bankCode) return bankCode;
	return {
		value: {
			type: 'bankAccount',
			accountNumber: accountNumber.value,
			ifsc: ifsc.value,
			...(beneficiaryName.value && { beneficiaryName: beneficiaryName.value }),
			...(bankCode.value && { bankCode: bankCode.value }),
		},
	};
}

function checkUpiId(raw: RawAccount): Checked<UpiId> {
	const vpa = checkVpa(raw.vpa);
	return 'problem' in vpa ? vpa : { value: { type: 'upi', vpa: vpa.value } };
}

/** Checks an account of the kind that is asked for. */
export function checkAccount(type: Account['type'], raw: RawAccount): Checked<Account> {
	return type === 'upi' ? checkUpiId(raw) : checkBankAccount(raw);
}
