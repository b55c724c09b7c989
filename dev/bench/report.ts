import { LIMIT, type Panel, type Point } from './charts';
import type { Circumstances, Figures, PartResults, Results } from './figures';
import { count, limitOf, PARTS, planOf, titleOf, type Part, type Work } from './plan';
import { SHARES, type Share } from './profile';
import { ITEM_BY_ITEM, type Subject } from './subjects';

const MB = 1_000_000;
/** The most CPU for each account, in milliseconds. */
const OWN_COST_MS = 0.2;

/** A subject and how it did a work. */
interface Row extends Figures {
	subject: Subject;
	/** The least time that the network allows it, with the connections that it opened; in milliseconds. */
	limit: number;
	/** Others ran beside it, so that the process's memory and CPU say nothing about it. */
	hadCompany?: boolean;
}

/** A work that was run, and who did it; the first is judged. */
interface Done {
	part: Part;
	work: Work;
	rows: Row[];
	http: Row | undefined;
}

/** Something the project has set out to reach. */
interface Target {
	work: string;
	what: string;
	/** Empty: only told. */
	wanted: string;
	measured: string;
	/** By how much it was missed, in percent of what was wanted; 0 or less: reached. */
	missedByPercent: number;
}

/** docs/benchmarks.md and its charts, made from the figures that were kept. */
export class Report {
	private readonly parts: Array<[Part, PartResults]>;

	private readonly done: Done[];

	constructor(
		private readonly results: Results,
		quick: boolean,
	) {
		this.parts = PARTS.flatMap((part): Array<[Part, PartResults]> => {
			const found = results[part];
			return found ? [[part, found]] : [];
		});
		this.done = this.parts.flatMap(([part, { works }]) =>
			planOf(part, quick).works.flatMap((work) => {
				const found = works[work.id];
				return found ? [doneOf(part, work, found)] : [];
			}),
		);
	}

	/** All results as Markdown. */
	text(): string {
		const sections = [
			'# Benchmarks',
			INTRODUCTION,
			this.headline(),
			this.circumstances(),
			...this.busyNote(),
			'![Time of each node for each work, as bars](images/benchmarks.svg)',
			'## What was to be reached',
			this.targets(),
			...this.worksOf('targets', 'distance', 'more').flatMap((done) => this.workSection(done)),
			...this.growthSection(),
			...this.ownCostSection(),
			HOW,
		];
		return `${sections.join('\n\n')}\n`;
	}

	/** The sentence for the README: how fast over TLS, 80 ms away, and under which conditions. */
	headline(): string {
		const { work, rows: [node] = [], http } = this.byId('few-tls-80') ?? {};
		if (!work || !node || !http) return '';
		return `**${count(work.accounts)} accounts of ${count(work.customers)} customers in ${seconds(node.ms[0])} s**, where HTTP Request takes ${seconds(http.ms[0])} s
(${(http.ms[0] / node.ms[0]).toFixed(1)} times as long) and the network alone ${seconds(node.limit)} s: over TLS, ${work.network.roundTripMs} ms away, ${work.network.serverMs} ms at the server,
a new connection for each request as n8n makes them, medians of ${node.runs} runs on two cores.`;
	}

	/** The panels of the chart of times: the works that are compared with HTTP Request, and the largest. */
	panels(): Panel[] {
		return this.worksOf('targets', 'distance', 'more')
			.filter(({ work }) => work.requestsPerSecond === undefined && work.id !== 'ways')
			.map(({ work, rows }) => ({
				title: titleOf(work),
				bars: [
					...rows.map(({ subject, ms: [time] }) => ({ name: subject.name, seconds: time / 1_000 })),
					...rows.slice(0, 1).map(({ limit }) => ({ name: LIMIT, seconds: limit / 1_000 })),
				],
			}));
	}

	/** The points of the chart of growth: what that part measured, and the largest number of all. */
	points(): Point[] {
		const grown = this.worksOf('growth');
		const largest = grown.length > 0 ? this.byId('hundred-thousand') : undefined;
		const isOne = ({ work }: Done) => work.id.startsWith('one');
		const many = [...grown.filter((it) => !isOne(it)), ...(largest ? [largest] : [])];
		const points = (line: string, works: Done[]) =>
			works.flatMap(({ work, rows }) =>
				rows.slice(0, 1).map(({ ms, limit, memoryGrown }) => ({
					line,
					accounts: work.accounts,
					seconds: ms[0] / 1_000,
					limit: limit / 1_000,
					megabytes: Math.max(1, memoryGrown / MB),
				})),
			);
		return [
			...points('10 accounts a customer', many),
			...points('one customer', grown.filter(isOne)),
		];
	}

	private worksOf(...parts: Part[]): Done[] {
		return this.done.filter(({ part }) => parts.includes(part));
	}

	private byId(id: string): Done | undefined {
		return this.done.find(({ work }) => work.id === id);
	}

	private circumstances(): string {
		const row = (name: string, value: (circumstances: Circumstances) => string) => [
			name,
			...this.parts.map(([, { circumstances }]) => value(circumstances)),
		];
		return table<string[]>(
			[
				{ head: '', cell: ([name = '']) => name, isText: true },
				...this.parts.map(([part], index) => ({
					head: part,
					cell: (cells: string[]) => cells[index + 1] ?? '',
					isText: true,
				})),
			],
			[
				row('Date', ({ date }) => date),
				row('Versions', ({ versions }) => versions),
				row('Machine', ({ machine }) => machine),
				row('Load before (1, 5, 15 minutes)', ({ load }) =>
					load.map((one) => one.toFixed(2)).join(', '),
				),
				row('It took', (it) => `${it.seconds} s`),
			],
		);
	}

	/** A warning where other work has spoilt the times. */
	private busyNote(): string[] {
		const busy = this.parts.filter(
			([
				,
				{
					circumstances: { load, cores },
				},
			]) => {
				const [lastMinute = 0] = load;
				return lastMinute >= cores / 2;
			},
		);
		return busy.length === 0
			? []
			: [
					`**The machine was busy with other work when this began: ${busy.map(([part]) => part).join(', ')}.** Times are longer than they would be alone.`,
				];
	}

	/** How the results compare with what the project has set out to reach. */
	private targets(): string {
		const ofPart = ([part, { ownCost }]: [Part, PartResults]): Target[] => {
			const own = ownCost && {
				work: "The node's own cost",
				...atMost('ms of CPU an account', OWN_COST_MS, ownCost.ms[0], 3),
			};
			return [...this.worksOf(part).flatMap(targetsOf), ...(own ? [own] : [])];
		};
		return table(
			[
				{ head: 'Work', cell: ({ work }) => work, isText: true },
				{ head: 'To reach', cell: ({ what }) => what, isText: true },
				{ head: 'Wanted', cell: ({ wanted }) => wanted },
				{ head: 'Measured', cell: ({ measured }) => measured },
				{ head: '', cell: verdict, isText: true },
			],
			this.parts.flatMap(ofPart),
		);
	}

	private workSection(done: Done): string[] {
		const { work, rows } = done;
		const itemByItem = work.id === 'few' ? this.results.more?.itemByItem : undefined;
		const all = itemByItem
			? [...rows, { ...rowOf(work, ITEM_BY_ITEM, itemByItem), hadCompany: true }]
			: rows;
		const errors = rows.flatMap(({ subject, error }) =>
			error === undefined ? [] : [`${subject.name}, first error: \`${error.replace(/`/g, "'")}\``],
		);
		return [`## ${titleOf(work)}`, workTable(done, all), ...errors, ...profileOf(rows)];
	}

	private growthSection(): string[] {
		const points = this.points();
		if (points.length === 0) return [];
		return [
			'## Growth',
			'![Time and memory against the number of accounts](images/growth.svg)',
			GROWTH,
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

	private ownCostSection(): string[] {
		const ownCost = this.results.more?.ownCost;
		if (!ownCost) return [];
		const [median, least, most] = ownCost.ms.map((one) => one.toFixed(3));
		return [
			"## The node's own cost",
			`CPU time of n8n's process for each account, with ${count(ownCost.accounts)} accounts in ${ownCost.requests} requests and no latency, so that reading,
checking, grouping, matching and shaping are nearly all there is (JSON of the requests included): median
**${median} ms** (${least} to ${most}, ${ownCost.runs} runs).`,
		];
	}
}

function rowOf(work: Work, subject: Subject, figures: Figures): Row {
	const connections = figures.connections / Math.max(1, figures.requests);
	return { ...figures, subject, limit: limitOf(work, subject, connections) };
}

function doneOf(part: Part, work: Work, found: Record<string, Figures>): Done {
	const rows = work.entries.flatMap(({ subject }) => {
		const figures = found[subject.id];
		return figures ? [rowOf(work, subject, figures)] : [];
	});
	return { part, work, rows, http: rows.find(({ subject }) => subject.name === 'HTTP Request') };
}

function atMost(what: string, most: number, value: number, digits = 2): Omit<Target, 'work'> {
	return {
		what,
		wanted: `≤ ${most}`,
		measured: value.toFixed(digits),
		missedByPercent: (value / most - 1) * 100,
	};
}

function targetsOf({ work, rows, http }: Done): Target[] {
	const [node] = rows;
	if (!node) return [];
	const { timesFaster, timesLimit, timesFirst, memory } = work.wanted ?? {};
	const targets: Array<Omit<Target, 'work'>> = [];
	if (timesFaster !== undefined && http) {
		const measured = http.ms[0] / node.ms[0];
		targets.push({
			what: 'times as fast as HTTP Request',
			wanted: timesFaster > 0 ? `≥ ${timesFaster}` : '',
			measured: measured.toFixed(2),
			missedByPercent: timesFaster > 0 ? (1 - measured / timesFaster) * 100 : 0,
		});
	}
	if (timesLimit !== undefined) {
		targets.push(atMost('times what the network allows', timesLimit, node.ms[0] / node.limit));
	}
	const other = rows.find(({ subject }) => subject === timesFirst?.subject);
	if (timesFirst && other) {
		const what = `times Map Automatically, ${other.subject.name}`;
		targets.push(atMost(what, timesFirst.most, other.ms[0] / node.ms[0]));
	}
	if (memory !== undefined) {
		const GB = 1_000 * MB;
		targets.push(atMost("GB of memory, n8n's whole process", memory / GB, node.memoryPeak / GB));
	}
	targets.push({
		what: 'accounts not made, made twice or paid for twice, or rows without answer',
		wanted: '0',
		measured: String(node.off),
		missedByPercent: (node.off / work.accounts) * 100,
	});
	return targets.map((target) => ({ work: titleOf(work), ...target }));
}

function verdict({ missedByPercent, wanted }: Target): string {
	if (wanted === '') return '';
	return missedByPercent <= 0 ? 'reached' : `**missed** by ${missedByPercent.toFixed(1)} %`;
}

function workTable({ work, http }: Done, rows: Row[]): string {
	const isLimited = work.requestsPerSecond !== undefined;
	const alone = (figure: (row: Row) => string) => (row: Row) => (row.hadCompany ? '' : figure(row));
	const columns: Array<Column<Row>> = [
		{ head: '', cell: ({ subject }) => subject.name, isText: true },
		{
			head: 'Time, s',
			cell: ({ ms: [median, least, most] }) =>
				`${seconds(median)} (${seconds(least)}–${seconds(most)})`,
		},
		{
			head: 'Against HTTP Request',
			cell: (row) => (http && row !== http ? `${(http.ms[0] / row.ms[0]).toPrecision(2)}×` : ''),
		},
		{ head: 'Limit, s', cell: ({ limit }) => seconds(limit) },
		{ head: 'Time / limit', cell: ({ ms, limit }) => `${(ms[0] / limit).toFixed(2)}×` },
		{ head: "n8n's CPU, s", cell: alone(({ cpuMs }) => seconds(cpuMs)) },
		{ head: 'Requests', cell: (row) => count(row.requests) },
		{ head: 'Connections', cell: (row) => count(row.connections) },
		{ head: 'Most in flight', cell: (row) => count(row.inFlight) },
		{ head: 'Accounts made', cell: (row) => count(row.made) },
		{ head: 'Duplicates', cell: (row) => count(row.doubled) },
		{ head: 'Penny drops', cell: (row) => count(row.pennyDrops) },
		{ head: 'Rows answered', cell: (row) => count(row.answered) },
		{ head: 'Extra memory, MB', cell: alone(({ memoryGrown }) => count(memoryGrown / MB)) },
		{ head: 'Memory before, MB', cell: alone(({ memoryBefore }) => count(memoryBefore / MB)) },
		{ head: 'Runs', cell: ({ runs }) => String(runs) },
	];
	const isLeftOut = ({ head }: Column<Row>) =>
		(isLimited && /memory|Against|CPU/i.test(head)) ||
		(work.network.roundTripMs === undefined && head === 'Connections') ||
		(!rows[0]?.subject.validates && head === 'Penny drops');
	return table(
		columns.filter((column) => !isLeftOut(column)),
		rows,
	);
}

/** Where the time of n8n's main thread went, for this node and for its requests alone. */
function profileOf(rows: Row[]): string[] {
	const profiled = rows.filter(({ profile }) => profile);
	if (profiled.length === 0) return [];
	return [
		"Where the time of n8n's main thread goes, in one more run under V8's profiler, which takes some time itself:",
		table<Share>(
			[
				{ head: '', cell: (share) => share, isText: true },
				...profiled.map(({ subject, profile, requests }) => ({
					head: subject.name,
					cell: (share: Share) => {
						const milliseconds = profile?.[share] ?? 0;
						return `${count(milliseconds)} ms, ${(milliseconds / requests).toFixed(2)} a request`;
					},
				})),
			],
			[...SHARES],
		),
	];
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1);
}

/** A column of a table: its head, and what stands in it. Numbers go to the right. */
interface Column<Item> {
	head: string;
	cell: (item: Item) => string;
	isText?: boolean;
}

/** A table with its cells padded, to be read as text too. */
function table<Item>(columns: Array<Column<Item>>, items: Item[]): string {
	const rows = [
		columns.map(({ head }) => head),
		...items.map((item) => columns.map(({ cell }) => cell(item))),
	];
	const widths = columns.map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)));
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const padded = rows.map((row) =>
		row.map((text, at) =>
			columns[at]?.isText ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
		),
	);
	const rule = columns.map(({ isText }, at) => {
		const dashes = '-'.repeat(widths[at] ?? 0);
		return isText ? dashes : dashes.replace(/-$/, ':');
	});
	const [head = [], ...body] = padded;
	return [head, rule, ...body].map(line).join('\n');
}

const INTRODUCTION = `What \`npm run bench\` printed: this node, n8n's HTTP Request node and a node that goes item by item, side by side in
one n8n, against the [simulator](../dev/simulator/README.md) in a process of its own, over TLS from a distance and over
loopback. [How it is measured](#how-it-is-measured) is below. On a faster processor this node comes closer to what the
network allows, as it waits most of the time. HTTP Request keeps n8n's process busy throughout, so that the faster the
processor, the smaller the ratio between the two.`;

const GROWTH = `Ten accounts for each customer, and all accounts for one customer. Up to 500 accounts of 50 customers, all requests go at
once, and time hardly grows; beyond, time and memory grow in proportion. One customer's requests follow one another, 50 accounts
in each.`;

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
