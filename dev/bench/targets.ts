import type { Measured, OwnCost, Sample } from './measure';
import { limitOf, titleOf, type Work } from './plan';
import type { Results } from './run';
import { median } from './statistics';
import { HTTP_REQUEST, HTTP_REQUEST_BATCHED } from './subjects';

/** Something the project has set out to reach. */
export interface Target {
	/** Title of the work. */
	work: string;
	/** What is measured, e.g. "times as fast as HTTP Request". */
	what: string;
	wanted: string;
	measured: string;
	/** By how much it was missed, in percent of what was wanted; 0 or less: reached. */
	missedByPercent: number;
}

/** The median of one of the figures of some runs. */
export function medianOf(samples: Sample[], figure: (sample: Sample) => number): number {
	return median(samples.map(figure));
}

/** How long it took, in milliseconds. */
export const timeOf = ({ samples }: Measured) =>
	medianOf(samples, ({ milliseconds }) => milliseconds);

/** How much n8n's process grew, in bytes. */
export const growthOf = ({ samples }: Measured) =>
	medianOf(samples, ({ memoryPeak, memoryBefore }) => memoryPeak - memoryBefore);

const requestsOf = ({ samples }: Measured) => medianOf(samples, ({ requests }) => requests);

interface Wanted {
	/** HTTP Request's time divided by the node's, at least. */
	timesFaster: number;
	/** The node's time divided by what the network allows, at most. */
	timesLimit: number;
	/** The node's requests divided by HTTP Request's, at most. */
	requests?: number;
	/** The node's extra memory divided by HTTP Request's, at most. */
	memory?: number;
}

const WANTED: Partial<Record<Work['id'], Wanted>> = {
	few: { timesFaster: 10, requests: 1 / 5, timesLimit: 1.3 },
	create: { timesFaster: 2, timesLimit: 1.3 },
	many: { timesFaster: 1, timesLimit: 1.4 },
	large: { timesFaster: 10, memory: 1 / 2, timesLimit: 1.4 },
};

/** The most CPU for each account, in milliseconds. */
const OWN_COST_MS = 0.2;

/** How the results compare with what the project has set out to reach. */
export function judge({ works, ownCost }: Results): Target[] {
	return [...works.flatMap(judgeWork), judgeOwnCost(ownCost)];
}

function judgeWork({ work, measured }: Results['works'][number]): Target[] {
	const juspay = measured.find(({ subject }) => subject.id.startsWith('juspay'));
	const http = measured.find(({ subject }) => subject === HTTP_REQUEST);
	if (!juspay || !http) return [];
	const targets: Target[] = [];
	const atMost = (what: string, wanted: number, value: number) =>
		targets.push({
			work: titleOf(work),
			what,
			wanted: `≤ ${wanted}`,
			measured: value.toFixed(2),
			missedByPercent: (value / wanted - 1) * 100,
		});

	const wanted = WANTED[work.id];
	if (wanted) {
		const timesFaster = timeOf(http) / timeOf(juspay);
		const batched = measured.find(({ subject }) => subject === HTTP_REQUEST_BATCHED);
		const withBatching = batched
			? [`(with batching: ${(timeOf(batched) / timeOf(juspay)).toFixed(1)})`]
			: [];
		targets.push({
			work: titleOf(work),
			what: 'times as fast as HTTP Request',
			wanted: `≥ ${wanted.timesFaster}`,
			measured: [timesFaster.toFixed(1), ...withBatching].join(' '),
			missedByPercent: (1 - timesFaster / wanted.timesFaster) * 100,
		});
		if (wanted.requests !== undefined) {
			atMost("of HTTP Request's requests", wanted.requests, requestsOf(juspay) / requestsOf(http));
		}
		if (wanted.memory !== undefined) {
			atMost("of HTTP Request's extra memory", wanted.memory, growthOf(juspay) / growthOf(http));
		}
		atMost(
			'times what the network allows',
			wanted.timesLimit,
			timeOf(juspay) / limitOf(work, juspay.subject),
		);
	}
	targets.push(onceEach(work, juspay));
	return targets;
}

/** Every row answered, every account made once: in each of the runs. */
function onceEach(work: Work, { samples }: Measured): Target {
	const toMake = work.id === 'rerun' ? 0 : work.accounts;
	const off = samples.map(
		({ accountsMade, duplicates, unanswered }) =>
			Math.abs(accountsMade - toMake) + duplicates + unanswered,
	);
	const worst = Math.max(...off);
	return {
		work: titleOf(work),
		what: 'accounts not made, made twice, or rows without answer',
		wanted: '0',
		measured: String(worst),
		missedByPercent: (worst / work.accounts) * 100,
	};
}

function judgeOwnCost({ costs }: OwnCost): Target {
	const cost = median(costs);
	return {
		work: "The node's own cost",
		what: 'ms of CPU an account',
		wanted: `≤ ${OWN_COST_MS}`,
		measured: cost.toFixed(3),
		missedByPercent: (cost / OWN_COST_MS - 1) * 100,
	};
}
