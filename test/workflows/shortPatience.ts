import type { JuspayClient } from '../../nodes/Juspay/api/client';
import type * as patience from '../../nodes/Juspay/api/exactlyOnce/patience';

/**
 * The node's patience with a doubt, ten times as short: for tests of what comes out of it, 12 seconds each. Those of
 * the patience itself wait in real time: test/faults/exactly-once.test.ts. Use in a test file:
 *
 *     jest.mock('../../nodes/Juspay/api/exactlyOnce/patience', () => jest.requireActual('./shortPatience'));
 */
const real = jest.requireActual<typeof patience>('../../nodes/Juspay/api/exactlyOnce/patience');

const SHORTER = 10;

export const PATIENCE_MS = real.PATIENCE_MS / SHORTER;

export const lookPatiently: typeof patience.lookPatiently = async (client, look, options) => {
	const clock: JuspayClient['clock'] = {
		now: () => client.clock.now(),
		pause: async (ms) => await client.clock.pause(ms / SHORTER),
	};
	const hurried = new Proxy(client, {
		get: (target, name) => (name === 'clock' ? clock : Reflect.get(target, name, target)),
	});
	return await real.lookPatiently(hurried, look, options);
};
