import { BLANKS } from '../text';
import type { Checked } from './problem';
import { wrong } from './problem';
import { checkId, counted, FOREIGN_DIGIT, HAS_FOREIGN_DIGITS, textOf, TYPE_DIGITS } from './text';

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
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, HAS_FOREIGN_DIGITS, TYPE_DIGITS);
	}
	if (!/^\d+$/.test(digits)) return wrong(field, 'may only contain digits', fix);
	const isIndian = countryCode === '' || countryCode === '91';
	if (isIndian && /^(91|0)\d{10}$/.test(digits))
		return wrong(field, 'starts with a country code or a zero', fix);
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
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, HAS_FOREIGN_DIGITS, TYPE_DIGITS);
	}
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
