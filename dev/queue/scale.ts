/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a command-line program: it prints and ends */
/**
 * `npm run bench:queue`: the same work on one, two and three workers, and with one of them killed. Juspay's latency is
 * the limit and not the CPU: each worker runs two executions at once, with ten requests in flight each.
 */
import { Command } from 'commander';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packNode, Problem, type RunningN8n } from '../n8n';
import { until } from '../until';
import { openCluster, type Cluster } from './cluster';
import { estimate } from './model';
import { putOnboarding, rowsOf, runBatches, type Batches } from './onboarding';

type Size = Omit<Batches, 'set'>;

const LATENCY_MS = 300;
const CONCURRENCY = 10;
const EXECUTIONS_PER_WORKER = 2;
const ACCOUNTS_PER_CUSTOMER = 10;
const WORKERS = 3;

/** Thirty customers in each execution: three waves of lists, three of creates. */
const FULL = { executions: 24, rows: 300 };
const QUICK = { executions: 6, rows: 100 };

interface Row {
	what: string;
	seconds: number;
	/** What the model tells for it. */
	expected?: number;
	made: number;
	doubled: number;
	answered: number;
}

async function onWorkers(cluster: Cluster, batches: Size): Promise<Row[]> {
	const { simulator } = cluster;
	const workflow = await putOnboarding(cluster);
	const rows: Row[] = [];
	const run = async (
		what: string,
		set: string,
		workers?: number,
		meanwhile?: () => Promise<void>,
	) => {
		const startedAt = Date.now();
		const [executions] = await Promise.all([
			runBatches(cluster, workflow, { ...batches, set }),
			meanwhile?.(),
		]);
		const seconds = (Date.now() - startedAt) / 1_000;
		const { counters } = simulator;
		const row = {
			what,
			seconds,
			expected: workers === undefined ? undefined : expectedSeconds(batches, workers),
			made: counters.accountsMade,
			doubled: counters.duplicatesMade,
			answered: (await rowsOf(cluster, executions)).through,
		};
		console.error(`${what}: ${seconds.toFixed(1)} s`);
		rows.push(row);
	};

	let last: RunningN8n | undefined;
	for (let workers = 1; workers <= WORKERS; workers++) {
		last = await cluster.addWorker(EXECUTIONS_PER_WORKER);
		simulator.reset();
		await run(workers === 1 ? '1 worker' : `${workers} workers`, `set${workers}`, workers);
	}
	simulator.reset();
	await run(`${WORKERS} workers, one of them killed`, 'last', undefined, async () => {
		const third = (batches.executions * batches.rows) / 3;
		const isThere = () => simulator.counters.accountsMade >= third;
		await until('a third of the accounts', isThere, { everyMs: 20 });
		if (last) process.kill(-last.pid, 'SIGKILL');
	});
	await run('the same rows again', 'last');
	return rows;
}

function expectedSeconds({ executions, rows }: Size, workers: number): number {
	return estimate({
		accounts: executions * rows,
		accountsPerCustomer: ACCOUNTS_PER_CUSTOMER,
		workers,
		concurrency: CONCURRENCY,
		executionsPerWorker: EXECUTIONS_PER_WORKER,
		latency: LATENCY_MS,
		requestsPerSecond: Infinity,
	}).seconds;
}

function print(rows: Row[], { executions, rows: size }: Size): void {
	const accounts = executions * size;
	console.log(`${accounts} accounts in ${executions} executions, ${LATENCY_MS} ms a request:\n`);
	console.log('| | seconds | model | made | doubled | rows answered |');
	console.log('| --- | --: | --: | --: | --: | --: |');
	for (const { what, seconds, expected, made, doubled, answered } of rows) {
		const model = expected?.toFixed(1) ?? '';
		console.log(
			`| ${what} | ${seconds.toFixed(1)} | ${model} | ${made} | ${doubled} | ${answered} |`,
		);
	}
}

async function main(): Promise<void> {
	const { quick } = new Command('npm run bench:queue --')
		.description('Onboards the same rows on one, two and three workers. About 3 minutes.')
		.option('--quick', 'few rows: to see whether it works', false)
		.parse()
		.opts<{ quick: boolean }>();
	const batches = quick ? QUICK : FULL;
	const folder = await mkdtemp(join(tmpdir(), 'juspay-scale-'));
	try {
		const cluster = await openCluster({
			tarball: await packNode(folder),
			juspay: { anyCustomer: true, latencyMs: LATENCY_MS, keepRequests: 0 },
		});
		try {
			const rows = await onWorkers(cluster, batches);
			print(rows, batches);
			// Rows that the lost worker had recorded and not sent are messages for half an hour.
			const last = rows.at(-1);
			const isWhole = last?.made === last?.answered;
			if (!isWhole || rows.some(({ doubled }) => doubled > 0)) process.exitCode = 1;
		} finally {
			await cluster.close();
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Problem ? `\n${error.message}` : error);
	process.exitCode = 1;
});
