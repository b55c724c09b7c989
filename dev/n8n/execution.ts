import { parse } from 'flatted';
import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';

/** One run of one node. */
interface NodeRun {
	/** The items on each of its outputs. With "continue (using error output)", that output is the last. */
	outputs: INodeExecutionData[][];
	/** What the node tells its user in the editor, beside the items. */
	hints: string[];
}

/** A finished run of a workflow, as n8n stored it. */
export interface Execution {
	id: string;
	/** `success`, `error`, `crashed`, `canceled`. */
	status: string;
	/** Why the workflow stopped before its end. */
	error?: { message: string; node?: string };
	/** For each node that ran, its runs. */
	nodes: Record<string, NodeRun[]>;
}

/** What `GET /rest/executions/:id` answers, as far as it is used here. */
export interface StoredExecution {
	id: string;
	status: string;
	/** The run data in "flatted" JSON, a form that can hold the same object twice. */
	data: string;
}

/** Reads an execution as n8n stores it. */
export function readExecution({ id, status, data }: StoredExecution): Execution {
	const { runData, error } = (parse(data) as IRunExecutionData).resultData;
	const nodes: Record<string, NodeRun[]> = {};
	for (const [name, runs] of Object.entries(runData)) {
		nodes[name] = runs.map((run) => ({
			outputs: (run.data?.main ?? []).map((items) => items ?? []),
			hints: (run.hints ?? []).map(({ message }) => message),
		}));
	}
	const node = error && 'node' in error ? error.node?.name : undefined;
	return {
		id: String(id),
		status,
		nodes,
		...(error && { error: { message: error.message, node } }),
	};
}

/** Whether an execution waits, and is stored with what it needs to go on: some n8n versions store the status first. */
export function isWaiting({ status, data }: StoredExecution): boolean {
	if (status !== 'waiting') return false;
	const { resultData, waitTill } = parse(data) as IRunExecutionData;
	return Boolean(waitTill) && resultData.lastNodeExecuted !== undefined;
}

/** All items that a node gave out, on all outputs of all its runs. */
export function itemsOf({ nodes }: Execution, node: string): INodeExecutionData[] {
	return (nodes[node] ?? []).flatMap(({ outputs }) => outputs.flat());
}
