/* eslint-disable @n8n/community-nodes/no-restricted-imports -- servers that break off handshakes */
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import type { Certificate } from '../../dev/network/front';
import { makeCertificate } from '../../dev/network/front';
import type { FailedItem } from '../workflows/juspay';
import { runOn } from '../simulated';
import type { Simulator } from '../../dev/simulator/simulator';

let certificate: Certificate;
const servers = new Set<{ server: Server; sockets: Set<Socket> }>();

beforeAll(async () => {
	certificate = await makeCertificate(await mkdtemp(join(tmpdir(), 'never-sent-')));
});

afterEach(() => {
	for (const { server, sockets } of servers) {
		for (const socket of sockets) socket.destroy();
		server.close();
	}
	servers.clear();
});

/** What a server has seen. */
interface Seen {
	connections: number;
}

async function listen(server: Server): Promise<{ port: number; seen: Seen }> {
	const sockets = new Set<Socket>();
	const seen = { connections: 0 };
	server.on('connection', (socket) => {
		seen.connections++;
		sockets.add(socket);
		socket.on('error', () => undefined);
	});
	servers.add({ server, sockets });
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return { port: (server.address() as { port: number }).port, seen };
}

/** A server of bytes. */
const raw = async (onSocket: (socket: Socket) => void) => await listen(createServer(onSocket));

/** A server of TLS that reads a request and answers nothing. */
async function secure(options: TlsOptions = {}) {
	const { key, cert } = certificate;
	const server = createTlsServer({ key, cert, ...options });
	server.on('tlsClientError', () => undefined);
	return await listen(server);
}

/** Asks a host for something. */
async function ask(
	port: number,
	{ scheme = 'https', maxRetries = 0, operation = 'delete' } = {},
): Promise<{ failed: FailedItem | undefined; tookMs: number }> {
	const started = Date.now();
	const host = { url: `${scheme}://127.0.0.1:${port}`, apiKey: 'key' } as unknown as Simulator;
	const result = await runOn(
		host,
		{
			operation,
			customerId: 'cst_1',
			customerAccountId: { __rl: true, mode: 'id', value: 'banh_1' },
			options: { timeout: 1, maxRetries },
		},
		{ onError: 'continueRegularOutput' },
	);
	return { failed: result.items()[0] as FailedItem | undefined, tookMs: Date.now() - started };
}

/** A handshake's answer that says no. */
const ALERT = Buffer.from([21, 3, 3, 0, 2, 2, 40]);

describe('a request that was never sent', () => {
	it.each<[string, () => Promise<{ port: number; seen: Seen }>, RegExp, RegExp]>([
		[
			'to a certificate that is not trusted',
			async () => await secure(),
			/^The certificate of 127\.0\.0\.1:\d+ is not trusted$/,
			/NODE_EXTRA_CA_CERTS/,
		],
		[
			'to an old version of TLS',
			async () =>
				await secure({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }),
			/doesn't offer a secure connection/,
			/Check 'Base URL'/,
		],
		[
			'to a port of plain HTTP',
			async () =>
				await raw((socket) =>
					socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
				),
			/doesn't offer a secure connection/,
			/plain HTTP/,
		],
		[
			'into an alert',
			async () => await raw((socket) => socket.on('data', () => socket.end(ALERT))),
			/doesn't offer a secure connection/,
			/Check 'Base URL'/,
		],
		[
			'into garbage',
			async () => await raw((socket) => socket.on('data', () => socket.end(Buffer.alloc(64, 7)))),
			/doesn't offer a secure connection/,
			/Check 'Base URL'/,
		],
		[
			'to a host that ends the handshake',
			async () => await raw((socket) => socket.on('data', () => socket.end())),
			/^Can't connect to/,
			/again later/,
		],
		[
			'to a host that resets it',
			async () => await raw((socket) => socket.on('data', () => socket.resetAndDestroy())),
			/^Can't connect to/,
			/again later/,
		],
		[
			'to a host that resets the connection',
			async () => await raw((socket) => socket.resetAndDestroy()),
			/^Can't connect to/,
			/again later/,
		],
		[
			'in a handshake that never ends',
			async () => await raw(() => undefined),
			/didn't complete the connection in time/,
			/again later/,
		],
	])('%s is told so, and leaves no doubt', async (_, start, happened, todo) => {
		const { port } = await start();
		const { failed } = await ask(port);
		expect(failed?.errorCode).toBe('UNREACHABLE');
		expect(failed?.error).toMatch(happened);
		expect(failed?.errorHint).toMatch(/^Nothing was sent/);
		expect(failed?.errorHint).toMatch(todo);
		expect(/again later/.test(failed?.errorHint ?? '')).toBe(/again later/.test(String(todo)));
	});

	it.each<[string, () => Promise<{ port: number; seen: Seen }>]>([
		['a certificate', async () => await secure()],
		[
			'plain HTTP',
			async () =>
				await raw((socket) => socket.on('data', () => socket.end('HTTP/1.1 400 No\r\n\r\n'))),
		],
		['a handshake that never ends', async () => await raw(() => undefined)],
	])('is not tried again for %s', async (_, start) => {
		const { port, seen } = await start();
		const { tookMs } = await ask(port, { maxRetries: 3 });
		expect(seen.connections).toBe(1);
		// Looking for what may have happened would take twelve.
		expect(tookMs).toBeLessThan(10_000);
	});
});

describe('a request that may have been sent', () => {
	it.each<[string, (socket: Socket) => void, string]>([
		[
			'is reset once it is there',
			(socket) => socket.on('data', () => socket.resetAndDestroy()),
			'CONNECTION_LOST',
		],
		['gets no answer', () => undefined, 'TIMEOUT'],
	])('stays in doubt: it %s', async (_, onSocket, code) => {
		const { port } = await raw(onSocket);
		const { failed } = await ask(port, { scheme: 'http', operation: 'get' });
		expect(failed?.errorCode).toBe(code);
		expect(failed?.errorHint).not.toMatch(/Nothing was sent/);
	});
});
