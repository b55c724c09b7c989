/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import type { Reading } from './extension/order';
import type { Part } from './plan';
import type { Shares } from './profile';

/** What the simulator and the TLS front counted. */
interface Counts {
	requests: number;
	/** Over TLS only. */
	connections: number;
	inFlight: number;
	made: number;
	doubled: number;
	pennyDrops: number;
}

/** One run of one subject: what n8n says about it, and what was counted outside of it. */
export interface Sample extends Reading, Counts {
	/** Penny drops that were paid for twice. */
	paidTwice: number;
}

/** What the runs of a subject came to: medians, and of the time also the least and the most. */
export interface Figures extends Counts {
	runs: number;
	/** Median, least, most. */
	ms: [number, number, number];
	cpuMs: number;
	answered: number;
	/** Bytes of n8n's process (RSS). */
	memoryBefore: number;
	memoryGrown: number;
	memoryPeak: number;
	/** Accounts not made, made twice or paid for twice, and rows without answer, in the worst of the runs. */
	off: number;
	/** What the first row that was not answered said instead. */
	error?: string;
	/** Where the time of n8n's main thread went, in one more run. */
	profile?: Shares;
}

/** What the node's own work costs. */
export interface OwnCost {
	accounts: number;
	requests: number;
	runs: number;
	/** CPU time of n8n's process for each account, in milliseconds: median, least, most. */
	ms: [number, number, number];
}

/** What a part of the bench was run with. */
export interface Circumstances {
	date: string;
	/** How long it took. */
	seconds: number;
	versions: string;
	machine: string;
	cores: number;
	/** Over 1, 5 and 15 minutes, when the bench began: more than a little, and other work has slowed it. */
	load: number[];
}

/** What a part of the bench found out: for each work, each subject's figures, by their IDs. */
export interface PartResults {
	circumstances: Circumstances;
	works: Record<string, Record<string, Figures>>;
	itemByItem?: Figures;
	ownCost?: OwnCost;
}

export type Results = Partial<Record<Part, PartResults>>;

/** Median, least and most. */
export function spread(numbers: number[], digits = 3): [number, number, number] {
	const sorted = [...numbers].sort((a, b) => a - b);
	const at = (index: number) => sorted[Math.min(Math.max(index, 0), sorted.length - 1)] ?? NaN;
	const middle = (sorted.length - 1) / 2;
	const median = (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2;
	const rounded = (number: number) => Number(number.toFixed(digits));
	return [rounded(median), rounded(at(0)), rounded(at(Infinity))];
}

/** What some runs came to. */
export function figuresOf(samples: Sample[], toMake: number, toValidate: number): Figures {
	const median = (figure: (sample: Sample) => number) => spread(samples.map(figure))[0];
	const error = samples.find((sample) => sample.error !== undefined)?.error;
	const off = samples.map(
		({ made, doubled, unanswered, pennyDrops, paidTwice }) =>
			Math.abs(made - toMake) +
			doubled +
			unanswered +
			Math.abs(pennyDrops - toValidate) +
			paidTwice,
	);
	return {
		runs: samples.length,
		ms: spread(samples.map(({ milliseconds }) => milliseconds)),
		cpuMs: median((it) => it.cpuMs),
		requests: median((it) => it.requests),
		connections: median((it) => it.connections),
		inFlight: median((it) => it.inFlight),
		made: median((it) => it.made),
		doubled: median((it) => it.doubled),
		pennyDrops: median((it) => it.pennyDrops),
		answered: median((it) => it.answered),
		memoryBefore: median((it) => it.memoryBefore),
		memoryGrown: median((it) => it.memoryPeak - it.memoryBefore),
		memoryPeak: median((it) => it.memoryPeak),
		off: Math.max(...off),
		...(error !== undefined && { error: error.slice(0, 160) }),
	};
}

/** This machine and its load, now. */
export function thisMachine(): Pick<Circumstances, 'machine' | 'cores' | 'load'> {
	const all = cpus();
	const memory = `${Math.round(totalmem() / 1024 ** 3)} GB`;
	const system = `${platform()} ${release()}, ${arch()}`;
	return {
		machine: `${all[0]?.model.trim() ?? 'unknown'}, ${all.length} cores, ${memory}, ${system}`,
		cores: all.length,
		load: loadavg(),
	};
}

const fileOf = (folder: string) => join(folder, 'results.json');

/** What was last found out, of all parts; those that never ran are left out. */
export async function loadResults(folder: string): Promise<Results> {
	const text = await readFile(fileOf(folder), 'utf8').catch(() => '{}');
	return JSON.parse(text) as Results;
}

/** Keeps the figures that the report shows, a line for each subject. */
export async function saveResults(folder: string, results: Results): Promise<void> {
	await mkdir(dirname(fileOf(folder)), { recursive: true });
	await writeFile(fileOf(folder), `${linesOf(results, '')}\n`);
}

/** JSON that breaks lines only outside of figures. */
function linesOf(value: unknown, indent: string): string {
	const isFlat = typeof value !== 'object' || value === null || 'runs' in value || 'date' in value;
	if (isFlat) return JSON.stringify(value);
	const lines = Object.entries(value).map(
		([key, inner]) => `${indent}\t${JSON.stringify(key)}: ${linesOf(inner, `${indent}\t`)}`,
	);
	return `{\n${lines.join(',\n')}\n${indent}}`;
}
