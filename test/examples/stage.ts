/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiveAlerts } from '../../dev/demo/alerts';
import type { Stage } from '../../dev/demo/stage';
import { DataTables } from '../../dev/demo/tables';
import {
	ensureN8n,
	freePort,
	installNode,
	N8nClient,
	startN8n,
	type N8nVersion,
	type Owner,
} from '../../dev/n8n';
import { startSimulator } from '../../dev/simulator/simulator';

/** For a first run, which downloads n8n. */
export const INSTALL_WITHIN_MS = 900_000;

export const OWNER: Owner = { email: 'owner@juspay.example', password: 'Juspay-tests-1' };

/** The demo's stage, in a folder of its own and with an n8n that can be started again. */
export interface TestStage extends Stage {
	/** Stops n8n, lets something happen meanwhile, and starts it again: same data, same address. */
	restart(meanwhile: () => void): Promise<void>;
	close(): Promise<void>;
}

/** Opens a stage; it goes when it closes. The packed node comes from test/e2e/pack.ts. */
export async function openStage(
	version: N8nVersion,
	env: Record<string, string> = {},
): Promise<TestStage> {
	const { E2E_TARBALL } = process.env;
	if (!E2E_TARBALL)
		throw new Error('E2E_TARBALL is not set: run these tests by `npm run test:e2e`');
	const installed = await ensureN8n(version, (line) => process.stderr.write(`${line}\n`));
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-juspay-examples-'));
	await installNode(userFolder, E2E_TARBALL);
	const simulator = await startSimulator({ anyCustomer: true });
	const alerts = await receiveAlerts();
	const start = async (port: number) => await startN8n({ installed, userFolder, port, env });
	const port = await freePort();
	let n8n = await start(port);
	const { url } = n8n;
	const client = await N8nClient.signIn(url, OWNER);
	const tables = await DataTables.signIn(url, OWNER);
	const credential = await client.putCredential({
		name: 'Juspay account',
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: simulator.url, apiKey: simulator.apiKey },
	});
	return {
		url,
		client,
		tables,
		simulator,
		alerts,
		credential,
		activate: async (id) => await client.activate(id),
		restart: async (meanwhile) => {
			await n8n.stop();
			meanwhile();
			n8n = await start(port);
		},
		close: async () => {
			await n8n.stop();
			await simulator.close();
			await alerts.close();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}
