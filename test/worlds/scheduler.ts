/* eslint-disable @n8n/community-nodes/no-restricted-globals -- process.nextTick runs once no microtask is left */

/** How a stretch of virtual time ended. */
export type End = 'done' | 'deadlock' | 'endless';

/** More events than any world needs: whoever gets here would go on for ever. */
const MOST_EVENTS = 5000;

interface Event {
	at: number;
	what: () => void;
}

/** Lets everything run that needs no more time: the tick comes when the queue of microtasks is empty. */
async function drain(): Promise<void> {
	await new Promise<void>((resolve) => process.nextTick(resolve));
}

/**
 * Virtual time for asynchronous code. Nothing waits: when no microtask is left, time jumps to the next event.
 * Events at the same time happen in the order in which they were planned, so that a world always runs the same way.
 */
export class Scheduler {
	private time = Date.UTC(2026, 0, 1);

	/** By time, the next one last. */
	private readonly events: Event[] = [];

	private happened = 0;

	/** Milliseconds since the epoch. */
	now(): number {
		return this.time;
	}

	/** Plans something; one that is not to come in the past. */
	at(time: number, what: () => void): void {
		const at = Math.max(time, this.time);
		let place = this.events.length;
		while (place > 0 && (this.events[place - 1] as Event).at <= at) place--;
		this.events.splice(place, 0, { at, what });
	}

	/** Lets time pass until something is true. */
	async until(isDone: () => boolean): Promise<End> {
		for (;;) {
			await drain();
			if (isDone()) return 'done';
			if (!this.step()) return 'deadlock';
			if (++this.happened > MOST_EVENTS) return 'endless';
		}
	}

	/** Lets all happen that is planned until then. */
	async untilTime(time: number): Promise<End> {
		let isThere = false;
		this.at(time, () => (isThere = true));
		return await this.until(() => isThere);
	}

	/** Lets all that is planned happen. */
	async toTheEnd(): Promise<void> {
		do await drain();
		while (this.step());
	}

	private step(): boolean {
		const next = this.events.pop();
		if (!next) return false;
		this.time = next.at;
		next.what();
		return true;
	}
}

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
