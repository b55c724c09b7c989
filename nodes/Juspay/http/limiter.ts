import type { Clock } from './clock';

/** Successful rounds required before probing above the last throttled limit; see {@link AdaptiveLimiter}. */
const PROBE_INTERVAL = { min: 4, initial: 8, max: 128 };

/** Milliseconds between two requests, where one at a time is still too many. */
const SPACING = { first: 250, max: 5_000 };

/** What an answer says of the pace: fine, nothing, or how long all requests pause, in milliseconds. */
export type Pace = 'ok' | 'neutral' | number;

/**
 * Limits the number of concurrent requests, first come, first served. AIMD (additive increase, multiplicative
 * decrease), as in TCP's congestion control: a throttled request pauses all of them and halves the limit, each
 * successful round adds one.
 *
 * Above the limit that was last throttled it adds one only after {@link PROBE_INTERVAL} rounds, because with a fixed
 * rate limit each such probe pauses everyone. The interval doubles with each probe that is throttled. A request that is
 * throttled below that limit shows that the limit has moved or is shared: the interval starts again from its minimum.
 *
 * Where one request at a time is throttled too, requests are also spaced: twice as far apart with each that is
 * throttled, closer again with successes, by the same rule.
 */
export class AdaptiveLimiter {
	private limit: number;
	/** One less than the limit that was last throttled. */
	private ceiling: number;
	private probeInterval = PROBE_INTERVAL.initial;
	/** Milliseconds between the starts of two requests; 0 unless one at a time was throttled. */
	private spacing = 0;
	/** The spacing that was last throttled. */
	private tooClose = 0;
	private inFlight = 0;
	/** Since the limit last changed. */
	private successes = 0;
	/** No request starts before, in milliseconds since the epoch; 0: at once. */
	private notBefore = 0;
	/** Incremented at each slow-down; throttled responses to older requests don't lower the limit again. */
	private generation = 0;
	private readonly queue: Array<() => void> = [];

	/** How often all requests were paused in a row without a success in between. */
	consecutiveThrottles = 0;

	/** @param maxConcurrency - maximum number of concurrent requests */
	constructor(
		readonly maxConcurrency: number,
		private readonly clock: Clock,
	) {
		this.limit = maxConcurrency;
		this.ceiling = maxConcurrency;
	}

	/**
	 * Sends a request as soon as the limit allows.
	 *
	 * @param send - sends it
	 * @param paceOf - what its answer says of the pace
	 */
	async run<T>(send: () => Promise<T>, paceOf: (answer: T) => Pace): Promise<T> {
		await this.acquire();
		const { generation } = this;
		try {
			const answer = await send();
			const pace = paceOf(answer);
			if (pace === 'ok') this.onSuccess();
			else if (pace !== 'neutral') this.onThrottle(generation, pace);
			return answer;
		} finally {
			this.inFlight--;
			this.drain();
		}
	}

	/** How many requests are under way. */
	get underWay(): number {
		return this.inFlight;
	}

	private async acquire(): Promise<void> {
		if (this.queue.length === 0 && this.hasRoom()) {
			this.begin();
			return;
		}
		await new Promise<void>((resolve) => this.queue.push(resolve));
	}

	private hasRoom(): boolean {
		return this.inFlight < this.limit && this.notBefore === 0;
	}

	private begin(): void {
		this.inFlight++;
		if (this.spacing > 0) this.holdFor(this.spacing);
	}

	/** Starts queued requests while there is room. */
	private drain(): void {
		while (this.queue.length > 0 && this.hasRoom()) {
			this.begin();
			this.queue.shift()?.();
		}
	}

	private onSuccess(): void {
		this.consecutiveThrottles = 0;
		this.successes++;
		if (this.spacing > 0) this.comeCloser();
		else if (this.limit < this.maxConcurrency) this.increase();
	}

	private increase(): void {
		const rounds = this.limit < this.ceiling ? 1 : this.probeInterval;
		if (this.successes < rounds * this.limit) return;
		this.onProbe(this.limit > this.ceiling);
		this.limit++;
	}

	private comeCloser(): void {
		const next = 0.8 * this.spacing;
		const isProbe = next <= this.tooClose;
		if (this.successes < (isProbe ? this.probeInterval : 2)) return;
		this.onProbe(this.spacing <= this.tooClose);
		this.spacing = next < SPACING.first / 2 ? 0 : next;
	}

	/** A step up is taken; the one before it was a probe that went well. */
	private onProbe(wentWell: boolean): void {
		if (wentWell) this.probeInterval = Math.max(PROBE_INTERVAL.min, this.probeInterval / 2);
		this.successes = 0;
	}

	private onThrottle(generation: number, pause: number): void {
		if (generation === this.generation) this.decrease();
		if (pause > 0) this.holdFor(pause);
	}

	private decrease(): void {
		this.generation++;
		const isSpaced = this.limit === 1;
		const wasProbe = isSpaced
			? this.spacing > 0 && this.spacing <= this.tooClose
			: this.limit > this.ceiling;
		this.probeInterval = wasProbe
			? Math.min(PROBE_INTERVAL.max, 2 * this.probeInterval)
			: PROBE_INTERVAL.min;
		if (isSpaced) {
			this.tooClose = this.spacing;
			this.spacing = Math.min(SPACING.max, Math.max(SPACING.first, 2 * this.spacing));
		}
		this.ceiling = Math.max(1, this.limit - 1);
		this.limit = Math.max(1, Math.floor(this.limit / 2));
		this.successes = 0;
		this.consecutiveThrottles++;
	}

	/** Lets no request start for a while. */
	private holdFor(pause: number): void {
		const until = this.clock.now() + pause;
		if (until <= this.notBefore) return;
		this.notBefore = until;
		void this.resumeAt(until);
	}

	private async resumeAt(until: number): Promise<void> {
		await this.clock.pause(until - this.clock.now());
		// A longer pause has begun meanwhile: it resumes by itself.
		if (until !== this.notBefore) return;
		this.notBefore = 0;
		this.drain();
	}
}
