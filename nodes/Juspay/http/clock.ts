/** Time: the stop of an execution, pauses that end with it, and how long they are. */
import { sleep } from 'n8n-workflow';

/** By the signals that were seen. */
const stops = new WeakMap<AbortSignal, Stopping>();

/**
 * The stop of one execution. However many requests and pauses wait for it, n8n's signal has one listener: an execution
 * may make thousands of requests, and Node warns from the eleventh listener on.
 */
export class Stopping {
	private readonly waiting = new Set<() => void>();

	/** @param signal - aborted when the workflow is stopped; undefined: it never is */
	static of(signal: AbortSignal | undefined): Stopping {
		if (!signal) return new Stopping();
		const stopping = stops.get(signal) ?? new Stopping(signal);
		stops.set(signal, stopping);
		return stopping;
	}

	private constructor(private readonly signal?: AbortSignal) {
		signal?.addEventListener('abort', () => {
			for (const end of this.waiting) end();
			this.waiting.clear();
		});
	}

	/** True once the workflow was stopped. */
	get isStopped(): boolean {
		return this.signal?.aborted ?? false;
	}

	/**
	 * Calls back once when the workflow is stopped; at once, if it was stopped before.
	 *
	 * @returns stops listening
	 */
	onStop(end: () => void): () => void {
		if (this.isStopped) end();
		else this.waiting.add(end);
		return () => void this.waiting.delete(end);
	}
}

/** Time, and how to wait. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Waits; ends early when the workflow is stopped. */
	pause(ms: number): Promise<void>;
}

/** The process's clock; a pause ends early when the workflow is stopped. */
export function clockUntil(signal: AbortSignal | undefined): Clock {
	const stopping = Stopping.of(signal);
	return {
		now: () => Date.now(),
		pause: async (ms) =>
			await new Promise<void>((resolve) => {
				const stopListening = stopping.onStop(resolve);
				void sleep(Math.max(0, ms)).then(() => {
					stopListening();
					resolve();
				});
			}),
	};
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
const LONGEST_RETRY_AFTER = 120_000;

/**
 * Reads a `Retry-After` header: whole seconds, the first of several, or an HTTP date.
 *
 * @param now - milliseconds since the epoch
 * @returns milliseconds to wait, at least 0; undefined where there is none to be read
 */
export function retryAfter(headers: Record<string, unknown>, now: number): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const text = String(value).slice(0, 100).trim();
	// Nine digits are 31 years: n8n would never poll again.
	const [seconds] = /^\d{1,8}(?= *(?:,|$))/.exec(text) ?? [];
	if (seconds) return Number(seconds) * 1000;
	// An HTTP date starts with a weekday; Date.parse would also make dates of "-5", "1.5" and "about 60".
	if (!/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** True where Juspay asks for a longer pause than a run should wait. */
export function exceedsMaxWait(pause: number | undefined): boolean {
	return pause !== undefined && pause > LONGEST_RETRY_AFTER;
}
