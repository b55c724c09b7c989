import { chainOf, nodeOf, webhookOf, type Stage } from '../n8n';
import { until } from '../until';
import type { Cluster } from './cluster';

/** One row as a sheet would give it. */
interface Row {
	customer_id: string;
	account_number: string;
	ifsc: string;
}

const PATH = 'onboard-rows';

/** A webhook that takes rows, and Juspay that creates their accounts; failed ones leave by the error output. */
const WORKFLOW = chainOf('Onboard rows', [
	webhookOf('Rows', PATH),
	nodeOf('One Item per Row', 'splitOut', { fieldToSplitOut: 'body.rows', options: {} }),
	nodeOf(
		'Juspay',
		'n8n-nodes-juspay.juspay',
		{ operation: 'create', accountSource: 'input', options: { concurrency: 10, timeout: 10 } },
		{ onError: 'continueErrorOutput' },
	),
]);

/** Imports and publishes the workflow, with a credential for the stage's simulator. */
export async function putOnboarding({
	client,
	importWorkflow,
}: Pick<Stage, 'client' | 'importWorkflow'>): Promise<string> {
	const { id } = await importWorkflow(WORKFLOW);
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
function batchOfRows(set: string, batch: number, size: number): Row[] {
	return Array.from({ length: size }, (_, index) => ({
		customer_id: `cst_${set}_${batch}_${Math.floor(index / 10)}`,
		account_number: String(10_000_005_000 + batch * 100_000 + index),
		ifsc: 'AABF0008032',
	}));
}

/** Rows, cut into executions. */
export interface Batches {
	executions: number;
	/** Rows of each. */
	rows: number;
	/** Whose customers: a worker remembers what it has made for those of an earlier run. */
	set: string;
}

const ENDED = ['success', 'error', 'crashed'];

/**
 * Sends all batches, and waits until every execution has ended.
 *
 * @param workflow - its ID, from {@link putOnboarding}
 * @returns the IDs of these executions
 */
export async function runBatches(
	{ client, webhookUrl }: Pick<Cluster, 'client' | 'webhookUrl'>,
	workflow: string,
	{ executions, rows, set }: Batches,
): Promise<string[]> {
	const before = new Set((await client.executions(workflow)).map(({ id }) => id));
	for (let batch = 0; batch < executions; batch++) {
		await sendRows(webhookUrl, batchOfRows(set, batch, rows));
	}
	const allEnded = async () => {
		const all = (await client.executions(workflow)).filter(({ id }) => !before.has(id));
		const ended = all.filter(({ status }) => ENDED.includes(status));
		return ended.length === executions && ended.map(({ id }) => id);
	};
	return await until(`the end of ${executions} executions`, allEnded, { withinMs: 240_000 });
}

/** How many rows of these executions went through, and how many left by the error output. */
export async function rowsOf(
	{ client }: Pick<Cluster, 'client'>,
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
