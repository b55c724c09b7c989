import { withCredential, type StoredWorkflow, type Workflow } from '../n8n';
import type { Stage } from './stage';

/** The address for alerts in the examples, to be replaced by one's own; nobody listens there. */
export const ALERT_URL = 'https://hooks.example.com/your-alert-webhook';

/** What an example wants to be told by its user, beside the Juspay credential. */
export interface Fitting {
	/** The Data Table to choose in its Data Table nodes. */
	table?: { id: string; name: string };
	/** The credential for a node that wants another one than Juspay's. */
	credential?: { type: string; id: string; name: string };
}

/** Imports an example and fills in what its notes ask for. Where it was active, it rests from now on. */
export async function importExample(
	{ client, credential, alerts }: Stage,
	workflow: Workflow,
	{ table, credential: other }: Fitting = {},
): Promise<StoredWorkflow> {
	let fitted = withCredential(workflow, 'juspayApi', credential);
	if (other) fitted = withCredential(fitted, other.type, { id: other.id, name: other.name });
	if (table) fitted = withTable(fitted, table);
	const stored = await client.putWorkflow(withText(fitted, ALERT_URL, alerts.url));
	if (stored.active) await client.deactivate(stored.id);
	return stored;
}

function withTable(workflow: Workflow, { id, name }: { id: string; name: string }): Workflow {
	const dataTableId = { __rl: true, mode: 'list', value: id, cachedResultName: name };
	const nodes = workflow.nodes.map((node) =>
		'dataTableId' in node.parameters
			? { ...node, parameters: { ...node.parameters, dataTableId } }
			: node,
	);
	return { ...workflow, nodes };
}

function withText(workflow: Workflow, text: string, replacement: string): Workflow {
	return JSON.parse(JSON.stringify(workflow).replaceAll(text, replacement)) as Workflow;
}
