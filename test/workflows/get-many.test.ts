import { ASHA, idsOf, IFSC, numberEnding, RAVI, stage, statusesOf } from './stage';
import type { Asked } from './stage';

const on = stage({ pageSize: 2 });

const STATUSES = ['CREATED', 'ACTIVE', 'PENDING', 'FAILURE', 'IN_REVIEW'];

/** Gives a customer bank accounts with these statuses. */
const seed = (statuses: string[], customer = ASHA) =>
	statuses.map((status, index) =>
		on.simulator.seedAccount(
			customer,
			{ accountNumber: numberEnding(String(1190 + index)), ifsc: IFSC },
			status,
		),
	);

const getMany = async (asked: Asked = {}) => await on.run('getAll', asked);
const ALL = { returnAll: true };

describe('getting many accounts', () => {
	it('gives all of a customer, over all pages, in the order of Juspay', async () => {
		const ids = seed(STATUSES);
		seed(['ACTIVE'], RAVI);
		const result = await getMany({ parameters: ALL });
		expect(idsOf(result)).toEqual(ids);
		expect(statusesOf(result)).toEqual(STATUSES);
		expect(on.sent('listAccounts').map(({ path }) => path.split('?')[1])).toEqual([
			undefined,
			'offset=2',
			'offset=4',
		]);
	});

	it('gives at most as many as Limit says, and asks for no page beyond', async () => {
		const ids = seed(STATUSES);
		expect(idsOf(await getMany({ parameters: { limit: 2 } }))).toEqual(ids.slice(0, 2));
		expect(on.sent('listAccounts')).toHaveLength(1);
		expect(idsOf(await getMany({ parameters: { limit: 3 } }))).toEqual(ids.slice(0, 3));
		expect(on.sent('listAccounts')).toHaveLength(3);
	});

	it('gives 50 where nobody says how many', async () => {
		on.simulator.configure({ pageSize: 100 });
		const ids = seed(Array.from({ length: 60 }, () => 'ACTIVE'));
		expect(idsOf(await getMany())).toEqual(ids.slice(0, 50));
	});
});

describe('the filters', () => {
	it('choose by status, several at once', async () => {
		const ids = seed(STATUSES);
		const result = await getMany({
			parameters: { ...ALL, filters: { validationStatus: ['PENDING', 'FAILURE'] } },
		});
		expect(idsOf(result)).toEqual(ids.slice(2, 4));
	});

	it('choose by type', async () => {
		const [account] = seed(['ACTIVE']);
		const upi = on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' });
		const ofType = async (type: string) =>
			idsOf(await getMany({ parameters: { filters: { type } } }));
		expect(await ofType('upi')).toEqual([upi]);
		expect(await ofType('bankAccount')).toEqual([account]);
	});

	it('are applied before Limit counts, across pages', async () => {
		const ids = seed(['CREATED', 'CREATED', 'CREATED', 'ACTIVE', 'ACTIVE', 'ACTIVE']);
		const result = await getMany({
			parameters: { limit: 2, filters: { validationStatus: ['ACTIVE'] } },
		});
		expect(idsOf(result)).toEqual(ids.slice(3, 5));
	});
});

describe('several items', () => {
	it('give the accounts of each, paired with it, in the order of the input', async () => {
		const ofAsha = seed(['ACTIVE', 'CREATED', 'CREATED']);
		const ofRavi = seed(['ACTIVE', 'FAILURE'], RAVI);
		const result = await getMany({
			items: [{ c: RAVI }, { c: ASHA }],
			parameters: { ...ALL, customerId: '={{ $json.c }}' },
			downstream: "={{ $('Start').item.json.c }}",
		});
		expect(idsOf(result)).toEqual([...ofRavi, ...ofAsha]);
		expect(result.pairedWith()).toEqual([0, 0, 1, 1, 1]);
		expect(result.downstream()).toEqual([RAVI, RAVI, ASHA, ASHA, ASHA]);
	});

	it('take an expression in each field', async () => {
		const ids = seed(['CREATED', 'ACTIVE', 'ACTIVE', 'FAILURE', 'ACTIVE']);
		const result = await getMany({
			items: [
				{ c: ASHA, all: false, limit: 1, status: ['ACTIVE'], simple: true },
				{ c: ASHA, all: true, limit: 1, status: ['ACTIVE', 'FAILURE'], simple: true },
				{ c: ASHA, all: false, limit: 2, status: [], simple: false },
			],
			parameters: {
				customerId: '={{ $json.c }}',
				returnAll: '={{ $json.all }}',
				limit: '={{ $json.limit }}',
				filters: { validationStatus: '={{ $json.status }}' },
				simplify: '={{ $json.simple }}',
			},
		});
		expect(result.error).toBeUndefined();
		expect(result.pairedWith()).toEqual([0, 1, 1, 1, 1, 2, 2]);
		expect(result.items().map((item) => item.customerAccountId ?? item.id)).toEqual([
			...ids.slice(1, 2),
			...ids.slice(1),
			...ids.slice(0, 2),
		]);
	});

	it('that name the same customer cost one list', async () => {
		on.simulator.configure({ pageSize: 20 });
		const ids = seed(['ACTIVE', 'CREATED']);
		const result = await getMany({ items: [{}, {}, {}] });
		expect(idsOf(result)).toEqual([...ids, ...ids, ...ids]);
		expect(on.sent('listAccounts')).toHaveLength(1);
	});
});

describe('a page that can not be had', () => {
	it('is not there where the list is incomplete: said without a word of creating', async () => {
		seed(STATUSES);
		const body = { list: [], total: 3 };
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 200, body });
		const { error } = await getMany({ parameters: { ...ALL, options: { maxRetries: 0 } } });
		expect(error?.description).toMatch(/Run the workflow again later\. .*ask Juspay support/);
		expect(error?.description).not.toMatch(/create/i);
	});
});
