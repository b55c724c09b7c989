import type {
	IConnections,
	IDataObject,
	INode,
	INodeConnections,
	INodeParameters,
} from 'n8n-workflow';

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

const JUSPAY = 'n8n-nodes-juspay.';

/**
 * A node of a workflow that is written in code. Those of this package take a credential, filled in by the import.
 *
 * @param type - as in saved workflows; without the package's name, one of n8n's own
 * @param more - where it differs from a node of version 1
 */
export function nodeOf(
	name: string,
	type: string,
	parameters: INodeParameters = {},
	more: Partial<INode> = {},
): INode {
	return {
		id: name,
		name,
		type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		...(type.startsWith(JUSPAY) && {
			credentials: { juspayApi: { id: null, name: 'Juspay account' } },
		}),
		...more,
	};
}

/** A node that starts a workflow when its address is called, with what it is sent. */
export function webhookOf(name: string, path: string, parameters: INodeParameters = {}): INode {
	return nodeOf(
		name,
		'webhook',
		{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {}, ...parameters },
		{ typeVersion: 2, webhookId: `webhook-${path}` },
	);
}

/** A wire to the first input of each of these nodes: one for each output. */
export function wiresTo(...targets: string[]): INodeConnections {
	return { main: targets.map((node) => [{ node, type: 'main', index: 0 }]) };
}

/**
 * A workflow in which each node hands on to the next.
 *
 * @param pinned - items that nodes give out without being run
 */
export function chainOf(
	name: string,
	nodes: INode[],
	pinned: Record<string, IDataObject[]> = {},
): Workflow {
	return {
		name,
		nodes: nodes.map((node, index) => ({ ...node, position: [200 * index, 0] })),
		connections: Object.fromEntries(
			nodes.slice(1).map((node, index) => [nodes[index]?.name, wiresTo(node.name)]),
		),
		pinData: Object.fromEntries(
			Object.entries(pinned).map(([node, items]) => [node, items.map((json) => ({ json }))]),
		),
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' },
	};
}
