/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { resolve } from 'node:path';
import { freePort } from '../n8n/ports';
import { startKept } from '../n8n/kept';
import type { Certificate } from './certificate';
import type { Traffic } from './front';

/** A front in a process of its own. */
export interface FrontProcess {
	url: string;
	traffic(): Promise<Traffic>;
	/** Sets the round trip of the connections from now on, and counts from zero. */
	configure(roundTripMs: number): Promise<void>;
	close(): void;
}

/**
 * Starts one. It ends with this program, however that ends.
 *
 * @param target - port of the server behind it
 */
export async function startFrontProcess(
	{ keyFile, certFile }: Pick<Certificate, 'keyFile' | 'certFile'>,
	target: number,
	roundTripMs: number,
): Promise<FrontProcess> {
	const port = await freePort();
	const controlPort = await freePort();
	const control = `http://127.0.0.1:${controlPort}/`;
	const traffic = async () => (await (await fetch(control)).json()) as Traffic;
	const close = await startKept(
		resolve(__dirname, 'cli.ts'),
		[
			...['--key', keyFile, '--cert', certFile, '--target', String(target)],
			...['--port', String(port), '--control-port', String(controlPort)],
			...['--round-trip', String(roundTripMs)],
		],
		traffic,
	);
	return {
		url: `https://127.0.0.1:${port}`,
		traffic,
		configure: async (milliseconds) => {
			await fetch(control, { method: 'PUT', body: String(milliseconds) });
		},
		close,
	};
}
