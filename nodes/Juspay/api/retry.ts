import type { Call } from './contract';
import { readError } from './contract';
import type { Answer } from './transport';

/**
 * What to do after an answer:
 * - `accept` it;
 * - `repeat` the call: it is known not to have happened, or only reads;
 * - `look` whether it happened, before anything else;
 * - `reject`: it did not happen, and the same call would not fare better.
 */
export type Decision = 'accept' | 'repeat' | 'look' | 'reject';

/**
 * Which answer allows what. Juspay has no idempotency key on this family of calls, so a POST is sent again only
 * where it is known not to have taken effect.
 *
 * @param call - what was sent; a GET changes nothing
 * @param answer - what came of it
 * @param readable - whether a 2xx body said what was expected
 */
export function decide(call: Pick<Call, 'method'>, answer: Answer, readable: boolean): Decision {
	const again: Decision = call.method === 'GET' ? 'repeat' : 'look';
	switch (answer.kind) {
		case 'stopped':
		case 'unusable':
			// Nobody waits for the outcome any more; or nothing can be sent at all.
			return 'reject';
		case 'unreachable':
			// No connection stood, so nothing arrived.
			return 'repeat';
		case 'timeout':
		case 'lost':
		case 'tooLarge':
			// It was on its way; nobody knows how far it came.
			return again;
		case 'answered':
			break;
	}
	const { status } = answer;
	// Done; but where the body can't be read, the account IDs are missing and only a look brings them.
	if (status >= 200 && status < 300) return readable ? 'accept' : again;
	// Turned away at the door, before any work.
	if (status === 429) return 'repeat';
	// Juspay works on another request for the same customer and did not start this one.
	if (status === 409 && readError(answer.body).code === 'DUPLICATE_REQUEST') return 'repeat';
	// The server, or a proxy before it, gave up somewhere on the way.
	if (status >= 500 || status === 408) return again;
	// Refused for a reason that stands in the request itself.
	return 'reject';
}

/** The longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 30_000;

/**
 * How long to wait before a try: doubling from about 300 ms, with jitter so that many calls don't come back at once.
 *
 * @param tries - how many tries were made, from 1
 * @param random - a number from 0 to 1
 * @returns milliseconds
 */
export function backoff(tries: number, random = Math.random()): number {
	return Math.min(LONGEST_PAUSE, 300 * 2 ** (tries - 1)) * (0.5 + random / 2);
}

/** The longest `Retry-After` that a run waits for, in milliseconds; a longer one is left to a later run. */
export const LONGEST_RETRY_AFTER = 120_000;

/**
 * Reads a `Retry-After` header: whole seconds, or an HTTP date.
 *
 * @param now - milliseconds since the epoch
 * @returns milliseconds to wait, at least 0; undefined where there is none to be read
 */
export function retryAfter(headers: Record<string, unknown>, now: number): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).trim();
	if (/^\d+$/.test(text)) return Number(text) * 1000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
