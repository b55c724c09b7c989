/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureN8n, installNode, N8nClient, packNode, startN8n } from '../n8n';
import type { Report } from '../n8n';
import { cacheFolder } from '../n8n/cache';
import { run } from '../n8n/run';
import { makeCertificate } from '../network/certificate';
import { startFrontProcess, type FrontProcess } from '../network/process';
import { buildExtension } from './buildExtension';
import { callWebhook } from './callWebhook';
import type { Order, Reading } from './extension/order';
import type { Network } from './network';
import { startSimulatorProcess, type SimulatorProcess } from './simulatorProcess';
import { ITEM_BY_ITEM, SUBJECTS, type Subject } from './subjects';
import { benchWorkflow } from './workflows';

/**
 * Where the bench keeps its n8n, its log and its profiles; made anew each time. Not in the project: the strict linter
 * would judge the built node of the bench as one of ours.
 */
export const BENCH_FOLDER = join(cacheFolder(), 'bench');

const OWNER = { email: 'bench@juspay.example', password: 'Juspay-bench-1' };

/** What the bench was run with. */
export interface Versions {
	n8n: string;
	/** The Node that n8n runs on. */
	node: string;
	/** Name and version of the measured package. */
	juspay: string;
}

/** A real n8n with the packed node and the bench's own nodes in it, beside a simulator, each in its own process. */
export interface Stand {
	versions: Versions;
	simulator: SimulatorProcess;
	/** TLS and round trips in front of that simulator. */
	front: FrontProcess;
	/** Another one, for the node that goes item by item: it runs beside others. */
	otherSimulator: SimulatorProcess;
	/** Runs a subject's workflow in a network and says how the measured nodes did. */
	run(subject: Subject, order: Order, network: Network): Promise<Reading>;
	close(): Promise<void>;
}

/** Sets it all up, the node as a user would install it. */
export async function openStand(report: Report): Promise<Stand> {
	const installed = await ensureN8n('v2', report);
	await rm(BENCH_FOLDER, { recursive: true, force: true });
	await mkdir(BENCH_FOLDER, { recursive: true });
	const extension = await buildExtension(BENCH_FOLDER);
	report('Building, packing and installing the node');
	const userFolder = join(BENCH_FOLDER, 'n8n');
	const juspay = await installNode(userFolder, await packNode(BENCH_FOLDER));
	const versions = {
		n8n: installed.release,
		node: (await run(installed.node, ['--version'])).stdout.trim().replace('v', ''),
		juspay: `${juspay.name} ${juspay.version}`,
	};

	report(`Starting n8n ${versions.n8n} with ${versions.juspay}`);
	const log = createWriteStream(join(BENCH_FOLDER, 'n8n.log'));
	const simulator = await startSimulatorProcess();
	const otherSimulator = await startSimulatorProcess();
	const certificate = await makeCertificate(BENCH_FOLDER);
	const front = await startFrontProcess(certificate, Number(new URL(simulator.url).port), 0);
	const n8n = await startN8n({
		installed,
		userFolder,
		log: (line) => log.write(`${line}\n`),
		env: { N8N_CUSTOM_EXTENSIONS: extension, NODE_EXTRA_CA_CERTS: certificate.certFile },
	});
	const close = async () => {
		await n8n.stop();
		front.close();
		simulator.close();
		otherSimulator.close();
		log.end();
	};
	try {
		const client = await N8nClient.signIn(n8n.url, OWNER);
		const { apiKey } = simulator;
		const rest = SUBJECTS.filter((subject) => subject !== ITEM_BY_ITEM);
		await addWorkflows(client, { url: simulator.url, apiKey, suffix: '' }, rest);
		await addWorkflows(client, { url: front.url, apiKey, suffix: OVER_TLS }, rest);
		await addWorkflows(client, { ...otherSimulator, suffix: '' }, [ITEM_BY_ITEM]);
	} catch (error) {
		await close();
		return Promise.reject(error);
	}
	return {
		versions,
		simulator,
		front,
		otherSimulator,
		close,
		run: async ({ id }, order, { roundTripMs }) => {
			const suffix = roundTripMs === undefined ? '' : OVER_TLS;
			return await callWebhook(`${n8n.url}/webhook/${id}${suffix}`, order);
		},
	};
}

/** Ends the names of the workflows that reach the simulator through the TLS front. */
const OVER_TLS = '-tls';

/** Adds each subject's workflow, for a simulator at this address. */
async function addWorkflows(
	client: N8nClient,
	{ url, apiKey, suffix }: { url: string; apiKey: string; suffix: string },
	subjects: Subject[],
): Promise<void> {
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
	for (const subject of subjects) {
		const nodes = subject.nodes({ url, juspayApi, httpBasicAuth });
		const { id } = await client.putWorkflow(benchWorkflow(`${subject.id}${suffix}`, nodes));
		await client.activate(id);
	}
}
