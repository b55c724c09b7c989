import type { IConnections, INode } from 'n8n-workflow';

/** A workflow as a person exports it from n8n's editor and imports it there. */
export interface Workflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: Record<string, unknown>;
	pinData?: Record<string, unknown>;
}

/** A workflow as n8n keeps it. */
export interface StoredWorkflow extends Workflow {
	id: string;
	active: boolean;
	/** Which state of the workflow this is; from 2.0 on it is such a state that gets activated. */
	versionId: string;
}

/** The same workflow, with this credential chosen in each node that takes one of its type. */
export function withCredential(
	workflow: Workflow,
	type: string,
	credential: { id: string; name: string },
): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.credentials?.[type]
			? { ...node, credentials: { ...node.credentials, [type]: credential } }
			: node,
	);
	return { ...workflow, nodes };
}
