import type { Account, BankAccount, UpiId } from '../types';
import type { Checked } from './problem';
import { BLANKS } from '../text';
import { wrong } from './problem';
import {
	checkLine,
	counted,
	FOREIGN_DIGIT,
	HAS_FOREIGN_DIGITS,
	LOST_DIGITS,
	PRINTABLE,
	textOf,
	TYPE_DIGITS,
} from './text';

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
	const digits = text.value.replace(/^'/, '').replace(BLANKS, '').replace(/-/g, '');
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
	if (FOREIGN_DIGIT.test(digits)) {
		return wrong(field, HAS_FOREIGN_DIGITS, TYPE_DIGITS);
	}
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
	if (/\*\*/.test(vpa)) {
		return wrong(field, 'is masked', FULL_VALUE);
	}
	if (!/^[\w.-]{1,256}@[a-z][a-z0-9]{1,63}$/i.test(vpa)) {
		return wrong(field, 'is not valid', fix);
	}
	return { value: vpa };
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
