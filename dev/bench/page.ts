import { format } from 'prettier';
import type { Panel } from './charts';
import type { Done, Row } from './measure';
import { count, titleOf, WANTED, type Part } from './plan';
import { SUBJECTS } from './subjects';

const MB = 1_000_000;

/** What a part was run with. */
interface Circumstances {
	date: string;
	/** How long it took. */
	seconds: number;
	/** Of the measured package, of n8n and its Node. */
	versions: string;
	machine: string;
	cores: number;
	/** Over the minute before it began: more than a little, and other work has slowed it. */
	load: number;
}

const seconds = (milliseconds: number) =>
	(milliseconds / 1_000).toFixed(milliseconds < 10_000 ? 2 : 1);

/** A column of a table: its head, and what stands in it. */
type Column<Item> = [head: string, cell: (item: Item) => string];

/** The first column is text, the others are numbers. */
function table<Item>(columns: Array<Column<Item>>, items: Item[]): string {
	const lines = [
		columns.map(([head]) => head),
		columns.map((_, index) => (index === 0 ? '---' : '--:')),
		...items.map((item) => columns.map(([, cell]) => cell(item))),
	];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The time of a subject of this name divided by that of the one that is judged. */
function timesNode({ rows }: Done, name: string): number | undefined {
	const other = rows.find(({ subject }) => subject.name === name);
	return other && rows[0] && other.ms[0] / rows[0].ms[0];
}

/** Something the project has set out to reach. */
interface Target {
	what: string;
	wanted: string;
	measured: string;
	isReached: boolean;
}

const atMost = (what: string, most: number, measured: number): Target => ({
	what,
	wanted: `≤ ${most}`,
	measured: measured.toFixed(2),
	// As it is printed.
	isReached: Number(measured.toFixed(2)) <= most,
});

/** What was to be reached with a work, as far as it applies. */
function targetsOf(done: Done): Target[] {
	const { work, rows } = done;
	const [node] = rows;
	if (!node) return [];
	const alone = timesNode(done, SUBJECTS.sameRequests.name);
	const mapped = timesNode(done, SUBJECTS.juspayMapped.name);
	const http = timesNode(done, SUBJECTS.httpRequest.name);
	const targets = [
		alone !== undefined && atMost('times its requests alone', WANTED.timesAlone, 1 / alone),
		mapped !== undefined && atMost('times as long if mapped by hand', WANTED.timesIfMapped, mapped),
		work.timesFaster !== undefined &&
			http !== undefined && {
				what: 'times as fast as HTTP Request',
				wanted: `≥ ${work.timesFaster}`,
				measured: http.toFixed(2),
				isReached: http >= work.timesFaster,
			},
		work.accounts >= 100_000 &&
			atMost("GB of memory, n8n's whole process", WANTED.gigabytes, node.memoryPeak / 1e9),
		work.network.serverMs === 0 &&
			atMost('ms of CPU an account', WANTED.cpuPerAccount, node.cpuMs / work.accounts),
	];
	return targets.flatMap((target) =>
		target ? [{ ...target, what: `${titleOf(work)}: ${target.what}` }] : [],
	);
}

function targetTable(done: Done[]): string[] {
	const targets = done.flatMap(targetsOf);
	if (targets.length === 0) return [];
	const columns: Array<Column<Target>> = [
		['To reach', ({ what }) => what],
		['Wanted', ({ wanted }) => wanted],
		['Measured', ({ measured }) => measured],
		['', ({ isReached }) => (isReached ? 'reached' : '**missed**')],
	];
	return [table(columns, targets)];
}

/** What went wrong with the node's accounts in the worst run of each work; nothing is to, in any. */
function exactness(done: Done[]): string {
	const off = done.flatMap(({ work, rows: [node] }) =>
		node && node.off > 0 ? [`${node.off} in ${titleOf(work)}`] : [],
	);
	return off.length === 0
		? 'In every run of the Juspay node each account was made once, none was paid for twice, and each row was answered.'
		: `**Accounts not made, made twice or paid for twice, or rows without answer: ${off.join('; ')}.**`;
}

const COLUMNS: Array<Column<Row>> = [
	[
		'Time, s',
		({ ms: [median, least, most] }) => `${seconds(median)} (${seconds(least)}–${seconds(most)})`,
	],
	['Limit, s', ({ limit }) => seconds(limit)],
	["n8n's CPU, s", ({ cpuMs }) => seconds(cpuMs)],
	['Requests', (row) => count(row.requests)],
	['Connections', (row) => count(row.connections)],
	['Most in flight', (row) => count(row.inFlight)],
	['Accounts made', (row) => count(row.made)],
	['Duplicates', (row) => count(row.doubled)],
	['Penny drops', (row) => count(row.pennyDrops)],
	['Rows answered', (row) => count(row.answered)],
	['Extra memory, MB', ({ memoryGrown }) => count(memoryGrown / MB)],
	['Memory before, MB', ({ memoryBefore }) => count(memoryBefore / MB)],
	['Runs', ({ runs }) => String(runs)],
];

function workSection({ work, rows }: Done): string[] {
	const [node] = rows;
	const errors = rows.flatMap(({ subject, error }) =>
		error === undefined ? [] : [`${subject.name}, first error: \`${error.replace(/`/g, "'")}\``],
	);
	const columns: Array<Column<Row>> = [
		['', ({ subject }) => subject.name],
		['Times the first', ({ ms: [time] }) => (node ? `${(time / node.ms[0]).toPrecision(3)}×` : '')],
		...COLUMNS,
	];
	return [`### ${titleOf(work)}`, table(columns, rows), ...errors];
}

/** The sentence for the README: how fast over TLS, 80 ms away, and under which conditions. */
function headline({ work, rows }: Done): string {
	const [node] = rows;
	const http = rows.find(({ subject }) => subject === SUBJECTS.httpRequest);
	if (!node || !http) return '';
	const { roundTripMs, serverMs } = work.network;
	return `**${count(work.accounts)} accounts of ${count(work.customers)} customers in ${seconds(node.ms[0])} s**, where HTTP Request takes ${seconds(http.ms[0])} s
(${(http.ms[0] / node.ms[0]).toFixed(1)} times as long) and the network alone ${seconds(node.limit)} s: over TLS, ${roundTripMs} ms away, ${serverMs} ms at the server,
a new connection for each request as n8n makes them, medians of ${node.runs} runs on two cores.`;
}

/** What a thousand accounts take shows how time grows: it stays the same where that is in proportion. */
function growthTable(done: Done[]): string {
	const points = done.flatMap(({ work, rows: [node] }) => (node ? [{ work, node }] : []));
	const columns: Array<Column<(typeof points)[0]>> = [
		['', ({ work }) => (work.customers === 1 ? 'one customer' : '10 accounts a customer')],
		['Accounts', ({ work }) => count(work.accounts)],
		['Time, s', ({ node }) => seconds(node.ms[0])],
		['Limit, s', ({ node }) => seconds(node.limit)],
		['Time for 1,000, s', ({ work, node }) => seconds((node.ms[0] / work.accounts) * 1_000)],
		['Extra memory, MB', ({ node }) => count(node.memoryGrown / MB)],
	];
	return table(columns, points);
}

function profileTable({ rows }: Done): string {
	const shares = [...new Set(rows.flatMap(({ profile = {} }) => Object.keys(profile)))];
	const columns = rows.map(({ subject, profile = {}, requests }): Column<string> => {
		const cell = (share: string) => {
			const milliseconds = profile[share] ?? 0;
			return `${count(milliseconds)} ms, ${(milliseconds / requests).toFixed(2)} a request`;
		};
		return [subject.name, cell];
	});
	return table<string>([['', (share) => share], ...columns], shares);
}

const BUSY = '**The machine was busy with other work: times are longer than alone.**';

/** What a part found out, as Markdown. */
export function sectionOf(part: Part, done: Done[], circumstances: Circumstances): string {
	const { date, versions, machine, cores, load } = circumstances;
	const run = `${date}, in ${Math.round(circumstances.seconds)} s: ${versions}; ${machine}; load before ${load.toFixed(2)}.`;
	const results =
		part === 'profile'
			? done.map(profileTable)
			: [
					...(part === 'targets' ? done.slice(0, 1).map(headline) : []),
					...targetTable(done),
					exactness(done),
					...(part === 'growth' ? [growthTable(done)] : done.flatMap(workSection)),
				];
	return [load < cores / 2 ? run : `${run} ${BUSY}`, ...results].join('\n\n');
}

/**
 * The page with a part's new section in the place of the earlier one; the words around it stay.
 *
 * @throws RangeError where the page has no such place
 */
export async function pageWith(page: string, part: Part, section: string): Promise<string> {
	const [before, after] = page.split(new RegExp(`(?<=<!-- ${part} -->)[^]*(?=<!-- /${part} -->)`));
	if (before === undefined || after === undefined) throw new RangeError(`No place for ${part}`);
	return await format(`${before}\n\n${section}\n\n${after}`, { parser: 'markdown' });
}

/** Times of each work as bars. */
export function panelsOf(done: Done[]): Panel[] {
	return done.map(({ work, rows }) => {
		const times = rows.map(({ subject, ms }): [string, number] => [subject.name, ms[0]]);
		const limit = rows
			.slice(0, 1)
			.map((node): [string, number] => ['What the network allows', node.limit]);
		return {
			title: titleOf(work),
			bars: [...times, ...limit].map(([name, ms]) => ({ name, seconds: ms / 1_000 })),
		};
	});
}
