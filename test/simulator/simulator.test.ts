/** What other tests rely on and would not notice: that wrong requests are refused, settings act and counters count. */
import { sleep } from 'n8n-workflow';
import { basic, create, send, type CallOptions } from './caller';
import { startSimulator, type AccountDetails, type Simulator } from '../../dev/simulator/simulator';

const BANK = { accountNumber: '026291800001191', ifsc: 'SBIN0008032', beneficiaryName: 'test' };
const UPI = { vpa: '9164326296@upi' };
const CUSTOMER = '/customers/customer_1122';
const ACCOUNTS = `${CUSTOMER}/customer-accounts`;

let simulator: Simulator;

beforeEach(async () => {
	simulator = await startSimulator({ customers: ['customer_1122', 'cst_other0000000001'] });
});

afterEach(async () => await simulator.close());

async function made(account: AccountDetails, form?: Record<string, string>): Promise<string> {
	return ((await create(simulator, [account], form)).json as { id: string }).id;
}

const list = async () => (await send(simulator, 'GET', `${ACCOUNTS}/list`)).json;
const validate = async (id: string) =>
	await send(simulator, 'POST', `${ACCOUNTS}/${id}/validate`, { body: {} });
const erase = async (id = '') =>
	await send(simulator, 'POST', `${ACCOUNTS}/${id}`, { body: { command: 'delete' } });

describe('a request that Juspay would not take is refused', () => {
	const entry = (change: object = {}) => ({
		bank_account: { account_number: '026291800001191', ifsc: 'AABF0008032', ...change },
	});
	const creating = (bad: unknown, form: object = {}) => ({
		account_details: JSON.stringify([{ upi: { vpa: 'user@upi' } }, bad]),
		...form,
	});

	const expectRefused = async (status: number, path: string, options: CallOptions) => {
		const answer = await send(simulator, 'POST', CUSTOMER + path, options);
		expect(answer.status).toBe(status);
		expect(simulator.accounts()).toEqual([]);
	};

	it.each<[number, Record<string, string | undefined>]>([
		[401, { authorization: undefined }],
		[401, { authorization: basic('other') }],
		[401, { authorization: basic('sim_api_key', 'secret') }],
		[415, { 'content-type': 'application/json' }],
		[400, { 'x-routing-id': undefined }],
	])('%i: headers %j', async (status, headers) => {
		await expectRefused(status, '/accounts', { body: creating(entry()), headers });
	});

	it.each(['_nobody/accounts', '/account'])('404: %s', async (path) => {
		await expectRefused(404, path, { body: creating(entry()) });
	});

	it.each<[Record<string, string>]>([
		[{}],
		[{ account_details: '{}' }],
		[creating(entry(), { account_detail: 'x' })],
		[creating(entry(), { amount: '1' })],
		[creating(entry(), { command: 'validate', amount: '0' })],
		[creating(entry({ ifsc: 'aabf0008032' }))],
		[creating(entry({ ifsc: undefined }))],
		[creating(entry({ account_number: 26291800001191 }))],
		[creating(entry({ account_number: '12345678' }))],
		[creating(entry({ bank_code: '12' }))],
		[creating({ ...entry(), bank_code: 12 })],
		[creating({ upi: { vpa: 'user' } })],
		[creating({ upi: { vpa: 'user@upi', name: 'x' } })],
		[creating({ ...entry(), upi: { vpa: 'user@upi' } })],
		[creating({ upi: { vpa: 'reject@upi' } })],
		[creating(entry({ account_number: '123450009' }))],
	])('400: %j', async (body) => {
		await expectRefused(400, '/accounts', { body });
	});

	it("and so is another customer's account", async () => {
		const id = await made(BANK);
		const other = `/customers/cst_other0000000001/customer-accounts/${id}`;
		expect((await send(simulator, 'GET', other)).status).toBe(404);
		expect((await send(simulator, 'GET', `${ACCOUNTS}/${id}`)).status).toBe(200);
	});
});

describe('settings', () => {
	it('pageSize: a page is never larger', async () => {
		simulator.configure({ pageSize: 3 });
		for (let at = 0; at < 7; at++) {
			simulator.seedAccount('customer_1122', { vpa: `user${at}@upi` });
		}
		const shown = async (query: string) => {
			const { json } = await send(simulator, 'GET', `${ACCOUNTS}/list${query}`);
			const { list, ...totals } = json as { list: Array<{ account_details: { vpa: string } }> };
			return [list.map((it) => it.account_details.vpa[4]).join(''), totals];
		};
		const totals = { object: 'list', total: 7, offset: 0, count: 3 };
		expect(await shown('')).toEqual(['012', totals]);
		expect(await shown('?count=9')).toEqual(['012', totals]);
		expect(await shown('?offset=6')).toEqual(['6', { ...totals, offset: 6, count: 1 }]);
		expect(await shown('?offset=7')).toEqual(['', { ...totals, offset: 7, count: 0 }]);
	});

	it('listDelayMs: a new account is listed later, a seeded one at once', async () => {
		simulator.configure({ listDelayMs: 300 });
		const seeded = simulator.seedAccount('customer_1122', BANK);
		const id = await made(UPI);
		expect(await list()).toMatchObject({ total: 1, list: [{ id: seeded }] });
		await sleep(350);
		expect(await list()).toMatchObject({ total: 2, list: [{ id: seeded }, { id }] });
	});

	it('listHidesCreated: only accounts that are not CREATED', async () => {
		simulator.configure({ listHidesCreated: true });
		const id = await made(UPI);
		await made(BANK);
		simulator.setStatus(id, 'PENDING');
		expect(await list()).toMatchObject({ total: 1, list: [{ id }] });
	});

	it('validateStaysCreated: the penny drop is counted and nothing shows it', async () => {
		simulator.configure({ validateStaysCreated: true });
		const id = await made(UPI);
		const before = await list();
		await validate(id);
		expect(await list()).toEqual(before);
		expect(simulator.counters.validationsStarted).toBe(1);
	});

	it('bankCodeInside: bank_code in bank_account, and not beside it', async () => {
		const sent = async (account: object) => {
			const body = { account_details: JSON.stringify([account]) };
			return (await send(simulator, 'POST', `${CUSTOMER}/accounts`, { body })).status;
		};
		const bank_account = { account_number: '026291800001191', ifsc: 'AABF0008032' };
		simulator.configure({ bankCodeInside: true });
		expect(await sent({ bank_account, bank_code: '12' })).toBe(400);
		expect(await sent({ bank_account: { ...bank_account, bank_code: '12' } })).toBe(200);
	});
});

describe('counters', () => {
	it('count accounts, and those that a customer had already', async () => {
		const { counters } = simulator;
		const seeded = simulator.seedAccount('customer_1122', BANK);
		await made({ vpa: 'User@upi' });
		await made({ ...BANK, ifsc: 'HDFC0000001' });
		await create(simulator, [BANK], {}, 'cst_other0000000001');
		expect(counters).toMatchObject({ accountsMade: 3, duplicatesMade: 0 });
		await made({ vpa: 'uSER@UPI' });
		const again = await made({ ...BANK, beneficiaryName: 'x' });
		expect(counters).toMatchObject({ accountsMade: 5, duplicatesMade: 2 });
		// Of two live ones one is left: still a duplicate. None left: new again.
		await erase(seeded);
		const last = await made(BANK);
		expect(counters.duplicatesMade).toBe(3);
		for (const id of [again, last]) await erase(id);
		await made(BANK);
		expect(counters).toMatchObject({ duplicatesMade: 3, deletesDone: 3 });
	});

	it('count penny drops, and those that are paid for twice', async () => {
		const { counters } = simulator;
		const [failed, pending] = ['failure', 'pending'].map((word) =>
			simulator.seedAccount('customer_1122', { vpa: `${word}@upi` }),
		) as [string, string];
		for (const id of [failed, failed, pending]) await validate(id);
		const thrice = { validationsStarted: 3, validationsRepeated: 1 };
		expect(counters).toMatchObject({ ...thrice, validationsWhileUnsettled: 0 });
		await validate(pending);
		expect(counters).toMatchObject({ validationsRepeated: 2, validationsWhileUnsettled: 1 });
		simulator.setStatus(pending, 'FAILURE');
		await validate(pending);
		await made({ vpa: 'review@upi' }, { command: 'validate' });
		expect(counters).toMatchObject({ validationsStarted: 6, validationsWhileUnsettled: 1 });
	});

	it('count what is in flight: in all, and creates of one customer by either ID', async () => {
		simulator.configure({ latencyMs: 100 });
		await Promise.all([
			made(UPI),
			create(simulator, [BANK], {}, simulator.customers()[0]?.id),
			create(simulator, [UPI], {}, 'cst_other0000000001'),
			list(),
		]);
		await made(UPI);
		expect(simulator.counters).toMatchObject({ peakInFlight: 4, peakCreatesPerCustomer: 2 });
	});
});
