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
	optional: { beneficiary_name: isText, bank_code: isText },
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

function checkAccount(value: unknown, path: string): ErrorField[] {
	if (!isObject(value)) return [{ field_name: path, reason: 'INVALID' }];
	const [kind, ...others] = Object.keys(value);
	if (kind === undefined) return [{ field_name: path, reason: 'INVALID' }];
	const unknown = [kind, ...others].filter((name) => name !== 'bank_account' && name !== 'upi');
	if (unknown.length > 0) {
		return unknown.map((name) => ({ field_name: `${path}.${name}`, reason: 'INVALID' }));
	}
	// An account is one or the other: with both it could not have one ID.
	if (others.length > 0) return [{ field_name: path, reason: 'INVALID' }];
	return kind === 'upi'
		? checkShape(value.upi, UPI, `${path}.upi`)
		: checkShape(value.bank_account, BANK_ACCOUNT, `${path}.bank_account`);
}

interface WireAccount {
	bank_account?: {
		account_number: string;
		ifsc: string;
		beneficiary_name?: string;
		bank_code?: string;
	};
	upi?: { vpa: string };
}

function fromWire({ bank_account: bank, upi }: WireAccount): AccountDetails {
	if (upi) return { vpa: upi.vpa };
	return {
		accountNumber: bank?.account_number ?? '',
		ifsc: bank?.ifsc ?? '',
		...(bank?.beneficiary_name !== undefined && { beneficiaryName: bank.beneficiary_name }),
		...(bank?.bank_code !== undefined && { bankCode: bank.bank_code }),
	};
}

/**
 * Reads the `account_details` field of a Create: all of it or nothing.
 *
 * @param atMost how many accounts one request may hold
 * @throws Refusal naming every bad field by its position, e.g. `account_details[2].bank_account.ifsc`
 */
export function readAccountDetails(text: string | undefined, atMost = Infinity): AccountDetails[] {
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
	if (accounts.length > atMost) {
		throw badField(name, 'INVALID', `At most ${atMost} accounts can be sent in one request.`);
	}
	const problems = accounts.flatMap((account: unknown, position) =>
		checkAccount(account, `${name}[${position}]`),
	);
	if (problems.length > 0) {
		const names = problems.map((problem) => problem.field_name).join(', ');
		throw refusal(400, 'INVALID_INPUT', `Invalid account details: ${names}.`, problems);
	}
	return (accounts as WireAccount[]).map(fromWire);
}
