import type { INodeParameters } from 'n8n-workflow';
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
	/** Examples are imported with the option Dry Run on; this switches it off. */
	forReal?: boolean;
	/** Leaves the placeholder where the address for alerts belongs. */
	keepAlertUrl?: boolean;
}

/** The simulator answers within seconds or not at all, so nobody has to wait for as long as a bank may take. */
const WAIT_AT_MOST_S = 10;

/** A node of this name is there to be run dry, before another one that is not. */
const STAYS_DRY = 'Dry Run';

/** The same workflow with the option Dry Run switched off, which every example has on, and with short waits. */
export function withoutDryRun(workflow: Workflow): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const { options } = node.parameters;
		if (!node.type.startsWith('n8n-nodes-juspay.') || node.name === STAYS_DRY) return node;
		return { ...node, parameters: { ...node.parameters, options: optionsForReal(options) } };
	});
	return { ...workflow, nodes };
}

function optionsForReal(options: unknown): INodeParameters {
	const others = { ...(options as INodeParameters | undefined) };
	delete others.dryRun;
	const { waitForValidation: wait } = others;
	return typeof wait === 'number'
		? { ...others, waitForValidation: Math.min(wait, WAIT_AT_MOST_S) }
		: others;
}

/** Imports an example and fills in what its notes ask for. Where it was active, it rests from now on. */
export async function importExample(
	{ client, credential, alerts }: Stage,
	workflow: Workflow,
	{ table, credential: other, forReal = false, keepAlertUrl = false }: Fitting = {},
): Promise<StoredWorkflow> {
	let fitted = forReal ? withoutDryRun(workflow) : workflow;
	fitted = withCredential(fitted, 'juspayApi', credential);
	if (other) fitted = withCredential(fitted, other.type, { id: other.id, name: other.name });
	if (table) fitted = withTable(fitted, table);
	const stored = await client.putWorkflow(
		keepAlertUrl ? fitted : withText(fitted, ALERT_URL, alerts.url),
	);
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
