import type { JuspayClient } from '../http/client';

/** The pauses before each look, in milliseconds. A call whose answer was lost may take effect meanwhile. */
const PAUSES = [2000, 4000, 6000];

/** How long a call may still take effect after its answer was lost, in milliseconds: 12 seconds. */
export const LATE_EFFECT_MS = PAUSES.reduce((sum, pause) => sum + pause);

/**
 * Looks repeatedly, with growing pauses, until a look settles an unknown outcome.
 *
 * @param look - returns what settles it, or undefined
 * @param options.immediately - also looks once before the first pause: Juspay has answered, so nothing is in progress
 * @param options.timeoutMs - how long to go on, if longer than usual
 * @returns what the look returned; undefined after the timeout or when the workflow was stopped
 */
export async function lookUntilSettled<T>(
	client: JuspayClient,
	look: () => Promise<T | undefined>,
	{ immediately = false, timeoutMs = LATE_EFFECT_MS } = {},
): Promise<T | undefined> {
	const pauses = [...(immediately ? [0] : []), ...PAUSES];
	for (let left = timeoutMs, round = 0; left > 0 && !client.stopped; round++) {
		const pause = Math.min(left, pauses[round] ?? Math.max(...PAUSES));
		if (pause > 0) await client.clock.pause(pause);
		left -= pause;
		if (client.stopped) return undefined;
		const seen = await look();
		if (seen !== undefined) return seen;
	}
	return undefined;
}
