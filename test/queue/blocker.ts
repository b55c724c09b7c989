/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workflow } from '../../dev/n8n';
import { until } from '../../dev/until';

/** Keeps workers busy: whoever asks it waits until it lets go. */
export interface Blocker {
	/** A workflow that keeps the worker that runs it busy. */
	workflow: Workflow;
	/** Starts that workflow, and waits until a worker has it; gives back what lets the worker go. */
	keepOneBusy(webhookUrl: string): Promise<() => void>;
	close(): void;
}

const PATH = 'keep-busy';

/** Starts a blocker on loopback. */
export async function openBlocker(): Promise<Blocker> {
	const held: ServerResponse[] = [];
	const server = createServer((_, response) => void held.push(response));
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		workflow: workflowAsking(`http://127.0.0.1:${port}/`),
		keepOneBusy: async (webhookUrl) => {
			const before = held.length;
			const { ok, status } = await fetch(`${webhookUrl}/webhook/${PATH}`, { method: 'POST' });
			if (!ok) throw new Error(`The webhook answered ${status}`);
			await until('a worker that is busy', () => held.length > before, { everyMs: 20 });
			return () => held[before]?.end('done');
		},
		close: () => {
			server.closeAllConnections();
			server.close();
		},
	};
}

function workflowAsking(url: string): Workflow {
	return {
		name: 'Keep a worker busy',
		nodes: [
			{
				id: 'f0000000-0000-4000-8000-000000000011',
				name: 'Begin',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: 'f0000000-0000-4000-8000-0000000000bb',
				parameters: { httpMethod: 'POST', path: PATH, responseMode: 'onReceived', options: {} },
			},
			{
				id: 'f0000000-0000-4000-8000-000000000012',
				name: 'Ask',
				type: 'n8n-nodes-base.httpRequest',
				typeVersion: 4.2,
				position: [200, 0],
				parameters: { url, options: { timeout: 300_000 } },
			},
		],
		connections: { Begin: { main: [[{ node: 'Ask', type: 'main', index: 0 }]] } },
		settings: { saveDataSuccessExecution: 'all' },
	};
}
