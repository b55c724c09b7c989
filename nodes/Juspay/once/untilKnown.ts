import type { JuspayClient, Result } from '../http/client';
import type { Failure } from '../http/words';

/** What looks have shown after an unknown outcome. */
export type Seen<T> =
	| { effect: 'done'; value: T }
	/** Proof that the call had no effect, so it may be sent again. */
	| { effect: 'none' }
	| { effect: 'unknown' };

export const UNKNOWN = { effect: 'unknown' } as const;

/** A call that changes something, and how to find out whether it did. */
export interface UncertainCall<T> {
	act(): Promise<Result<T>>;
	/** Whether a failure needs no look; default: it is proven that the call had no effect. */
	isCertain?(failure: Failure): boolean;
	/** Looks, after pauses in which the call may still take effect. */
	look(failure: Failure): Promise<Seen<T>>;
	/** Words a failure whose outcome stays unknown. */
	doubt(failure: Failure): Failure;
}

/**
 * Acts; if the outcome is unknown, looks, and acts again only if that proves that the call had no effect. Gives up
 * after the client's number of retries.
 */
export async function untilKnown<T>(
	client: JuspayClient,
	{ act, isCertain = ({ effect }) => effect === 'none', look, doubt }: UncertainCall<T>,
): Promise<Result<T>> {
	for (let tries = 1; ; tries++) {
		const answer = await act();
		if (answer.ok || isCertain(answer.failure)) return answer;
		const seen = await look(answer.failure);
		if (seen.effect === 'done') return { ok: true, value: seen.value };
		const mayResend = seen.effect === 'none' && tries <= client.maxRetries && !client.stopped;
		if (!mayResend) return { ok: false, failure: doubt(answer.failure) };
	}
}
