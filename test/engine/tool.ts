import type {
	EngineResponse,
	ExecutionError,
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeParameters,
	INodeType,
	NodeExecutionHint,
	NodeOutput,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { START_NAME, START_TYPE } from './helperNodes';
import { JUSPAY_TYPE } from './types';
import type { WorkflowResult } from './workflow';
import { runWorkflow } from './workflow';

const AGENT_TYPE = 'n8n-nodes-juspay-test.agent';
const AGENT_NAME = 'Agent';
const TOOL_NAME = 'Juspay Tool';

/** How an agent uses the node. */
export interface ToolOptions {
	/** The tool node's parameters; `={{ $fromAI('key', 'what it is', 'string') }}` is the model's. */
	parameters: INodeParameters;
	/** What the model fills in. */
	args: IDataObject;
	credential?: ICredentialDataDecryptedObject;
	/**
	 * `invoke` (default): the agent calls the tool inside its own run, as the MCP trigger and the
	 * older agents do; the node then runs on SupplyDataContext. `engine`: the agent asks the engine
	 * to run the node, as AI Agent 3 does; the node then runs on ExecuteContext.
	 */
	via?: 'invoke' | 'engine';
	onError?: INode['onError'];
	signal?: AbortSignal;
}

/** What the model sees, and what came of its call. */
interface ToolResult {
	status: ExecutionStatus;
	/** Name and description that the model sees; `invoke` only. */
	name?: string;
	description?: string;
	/** The keys that the model must fill in, with their descriptions; `invoke` only. */
	schema?: Record<string, string | undefined>;
	/** What the model gets back: the JSON of the first output's items. */
	response?: unknown;
	/** What the tool threw, or what failed the run. */
	error?: Error;
	/** What the node told the user; n8n stores them with the tool's run. */
	hints: NodeExecutionHint[];
	/** The whole workflow's result. */
	workflow: WorkflowResult;
}

/** The parts of langchain's DynamicStructuredTool (with its zod schema) that an agent uses. */
interface AgentTool {
	name: string;
	description: string;
	schema: { shape: Record<string, { description?: string }> };
	invoke(args: IDataObject): Promise<string>;
}

type Seen = Pick<ToolResult, 'name' | 'description' | 'schema' | 'response' | 'error'>;

/** An agent without a model: calls its one tool with the given arguments. */
function agent(options: ToolOptions, seen: Seen): INodeType {
	async function invoke(this: IExecuteFunctions): Promise<void> {
		const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as AgentTool[];
		const tool = tools[0];
		if (tool === undefined) return;
		seen.name = tool.name;
		seen.description = tool.description;
		seen.schema = Object.fromEntries(
			Object.entries(tool.schema.shape).map(([key, value]) => [key, value.description]),
		);
		try {
			const answer = await tool.invoke(options.args);
			// n8n answers in JSON, but says that it was canceled in plain words.
			seen.response = /^[[{"]/.test(answer) ? JSON.parse(answer) : answer;
		} catch (error) {
			seen.error = error as Error;
		}
	}

	return {
		description: {
			displayName: AGENT_NAME,
			name: AGENT_TYPE,
			group: ['transform'],
			version: 1,
			description: 'Exists in tests only',
			defaults: { name: AGENT_NAME },
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions, engine?: EngineResponse): Promise<NodeOutput> {
			if (options.via !== 'engine') {
				await invoke.call(this);
				return [[{ json: {} }]];
			}
			const done = engine?.actionResponses[0];
			if (done === undefined) {
				return {
					actions: [
						{
							actionType: 'ExecutionNodeAction',
							nodeName: TOOL_NAME,
							input: options.args,
							type: NodeConnectionTypes.AiTool,
							id: 'call_1',
							metadata: { itemIndex: 0 },
						},
					],
					metadata: {},
				};
			}
			seen.error = done.data.error;
			seen.response = done.data.data?.ai_tool?.[0]?.map(({ json }) => json);
			return [[{ json: {} }]];
		},
	};
}

/**
 * Uses the node as an AI tool, as n8n does: its tool form (`juspayTool`) hangs on an agent by
 * `ai_tool`, n8n-core makes a tool of it and its schema of the `$fromAI` parameters. No model takes
 * part, and nothing of MCP: those live in other packages.
 */
export async function runAsTool(options: ToolOptions): Promise<ToolResult> {
	const seen: Seen = {};
	const workflow = await runWorkflow(
		{
			nodes: [
				{ name: START_NAME, type: START_TYPE },
				{ name: AGENT_NAME, type: AGENT_TYPE },
				{
					name: TOOL_NAME,
					type: `${JUSPAY_TYPE}Tool`,
					parameters: options.parameters,
					onError: options.onError,
				},
			],
			connections: [
				[START_NAME, AGENT_NAME],
				[TOOL_NAME, AGENT_NAME, 0, NodeConnectionTypes.AiTool],
			],
			credential: options.credential,
			signal: options.signal,
		},
		{ [AGENT_TYPE]: agent(options, seen) },
	);
	const failed: ExecutionError | undefined = workflow.error;
	return {
		...seen,
		status: workflow.status,
		error: seen.error ?? failed,
		hints: workflow.hints(TOOL_NAME),
		workflow,
	};
}
