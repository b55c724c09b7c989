import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import type { Fault, LoggedRequest, Simulator } from '../../dev/simulator/simulator';
import { failures } from './judge';
import { runNode, withSimulator, withWarmSimulator } from './node';
import { makeWorkload } from './workload';

// Real waits, on a machine that may be busy. The clock of those that run side by side starts for all of them at once.
jest.setTimeout(300_000);

const idsOf = (result: JuspayResult) =>
	result.items().map(({ customerAccountId }) => customerAccountId);
const outcomesOf = (result: JuspayResult) => result.items().map(({ outcome }) => outcome);
const codesOf = (result: JuspayResult) => failures(result).map(({ errorCode }) => errorCode);

/** Items that name accounts which the simulator is given for it. */
function seed(simulator: Simulator, customers: number, perCustomer: number): IDataObject[] {
	const { wanted } = makeWorkload(customers, perCustomer);
	return wanted.map(({ customerId, account }) => ({
		customerId,
		id: simulator.seedAccount(customerId, account),
	}));
}

const TARGET = {
	customerId: '={{ $json.customerId }}',
	customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

describe('the same work twice', () => {
	it('creates nothing the second time and returns the same IDs', async () => {
		const workload = makeWorkload(20, 8);
		await withSimulator(workload, { pageSize: 5 }, async (simulator) => {
			const once = await runNode(simulator, workload.items);
			expect(simulator.counters.accountsMade).toBe(160);
			const creates = simulator.counters.requests.createAccounts;
			expect(creates).toBe(20);
			const twice = await runNode(simulator, workload.items);
			expect(simulator.counters.accountsMade).toBe(160);
			expect(simulator.counters.requests.createAccounts).toBe(creates);
			expect(idsOf(twice)).toEqual(idsOf(once));
			expect(new Set(idsOf(twice)).size).toBe(160);
			expect(new Set(outcomesOf(once))).toEqual(new Set(['created']));
			expect(new Set(outcomesOf(twice))).toEqual(new Set(['existing']));
		});
	});

	it('in several rows is made once, however it is written, and each row has its answer', async () => {
		const bank = (account_number: string, ifsc: string) => ({
			customer_id: 'cst_1',
			account_number,
			ifsc,
		});
		const upi = (vpa: string) => ({ customer_id: 'cst_1', vpa });
		const items = [
			bank('026291800004321', 'HDFC0ABC123'),
			upi('Asha.Rao@okbank'),
			bank(' 026291800004321', 'hdfc0abc123'),
			{ ...bank('026291800004321 ', 'Hdfc0Abc123'), vpa: 'ASHA.RAO@OKBANK' },
			upi('asha.rao@OkBank'),
			bank('026291800004321', 'HDFC0ABC124'),
		];
		await withSimulator({ customers: ['cst_1'] }, {}, async (simulator) => {
			const result = await runNode(simulator, items);
			expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2, 3, 3, 4, 5].map((item) => ({ item })),
			);
			const [bankId, upiId] = idsOf(result);
			expect(idsOf(result).slice(0, 6)).toEqual([bankId, upiId, bankId, bankId, upiId, upiId]);
			// The same number under another IFSC: only a person can tell.
			expect(failures(result)).toEqual([expect.objectContaining({ errorCode: 'SIMILAR_ACCOUNT' })]);
			expect(outcomesOf(result)).toEqual([
				...['created', 'created', 'existing', 'existing'],
				...['existing', 'existing', 'error'],
			]);
			expect(simulator.counters).toMatchObject({ accountsMade: 2, duplicatesMade: 0 });
			expect(simulator.counters.requests.createAccounts).toBe(1);
		});
	});
});

describe('a bad account in a batch', () => {
	const rows = (bad: number[]): IDataObject[] =>
		Array.from({ length: 50 }, (_, index) => ({
			customer_id: 'cst_1',
			account_number: `50000000${1000 + index}${bad.includes(index) ? '0009' : '0011'}`,
			ifsc: 'HDFC0000001',
		}));

	it.each([
		// One create, three samples alone, then two halves at each level down to the bad one: 47, 23, 12, 6, 3, 2, 1.
		['one of 50', [17], 16],
		// A sample itself, so that the two halves of the others go through.
		['the first of 50', [0], 6],
		['the last of 50', [49], 6],
		['two of 50, far apart', [3, 40], 26],
		['two of 50, side by side', [20, 21], 26],
	])('%s stands alone in the end, all others are made', async (_, bad, most) => {
		await withSimulator({ customers: ['cst_1'] }, {}, async (simulator) => {
			const result = await runNode(simulator, rows(bad));
			expect(result.items()).toHaveLength(50);
			for (const [index, json] of result.items().entries()) {
				if (bad.includes(index)) {
					expect(json).toMatchObject({
						errorCode: 'SETUP',
						error: expect.stringContaining('Account details were rejected by the gateway'),
						account: expect.stringMatching(/^X+0009$/),
					});
				} else expect(json).toMatchObject({ outcome: 'created' });
			}
			const { accountsMade, duplicatesMade, requests } = simulator.counters;
			expect([accountsMade, duplicatesMade]).toEqual([50 - bad.length, 0]);
			expect(requests.createAccounts).toBeLessThanOrEqual(most);
			expect(requests.listAccounts).toBeLessThanOrEqual(most);
		});
	});
});

// Mostly waiting, each with a simulator of its own: side by side.
describe('an outcome that nobody knows', () => {
	it.concurrent(
		'with Create Another: each account "may have been created", and none is made twice',
		async () => {
			const workload = makeWorkload(10, 8);
			await withSimulator(workload, {}, async (simulator) => {
				simulator.addFault({ call: 'createAccounts', kind: 'dropAfter' });
				// Alone in its request, an account is not looked for before, so nothing can be told afterwards.
				const options = { accountsPerRequest: 1 };
				const result = await runNode(simulator, workload.items, { onExisting: 'create', options });
				expect(failures(result)).toHaveLength(80);
				for (const { error, errorHint, errorCode } of failures(result)) {
					expect(errorCode).toBe('MAY_EXIST');
					expect(error).toMatch(/may have been created/);
					expect(errorHint).toMatch(/set to 'Reuse', it is not created again until that is known/);
				}
				const { accountsMade, duplicatesMade, requests } = simulator.counters;
				expect([accountsMade, duplicatesMade, requests.createAccounts]).toEqual([80, 0, 80]);
				expect(requests.listAccounts).toBe(0);
			});
		},
	);

	it.concurrent('with Create Another: what is shown not to have happened is repeated', async () => {
		const workload = makeWorkload(4, 4);
		await withWarmSimulator(workload, {}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'status', status: 409, times: 4 });
			const result = await runNode(simulator, workload.items, { onExisting: 'create' });
			expect(failures(result)).toEqual([]);
			expect(simulator.counters).toMatchObject({ accountsMade: 16, duplicatesMade: 0 });
		});
	});

	/** Creates under a fault that strikes each customer's first create. */
	const createUnder = async (fault: Fault, options: IDataObject = {}) => {
		const workload = makeWorkload(8, 8);
		return await withSimulator(workload, {}, async (simulator) => {
			simulator.addFault({ ...fault, call: 'createAccounts', times: 8 });
			const result = await runNode(simulator, workload.items, { validateOnCreate: true, options });
			// What is still to come must have come before the simulator counts.
			await sleep(2500);
			const { accountsMade, duplicatesMade, validationsRepeated } = simulator.counters;
			expect(failures(result)).toEqual([]);
			expect({ accountsMade, duplicatesMade, validationsRepeated }).toEqual({
				accountsMade: 64,
				duplicatesMade: 0,
				validationsRepeated: 0,
			});
		});
	};

	it.concurrent(
		'a server that works on after the time-out: nothing is made twice',
		async () => await createUnder({ kind: 'lateEffect', forMs: 5800 }, { timeout: 5 }),
	);

	it.concurrent(
		'a server that works on after the connection is gone: nothing is made twice',
		async () => await createUnder({ kind: 'dropLate', forMs: 1000 }),
	);

	it.concurrent.each<[string, Fault, IDataObject]>([
		['hangs before', { kind: 'hang' }, { timeout: 5 }],
		['hangs after', { kind: 'hangAfter' }, { timeout: 5 }],
		['works on after the time-out', { kind: 'lateEffect', forMs: 5800 }, { timeout: 5 }],
		['works on after the connection is gone', { kind: 'dropLate', forMs: 1000 }, {}],
		['drops after', { kind: 'dropAfter' }, {}],
		['answers 500 after', { kind: 'statusAfter', status: 500 }, {}],
		['answers a 502 page before', { kind: 'html' }, {}],
		['answers a 504 page after', { kind: 'statusAfter', status: 504, body: '<html>' }, {}],
		['sends broken JSON', { kind: 'brokenJson' }, {}],
	])('a validation on a server that %s is never started twice', async (_, fault, options) => {
		await withSimulator({ customers: [] }, {}, async (simulator) => {
			const items = seed(simulator, 6, 2);
			simulator.addFault({ ...fault, call: 'validateAccount' });
			const result = await runNode(simulator, items, {
				operation: 'validate',
				...TARGET,
				options: { maxRetries: 1, ...options },
			});
			await sleep(2500);
			expect(result.items()).toHaveLength(12);
			for (const { error } of failures(result)) {
				expect(error).toContain('The validation may have been started');
			}
			const { validationsRepeated, requests } = simulator.counters;
			expect([validationsRepeated, requests.validateAccount]).toEqual([0, 12]);
		});
	});

	it.concurrent('a delete is settled by looking', async () => {
		await withSimulator({ customers: [] }, {}, async (simulator) => {
			const items = seed(simulator, 5, 4);
			simulator.addFault({ call: 'deleteAccount', kind: 'dropAfter' });
			const result = await runNode(simulator, items, { operation: 'delete', ...TARGET });
			expect(result.items()).toEqual(
				items.map(({ customerId, id }) => ({
					deleted: true,
					outcome: 'deleted',
					customerAccountId: id,
					customerId,
				})),
			);
			const { deletesDone, requests } = simulator.counters;
			expect([deletesDone, requests.deleteAccount, requests.getAccount]).toEqual([20, 20, 20]);
		});
	});

	it.concurrent(
		'a list that ends before its end is no list: nothing is made on its word',
		async () => {
			const workload = makeWorkload(6, 4);
			await withSimulator(workload, { pageSize: 1 }, async (simulator) => {
				for (const { customerId, account } of workload.wanted) {
					simulator.seedAccount(customerId, account);
				}
				// Half of a page with one account: a page with none, though `total` tells of more.
				simulator.addFault({ call: 'listAccounts', kind: 'half', skip: 6, times: 6 });
				const result = await runNode(simulator, workload.items);
				expect(simulator.counters).toMatchObject({ accountsMade: 0, duplicatesMade: 0 });
				expect(failures(result)).toEqual([]);
			});
		},
	);
});

describe('stopping', () => {
	it('sends no new requests after the cancel signal', async () => {
		const workload = makeWorkload(200, 4);
		const stop = new AbortController();
		let ended = 0;
		const onRequest = () => {
			if (++ended === 30) stop.abort();
		};
		const concurrency = 5;
		await withSimulator(workload, { latencyMs: 20, onRequest }, async (simulator) => {
			const result = await runNode(
				simulator,
				workload.items,
				{ options: { concurrency } },
				{ signal: stop.signal },
			);
			expect(result.status).toBe('canceled');
			const { counters } = simulator;
			// Those under way when the signal came, and one each that was being sent just then.
			expect(counters.requestsTotal).toBeLessThanOrEqual(30 + 2 * concurrency);
			// What was on the wire when the signal came arrives yet.
			await sleep(300);
			const before = counters.requestsTotal;
			await sleep(1000);
			expect(counters.requestsTotal).toBe(before);
			expect(counters.duplicatesMade).toBe(0);
		});
	});

	it('ends a pause as well', async () => {
		const workload = makeWorkload(10, 4);
		const stop = new AbortController();
		const onRequest = () => stop.abort();
		const faults: Fault[] = [{ kind: 'status', status: 429, retryAfter: '60' }];
		await withSimulator(workload, { onRequest, faults }, async (simulator) => {
			const result = await runNode(simulator, workload.items, {}, { signal: stop.signal });
			expect(result.status).toBe('canceled');
			await sleep(1000);
			expect(simulator.counters.requestsTotal).toBeLessThanOrEqual(10);
		});
	});

	it('a key that is not accepted ends it, not once for each customer', async () => {
		const workload = makeWorkload(500, 2);
		await withSimulator(workload, { latencyMs: 5 }, async (simulator) => {
			const credential = { environment: 'custom', baseUrl: simulator.url, apiKey: 'another_key' };
			const options = { concurrency: 10 };
			const result = await runNode(simulator, workload.items, { options }, { credential });
			expect(result.items()).toHaveLength(1000);
			expect(new Set(codesOf(result))).toEqual(new Set(['KEY_REJECTED']));
			expect(codesOf(result)).toHaveLength(1000);
			expect(simulator.counters.requestsTotal).toBeLessThanOrEqual(10);
		});
	});
});

describe('the pace', () => {
	/** Runs ten customers, five at once, of which the first request is answered 429. */
	const afterFirst429 = async (
		retry: { retryAfter: string } | { retryAfterDate: number },
	): Promise<{ rest: LoggedRequest[]; first: LoggedRequest }> => {
		const workload = makeWorkload(10, 2);
		return await withSimulator(workload, { latencyMs: 10 }, async (simulator) => {
			simulator.addFault({ kind: 'status', status: 429, ...retry, times: 1 });
			const result = await runNode(simulator, workload.items, { options: { concurrency: 5 } });
			expect(failures(result)).toEqual([]);
			const [first, ...others] = simulator.requests();
			expect(first?.status).toBe(429);
			// Those sent before its answer was there don't know of it.
			const rest = others.slice(4);
			return { first: first as LoggedRequest, rest };
		});
	};

	it('everyone waits as many seconds as Retry-After says', async () => {
		const { first, rest } = await afterFirst429({ retryAfter: '2' });
		const waits = rest.map(({ at }) => at - first.at);
		// An answer that was on its way may let one more go before the 429 is read.
		expect(waits.filter((wait) => wait < 1950).length).toBeLessThanOrEqual(4);
		expect(Math.min(...waits.filter((wait) => wait > 500))).toBeGreaterThanOrEqual(1950);
		expect(Math.max(...waits)).toBeLessThan(12_000);
	});

	it('everyone waits until the date that Retry-After says', async () => {
		const { first, rest } = await afterFirst429({ retryAfterDate: 2 });
		const waits = rest.map(({ at }) => at - first.at);
		expect(waits.filter((wait) => wait < 1950).length).toBeLessThanOrEqual(4);
		expect(Math.min(...waits.filter((wait) => wait > 500))).toBeGreaterThanOrEqual(1950);
		expect(Math.max(...waits)).toBeLessThan(13_000);
	});

	it('a Retry-After of an hour ends it, and says so', async () => {
		const workload = makeWorkload(40, 2);
		await withSimulator(workload, {}, async (simulator) => {
			simulator.addFault({ kind: 'status', status: 429, retryAfter: '3600' });
			const result = await runNode(simulator, workload.items);
			expect(failures(result)).toHaveLength(80);
			expect(failures(result)[0]).toMatchObject({
				errorCode: 'TOO_MANY_REQUESTS',
				errorHint: expect.stringContaining('3600'),
			});
			expect(result.durationMs).toBeLessThan(10_000);
			expect(simulator.counters.requestsTotal).toBeLessThanOrEqual(40);
		});
	});

	it('never has more in flight than Concurrency says', async () => {
		const workload = makeWorkload(60, 4);
		await withSimulator(workload, { latencyMs: 20 }, async (simulator) => {
			const result = await runNode(simulator, workload.items, { options: { concurrency: 7 } });
			expect(failures(result)).toEqual([]);
			expect(simulator.counters.peakInFlight).toBe(7);
			expect(simulator.counters.peakCreatesPerCustomer).toBe(1);
		});
	});

	it.concurrent.each([undefined, '1'])(
		'a server that allows 20 requests a second (Retry-After: %s) ends with every account once',
		async (retryAfter) => {
			const workload = makeWorkload(60, 4);
			const options = { requestsPerSecond: 20, retryAfter };
			await withSimulator(workload, options, async (simulator) => {
				const result = await runNode(simulator, workload.items);
				expect(failures(result)).toEqual([]);
				const { accountsMade, duplicatesMade, rateLimited } = simulator.counters;
				expect([accountsMade, duplicatesMade]).toEqual([240, 0]);
				expect(rateLimited).toBeGreaterThan(0);
			});
		},
	);
});

describe('the order of the output', () => {
	it('is that of the input, whichever answer comes first', async () => {
		const workload = makeWorkload(30, 8);
		await withSimulator(workload, { seed: 7 }, async (simulator) => {
			simulator.addFault({ kind: 'delay', forMs: 150, share: 0.4 });
			simulator.addFault({ call: 'createAccounts', kind: 'reordered' });
			const result = await runNode(simulator, workload.items);
			expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(
				workload.wanted.map(({ item }) => ({ item })),
			);
			const byId = new Map(simulator.accounts().map((account) => [account.id, account]));
			expect(idsOf(result).map((id) => byId.get(String(id)))).toEqual(
				workload.wanted.map(({ customerId, account }) =>
					expect.objectContaining({ customerId, ...account }),
				),
			);
		});
	});
});
