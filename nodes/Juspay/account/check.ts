/** Checks of values that a user gave: each returns the value, normalised, or throws {@link BadInput}. */
import { BLANKS, hasOnlyBlanks, trimBlanks, visible, visibleName } from './text';
import type { Account } from './types';

/** Thrown for a value that a user gave and that can't be used: what is wrong, and what to do. Never contains the value. */
export class BadInput extends Error {
	/**
	 * @param field - the field's name as the user sees it, e.g. "IFSC"; empty for a whole row
	 * @param wrong - to be read after the field's name: "has 10 characters instead of 11"
	 * @param fix - a whole sentence that says what to do
	 * @param message - what is wrong in one sentence, where it doesn't begin with the field's name
	 */
	constructor(
		readonly field: string,
		readonly wrong: string,
		readonly fix: string,
		message = field ? `'${field}' ${wrong}` : wrong,
	) {
		super(message);
	}
}

/** @throws BadInput */
export function refuse(field: string, wrong: string, fix: string): never {
	throw new BadInput(field, wrong, fix);
}

/** What is read, or the bad input that was thrown instead; whatever else is thrown goes on. */
export function orBadInput<T>(read: () => T): T | BadInput {
	try {
		return read();
	} catch (thrown) {
		return asBadInput(thrown);
	}
}

function asBadInput(thrown: unknown): BadInput {
	if (thrown instanceof BadInput) return thrown;
	throw thrown;
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

const SCIENTIFIC = [
	'is in scientific notation (such as 5.01E+13), so digits are missing',
	LOST_DIGITS,
] as const;

/** True for a cell that contains only blanks. */
export function isBlank(value: unknown): boolean {
	return (
		value === undefined || value === null || (typeof value === 'string' && hasOnlyBlanks(value))
	);
}

/** True for digits that came as a number, as spreadsheets give them: leading zeros are lost. */
export function isNumeric(value: unknown): boolean {
	return typeof value === 'number' || typeof value === 'bigint';
}

/** True for an object that is no list, such as JSON's. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an expression, a formula or an export leaves in a text where there is nothing: the same for every such row. */
const GAP =
	/(?<![A-Za-z])(?:undefined|null|NaN)(?![A-Za-z])|\[object Object\]|^(?:NULL|None|nan|#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERROR!))$/;

function withoutGap(field: string, text: string): string {
	const gap = GAP.exec(text)?.[0];
	return gap === undefined
		? text
		: refuse(
				field,
				`contains "${gap}" in place of a value`,
				'Correct the expression, formula or export that it comes from.',
			);
}

/** What a CSV for Excel makes of a text so that its leading zeros stay: a formula. */
const FORMULA = /^="([^"]*)"$/;

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
): string {
	if (isBlank(value)) return '';
	if (typeof value === 'string') {
		const cell = trimBlanks(seen(value));
		const text = trimBlanks(FORMULA.exec(cell)?.[1] ?? cell);
		// Before anything else: a cell may contain megabytes.
		if (text.length <= longest) return withoutGap(field, text);
		refuse(
			field,
			`is longer than ${longest} characters`,
			`Check where the value comes from: it must be a single ${field}.`,
		);
	}
	if (typeof value === 'bigint') return value.toString();
	if (typeof value !== 'number') {
		refuse(
			field,
			`is ${Array.isArray(value) ? 'a list' : `of type ${typeof value}`}, not text`,
			'Enter the value itself, as text.',
		);
	}
	// A spreadsheet keeps 15 digits of a number, and makes zeros of the others.
	const isWhole = Number.isSafeInteger(value) && (value < 1e15 || value % 10 !== 0);
	if (!isWhole || value < 0) refuse(field, 'is a number that has lost digits', LOST_DIGITS);
	return value.toString();
}

/**
 * The ID of a customer or of an account, for a path segment and, for a customer, for a header.
 *
 * @param field - the name to show, e.g. "Customer ID"
 */
export function checkId(field: string, value: unknown): string {
	const text = textOf(field, value);
	if (text === '') {
		refuse(
			field,
			'is empty',
			`Enter the ${field}, or correct the expression or column it comes from.`,
		);
	}
	// As a spreadsheet writes it: the same for many customers. Without the plus, it may be an ID.
	if (/^\d(\.\d+)?E\+\d\d$/i.test(text)) refuse(field, ...SCIENTIFIC);
	return checkHeaderText(field, text);
}

/** Text for a header, such as a routing ID: one line, no characters that HTTP forbids. */
export function checkHeaderText(field: string, value: unknown): string {
	const text = textOf(field, value);
	if (/[\r\n]/.test(text)) refuse(field, 'contains a line break', 'Remove the line break.');
	if (!PRINTABLE.test(text)) {
		refuse(
			field,
			'contains characters outside plain ASCII',
			'Use letters without accents, digits and punctuation only.',
		);
	}
	if (text === '.' || text === '..')
		refuse(field, 'contains only dots', `Enter the ${field} as Juspay shows it.`);
	return text;
}

/** A line of free text, such as a beneficiary's name: blanks in a row become one. */
export function checkLine(field: string, value: unknown): string {
	return textOf(field, value, LONGEST_NAME, visibleName).replace(/[\s\u2800]+/g, ' ');
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
export function checkAccountNumber(value: unknown): string {
	const field = 'Account Number';
	// 5.01E+13, read as a number.
	if (typeof value === 'number' && value >= 1e9 && value % 1e5 === 0)
		refuse(field, 'is a number that has lost digits', LOST_DIGITS);
	const written = textOf(field, value).replace(/^'/, '').replace(BLANKS, '');
	const digits = written.replace(/-/g, '');
	if (isAccountNumber(digits) && /^-/.test(written))
		refuse(field, 'is a negative number', "Check the column's values and their format.");
	if (/^0+$/.test(digits))
		refuse(field, 'has only zeros', 'Enter the 9 to 18 digits of the account number.');
	if (isAccountNumber(digits)) return digits;
	if (digits === '') refuse(field, 'is empty', 'Enter the 9 to 18 digits of the account number.');
	if (/^\d+(\.\d+)?e\+?\d+$/i.test(digits)) refuse(field, ...SCIENTIFIC);
	if (FOREIGN_DIGIT.test(digits)) refuse(field, ...FOREIGN_DIGITS);
	if (/^[Xx*•]+\d*$/.test(digits)) refuse(field, 'is masked', FULL_VALUE);
	if (!/^\d+$/.test(digits)) {
		refuse(field, 'may only contain digits (9 to 18)', 'Enter 9 to 18 digits and nothing else.');
	}
	refuse(
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
export function checkIfsc(value: unknown): string {
	const field = 'IFSC';
	const given = textOf(field, value).replace(BLANKS, '');
	const fix = 'An IFSC is four letters, a zero, then six letters or digits, e.g. AABF0008032.';
	if (given === '') refuse(field, 'is empty', fix);
	// Before it is put in upper case, which makes an I of ı, an S of ſ and two letters of one such as ﬀ.
	if (!PRINTABLE.test(given)) {
		refuse(
			field,
			'contains a character other than A to Z and 0 to 9',
			`Type it again: a character may only look like one of these. ${fix}`,
		);
	}
	const ifsc = given.toUpperCase();
	if (/^[A-Z]{4}0[A-Z0-9]{6}$/.test(ifsc)) return ifsc;
	if (ifsc.length !== 11)
		refuse(field, `has ${counted(ifsc.length, 'character')} instead of 11`, fix);
	if (/^[A-Z]{4}O[A-Z0-9]{6}$/.test(ifsc))
		refuse(field, 'has the letter O as its fifth character, where a zero belongs', fix);
	refuse(field, 'is not valid', fix);
}

/** NPCI's own form of a UPI ID for a bank account: number and IFSC. */
const BANK_ACCOUNT_AS_UPI = /^\d{9,18}@[a-z]{4}0[a-z0-9]{6}\.ifsc\.npci$/i;

/** A UPI ID: `handle@provider`. Its case is kept: Juspay shows it to people. */
export function checkVpa(value: unknown): string {
	const field = 'UPI ID';
	const vpa = textOf(field, value);
	const fix = 'A UPI ID is a handle, an @ and a provider, e.g. name@upi.';
	if (vpa === '') refuse(field, 'is empty', fix);
	if (!PRINTABLE.test(vpa))
		refuse(field, 'contains characters outside plain ASCII', `Type it again. ${fix}`);
	if (!vpa.includes('@')) refuse(field, 'has no @', fix);
	if (BANK_ACCOUNT_AS_UPI.test(vpa)) return vpa;
	if (/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(vpa)) refuse(field, 'looks like an email address', fix);
	if (/\*\*/.test(vpa)) refuse(field, 'is masked', FULL_VALUE);
	return isVpa(vpa) ? vpa : refuse(field, 'is not valid', fix);
}

/** True for what looks like a UPI ID: an email address has a dot after its @. */
export function isVpa(text: string): boolean {
	return /^[\w.-]{1,256}@[a-z][a-z0-9]{1,63}$/i.test(text);
}

/** A beneficiary's name; may be empty. Account numbers and UPI IDs come from mixed-up columns, and would be shown. */
export function checkName(value: unknown): string {
	const field = 'Beneficiary Name';
	const name = checkLine(field, value);
	const fix = "Check that the row's columns aren't mixed up.";
	if (isVpa(name)) refuse(field, 'is a UPI ID', fix);
	if (/\d{9}/.test(name)) refuse(field, 'contains what looks like an account number', fix);
	return name === '' || /\p{L}/u.test(name) ? name : refuse(field, 'contains no letters', fix);
}

/** Checks an account of the kind that is asked for. */
export function checkAccount(type: Account['type'], raw: RawAccount): Account {
	if (type === 'upi') return { type, vpa: checkVpa(raw.vpa) };
	const accountNumber = checkAccountNumber(raw.accountNumber);
	const ifsc = checkIfsc(raw.ifsc);
	const beneficiaryName = checkName(raw.beneficiaryName);
	const bankCode = checkLine('Bank Code', raw.bankCode);
	return {
		type,
		accountNumber,
		ifsc,
		...(beneficiaryName && { beneficiaryName }),
		...(bankCode && { bankCode }),
	};
}

/** The merchant's own ID of a customer: 8 characters at least. */
export function checkObjectReferenceId(value: unknown): string {
	const field = 'Your Customer ID';
	const id = checkId(field, value);
	if (id.length >= 8) return id;
	refuse(
		field,
		`must have at least 8 characters; this one has ${id.length}`,
		'Use your own customer ID, padded to at least 8 characters, e.g. customer_1122.',
	);
}

/** An Indian mobile number without its country code, or another country's with the code given apart; may be empty. */
export function checkMobileNumber(value: unknown, countryCode: string): string {
	const field = 'Mobile Number';
	const text = textOf(field, value).replace(/^'/, '').replace(BLANKS, '');
	const digits = text.replace(/[-()]/g, '');
	if (digits === '') return '';
	const fix = "Enter the number without country code, and the code in 'Mobile Country Code'.";
	if (digits.startsWith('+')) refuse(field, 'starts with a country code', fix);
	if (FOREIGN_DIGIT.test(digits)) refuse(field, ...FOREIGN_DIGITS);
	if (!/^\d+$/.test(digits)) refuse(field, 'may only contain digits', fix);
	const isIndian = countryCode === '' || countryCode === '91';
	if (isIndian && /^(91|0)\d{10}$/.test(digits))
		refuse(field, 'starts with a country code or a zero', fix);
	if (isIndian ? digits.length !== 10 : digits.length < 4 || digits.length > 14) {
		refuse(
			field,
			`has ${counted(digits.length, 'digit')} instead of ${isIndian ? '10' : '4 to 14'}`,
			fix,
		);
	}
	return digits;
}

/** A country's calling code: 1 to 3 digits, a plus before them goes; may be empty. */
export function checkCountryCode(value: unknown): string {
	const field = 'Mobile Country Code';
	const digits = textOf(field, value).replace(/^\+/, '');
	if (digits === '' || /^\d{1,3}$/.test(digits)) return digits;
	if (FOREIGN_DIGIT.test(digits)) refuse(field, ...FOREIGN_DIGITS);
	refuse(field, 'is not a calling code', 'Enter one to three digits, e.g. 91.');
}

/** An email address, as far as its form tells; may be empty. */
export function checkEmail(value: unknown): string {
	const field = 'Email Address';
	const text = textOf(field, value);
	if (text === '' || /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(text)) return text;
	refuse(field, 'is not an email address', 'Enter an address such as nathan@example.com.');
}
