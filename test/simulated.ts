import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { UnexpectedError } from 'n8n-workflow';
import { startSimulator, type Simulator, type SimulatorOptions } from '../dev/simulator/simulator';
import type { JuspayOptions, JuspayResult } from './engine';
import { runJuspay } from './engine';

/** The node on n8n's engine, against a simulator in the same process. */

/** A credential for a simulator, with changes. */
export function credentialFor(
	{ url, apiKey }: Pick<Simulator, 'url' | 'apiKey'>,
	change: IDataObject = {},
): NonNullable<JuspayOptions['credential']> {
	return { environment: 'custom', baseUrl: url, apiKey, merchantId: '', ...change };
}

/** Runs the node against a simulator: an operation on customer accounts, unless the parameters name another resource. */
export async function runOn(
	simulator: Pick<Simulator, 'url' | 'apiKey'>,
	parameters: INodeParameters,
	more: Partial<Omit<JuspayOptions, 'parameters'>> = {},
): Promise<JuspayResult> {
	return await runJuspay({
		credential: credentialFor(simulator),
		...more,
		parameters: { resource: 'customerAccount', ...parameters },
	});
}

/** Exists only while a simulator is made warm. */
const THROW_AWAY = 'cst_throw_away';

/**
 * Starts a simulator of which the node knows already that its empty lists are true. The first create of a process that
 * relies on an empty list of a host is followed by one more list; here it is made before the test begins, so that the
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
	const parameters = {
		operation: 'create',
		customerId: THROW_AWAY,
		accountSource: 'json',
		accountsJson: '[{"vpa":"throw.away@upi"}]',
	};
	await runOn(simulator, parameters, { collect: false });
	if (simulator.counters.accountsMade === made) throw new UnexpectedError('No account was made');
}

/** Uses a simulator, and closes it. */
export async function using<T>(
	starting: Promise<Simulator>,
	use: (simulator: Simulator) => Promise<T>,
): Promise<T> {
	const simulator = await starting;
	try {
		return await use(simulator);
	} finally {
		await simulator.close();
	}
}

/**
 * A warm simulator per test, closed after it: what the node remembers of a host, e.g. which validations it has sent,
 * must not reach from one test into the next.
 *
 * @returns gives the simulator of the running test
 */
export function simulatorPerTest(options: SimulatorOptions): () => Simulator {
	let running: Simulator | undefined;
	beforeEach(async () => {
		running = await startWarmSimulator(options);
	});
	afterEach(async () => {
		await running?.close();
		running = undefined;
	});
	return () => {
		if (!running) throw new UnexpectedError('The simulator runs in tests only');
		return running;
	};
}
