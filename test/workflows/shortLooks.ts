import type { JuspayClient } from '../../nodes/Juspay/http/client';
import type * as lookAgain from '../../nodes/Juspay/once/lookAgain';

/**
 * The pauses before the looks that settle an unknown outcome, ten times as short: 12 seconds otherwise. Tests of the
 * pauses themselves wait in real time: test/faults/exactly-once.test.ts. Use in a test file:
 *
 *     jest.mock('../../nodes/Juspay/once/lookAgain', () => jest.requireActual('./shortLooks'));
 */
const real = jest.requireActual<typeof lookAgain>('../../nodes/Juspay/once/lookAgain');

const SHORTER = 10;

export const LATE_EFFECT_MS = real.LATE_EFFECT_MS / SHORTER;

export const lookUntilSettled: typeof lookAgain.lookUntilSettled = async (
	client,
	look,
	options,
) => {
	const clock: JuspayClient['clock'] = {
		now: () => client.clock.now(),
		pause: async (ms) => await client.clock.pause(ms / SHORTER),
	};
	const hurried = new Proxy(client, {
		get: (target, name) => (name === 'clock' ? clock : Reflect.get(target, name, target)),
	});
	return await real.lookUntilSettled(hurried, look, options);
};
