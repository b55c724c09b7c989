/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- this runs on a developer's machine, never inside n8n */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { openStage, packNode, type Report, type Stage } from '../n8n';
import { cacheFolder } from '../n8n/cache';
import { run } from '../n8n/run';
import { makeCertificate, startFront, type Front } from '../network/front';
import { until } from '../until';
import type { Order, Reading } from './extension/probe';
import { limitOf, titleOf, type Network, type Work } from './plan';
import { sharesOf, type Shares } from './profile';
import { benchWorkflow, SUBJECTS, type Subject } from './subjects';

/**
 * Where the bench keeps its log, its nodes and its profiles; made anew each time. Not in the project: the strict linter
 * would judge the built nodes of the bench as ours.
 */
export const BENCH_FOLDER = join(cacheFolder(), 'bench');

/** One run of one subject: what n8n says about it, and what was counted outside of it. */
interface Sample extends Reading {
	requests: number;
	/** Over TLS only. */
	connections: number;
	inFlight: number;
	made: number;
	doubled: number;
	pennyDrops: number;
	/** Accounts not made, made twice or paid for twice, and rows without answer. */
	off: number;
}

/** A subject and how it did a work: medians of its runs, and of the time also the least and the most. */
export interface Row extends Omit<Sample, 'milliseconds'> {
	subject: Subject;
	runs: number;
	/** Median, least, most. */
	ms: [number, number, number];
	/** Beyond what it was before, in bytes. */
	memoryGrown: number;
	/** The least time that the network allows it, with the connections that it opened; in milliseconds. */
	limit: number;
	profile?: Shares;
}

/** A work that was done, and how each subject did it; the first is judged. */
export interface Done {
	work: Work;
	rows: Row[];
}

/** A real n8n with the packed node and the bench's own nodes in it, beside a simulator and a TLS front. */
export interface Stand {
	/** Of the measured package, of n8n and its Node. */
	versions: string;
	/** Does a work; the subjects take turns, so that a disturbance of the machine hits all of them alike. */
	do(work: Work, isProfiled: boolean): Promise<Done>;
	close(): Promise<void>;
}

/** Sets it all up, the node as a user would install it. */
export async function openStand(report: Report): Promise<Stand> {
	await rm(BENCH_FOLDER, { recursive: true, force: true });
	await mkdir(BENCH_FOLDER, { recursive: true });
	const certificate = await makeCertificate(BENCH_FOLDER);
	const log = createWriteStream(join(BENCH_FOLDER, 'n8n.log'));
	report('Building and packing the node');
	const stage = await openStage({
		tarball: await packNode(BENCH_FOLDER),
		juspay: { anyCustomer: true, keepRequests: 0 },
		env: {
			N8N_CUSTOM_EXTENSIONS: await buildExtension(BENCH_FOLDER),
			NODE_EXTRA_CA_CERTS: certificate.certFile,
		},
		report,
		log: (line) => log.write(`${line}\n`),
	});
	let front: Front | undefined;
	const close = async () => {
		await stage.close();
		await front?.close();
		log.end();
	};
	try {
		const target = Number(new URL(stage.simulator.url).port);
		front = await startFront({ certificate, target, roundTripMs: 0 });
		await addWorkflows(stage, stage.simulator.url, '');
		await addWorkflows(stage, front.url, OVER_TLS);
		const { installed, node } = stage;
		const itsNode = (await run(installed.node, ['--version'])).stdout.trim().replace('v', '');
		const running = { stage, front, report };
		return {
			versions: `${node.name} ${node.version}, n8n ${installed.release} on Node ${itsNode}`,
			do: async (work, isProfiled) => await doWork(running, work, isProfiled),
			close,
		};
	} catch (error) {
		await close();
		return await Promise.reject(error);
	}
}

/** Ends the names of the workflows that reach the simulator through the TLS front. */
const OVER_TLS = '-tls';

/** Adds each subject's workflow, for a simulator at this address. */
async function addWorkflows({ client, simulator }: Stage, url: string, suffix: string) {
	const { apiKey } = simulator;
	const juspayApi = await client.putCredential({
		name: `Juspay at ${url}`,
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: url, apiKey },
	});
	const httpBasicAuth = await client.putCredential({
		name: `Juspay at ${url}, basic`,
		type: 'httpBasicAuth',
		data: { user: apiKey, password: '' },
	});
	for (const subject of Object.values(SUBJECTS)) {
		const nodes = subject.nodes({ url, juspayApi, httpBasicAuth });
		const { id } = await client.putWorkflow(benchWorkflow(`${subject.id}${suffix}`, nodes));
		await client.activate(id);
	}
}

/** Compiles the bench's own nodes, in `extension/`, into a folder for `N8N_CUSTOM_EXTENSIONS`. */
async function buildExtension(folder: string): Promise<string> {
	const source = join(__dirname, 'extension');
	const target = join(folder, 'extension');
	await mkdir(target, { recursive: true });
	for (const file of await readdir(source)) {
		const { outputText } = transpileModule(await readFile(join(source, file), 'utf8'), {
			compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
		});
		await writeFile(join(target, `${basename(file, '.ts')}.js`), outputText);
	}
	return target;
}

interface Running {
	stage: Stage;
	front: Front;
	report: Report;
}

async function doWork(running: Running, work: Work, isProfiled: boolean): Promise<Done> {
	const samples = new Map(work.subjects.map(([subject]) => [subject, [] as Sample[]]));
	const profiles = new Map<Subject, Shares>();
	for (let round = 0; round < Math.max(...work.subjects.map(([, runs]) => runs)); round++) {
		for (const [subject] of work.subjects.filter(([, runs]) => round < runs)) {
			const profile = isProfiled ? join(BENCH_FOLDER, `${subject.id}.cpuprofile`) : '';
			const sample = await measure(running, subject, work, profile);
			samples.get(subject)?.push(sample);
			if (isProfiled) profiles.set(subject, await sharesOf(profile));
			const seconds = (sample.milliseconds / 1_000).toFixed(2);
			running.report(
				`${titleOf(work)}: ${subject.name}, ${seconds} s, ${sample.requests} requests, ${sample.made} accounts made`,
			);
		}
	}
	const rows = [...samples].map(([subject, its]) => ({
		...rowOf(work, subject, its),
		...(isProfiled && { profile: profiles.get(subject) }),
	}));
	return { work, rows };
}

let measured = 0;

/** Runs a work once with a subject, on a simulator that holds nothing else. */
async function measure(
	{ stage: { url, simulator }, front }: Running,
	subject: Subject,
	{ accounts, customers, network, allExist = false, requestsPerSecond }: Work,
	profile: string,
): Promise<Sample> {
	// No run has the customers of another: the node remembers what it has created for 24 hours.
	const name = String(++measured);
	const order = { accounts, customers, run: name, warmUp: false, profile: '' };
	// As many requests for each subject.
	const warmUp = { ...order, accounts: 100, customers: 50, run: `warm_up_${name}`, warmUp: true };
	const { serverMs: latencyMs, roundTripMs = 0 } = network;
	front.configure(roundTripMs);
	simulator.configure({ latencyMs: 0, requestsPerSecond: undefined });
	simulator.reset();
	if (allExist) await callWebhook(url, SUBJECTS.juspay, network, order);
	simulator.configure({ latencyMs });
	await callWebhook(url, subject, network, warmUp);
	// What is to exist stays; otherwise the warm-up's counts go, the most in flight among them.
	if (!allExist) simulator.reset();
	front.configure(roundTripMs);
	const before = { ...simulator.counters };
	simulator.configure({ requestsPerSecond });
	const reading = await callWebhook(url, subject, network, { ...order, profile });
	const after = simulator.counters;
	const made = after.accountsMade - before.accountsMade;
	const doubled = after.duplicatesMade - before.duplicatesMade;
	const pennyDrops = after.validationsStarted - before.validationsStarted;
	const paidTwice = after.validationsWhileUnsettled - before.validationsWhileUnsettled;
	return {
		...reading,
		requests: after.requestsTotal - before.requestsTotal,
		connections: network.roundTripMs === undefined ? 0 : front.connections(),
		inFlight: after.peakInFlight,
		made,
		doubled,
		pennyDrops,
		off:
			Math.abs(made - (allExist ? 0 : accounts)) +
			doubled +
			(accounts - reading.answered) +
			Math.abs(pennyDrops - (subject.validates ? accounts : 0)) +
			paidTwice,
	};
}

/** Starts a workflow by its webhook and waits for the answer of its last node. */
async function callWebhook(url: string, { id }: Subject, network: Network, order: Order) {
	const path = `${id}${network.roundTripMs === undefined ? '' : OVER_TLS}`;
	return await until(`n8n to know ${path}`, async () => {
		const answer = await fetch(`${url}/webhook/${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(order),
		});
		const body = await answer.text();
		if (answer.ok) return JSON.parse(body) as Reading;
		// n8n does not know a webhook for a moment after its workflow has been activated, and takes its database for gone
		// for a moment after it was too busy to look. Neither starts the workflow.
		if (answer.status === 404 || answer.status === 503) return undefined;
		throw new Error(`n8n answered ${answer.status} to ${path}: ${body.slice(0, 500)}`);
	});
}

function rowOf(work: Work, subject: Subject, samples: Sample[]): Row {
	const sorted = (figure: (sample: Sample) => number) => samples.map(figure).sort((a, b) => a - b);
	const median = (figure: (sample: Sample) => number) => {
		const all = sorted(figure);
		const middle = (all.length - 1) / 2;
		return ((all[Math.floor(middle)] ?? NaN) + (all[Math.ceil(middle)] ?? NaN)) / 2;
	};
	const time = ({ milliseconds }: Sample) => milliseconds;
	const times = sorted(time);
	const requests = median((it) => it.requests);
	const connections = median((it) => it.connections);
	return {
		subject,
		runs: samples.length,
		ms: [median(time), times[0] ?? NaN, times.at(-1) ?? NaN],
		limit: limitOf(work, subject, connections / Math.max(1, requests)),
		requests,
		connections,
		cpuMs: median((it) => it.cpuMs),
		inFlight: median((it) => it.inFlight),
		made: median((it) => it.made),
		doubled: median((it) => it.doubled),
		pennyDrops: median((it) => it.pennyDrops),
		answered: median((it) => it.answered),
		memoryBefore: median((it) => it.memoryBefore),
		memoryGrown: median((it) => it.memoryPeak - it.memoryBefore),
		memoryPeak: median((it) => it.memoryPeak),
		off: Math.max(...samples.map(({ off }) => off)),
		error: samples.find(({ error }) => error !== undefined)?.error,
	};
}
