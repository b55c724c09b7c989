/* eslint-disable @n8n/community-nodes/no-restricted-globals -- validations take real time */
import { create, send } from './caller';
import { startSimulator, type AccountDetails, type Simulator } from '../../dev/simulator/simulator';

const BANK = {
	accountNumber: '026291800001191',
	ifsc: 'SBIN0008032',
	beneficiaryName: 'test',
	bankCode: '12',
};
const UPI = { vpa: '9164326296@upi' };
const BASE = '/customers/customer_1122/customer-accounts';
const WIRE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ customers: ['customer_1122', 'cst_other0000000001'] });
});

afterEach(() => {
	simulator.configure({
		latencyMs: 0,
		pageSize: undefined,
		listDelayMs: 0,
		listHidesCreated: false,
		validateStaysCreated: false,
		requestsPerSecond: undefined,
		retryAfter: undefined,
	});
	simulator.reset();
});

afterAll(async () => await simulator.close());

async function made(account: AccountDetails, form?: Record<string, string>) {
	const { json } = await create(simulator, [account], form);
	return json as { id: string; validation_status: string; last_validated: string };
}

async function statusOf(id: string): Promise<string> {
	const { json } = await send(simulator, 'GET', `${BASE}/${id}`);
	return (json as { validation_status: string }).validation_status;
}

describe('create', () => {
	test('answers one bank account as the object itself, fields as documented', async () => {
		const answer = await create(simulator, [BANK]);
		const [customer] = simulator.customers();
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toMatch('application/json');
		expect(answer.json).toEqual({
			object: 'customer_account',
			id: expect.stringMatching(/^banh_\w{16}$/) as string,
			customer_id: customer?.id,
			date_created: expect.stringMatching(WIRE_TIME) as string,
			account_details: {
				account_number: '026291800001191',
				beneficiary_name: 'test',
				ifsc: 'SBIN0008032',
				bank_code: '12',
				bank_name: 'SBI',
			},
			validation_amount: '1',
			currency: 'INR',
			validation_status: 'CREATED',
			last_validated: expect.stringMatching(WIRE_TIME) as string,
		});
	});

	test('answers several as an array in the order sent, each with an ID of its own', async () => {
		const { json } = await create(simulator, [BANK, UPI, BANK]);
		const accounts = json as Array<{ id: string; account_details: Record<string, string> }>;
		expect(accounts.map(({ account_details: details }) => details.vpa ?? details.ifsc)).toEqual([
			BANK.ifsc,
			UPI.vpa,
			BANK.ifsc,
		]);
		expect(new Set(accounts.map(({ id }) => id)).size).toBe(3);
		expect(simulator.accounts().map(({ id }) => id)).toEqual(accounts.map(({ id }) => id));
	});
});

describe('get, list, delete', () => {
	test('list goes page by page, and a page is never larger than pageSize', async () => {
		simulator.configure({ pageSize: 3 });
		for (let number = 0; number < 7; number++) {
			simulator.seedAccount('customer_1122', { vpa: `user${number}@upi` });
		}
		const sizes: unknown[] = [];
		const vpas: string[] = [];
		for (const query of [
			'',
			'?offset=3',
			'?offset=6',
			'?offset=7',
			'?offset=1&count=2',
			'?count=9',
		]) {
			const { json } = await send(simulator, 'GET', `${BASE}/list${query}`);
			const page = json as {
				total: number;
				offset: number;
				count: number;
				list: Array<{ account_details: { vpa: string } }>;
			};
			expect(page.list).toHaveLength(page.count);
			sizes.push([page.total, page.offset, page.count]);
			vpas.push(page.list.map((account) => account.account_details.vpa[4]).join(''));
		}
		expect(sizes).toEqual([
			[7, 0, 3],
			[7, 3, 3],
			[7, 6, 1],
			[7, 7, 0],
			[7, 1, 2],
			[7, 0, 3],
		]);
		expect(vpas).toEqual(['012', '345', '6', '', '12', '012']);
	});

	test('listDelayMs: a new account is got at once and listed later, a seeded one at once', async () => {
		simulator.configure({ listDelayMs: 300 });
		const seeded = simulator.seedAccount('customer_1122', BANK);
		const { id } = await made(UPI);
		const list = async () => (await send(simulator, 'GET', `${BASE}/list`)).json;
		expect(await list()).toMatchObject({ total: 1, count: 1, list: [{ id: seeded }] });
		expect(await statusOf(id)).toBe('CREATED');
		await pause(350);
		expect(await list()).toMatchObject({ total: 2, list: [{ id: seeded }, { id }] });
	});

	test('listHidesCreated: only accounts that are not CREATED', async () => {
		simulator.configure({ listHidesCreated: true });
		const { id } = await made(UPI);
		await made(BANK);
		const list = async () => (await send(simulator, 'GET', `${BASE}/list`)).json;
		expect(await list()).toMatchObject({ total: 0, list: [] });
		simulator.setStatus(id, 'PENDING');
		expect(await list()).toMatchObject({ total: 1, list: [{ id }] });
	});

	test('an account hangs on the same customer by either ID, and on no other', async () => {
		const { id } = await made(BANK);
		const cst = simulator.customers()[0]?.id;
		const list = async (customer: string | undefined) =>
			(await send(simulator, 'GET', `/customers/${customer}/customer-accounts/list`)).json;
		expect(await list(cst)).toMatchObject({ total: 1, list: [{ id }] });
		expect(await list('customer_1122')).toEqual(await list(cst));
		expect(await list('cst_other0000000001')).toMatchObject({ total: 0, list: [] });
		const other = `/customers/cst_other0000000001/customer-accounts/${id}`;
		expect((await send(simulator, 'GET', other)).status).toBe(404);
	});

	test('delete takes it away, once', async () => {
		const { id } = await made(BANK);
		const kept = await made(UPI);
		const erase = async () =>
			await send(simulator, 'POST', `${BASE}/${id}`, { body: { command: 'delete' } });
		const first = await erase();
		expect([first.status, first.json]).toEqual([200, { status: 'DELETED', id }]);
		expect((await erase()).status).toBe(404);
		expect((await send(simulator, 'GET', `${BASE}/${id}`)).status).toBe(404);
		expect(simulator.accounts().map((account) => account.id)).toEqual([kept.id]);
		expect(simulator.counters.deletesDone).toBe(1);
	});
});

describe('validation and its magic values', () => {
	test.each([
		[{ accountNumber: '123450009', ifsc: BANK.ifsc }],
		[{ vpa: 'reject.me@upi' }],
	] as AccountDetails[][])('%j is rejected, and all that came with it', async (account) => {
		for (const form of [undefined, { command: 'validate' }]) {
			const answer = await create(simulator, [UPI, account as AccountDetails], form);
			expect(answer.status).toBe(400);
			expect(answer.json).toMatchObject({
				status: 'error',
				error_info: { code: 'INVALID_ACCOUNT_DETAILS', category: 'CONFIG_ERROR' },
			});
		}
		expect(simulator.accounts()).toHaveLength(0);
		const id = simulator.seedAccount('customer_1122', account as AccountDetails);
		const answer = await send(simulator, 'POST', `${BASE}/${id}/validate`, { body: {} });
		expect(answer.status).toBe(400);
		expect(simulator.counters.validationsStarted).toBe(0);
	});
});

describe('customers', () => {
	const NEW = {
		object_reference_id: 'acme_0001',
		mobile_number: '9876543210',
		email_address: 'a@example.com',
		first_name: 'A',
		last_name: 'B',
	};

	test('a reference can be taken once', async () => {
		await send(simulator, 'POST', '/customers', { body: NEW });
		const again = await send(simulator, 'POST', '/customers', { body: NEW });
		expect(again.status).toBe(400);
		expect(again.json).toMatchObject({
			error_code: 'unique',
			error_info: { code: 'ALREADY_EXISTS' },
		});
		expect(simulator.counters.customersMade).toBe(1);
	});
});

describe('counters', () => {
	test('requests and answers, by call', async () => {
		const { id } = await made(BANK);
		await send(simulator, 'GET', `${BASE}/list`);
		await send(simulator, 'GET', `${BASE}/${id}`);
		await send(simulator, 'GET', `${BASE}/none`);
		await send(simulator, 'POST', `${BASE}/${id}/validate`, { body: {} });
		await send(simulator, 'POST', `${BASE}/${id}`, { body: { command: 'delete' } });
		await send(simulator, 'POST', '/customers', { body: { object_reference_id: 'acme_0002' } });
		await send(simulator, 'GET', '/customers/acme_0002');
		await send(simulator, 'POST', '/customers/acme_0002', { body: {} });
		await send(simulator, 'GET', '/elsewhere');
		expect(simulator.counters).toMatchObject({
			requestsTotal: 10,
			requests: {
				createAccounts: 1,
				listAccounts: 1,
				getAccount: 2,
				validateAccount: 1,
				deleteAccount: 1,
				createCustomer: 1,
				getCustomer: 1,
				updateCustomer: 1,
				unknown: 1,
			},
			answers: { 200: 8, 404: 2 },
			answersByCall: { getAccount: { 200: 1, 404: 1 }, unknown: { 404: 1 } },
			unanswered: 0,
		});
	});

	test('duplicates: the same live account of the same customer', async () => {
		const { counters } = simulator;
		const { id } = await made(BANK);
		await made({ vpa: 'User@upi' });
		await made({ ...BANK, ifsc: 'HDFC0000001' });
		await create(simulator, [BANK], {}, 'cst_other0000000001');
		expect(counters.duplicatesMade).toBe(0);
		await made({ vpa: 'uSER@UPI' });
		expect(counters.duplicatesMade).toBe(1);
		await create(simulator, [{ ...BANK, beneficiaryName: 'x' }, BANK]);
		expect(counters.duplicatesMade).toBe(3);
		expect(counters.accountsMade).toBe(7);
		// Of three live ones one is left: still a duplicate. None left: new again.
		const same = simulator.accounts('customer_1122').filter(({ ifsc }) => ifsc === BANK.ifsc);
		expect(same.map((account) => account.id)).toContain(id);
		const [last, ...others] = same;
		const erase = async (account = last) =>
			await send(simulator, 'POST', `${BASE}/${account?.id}`, { body: { command: 'delete' } });
		for (const account of others) await erase(account);
		const { id: again } = await made(BANK);
		expect(counters.duplicatesMade).toBe(4);
		await erase();
		await send(simulator, 'POST', `${BASE}/${again}`, { body: { command: 'delete' } });
		await made(BANK);
		expect(counters.duplicatesMade).toBe(4);
	});

	test('a seeded account counts for duplicates, not as made', async () => {
		simulator.seedAccount('customer_1122', UPI);
		expect(simulator.counters.accountsMade).toBe(0);
		await made(UPI);
		expect(simulator.counters).toMatchObject({ accountsMade: 1, duplicatesMade: 1 });
	});

	test('validations, and accounts validated more than once', async () => {
		const { id } = await made(UPI, { command: 'validate' });
		await made(BANK);
		expect(simulator.counters).toMatchObject({ validationsStarted: 1, validationsRepeated: 0 });
		for (const validations of [2, 3]) {
			await send(simulator, 'POST', `${BASE}/${id}/validate`, { body: {} });
			expect(simulator.counters).toMatchObject({
				validationsStarted: validations,
				validationsRepeated: 1,
			});
		}
		expect(simulator.accounts().map((account) => account.validationsStarted)).toEqual([3, 0]);
	});

	test('validations while an earlier one is unsettled', async () => {
		const validate = async (id: string) =>
			await send(simulator, 'POST', `${BASE}/${id}/validate`, { body: {} });
		const { counters } = simulator;
		const failed = simulator.seedAccount('customer_1122', { vpa: 'failure@upi' });
		for (const times of [1, 2]) {
			await validate(failed);
			expect(counters).toMatchObject({
				validationsStarted: times,
				validationsWhileUnsettled: 0,
			});
		}
		const pending = simulator.seedAccount('customer_1122', { vpa: 'pending@upi' });
		for (const unsettled of [0, 1, 2]) {
			await validate(pending);
			expect(counters.validationsWhileUnsettled).toBe(unsettled);
		}
		simulator.setStatus(pending, 'FAILURE');
		await validate(pending);
		expect(counters.validationsWhileUnsettled).toBe(2);
		const { id } = await made({ vpa: 'review@upi' }, { command: 'validate' });
		await validate(id);
		expect(counters).toMatchObject({ validationsWhileUnsettled: 3, validationsRepeated: 3 });
	});

	test('validateStaysCreated: the penny drop is counted and nothing shows it', async () => {
		simulator.configure({ validateStaysCreated: true });
		const id = simulator.seedAccount('customer_1122', UPI);
		const before = (await send(simulator, 'GET', `${BASE}/${id}`)).json;
		for (const started of [1, 2]) {
			const answer = await send(simulator, 'POST', `${BASE}/${id}/validate`, {
				body: { amount: '3' },
			});
			expect([answer.status, answer.json]).toEqual([200, before]);
			expect(simulator.counters).toMatchObject({
				validationsStarted: started,
				validationsWhileUnsettled: started - 1,
			});
		}
		expect((await send(simulator, 'GET', `${BASE}/${id}`)).json).toEqual(before);
		expect(simulator.accounts()[0]).toMatchObject({ status: 'CREATED', validationsStarted: 2 });
	});

	test('peaks in flight: in all, and creates for one customer by either ID', async () => {
		simulator.configure({ latencyMs: 100 });
		const cst = simulator.customers()[0]?.id;
		await Promise.all([
			create(simulator, [UPI]),
			create(simulator, [BANK], {}, cst),
			create(simulator, [UPI], {}, 'cst_other0000000001'),
			send(simulator, 'GET', `${BASE}/list`),
		]);
		await create(simulator, [UPI]);
		expect(simulator.counters).toMatchObject({
			peakInFlight: 4,
			peakCreatesPerCustomer: 2,
		});
	});
});

describe('settings, log and reset', () => {
	test('a rate limit answers 429 beyond it, with Retry-After only if set', async () => {
		simulator.configure({ requestsPerSecond: 3 });
		const burst = async (count: number) =>
			await Promise.all(
				Array.from({ length: count }, async () => await send(simulator, 'GET', `${BASE}/list`)),
			);
		const first = await burst(5);
		expect(first.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
		expect(first.find(({ status }) => status === 429)?.headers.get('retry-after')).toBeNull();
		simulator.configure({ retryAfter: '7' });
		const [refused] = await burst(1);
		expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, '7']);
		expect(simulator.counters.rateLimited).toBe(3);
		await pause(1050);
		expect((await burst(4)).map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
	});
});
