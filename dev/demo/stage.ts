import * as n8n from '../n8n';
import type { Credential, Execution, Workflow } from '../n8n';
import { receiveAlerts, type AlertReceiver } from './alerts';
import { DataTables } from './tables';

/** What an example needs to run: n8n and a simulator, a credential for it, Data Tables, and someone who gets the alerts. */
export interface Stage extends n8n.Stage {
	/** Activates a workflow (2.x calls it publishing) until the stage closes. */
	activate(workflowId: string): Promise<void>;
	tables: DataTables;
	alerts: AlertReceiver;
	/** The credential that the examples name, for the simulator. */
	credential: Credential;
}

/** Opens a stage on which every customer exists. */
export async function openStage(options: n8n.StageOptions): Promise<Stage> {
	const opened = await n8n.openStage({ juspay: { anyCustomer: true }, ...options });
	const { url, client } = opened;
	const alerts = await receiveAlerts();
	const active: string[] = [];
	const close = async () => {
		// What is active in n8n's database would start with it the next time, and ask a simulator that is gone.
		for (const id of active) await client.deactivate(id).catch(() => undefined);
		await opened.close();
		await alerts.close();
	};
	try {
		return {
			...opened,
			alerts,
			credential: await opened.addCredential(),
			tables: await DataTables.of(client, url),
			activate: async (id) => {
				active.push(id);
				await client.activate(id);
			},
			close,
		};
	} catch (error) {
		await close();
		return await Promise.reject(error);
	}
}

/** The result of running an example. Everything in it was read from n8n, from the simulator, or was received. */
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

/** Runs an example on a stage: prepares its input, executes it, and checks what it did. */
export type RunExample = (
	stage: Stage,
	workflow: Workflow,
	say: (line: string) => void,
) => Promise<Outcome>;
