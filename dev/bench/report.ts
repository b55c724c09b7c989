/* eslint-disable @n8n/community-nodes/no-restricted-globals -- this runs on a developer's machine, never inside n8n */
import { format, resolveConfig } from 'prettier';
import { LIMIT, type Panel } from './chart';
import type { Point } from './growthChart';
import { extrapolate, type Measured, type OwnCost, type Sample } from './measure';
import { count, titleOf, type Part, type Work } from './plan';
import { SHARES, type Share } from './profile';
import type { Circumstances, PartResults } from './results';
import { median, range } from './statistics';
import { ITEM_BY_ITEM } from './subjects';
import { growthOf, httpRequestOf, judge, limitFor, medianOf, timeOf, type Target } from './targets';

const MB = 1_000_000;

type Done = PartResults['works'][number];

/** All results as Markdown. */
export async function reportOf(parts: PartResults[]): Promise<string> {
	const itemByItem = parts.find((part) => part.itemByItem)?.itemByItem;
	const ownCost = parts.find((part) => part.ownCost)?.ownCost;
	const sections = [
		'# Benchmarks',
		`What \`npm run bench\` printed: this node, n8n's HTTP Request node and a node that goes item by item, side by side in
one n8n, against the [simulator](../dev/simulator/README.md) in a process of its own, over TLS from a distance and over
loopback. [How it is measured](#how-it-is-measured) is below. On a faster processor this node comes closer to what the
network allows, as it waits most of the time. HTTP Request keeps n8n's process busy throughout, so that the faster the
processor, the smaller the ratio between the two.`,
		headlineOf(parts),
		circumstancesTable(parts),
		...busyNote(parts),
		'![Time of each node for each work, as bars](images/benchmarks.svg)',
		'## What was to be reached',
		targetsTable(parts.flatMap(judge)),
		...worksOf(parts, ['targets', 'distance', 'more']).flatMap(({ work, measured }) => [
			`## ${titleOf(work)}`,
			workTable(work, [
				...measured,
				...(itemByItem && comparesItemByItem(work) ? [extrapolate(itemByItem, work.accounts)] : []),
			]),
			...errorsOf(measured),
			...profileOf(measured),
		]),
		...growthSection(parts),
		...(ownCost ? ownCostSection(ownCost) : []),
		HOW,
	];
	const style = await resolveConfig(__filename);
	return await format(sections.join('\n\n'), { ...style, parser: 'markdown' });
}

function worksOf(parts: PartResults[], names: Part[]): Done[] {
	return parts.filter(({ part }) => names.includes(part)).flatMap(({ works }) => works);
}

/** The sentence for the README: how fast over TLS, 80 ms away, and under which conditions. */
export function headlineOf(parts: PartResults[]): string {
	const done = worksOf(parts, ['targets']).find(({ work }) => work.id === 'few-tls-80');
	const http = done && httpRequestOf(done.measured);
	const [node] = done?.measured ?? [];
	if (!done || !http || !node) return '';
	const { work } = done;
	const faster = timeOf(http) / timeOf(node);
	return `**${count(work.accounts)} accounts of ${count(work.customers)} customers in ${seconds(timeOf(node))} s**, where HTTP Request takes ${seconds(timeOf(http))} s
(${faster.toFixed(1)} times as long) and the network alone ${seconds(limitFor(work, node))} s: over TLS, ${work.network.roundTripMs} ms away, ${work.network.serverMs} ms at the server,
a new connection for each request as n8n makes them, medians of ${node.samples.length} runs on two cores.`;
}

function ownCostSection(ownCost: OwnCost): string[] {
	const [least, most] = range(ownCost.costs);
	return [
		"## The node's own cost",
		`CPU time of n8n's process for each account, with ${count(ownCost.accounts)} accounts in ${ownCost.requests} requests and no latency, so that reading,
checking, grouping, matching and shaping are nearly all there is (JSON of the requests included): median
**${median(ownCost.costs).toFixed(3)} ms** (${least.toFixed(3)} to ${most.toFixed(3)}, ${ownCost.costs.length} runs).`,
	];
}

function growthSection(parts: PartResults[]): string[] {
	const points = pointsOf(parts);
	if (points.length === 0) return [];
	return [
		'## Growth',
		`![Time and memory against the number of accounts](images/growth.svg)`,
		`Ten accounts for each customer, and all accounts for one customer. Up to 500 accounts of 50 customers, all requests go at
once, and time hardly grows; beyond, time and memory grow in proportion. One customer's requests follow one another, 50 accounts
in each.`,
		table<Point>(
			[
				{ head: '', cell: ({ line }) => line, isText: true },
				{ head: 'Accounts', cell: ({ accounts }) => count(accounts) },
				{ head: 'Time, s', cell: (it) => it.seconds.toFixed(2) },
				{ head: 'Time / limit', cell: (it) => `${(it.seconds / it.limit).toFixed(2)}×` },
				{ head: 'Extra memory, MB', cell: ({ megabytes }) => count(megabytes) },
			],
			points,
		),
	];
}

/** The points of the chart of growth: what that part measured, and the largest number of all. */
export function pointsOf(parts: PartResults[]): Point[] {
	const grown = worksOf(parts, ['growth']);
	const isOne = ({ work }: Done) => work.customers === 1 && work.id.startsWith('one');
	const largest = worksOf(parts, ['targets']).filter(({ work }) => work.id === 'hundred-thousand');
	const many = [...grown.filter((it) => !isOne(it)), ...(grown.length > 0 ? largest : [])];
	const points = (line: string, works: Done[]) =>
		works.flatMap(({ work, measured: [first] }) =>
			first
				? [
						{
							line,
							accounts: work.accounts,
							seconds: timeOf(first) / 1_000,
							limit: limitFor(work, first) / 1_000,
							megabytes: Math.max(1, growthOf(first) / MB),
						},
					]
				: [],
		);
	return [
		...points('10 accounts a customer', many),
		...points('one customer', grown.filter(isOne)),
	];
}

const HOW = `## How it is measured

- n8n runs as installed from npm, the node from its packed tarball, each workflow activated and started by its webhook
  as in production: Webhook, a node that makes the rows, the measured node, a stop watch. Time is what n8n notes for the
  measured node alone (\`executionTime\`). The rows contain a customer's ID, account number, IFSC and name.
- **TLS**: a front in a process of its own between n8n and the simulator speaks TLS 1.3 (a certificate of its own, which n8n
  trusts by \`NODE_EXTRA_CA_CERTS\`) and charges what a distant server would: one round trip for the connection, one for
  its handshake, one for the request, then 20 ms at the server. Bandwidth and losses are not simulated. **Loopback**: plain HTTP,
  100 ms at the server.
- **Juspay node**: Accounts From: Input Columns, everything else as it is by default (Map Automatically, 50 requests at
  once). "Mapped manually" is Map Each Column Manually and "Define Below" is Accounts From: Define Below, with a column
  dropped into each field; "evaluated expressions" calls a function in each field, so that n8n has to evaluate it.
  "Created and validated" is Validate on Create.
- **Its requests alone**: a node that sends the same requests through the same function of n8n, 50 at once, and does
  nothing else: it checks and compares nothing, and limits neither the time nor the size of an answer. What it takes beyond the
  limit is n8n's, and no node that sends these requests can do without it.
- **HTTP Request**: one POST for each account, with a Basic Auth credential, a form body and expressions for address,
  header and body; everything else as it is by default, which sends all at once. To validate, a second HTTP Request
  sends one POST for each created account; the figures are of both. With "batching", batches of 50
  with 1 ms between them. "20 each second" is set by hand to the server's limit.
  It neither looks for existing accounts nor repeats a request. Its own Retry On Fail would begin again with the first row.
- **Item by item**: awaits one request for each item, as most nodes do. All its runs go at once, each waiting most of its
  time, beside those runs of the 20-a-second work that wait as well; more rows than it was run with are extrapolated.
- Each figure is the median of the runs, in brackets the least and the most. Subjects take turns, each run comes after a
  short one that warms n8n up and after a garbage collection; "extra memory" is the most that n8n's process (RSS) grew
  beyond what it had then.
- **The limit** is what the network allows: waves of requests that can't go at once. It counts the connections that n8n
  really opened, as the front counted them: n8n opens one for each request. This node has 50 requests in flight and, with Reuse,
  looks before it creates: two waves for 50 customers. HTTP Request sends all in one. What this node takes beyond it is
  n8n's work on the requests, as "its requests alone" shows: n8n's process makes and opens them one after the other, and sees to the 50
  answers of a wave in the same way, so that the last customer of each wave begins its next request late.
- Accounts made, duplicates, requests and the most in flight are the simulator's own counts, connections the front's.`;

function comparesItemByItem(work: Work): boolean {
	return work.id === 'few';
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

function circumstancesTable(parts: PartResults[]): string {
	const row = (name: string, value: (circumstances: Circumstances) => string) => [
		name,
		...parts.map(({ circumstances }) => value(circumstances)),
	];
	const rows = [
		row('Date', ({ date }) => date.toISOString().slice(0, 10)),
		row(
			'Versions',
			({ versions }) => `${versions.juspay}, n8n ${versions.n8n} on Node ${versions.node}`,
		),
		row(
			'Machine',
			({ machine }) =>
				`${machine.cpu}, ${machine.cores} cores, ${machine.memory}, ${machine.system}`,
		),
		row('Load before (1, 5, 15 minutes)', ({ machine }) =>
			machine.load.map((one) => one.toFixed(2)).join(', '),
		),
		row('It took', ({ seconds: took }) => `${Math.round(took)} s`),
	];
	const column = (head: string, index: number): Column<string[]> => ({
		head,
		cell: (cells) => cells[index] ?? '',
		isText: true,
	});
	return table([column('', 0), ...parts.map(({ part }, index) => column(part, index + 1))], rows);
}

/** A warning where other work has spoilt the times. */
function busyNote(parts: PartResults[]): string[] {
	const busy = parts.filter(({ circumstances: { machine } }) => {
		const [lastMinute = 0] = machine.load;
		return lastMinute >= machine.cores / 2;
	});
	return busy.length === 0
		? []
		: [
				`**The machine was busy with other work when this began: ${busy.map(({ part }) => part).join(', ')}.** Times are longer than they would be alone.`,
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

function verdict({ missedByPercent, wanted }: Target): string {
	if (wanted === '') return '';
	return missedByPercent <= 0 ? 'reached' : `**missed** by ${missedByPercent.toFixed(1)} %`;
}

function workTable(work: Work, all: Measured[]): string {
	const isLimited = work.requestsPerSecond !== undefined;
	const http = isLimited ? undefined : httpRequestOf(all);
	const limit = (one: Measured) => limitFor(work, one);
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
		counted('Connections', ({ connections = 0 }) => connections),
		counted('Most in flight', ({ peakInFlight }) => peakInFlight),
		counted('Accounts made', ({ accountsMade }) => accountsMade),
		counted('Duplicates', ({ duplicates }) => duplicates),
		counted('Penny drops', ({ validations }) => validations),
		counted('Rows answered', ({ answered }) => answered),
		{ head: 'Extra memory, MB', cell: (one) => ranAlone(one, megabytes(growthOf(one))) },
		{
			head: 'Memory before, MB',
			cell: (one) => ranAlone(one, megabytes(medianOf(one.samples, (it) => it.memoryBefore))),
		},
		{ head: 'Runs', cell: ({ samples }) => String(samples.length) },
	];
	const isLeftOut = ({ head }: Column<Measured>) =>
		(isLimited && /memory|Against|CPU/i.test(head)) ||
		(work.network.roundTripMs === undefined && head === 'Connections') ||
		(!work.id.startsWith('validated') && head === 'Penny drops');
	return table(
		columns.filter((column) => !isLeftOut(column)),
		all,
	);
}

function timeWithSpread(measured: Measured): string {
	const { samples, extrapolatedFrom } = measured;
	const [least, most] = range(samples.map(({ milliseconds }) => milliseconds));
	const spread = `${seconds(timeOf(measured))} (${seconds(least)}–${seconds(most)})`;
	return extrapolatedFrom === undefined
		? spread
		: `${spread}, extrapolated from ${count(extrapolatedFrom)}`;
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

/** Where the time of n8n's main thread went, for this node and for its requests alone. */
function profileOf(measured: Measured[]): string[] {
	const profiled = measured.filter((one) => one.profile);
	if (profiled.length === 0) return [];
	const cell = ({ profile, samples }: Measured, share: Share) => {
		const milliseconds = profile?.[share] ?? 0;
		const each = milliseconds / medianOf(samples, ({ requests }) => requests);
		return `${count(milliseconds)} ms, ${each.toFixed(2)} a request`;
	};
	return [
		"Where the time of n8n's main thread goes, in one more run under V8's profiler, which takes some time itself:",
		table<Share>(
			[
				{ head: '', cell: (share) => share, isText: true },
				...profiled.map((one) => ({
					head: one.subject.name,
					cell: (share: Share) => cell(one, share),
				})),
			],
			[...SHARES],
		),
	];
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1);
}

function megabytes(bytes: number): string {
	return count(bytes / MB);
}

/** The chart's panels: the works that are compared with HTTP Request, and the one that is as large as one execution gets. */
export function panelsOf(parts: PartResults[]): Panel[] {
	return worksOf(parts, ['targets', 'distance', 'more'])
		.filter(({ work }) => work.requestsPerSecond === undefined && work.id !== 'ways')
		.map(({ work, measured }) => {
			const [first] = measured;
			return {
				title: titleOf(work),
				bars: [
					...measured.map((it) => ({ subject: it.subject.name, seconds: timeOf(it) / 1_000 })),
					...(first ? [{ subject: LIMIT, seconds: limitFor(work, first) / 1_000 }] : []),
				],
			};
		});
}
