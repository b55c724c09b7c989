/* eslint-disable no-console -- a command-line program: it prints */
/**
 * How long an onboarding takes, by what limits it: Juspay's rate limit, the requests in flight, or the workers' CPU.
 *
 *     npx tsx dev/queue/model.ts
 *
 * The costs are measured: docs/benchmarks.md.
 */

/** What an onboarding is, and what it runs on. */
export interface Setup {
	accounts: number;
	accountsPerCustomer: number;
	workers: number;
	/** Requests in flight for each execution. */
	concurrency: number;
	/** Executions at once on each worker. */
	executionsPerWorker: number;
	/**
	 * How long a request takes, in milliseconds: what Juspay needs for its answer, and three round trips, since n8n opens a
	 * connection for each request: for the connection, for its TLS handshake, and for the request itself.
	 */
	latency: number;
	/** Requests that Juspay takes from a merchant each second. */
	requestsPerSecond: number;
}

/** n8n's own work on one request, in milliseconds of one core. */
const CPU_PER_REQUEST = 1.2;

/** The node's work on one account, in milliseconds of one core. */
const CPU_PER_ACCOUNT = 0.1;

/** How many accounts travel in one request: the node's default. */
const ACCOUNTS_PER_REQUEST = 50;

/** How long it takes, in seconds, and what makes it so. */
export function estimate(setup: Setup): { seconds: number; limit: string } {
	const customers = Math.ceil(setup.accounts / setup.accountsPerCustomer);
	const creates = Math.ceil(setup.accountsPerCustomer / ACCOUNTS_PER_REQUEST);
	// One list for each customer, then what is missing.
	const requests = customers * (1 + creates);
	const inFlight = setup.workers * setup.executionsPerWorker * setup.concurrency;
	const limits: Array<[number, string]> = [
		[requests / setup.requestsPerSecond, "Juspay's rate limit"],
		[(requests * setup.latency) / 1000 / inFlight, 'requests in flight'],
		[
			(requests * CPU_PER_REQUEST + setup.accounts * CPU_PER_ACCOUNT) / 1000 / setup.workers,
			"the workers' CPU",
		],
	];
	const [seconds, limit] = limits.reduce((most, one) => (one[0] > most[0] ? one : most));
	return { seconds, limit };
}

/**
 * The `concurrency` to set on each node, so that all executions together just use what Juspay allows.
 *
 * @returns at least 1, at most the node's 100
 */
function concurrencyFor(
	setup: Pick<Setup, 'workers' | 'executionsPerWorker' | 'latency' | 'requestsPerSecond'>,
): number {
	const inFlight = (setup.requestsPerSecond * setup.latency) / 1000;
	return Math.min(
		100,
		Math.max(1, Math.floor(inFlight / (setup.workers * setup.executionsPerWorker))),
	);
}

function duration(seconds: number): string {
	if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
	return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

function print(): void {
	console.log('| accounts | requests/s allowed | workers | concurrency | time | limited by |');
	console.log('| --: | --: | --: | --: | --: | --- |');
	for (const accounts of [10_000, 100_000, 1_000_000]) {
		for (const requestsPerSecond of [50, 500, Infinity]) {
			for (const workers of [1, 4]) {
				const shared = { workers, executionsPerWorker: 5, latency: 150, requestsPerSecond };
				const concurrency = Math.min(50, concurrencyFor(shared));
				const { seconds, limit } = estimate({
					...shared,
					concurrency,
					accounts,
					accountsPerCustomer: 2,
				});
				const allowed = Number.isFinite(requestsPerSecond) ? String(requestsPerSecond) : 'no limit';
				const cells = [
					accounts.toLocaleString('en'),
					allowed,
					workers,
					concurrency,
					duration(seconds),
					limit,
				];
				console.log(`| ${cells.join(' | ')} |`);
			}
		}
	}
}

if (require.main === module) print();
