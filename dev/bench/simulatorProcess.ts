/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../n8n';
import { simulatorControl, type SimulatorControl } from '../simulator/control-client';

const READY_WITHIN_MS = 30_000;

/** A simulator of Juspay in a process of its own, so that it shares no event loop with what it serves. */
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
	const node = [process.execPath, '--import', require.resolve('tsx')];
	const keeper = [...node.slice(1), resolve(__dirname, '../n8n/keeper.ts')];
	const simulator = [
		...node,
		resolve(__dirname, '../simulator/cli.ts'),
		...['--port', String(port), '--api-key', apiKey, '--any-customer', '--quiet'],
	];
	const child = spawn(process.execPath, [...keeper, ...simulator], {
		detached: true,
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	// The keeper ends the simulator once this pipe is closed.
	const close = () => child.stdin.destroy();
	process.once('exit', close);

	const url = `http://127.0.0.1:${port}`;
	const control = simulatorControl(url);
	const deadline = Date.now() + READY_WITHIN_MS;
	for (;;) {
		try {
			await control.health();
			return { url, apiKey, control, close };
		} catch {
			if (child.exitCode !== null || Date.now() > deadline) {
				close();
				throw new Error('The simulator did not start; see its message above');
			}
		}
		await sleep(100);
	}
}
