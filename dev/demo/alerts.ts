/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from '../until';

/** Stands in for the chat or ticket system that alerts go to: takes every message, and keeps it. */
export interface AlertReceiver {
	/** What a workflow gets as the address for alerts. */
	url: string;
	/** The messages so far, in the order of their arrival. */
	received: string[];
	/** Waits until so many messages are there; false when the time is over before. */
	atLeast(count: number, withinMs: number): Promise<boolean>;
	close(): Promise<void>;
}

/** Starts a receiver on this machine. A message is the `text` of a JSON body, as chat systems take it. */
export async function receiveAlerts(): Promise<AlertReceiver> {
	const received: string[] = [];
	const server = createServer((request, response) => {
		void text(request).then((body) => {
			received.push(messageIn(body));
			response.end('ok');
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/alerts`,
		received,
		atLeast: async (count, withinMs) => {
			const areThere = () => received.length >= count;
			return await until('alerts', areThere, { withinMs }).catch(() => false);
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

function messageIn(body: string): string {
	try {
		const { text: message } = JSON.parse(body) as { text?: unknown };
		return typeof message === 'string' ? message : body;
	} catch {
		return body;
	}
}
