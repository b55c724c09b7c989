import fastify from 'fastify';
import { chainOf, nodeOf, webhookOf, type Workflow } from '../../dev/n8n';
import { until } from '../../dev/until';

/** Keeps workers busy: whoever asks it waits until it lets go. */
export interface Blocker {
	/** A workflow that keeps the worker that runs it busy. */
	workflow: Workflow;
	/** Starts that workflow, and waits until a worker has it; gives back what lets the worker go. */
	keepOneBusy(webhookUrl: string): Promise<() => void>;
	close(): Promise<void>;
}

const PATH = 'keep-busy';

/** Starts a blocker on loopback. */
export async function openBlocker(): Promise<Blocker> {
	const held: Array<() => void> = [];
	const server = fastify({ forceCloseConnections: true });
	server.get('/', async () => await new Promise<void>((letGo) => held.push(letGo)));
	const url = await server.listen({ host: '127.0.0.1', port: 0 });
	return {
		workflow: chainOf('Keep a worker busy', [
			webhookOf('Begin', PATH),
			nodeOf('Ask', 'httpRequest', { url, options: { timeout: 300_000 } }, { typeVersion: 4.2 }),
		]),
		keepOneBusy: async (webhookUrl) => {
			const before = held.length;
			const { ok, status } = await fetch(`${webhookUrl}/webhook/${PATH}`, { method: 'POST' });
			if (!ok) throw new Error(`The webhook answered ${status}`);
			await until('a worker that is busy', () => held.length > before, { everyMs: 20 });
			return () => held[before]?.();
		},
		close: async () => await server.close(),
	};
}
