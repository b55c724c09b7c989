import fastify from 'fastify';
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
	const server = fastify({ forceCloseConnections: true });
	server.post('/alerts', async ({ body }) => {
		received.push(String((body as { text?: unknown }).text));
		return 'ok';
	});
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		url: `${url}/alerts`,
		received,
		atLeast: async (count, withinMs) => {
			const areThere = () => received.length >= count;
			return await until('alerts', areThere, { withinMs }).catch(() => false);
		},
		close: async () => await server.close(),
	};
}
