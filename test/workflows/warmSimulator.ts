import { UnexpectedError } from 'n8n-workflow';
import { runJuspay } from '../engine';
import type { Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { startSimulator } from '../../dev/simulator/simulator';

/** Exists only while a simulator is made warm. */
const THROW_AWAY = 'cst_throw_away';

/**
 * Starts a simulator of which the node knows already that its empty lists are true. The first create of a process that
 * rests on an empty list of a host is followed by one more list; here it is made before the test begins, so that the
 * test counts its own requests only.
 */
export async function startWarmSimulator(options: SimulatorOptions): Promise<Simulator> {
	const simulator = await startSimulator(options);
	await warm(simulator);
	simulator.reset();
	return simulator;
}

/** Makes one account, so that the node sees that an empty list of this simulator is true. */
export async function warm(simulator: Simulator): Promise<void> {
	simulator.seedCustomers([THROW_AWAY]);
	const made = simulator.counters.accountsMade;
	await runJuspay({
		credential: { environment: 'custom', baseUrl: simulator.url, apiKey: simulator.apiKey },
		collect: false,
		parameters: {
			resource: 'customerAccount',
			operation: 'create',
			customerId: THROW_AWAY,
			accountSource: 'json',
			accountsJson: '[{"vpa":"throw.away@upi"}]',
		},
	});
	if (simulator.counters.accountsMade === made) throw new UnexpectedError('No account was made');
}
