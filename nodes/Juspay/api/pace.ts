import { sleep } from 'n8n-workflow';

/** What the pace needs of the world outside. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Waits; ends early when the workflow is stopped. */
	pause(ms: number): Promise<void>;
}

/** How many rounds go well before more is tried than last went wrong; see {@link Pace}. */
const CAUTION = { least: 4, first: 8, most: 128 };

/**
 * Bounds how many requests are in flight at once, in the order in which they ask. When Juspay says "too many",
 * all wait, and half as many go at once from then on; each round that goes well adds one again, up to where it last
 * went wrong. Beyond that it adds one after many rounds, twice as many each time that this was too much: at a server
 * with a fixed limit each such try costs everyone a rest. A "too many" below it shows that the limit has moved, or that
 * others share it: what was learnt about it is forgotten.
 */
export class Pace {
	private limit: number;
	/** One less than where Juspay last said "too many": beyond it, more is tried only now and then. */
	private ceiling: number;
	/** How many rounds must go well before more than the ceiling is tried. */
	private caution = CAUTION.first;
	private inFlight = 0;
	private goneWell = 0;
	/** Until when all wait, in milliseconds since the epoch; 0: nobody does. */
	private restUntil = 0;
	/** Counts the slow-downs: what was sent before the last one tells nothing new. */
	private era = 0;
	private readonly queue: Array<() => void> = [];

	/** How often all had to wait in a row without any request getting through in between. */
	fruitlessRests = 0;

	/**
	 * @param atMost - requests in flight at once while all goes well
	 * @param clock - time, and how to wait
	 */
	constructor(
		private readonly atMost: number,
		private readonly clock: Clock,
	) {
		this.limit = atMost;
		this.ceiling = atMost;
	}

	/**
	 * Sends one request when its turn comes.
	 *
	 * @param send - sends it
	 * @param restFor - reads from its answer how long all must wait, in milliseconds; undefined: go on
	 */
	async run<T>(send: () => Promise<T>, restFor: (answer: T) => number | undefined): Promise<T> {
		await this.turn();
		const { era } = this;
		try {
			const answer = await send();
			const rest = restFor(answer);
			if (rest === undefined) this.wentWell();
			else this.slowDown(era, rest);
			return answer;
		} finally {
			this.inFlight--;
			this.admit();
		}
	}

	private async turn(): Promise<void> {
		if (this.queue.length === 0 && this.mayGo()) {
			this.inFlight++;
			return;
		}
		await new Promise<void>((resolve) => this.queue.push(resolve));
	}

	private mayGo(): boolean {
		return this.inFlight < this.limit && this.restUntil === 0;
	}

	private admit(): void {
		while (this.queue.length > 0 && this.mayGo()) {
			this.inFlight++;
			this.queue.shift()?.();
		}
	}

	private wentWell(): void {
		this.fruitlessRests = 0;
		if (this.limit >= this.atMost) return;
		this.goneWell++;
		const rounds = this.limit < this.ceiling ? 1 : this.caution;
		if (this.goneWell < rounds * this.limit) return;
		if (this.limit > this.ceiling) this.caution = Math.max(CAUTION.least, this.caution / 2);
		this.limit++;
		this.goneWell = 0;
	}

	private slowDown(era: number, rest: number): void {
		if (era === this.era) {
			this.era++;
			const triedMore = this.limit > this.ceiling;
			this.caution = triedMore ? Math.min(CAUTION.most, 2 * this.caution) : CAUTION.least;
			this.ceiling = Math.max(1, this.limit - 1);
			this.limit = Math.max(1, Math.floor(this.limit / 2));
			this.goneWell = 0;
			this.fruitlessRests++;
		}
		const until = this.clock.now() + rest;
		if (until <= this.restUntil) return;
		this.restUntil = until;
		void this.wakeAt(until);
	}

	private async wakeAt(until: number): Promise<void> {
		await this.clock.pause(until - this.clock.now());
		// A longer rest has been called meanwhile: it wakes by itself.
		if (until !== this.restUntil) return;
		this.restUntil = 0;
		this.admit();
	}
}

/** Time as n8n gives it; a pause ends early when the workflow is stopped. */
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
