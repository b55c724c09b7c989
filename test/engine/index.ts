/** Runs the package's nodes on n8n's own engine, in jest, over real HTTP. */
export { listSearch, testCredential } from './editor';
export { listenToLog } from './environment';
export { JUSPAY_NAME, runJuspay } from './juspay';
export type { JuspayOptions, JuspayResult } from './juspay';
export { runAsTool } from './tool';
export type { ToolOptions } from './tool';
export { pollTrigger, restart } from './trigger';
export type { PollOptions, PollResult } from './trigger';
export {
	JUSPAY_CREDENTIAL,
	JUSPAY_TRIGGER_TYPE,
	JUSPAY_TYPE,
	nodeDescription,
	registerNodes,
} from './types';
export { runWorkflow } from './workflow';
