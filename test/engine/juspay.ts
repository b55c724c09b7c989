import type {
	ExecutionError,
	ExecutionStatus,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	NodeExecutionHint,
} from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers } from 'n8n-workflow';
import type { Collected } from './helperNodes';
import { COLLECT_TYPE, START_NAME, START_TYPE } from './helperNodes';
import { JUSPAY_TYPE } from './types';
import type { TestNode, WorkflowOptions, WorkflowResult } from './workflow';
import { buildWorkflow, runWorkflow } from './workflow';

/** Name of the node under test in the short form. */
export const JUSPAY_NAME = 'Juspay';

/** The short form: Start, then the Juspay node, then one collecting node on each of its outputs. */
export interface JuspayOptions
	extends Omit<WorkflowOptions, 'nodes' | 'connections'>,
		Partial<
			Pick<
				INode,
				| 'onError'
				| 'continueOnFail'
				| 'retryOnFail'
				| 'maxTries'
				| 'waitBetweenTries'
				| 'alwaysOutputData'
			>
		> {
	/** As saved in a workflow: what is left out takes its default. */
	parameters: INodeParameters;
	/**
	 * An expression that the collecting nodes evaluate for each item, e.g.
	 * `={{ $('Start').item.json.email }}`; see {@link JuspayResult.downstream}.
	 */
	downstream?: string;
	/** False leaves the collecting nodes out: they cost about 0.25 ms an item. */
	collect?: boolean;
}

/** What the Juspay node did. */
export interface JuspayResult {
	/** `success`, `error`, `canceled`. */
	status: ExecutionStatus;
	/** What stopped the workflow. */
	error?: ExecutionError;
	/** Items by output, as stored; one array for each output, however many are filled. */
	outputs: INodeExecutionData[][];
	/** The `json` of one output's items. */
	items(output?: number): IDataObject[];
	/** What the node told the user. */
	hints: NodeExecutionHint[];
	/**
	 * For each item of an output: the index of the Start item that n8n resolves it to from the next
	 * node, or n8n's words on why it can't.
	 */
	pairedWith(output?: number): Array<number | string>;
	/** For each item of an output: the value of the `downstream` expression, or n8n's error. */
	downstream(output?: number): Array<IDataObject[string]>;
	/** How long the node ran, in milliseconds, by n8n's own clock. */
	durationMs: number;
	/** The whole workflow's result. */
	workflow: WorkflowResult;
}

const collectorName = (output: number) => `Output ${output}`;

/**
 * Runs the Juspay node between a start node and collecting nodes.
 *
 * @returns Always a result, also when the node failed or was canceled.
 */
export async function runJuspay(options: JuspayOptions): Promise<JuspayResult> {
	const {
		items = [{}],
		credential,
		mode,
		signal,
		downstream = '',
		collect = true,
		...node
	} = options;
	const start: TestNode = { name: START_NAME, type: START_TYPE };
	const juspay: TestNode = { ...node, name: JUSPAY_NAME, type: JUSPAY_TYPE };
	const outputCount = await countOutputs(juspay);
	const outputs = Array.from({ length: outputCount }, (_, output) => output);

	const workflow = await runWorkflow({
		nodes: [
			start,
			juspay,
			...(collect ? outputs : []).map((output) => ({
				name: collectorName(output),
				type: COLLECT_TYPE,
				parameters: { value: downstream },
			})),
		],
		connections: [
			[START_NAME, JUSPAY_NAME],
			...(collect ? outputs : []).map((output): [string, string, number] => [
				JUSPAY_NAME,
				collectorName(output),
				output,
			]),
		],
		items,
		credential,
		mode,
		signal,
	});
	const stored = workflow.outputs(JUSPAY_NAME);
	const collected = (output: number) => workflow.items(collectorName(output)) as Collected[];
	return {
		status: workflow.status,
		error: workflow.error,
		outputs: outputs.map((output) => stored[output] ?? []),
		items: (output = 0) => workflow.items(JUSPAY_NAME, output),
		hints: workflow.hints(JUSPAY_NAME),
		pairedWith: (output = 0) => collected(output).map(({ startItem }) => startItem),
		downstream: (output = 0) => collected(output).map(({ value }) => value),
		durationMs: workflow.durationMs(JUSPAY_NAME),
		workflow,
	};
}

/** How many `main` outputs the node has with these parameters, the error output included. */
async function countOutputs(node: TestNode): Promise<number> {
	const workflow = await buildWorkflow({ nodes: [node] });
	const built = workflow.getNode(node.name);
	if (built === null) return 0;
	const { description } = workflow.nodeTypes.getByNameAndVersion(built.type, built.typeVersion);
	return NodeHelpers.getConnectionTypes(
		NodeHelpers.getNodeOutputs(workflow, built, description),
	).filter((type) => type === NodeConnectionTypes.Main).length;
}
