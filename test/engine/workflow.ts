import { WorkflowExecute } from 'n8n-core';
import type {
	ExecutionError,
	ExecutionStatus,
	IConnections,
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	NodeConnectionType,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	createRunExecutionData,
	NodeConnectionTypes,
	UnexpectedError,
	Workflow,
} from 'n8n-workflow';
import { sweepLater } from '../leaks/sweep';
import { createAdditionalData, credentialsOf } from './environment';
import { startItems } from './helperNodes';
import { JUSPAY_CREDENTIAL, TestNodeTypes } from './types';

/** A node as the workflow's JSON has it; id, position, version and credential are filled in. */
export type TestNode = Pick<INode, 'name' | 'type'> &
	Partial<Omit<INode, 'parameters'>> & { parameters?: INodeParameters };

/** `[from, to]`, then the output of `from` (0) and the kind of connection (`main`). */
export type Wire = [from: string, to: string, output?: number, type?: NodeConnectionType];

/** A workflow under test, and how to run it. */
export interface WorkflowOptions {
	/** The nodes; the first one is where the run starts. */
	nodes: TestNode[];
	connections?: Wire[];
	/** Saved values of the `juspayApi` credential; given to each node that knows the type. */
	credential?: ICredentialDataDecryptedObject;
	/** What the start node emits; one empty item by default. */
	items?: IDataObject[];
	/** `manual` (the editor's button, default), `trigger`, `webhook`... */
	mode?: WorkflowExecuteMode;
	/** Aborting it cancels the run the way n8n's stop button does. */
	signal?: AbortSignal;
}

/** What a run left behind. A run that failed is a result too. */
export interface WorkflowResult {
	/** `success`, `error`, `canceled`. */
	status: ExecutionStatus;
	/** What stopped the workflow. */
	error?: ExecutionError;
	/** A node's items by output, as stored in the execution; nothing for a node that didn't run. */
	outputs(node: string): INodeExecutionData[][];
	/** The `json` of one output's items. */
	items(node: string, output?: number): IDataObject[];
	/** What a node told the user with `addExecutionHints`. */
	hints(node: string): NodeExecutionHint[];
	/** How long a node ran, in milliseconds, by n8n's own clock. */
	durationMs(node: string): number;
	/** The execution as n8n stores it. */
	raw: IRun;
}

function toConnections(wires: Wire[]): IConnections {
	const connections: IConnections = {};
	for (const [from, to, output = 0, type = NodeConnectionTypes.Main] of wires) {
		const outputs = ((connections[from] ??= {})[type] ??= []);
		while (outputs.length <= output) outputs.push([]);
		outputs[output]?.push({ node: to, type, index: 0 });
	}
	return connections;
}

/**
 * Makes n8n's own workflow out of a test's: defaults filled in, types loaded.
 *
 * @param instances - Node types for this run only.
 */
export async function buildWorkflow(
	options: Pick<WorkflowOptions, 'nodes' | 'connections' | 'credential'> & {
		staticData?: IDataObject;
	},
	instances?: Record<string, INodeType>,
): Promise<Workflow> {
	const { connections = [] } = options;
	const nodeTypes = await TestNodeTypes.load(
		options.nodes.map(({ type }) => type),
		instances,
	);
	const nodes = options.nodes.map((node, index): INode => {
		const { description } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const wantsCredential = description.credentials?.some(({ name }) => name === JUSPAY_CREDENTIAL);
		const parameters = structuredClone(node.parameters ?? {});
		return {
			id: `node-${index}`,
			typeVersion: nodeTypes.newestVersion(node.type),
			position: [200 * index, 0],
			...(wantsCredential && { credentials: credentialsOf(options.credential) }),
			...node,
			parameters,
		};
	});
	return new Workflow({
		id: 'test',
		name: 'Test',
		nodes,
		connections: toConnections(connections),
		active: false,
		nodeTypes,
		staticData: options.staticData,
		settings: { executionOrder: 'v1' },
	});
}

function toResult(raw: IRun): WorkflowResult {
	const { runData, error } = raw.data.resultData;
	const runs = (node: string) => runData[node] ?? [];
	const outputs = (node: string) => {
		const merged: INodeExecutionData[][] = [];
		for (const { data } of runs(node)) {
			for (const [output, items] of (data?.main ?? []).entries()) {
				merged[output] = (merged[output] ?? []).concat(items ?? []);
			}
		}
		return merged;
	};
	return {
		status: raw.status,
		error,
		outputs,
		items: (node, output = 0) => (outputs(node)[output] ?? []).map(({ json }) => json),
		hints: (node) => runs(node).flatMap(({ hints }) => hints ?? []),
		durationMs: (node) => runs(node).reduce((sum, { executionTime }) => sum + executionTime, 0),
		raw,
	};
}

/**
 * Runs a workflow on n8n's engine, in this process, with real HTTP.
 *
 * @param instances - Node types for this run only, by full type name.
 * @returns Always a result, also when the workflow failed or was canceled.
 * @throws When the workflow itself makes no sense: no node, or a type that nobody registered.
 */
export async function runWorkflow(
	options: WorkflowOptions,
	instances?: Record<string, INodeType>,
): Promise<WorkflowResult> {
	const { credential, items, mode = 'manual', signal } = options;
	const workflow = await buildWorkflow(options, instances);
	const startNode = workflow.getNode(options.nodes[0]?.name ?? '');
	if (startNode === null) throw new UnexpectedError('A workflow needs a node');
	const additionalData = await createAdditionalData({ workflow, mode, credential });
	const pinData = items && { [startNode.name]: startItems(items) };

	let run: ReturnType<WorkflowExecute['run']>;
	try {
		run = new WorkflowExecute(additionalData, mode).run({ workflow, startNode, pinData });
	} catch (error) {
		// A required parameter left empty: n8n stores a failed execution without any node in it.
		const data = createRunExecutionData({ resultData: { error: error as ExecutionError } });
		const now = new Date();
		return toResult({
			data,
			mode,
			startedAt: now,
			stoppedAt: now,
			storedAt: 'db',
			status: 'error',
		});
	}
	const cancel = () => run.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel);
	try {
		const result = toResult(await run);
		sweepLater(options, result);
		return result;
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}
