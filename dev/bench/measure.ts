/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { join } from 'node:path';
import type { Reading } from './extension/order';
import { LOOPBACK } from './network';
import type { Plan, Work } from './plan';
import { sharesOf, type Shares } from './profile';
import type { SimulatorProcess } from './simulatorProcess';
import { BENCH_FOLDER, type Stand } from './stand';
import { ITEM_BY_ITEM, JUSPAY, JUSPAY_FEW_REQUESTS, type Subject } from './subjects';

/** One run of one subject: what n8n says about it, and what the simulator does. */
export interface Sample extends Reading {
	requests: number;
	/** Over TLS: the connections that n8n has opened. */
	connections?: number;
	peakInFlight: number;
	accountsMade: number;
	duplicates: number;
	/** Penny drops. */
	validations: number;
	/** Penny drops that were paid for twice. */
	paidTwice: number;
}

/** How a subject did a work. */
export interface Measured {
	subject: Subject;
	samples: Sample[];
	/** Where the time of n8n's main thread went, in one more run. */
	profile?: Shares;
	/** The samples were extrapolated from a smaller number of rows; this many. */
	extrapolatedFrom?: number;
}

/** As many requests for each subject. */
const WARM_UP = { accounts: 100, customers: 50, warmUp: true, profile: '' };

interface RunOptions {
	/** Part of the customers' IDs. */
	run: string;
	/** File to write a CPU profile to. */
	profile?: string;
}

/** What of a work it takes to run it once. */
type Task = Pick<Work, 'accounts' | 'customers' | 'network' | 'allExist' | 'requestsPerSecond'>;

/** Runs a work once with a subject, on a simulator that holds nothing else. */
export async function measure(
	{ simulator: { control }, front, run }: Stand,
	subject: Subject,
	{ accounts, customers, network, allExist = false, requestsPerSecond }: Task,
	{ run: name, profile = '' }: RunOptions,
): Promise<Sample> {
	const order = { accounts, customers, run: name, warmUp: false, profile: '' };
	const latencyMs = network.serverMs;
	await front.configure(network.roundTripMs ?? 0);
	await control.configure({ latencyMs, keepRequests: 0, requestsPerSecond: null });
	await control.reset();
	if (allExist) {
		await control.configure({ latencyMs: 0 });
		await run(JUSPAY, order, network);
		await control.configure({ latencyMs });
	}
	await run(subject, { ...WARM_UP, run: 'warm_up' }, network);
	// What is to exist stays; otherwise the warm-up's counts go, the most in flight among them.
	if (!allExist) await control.reset();
	await front.configure(network.roundTripMs ?? 0);
	const before = (await control.state()).counters;
	await control.configure({ requestsPerSecond: requestsPerSecond ?? null });
	const reading = await run(subject, { ...order, profile }, network);
	const after = (await control.state()).counters;
	const { connections } = await front.traffic();
	return {
		...reading,
		requests: after.requestsTotal - before.requestsTotal,
		...(network.roundTripMs !== undefined && { connections }),
		peakInFlight: after.peakInFlight,
		accountsMade: after.accountsMade - before.accountsMade,
		duplicates: after.duplicatesMade - before.duplicatesMade,
		validations: after.validationsStarted - before.validationsStarted,
		paidTwice: after.validationsWhileUnsettled - before.validationsWhileUnsettled,
	};
}

/** Runs a work once more to see where the time goes; being watched takes time, so that the run counts for nothing else. */
export async function profile(stand: Stand, subject: Subject, work: Work): Promise<Shares> {
	const file = join(BENCH_FOLDER, `${subject.id}-${work.id}.cpuprofile`);
	await measure(stand, subject, work, { run: 'profile', profile: file });
	return await sharesOf(file);
}

/**
 * Runs the node that goes item by item, all its runs at once: each waits for answers 98 % of its time. What it takes
 * depends on the number of rows alone.
 *
 * @param simulator - one of its own, so that other runs may go on meanwhile
 */
export async function measureItemByItem(
	{ run }: Stand,
	{ control }: SimulatorProcess,
	{ accounts, runs }: NonNullable<Plan['itemByItem']>,
): Promise<Measured> {
	await control.configure({ latencyMs: LOOPBACK.serverMs, keepRequests: 0 });
	const readings = await Promise.all(
		Array.from(
			{ length: runs },
			async (_, index) =>
				await run(
					ITEM_BY_ITEM,
					{
						accounts,
						customers: accounts,
						run: `item_by_item_${index}`,
						warmUp: false,
						profile: '',
					},
					LOOPBACK,
				),
		),
	);
	const { counters } = await control.state();
	const samples = readings.map((reading) => ({
		...reading,
		requests: counters.requestsTotal / runs,
		peakInFlight: counters.peakInFlight / runs,
		accountsMade: counters.accountsMade / runs,
		duplicates: counters.duplicatesMade / runs,
		validations: 0,
		paidTwice: 0,
	}));
	return { subject: ITEM_BY_ITEM, samples };
}

/** What item by item takes for another number of rows: each row takes what it took. */
export function extrapolate({ subject, samples }: Measured, accounts: number): Measured {
	const [first] = samples;
	const measuredWith = (first?.answered ?? 0) + (first?.unanswered ?? 0);
	if (accounts === measuredWith) return { subject, samples };
	const factor = accounts / measuredWith;
	return {
		subject,
		extrapolatedFrom: measuredWith,
		samples: samples.map((sample) => ({
			...sample,
			milliseconds: sample.milliseconds * factor,
			requests: sample.requests * factor,
			accountsMade: sample.accountsMade * factor,
			answered: sample.answered * factor,
		})),
	};
}

/** What the node's own work costs. */
export interface OwnCost {
	accounts: number;
	requests: number;
	/** CPU time of n8n's process for each account, in milliseconds, once for each run. */
	costs: number[];
}

/** Runs the node with hardly any requests and no latency, so that its own work is nearly all there is. */
export async function measureOwnCost(
	stand: Stand,
	{ runs, ...size }: NonNullable<Plan['ownCost']>,
): Promise<OwnCost> {
	const costs: number[] = [];
	let requests = 0;
	const work = { ...size, network: { ...LOOPBACK, serverMs: 0 } };
	for (let index = 0; index < runs; index++) {
		const sample = await measure(stand, JUSPAY_FEW_REQUESTS, work, { run: 'own' });
		costs.push(sample.cpuMs / size.accounts);
		requests = sample.requests;
	}
	return { accounts: size.accounts, requests, costs };
}
