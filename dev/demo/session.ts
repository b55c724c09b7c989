/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import {
	ensureN8n,
	installNode,
	N8nClient,
	packNode,
	startN8n,
	type Owner,
	type Report,
} from '../n8n';
import { startSimulator } from '../simulator/simulator';
import { receiveAlerts } from './alerts';
import type { Stage } from './stage';
import { DataTables } from './tables';

/** Who signs in to the demo's n8n. It listens on this machine only, and knows no real key. */
export const OWNER: Owner = { email: 'demo@juspay.example', password: 'Juspay-demo-1' };

/** Where the demo's n8n keeps its data from one start to the next; delete it to begin anew. */
export const DEMO_FOLDER = resolve(__dirname, '../../.cache/demo');

/** The credential that the examples name. */
const CREDENTIAL = 'Juspay account';

const NODE_TYPE = 'n8n-nodes-juspay.juspay';

/** A real n8n with the node in it, beside a simulator of Juspay, both running. */
export interface Session {
	/** Versions of n8n and of the node, for people. */
	versions: string;
	stage: Stage;
	/** Settles when n8n ends by itself. */
	ended: Promise<void>;
	/** Stops n8n and the rest. */
	close(): Promise<void>;
}

/**
 * Sets all of it up as a user would: installs n8n (once), builds and packs the node, installs the package into n8n's
 * community nodes, starts n8n and the simulator, signs in, and adds a credential for the simulator.
 *
 * @param port - for n8n
 * @param report - gets a line for each step
 */
export async function openSession(port: number, report: Report): Promise<Session> {
	const installed = await ensureN8n('v2', report);
	// A database that a newer n8n has written is of no use to an older one.
	const userFolder = join(DEMO_FOLDER, `n8n-${installed.release}`);
	report('Building and packing the node');
	const tarball = await packNode(userFolder);
	const node = await installNode(userFolder, tarball);
	const versions = `n8n ${installed.release} with ${node.name} ${node.version}`;

	report(`Starting ${versions}`);
	const simulator = await startSimulator({ anyCustomer: true });
	const log = createWriteStream(join(userFolder, 'n8n.log'));
	const n8n = await startN8n({
		installed,
		userFolder,
		port,
		log: (line) => log.write(`${line}\n`),
	}).catch(async (error: unknown) => {
		await simulator.close();
		return Promise.reject(error);
	});
	const alerts = await receiveAlerts();
	let rest = async () => await Promise.resolve();
	const close = async () => {
		await rest();
		await n8n.stop();
		await simulator.close();
		await alerts.close();
		log.end();
	};

	try {
		const { url, ended } = n8n;
		const client = await N8nClient.signIn(url, OWNER);
		if (!(await client.nodeTypes()).includes(NODE_TYPE)) {
			throw new Error(`n8n did not load ${NODE_TYPE}; see ${join(userFolder, 'n8n.log')}`);
		}
		const credential = await client.putCredential({
			name: CREDENTIAL,
			type: 'juspayApi',
			data: { environment: 'custom', baseUrl: simulator.url, apiKey: simulator.apiKey },
		});
		const active: string[] = [];
		const activate = async (id: string) => {
			active.push(id);
			await client.activate(id);
		};
		// What is active in n8n's database would start with it the next time, and speak to a simulator that is gone.
		rest = async () => {
			for (const id of active) await client.deactivate(id).catch(() => undefined);
		};
		const tables = await DataTables.signIn(url, OWNER);
		const stage = { url, client, activate, tables, simulator, alerts, credential };
		return { versions, stage, ended, close };
	} catch (error) {
		await close();
		return Promise.reject(error);
	}
}
