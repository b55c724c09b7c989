import { parse } from 'flatted';
import type { INodeExecutionData, IRunExecutionData, ITaskData } from 'n8n-workflow';

/** One run of one node. */
export interface NodeRun {
	/** The items on each of its outputs. With "continue (using error output)", that output is the last. */
	outputs: INodeExecutionData[][];
	/** Which node's output the items came from, for each of its inputs. */
	sources: Array<{ node: string; output: number; run: number } | undefined>;
	/** Set when the node stopped, and with it the workflow. */
	error?: { message: string; description?: string };
	/** What the node tells its user in the editor, beside the items. */
	hints: string[];
	milliseconds: number;
}

/** A finished run of a workflow, as n8n stored it. */
export interface Execution {
	id: string;
	/** `success`, `error`, `crashed`, `canceled`. */
	status: string;
	/** Why the workflow stopped before its end. */
	error?: { message: string; description?: string; node?: string };
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
	const { resultData } = parse(data) as IRunExecutionData;
	const nodes: Record<string, NodeRun[]> = {};
	for (const [name, runs] of Object.entries(resultData.runData)) nodes[name] = runs.map(readRun);
	const { error } = resultData;
	return {
		id: String(id),
		status,
		nodes,
		...(error
			? { error: { ...messages(error), node: 'node' in error ? error.node?.name : undefined } }
			: {}),
	};
}

/** Whether an execution waits, and is stored with what it needs to go on: some n8n versions store the status first. */
export function isWaiting({ status, data }: StoredExecution): boolean {
	if (status !== 'waiting') return false;
	const { resultData, waitTill } = parse(data) as IRunExecutionData;
	return Boolean(waitTill) && resultData.lastNodeExecuted !== undefined;
}

function readRun(run: ITaskData): NodeRun {
	return {
		outputs: (run.data?.main ?? []).map((items) => items ?? []),
		sources: run.source.map((source) =>
			source
				? {
						node: source.previousNode,
						output: source.previousNodeOutput ?? 0,
						run: source.previousNodeRun ?? 0,
					}
				: undefined,
		),
		...(run.error ? { error: messages(run.error) } : {}),
		hints: (run.hints ?? []).map(({ message }) => message),
		milliseconds: run.executionTime,
	};
}

function messages(error: { message: string; description?: string | null }) {
	return {
		message: error.message,
		...(error.description ? { description: error.description } : {}),
	};
}

/** Where an item that a node gave out stands: the node's run, its output, and its place there. */
export interface ItemPlace {
	node: string;
	run: number;
	output: number;
	index: number;
}

/** The item at a place. */
export function itemAt(execution: Execution, place: ItemPlace): INodeExecutionData | undefined {
	return execution.nodes[place.node]?.[place.run]?.outputs[place.output]?.[place.index];
}

/** The place of the item that an item was made from, as n8n links them (`pairedItem`); undefined where none is linked. */
export function cameFrom(execution: Execution, place: ItemPlace): ItemPlace | undefined {
	const paired = itemAt(execution, place)?.pairedItem;
	const first = Array.isArray(paired) ? paired[0] : paired;
	const { item, input = 0 } = typeof first === 'object' ? first : { item: first };
	const source = execution.nodes[place.node]?.[place.run]?.sources[input];
	return item === undefined || source === undefined ? undefined : { ...source, index: item };
}

/** Follows an item back, node by node, to the item of the given node that it came from. */
export function traceBack(
	execution: Execution,
	place: ItemPlace,
	node: string,
): ItemPlace | undefined {
	let at: ItemPlace | undefined = place;
	while (at !== undefined && at.node !== node) at = cameFrom(execution, at);
	return at;
}

/** All items that a node gave out, on all outputs of all its runs. */
export function itemsOf(execution: Execution, node: string): ItemPlace[] {
	return (execution.nodes[node] ?? []).flatMap(({ outputs }, run) =>
		outputs.flatMap((items, output) => items.map((_, index) => ({ node, run, output, index }))),
	);
}

/** All items that a node got on its first input, in all its runs. */
export function inputItemsOf(execution: Execution, node: string): INodeExecutionData[] {
	return (execution.nodes[node] ?? []).flatMap(({ sources: [source] }) =>
		source ? (execution.nodes[source.node]?.[source.run]?.outputs[source.output] ?? []) : [],
	);
}
