/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';
import type { N8nClient, Workflow } from '../n8n';
import type { Cluster } from './cluster';

/** One row as a sheet would give it. */
interface Row {
	customer_id: string;
	account_number: string;
	ifsc: string;
}

const PATH = 'onboard-rows';

/** A webhook that takes rows, and Juspay that creates their accounts; failed ones leave by the error output. */
const WORKFLOW: Workflow = {
	name: 'Onboard rows',
	nodes: [
		{
			id: 'f0000000-0000-4000-8000-000000000001',
			name: 'Rows',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: 'f0000000-0000-4000-8000-0000000000aa',
			parameters: { httpMethod: 'POST', path: PATH, responseMode: 'onReceived', options: {} },
		},
		{
			id: 'f0000000-0000-4000-8000-000000000002',
			name: 'One Item per Row',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			position: [200, 0],
			parameters: { fieldToSplitOut: 'body.rows', options: {} },
		},
		{
			id: 'f0000000-0000-4000-8000-000000000003',
			name: 'Juspay',
			type: 'n8n-nodes-juspay.juspay',
			typeVersion: 1,
			position: [400, 0],
			onError: 'continueErrorOutput',
			parameters: {
				resource: 'customerAccount',
				operation: 'create',
				accountSource: 'input',
				options: { concurrency: 10, timeout: 10 },
			},
		},
	],
	connections: {
		Rows: { main: [[{ node: 'One Item per Row', type: 'main', index: 0 }]] },
		'One Item per Row': { main: [[{ node: 'Juspay', type: 'main', index: 0 }]] },
	},
	settings: { saveDataSuccessExecution: 'all', saveExecutionProgress: false },
};

/** Imports and publishes the workflow, with a credential for a Juspay at this address. */
export async function putOnboarding(
	client: N8nClient,
	juspay: { url: string; apiKey: string },
): Promise<string> {
	const { id: credentialId, name } = await client.putCredential({
		name: 'Juspay account',
		type: 'juspayApi',
		data: { environment: 'custom', baseUrl: juspay.url, apiKey: juspay.apiKey },
	});
	const nodes = WORKFLOW.nodes.map((node) =>
		node.name === 'Juspay'
			? { ...node, credentials: { juspayApi: { id: credentialId, name } } }
			: node,
	);
	const { id } = await client.putWorkflow({ ...WORKFLOW, nodes });
	await client.activate(id);
	return id;
}

/** Hands rows to the webhook; n8n answers at once and leaves the work to a worker. */
async function sendRows(webhookUrl: string, rows: Row[]): Promise<void> {
	const response = await fetch(`${webhookUrl}/webhook/${PATH}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ rows }),
	});
	const answer = await response.text();
	if (!response.ok) throw new Error(`The webhook answered ${response.status}: ${answer}`);
}

/**
 * Rows of customers that no other batch has: ten accounts for each customer. None of the numbers is one that the
 * simulator refuses.
 */
function batchOfRows(batch: number, size: number): Row[] {
	return Array.from({ length: size }, (_, index) => ({
		customer_id: `cst_queue_${batch}_${Math.floor(index / 10)}`,
		account_number: String(10_000_005_000 + batch * 100_000 + index),
		ifsc: 'AABF0008032',
	}));
}

/** Rows, cut into executions. */
export interface Batches {
	executions: number;
	/** Rows of each. */
	rows: number;
}

const ENDED = ['success', 'error', 'crashed'];
const ENDED_WITHIN_MS = 240_000;

/**
 * Sends all batches, and waits until every execution has ended.
 *
 * @param workflow - its ID, from {@link putOnboarding}
 * @returns the IDs of these executions
 */
export async function runBatches(
	{ client, webhookUrl }: Cluster,
	workflow: string,
	{ executions, rows }: Batches,
): Promise<string[]> {
	const before = new Set((await client.executions(workflow)).map(({ id }) => id));
	for (let batch = 0; batch < executions; batch++) {
		await sendRows(webhookUrl, batchOfRows(batch, rows));
	}
	const deadline = Date.now() + ENDED_WITHIN_MS;
	for (;;) {
		const all = (await client.executions(workflow)).filter(({ id }) => !before.has(id));
		const ended = all.filter(({ status }) => ENDED.includes(status));
		if (ended.length === executions) return ended.map(({ id }) => id);
		if (Date.now() > deadline) {
			throw new Error(`Only ${ended.length} of ${executions} executions have ended`);
		}
		await sleep(200);
	}
}

/** How many rows of these executions went through, and how many left by the error output. */
export async function rowsOf(
	{ client }: Cluster,
	executions: string[],
): Promise<{ through: number; failed: number }> {
	const rows = { through: 0, failed: 0 };
	for (const id of executions) {
		const { nodes } = await client.finished(id);
		const [through = [], failed = []] = nodes.Juspay?.[0]?.outputs ?? [];
		rows.through += through.length;
		rows.failed += failed.length;
	}
	return rows;
}
