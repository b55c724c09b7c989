/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { resolve } from 'node:path';
import { freePort } from '../n8n';
import { startKept } from '../n8n/kept';
import { simulatorControl, type SimulatorControl } from '../simulator/control-client';

/** A simulator of Juspay in a process of its own. */
export interface SimulatorProcess {
	url: string;
	apiKey: string;
	control: SimulatorControl;
	close(): void;
}

/** Starts one; every customer exists in it. It ends with this program, however that ends. */
export async function startSimulatorProcess(): Promise<SimulatorProcess> {
	const port = await freePort();
	const apiKey = 'bench_api_key';
	const url = `http://127.0.0.1:${port}`;
	const control = simulatorControl(url);
	const close = await startKept(
		resolve(__dirname, '../simulator/cli.ts'),
		['--port', String(port), '--api-key', apiKey, '--any-customer', '--quiet'],
		async () => await control.health(),
	);
	return { url, apiKey, control, close };
}
