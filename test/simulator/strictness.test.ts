import { basic, create, send, wireAccounts, type Seen } from './caller';
import { startSimulator, type Simulator } from '../../dev/simulator/simulator';

const LIST = '/customers/customer_1122/customer-accounts/list';
const CREATE = '/customers/customer_1122/accounts';
const UPI = { vpa: 'user@upi' };
const ACCOUNT_DETAILS = wireAccounts([UPI]);

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ apiKey: 'key', customers: ['customer_1122'] });
});

afterEach(() => {
	simulator.configure({
		merchantId: undefined,
		bankCodeInside: undefined,
	});
	simulator.reset();
});

afterAll(async () => await simulator.close());

function expectRefusal(answer: Seen, status: number, code: string, field?: string, why?: string) {
	expect(answer.status).toBe(status);
	expect(answer.json).toMatchObject({
		status: 'error',
		error_code: expect.any(String) as string,
		// The documented 401 has none.
		...(status !== 401 && { error_message: expect.any(String) as string }),
		error_info: {
			code,
			category: 'USER_ERROR',
			user_message: expect.any(String) as string,
			developer_message: expect.any(String) as string,
			...(field && { fields: [{ field_name: field, reason: why ?? 'INVALID' }] }),
		},
	});
	expect(simulator.accounts()).toEqual([]);
	expect(simulator.counters.accountsMade).toBe(0);
}

const NOT_FOUND = {
	status: 'invalid_request_error',
	error_code: 'object_not_found',
	error_message: 'Nothing was found under this ID.',
	error_info: {
		code: 'RESOURCE_NOT_FOUND',
		user_message: 'The request can not be processed.',
		developer_message: 'There is no such customer or account.',
		category: 'USER_ERROR',
	},
};

describe('who asks', () => {
	test.each([
		['none', undefined],
		['another key', basic('other')],
		['the key as password', basic('', 'key')],
		['a password', basic('key', 'secret')],
		['no colon', `Basic ${Buffer.from('key').toString('base64')}`],
		['another scheme', 'Bearer key'],
		['no base64', 'Basic key:'],
	])('401: %s', async (_name, authorization) => {
		const answer = await send(simulator, 'GET', LIST, { headers: { authorization } });
		expectRefusal(answer, 401, 'UNAUTHORIZED');
		expect(answer.json).toMatchObject({ error_code: 'access_denied' });
	});

	test('a merchant ID set must be sent; not set, it may', async () => {
		const headers = { 'x-merchantid': 'acme' };
		expect((await send(simulator, 'GET', LIST, { headers })).status).toBe(200);
		simulator.configure({ merchantId: 'acme' });
		expect((await send(simulator, 'GET', LIST, { headers })).status).toBe(200);
		for (const wrong of [undefined, 'Acme']) {
			const answer = await send(simulator, 'GET', LIST, { headers: { 'x-merchantid': wrong } });
			expectRefusal(answer, 403, 'UNAUTHORIZED');
		}
	});
});

describe('how', () => {
	test.each([
		['application/json', 415],
		[undefined, 415],
		['application/x-www-form-urlencoded-not', 415],
		['application/x-www-form-urlencoded; charset=utf-8', 200],
		['Application/X-WWW-Form-URLEncoded', 200],
	])('content type %s: %i', async (contentType, status) => {
		const answer = await send(simulator, 'POST', CREATE, {
			headers: { 'content-type': contentType },
			body: { account_details: ACCOUNT_DETAILS },
		});
		if (status === 200) expect(answer.status).toBe(200);
		else expectRefusal(answer, status, 'INVALID_INPUT');
	});

	test('x-routing-id is demanded', async () => {
		for (const [method, path] of [
			['GET', LIST],
			['GET', '/customers/customer_1122'],
		] as const) {
			const answer = await send(simulator, method, path, {
				headers: { 'x-routing-id': undefined },
			});
			expectRefusal(answer, 400, 'MISSING_MANDATORY_PARAMETER', 'x-routing-id', 'MISSING');
		}
		const answer = await send(simulator, 'POST', CREATE, {
			headers: { 'x-routing-id': undefined },
			body: { account_details: ACCOUNT_DETAILS },
		});
		expectRefusal(answer, 400, 'MISSING_MANDATORY_PARAMETER', 'x-routing-id', 'MISSING');
	});
});

describe('what is not there', () => {
	test.each([
		['GET', '/customers/nobody'],
		['POST', '/customers/nobody'],
		['POST', '/customers/nobody/accounts'],
		['POST', '/customers//accounts'],
		['GET', '/customers/nobody/customer-accounts/list'],
		['GET', '/customers/nobody/customer-accounts/banh_1'],
		['GET', '/customers/customer_1122/customer-accounts/banh_1'],
		['POST', '/customers/customer_1122/customer-accounts/banh_1'],
		['POST', '/customers/customer_1122/customer-accounts/banh_1/validate'],
		['GET', '/'],
		['GET', '/customers'],
		['GET', '/customers/customer_1122/accounts'],
		['DELETE', '/customers/customer_1122'],
		['PUT', '/customers/customer_1122'],
		['POST', '/bank-accounts'],
	])('404: %s %s', async (method, path) => {
		const answer = await send(simulator, method, path, {
			...(method === 'POST' && {
				body: path.endsWith('banh_1')
					? { command: 'delete' }
					: path.endsWith('accounts')
						? { account_details: ACCOUNT_DETAILS }
						: {},
			}),
		});
		expect(answer.status).toBe(404);
		// Of what isn't one of the API's addresses, Juspay says nothing.
		if (simulator.requests().at(-1)?.call === 'unknown') expect(answer.text).toBe('');
		else expect(answer.json).toEqual(NOT_FOUND);
	});
});

describe('form fields', () => {
	test.each([
		['create', CREATE, { account_details: ACCOUNT_DETAILS, account_detail: 'x' }, 'account_detail'],
		['create', CREATE, { account_details: ACCOUNT_DETAILS, amount: '1' }, 'amount'],
		['create', CREATE, { account_details: ACCOUNT_DETAILS, Udf1: '1' }, 'Udf1'],
		['validate', '/validate', { gatewayId: 'x' }, 'gatewayId'],
		['delete', '', { command: 'delete', reason: 'x' }, 'reason'],
	])('an unknown one on %s is refused by name', async (call, path, body, field) => {
		const base = '/customers/customer_1122/customer-accounts';
		const seeded = call === 'create' ? '' : simulator.seedAccount('customer_1122', UPI);
		const to = call === 'create' ? path : `${base}/${seeded}${path}`;
		const answer = await send(simulator, 'POST', to, { body: body as Record<string, string> });
		expect(answer.status).toBe(400);
		expect(answer.json).toMatchObject({
			error_info: { code: 'INVALID_INPUT', fields: [{ field_name: field, reason: 'INVALID' }] },
		});
		expect(simulator.counters).toMatchObject({
			accountsMade: 0,
			validationsStarted: 0,
			deletesDone: 0,
		});
	});

	test.each(['0', '-1', 'one', '', '1e3', '0.00', ' 1', 'Infinity'])(
		'amount %j is refused',
		async (amount) => {
			expectRefusal(
				await create(simulator, [UPI], { command: 'validate', amount }),
				400,
				'INVALID_INPUT',
				'amount',
			);
			const id = simulator.seedAccount('customer_1122', UPI);
			const path = `/customers/customer_1122/customer-accounts/${id}/validate`;
			expect((await send(simulator, 'POST', path, { body: { amount } })).status).toBe(400);
			expect(simulator.counters.validationsStarted).toBe(0);
		},
	);
});

describe('account_details', () => {
	const bank = (change: Record<string, unknown> = {}) => ({
		bank_account: { account_number: '026291800001191', ifsc: 'AABF0008032', ...change },
	});
	const good = { upi: { vpa: 'user@upi' } };

	test('missing', async () => {
		const answer = await send(simulator, 'POST', CREATE, { body: { command: 'validate' } });
		expectRefusal(answer, 400, 'MISSING_MANDATORY_PARAMETER', 'account_details', 'MISSING');
	});

	test.each(['{', '{}', '[]', 'null', '"x"'])('%s is no array of accounts', async (details) => {
		const answer = await send(simulator, 'POST', CREATE, { body: { account_details: details } });
		expectRefusal(answer, 400, 'INVALID_INPUT', 'account_details');
	});

	test.each<[unknown, string, string]>([
		[bank({ ifsc: 'aabf0008032' }), '.bank_account.ifsc', 'INVALID'],
		[bank({ ifsc: 'AABF1008032' }), '.bank_account.ifsc', 'INVALID'],
		[bank({ ifsc: 'AABF000803' }), '.bank_account.ifsc', 'INVALID'],
		[bank({ ifsc: undefined }), '.bank_account.ifsc', 'MISSING'],
		[bank({ account_number: undefined }), '.bank_account.account_number', 'MISSING'],
		[bank({ account_number: 26291800001191 }), '.bank_account.account_number', 'INVALID'],
		[bank({ account_number: '12345678' }), '.bank_account.account_number', 'INVALID'],
		[bank({ account_number: '1'.repeat(19) }), '.bank_account.account_number', 'INVALID'],
		[bank({ account_number: ' 123456789' }), '.bank_account.account_number', 'INVALID'],
		[bank({ beneficiary_name: 1 }), '.bank_account.beneficiary_name', 'INVALID'],
		[bank({ bank_code: 'JP_HDFC' }), '.bank_account.bank_code', 'INVALID'],
		[{ ...bank(), bank_code: 500007 }, '.bank_code', 'INVALID'],
		[{ ...good, bank_code: 'JP_HDFC' }, '.bank_code', 'INVALID'],
		[{ bank_code: 'JP_HDFC' }, '.bank_code', 'INVALID'],
		[bank({ accountNumber: '1' }), '.bank_account.accountNumber', 'INVALID'],
		[{ bank_account: null }, '.bank_account', 'INVALID'],
		[{ upi: [] }, '.upi', 'INVALID'],
		[{ upi: {} }, '.upi.vpa', 'MISSING'],
		[{ upi: { vpa: 'user' } }, '.upi.vpa', 'INVALID'],
		[{ upi: { vpa: 'u@upi' } }, '.upi.vpa', 'INVALID'],
		[{ upi: { vpa: 'user@1upi' } }, '.upi.vpa', 'INVALID'],
		[{ upi: { vpa: 'user@upi', name: 'x' } }, '.upi.name', 'INVALID'],
		[{ ...bank(), ...good }, '', 'INVALID'],
		[{ bank: {} }, '.bank', 'INVALID'],
		[{}, '', 'INVALID'],
		['x', '', 'INVALID'],
		[null, '', 'INVALID'],
	])('one bad account, %j, rejects all three, named by its position', async (bad, field, why) => {
		const body = { account_details: JSON.stringify([good, bank(), bad]) };
		const answer = await send(simulator, 'POST', CREATE, { body });
		expectRefusal(answer, 400, 'INVALID_INPUT', `account_details[2]${field}`, why);
	});

	test('bank_code stands beside bank_account, with bankCodeInside in it', async () => {
		const beside = { ...bank(), bank_code: 'JP_HDFC' };
		const inside = bank({ bank_code: 'JP_HDFC' });
		const sent = async (account: object) =>
			await send(simulator, 'POST', CREATE, {
				body: { account_details: JSON.stringify([account]) },
			});
		expect((await sent(beside)).json).toMatchObject({ account_details: { bank_code: 'JP_HDFC' } });
		expect((await sent(inside)).status).toBe(400);
		simulator.configure({ bankCodeInside: true });
		expect((await sent(inside)).json).toMatchObject({ account_details: { bank_code: 'JP_HDFC' } });
		expect((await sent(beside)).status).toBe(400);
		expect(simulator.accounts().map(({ bankCode }) => bankCode)).toEqual(['JP_HDFC', 'JP_HDFC']);
	});
});
