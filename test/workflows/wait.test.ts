import { sleep } from 'n8n-workflow';
import {
	ASHA,
	bank,
	byId,
	idsOf,
	IFSC,
	itemsFor,
	numberEnding,
	RAVI,
	stage,
	statusesOf,
} from './stage';
import type { Asked } from './stage';

// The node waits a second first, a tenth of it here.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

/** Shorter than the first pause: whoever waits needs to ask once. */
const on = stage({ validationMs: 50 });

const WAIT = { waitForValidation: 60 };

const pending = (lastFour: string, customer = ASHA) =>
	on.simulator.seedAccount(
		customer,
		{ accountNumber: numberEnding(lastFour), ifsc: IFSC },
		'PENDING',
	);

/** Creates and validates accounts, in one item unless there are others. */
const create = async (
	accounts: object[],
	{ parameters, ...asked }: Asked = {},
	options: object = WAIT,
) =>
	await on.run('create', {
		...asked,
		parameters: {
			accountSource: 'json',
			accountsJson: JSON.stringify(accounts),
			validateOnCreate: true,
			options: { ...options },
			...parameters,
		},
	});

/** Gets or validates the account in each item's column `id`. */
const forEach = async (operation: string, ids: string[], options: object, asked: Asked = {}) =>
	await on.run(operation, {
		items: itemsFor(ids),
		...asked,
		parameters: {
			...byId('={{ $json.id }}'),
			options: { ...options },
			...asked.parameters,
		},
	});

describe('waiting for validation', () => {
	it('gives a created account as it stands in the end, still as created', async () => {
		const result = await create([bank('1191')]);
		expect(result.items()).toEqual([
			expect.objectContaining({ validationStatus: 'ACTIVE', outcome: 'created' }),
		]);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('waits for an account that was pending already, too', async () => {
		const id = pending('1191');
		const waited = create([bank('1191')]);
		await sleep(200);
		on.simulator.setStatus(id, 'ACTIVE');
		expect((await waited).items()).toEqual([
			expect.objectContaining({ validationStatus: 'ACTIVE', outcome: 'existing' }),
		]);
	});

	it('asks once in each round for each of many customers', async () => {
		const customers = Array.from({ length: 8 }, (_, index) => `cst_many_${index}`);
		on.simulator.seedCustomers(customers);
		on.simulator.configure({ latencyMs: 25 });
		const result = await create([bank('1191'), bank('1192')], {
			items: customers.map((c) => ({ c })),
			parameters: {
				customerId: '={{ $json.c }}',
				options: { ...WAIT, concurrency: 3 },
			},
		});
		expect(new Set(statusesOf(result))).toEqual(new Set(['ACTIVE']));
		expect(result.pairedWith()).toEqual(customers.flatMap((_, item) => [item, item]));
		expect(on.sent('getAccount')).toEqual([]);
		expect(on.sent('listAccounts')).toHaveLength(16);
		expect(on.simulator.counters.peakInFlight).toBe(3);
	});

	it('is for those items that ask for it', async () => {
		const ids = [pending('0003'), pending('0004', RAVI)];
		const result = await on.run('get', {
			items: [
				{ id: ids[0], c: ASHA, wait: 0 },
				{ id: ids[1], c: RAVI, wait: 1 },
			],
			parameters: {
				...byId('={{ $json.id }}'),
				customerId: '={{ $json.c }}',
				options: { waitForValidation: '={{ $json.wait }}' },
			},
		});
		expect(idsOf(result)).toEqual(ids);
		const asked = on.sent('getAccount').map(({ path }) => path);
		expect(asked.filter((path) => path.includes(ids[0] ?? ''))).toHaveLength(1);
		expect(asked.filter((path) => path.includes(ids[1] ?? '')).length).toBeGreaterThan(1);
	});

	it('leaves an account PENDING, and no failure, when the time is over', async () => {
		const result = await create([bank('0003'), bank('1191')], {
			parameters: { options: { waitForValidation: 1 } },
		});
		expect(result.status).toBe('success');
		expect(statusesOf(result)).toEqual(['PENDING', 'ACTIVE']);
	});

	it('is left out where the workflow stops because of another account', async () => {
		const id = pending('1191');
		const result = await forEach('get', [id, 'banh_nobody_has_this'], WAIT);
		expect(result.status).toBe('error');
		expect(on.simulator.counters.requestsTotal).toBe(2);
	});

	it('goes on beside an account that fails, where the user chose to continue', async () => {
		const ids = [pending('1191'), 'banh_nobody_has_this'];
		const waited = forEach('get', ids, WAIT, { onError: 'continueErrorOutput' });
		await sleep(200);
		on.simulator.setStatus(ids[0] ?? '', 'ACTIVE');
		const result = await waited;
		expect(statusesOf(result)).toEqual(['ACTIVE']);
		expect(result.items(1)).toHaveLength(1);
	});

	it('ends at once when the workflow is stopped', async () => {
		const stop = new AbortController();
		const running = create([bank('0003')], { signal: stop.signal });
		while (on.simulator.counters.validationsStarted === 0) await sleep(10);
		await sleep(50);
		stop.abort();
		const result = await running;
		expect(result.status).toBe('canceled');
		// It would have waited for six seconds of ours.
		expect(result.durationMs).toBeLessThan(4000);
	});
});
