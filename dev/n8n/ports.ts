/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createServer, type AddressInfo } from 'node:net';

/**
 * Whether a server could listen on this port now. Asked for this machine's own address and for all addresses: some
 * systems let a program take the first while another has the second, and then nobody knows who answers.
 */
export async function isPortFree(port: number): Promise<boolean> {
	const onOwn = await listenOnce(port, '127.0.0.1');
	const onAll = await listenOnce(port);
	return onOwn !== undefined && onAll !== undefined;
}

/** A port that nobody listens on; the system chooses it. */
export async function freePort(): Promise<number> {
	const port = await listenOnce(0);
	if (port === undefined) throw new Error('The system has no free port');
	return port;
}

/** Listens for a moment: the port that it got, or undefined where that failed. */
function listenOnce(port: number, host?: string): Promise<number | undefined> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen(port, host, () => {
			const got = (server.address() as AddressInfo).port;
			server.close(() => resolve(got));
		});
	});
}
