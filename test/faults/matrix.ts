import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Fault } from '../../dev/simulator/simulator';
import { runOn, startWarmSimulator } from '../simulated';
import type { Problems } from './judge';
import { failures, judgeCounters, judgeSecrets, MAY_EXIST, VALIDATION_IN_DOUBT } from './judge';
import type { Scenario } from './scenarios';
import { SCENARIOS } from './scenarios';

/** A fault without where and how often it strikes. */
type Kind = Fault extends infer Each
	? Each extends Fault
		? Omit<Each, 'call' | 'share'>
		: never
	: never;

interface NamedFault {
	name: string;
	fault: Kind;
	/** The node's time-out in seconds, where waiting for the usual one would take too long. */
	timeout?: number;
	/** Only calls that answer with several accounts can be struck. */
	several?: boolean;
	/** Known not to have happened, so that each call may be repeated. */
	safe?: boolean;
	/** A 2xx, also where Juspay refused the request: what it hides is never sent again. */
	hides?: boolean;
	/** A 2xx without an account says that it may be created yet: for 24 hours the node doesn't send it again. */
	accepts?: boolean;
	/** Says of a list that there are no accounts, which is no fault but a lie. */
	emptiesLists?: boolean;
	/** Waits in real time, so that it is better begun early. */
	slow?: boolean;
}

const tooMany = { kind: 'status', status: 429 } as const;

const FAULTS: NamedFault[] = [
	{ name: '429', fault: tooMany, safe: true, slow: true },
	{
		name: '429, Retry-After in seconds',
		fault: { ...tooMany, retryAfter: '1' },
		safe: true,
		slow: true,
	},
	{ name: '500', fault: { kind: 'status', status: 500 } },
	{ name: '500 after the effect', fault: { kind: 'statusAfter', status: 500 } },
	{ name: '502 with HTML after the effect', fault: { kind: 'htmlAfter' } },
	{ name: 'dropped before the effect', fault: { kind: 'dropBefore' } },
	{ name: 'dropped after the effect', fault: { kind: 'dropAfter' } },
	{ name: 'hang', fault: { kind: 'hang' }, timeout: 2, slow: true },
	{ name: 'hang after the effect', fault: { kind: 'hangAfter' }, timeout: 2, slow: true },
	{
		name: 'effect after the time-out',
		fault: { kind: 'lateEffect', forMs: 2200 },
		timeout: 2,
		slow: true,
	},
	{ name: 'broken JSON', fault: { kind: 'brokenJson' }, hides: true },
	{ name: 'empty body', fault: { kind: 'emptyBody' }, hides: true, accepts: true },
	{ name: 'half of the accounts', fault: { kind: 'half' }, several: true },
	{ name: 'another order', fault: { kind: 'reordered' }, several: true },
	{ name: '409 DUPLICATE_REQUEST', fault: { kind: 'status', status: 409 } },
	// The other request that Juspay speaks of is our own.
	{ name: '409 after the effect', fault: { kind: 'statusAfter', status: 409 } },
	// More than half of the time for which the node looks, on its fast clock here: see matrix.test.ts.
	{ name: 'dropped, effect later', fault: { kind: 'dropLate', forMs: 700 } },
	{
		name: '204',
		fault: { kind: 'statusAfter', status: 204, body: '' },
		hides: true,
		accepts: true,
		emptiesLists: true,
	},
	{
		name: '200 with HTML',
		fault: { kind: 'statusAfter', status: 200, body: '<html>' },
		hides: true,
	},
];

const SHARES = [0.05, 0.5];

/** One call of the family under one fault at one rate, with a seed of its own. */
export interface Cell {
	name: string;
	scenario: Scenario;
	fault: NamedFault;
	share: number;
	seed: number;
}

/** Every cell, those that take long first. */
export function cells(): Cell[] {
	const all = SCENARIOS.flatMap((scenario) =>
		FAULTS.flatMap((fault) =>
			SHARES.map((share) => ({
				name: `${scenario.name} | ${fault.name} | ${100 * share} %`,
				scenario,
				fault,
				share,
			})),
		),
	)
		.map((cell, index) => ({ ...cell, seed: index + 1 }))
		.filter(
			({ scenario, fault }) =>
				(!fault.several || scenario.strikes.some((call) => SEVERAL.includes(call))) &&
				!(fault.emptiesLists && scenario.strikes.includes('listAccounts')),
		);
	const patience = ({ fault, share, scenario }: Cell) =>
		share * ((fault.safe ? 0 : 1) + (fault.slow ? 1 : 0)) * (scenario.isSlow ? 4 : 1);
	return all.sort((one, other) => patience(other) - patience(one));
}

const SEVERAL = ['createAccounts', 'listAccounts'];

/** So rare that whoever repeats gets through. */
const isRare = ({ share }: Cell) => share <= 0.05;

/** What came of a cell. */
export interface Verdict {
	problems: Problems;
	/** How many were injected. */
	faults: number;
}

/** Fewer than customers, so that it is the bound that bounds. */
const CONCURRENCY = 4;
const API_KEY = 'key_that_nobody_may_see';

/** Runs a cell: once struck by its fault, once without. */
export async function runCell(cell: Cell): Promise<Verdict> {
	const { scenario, fault, share, seed } = cell;
	// Small pages, so that a list takes several; a latency, so that what is sent at once is in flight at once.
	const simulator = await startWarmSimulator({ apiKey: API_KEY, seed, pageSize: 2, latencyMs: 4 });
	const options: IDataObject = {
		concurrency: CONCURRENCY,
		...scenario.options,
	};
	const runWith = async (parameters: INodeParameters, items: IDataObject[], more: IDataObject) =>
		await runOn(
			simulator,
			{ ...parameters, options: { ...options, ...more } as INodeParameters },
			{ items, onError: 'continueRegularOutput', collect: false },
		);
	try {
		const prepared = await scenario.prepare(
			simulator,
			async (parameters, items) => await runWith(parameters, items, {}),
		);
		const { counters } = simulator;
		const { items, begin, judge } = prepared;
		const secrets = [API_KEY, ...prepared.secrets];
		const problems: Problems = [];
		simulator.addFault({ ...fault.fault, call: scenario.strikes, share });
		begin?.();
		const struck = await runWith(
			prepared.parameters('faulty'),
			items,
			fault.timeout ? { timeout: fault.timeout } : {},
		);
		const faults = Object.values(counters.faults).reduce((sum, count) => sum + count, 0);
		problems.push(
			...judge(struck, 'faulty').map((problem) => `struck: ${problem}`),
			...judgeSecrets(struck, secrets).map((problem) => `struck: ${problem}`),
		);
		problems.push(...judgeCounters(simulator, CONCURRENCY).map((it) => `struck: ${it}`));

		// At once: what is still at work from the run before must not lead to anything twice.
		simulator.clearFaults();
		begin?.();
		const again = await runWith(prepared.parameters('again'), items, {});
		problems.push(...judge(again, 'again').map((problem) => `again: ${problem}`));
		const { refused = 0 } = scenario;
		const mayFail =
			!isRare(cell) ||
			fault.timeout ||
			(scenario.failsWhenUnknown && !fault.safe) ||
			(fault.hides && refused > 0);
		if (!mayFail && failures(struck).length > refused) {
			problems.push(`struck: gave up on ${failures(struck).length - refused} too early`);
		}
		// A penny drop in doubt is never started again, also where it was lost before it was one.
		const mayStayInDoubt = scenario.failsWhenUnknown && !fault.safe;
		// Nor is a request sent again that was refused behind a 2xx without an account.
		const mayBeCreatedYet = fault.accepts && refused > 0;
		const left = failures(again).filter(
			({ errorCode }) =>
				!(mayStayInDoubt && errorCode === VALIDATION_IN_DOUBT) &&
				!(mayBeCreatedYet && errorCode === MAY_EXIST),
		);
		if (mayBeCreatedYet ? left.length > refused : left.length !== refused) {
			const codes = new Set(left.map(({ errorCode }) => errorCode));
			problems.push(
				`again: fails with ${[...codes].join(', ')} although nothing is wrong any more`,
			);
		}
		problems.push(...judgeCounters(simulator, CONCURRENCY).map((it) => `again: ${it}`));

		return { problems, faults };
	} finally {
		await simulator.close();
	}
}

/** Starts every job, so many at a time, in their order; each one's outcome can be waited for by itself. */
export function startPool<T>(jobs: Array<() => Promise<T>>, atOnce: number): Array<Promise<T>> {
	const queue: Array<() => Promise<void>> = [];
	const outcomes = jobs.map(
		async (job) =>
			await new Promise<T>((resolve, reject) => {
				queue.push(async () => await job().then(resolve, reject));
			}),
	);
	const worker = async (place: number) => {
		// Not all at the same moment: a process that is busy for a second is a time-out to its own requests.
		await sleep(100 * place);
		for (let next = queue.shift(); next; next = queue.shift()) await next();
	};
	for (let index = 0; index < atOnce; index++) void worker(index);
	// One that fails before its test asks is no unhandled rejection.
	for (const outcome of outcomes) outcome.catch(() => undefined);
	return outcomes;
}
