import type { Measured, OwnCost, Sample } from './measure';
import { limitOf, titleOf, type Wanted, type Work } from './plan';
import type { Results } from './run';
import { median } from './statistics';

/** Something the project has set out to reach. */
export interface Target {
	/** Title of the work. */
	work: string;
	/** What is measured, e.g. "times as fast as HTTP Request". */
	what: string;
	/** Empty: only told. */
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

/** The most memory that n8n's process had, in bytes. */
export const memoryOf = ({ samples }: Measured) => medianOf(samples, (it) => it.memoryPeak);

/** Connections that were opened for each request, as counted; where nobody counts them, none costs anything. */
export const connectionsOf = ({ samples }: Measured) =>
	medianOf(samples, ({ connections = 0, requests }) => connections / Math.max(1, requests));

/** The least time that the network allows a subject for a work, with the connections that it opened. */
export function limitFor(work: Work, measured: Measured): number {
	return limitOf(work, measured.subject, connectionsOf(measured));
}

/** HTTP Request among the subjects of a work, with nothing set by hand. */
export function httpRequestOf(measured: Measured[]): Measured | undefined {
	return measured.find(({ subject }) => subject.name === 'HTTP Request');
}

/** The most CPU for each account, in milliseconds. */
const OWN_COST_MS = 0.2;

/** How the results compare with what the project has set out to reach. */
export function judge({ works, ownCost }: Results): Target[] {
	return [...works.flatMap(judgeWork), ...(ownCost ? [judgeOwnCost(ownCost)] : [])];
}

function judgeWork({ work, measured }: Results['works'][number]): Target[] {
	const [first] = measured;
	if (!first) return [];
	return [...(work.wanted ? judgeTimes(work, measured, work.wanted) : []), onceEach(work, first)];
}

function judgeTimes(work: Work, measured: Measured[], wanted: Wanted): Target[] {
	const [first] = measured as [Measured];
	const http = httpRequestOf(measured);
	const title = titleOf(work);
	const targets: Target[] = [];
	if (wanted.timesFaster !== undefined && http) {
		const timesFaster = timeOf(http) / timeOf(first);
		targets.push({
			work: title,
			what: 'times as fast as HTTP Request',
			wanted: wanted.timesFaster > 0 ? `≥ ${wanted.timesFaster}` : '',
			measured: timesFaster.toFixed(2),
			missedByPercent: wanted.timesFaster > 0 ? (1 - timesFaster / wanted.timesFaster) * 100 : 0,
		});
	}
	const atMost = (what: string, most: number | undefined, value: number | undefined) => {
		if (most === undefined || value === undefined) return;
		targets.push({
			work: title,
			what,
			wanted: `≤ ${most}`,
			measured: value.toFixed(2),
			missedByPercent: (value / most - 1) * 100,
		});
	};
	atMost('times what the network allows', wanted.timesLimit, timeOf(first) / limitFor(work, first));
	const other = measured.find(({ subject }) => subject === wanted.timesFirst?.subject);
	atMost(
		`times Map Automatically, ${other?.subject.name ?? ''}`,
		wanted.timesFirst?.most,
		other && timeOf(other) / timeOf(first),
	);
	atMost("GB of memory, n8n's whole process", toGB(wanted.memory), toGB(memoryOf(first)));
	return targets;
}

function toGB(bytes: number | undefined): number | undefined {
	return bytes === undefined ? undefined : bytes / 1_000_000_000;
}

/** Every row answered, every account made once, none paid for twice: in each of the runs. */
function onceEach(work: Work, { subject, samples }: Measured): Target {
	const toMake = work.allExist ? 0 : work.accounts;
	const toValidate = subject.id === 'juspay-validated' ? work.accounts : 0;
	const off = samples.map(
		({ accountsMade, duplicates, unanswered, validations, paidTwice }) =>
			Math.abs(accountsMade - toMake) +
			duplicates +
			unanswered +
			Math.abs(validations - toValidate) +
			paidTwice,
	);
	const worst = Math.max(...off);
	return {
		work: titleOf(work),
		what: 'accounts not made, made twice or paid for twice, or rows without answer',
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
