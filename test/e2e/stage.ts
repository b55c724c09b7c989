/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
	ensureN8n,
	installNode,
	N8nClient,
	startN8n,
	unpackNode,
	withCredential,
	type Credential,
	type N8nVersion,
	type Owner,
	type StartOptions,
	type StoredWorkflow,
	type Workflow,
} from '../../dev/n8n';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../dev/simulator/simulator';

/** For a first run, which downloads n8n. */
export const INSTALL_WITHIN_MS = 900_000;

export const OWNER: Owner = { email: 'owner@juspay.example', password: 'Juspay-tests-1' };

/** A real n8n that has the packed node among its community nodes, beside a simulator of Juspay. */
export interface Stage {
	/** n8n's own version, e.g. `2.40.7`. */
	release: string;
	url: string;
	client: N8nClient;
	simulator: Simulator;
	/** Puts a credential for the simulator into n8n; until then there is none. */
	addCredential(): Promise<Credential>;
	/** Imports a workflow, with that credential in its Juspay nodes. */
	importWorkflow(workflow: Workflow): Promise<StoredWorkflow>;
	close(): Promise<void>;
}

/**
 * Opens a stage in a folder of its own, which goes when it closes. Call it in `beforeAll`, with
 * {@link INSTALL_WITHIN_MS}.
 *
 * @param version - which n8n
 * @param juspay - how the simulator is to be
 * @param more - environment variables for n8n, who gets each line of its log, and how the node is installed: as n8n
 *   does it, or in a folder of `N8N_CUSTOM_EXTENSIONS`, as `n8n-node dev` and many Docker images do it
 */
export async function openStage(
	version: N8nVersion,
	juspay: SimulatorOptions,
	{
		env = {},
		log,
		as = 'package',
	}: Pick<StartOptions, 'env' | 'log'> & { as?: 'package' | 'custom extension' } = {},
): Promise<Stage> {
	// Not the console, to which jest adds a stack trace: an installation has many lines.
	const installed = await ensureN8n(version, (line) => process.stderr.write(`${line}\n`));
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-juspay-e2e-'));
	const simulator = await startSimulator(juspay);
	const remove = async () => {
		await simulator.close();
		await rm(userFolder, { recursive: true, force: true });
	};
	try {
		const extensions = join(userFolder, 'extensions');
		if (as === 'package') await installNode(userFolder, tarball());
		else await unpackNode(extensions, tarball());
		const n8n = await startN8n({
			installed,
			userFolder,
			log,
			env: { ...(as === 'custom extension' && { N8N_CUSTOM_EXTENSIONS: extensions }), ...env },
		});
		const close = async () => {
			await n8n.stop();
			await remove();
		};
		const client = await N8nClient.signIn(n8n.url, OWNER).catch(async (error: unknown) => {
			await n8n.stop();
			return Promise.reject(error);
		});
		const addCredential = async () => await client.putCredential(credentialFor(simulator));
		const importWorkflow = async (workflow: Workflow) => {
			const credential = await addCredential();
			return await client.putWorkflow(withCredential(workflow, 'juspayApi', credential));
		};
		const { url } = n8n;
		return {
			release: installed.release,
			url,
			client,
			simulator,
			addCredential,
			importWorkflow,
			close,
		};
	} catch (error) {
		await remove();
		return Promise.reject(error);
	}
}

/** A credential that reaches the simulator. */
export function credentialFor(simulator: Simulator) {
	return {
		name: 'Juspay account',
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: simulator.url, apiKey: simulator.apiKey },
	};
}

/** Reads a workflow as it would be imported; the path is from the project's folder. */
export async function readWorkflow(path: string): Promise<Workflow> {
	return JSON.parse(await readFile(resolve(__dirname, '../..', path), 'utf8')) as Workflow;
}

function tarball(): string {
	const { E2E_TARBALL } = process.env;
	if (!E2E_TARBALL) throw new Error('Nothing is packed: run these tests with `npm run test:e2e`.');
	return E2E_TARBALL;
}
