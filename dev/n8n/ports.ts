import { detect } from 'detect-port';

/** Whether a server could listen on this port now. */
export async function isPortFree(port: number): Promise<boolean> {
	return (await detect(port)) === port;
}

/** A port that nobody listens on; the system chooses it. */
export async function freePort(): Promise<number> {
	return await detect(0);
}
