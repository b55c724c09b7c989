import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayOptions, JuspayResult } from '../engine';
import type { Simulator } from '../../dev/simulator/simulator';
import { runOn } from '../simulated';

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
