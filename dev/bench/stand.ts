/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { basename, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { ensureN8n, freePort, installNode, N8nClient, packNode, startN8n } from '../n8n';
import type { Report } from '../n8n';
import { cacheFolder } from '../n8n/cache';
import { startKept } from '../n8n/kept';
import { run } from '../n8n/run';
import { makeCertificate } from '../network/certificate';
import { startFrontProcess, type FrontProcess } from '../network/process';
import { simulatorControl, type SimulatorControl } from '../simulator/control-client';
import { until } from '../until';
import type { Order, Reading } from './extension/order';
import type { Network } from './plan';
import { ITEM_BY_ITEM, SUBJECTS, type Subject } from './subjects';
import { benchWorkflow } from './workflows';

/**
 * Where the bench keeps its n8n, its log and its profiles; made anew each time. Not in the project: the strict linter
 * would judge the built node of the bench as one of ours.
 */
export const BENCH_FOLDER = join(cacheFolder(), 'bench');

const OWNER = { email: 'bench@juspay.example', password: 'Juspay-bench-1' };

/** A simulator of Juspay in a process of its own. */
interface SimulatorProcess {
	url: string;
	control: SimulatorControl;
	close(): void;
}

const API_KEY = 'bench_api_key';

/** A real n8n with the packed node and the bench's own nodes in it, beside a simulator, each in its own process. */
export interface Stand {
	/** Of the measured package, of n8n and its Node. */
	versions: string;
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
	const node = (await run(installed.node, ['--version'])).stdout.trim().replace('v', '');
	const versions = `${juspay.name} ${juspay.version}, n8n ${installed.release} on Node ${node}`;

	report(`Starting ${versions}`);
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
		const rest = SUBJECTS.filter((subject) => subject !== ITEM_BY_ITEM);
		await addWorkflows(client, { url: simulator.url, suffix: '' }, rest);
		await addWorkflows(client, { url: front.url, suffix: OVER_TLS }, rest);
		await addWorkflows(client, { url: otherSimulator.url, suffix: '' }, [ITEM_BY_ITEM]);
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
	{ url, suffix }: { url: string; suffix: string },
	subjects: Subject[],
): Promise<void> {
	const juspayApi = await client.putCredential({
		name: `Juspay at ${url}`,
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: url, apiKey: API_KEY },
	});
	const httpBasicAuth = await client.putCredential({
		name: `Juspay at ${url}, basic`,
		type: 'httpBasicAuth',
		data: { user: API_KEY, password: '' },
	});
	for (const subject of subjects) {
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

/** Starts a simulator in which every customer exists. It ends with this program, however that ends. */
async function startSimulatorProcess(): Promise<SimulatorProcess> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const control = simulatorControl(url);
	const close = await startKept(
		resolve(__dirname, '../simulator/cli.ts'),
		['--port', String(port), '--api-key', API_KEY, '--any-customer', '--quiet'],
		async () => await control.health(),
	);
	return { url, control, close };
}

/** Starts a workflow by its webhook and waits for the answer of its last node, however long that takes. */
async function callWebhook(url: string, order: Order): Promise<Reading> {
	return await until(`n8n to know ${url}`, async () => {
		const { status, body } = await post(url, JSON.stringify(order));
		if (status === 200) return JSON.parse(body) as Reading;
		// n8n does not know a webhook for a moment after its workflow has been activated, and takes its database for gone
		// for a moment after it was too busy to look. Neither starts the workflow.
		if (status === 404 || status === 503) return undefined;
		throw new Error(`n8n answered ${status} to ${url}: ${body.slice(0, 500)}`);
	});
}

/** `fetch` would give up after five minutes. */
function post(url: string, body: string): Promise<{ status: number; body: string }> {
	return new Promise((resolvePost, reject) => {
		request(url, { method: 'POST', headers: { 'content-type': 'application/json' } })
			.on('response', (response) => {
				text(response).then(
					(answer) => resolvePost({ status: response.statusCode ?? 0, body: answer }),
					reject,
				);
			})
			.on('error', reject)
			.end(body);
	});
}
