import type { Execution, N8nClient, Workflow } from '../n8n';
import type { Simulator } from '../simulator/simulator';
import type { AlertReceiver } from './alerts';
import type { DataTables } from './tables';

/** What an example needs around it to be run: a real n8n, a simulator of Juspay, and someone who gets the alerts. */
export interface Stage {
	/** The address of n8n, without a slash at its end. */
	url: string;
	client: N8nClient;
	/** Activates a workflow (2.x says "publish" for it) until the stage closes. */
	activate(workflowId: string): Promise<void>;
	tables: DataTables;
	simulator: Simulator;
	alerts: AlertReceiver;
	/** The credential for the simulator, as n8n has it. */
	credential: { id: string; name: string };
}

/** What came of running an example. Everything in it was read from n8n, from the simulator, or was received. */
export interface Outcome {
	/** Whether the example did all that it is there for. */
	ok: boolean;
	/** For the terminal. */
	shown: string;
	workflowId: string;
	execution?: Execution;
	/** More addresses to open, by what is there. */
	links?: Record<string, string>;
}

/** Runs an example on a stage: gives it what it works on, lets it run, and looks at what it has done. */
export type RunExample = (
	stage: Stage,
	workflow: Workflow,
	say: (line: string) => void,
) => Promise<Outcome>;
