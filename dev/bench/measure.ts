/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { join } from 'node:path';
import type { Reading } from './extension/order';
import { LATENCY_MS, type Plan, type Work } from './plan';
import type { SimulatorProcess } from './simulatorProcess';
import { BENCH_FOLDER, type Stand } from './stand';
import { ITEM_BY_ITEM, JUSPAY, JUSPAY_FEW_REQUESTS, type Subject } from './subjects';

/** One run of one subject: what n8n says about it, and what the simulator does. */
export interface Sample extends Reading {
	requests: number;
	peakInFlight: number;
	accountsMade: number;
	duplicates: number;
}

/** How a subject did a work. */
export interface Measured {
	subject: Subject;
	samples: Sample[];
	/** The samples were reckoned from a smaller number of rows; this many. */
	reckonedFrom?: number;
}

/** As many requests for each subject. */
const WARM_UP = { accounts: 100, customers: 50, warmUp: true, profile: '' };

interface RunOptions {
	/** Part of the customers' IDs. */
	run: string;
	latencyMs?: number;
	/** All accounts of the work are there before it begins. */
	allExist?: boolean;
	profile?: boolean;
}

/** Runs a work once with a subject, on a simulator that holds nothing else. */
export async function measure(
	{ simulator: { control }, run }: Stand,
	subject: Subject,
	{
		accounts,
		customers,
		requestsPerSecond,
	}: Pick<Work, 'accounts' | 'customers' | 'requestsPerSecond'>,
	{ run: name, latencyMs = LATENCY_MS, allExist = false, profile = false }: RunOptions,
): Promise<Sample> {
	const order = { accounts, customers, run: name, warmUp: false, profile: '' };
	await control.configure({ latencyMs, keepRequests: 0, requestsPerSecond: null });
	await control.reset();
	if (allExist) {
		await control.configure({ latencyMs: 0 });
		await run(JUSPAY, order);
		await control.configure({ latencyMs });
	}
	await run(subject, { ...WARM_UP, run: 'warm_up' });
	// What is to exist stays; otherwise the warm-up's counts go, the most in flight among them.
	if (!allExist) await control.reset();
	const before = (await control.state()).counters;
	await control.configure({ requestsPerSecond: requestsPerSecond ?? null });
	const file = join(BENCH_FOLDER, `${subject.id}-${accounts}-${customers}.cpuprofile`);
	const reading = await run(subject, { ...order, profile: profile ? file : '' });
	const after = (await control.state()).counters;
	return {
		...reading,
		requests: after.requestsTotal - before.requestsTotal,
		peakInFlight: after.peakInFlight,
		accountsMade: after.accountsMade - before.accountsMade,
		duplicates: after.duplicatesMade - before.duplicatesMade,
	};
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
	{ accounts, runs }: Plan['itemByItem'],
): Promise<Measured> {
	await control.configure({ latencyMs: LATENCY_MS, keepRequests: 0 });
	const readings = await Promise.all(
		Array.from(
			{ length: runs },
			async (_, index) =>
				await run(ITEM_BY_ITEM, {
					accounts,
					customers: accounts,
					run: `item_by_item_${index}`,
					warmUp: false,
					profile: '',
				}),
		),
	);
	const { counters } = await control.state();
	const samples = readings.map((reading) => ({
		...reading,
		requests: counters.requestsTotal / runs,
		peakInFlight: counters.peakInFlight / runs,
		accountsMade: counters.accountsMade / runs,
		duplicates: counters.duplicatesMade / runs,
	}));
	return { subject: ITEM_BY_ITEM, samples };
}

/** What item by item takes for another number of rows: each row takes what it took. */
export function reckon({ subject, samples }: Measured, accounts: number): Measured {
	const [first] = samples;
	const measuredWith = (first?.answered ?? 0) + (first?.unanswered ?? 0);
	if (accounts === measuredWith) return { subject, samples };
	const factor = accounts / measuredWith;
	return {
		subject,
		reckonedFrom: measuredWith,
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
	{ runs, ...work }: Plan['ownCost'],
): Promise<OwnCost> {
	const costs: number[] = [];
	let requests = 0;
	for (let index = 0; index < runs; index++) {
		const sample = await measure(stand, JUSPAY_FEW_REQUESTS, work, { run: 'own', latencyMs: 0 });
		costs.push(sample.cpuMs / work.accounts);
		requests = sample.requests;
	}
	return { accounts: work.accounts, requests, costs };
}
