import { hasOnlyBlanks, trimBlanks, visible, visibleName } from '../text';
import type { Checked } from './problem';
import { wrong } from './problem';

/** No ID, account number or UPI ID has more characters. */
export const LONGEST_ID = 256;

/** No name has more characters. */
export const LONGEST_NAME = 500;

/** A count in words: "1 digit", "2 digits". */
export function counted(count: number, one: string): string {
	return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/** A digit of another script, a full-width one, or one like ² and ①: it looks like 0 to 9, but isn't. */
export const FOREIGN_DIGIT = /[^\P{N}0-9]/u;

/** How a message says so. */
export const HAS_FOREIGN_DIGITS = 'contains digits of another script';

/** What to do about them. */
export const TYPE_DIGITS = 'Type the digits 0 to 9.';

/** Characters that an HTTP header value may contain. */
export const PRINTABLE = /^[\x20-\x7e]*$/;

/** What to do about a number that a spreadsheet has cut. */
export const LOST_DIGITS =
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
