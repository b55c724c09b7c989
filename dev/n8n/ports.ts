import { detect } from 'detect-port';

/**
 * Below the ports that systems give to outgoing connections: one of these could be taken between the moment when it is
 * found free and the moment when n8n listens on it.
 */
const FIRST = 10_000;
const LAST = 30_000;

/** Whether a server could listen on this port now. */
export async function isPortFree(port: number): Promise<boolean> {
	return (await detect(port)) === port;
}

/** A port that nobody listens on; by chance, as several programs may ask for one at the same time. */
export async function freePort(): Promise<number> {
	return await detect(FIRST + Math.floor(Math.random() * (LAST - FIRST)));
}
