import type { Clock } from './clock';

/** Successful rounds required before probing above the last throttled limit; see {@link AdaptiveLimiter}. */
const PROBE_INTERVAL = { min: 4, initial: 8, max: 128 };

/**
 * Limits the number of concurrent requests, first come, first served. AIMD (additive increase, multiplicative
 * decrease), as in TCP's congestion control: a throttled request pauses all of them and halves the limit, each
 * successful round adds one.
 *
 * Above the limit that was last throttled it adds one only after {@link PROBE_INTERVAL} rounds, because with a fixed
 * rate limit each such probe pauses everyone. The interval doubles with each probe that is throttled. A request that is
 * throttled below that limit shows that the limit has moved or is shared: the interval starts again from its minimum.
 */
export class AdaptiveLimiter {
	private limit: number;
	/** One less than the limit that was last throttled. */
	private ceiling: number;
	private probeInterval = PROBE_INTERVAL.initial;
	private inFlight = 0;
	/** Since the limit last changed. */
	private successes = 0;
	/** Milliseconds since the epoch; 0: not paused. */
	private pausedUntil = 0;
	/** Incremented at each slow-down; throttled responses to older requests don't lower the limit again. */
	private generation = 0;
	private readonly queue: Array<() => void> = [];

	/** How often all requests were paused in a row without a success in between. */
	consecutiveThrottles = 0;

	/** @param maxConcurrency - maximum number of concurrent requests */
	constructor(
		private readonly maxConcurrency: number,
		private readonly clock: Clock,
	) {
		this.limit = maxConcurrency;
		this.ceiling = maxConcurrency;
	}

	/**
	 * Sends a request as soon as the limit allows.
	 *
	 * @param send - sends it
	 * @param pauseFor - how long its answer pauses all requests, in milliseconds; undefined: it was not throttled
	 */
	async run<T>(send: () => Promise<T>, pauseFor: (answer: T) => number | undefined): Promise<T> {
		await this.acquire();
		const { generation } = this;
		try {
			const answer = await send();
			const pause = pauseFor(answer);
			if (pause === undefined) this.onSuccess();
			else this.onThrottle(generation, pause);
			return answer;
		} finally {
			this.inFlight--;
			this.drain();
		}
	}

	private async acquire(): Promise<void> {
		if (this.queue.length === 0 && this.hasRoom()) {
			this.inFlight++;
			return;
		}
		await new Promise<void>((resolve) => this.queue.push(resolve));
	}

	private hasRoom(): boolean {
		return this.inFlight < this.limit && this.pausedUntil === 0;
	}

	/** Starts queued requests while there is room. */
	private drain(): void {
		while (this.queue.length > 0 && this.hasRoom()) {
			this.inFlight++;
			this.queue.shift()?.();
		}
	}

	private onSuccess(): void {
		this.consecutiveThrottles = 0;
		if (this.limit >= this.maxConcurrency) return;
		this.successes++;
		const rounds = this.limit < this.ceiling ? 1 : this.probeInterval;
		if (this.successes < rounds * this.limit) return;
		if (this.limit > this.ceiling) {
			this.probeInterval = Math.max(PROBE_INTERVAL.min, this.probeInterval / 2);
		}
		this.limit++;
		this.successes = 0;
	}

	private onThrottle(generation: number, pause: number): void {
		if (generation === this.generation) this.decrease();
		const until = this.clock.now() + pause;
		if (until <= this.pausedUntil) return;
		this.pausedUntil = until;
		void this.resumeAt(until);
	}

	private decrease(): void {
		this.generation++;
		const wasProbe = this.limit > this.ceiling;
		this.probeInterval = wasProbe
			? Math.min(PROBE_INTERVAL.max, 2 * this.probeInterval)
			: PROBE_INTERVAL.min;
		this.ceiling = Math.max(1, this.limit - 1);
		this.limit = Math.max(1, Math.floor(this.limit / 2));
		this.successes = 0;
		this.consecutiveThrottles++;
	}

	private async resumeAt(until: number): Promise<void> {
		await this.clock.pause(until - this.clock.now());
		// A longer pause has begun meanwhile: it resumes by itself.
		if (until !== this.pausedUntil) return;
		this.pausedUntil = 0;
		this.drain();
	}
}
