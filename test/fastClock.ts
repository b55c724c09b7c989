import type * as clock from '../nodes/Juspay/http/clock';

/**
 * The node's clock, ten times as fast: what it waits for and what it takes for late keep their order. What others wait
 * for, such as the simulator and the time-outs of n8n's request helper, takes as long as ever. Use in a test file:
 *
 *     jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));
 */
const SPEED = 10;

const real = jest.requireActual<typeof clock>('../nodes/Juspay/http/clock');
const startedAt = Date.now();

export const { Stopping, backoff, exceedsMaxWait, retryAfter } = real;

export const clockUntil: typeof clock.clockUntil = (signal) => {
	const { pause } = real.clockUntil(signal);
	return {
		now: () => startedAt + SPEED * (Date.now() - startedAt),
		pause: async (ms) => await pause(ms / SPEED),
	};
};
