/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator/simulator';
import { N8nClient, type Credential, type NewCredential, type Owner } from './client';
import { ensureN8n, type InstalledN8n, type N8nVersion, type Report } from './install';
import { installNode, unpackNode } from './pack';
import { freePort } from './ports';
import { startN8n, type RunningN8n, type StartOptions } from './server';
import { withCredential, type StoredWorkflow, type Workflow } from './workflow';

/** Signs in to every n8n that is started here. It listens on this machine only, and knows no real key. */
export const OWNER: Owner = { email: 'demo@juspay.example', password: 'Juspay-demo-1' };

/** What {@link openStage} needs. */
export interface StageOptions {
	/** The packed node; see `packNode`. */
	tarball: string;
	/** Default: `v2`. */
	version?: N8nVersion;
	/** Where n8n keeps its data from one start to the next. Default: a new folder, removed when the stage closes. */
	userFolder?: string;
	/**
	 * How the node is installed: among the community nodes (default), or in a folder of `N8N_CUSTOM_EXTENSIONS`, as
	 * `n8n-node dev` and many Docker images do it.
	 */
	as?: 'package' | 'custom extension';
	/** How the simulator behaves. */
	juspay?: SimulatorOptions;
	/** Default: any free one. */
	port?: number;
	/** More environment variables for n8n. */
	env?: Record<string, string>;
	/** Gets each line that n8n prints. */
	log?: StartOptions['log'];
	/** Gets a line per step of the installation. */
	report?: Report;
}

/** A real n8n with the packed node among its community nodes, next to a simulator of Juspay. */
export interface Stage {
	installed: InstalledN8n;
	/** Name and version of the packed node. */
	node: { name: string; version: string };
	/** Where n8n keeps its data. */
	userFolder: string;
	url: string;
	client: N8nClient;
	simulator: Simulator;
	/** Settles when n8n ends without having been stopped here. */
	ended: Promise<void>;
	/** Saves a credential for the simulator in n8n; until then there is none. */
	addCredential(): Promise<Credential>;
	/** Imports a workflow, with that credential in its Juspay nodes. */
	importWorkflow(workflow: Workflow): Promise<StoredWorkflow>;
	/** Starts another process of the same n8n, for queue mode; `env` holds for it alone. */
	startProcess(command: 'webhook' | 'worker', env?: Record<string, string>): Promise<RunningN8n>;
	/** Stops n8n, lets something happen meanwhile, and starts it again: same data, same address. */
	restart(meanwhile: () => void): Promise<void>;
	close(): Promise<void>;
}

/** A credential for the simulator. */
export function credentialFor({ url, apiKey }: Pick<Simulator, 'url' | 'apiKey'>): NewCredential {
	return {
		name: 'Juspay account',
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: url, apiKey, merchantId: 'demo_merchant' },
	};
}

/**
 * Sets up n8n as a user would: installs it (once), installs the packed node among its community nodes, starts it next
 * to a simulator of Juspay, and signs in.
 */
export async function openStage(options: StageOptions): Promise<Stage> {
	const { version = 'v2', tarball, as = 'package', juspay, log } = options;
	const { report = () => undefined } = options;
	const installed = await ensureN8n(version, report);
	const userFolder =
		options.userFolder ?? (await mkdtemp(join(tmpdir(), 'n8n-nodes-juspay-stage-')));
	// In reverse order, each step of what has been opened.
	const closing: Array<() => Promise<unknown>> = [];
	const close = async () => {
		for (let step = closing.pop(); step; step = closing.pop()) await step();
	};
	if (!options.userFolder) {
		closing.push(async () => await rm(userFolder, { recursive: true, force: true }));
	}
	try {
		const extensions = join(userFolder, 'extensions');
		const isExtension = as === 'custom extension';
		const node = await (isExtension
			? unpackNode(extensions, tarball)
			: installNode(userFolder, tarball));
		const env = { ...(isExtension && { N8N_CUSTOM_EXTENSIONS: extensions }), ...options.env };
		report(`Starting n8n ${installed.release} with ${node.name} ${node.version}`);
		const simulator = await startSimulator(juspay);
		closing.push(async () => await simulator.close());
		const port = options.port ?? (await freePort());
		const common = { installed, userFolder, env, ...(log && { log }) };
		let main = await startN8n({ ...common, port });
		closing.push(async () => await main.stop());
		const client = await N8nClient.signIn(main.url, OWNER);
		const addCredential = async () => await client.putCredential(credentialFor(simulator));
		return {
			installed,
			node,
			userFolder,
			url: main.url,
			client,
			simulator,
			ended: main.ended,
			addCredential,
			importWorkflow: async (workflow) =>
				await client.putWorkflow(withCredential(workflow, 'juspayApi', await addCredential())),
			startProcess: async (command, more) => {
				const started = await startN8n({ ...common, env: { ...env, ...more }, command });
				closing.push(async () => await started.stop());
				return started;
			},
			restart: async (meanwhile) => {
				await main.stop();
				meanwhile();
				main = await startN8n({ ...common, port });
			},
			close,
		};
	} catch (error) {
		await close();
		return await Promise.reject(error);
	}
}
