/** Runs the package's nodes on n8n's own engine, in jest, over real HTTP. */
export { listSearch, testCredential } from './editor';
export type { ListSearchOptions } from './editor';
export { listenToLog } from './environment';
export { COLLECT_TYPE, START_NAME, START_TYPE } from './helperNodes';
export { JUSPAY_NAME, runJuspay } from './juspay';
export type { JuspayOptions, JuspayResult } from './juspay';
export { runAsTool } from './tool';
export type { ToolOptions, ToolResult } from './tool';
export { pollTrigger, restart, TRIGGER_NAME } from './trigger';
export type { PollOptions, PollResult } from './trigger';
export {
	JUSPAY_CREDENTIAL,
	JUSPAY_TRIGGER_TYPE,
	JUSPAY_TYPE,
	nodeDescription,
	registerTypes,
} from './types';
export type { CredentialClass, NodeClass } from './types';
export { runWorkflow } from './workflow';
export type { TestNode, Wire, WorkflowOptions, WorkflowResult } from './workflow';
