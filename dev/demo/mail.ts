/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { N8nClient } from '../n8n';
import { until } from '../until';

/** A mail server for one machine: takes every message, and keeps it. */
export interface Mailbox {
	/** What n8n's SMTP credential gets. */
	credential: Record<string, unknown>;
	/** The messages that have arrived, decoded. */
	received: string[];
	/** Waits for the first message. */
	first(): Promise<string>;
	close(): Promise<void>;
}

/** Starts a mail server that speaks as much SMTP as n8n's Send Email node needs. */
export async function openMailbox(): Promise<Mailbox> {
	const received: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('close', () => sockets.delete(socket)));
		void takeMail(socket, (message) => received.push(message));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		credential: {
			user: '',
			password: '',
			host: '127.0.0.1',
			port,
			secure: false,
			disableStartTls: true,
			hostName: '',
		},
		received,
		first: async () => {
			await until('an email', () => received.length > 0);
			return received[0] ?? '';
		},
		close: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
}

async function takeMail(socket: Socket, keep: (message: string) => void): Promise<void> {
	const say = (line: string) => socket.write(`${line}\r\n`);
	let message: string[] | undefined;
	say('220 ready');
	for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
		if (message === undefined) {
			if (line.toUpperCase() === 'DATA') message = [];
			say(line.toUpperCase() === 'DATA' ? '354 go ahead' : answerTo(line));
		} else if (line === '.') {
			keep(decoded(message.join('\n')));
			message = undefined;
			say('250 taken');
		} else {
			message.push(line.replace(/^\.\./, '.'));
		}
	}
}

function answerTo(line: string): string {
	return line.toUpperCase() === 'QUIT' ? '221 bye' : '250 ok';
}

/** Undoes "quoted-printable", as mails are sent: `=E2=82=B9` is a rupee sign, and a line that ends in `=` goes on. */
function decoded(message: string): string {
	const bytes = message
		.replace(/=\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/**
 * Clicks the button of this label in a message from "Send and Wait for Response", as a person in a browser would: once
 * the execution that sent it waits for the click.
 */
export async function clickIn(
	client: Pick<N8nClient, 'waiting'>,
	message: string,
	label: 'Approve' | 'Decline',
): Promise<void> {
	const links = [...message.matchAll(/<a\b[^>]*href="([^"]+)"[^>]*>\s*([^<]*?)\s*<\/a>/g)];
	const [, encoded] = links.find(([, , text]) => text?.endsWith(label)) ?? [];
	const href = encoded?.replaceAll('&amp;', '&');
	const [, executionId] = /\/webhook-waiting\/([^/?]+)/.exec(href ?? '') ?? [];
	if (href === undefined || executionId === undefined)
		throw new Error(`The email has no button "${label}": ${message}`);
	await client.waiting(executionId);
	// n8n takes no answer from what looks like a robot.
	const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36' };
	const answer = await fetch(href, { headers });
	if (!answer.ok) throw new Error(`n8n answered ${answer.status} to ${label}`);
}
