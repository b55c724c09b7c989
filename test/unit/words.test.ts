import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/account/types';
import { readCredential, secretsOf } from '../../nodes/Juspay/http/credential';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { createAccounts, getAccount, validateAccount } from '../../nodes/Juspay/wire/contract';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { ErrorContext } from '../../nodes/Juspay/http/messages';
import { failureOf } from '../../nodes/Juspay/http/messages';
import { SETTINGS } from './accounts';
import { accountNumbers, vpas } from './arbitraries';

const KEY = 'sk_live_Ab3xYz9';
const CONTEXT: ErrorContext = {
	host: 'sandbox.juspay.in',
	timeout: 30,
	secrets: secretsOf(readCredential({ apiKey: KEY })),
};
const ACCOUNT: Account = { type: 'upi', vpa: 'asha@upi' };
const create = createAccounts('cst_1', [ACCOUNT], SETTINGS);

const answered = (status: number, body?: unknown, headers = {}): Answer => ({
	kind: 'answered',
	status,
	headers,
	body,
});
const info = (code: string, developer_message = 'Their words.') => ({
	error_info: { code, developer_message, fields: [{ field_name: 'ifsc', reason: 'INVALID' }] },
});
const NOT_FOUND = {
	error_code: 'object_not_found',
	error_message: 'Cannot find what you are looking for',
};

describe('whether to run the workflow again', () => {
	const validate = validateAccount('cst_1', 'banh_1', SETTINGS);

	/** Answers after which nobody knows whether the call has taken effect. */
	const IN_DOUBT: [string, Answer][] = [
		['stopped', { kind: 'stopped', sent: true }],
		['a time-out', { kind: 'timedOut', code: 'ECONNABORTED' }],
		['a broken connection', { kind: 'lost', code: 'ECONNRESET' }],
		['an answer too large', { kind: 'tooLarge' }],
		['200, no JSON', answered(200)],
		['200, a refusal', answered(200, info('INVALID_INPUT'))],
		['302', answered(302)],
		['408', answered(408)],
		['409, busy', answered(409, info('DUPLICATE_REQUEST'))],
		['409, there already', answered(409, info('ALREADY_EXISTS'))],
		['418 of a proxy', answered(418, '<html>')],
		['422', answered(422, info('DUPLICATE_REQUEST'))],
		['500', answered(500, info('INTERNAL_ERROR'))],
	];

	it.each(IN_DOUBT)('only once the outcome of a validation is known: %s', (_, answer) => {
		const { effect, description } = failureOf(answer, validate, CONTEXT);
		expect(effect).toBe('unknown');
		expect(description.replace('again only once you know the outcome', '')).not.toMatch(
			/\bagain\b/,
		);
	});

	it.each(IN_DOUBT)('at any time after a create, which is looked for: %s', (_, answer) => {
		const { effect, description } = failureOf(answer, create, CONTEXT);
		expect(effect).toBe('unknown');
		expect(description).not.toMatch(/only once/);
	});

	it.each<[string, Answer, RegExp]>([
		['stopped before', { kind: 'stopped', sent: false }, /Run the workflow again:/],
		[
			'no connection',
			{ kind: 'unreachable', code: 'ECONNREFUSED' },
			/Run the workflow again later/,
		],
		['429', answered(429), /Run the workflow again later/],
		['400', answered(400, info('INVALID_INPUT')), /and run the workflow again\./],
	])('where a validation was not started: %s', (_, answer, expected) => {
		const { effect, description } = failureOf(answer, validate, CONTEXT);
		expect(effect).toBe('none');
		expect(description).toMatch(expected);
	});
});

describe('what is shown', () => {
	const BASIC = Buffer.from(`${KEY}:`).toString('base64');
	const statuses = fc.constantFrom(200, 302, 400, 401, 403, 404, 409, 418, 429, 500, 502);

	/** An answer that repeats a text in every place it has. */
	const echoing = (status: number, text: string): Answer =>
		answered(
			status,
			{
				status: text,
				error_code: text,
				error_message: text,
				error_info: {
					code: text,
					category: text,
					user_message: text,
					developer_message: text,
					fields: [{ field_name: text, reason: text }],
				},
			},
			{ 'retry-after': text },
		);

	it.each([
		['the API key', KEY],
		['the API key as it travels', BASIC],
	])('is never %s, whatever an answer repeats', (_, secret) => {
		fc.assert(
			fc.property(statuses, fc.string({ maxLength: 20 }), (status, noise) => {
				const failure = failureOf(echoing(status, `${noise} ${secret}.`), create, CONTEXT);
				const shown = JSON.stringify(failure).toLowerCase();
				expect(shown).not.toContain(secret.toLowerCase());
			}),
		);
	});

	it('is never an account number or a UPI ID', () => {
		fc.assert(
			fc.property(statuses, accountNumbers, vpas, (status, number, vpa) => {
				const failure = failureOf(
					echoing(status, `no ${number} or "${vpa}" here`),
					create,
					CONTEXT,
				);
				const shown = JSON.stringify(failure).toLowerCase();
				expect(shown).not.toContain(number);
				expect(shown).not.toContain(`"${vpa.toLowerCase()}`);
				expect(shown).not.toContain(` ${vpa.toLowerCase()}`);
			}),
		);
	});

	it('is one line, of a length that can be read', () => {
		const failure = failureOf(
			echoing(400, `long\n\tline ${'word '.repeat(1000)}`),
			create,
			CONTEXT,
		);
		expect(failure.message).not.toMatch(/[\n\t]/);
		expect(failure.message.length).toBeLessThan(400);
		expect(failure.description).not.toMatch(/[\n\t]/);
		expect(failure.description.length).toBeLessThan(1000);
	});
});

describe("Juspay's own words, by which two refusals are known to have one reason", () => {
	const refused = (error: object) => failureOf(answered(400, error), create, CONTEXT).reason;

	it.each<[string, object, string | undefined]>([
		['code and message', info('INVALID_INPUT', 'IFSC is wrong.'), 'INVALID_INPUT IFSC is wrong'],
		['a code alone', { error_code: 'feature_not_enabled' }, 'feature_not_enabled'],
		['a message alone', { error_message: 'No.' }, 'No'],
		['no words', { error_info: { category: 'x' } }, undefined],
		['an account number', { error_message: 'Bad account 026291800001191' }, undefined],
		['a masked account number', { error_message: 'Bad account XXXX1191' }, undefined],
		['a UPI ID', { error_message: 'Bad ID asha@upi' }, undefined],
		['a masked UPI ID', { error_message: 'Bad ID a****' }, undefined],
	])('are told of %s', (_, error, reason) => {
		expect(refused(error)).toBe(reason);
	});

	it('are left out where they name an account', () => {
		fc.assert(
			fc.property(fc.oneof(accountNumbers, vpas), (account) => {
				expect(refused({ error_code: 'x', error_message: `No: ${account}.` })).toBeUndefined();
			}),
		);
	});

	it('are not there where nobody answered, and neither is a status', () => {
		const failure = failureOf({ kind: 'lost', code: 'X' }, create, CONTEXT);
		expect(failure).not.toHaveProperty('reason');
		expect(failure).not.toHaveProperty('httpStatus');
	});
});

describe('an ID that is looked for in vain', () => {
	const missing = (id: string) =>
		failureOf(answered(404, NOT_FOUND), getAccount('cst_1', id, ''), CONTEXT).message;

	it('is masked where it is an account number, given in the place of the ID', () => {
		expect(missing('026291800001191')).toBe(
			'Juspay has no account XXXXXXXXXXX1191 for customer cst_1',
		);
	});
});

describe("Juspay's words at the end of a description", () => {
	const description = (error: object) =>
		failureOf(answered(400, error), create, CONTEXT).description;

	it('are its message, its code and the fields that it names', () => {
		const fields = [
			{ field_name: 'ifsc', reason: 'INVALID' },
			{ field_name: 'vpa' },
			{ reason: 'MISSING' },
		];
		const error = { error_info: { code: 'INVALID_INPUT', developer_message: 'No.', fields } };
		expect(description(error)).toMatch(
			/\. Juspay says: No; code INVALID_INPUT; fields: ifsc \(INVALID\), vpa\.$/,
		);
	});

	it('are no fields where none has a name', () => {
		const error = { error_info: { code: 'INVALID_INPUT', fields: [{ reason: 'MISSING' }] } };
		expect(description(error)).toMatch(/\. Juspay says: code INVALID_INPUT\.$/);
	});
});

describe('what exists already', () => {
	const validate = validateAccount('cst_1', 'banh_1', SETTINGS);

	it('is told of a validation and of a delete in other words than of a create', () => {
		const said = (call: Call) => failureOf(answered(400, info('ALREADY_EXISTS')), call, CONTEXT);
		expect(said(create).message).toBe('This already exists in Juspay');
		expect(said(validate)).toMatchObject({
			message: 'Juspay says that this was done before (validate the account)',
			description: expect.stringMatching(/^Use Get to see/) as string,
		});
	});
});

describe('too many requests', () => {
	it.each([
		[1, /^Run fewer workflows that use this API key/],
		[2, /^Lower 'Concurrency' under Options/],
		[undefined, /^Lower 'Concurrency' under Options/],
	])('with a concurrency of %s', (concurrency, todo) => {
		const { description } = failureOf(answered(429), create, { ...CONTEXT, concurrency });
		expect(description).toMatch(todo);
		expect(description.includes("'Concurrency'")).toBe(concurrency !== 1);
	});
});

describe("a reason with an X in it, which isn't a mask", () => {
	it('is told', () => {
		const answer = answered(400, { error_code: 'expired', error_message: 'Expired' });
		expect(failureOf(answer, create, CONTEXT).reason).toBe('expired Expired');
	});
});

describe("the customer's ID in Juspay's own words", () => {
	const ID = '1122334455';
	const said = (words: string, accountNumber: string, customerId = ID) => {
		const account: Account = { type: 'bankAccount', accountNumber, ifsc: 'AABF0008032' };
		const call = createAccounts(customerId, [account], {
			routingId: '',
			gatewayId: '',
			gatewayReferenceId: '',
			validationAmount: '',
			bodyFields: [],
		});
		return failureOf(answered(400, { error_message: words }), call, CONTEXT).message;
	};

	it.each([ID, `merchant-${ID}`])('stays readable: %s', (id) => {
		expect(said(`Customer ${id} is blocked`, '026291800001191', id)).toContain(
			`Customer ${id} is blocked`,
		);
	});

	it.each([
		['an account number of the request', `Account ${ID} is blocked`, ID],
		['a part of a longer number', `Account ${ID}66 is blocked`, '026291800001191'],
		['a part of a longer number with blanks', `Account ${ID} 66 is blocked`, '026291800001191'],
	])('is masked as %s', (_, words, accountNumber) => {
		expect(said(words, accountNumber)).not.toContain(ID);
	});
});
