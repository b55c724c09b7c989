import type { JuspayClient } from '../client';

/**
 * The pauses before the looks that settle a doubt, in milliseconds. A call whose answer is lost may still take effect
 * while they last.
 */
const PAUSES = [2000, 4000, 6000];

/** How long a call may still take effect after its answer was lost, in milliseconds: 12 seconds. */
export const PATIENCE_MS = PAUSES.reduce((sum, pause) => sum + pause);

/**
 * Looks again and again, with growing pauses, until a look settles what was in doubt.
 *
 * @param look - gives what settles the doubt, or undefined
 * @param options.atOnce - also looks without a pause first: Juspay has answered, so it is not at work any more
 * @param options.lastsMs - how long to go on, if longer than usual
 * @returns what the look gave; undefined where the patience has ended or the workflow was stopped
 */
export async function lookPatiently<T>(
	client: JuspayClient,
	look: () => Promise<T | undefined>,
	{ atOnce = false, lastsMs = PATIENCE_MS } = {},
): Promise<T | undefined> {
	const pauses = [...(atOnce ? [0] : []), ...PAUSES];
	for (let left = lastsMs, round = 0; left > 0 && !client.stopped; round++) {
		const pause = Math.min(left, pauses[round] ?? Math.max(...PAUSES));
		if (pause > 0) await client.clock.pause(pause);
		left -= pause;
		if (client.stopped) return undefined;
		const seen = await look();
		if (seen !== undefined) return seen;
	}
	return undefined;
}
