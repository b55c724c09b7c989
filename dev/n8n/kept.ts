/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions, @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const READY_WITHIN_MS = 30_000;

/**
 * Runs a TypeScript program of this project in a process of its own, so that it shares no event loop with what it
 * serves. It ends with this program, however that ends.
 *
 * @param script - its file
 * @param args - its command line
 * @param isReady - throws as long as it isn't
 * @returns ends it
 */
export async function startKept(
	script: string,
	args: string[],
	isReady: () => Promise<unknown>,
): Promise<() => void> {
	const tsx = ['--import', require.resolve('tsx')];
	const program = [process.execPath, ...tsx, script, ...args];
	const child = spawn(process.execPath, [...tsx, join(__dirname, 'keeper.ts'), ...program], {
		detached: true,
		stdio: ['pipe', 'ignore', 'inherit'],
	});
	// The keeper ends the program once this pipe is closed.
	const close = () => {
		process.off('exit', close);
		child.stdin.destroy();
	};
	process.once('exit', close);

	const deadline = Date.now() + READY_WITHIN_MS;
	for (;;) {
		try {
			await isReady();
			return close;
		} catch {
			if (child.exitCode !== null || Date.now() > deadline) {
				close();
				throw new Error(`${script} did not start; see its message above`);
			}
		}
		await sleep(100);
	}
}
