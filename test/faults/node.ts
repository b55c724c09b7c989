import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayOptions, JuspayResult } from '../engine';
import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../dev/simulator/simulator';
import { runOn, startWarmSimulator, using } from '../simulated';
import type { Workload } from './workload';

/** Starts a simulator that has a workload's customers; it ends with the test that uses it. */
export async function withSimulator<T>(
	{ customers }: Pick<Workload, 'customers'>,
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	return await using(startSimulator({ ...options, customers }), use);
}

/** The same for a simulator of which the node knows that its empty lists are true; see {@link startWarmSimulator}. */
export async function withWarmSimulator<T>(
	{ customers }: Pick<Workload, 'customers'>,
	options: SimulatorOptions,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	return await using(startWarmSimulator({ ...options, customers }), use);
}

/** Runs the node on items against a simulator; a failed account doesn't stop the others. */
export async function runNode(
	simulator: Pick<Simulator, 'url' | 'apiKey'>,
	items: IDataObject[],
	parameters: IDataObject = {},
	more: Partial<JuspayOptions> = {},
): Promise<JuspayResult> {
	return await runOn(
		simulator,
		{ operation: 'create', accountSource: 'input', ...parameters } as INodeParameters,
		{ items, onError: 'continueRegularOutput', collect: false, ...more },
	);
}
