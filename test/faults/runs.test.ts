/** What n8n itself adds to the promise: executions side by side in one process, its Stop, and its Retry On Fail. */
import { sleep } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import type { Fault, Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { startWarmSimulator, using } from '../simulated';
import { runNode } from './node';
import { makeWorkload } from './workload';

// The node's 12 seconds for each doubt take 1.2.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const { items, customers } = makeWorkload(5, 4);
const ACCOUNTS = 20;

const warm = async (options: SimulatorOptions, use: (simulator: Simulator) => Promise<void>) =>
	await using(startWarmSimulator({ customers, ...options }), use);

const outcomesOf = (result: JuspayResult) => result.items().map(({ outcome }) => outcome);
const all = (outcome: string) => Array.from({ length: ACCOUNTS }, () => outcome);

/** Each account is there once, and as many penny drops were paid for. */
function expectOnce({ counters }: Simulator, validationsStarted: number): void {
	expect(counters).toMatchObject({
		accountsMade: ACCOUNTS,
		duplicatesMade: 0,
		validationsStarted,
		validationsRepeated: 0,
	});
}

it('two executions at once and one after them, with late lists: each account once, and paid for once', async () => {
	await warm({ latencyMs: 20 }, async (simulator) => {
		simulator.configure({ listDelayMs: 20_000, validationMs: 60_000 });
		const run = async () => await runNode(simulator, items, { validateOnCreate: true });
		const results = await Promise.all([run(), run()]);
		expect(results.map(outcomesOf).flat().sort()).toEqual([...all('created'), ...all('existing')]);
		expect(outcomesOf(await run())).toEqual(all('existing'));
		expectOnce(simulator, ACCOUNTS);
	});
});

it('nothing new is sent after a Stop', async () => {
	const many = makeWorkload(200, 4);
	const concurrency = 5;
	const stop = new AbortController();
	let ended = 0;
	const onRequest = () => {
		if (++ended === 30) stop.abort();
	};
	await warm({ customers: many.customers, latencyMs: 20, onRequest }, async (simulator) => {
		ended = 0;
		const options = { concurrency };
		const more = { signal: stop.signal };
		const result = await runNode(simulator, many.items, { options }, more);
		expect(result.status).toBe('canceled');
		// What was on the wire when the signal came arrives yet.
		await sleep(300);
		const before = simulator.counters.requestsTotal;
		// Those under way then, and one each that was being sent just then.
		expect(before).toBeLessThanOrEqual(30 + 2 * concurrency);
		await sleep(1000);
		expect(simulator.counters.requestsTotal).toBe(before);
	});
});

describe('Retry On Fail', () => {
	const THREE_TIMES = {
		onError: undefined,
		retryOnFail: true,
		maxTries: 3,
		waitBetweenTries: 1,
	} as const;

	it('of Create makes no account twice', async () => {
		await warm({}, async (simulator) => {
			simulator.addFault({ call: 'createAccounts', kind: 'dropAfter' });
			// The looks that could settle it fail, so that the node fails and n8n runs it again.
			const looks = { skip: customers.length, times: 3 * customers.length };
			simulator.addFault({ call: 'listAccounts', kind: 'status', status: 500, ...looks });
			const options = { maxRetries: 0 };
			const result = await runNode(simulator, items, { options }, THREE_TIMES);
			expect(outcomesOf(result)).toEqual(all('existing'));
			expectOnce(simulator, 0);
		});
	});

	it.each<[string, Fault]>([
		['before the effect', { kind: 'dropBefore' }],
		['after it, and nothing shows it', { kind: 'dropAfter' }],
	])('of Create with validation pays once: lost %s', async (_, fault) => {
		await warm({}, async (simulator) => {
			simulator.configure({ validateStaysCreated: true });
			simulator.addFault({ ...fault, call: 'validateAccount' });
			const parameters = { validateOnCreate: true };
			const result = await runNode(simulator, items, parameters, THREE_TIMES);
			expect(result.error?.message).toMatch(/The validation may have been started/);
			expectOnce(simulator, fault.kind === 'dropAfter' ? ACCOUNTS : 0);
			expect(simulator.counters.requests.validateAccount).toBe(ACCOUNTS);
		});
	});

	// Of Validate too, as workflows/validate shows.
	it('of Create Another is refused before anything is sent', async () => {
		await warm({}, async (simulator) => {
			const result = await runNode(simulator, items, { onExisting: 'create' }, THREE_TIMES);
			expect(result.error?.message).toMatch(/Retry On Fail'? is on/);
			expect(simulator.counters.requestsTotal).toBe(0);
		});
	});
});
