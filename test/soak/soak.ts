/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- a command line of the project's own, which never ships */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import execa from 'execa';
import { sleep } from 'n8n-workflow';
import { wholeNumber } from '../../dev/wholeNumber';
import { failures, judgeCreated, judgeOrder, VALIDATION_IN_DOUBT } from '../faults/judge';
import { runNode } from '../faults/node';
import { makeWorkload } from '../faults/workload';
import { makeCertificate, readCertificate, startFront } from '../../dev/network/front';
import { startSimulator, type Fault, type Simulator } from '../../dev/simulator/simulator';
import { using } from '../simulated';

const PER_RUN = 5000;
const PER_CUSTOMER = 8;
const CONCURRENCY = 50;

/** Runs side by side: each waits much of its time for what may still come. */
const AT_ONCE = 8;

/** What goes wrong, all at once; every fifth request or so is struck. */
const FAULTS: Fault[] = [
	{ kind: 'status', status: 429, share: 0.02 },
	{ kind: 'status', status: 429, retryAfterDate: 1, share: 0.002 },
	{ kind: 'status', status: 429, retryAfter: '1', share: 0.002 },
	{ kind: 'status', status: 500, share: 0.02 },
	{ kind: 'statusAfter', status: 500, share: 0.02 },
	{ kind: 'html', share: 0.02 },
	{ kind: 'htmlAfter', share: 0.02 },
	{ kind: 'dropBefore', share: 0.02 },
	{ kind: 'dropAfter', share: 0.02 },
	{ kind: 'dropLate', forMs: 1000, share: 0.005 },
	{ kind: 'hang', share: 0.005 },
	{ kind: 'hangAfter', share: 0.005 },
	{ kind: 'lateEffect', forMs: 3000, share: 0.005 },
	{ kind: 'brokenJson', share: 0.02 },
	{ kind: 'emptyBody', share: 0.02 },
	{ kind: 'half', share: 0.02 },
	{ kind: 'reordered', share: 0.1 },
	{ kind: 'status', status: 409, share: 0.02 },
];

/** Seconds; late effects come up to a second after it. */
const TIMEOUT = 2;

/** `inDoubt` are accounts whose validation is in doubt until the last run. */
const COUNTS = [
	...(['accounts', 'failed', 'inDoubt', 'duplicates'] as const),
	...(['paidTwice', 'requests', 'faults'] as const),
];

type Sums = Record<(typeof COUNTS)[number], number> & { problems: string[] };

/** Over TLS: how far away the simulator is, in milliseconds of a round trip. */
const ROUND_TRIP_MS = 20;

/** Set where Node was started with a certificate to trust, from this folder. */
const CERTIFICATE_FOLDER = 'SOAK_CERTIFICATE_FOLDER';

type Reachable = Pick<Simulator, 'url' | 'apiKey'>;

/** Gives `use` the address where the node is to find the simulator: its own, or that of a TLS front. */
async function reachable<T>(
	{ url, apiKey }: Simulator,
	isTls: boolean,
	use: (juspay: Reachable) => Promise<T>,
): Promise<T> {
	if (!isTls) return await use({ url, apiKey });
	const certificate = await readCertificate(process.env[CERTIFICATE_FOLDER] ?? '');
	const target = Number(new URL(url).port);
	const front = await startFront({ certificate, target, roundTripMs: ROUND_TRIP_MS });
	try {
		return await use({ url: front.url, apiKey });
	} finally {
		await front.close();
	}
}

/** A penny drop in doubt is started again once it is so old, in milliseconds, if the user asks for it. */
const DOUBT_MS = 11 * 60_000;

/**
 * Where runs side by side wait for one another: what is in doubt then grows old in a moment, for all of them. Nothing may
 * be under way meanwhile, as its time would seem to be over.
 */
function meetingOf(runs: number): () => Promise<void> {
	const now = Date.now.bind(Date);
	let open = () => {};
	const opened = new Promise<void>((resolve) => (open = resolve));
	let waiting = 0;
	return async () => {
		if (++waiting === runs) {
			Date.now = () => now() + DOUBT_MS;
			open();
		}
		await opened;
	};
}

/**
 * Makes the accounts of one run under faults, then once more without, and in the end what is in doubt; judges all three.
 *
 * @param meet - waits for the runs beside this one; see {@link meetingOf}
 */
async function soak(
	run: number,
	accounts: number,
	{ isTls, lateSeconds, meet }: { isTls: boolean; lateSeconds: number; meet(): Promise<void> },
): Promise<Sums> {
	const workload = makeWorkload(Math.ceil(accounts / PER_CUSTOMER), PER_CUSTOMER, { tag: run });
	const { customers, items, wanted } = workload;
	const listDelayMs = lateSeconds * 1000;
	const settings = { customers, seed: run, keepRequests: 0, latencyMs: 5, listDelayMs };
	const onSimulator = async (simulator: Simulator, juspay: Reachable): Promise<Sums> => {
		const parameters = {
			validateOnCreate: true,
			options: { timeout: TIMEOUT, concurrency: CONCURRENCY },
		};
		const { counters } = simulator;
		for (const fault of FAULTS) simulator.addFault(fault);
		const struck = await runNode(juspay, items, parameters);
		const first = judgeOrder(struck, wanted);
		const problems = [
			...first.problems,
			...judgeCreated(simulator, first.answered, { had: () => false, validates: true }),
		];
		simulator.clearFaults();
		// Effects that are late have come by then, and lists can settle what is in doubt.
		await sleep(30_000 + 3000 * lateSeconds);
		const there = first.answered.filter(({ json }) => json.customerAccountId !== null);
		const before = new Set(there.map(({ asked }) => asked));
		const again = await runNode(juspay, items, { ...parameters, options: {} });
		const second = judgeOrder(again, wanted);
		const identical = judgeCreated(simulator, second.answered, {
			// One whose answer was lost may be there or not: both are true.
			had: (it) =>
				before.has(it) || second.answered[wanted.indexOf(it)]?.json.outcome === 'existing',
			validates: true,
		});
		problems.push(...second.problems, ...identical);
		// A penny drop in doubt is never started again, also where it was lost on the way.
		const inDoubt = failures(again).filter(({ errorCode }) => errorCode === VALIDATION_IN_DOUBT);
		for (const { errorCode } of failures(again)) {
			if (errorCode !== VALIDATION_IN_DOUBT) problems.push(`fails again: ${String(errorCode)}`);
		}
		await meet();
		const last = await runNode(juspay, items, {
			...parameters,
			options: { validateInDoubt: true },
		});
		for (const { errorCode } of failures(last)) problems.push(`left open: ${String(errorCode)}`);
		const made = simulator.accounts().length;
		if (made !== wanted.length) problems.push(`${made} accounts for ${wanted.length} wanted`);
		if (counters.peakCreatesPerCustomer > 1) problems.push('two creates of one customer at once');
		return {
			accounts: wanted.length,
			failed: failures(struck).length,
			duplicates: counters.duplicatesMade,
			inDoubt: inDoubt.length,
			paidTwice: counters.validationsRepeated + counters.validationsWhileUnsettled,
			requests: counters.requestsTotal,
			faults: Object.values(counters.faults).reduce((sum, count) => sum + count, 0),
			problems,
		};
	};
	return await using(
		startSimulator(settings),
		async (simulator) =>
			await reachable(simulator, isTls, async (juspay) => await onSimulator(simulator, juspay)),
	);
}

/** Runs this program again, with a certificate that it trusts. */
async function runTrusting(): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'juspay-soak-'));
	const { certFile } = await makeCertificate(folder);
	const env = { NODE_EXTRA_CA_CERTS: certFile, [CERTIFICATE_FOLDER]: folder };
	const { exitCode } = await execa('tsx', [__filename, ...process.argv.slice(2)], {
		env,
		preferLocal: true,
		stdio: 'inherit',
		reject: false,
	});
	await rm(folder, { recursive: true });
	process.exitCode = exitCode;
}

async function main(): Promise<void> {
	const atLeastOne = wholeNumber(1, 1_000_000_000);
	const { accounts, minutes, tls, late } = new Command('soak')
		.description(`Creates accounts in runs of ${PER_RUN} while much goes wrong, and counts.`)
		.option('--accounts <number>', 'how many in all', atLeastOne, 100_000)
		.option('--minutes <number>', 'begin no run after so long', atLeastOne, 30)
		.option('--late <seconds>', 'how late lists show new accounts', Number, 0)
		.option('--tls', `over TLS, ${ROUND_TRIP_MS} ms a round trip`, false)
		.parse()
		.opts<{ accounts: number; minutes: number; tls: boolean; late: number }>();
	if (tls && process.env[CERTIFICATE_FOLDER] === undefined) return await runTrusting();

	const startedAt = performance.now();
	const none = Object.fromEntries(COUNTS.map((name) => [name, 0]));
	const total = { ...none, problems: [] as string[] } as Sums;
	const print = (name: string, sums: Sums, seconds: number) => {
		const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
		process.stdout.write(
			`${name}: ${sums.accounts} accounts, ${sums.failed} failed and answered on rerun, ${sums.inDoubt} validations in doubt until the last run, ` +
				`${sums.duplicates} duplicates, ${sums.paidTwice} paid twice, ${sums.problems.length} problems, ` +
				`${sums.requests} requests, ${sums.faults} faults, ${seconds.toFixed(1)} s, heap ${heap} MB\n`,
		);
	};
	let begun = 0;
	let runs = 0;
	while (begun < accounts && performance.now() - startedAt < minutes * 60_000) {
		const sizes: number[] = [];
		for (; sizes.length < AT_ONCE && begun < accounts; begun += sizes.at(-1) ?? 0) {
			sizes.push(Math.min(PER_RUN, accounts - begun));
		}
		const meet = meetingOf(sizes.length);
		const work = async (size: number) => {
			const runStartedAt = performance.now();
			const run = ++runs;
			const sums = await soak(run, size, { isTls: tls, lateSeconds: late, meet });
			print(`Run ${run}`, sums, (performance.now() - runStartedAt) / 1000);
			for (const problem of sums.problems.slice(0, 10)) process.stdout.write(`  ${problem}\n`);
			for (const name of COUNTS) total[name] += sums[name];
			total.problems.push(...sums.problems);
		};
		await Promise.all(sizes.map(work));
	}
	if (begun < accounts) process.stdout.write(`Time is over after ${runs} runs.\n`);
	print('Soak', total, (performance.now() - startedAt) / 1000);
	const isGood = total.duplicates + total.paidTwice + total.problems.length === 0;
	process.exitCode = isGood ? 0 : 1;
}

void main();
