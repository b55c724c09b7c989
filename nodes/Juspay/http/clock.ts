import { sleep } from 'n8n-workflow';
import { Stopping } from './stopping';

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
