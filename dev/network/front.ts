/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { Problem } from '../n8n/problem';
import { run } from '../n8n/run';

/** A certificate for this machine, signed by itself. */
export interface Certificate {
	key: string;
	cert: string;
	/** Where the certificate is, for `NODE_EXTRA_CA_CERTS`. */
	certFile: string;
}

/** Reads what {@link makeCertificate} made. */
export async function readCertificate(folder: string): Promise<Certificate> {
	const certFile = join(folder, 'front.crt');
	const key = await readFile(join(folder, 'front.key'), 'utf8');
	return { key, cert: await readFile(certFile, 'utf8'), certFile };
}

/**
 * Makes a certificate for 127.0.0.1, valid for two days.
 *
 * @param folder - gets the key and the certificate
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
	const { ok, ended, output } = await run('openssl', [
		...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
		...['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'],
		...['-keyout', join(folder, 'front.key'), '-out', join(folder, 'front.crt')],
	]);
	if (!ok) throw new Problem(`openssl made no certificate: ${ended}. Install it.\n${output}`);
	return await readCertificate(folder);
}

/** TLS and a distance in front of a server. */
export interface Front {
	url: string;
	/** How many connections clients have opened since it was last configured. */
	connections(): number;
	/** Sets the round trip of the connections from now on, and counts from zero. */
	configure(roundTripMs: number): void;
	close(): Promise<void>;
}

/** What {@link startFront} needs. */
interface FrontOptions {
	certificate: Pick<Certificate, 'key' | 'cert'>;
	/** Port of the server behind it, on this machine. */
	target: number;
	roundTripMs: number;
}

/**
 * Starts a server that speaks TLS 1.3 and hands on what it gets, as late as a distant one would: a connection takes one
 * round trip, its handshake another, and each request one more. It has no bandwidth and loses nothing. What the server
 * behind it breaks off is broken off here too.
 */
export async function startFront({
	certificate: { key, cert },
	target,
	roundTripMs,
}: FrontOptions): Promise<Front> {
	let roundTrip = roundTripMs;
	let connections = 0;
	const open = new Set<Socket>();

	const secure = createTlsServer({ key, cert, minVersion: 'TLSv1.3' }, (client) => {
		relay(client, connect(target, '127.0.0.1'), roundTrip);
	});
	// A client that gives up during the handshake.
	secure.on('tlsClientError', () => undefined);

	// The system takes a connection at once: two round trips later the client would have it and its handshake.
	const server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
		open.add(socket);
		socket.on('error', () => undefined).on('close', () => open.delete(socket));
		connections++;
		setTimeout(() => secure.emit('connection', socket), 2 * roundTrip);
	});
	server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
	await once(server, 'listening');
	return {
		url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
		connections: () => connections,
		configure: (milliseconds) => {
			roundTrip = milliseconds;
			connections = 0;
		},
		close: async () => {
			for (const socket of open) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

/** Hands on what the client sends one round trip later, and what the server answers at once. */
function relay(client: TLSSocket, server: Socket, roundTrip: number): void {
	// Timers of the same length end in the order in which they were set.
	const later = (work: () => void) => setTimeout(work, roundTrip);
	server.setNoDelay(true);
	client.on('data', (chunk: Buffer) => later(() => server.write(chunk)));
	client.on('end', () => later(() => server.end()));
	client.on('error', () => undefined).on('close', () => later(() => server.destroy()));
	server.on('data', (chunk: Buffer) => client.write(chunk));
	server.on('end', () => client.end());
	server.on('error', () => client.destroy()).on('close', () => client.end());
}
