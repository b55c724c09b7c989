/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on a developer's machine, never inside n8n */
import { format, resolveConfig } from 'prettier';
import type { Panel } from './chart';
import type { Machine } from './machine';
import { reckon, type Measured, type Sample } from './measure';
import { count, limitOf, titleOf, type Work } from './plan';
import type { Results } from './run';
import type { Versions } from './stand';
import { median, range } from './statistics';
import { HTTP_REQUEST, ITEM_BY_ITEM, JUSPAY_EXPRESSIONS } from './subjects';
import { growthOf, judge, medianOf, timeOf, type Target } from './targets';

/** What a report is about. */
export interface Circumstances {
	machine: Machine;
	versions: Versions;
	/** When the bench began. */
	date: Date;
	/** How long it took, in seconds. */
	seconds: number;
}

const MB = 1_000_000;

/** All results as Markdown. */
export async function reportOf(results: Results, circumstances: Circumstances): Promise<string> {
	const { works, itemByItem, ownCost } = results;
	const [least, most] = range(ownCost.costs);
	const sections = [
		'# Benchmarks',
		`What \`npm run bench\` printed: this node, n8n's HTTP Request node and a node that goes item by item, side by side in
one n8n, against the [simulator](../dev/simulator/README.md) in a process of its own. [How it is measured](#how-it-is-measured) is
below. This node mostly waits for the network, so its times hardly depend on the machine. HTTP Request's do: it keeps
n8n's process busy throughout, so that the faster the processor, the smaller the ratio between the two.`,
		circumstancesTable(circumstances),
		...busyNote(circumstances.machine),
		'![Time of each node for each work, as bars](images/benchmarks.svg)',
		'## What was to be reached',
		targetsTable(judge(results)),
		...works.flatMap(({ work, measured }) => [
			`## ${titleOf(work)}`,
			workTable(work, [
				...measured,
				...(comparesItemByItem(work) ? [reckon(itemByItem, work.accounts)] : []),
			]),
			...errorsOf(measured),
		]),
		"## The node's own cost",
		`CPU time of n8n's process for each account, with ${count(ownCost.accounts)} accounts in ${ownCost.requests} requests and no latency, so that reading,
checking, grouping, matching and shaping are nearly all there is (JSON of the requests included): median
**${median(ownCost.costs).toFixed(3)} ms** (${least.toFixed(3)} to ${most.toFixed(3)}, ${ownCost.costs.length} runs).`,
		HOW,
	];
	const style = await resolveConfig(__filename);
	return await format(sections.join('\n\n'), { ...style, parser: 'markdown' });
}

const HOW = `## How it is measured

- n8n runs as installed from npm, the node from its packed tarball, each workflow activated and started by its webhook
  as in production: Webhook, a node that makes the rows, the measured node, a stop watch. Time is what n8n notes for the
  measured node alone (\`executionTime\`). The rows hold a customer's ID, account number, IFSC and name.
- **Juspay node**: Accounts From: Input Columns, everything else as it is by default (50 requests at once). With
  "expressions", Define Below with an expression in each field, for information.
- **HTTP Request**: one POST for each account, with a Basic Auth credential, a form body and expressions for address,
  header and body; everything else as it is by default, which sends all at once. With "batching", batches of 50
  with 1 ms between them: 10, 50 and 100 ms were no faster, since n8n's process is at its limit, not the network. "20 each second" is set by hand to the server's limit.
  It neither looks for existing accounts nor repeats a request. Its own Retry On Fail would begin again with the first row.
- **Item by item**: awaits one request for each item, as most nodes do. All its runs go at once, each waiting most of its
  time, beside those runs of the 20-a-second work that wait as well; more rows than it was run with are reckoned.
- Each figure is the median of the runs, in brackets the least and the most. Subjects take turns, each run comes after a
  short one that warms n8n up and after a garbage collection; "extra memory" is the most that n8n's process (RSS) grew
  beyond what it had then.
- **The limit** is what the network allows: waves of requests that can't go at once, 100 ms each. This node has 50
  requests in flight and, with Reuse, looks before it creates: two waves for 50 customers. HTTP Request sends all in one. What
  this node takes beyond it is n8n's work on the requests, 1 to 2 ms of the processor for each: the 50 answers of a wave
  come together and are seen to one after the other, so that the last customer of each wave begins its next request late.
  In a run of four waves that is a third of the time, in one of forty a tenth.
- Accounts made, duplicates, requests and the most in flight are the simulator's own counts.`;

function comparesItemByItem(work: Work): boolean {
	return work.requestsPerSecond === undefined && work.id !== 'rerun';
}

/** A column of a table: its head, and what stands in it. Numbers go to the right. */
interface Column<Row> {
	head: string;
	cell: (row: Row) => string;
	isText?: boolean;
}

function table<Row>(columns: Array<Column<Row>>, rows: Row[]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(columns.map(({ head }) => head)),
		line(columns.map(({ isText }) => (isText ? '---' : '--:'))),
		...rows.map((row) => line(columns.map(({ cell }) => cell(row)))),
	].join('\n');
}

function circumstancesTable({ machine, versions, date, seconds }: Circumstances): string {
	const rows: Array<[string, string]> = [
		['Date', date.toISOString().slice(0, 10)],
		['Versions', `${versions.juspay}, n8n ${versions.n8n} on Node ${versions.node}`],
		['Machine', `${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}`],
		['Load before (1, 5, 15 minutes)', machine.load.map((one) => one.toFixed(2)).join(', ')],
		['The bench took', `${Math.round(seconds)} s`],
	];
	return table(
		[
			{ head: '', cell: ([name]) => name, isText: true },
			{ head: '', cell: ([, value]) => value, isText: true },
		],
		rows,
	);
}

/** A warning where other work has spoilt the times. */
function busyNote({ load, cores }: Machine): string[] {
	const [lastMinute = 0] = load;
	return lastMinute < cores / 2
		? []
		: [
				'**The machine was busy with other work when the bench began:** times are longer than they would be alone.',
			];
}

function targetsTable(targets: Target[]): string {
	return table(
		[
			{ head: 'Work', cell: ({ work }) => work, isText: true },
			{ head: 'To reach', cell: ({ what }) => what, isText: true },
			{ head: 'Wanted', cell: ({ wanted }) => wanted },
			{ head: 'Measured', cell: ({ measured }) => measured },
			{ head: '', cell: verdict, isText: true },
		],
		targets,
	);
}

function verdict({ missedByPercent }: Target): string {
	return missedByPercent <= 0 ? 'reached' : `**missed** by ${missedByPercent.toFixed(1)} %`;
}

function workTable(work: Work, all: Measured[]): string {
	const isLimited = work.requestsPerSecond !== undefined;
	const http = isLimited ? undefined : all.find(({ subject }) => subject === HTTP_REQUEST);
	const limit = ({ subject }: Measured) => limitOf(work, subject);
	const counted = (head: string, figure: (sample: Sample) => number): Column<Measured> => ({
		head,
		cell: ({ samples }) => count(medianOf(samples, figure)),
	});
	const columns: Array<Column<Measured>> = [
		{ head: '', cell: ({ subject }) => subject.name, isText: true },
		{ head: 'Time, s', cell: timeWithSpread },
		{
			head: 'Against HTTP Request',
			cell: (one) =>
				http && one !== http ? `${(timeOf(http) / timeOf(one)).toPrecision(2)}×` : '',
		},
		{ head: 'Limit, s', cell: (one) => seconds(limit(one)) },
		{ head: 'Time / limit', cell: (one) => `${(timeOf(one) / limit(one)).toFixed(2)}×` },
		{
			head: "n8n's CPU, s",
			cell: (one) => ranAlone(one, seconds(medianOf(one.samples, ({ cpuMs }) => cpuMs))),
		},
		counted('Requests', ({ requests }) => requests),
		counted('Most in flight', ({ peakInFlight }) => peakInFlight),
		counted('Accounts made', ({ accountsMade }) => accountsMade),
		counted('Duplicates', ({ duplicates }) => duplicates),
		counted('Rows answered', ({ answered }) => answered),
		{ head: 'Extra memory, MB', cell: (one) => ranAlone(one, megabytes(growthOf(one))) },
		{
			head: 'Memory before, MB',
			cell: (one) => ranAlone(one, megabytes(medianOf(one.samples, (it) => it.memoryBefore))),
		},
		{ head: 'Runs', cell: ({ samples }) => String(samples.length) },
	];
	return table(
		columns.filter(({ head }) => !(isLimited && /memory|Against|CPU/i.test(head))),
		all,
	);
}

function timeWithSpread(measured: Measured): string {
	const { samples, reckonedFrom } = measured;
	const [least, most] = range(samples.map(({ milliseconds }) => milliseconds));
	const spread = `${seconds(timeOf(measured))} (${seconds(least)}–${seconds(most)})`;
	return reckonedFrom === undefined ? spread : `${spread}, reckoned from ${count(reckonedFrom)}`;
}

/** The process's memory and CPU say nothing about a run that others ran beside. */
function ranAlone({ subject }: Measured, figure: string): string {
	return subject === ITEM_BY_ITEM ? '' : figure;
}

/** What the rows that were not answered say instead. */
function errorsOf(measured: Measured[]): string[] {
	return measured.flatMap(({ subject, samples }) => {
		const error = samples.find((sample) => sample.error !== undefined)?.error;
		return error === undefined
			? []
			: [`${subject.name}, first error: \`${error.replace(/`/g, "'").slice(0, 160)}\``];
	});
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1);
}

function megabytes(bytes: number): string {
	return count(bytes / MB);
}

/** The chart's panels: the works without a limited pace, and without what is for information only. */
export function panelsOf({ works, itemByItem }: Results): Panel[] {
	return works
		.filter(({ work }) => work.requestsPerSecond === undefined)
		.map(({ work, measured }) => {
			const one = comparesItemByItem(work) ? reckon(itemByItem, work.accounts) : undefined;
			return {
				title: titleOf(work),
				note: one
					? `a node that goes item by item: ${seconds(timeOf(one))} s${one.reckonedFrom === undefined ? '' : ' (reckoned)'}`
					: '',
				bars: measured
					.filter(({ subject }) => subject !== JUSPAY_EXPRESSIONS)
					.map((it) => ({ subject: it.subject.name, seconds: timeOf(it) / 1_000 })),
			};
		});
}
