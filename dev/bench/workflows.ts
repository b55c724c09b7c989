import type { INode } from 'n8n-workflow';
import type { Workflow } from '../n8n';

/** A credential as a node names it. */
export interface CredentialChoice {
	id: string;
	name: string;
}

/** The node that a workflow measures. */
export type MeasuredNode = Pick<INode, 'type' | 'typeVersion' | 'parameters'> & {
	credentials: Record<string, CredentialChoice>;
};

const ROWS = 'CUSTOM.rows';
const STOP_WATCH = 'CUSTOM.stopWatch';

/**
 * Webhook, rows, the nodes to be measured, stop watch. It runs as an activated workflow does, not as from the editor,
 * where each request would also be reported to the browser; and nothing of it is stored.
 *
 * @param name - of the workflow, and the path of its webhook
 */
export function benchWorkflow(name: string, measured: MeasuredNode[]): Workflow {
	const nodes: INode[] = [
		{
			...place(0),
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			webhookId: name,
			parameters: { httpMethod: 'POST', path: name, responseMode: 'lastNode', options: {} },
		},
		{ ...place(1), name: 'Rows', type: ROWS, typeVersion: 1, parameters: {} },
		// Each row that fails comes out as an item, so that it can be counted.
		...measured.map(
			(node, index): INode => ({
				...place(2 + index),
				name: `Measured ${index + 1}`,
				onError: 'continueRegularOutput',
				...node,
			}),
		),
		{
			...place(2 + measured.length),
			name: 'Stop Watch',
			type: STOP_WATCH,
			typeVersion: 1,
			parameters: {},
		},
	];
	const links = nodes.slice(0, -1).map(({ name: from }, index) => {
		const target = { node: nodes[index + 1]?.name ?? '', type: 'main' as const, index: 0 };
		return [from, { main: [[target]] }];
	});
	return {
		name,
		nodes,
		connections: Object.fromEntries(links),
		settings: { saveDataSuccessExecution: 'none', executionOrder: 'v1' },
	};
}

function place(column: number): Pick<INode, 'id' | 'position'> {
	return { id: `node-${column}`, position: [column * 200, 0] };
}
