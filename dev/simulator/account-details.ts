import { badField, refusal, type ErrorField } from './errors';
import type { AccountDetails } from './types';

const ACCOUNT_NUMBER = /^\d{9,18}$/;
const IFSC = /^[A-Z]{4}0[A-Z0-9]{6}$/;
const VPA = /^[\w.-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}$/;

type Rule = (value: unknown) => boolean;

const matches =
	(pattern: RegExp): Rule =>
	(value) =>
		typeof value === 'string' && pattern.test(value);

const isText: Rule = (value) => typeof value === 'string';

interface Shape {
	required: Record<string, Rule>;
	optional: Record<string, Rule>;
}

const BANK_ACCOUNT: Shape = {
	required: { account_number: matches(ACCOUNT_NUMBER), ifsc: matches(IFSC) },
	optional: { beneficiary_name: isText },
};

const BANK_ACCOUNT_WITH_CODE: Shape = {
	...BANK_ACCOUNT,
	optional: { ...BANK_ACCOUNT.optional, bank_code: isText },
};

const UPI: Shape = { required: { vpa: matches(VPA) }, optional: {} };

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkShape(value: unknown, shape: Shape, path: string): ErrorField[] {
	if (!isObject(value)) return [{ field_name: path, reason: 'INVALID' }];
	const problems: ErrorField[] = [];
	for (const [name, holds] of Object.entries(shape.required)) {
		if (value[name] === undefined)
			problems.push({ field_name: `${path}.${name}`, reason: 'MISSING' });
		else if (!holds(value[name]))
			problems.push({ field_name: `${path}.${name}`, reason: 'INVALID' });
	}
	for (const [name, given] of Object.entries(value)) {
		if (Object.hasOwn(shape.required, name)) continue;
		const holds = Object.hasOwn(shape.optional, name) ? shape.optional[name] : undefined;
		if (!holds?.(given)) problems.push({ field_name: `${path}.${name}`, reason: 'INVALID' });
	}
	return problems;
}

/** The fields of one account in the array: exactly one of the two kinds, and what may stand beside it. */
function checkAccount(value: unknown, path: string, bankCodeInside: boolean): ErrorField[] {
	if (!isObject(value)) return [{ field_name: path, reason: 'INVALID' }];
	const isBank = value.bank_account !== undefined;
	const isUpi = value.upi !== undefined;
	const mayStandBeside = isBank && !isUpi && !bankCodeInside ? ['bank_code'] : [];
	const allowed = ['bank_account', 'upi', ...mayStandBeside];
	const unknown = Object.keys(value).filter((name) => !allowed.includes(name));
	if (unknown.length > 0) {
		return unknown.map((name) => ({ field_name: `${path}.${name}`, reason: 'INVALID' }));
	}
	// An account is one or the other: with both it could not have one ID.
	if (isBank === isUpi) return [{ field_name: path, reason: 'INVALID' }];
	if (isUpi) return checkShape(value.upi, UPI, `${path}.upi`);
	const bank = bankCodeInside ? BANK_ACCOUNT_WITH_CODE : BANK_ACCOUNT;
	const problems = checkShape(value.bank_account, bank, `${path}.bank_account`);
	if (value.bank_code !== undefined && !isText(value.bank_code)) {
		problems.push({ field_name: `${path}.bank_code`, reason: 'INVALID' });
	}
	return problems;
}

interface WireAccount {
	bank_code?: string;
	bank_account?: {
		account_number: string;
		ifsc: string;
		beneficiary_name?: string;
		bank_code?: string;
	};
	upi?: { vpa: string };
}

function fromWire({ bank_account: bank, bank_code: beside, upi }: WireAccount): AccountDetails {
	if (upi) return { vpa: upi.vpa };
	const bankCode = beside ?? bank?.bank_code;
	return {
		accountNumber: bank?.account_number ?? '',
		ifsc: bank?.ifsc ?? '',
		...(bank?.beneficiary_name !== undefined && { beneficiaryName: bank.beneficiary_name }),
		...(bankCode !== undefined && { bankCode }),
	};
}

/**
 * Reads the `account_details` field of a Create.
 *
 * @param bankCodeInside - whether `bank_code` belongs in `bank_account`; only one of the two places is accepted
 * @throws Refusal that names bad fields by their position, e.g. `account_details[2].bank_account.ifsc`
 */
export function readAccountDetails(
	text: string | undefined,
	bankCodeInside: boolean,
): AccountDetails[] {
	const name = 'account_details';
	if (text === undefined || text === '') throw badField(name, 'MISSING', `${name} is missing.`);
	let accounts: unknown;
	try {
		accounts = JSON.parse(text);
	} catch {
		throw badField(name, 'INVALID', `${name} is not JSON.`);
	}
	if (!Array.isArray(accounts) || accounts.length === 0) {
		throw badField(name, 'INVALID', `${name} must be a JSON array of one or more accounts.`);
	}
	const problems = accounts.flatMap((account: unknown, position) =>
		checkAccount(account, `${name}[${position}]`, bankCodeInside),
	);
	if (problems.length > 0) {
		const names = problems.map((problem) => problem.field_name).join(', ');
		throw refusal(400, 'INVALID_INPUT', `Invalid account details: ${names}.`, problems);
	}
	return accounts.map(fromWire);
}
