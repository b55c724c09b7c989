import fc from 'fast-check';
import { deleteAccount, getAccount, validateAccount } from '../../nodes/Juspay/wire/contract';
import { readAccounts } from '../../nodes/Juspay/wire/read';
import { isRefusal, readRefusal } from '../../nodes/Juspay/wire/refusal';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { failureOf } from '../../nodes/Juspay/http/messages';
import type { RefusalRow } from '../refusals';
import { REFUSALS } from '../refusals';
import { SETTINGS } from './accounts';

const CONTEXT = { host: 'host', timeout: 30, secrets: [] };

const GET = getAccount('cst_1', 'banh_1', '');
const VALIDATE = validateAccount('cst_1', 'banh_1', SETTINGS);
const DELETE = deleteAccount('cst_1', 'banh_1', '');

const answered = (status: number, body: unknown): Answer => ({
	kind: 'answered',
	status,
	headers: {},
	body: body === '' ? undefined : body,
	...(body === '' && { isEmpty: true }),
});

const answerOf = ({ status, body }: Pick<RefusalRow, 'status' | 'body'>) => answered(status, body);

/** What a Validate that is refused says. */
const validate = (body: object | '', status = 400) =>
	failureOf(answered(status, body), VALIDATE, CONTEXT);

describe('a refusal as Juspay shows it', () => {
	it('is one of thirty', () => {
		expect(REFUSALS).toHaveLength(30);
		expect(new Set(REFUSALS.map(({ name }) => name)).size).toBe(30);
	});

	describe.each(REFUSALS)('$name', (row) => {
		const { code, juspayCode, requestId, says, isDoubt } = row;

		it.each([
			['a Get', GET],
			['a Validate', VALIDATE],
			['a Delete', DELETE],
		])('has its code and its words after %s', (_, call) => {
			const failure = failureOf(answerOf(row), call, CONTEXT);
			expect(failure).toMatchObject({ code, httpStatus: row.status });
			expect(failure.juspayCode).toBe(juspayCode);
			expect(failure.juspayRequestId).toBe(requestId);
			expect(failure.message).toMatch(says);
			expect(failure.message.length).toBeLessThan(150);
			expect(failure.description.length).toBeLessThan(600);
			expect(failure.description).toMatch(
				requestId ? /Juspay's request ID, for their support: req-\d\.$/ : /\.$/,
			);
		});

		it(`leaves ${isDoubt ? 'open whether' : 'no doubt that nothing'} was done`, () => {
			for (const call of [VALIDATE, DELETE]) {
				expect(failureOf(answerOf(row), call, CONTEXT).effect).toBe(isDoubt ? 'unknown' : 'none');
			}
			expect(failureOf(answerOf(row), GET, CONTEXT).effect).toBe('none');
		});

		it('is no list without accounts', () => {
			expect(readAccounts(row.body, 'cst_1')?.accounts ?? []).toEqual([]);
			expect(isRefusal(row.body) || readAccounts(row.body, 'cst_1') === undefined).toBe(true);
		});
	});
});

describe('a refusal that proves nothing', () => {
	it.each<[string, number, object | '']>([
		['another request at work, 409', 409, { error_info: { code: 'DUPLICATE_REQUEST' } }],
		['another request at work, 422', 422, { error_code: 'duplicate_request' }],
		['another request at work, 429', 429, { error_info: { code: 'DUPLICATE_REQUEST' } }],
		['another request at work, 503', 503, { errorInfo: { code: 'DUPLICATE_REQUEST' } }],
		['a network, 400', 400, { error_info: { code: 'NETWORK_ERROR_CODE' } }],
		['a gateway, 400', 400, { error_code: 'GATEWAY_ERROR', error_message: 'It failed' }],
		['a gateway that took too long', 422, { error_code: 'gateway_timed_out' }],
		['a time-out, 401', 401, { errorCode: 'REQUEST_TIMEOUT' }],
		['a time-out, 429', 429, { error_code: 'TIMEOUT' }],
		[
			'a time-out beside a general code',
			400,
			{ error_code: 'TIMEOUT', error_info: { code: 'INVALID_INPUT' } },
		],
		['a category', 400, { error_info: { code: 'SOMETHING', category: 'SERVER_ERROR' } }],
		[
			'a time-out in words',
			400,
			{ error_code: 'invalid_request', error_message: 'Bank timed out' },
		],
		['no words', 400, { error_info: { category: 'USER_ERROR' } }],
		['another form', 400, { message: 'Bad request' }],
		['no body, 400', 400, ''],
		['no body, 401', 401, ''],
		['no body, 403', 403, ''],
		['no body, 422', 422, ''],
	])('%s', (_, status, body) => {
		expect(validate(body, status).effect).toBe('unknown');
	});
});

describe('a refusal in a form that no document shows', () => {
	const INFO = { code: 'UNAUTHORIZED', developer_message: 'This key is unknown' };
	const json = JSON.stringify(INFO);

	it.each<[string, object]>([
		['error_info as JSON within JSON', { error_info: JSON.stringify(json) }],
		['error_info as an array', { error_info: [INFO, { code: 'INVALID_INPUT' }] }],
		['wrapped in data', { status: 'error', data: { error_info: INFO } }],
		['wrapped in error', { error: { errorInfo: INFO } }],
		['wrapped in response, as JSON', { response: JSON.stringify({ error_info: json }) }],
		['"invalid" inside', { error_code: 'access_denied', error_info: { code: 'INVALID_INPUT' } }],
	])('is understood: %s', (_, body) => {
		expect(validate(body, 401)).toMatchObject({ code: 'KEY_REJECTED', effect: 'none' });
	});

	it('has nothing but words for the user', () => {
		const body = { error: true, userMessage: 'Have Juspay turn this on' };
		expect(validate(body)).toMatchObject({ code: 'REFUSED', effect: 'none' });
		expect(validate(body).message).toMatch(/: Have Juspay turn this on$/);
	});

	it.each([[[]], [['x']], ['"x"'], ['"'], ['[]'], [null]])('is none: error_info %j', (info) => {
		expect(isRefusal({ error_info: info })).toBe(false);
	});

	it('has a number for its code', () => {
		expect(validate({ error_code: 1001, error_message: 'No' }).juspayCode).toBe('1001');
		const beside = { error_code: 400, error_info: { code: 'INVALID_INPUT' } };
		expect(validate(beside).juspayCode).toBe('INVALID_INPUT');
		expect(validate({ error_code: 400, error_message: 'Gateway timeout' }).effect).toBe('unknown');
	});
});

describe('what is missing', () => {
	it.each([
		'Customer not found',
		'customer not found.',
		'The customer was not found',
		'Customer does not exist',
		"Customer doesn't exist.",
		'No such customer',
		'Customer account not found',
	])('is told by a message that says nothing else: %s', (error_message) => {
		expect(validate({ error_code: 'invalid_request', error_message }).code).toBe('NOT_FOUND');
	});

	it.each([
		'Customer not found for this gateway',
		'Gateway of the customer not found',
		'Account not found',
		'Customer not found or blocked',
		'Customer mobile number not found',
	])('is not told by a longer one: %s', (error_message) => {
		expect(validate({ error_code: 'invalid_request', error_message }).code).toBe('REFUSED');
	});

	it('is not the merchant account or the gateway, whatever the status', () => {
		for (const status of [400, 404, 422]) {
			for (const code of ['GATEWAY_NOT_FOUND', 'ACCOUNT_NOT_FOUND']) {
				expect(validate({ error_info: { code } }, status)).toMatchObject({
					code: 'SETUP',
					effect: 'none',
				});
			}
		}
	});

	it('is not told by a page that says 404', () => {
		const { code, effect, message } = validate({ message: 'Not Found' }, 404);
		expect([code, effect]).toEqual(['NOT_JUSPAY', 'unknown']);
		expect(message).toMatch(/not like Juspay/);
	});
});

describe('the words of a refusal', () => {
	it.each([
		['Invalid request params', 'Unknown IFSC'],
		['VALIDATION_ERR_42', 'The bank is closed'],
		['Something went wrong. Please try again later.', 'The bank is closed'],
		['BAD_REQUEST', 'mobile number is invalid'],
		['Internal server error', 'Block must be false'],
	])('name the cause in place of "%s"', (general, cause) => {
		const bodies = [
			{ error_message: cause, error_info: { code: 'X_Y', developer_message: general } },
			{ user_message: cause, error_message: general, error_code: 'X_Y' },
			{ error_info: { code: 'X_Y', developer_message: general, user_message: cause } },
			{ userMessage: cause, errorMessage: general, errorCode: 'X_Y' },
		];
		for (const body of bodies) expect(readRefusal(body).message).toBe(cause);
	});

	it.each<[string, string | undefined, boolean]>([
		['gateway_id', undefined, true],
		['preferred_gateway', '', true],
		['gateway_id', 'MISSING', false],
		['my_gateway_id', '', false],
		['gateway_id_2', '', false],
	])('name a Gateway ID instead of every gateway: %s %s', (field_name, reason, isNamed) => {
		const body = { error_info: { code: 'INVALID_INPUT', fields: [{ field_name, reason }] } };
		expect(validate(body).message.includes('Gateway ID is a number')).toBe(isNamed);
	});

	it.each(['should be in from list [', 'one of [', 'fromList [ (', '["'])(
		'come without the list of what is allowed: %s',
		(list) => {
			const reason = `Gateway ${list}1, ${"'PAYU', ".repeat(20)}]`;
			const body = { error_info: { fields: [{ reason }] } };
			expect(readRefusal(body).fields).toEqual([{ name: '', reason: 'Gateway' }]);
		},
	);

	it.each([
		[{ error_code: ' object_not_found' }, 'object_not_found', ''],
		[{ error_code: 'A field is missing' }, '', 'A field is missing'],
		[{ error_info: 'x', error_message: 5 }, '', '5'],
	])('may be few: %j', (body, code, message) => {
		expect(isRefusal(body)).toBe(true);
		expect(readRefusal(body)).toMatchObject({ code, message, fields: [] });
	});

	it('are the general ones where there are no others', () => {
		const body = { error_message: 'Bad request', error_info: { developer_message: 'Invalid' } };
		expect(readRefusal(body).message).toBe('Invalid');
	});
});

describe('what a refusal speaks of', () => {
	const coded = (code: string, more = {}) => ({ error_info: { code, ...more } });

	it.each<[string | undefined, object[]]>([
		[
			'keyRejected',
			['UNAUTHORIZED', 'UNAUTHENTICATED', 'ACCESS_DENIED', 'missing_authentication'].map((it) =>
				coded(it, { developer_message: 'Customer not found', category: 'SERVER_ERROR' }),
			),
		],
		['missing', [coded('RESOURCE_NOT_FOUND'), { error_code: 'object_not_found' }]],
		[
			'exists',
			[
				coded('ALREADY_EXISTS', { developer_message: 'Customer not found' }),
				{ error_code: 'unique', error_info: { code: 'X_Y' } },
			],
		],
		['busy', [{ error_code: 'DUPLICATE_REQUEST', error_info: { code: 'INVALID_INPUT' } }]],
		['setUp', [coded('GATEWAY_NOT_FOUND'), { error_info: { category: 'config_error' } }]],
		['details', [coded('INVALID_ACCOUNT_DETAILS')]],
		[
			'refused',
			['INVALID_INPUT', 'MISSING_MANDATORY_PARAMETER', 'INVALID_ACTION', 'EXPIRED'].map((it) =>
				coded(it),
			),
		],
		[
			'unavailable',
			[
				coded('ALREADY_EXISTS', { category: 'SERVER_ERROR' }),
				coded('ISSUERDOWN'),
				...['A timeout', 'It timed-out', 'time out', 'Network  failure'].map((error_message) => ({
					error_code: 'error',
					error_message,
				})),
			],
		],
		[
			undefined,
			[{ error_code: 'error', error_message: 'Bank timed out', error_info: { code: 'X_Y' } }],
		],
	])('is %s', (subject, bodies) => {
		expect(bodies.map((body) => readRefusal(body).subject)).toEqual(bodies.map(() => subject));
	});
});

describe("Juspay's own code and request ID", () => {
	it.each<[object, string | undefined]>([
		[{ error_code: 'INVALID_BLOCK', error_info: { code: 'UNKNOWN_ERROR' } }, 'INVALID_BLOCK'],
		[{ error_code: 'INVALID_BLOCK', error_info: { code: 'UNKNOWN' } }, 'INVALID_BLOCK'],
		[{ error_info: { code: 'UNKNOWN_ERROR' } }, 'UNKNOWN_ERROR'],
		[{ error_code: 'invalid_request', error_info: { code: 'UNKNOWN_ERROR' } }, 'UNKNOWN_ERROR'],
		[{ error_code: 'Mandatory fields are missing' }, undefined],
		[{ error_code: '4-INVALID', error_message: 'No' }, undefined],
		[{ error_code: '026291800001191', error_message: 'No' }, undefined],
		[{ error_code: 'asha@upi', error_message: 'No' }, undefined],
	])('of %j are told as they are', (body, code) => {
		expect(validate(body).juspayCode).toBe(code);
	});

	it.each([
		['req-1', 'req-1'],
		['3f2504e0-4f89-11d3-9a0c-030512345678', '3f2504e0-4f89-11d3-9a0c-030512345678'],
		['026291800001191', undefined],
		['asha@upi', undefined],
		['two words', undefined],
		['key_1', undefined],
		['0000cafe-4f89-11d3-9a0c-030512345678', undefined],
		['a-3f2504e0-4f89-11d3-9a0c-030512345678', undefined],
		['3f2504e0-4f89-11d3-9a0c-030512345678-0', undefined],
	])('%s is an ID to show, or not', (request_id, shown) => {
		const answer = answered(400, { error_info: { code: 'INVALID_INPUT', request_id } });
		const failure = failureOf(answer, VALIDATE, { ...CONTEXT, secrets: ['key_1', 'CAFE'] });
		expect(failure.juspayRequestId).toBe(shown);
		expect(failure.description.includes(request_id)).toBe(shown !== undefined);
	});
});

describe('any body at all', () => {
	const keys = fc.constantFrom(
		...['error_code', 'error_message', 'error_info', 'errorInfo', 'errorCode', 'response'],
		...['code', 'fields', 'developer_message', 'user_message', 'request_id', 'category'],
	);
	const bodies = fc.letrec((tie) => ({
		value: fc.oneof(
			{ maxDepth: 4 },
			fc.constantFrom<unknown>(
				null,
				'',
				'INVALID_INPUT',
				'x'.repeat(5000),
				3,
				true,
				'{"code":"A"}',
			),
			fc.array(tie('value'), { maxLength: 3 }),
			fc.dictionary(keys, tie('value'), { maxKeys: 5 }),
		),
	})).value;

	it('is read, and what is read is bounded', () => {
		fc.assert(
			fc.property(bodies, (body) => {
				const { code, message, fields, requestId } = readRefusal(body);
				expect(code.length).toBeLessThan(100);
				expect(message.length + requestId.length).toBeLessThan(5000);
				expect(fields.length).toBeLessThan(30);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is cut', () => {
		const body = { error_message: 'x'.repeat(5000), error_info: { fields: Array(50).fill({}) } };
		expect(readRefusal(body).message).toHaveLength(2000);
		expect(readRefusal(body).fields).toHaveLength(20);
	});

	it('has nothing where a text is no object, or far too long', () => {
		expect(isRefusal('{"error_code":"A_B"}')).toBe(true);
		expect(isRefusal('{"error_code"')).toBe(false);
		expect(isRefusal(`{"error_code":"A","x":"${'x'.repeat(200_000)}"}`)).toBe(false);
	});
});
