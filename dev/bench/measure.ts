/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { join } from 'node:path';
import { figuresOf, spread, type OwnCost, type PartResults, type Sample } from './figures';
import { LOOPBACK, titleOf, type Entry, type Plan, type Work } from './plan';
import { sharesOf } from './profile';
import { BENCH_FOLDER, type Stand } from './stand';
import { ITEM_BY_ITEM, JUSPAY, JUSPAY_FEW_REQUESTS, type Subject } from './subjects';

/** As many requests for each subject. */
const WARM_UP = { accounts: 100, customers: 50, run: 'warm_up', warmUp: true, profile: '' };

/** What of a work it takes to run it once. */
type Task = Pick<Work, 'accounts' | 'customers' | 'network' | 'allExist' | 'requestsPerSecond'>;

/** Runs a work once with a subject, on a simulator that holds nothing else. */
async function measure(
	{ simulator: { control }, front, run }: Stand,
	subject: Subject,
	{ accounts, customers, network, allExist = false, requestsPerSecond }: Task,
	name: string,
	profile = '',
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
	await run(subject, WARM_UP, network);
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
		connections: network.roundTripMs === undefined ? 0 : connections,
		inFlight: after.peakInFlight,
		made: after.accountsMade - before.accountsMade,
		doubled: after.duplicatesMade - before.duplicatesMade,
		pennyDrops: after.validationsStarted - before.validationsStarted,
		paidTwice: after.validationsWhileUnsettled - before.validationsWhileUnsettled,
	};
}

/**
 * Runs the node that goes item by item, all its runs at once: each waits for answers 98 % of its time. Its simulator is
 * one of its own, so that other runs may go on meanwhile.
 */
async function measureItemByItem(
	{ run, otherSimulator: { control } }: Stand,
	{ accounts, runs }: NonNullable<Plan['itemByItem']>,
): Promise<Sample[]> {
	await control.configure({ latencyMs: LOOPBACK.serverMs, keepRequests: 0 });
	const order = { accounts, customers: accounts, warmUp: false, profile: '' };
	const readings = await Promise.all(
		Array.from({ length: runs }, (_, index) =>
			run(ITEM_BY_ITEM, { ...order, run: `item_by_item_${index}` }, LOOPBACK),
		),
	);
	const { counters } = await control.state();
	return readings.map((reading) => ({
		...reading,
		requests: counters.requestsTotal / runs,
		connections: 0,
		inFlight: counters.peakInFlight / runs,
		made: counters.accountsMade / runs,
		doubled: counters.duplicatesMade / runs,
		pennyDrops: 0,
		paidTwice: 0,
	}));
}

/** Runs the node with hardly any requests and no latency, so that its own work is nearly all there is. */
async function measureOwnCost(
	stand: Stand,
	{ runs, ...size }: NonNullable<Plan['ownCost']>,
): Promise<OwnCost> {
	const work = { ...size, network: { ...LOOPBACK, serverMs: 0 } };
	const samples: Sample[] = [];
	while (samples.length < runs) {
		samples.push(await measure(stand, JUSPAY_FEW_REQUESTS, work, 'own'));
	}
	const ms = spread(
		samples.map(({ cpuMs }) => cpuMs / size.accounts),
		6,
	);
	return { accounts: size.accounts, requests: samples.at(-1)?.requests ?? 0, runs, ms };
}

/**
 * Runs a plan. The subjects of a work take turns, so that a disturbance of the machine hits all of them alike.
 *
 * @param report - gets a line for each run
 */
export async function runPlan(
	stand: Stand,
	plan: Plan,
	report: (line: string) => void,
): Promise<Omit<PartResults, 'circumstances'>> {
	const works: PartResults['works'] = {};
	const runWork = async (work: Work, entries: Entry[]) => {
		const samples = new Map(entries.map(({ subject }) => [subject, [] as Sample[]]));
		const rounds = Math.max(0, ...entries.map(({ runs }) => runs));
		for (let round = 0; round < rounds; round++) {
			for (const { subject } of entries.filter(({ runs }) => round < runs)) {
				const sample = await measure(stand, subject, work, `${work.id}_${round}`);
				samples.get(subject)?.push(sample);
				const seconds = (sample.milliseconds / 1_000).toFixed(2);
				report(
					`${titleOf(work)}: ${subject.name}, ${seconds} s, ${sample.requests} requests, ${sample.made} accounts made`,
				);
			}
		}
		for (const [subject, its] of samples) {
			const figures = figuresOf(
				its,
				work.allExist ? 0 : work.accounts,
				subject.validates ? work.accounts : 0,
			);
			if (work.profile && subject.id.startsWith('juspay')) {
				// Being watched takes time, so that this run counts for nothing else.
				const file = join(BENCH_FOLDER, `${subject.id}-${work.id}.cpuprofile`);
				await measure(stand, subject, work, 'profile', file);
				figures.profile = await sharesOf(file);
			}
			works[work.id] = { ...works[work.id], [subject.id]: figures };
		}
	};
	const runWorks = async (waits: boolean) => {
		for (const work of plan.works) {
			await runWork(
				work,
				work.entries.filter((entry) => (entry.waits ?? false) === waits),
			);
		}
	};

	await runWorks(false);
	const ownCost = plan.ownCost && (await measureOwnCost(stand, plan.ownCost));
	const [itemByItem] = await Promise.all([
		plan.itemByItem && measureItemByItem(stand, plan.itemByItem),
		runWorks(true),
	]);
	return {
		works,
		...(itemByItem && { itemByItem: figuresOf(itemByItem, plan.itemByItem?.accounts ?? 0, 0) }),
		...(ownCost && { ownCost }),
	};
}
