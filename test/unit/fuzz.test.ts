/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the nightly run asks for more cases */
import fc from 'fast-check';
import { readAccount, readAccounts, readCustomer, readDeleted } from '../../nodes/Juspay/wire/read';
import { readRefusal } from '../../nodes/Juspay/wire/refusal';
import { parseJson } from '../../nodes/Juspay/http/body';
import { checkAccount } from '../../nodes/Juspay/account/check';
import { fromJson } from '../../nodes/Juspay/account/read';
import { accountNumbers, anything, anyText, ifscs, vpas } from './arbitraries';
import { checked } from './checked';

/** In CI; `npm run test:fuzz` tries 20,000 each night. */
const CASES = Number(process.env.FUZZ_CASES ?? 2_000);

jest.setTimeout(CASES * 60);

const fuzz = <T>(cases: fc.Arbitrary<T>, holds: (value: T) => void) =>
	fc.assert(fc.property(cases, holds), { numRuns: CASES });

/** Keys that the readers know, and keys that hurt. */
const KEYS = [
	...['object', 'id', 'bank_account_id', 'customer_id', 'list', 'data', 'accounts', 'total'],
	...['account_details', 'bank_account', 'upi', 'vpa', 'account_number', 'ifsc', 'bank_name'],
	...[
		'validation_status',
		'status',
		'error',
		'error_code',
		'error_message',
		'error_info',
		'fields',
	],
	...['accountNumber', 'beneficiaryName', 'bankCode', 'constructor', '__proto__', 'toString', ''],
];

const values = fc.oneof(
	{ weight: 3, arbitrary: accountNumbers },
	{ weight: 2, arbitrary: ifscs },
	{ weight: 2, arbitrary: vpas },
	fc.constantFrom('banh_1', 'cst_one', 'ACTIVE', 'active ', 'DELETED', 'customer_account', ''),
	fc.constantFrom(null, true, 0, -1, 1e21, 123456789012345),
	anyText(40),
);

/** JSON as Juspay or a user may write it, at any depth. */
const { node: documents } = fc.letrec<{ node: unknown }>((tie) => ({
	node: fc.oneof(
		{ maxDepth: 5, depthSize: 'medium' },
		values,
		fc.array(tie('node'), { maxLength: 5 }),
		fc
			.array(fc.tuple(fc.constantFrom(...KEYS), tie('node')), { maxLength: 8 })
			// As JSON.parse does it: `__proto__` is a key like any other.
			.map((entries) => JSON.parse(JSON.stringify(Object.fromEntries(entries))) as unknown),
	),
}));

const digitsIn = (text: string) => text.match(/\d{9,18}/g) ?? [];

describe("Juspay's answers, fuzzed", () => {
	it('are read without being thrown at, and every entry is accounted for', () => {
		fuzz(documents, (body) => {
			const read = readAccounts(body, 'cst_one');
			if (!read) return;
			const { accounts, refusals, entries, total } = read;
			expect(accounts.length + refusals.length).toBeLessThanOrEqual(entries);
			expect(total === undefined || (Number.isInteger(total) && total >= 0)).toBe(true);
			const text = JSON.stringify(body);
			for (const { id, accountNumber, vpa, status } of accounts) {
				expect(id).not.toBe('');
				expect(status).toBe(status.trim().toUpperCase());
				// Nothing is made up: what is read stands in the answer.
				for (const part of [id, accountNumber, vpa]) {
					expect(text).toContain(JSON.stringify(part).slice(1, -1));
				}
			}
		});
	});

	it('show the one account, the customer, the deletion and the refusal, or nothing', () => {
		fuzz(documents, (body) => {
			expect(readAccount(body, 'cst_one', 'banh_1')?.id ?? 'banh_1').toBe('banh_1');
			expect(readCustomer(body)?.id).not.toBe('');
			expect(typeof readDeleted(body, 'banh_1')).toBe('boolean');
			const { code, message, fields } = readRefusal(body);
			expect([code, message, ...fields.map(({ name }) => name)].map((it) => typeof it)).toEqual(
				Array.from({ length: fields.length + 2 }, () => 'string'),
			);
		});
	});

	it('keep an account that stands in a known form, whatever stands beside it', () => {
		const known = fc.record({ number: accountNumbers, ifsc: ifscs, noise: documents });
		fuzz(known, ({ number, ifsc, noise }) => {
			const account = {
				id: 'banh_known',
				validation_status: 'CREATED',
				account_details: { bank_account: { account_number: number, ifsc }, extra: 1 },
			};
			const read = readAccounts({ object: 'list', list: [account, noise] }, 'cst_one');
			expect(read?.accounts[0]).toMatchObject({ id: 'banh_known', accountNumber: number, ifsc });
		});
	});
});

describe('the JSON of an answer, fuzzed', () => {
	/** Any document as text, cut, doubled or with a character changed. */
	const texts = fc
		.tuple(documents, fc.nat(), anyText(3), fc.nat(3))
		.map(([document, place, text, kind]) => {
			const json = JSON.stringify(document) ?? '';
			const at = place % (json.length + 1);
			if (kind === 0) return json;
			if (kind === 1) return json.slice(0, at);
			return json.slice(0, at) + text + json.slice(kind === 2 ? at : at + 1);
		});

	it('is JSON exactly where JSON.parse says so', () => {
		fuzz(texts, (text) => {
			let isJson = true;
			try {
				JSON.parse(text);
			} catch {
				isJson = false;
			}
			expect(parseJson(text) !== undefined).toBe(isJson);
		});
	});

	it('keeps all digits of an account number that is sent as a number', () => {
		const numbers = accountNumbers.map((it) => it.replace(/^0+/, '1'));
		fuzz(fc.tuple(documents, numbers), ([document, number]) => {
			const text = `{"beside":${JSON.stringify(document) ?? 'null'},"account_number":${number}}`;
			const read = parseJson(text) as { beside: unknown; account_number: number | string };
			expect(String(read.account_number)).toBe(number);
			expect(read.beside).toEqual(JSON.parse(JSON.stringify(document) ?? 'null'));
		});
	});
});

describe('the accounts of the input, fuzzed', () => {
	it('are read, or refused with bad input alone, and no problem shows an account number', () => {
		fuzz(fc.oneof(documents, anything), (json) => {
			const found = checked(() => fromJson(json));
			const problems =
				'problem' in found
					? [found.problem]
					: found.value.accounts.flatMap((entry) => ('problem' in entry ? [entry.problem] : []));
			const said = problems.map(({ field, wrong, fix }) => `${field} ${wrong}. ${fix}`).join(' ');
			expect(digitsIn(said)).toEqual([]);
		});
	});

	it('that pass the checks are those of the input, digit by digit', () => {
		const entries = fc.record(
			{ accountNumber: accountNumbers, ifsc: ifscs, beneficiaryName: documents, other: documents },
			{ requiredKeys: ['accountNumber', 'ifsc'] },
		);
		fuzz(fc.array(entries, { minLength: 1, maxLength: 4 }), (accounts) => {
			const found = fromJson(JSON.stringify(accounts));
			expect(found.accounts).toHaveLength(accounts.length);
			for (const [index, entry] of found.accounts.entries()) {
				if ('problem' in entry) continue;
				const account = checked(() => checkAccount(entry.type, entry.raw));
				if ('problem' in account) continue;
				expect(account.value).toMatchObject({
					accountNumber: accounts[index]!.accountNumber,
					ifsc: accounts[index]!.ifsc,
				});
			}
		});
	});
});
