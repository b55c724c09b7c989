import { PollContext, TriggersAndPollers } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { createAdditionalData } from './environment';
import { JUSPAY_TRIGGER_TYPE } from './types';
import { buildWorkflow } from './workflow';

/** Name of the trigger node; its static data lives under `node:` and this. */
export const TRIGGER_NAME = 'Juspay Trigger';

/** What to poll, and what it remembers. */
export interface PollOptions {
	/** The trigger under test by default. */
	type?: string;
	parameters?: INodeParameters;
	credential?: ICredentialDataDecryptedObject;
	/**
	 * What the node kept from earlier polls (`getWorkflowStaticData('node')`). Changed in place, as
	 * n8n keeps it in memory between polls, also when the poll throws; so the same object given
	 * again is the next poll. What n8n could not store as JSON is lost, as after a restart.
	 */
	staticData?: IDataObject;
	/** `trigger` (an active workflow, default) or `manual` (the editor's test button). */
	mode?: WorkflowExecuteMode;
	/** Why the workflow is active: `activate`, `init` (n8n restarted), `update`... */
	activation?: WorkflowActivateMode;
}

/** What one poll gave. */
export interface PollResult {
	/** The new items, or null when the workflow is not to run. */
	items: INodeExecutionData[] | null;
	/** The node's static data after the poll: the given object. */
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
	const { credential, mode = 'trigger', parameters, staticData = {} } = options;
	const { activation = mode === 'manual' ? 'manual' : 'activate' } = options;
	const key = `node:${TRIGGER_NAME}`;
	const workflow = await buildWorkflow({
		nodes: [{ name: TRIGGER_NAME, type: options.type ?? JUSPAY_TRIGGER_TYPE, parameters }],
		credential,
		staticData: { [key]: structuredClone(staticData) },
	});
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
	);
	try {
		const output = await new TriggersAndPollers().runPollFunction(workflow, node, context);
		return { items: output?.[0] ?? null, staticData, errors };
	} finally {
		const kept = JSON.parse(JSON.stringify(workflow.getStaticData('node', node))) as IDataObject;
		for (const name of Object.keys(staticData)) delete staticData[name];
		Object.assign(staticData, kept);
	}
}
