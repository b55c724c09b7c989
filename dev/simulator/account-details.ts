import { z } from 'zod';
import { badField, refusal, type ErrorField } from './errors';
import type { AccountDetails } from './types';

const NAME = 'account_details';

/** The entry of a bank account; `bank_code` stands in one of two places. */
function bankEntry(isCodeInside: boolean) {
	const code = z.string().optional();
	const none = z.undefined();
	return z
		.strictObject({
			bank_account: z.strictObject({
				account_number: z.string().regex(/^\d{9,18}$/),
				ifsc: z.string().regex(/^[A-Z]{4}0[A-Z0-9]{6}$/),
				beneficiary_name: z.string().optional(),
				bank_code: isCodeInside ? code : none,
			}),
			bank_code: isCodeInside ? none : code,
		})
		.transform(
			({ bank_account: bank, bank_code: bankCode = bank.bank_code }): AccountDetails => ({
				accountNumber: bank.account_number,
				ifsc: bank.ifsc,
				...(bank.beneficiary_name !== undefined && { beneficiaryName: bank.beneficiary_name }),
				...(bankCode !== undefined && { bankCode }),
			}),
		);
}

const BANK = { inside: bankEntry(true), beside: bankEntry(false) };

const UPI = z
	.strictObject({
		upi: z.strictObject({ vpa: z.string().regex(/^[\w.-]{2,256}@[A-Za-z][A-Za-z0-9]{1,63}$/) }),
	})
	.transform(({ upi }): AccountDetails => upi);

/** The bad fields of an issue, by their place. */
function fieldsOf(entry: string, issue: z.ZodIssue): ErrorField[] {
	const isMissing = issue.code === 'invalid_type' && issue.received === 'undefined';
	const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key]) : [[]];
	return keys.map((key) => ({
		field_name: [entry, ...issue.path, ...key].join('.'),
		reason: isMissing ? 'MISSING' : 'INVALID',
	}));
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
	if (!text) throw badField(NAME, 'MISSING', `${NAME} is missing.`);
	let entries: unknown;
	try {
		entries = JSON.parse(text);
	} catch {
		throw badField(NAME, 'INVALID', `${NAME} is not JSON.`);
	}
	if (!Array.isArray(entries) || entries.length === 0) {
		throw badField(NAME, 'INVALID', `${NAME} must be a JSON array of one or more accounts.`);
	}
	const problems: ErrorField[] = [];
	const accounts = entries.flatMap((entry: unknown, position) => {
		// An account is one or the other: with both it could not have one ID.
		const isUpi = Object.hasOwn(Object(entry) as object, 'upi');
		const read = (isUpi ? UPI : BANK[bankCodeInside ? 'inside' : 'beside']).safeParse(entry);
		for (const issue of read.error?.issues ?? []) {
			problems.push(...fieldsOf(`${NAME}[${position}]`, issue));
		}
		return read.data ?? [];
	});
	if (problems.length === 0) return accounts;
	const names = problems.map((problem) => problem.field_name).join(', ');
	throw refusal(400, 'INVALID_INPUT', `Invalid account details: ${names}.`, problems);
}
