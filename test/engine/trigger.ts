import { PollContext, TriggersAndPollers } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import * as n8nWorkflow from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { createAdditionalData } from './environment';
import { JUSPAY_TRIGGER_TYPE, registerNodes } from './types';
import type { NodeClass } from './types';
import { buildWorkflow } from './workflow';

/** Name of the trigger node; its static data lives under `node:` and this. */
const TRIGGER_NAME = 'Juspay Trigger';

const TRIGGER_FILE = '../../nodes/Juspay/JuspayTrigger.node';

/** What to poll, and what it remembers. */
export interface PollOptions {
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/**
	 * What n8n has saved of the node's memory (`getWorkflowStaticData('node')`), changed in place where n8n saves: when
	 * a poll reports items, and when the workflow is activated. Each poll gets it parsed from JSON; what a poll that
	 * returns null or throws leaves in it is dropped, as n8n's own scheduler does between two polls, and a restart.
	 */
	staticData?: IDataObject;
	/** Whether this is the poll at activation, which n8n saves also without items; by default where nothing is saved. */
	isActivation?: boolean;
	/** Durable cursors (`N8N_POLLER_DURABLE_CURSORS_ENABLED`): n8n saves after every poll that doesn't throw. */
	hasCursors?: boolean;
	/** The workflow's ID; a copy has another one. */
	workflowId?: string;
	/** The node's ID, which stays when the node is renamed. */
	nodeId?: string;
	/** How long n8n says that the poll may take. */
	budgetMs?: number;
	/** `trigger` (an active workflow, default) or `manual` (the editor's test button). */
	mode?: WorkflowExecuteMode;
	/** Why the workflow is active: `activate`, `init` (n8n restarted), `update`... */
	activation?: WorkflowActivateMode;
}

/** What one poll gave. */
export interface PollResult {
	/** The new items, or null when the workflow is not to run. */
	items: INodeExecutionData[] | null;
	/** What n8n has saved after the poll: the given object. */
	staticData: IDataObject;
	/** What the node reported without failing the poll: each becomes a failed execution, and starts the error workflow. */
	errors: Error[];
}

/**
 * Polls a trigger node once, on n8n's own PollContext.
 *
 * @throws What the node throws; n8n then shows a failed execution, and polls again later.
 */
export async function pollTrigger(options: PollOptions): Promise<PollResult> {
	const { credential, mode = 'trigger', parameters, staticData = {}, budgetMs } = options;
	const { activation = mode === 'manual' ? 'manual' : 'activate', nodeId, workflowId } = options;
	const { isActivation = Object.keys(staticData).length === 0, hasCursors = false } = options;
	const workflow = await buildWorkflow({
		nodes: [
			{
				name: TRIGGER_NAME,
				type: JUSPAY_TRIGGER_TYPE,
				parameters,
				...(nodeId && { id: nodeId }),
			},
		],
		credential,
		staticData: { [`node:${TRIGGER_NAME}`]: JSON.parse(JSON.stringify(staticData)) as IDataObject },
	});
	if (workflowId) workflow.id = workflowId;
	const node = workflow.getNode(TRIGGER_NAME);
	if (node === null) throw new UnexpectedError('The trigger is missing');
	const additionalData = await createAdditionalData({ workflow, mode, credential });
	const errors: Error[] = [];
	const context = new PollContext(
		workflow,
		node,
		additionalData,
		mode,
		activation,
		undefined,
		(error) => errors.push(error),
		undefined,
		undefined,
		undefined,
		budgetMs === undefined ? undefined : () => budgetMs,
	);
	const output = await new TriggersAndPollers().runPollFunction(workflow, node, context);
	if (mode !== 'manual' && (output !== null || isActivation || hasCursors)) {
		const kept = JSON.parse(JSON.stringify(workflow.getStaticData('node', node))) as IDataObject;
		for (const name of Object.keys(staticData)) delete staticData[name];
		Object.assign(staticData, kept);
	}
	return { items: output?.[0] ?? null, staticData, errors };
}

/** n8n starts again: the shipped trigger is loaded anew, and what its process remembered is gone. */
export function restart(): void {
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		const { JuspayTrigger } = jest.requireActual<Record<'JuspayTrigger', NodeClass>>(TRIGGER_FILE);
		registerNodes({ [JUSPAY_TRIGGER_TYPE]: JuspayTrigger });
	});
	jest.dontMock('n8n-workflow');
}
