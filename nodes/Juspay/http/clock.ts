import { sleep } from 'n8n-workflow';

/** Time, and how to wait. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Waits; ends early when the workflow is stopped. */
	pause(ms: number): Promise<void>;
}

/** The process's clock; a pause ends early when the workflow is stopped. */
export function clockUntil(signal: AbortSignal | undefined): Clock {
	const stopped = new Promise<void>((resolve) => {
		if (signal?.aborted) resolve();
		else signal?.addEventListener('abort', () => resolve(), { once: true });
	});
	return {
		now: () => Date.now(),
		pause: async (ms) => await Promise.race([sleep(Math.max(0, ms)), stopped]),
	};
}
