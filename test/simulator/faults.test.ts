import { create, send } from './caller';
import { until } from '../../dev/until';
import {
	startSimulator,
	type Fault,
	type FaultKind,
	type Simulator,
} from '../../dev/simulator/simulator';

const LIST = '/customers/customer_1122/customer-accounts/list';
const THREE = [{ vpa: 'a1@upi' }, { vpa: 'b1@upi' }, { vpa: 'c1@upi' }];

/** Waits until so many accounts are there. */
const accounts = async (count: number) =>
	await until('the accounts', () => simulator.accounts().length === count, { everyMs: 10 });

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ customers: ['customer_1122'] });
});

afterEach(() => simulator.reset());

afterAll(async () => await simulator.close());

async function createUnder(fault: Fault) {
	simulator.addFault({ call: 'createAccounts', times: 1, ...fault });
	return await create(simulator, THREE);
}

function expectStruck(kind: FaultKind, effect: boolean, status: number) {
	expect(simulator.accounts()).toHaveLength(effect ? 3 : 0);
	expect(simulator.requests()).toMatchObject([{ status, fault: kind }]);
	expect(simulator.counters.faults).toEqual({ [kind]: 1 });
	expect(simulator.counters.unanswered).toBe(status === 0 ? 1 : 0);
}

describe('kinds', () => {
	const ERROR = /^\{"status":"error"/;
	const PAGE = /^<html>/;

	test.each<[Fault, effect: boolean, status: number, text: RegExp]>([
		[{ kind: 'status', status: 503 }, false, 503, ERROR],
		[{ kind: 'statusAfter', status: 503 }, true, 503, ERROR],
		[{ kind: 'html' }, false, 502, PAGE],
		[{ kind: 'htmlAfter' }, true, 502, PAGE],
		[{ kind: 'brokenJson' }, true, 200, /^\[\{"object".*[^\]]$/s],
		[{ kind: 'emptyBody' }, true, 200, /^$/],
	])('%j has an effect: %s, and is answered with %i', async (fault, effect, status, text) => {
		const answer = await createUnder(fault);
		expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, null]);
		expect(answer.text).toMatch(text);
		expectStruck(fault.kind, effect, status);
	});

	test.each([
		['dropBefore', false],
		['dropAfter', true],
	] as const)('%s has an effect: %s', async (kind, effect) => {
		await expect(createUnder({ kind })).rejects.toThrow('fetch failed');
		expectStruck(kind, effect, 0);
	});

	test.each<[Fault, atOnce: number, later: number]>([
		[{ kind: 'hang' }, 0, 0],
		[{ kind: 'hangAfter' }, 1, 1],
		[{ kind: 'lateEffect', forMs: 500 }, 0, 1],
	])('%j: %i account when the caller has given up, %i later', async (fault, atOnce, later) => {
		simulator.addFault({ ...fault, times: 1 });
		const body = { account_details: '[{"upi":{"vpa":"a1@upi"}}]' };
		const signal = AbortSignal.timeout(200);
		await expect(
			send(simulator, 'POST', '/customers/customer_1122/accounts', { body, signal }),
		).rejects.toThrow('timeout');
		await until('the end', () => simulator.counters.unanswered === 1, { everyMs: 10 });
		expect(simulator.accounts()).toHaveLength(atOnce);
		await accounts(later);
		expect(simulator.requests()).toMatchObject([{ status: 0, fault: fault.kind }]);
		expect(simulator.counters.answers).toEqual({});
	});

	test('dropLate: the connection goes at once, the effect comes later', async () => {
		await expect(createUnder({ kind: 'dropLate', forMs: 300 })).rejects.toThrow('fetch failed');
		expect(simulator.accounts()).toHaveLength(0);
		await accounts(3);
		expectStruck('dropLate', true, 0);
	});

	test('delay: the effect at once, the answer late', async () => {
		const start = performance.now();
		let isAnswered = false;
		const answer = createUnder({ kind: 'delay', forMs: 1500 }).finally(() => (isAnswered = true));
		await accounts(3);
		expect(isAnswered).toBe(false);
		expect((await answer).status).toBe(200);
		expect(performance.now() - start).toBeGreaterThanOrEqual(1495);
		expectStruck('delay', true, 200);
	});

	test('half: all are made, half are named, rounded down', async () => {
		const { json } = await createUnder({ kind: 'half' });
		expect(json).toMatchObject([{ account_details: THREE[0] }]);
		expectStruck('half', true, 200);
	});

	test('reordered: the same accounts in another order', async () => {
		for (let round = 0; round < 5; round++) {
			const { json } = await createUnder({ kind: 'reordered' });
			const named = (json as Array<{ id: string }>).map(({ id }) => id);
			const stored = simulator
				.accounts()
				.map(({ id }) => id)
				.slice(-3);
			expect(named).not.toEqual(stored);
			expect(named.sort()).toEqual(stored.sort());
		}
	});

	test('half and reordered reach lists too, and pass by calls about one account', async () => {
		for (const account of THREE) simulator.seedAccount('customer_1122', account);
		const ids = simulator.accounts().map(({ id }) => id);
		simulator.addFault({ kind: 'half', times: 1 });
		simulator.addFault({ kind: 'reordered', times: 1 });
		const one = await send(simulator, 'GET', LIST.replace('list', ids[0] ?? ''));
		expect(one.json).toMatchObject({ id: ids[0] });
		const half = (await send(simulator, 'GET', LIST)).json;
		expect(half).toMatchObject({ total: 3, count: 1 });
		const { list } = (await send(simulator, 'GET', LIST)).json as { list: Array<{ id: string }> };
		expect(list).toHaveLength(3);
		expect(list.map(({ id }) => id)).not.toEqual(ids);
	});
});

describe('which requests', () => {
	async function statuses(count: number, path = LIST): Promise<number[]> {
		const seen: number[] = [];
		for (let number = 0; number < count; number++) {
			seen.push((await send(simulator, 'GET', path)).status);
		}
		return seen;
	}

	test('call and method', async () => {
		simulator.addFault({ kind: 'status', status: 500, call: ['getAccount', 'listAccounts'] });
		simulator.addFault({ kind: 'status', status: 503, method: 'post' });
		expect(await statuses(1)).toEqual([500]);
		expect(await statuses(1, LIST.replace('list', 'x'))).toEqual([500]);
		expect(await statuses(1, '/customers/customer_1122')).toEqual([200]);
		expect((await create(simulator, THREE)).status).toBe(503);
		simulator.clearFaults();
		expect(await statuses(1)).toEqual([200]);
	});

	test('times and skip', async () => {
		simulator.addFault({ kind: 'status', status: 500, skip: 1, times: 2 });
		expect(await statuses(5)).toEqual([200, 500, 500, 200, 200]);
	});

	test('share: about so many, the same ones for the same seed', async () => {
		const fault: Fault = { kind: 'status', status: 500, share: 0.3 };
		simulator.addFault(fault);
		const first = await statuses(200);
		const struck = first.filter((status) => status === 500).length;
		expect(struck).toBeGreaterThan(35);
		expect(struck).toBeLessThan(85);
		simulator.reset();
		simulator.addFault(fault);
		expect(await statuses(200)).toEqual(first);
		simulator.reset();
		simulator.addFault({ ...fault, share: 0 });
		expect(new Set(await statuses(20))).toEqual(new Set([200]));
	});
});
