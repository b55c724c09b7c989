import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayOptions, JuspayResult } from '../engine';
import { runJuspay } from '../engine';
import type { Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { startSimulator } from '../../dev/simulator/simulator';
import { startWarmSimulator } from '../workflows/warmSimulator';
import type { Workload } from './workload';

/** Starts a simulator that holds a workload's customers; it ends with the test that uses it. */
export async function withSimulator<T>(
	{ customers }: Pick<Workload, 'customers'>,
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	const simulator = await startSimulator({ ...options, customers });
	try {
		return await use(simulator);
	} finally {
		await simulator.close();
	}
}

/** The same for a simulator of which the node knows that its empty lists are true; see {@link startWarmSimulator}. */
export async function withWarmSimulator<T>(
	{ customers }: Pick<Workload, 'customers'>,
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	const simulator = await startWarmSimulator({ ...options, customers });
	try {
		return await use(simulator);
	} finally {
		await simulator.close();
	}
}

/** Runs the node on items against a simulator; a failed account doesn't stop the others. */
export async function runNode(
	simulator: Pick<Simulator, 'url' | 'apiKey'>,
	items: IDataObject[],
	{ options, ...parameters }: IDataObject & { options?: IDataObject } = {},
	more: Partial<JuspayOptions> = {},
): Promise<JuspayResult> {
	return await runJuspay({
		credential: { environment: 'custom', baseUrl: simulator.url, apiKey: simulator.apiKey },
		items,
		onError: 'continueRegularOutput',
		collect: false,
		...more,
		parameters: {
			resource: 'customerAccount',
			operation: 'create',
			accountSource: 'input',
			...parameters,
			options: { ...options } as INodeParameters,
		} as INodeParameters,
	});
}
