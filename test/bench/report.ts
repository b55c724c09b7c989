import { format } from 'prettier';
import type { Bar } from './chart';
import type { Machine } from './machine';
import { reckon, type Measured } from './measure';
import { count, limitOf, titleOf, type Work } from './plan';
import type { Results } from './run';
import type { Versions } from './stand';
import { median, range } from './statistics';
import { HTTP_REQUEST, JUSPAY_EXPRESSIONS } from './subjects';
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
	const [least, most] = range(ownCost);
	const sections = [
		'# Benchmarks',
		`What \`npm run bench\` printed: this node, n8n's HTTP Request node and a node that goes item by item, side by side in
one n8n, against the [simulator](../test/simulator/README.md) in a process of its own. [How it is measured](#how-it-is-measured) is
below. Times depend on the machine; how they compare hardly does.`,
		circumstancesTable(circumstances),
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
		`CPU time of n8n's process for each account, with ${count(10_000)} accounts in 40 requests and no latency, so that reading,
checking, grouping, matching and shaping are nearly all there is (JSON of the requests included): median
**${median(ownCost).toFixed(3)} ms** (${least.toFixed(3)} to ${most.toFixed(3)}, ${ownCost.length} runs).`,
		HOW,
	];
	return await format(sections.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

const HOW = `## How it is measured

- n8n runs as installed from npm, the node from its packed tarball, each workflow activated and started by its webhook
  as in production: Webhook, a node that makes the rows, the measured node, a stop watch. Time is what n8n notes for the
  measured node alone (\`executionTime\`). The rows hold a customer's ID, account number, IFSC and name.
- **Juspay node**: Accounts From: Input Columns, everything else as it is by default (50 requests at once). With
  "expressions", Define Below with an expression in each field, for information.
- **HTTP Request**: one POST for each account, with a Basic Auth credential, a form body and expressions for address,
  header and body; everything else as it is by default, which sends all at once. With "batching", 50 items each
  millisecond, the fastest of the intervals 1, 10, 50 and 100 ms; "20 each second" is set by hand to the server's limit.
  It neither looks for existing accounts nor repeats a request. Its own Retry On Fail would begin again with the first row.
- **Item by item**: awaits one request for each item, as most nodes do. All its runs go at once, each waiting most of its
  time, beside those runs of the 20-a-second work that wait as well; more rows than it was run with are reckoned.
- Each figure is the median of the runs, in brackets the least and the most. Subjects take turns, each run comes after a
  short one that warms n8n up and after a garbage collection; "extra memory" is the most that n8n's process (RSS) grew
  beyond what it had then.
- **The limit** is what the network allows: waves of requests that can't go at once, 100 ms each. This node has 50
  requests in flight and, with Reuse, looks before it creates: two waves for 50 customers. HTTP Request sends all in one.
- Accounts made, duplicates, requests and the most in flight are the simulator's own counts.`;

function comparesItemByItem(work: Work): boolean {
	return work.requestsPerSecond === undefined && work.id !== 'rerun';
}

function table(head: string[], rows: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const align = head.map((_, column) => (column === 0 ? '---' : '--:'));
	return [line(head), line(align), ...rows.map(line)].join('\n');
}

function circumstancesTable({ machine, versions, date, seconds }: Circumstances): string {
	return table(
		['', ''],
		[
			['Date', date.toISOString().slice(0, 10)],
			['Versions', `${versions.juspay}, n8n ${versions.n8n} on Node ${versions.node}`],
			['Machine', `${machine.cpu}, ${machine.memory}, ${machine.system}`],
			['Load before (1, 5, 15 minutes)', machine.load],
			['The bench took', `${Math.round(seconds)} s`],
		],
	).replace('--:', '---');
}

function targetsTable(targets: Target[]): string {
	return table(
		['Work', 'To reach', 'Wanted', 'Measured', ''],
		targets.map(({ work, what, wanted, measured, missedByPercent }) => [
			work,
			what,
			wanted,
			measured,
			missedByPercent <= 0 ? 'reached' : `**missed** by ${missedByPercent.toFixed(1)} %`,
		]),
	);
}

function workTable(work: Work, all: Measured[]): string {
	const http = all.find(({ subject }) => subject === HTTP_REQUEST);
	const rows = all.map((measured) => {
		const { subject, samples, reckonedFrom } = measured;
		const limit = limitOf(work, subject);
		const time = timeOf(measured);
		const [least, most] = range(samples.map(({ milliseconds }) => milliseconds));
		const number = (figure: (sample: Measured['samples'][number]) => number) =>
			count(medianOf(samples, figure));
		const waited = comparesItemByItem(work) && subject.atOnce > 1;
		return [
			subject.name,
			`${seconds(time)} (${seconds(least)}–${seconds(most)})${reckonedFrom === undefined ? '' : ` reckoned from ${count(reckonedFrom)}`}`,
			http && http !== measured ? `${(timeOf(http) / time).toFixed(1)}×` : '',
			seconds(limit),
			`${(time / limit).toFixed(2)}×`,
			number(({ requests }) => requests),
			number(({ peakInFlight }) => peakInFlight),
			number(({ accountsMade }) => accountsMade),
			number(({ duplicates }) => duplicates),
			number(({ answered }) => answered),
			waited || work.id === 'rerun' ? megabytes(growthOf(measured)) : '',
			waited || work.id === 'rerun'
				? megabytes(medianOf(samples, ({ memoryBefore }) => memoryBefore))
				: '',
			String(samples.length),
		];
	});
	const head = [
		'',
		'Time, s',
		'Against HTTP Request',
		'Limit, s',
		'Time / limit',
		'Requests',
		'Most in flight',
		'Accounts made',
		'Duplicates',
		'Rows answered',
		'Extra memory, MB',
		'Memory before, MB',
		'Runs',
	];
	return table(head, rows);
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

/** The bars of the chart: the works without a limited pace, and without what is for information only. */
export function barsOf({ works, itemByItem }: Results): Bar[] {
	return works
		.filter(({ work }) => work.requestsPerSecond === undefined)
		.flatMap(({ work, measured }) => {
			const shown = measured.filter(({ subject }) => subject !== JUSPAY_EXPRESSIONS);
			if (comparesItemByItem(work)) shown.push(reckon(itemByItem, work.accounts));
			return shown.map((one) => ({
				work: titleOf(work),
				subject: one.subject.name,
				seconds: timeOf(one) / 1_000,
				label: `${seconds(timeOf(one))} s${one.reckonedFrom === undefined ? '' : ' (reckoned)'}`,
			}));
		});
}
