import type { Clock } from './clock';

/** Successful rounds required before the limit that was last throttled is tried again; see {@link AdaptiveLimiter}. */
const PROBE_INTERVAL = { min: 4, initial: 8, max: 128 };

/** Milliseconds between the starts of two requests at a limit just below 1: at a limit of 1/4 it is four times that. */
const SPACING = 125;

/** Requests start 5 seconds apart at most. */
const LEAST_LIMIT = SPACING / 5_000;

/** What becomes of a limit that is throttled: where one goes at a time, a third less is enough to try. */
const DECREASE = { many: 0.5, one: 0.7 };

/**
 * Successes before a throttled request that make it no sign of the pace where one goes at a time: others share the
 * limit, and slowing down leaves it to them.
 */
const ENOUGH_SUCCESSES = 3;

/** What an answer says of the pace: fine, nothing, or how long all requests pause, in milliseconds. */
export type Pace = 'ok' | 'neutral' | number;

/**
 * Limits the number of concurrent requests, first come, first served. AIMD (additive increase, multiplicative
 * decrease), as in TCP's congestion control: a throttled request pauses all of them and halves the limit, each
 * successful round adds one. A limit below 1, where one request at a time is throttled too, means that requests are also
 * spaced; it grows by a quarter. Where one goes at a time, spaced or not, the limit falls by less ({@link DECREASE}), and
 * not at all after {@link ENOUGH_SUCCESSES}.
 *
 * To the limit that was last throttled, and above it, it rises only after {@link PROBE_INTERVAL} rounds, because with a
 * fixed rate limit each such probe pauses everyone. The interval doubles with each probe that is throttled. A request
 * that is throttled below that limit shows that the limit has moved or is shared: the interval starts again from its
 * minimum.
 */
export class AdaptiveLimiter {
	/** How many requests may be under way at once; below 1: one, and {@link SPACING} divided by it between two starts. */
	private limit: number;
	/** The limit that was last throttled. */
	private throttledAt = Infinity;
	private probeInterval = PROBE_INTERVAL.initial;
	private inFlight = 0;
	/** Since the limit last changed. */
	private successes = 0;
	/** No request starts before, in milliseconds since the epoch; 0: at once. */
	private notBefore = 0;
	/** Incremented at each slow-down; throttled responses to older requests don't lower the limit again. */
	private generation = 0;
	/** Since the last slow-down. */
	private successesSince = 0;
	private readonly queue: Array<() => void> = [];

	/** How often all requests were paused in a row without a success in between. */
	consecutiveThrottles = 0;

	/** @param maxConcurrency - maximum number of concurrent requests */
	constructor(
		private readonly maxConcurrency: number,
		private readonly clock: Clock,
	) {
		this.limit = maxConcurrency;
	}

	/**
	 * Sends a request as soon as the limit allows.
	 *
	 * @param send - sends it
	 * @param paceOf - what its answer says of the pace
	 */
	async run<T>(send: () => Promise<T>, paceOf: (answer: T) => Pace): Promise<T> {
		const turn = new Promise<void>((resolve) => this.queue.push(resolve));
		this.drain();
		await turn;
		const { generation } = this;
		try {
			const answer = await send();
			// Nothing was sent: the next one needs no space.
			if (answer === undefined) this.notBefore = 0;
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

	/** How often all requests were paused, whether or not the limit was lowered too. */
	get slowDowns(): number {
		return this.generation;
	}

	/** Starts queued requests while there is room. */
	private drain(): void {
		while (this.inFlight < Math.max(1, this.limit) && this.notBefore === 0) {
			const start = this.queue.shift();
			if (!start) return;
			this.inFlight++;
			if (this.limit < 1) this.holdFor(SPACING / this.limit);
			start();
		}
	}

	private onSuccess(): void {
		this.consecutiveThrottles = 0;
		this.successesSince++;
		this.successes++;
		if (this.limit >= this.maxConcurrency) return;
		const isSpaced = this.limit < 1;
		const next = isSpaced ? Math.min(1, 1.25 * this.limit) : this.limit + 1;
		const usual = isSpaced ? 2 : 1;
		const rounds = this.isProbe(next) ? this.probeInterval : usual;
		if (this.successes < rounds * Math.max(1, this.limit)) return;
		// The step before this one was a probe, and went well.
		if (this.isProbe(this.limit)) {
			this.probeInterval = Math.max(PROBE_INTERVAL.min, this.probeInterval / 2);
		}
		this.limit = next;
		this.successes = 0;
	}

	private onThrottle(generation: number, pause: number): void {
		if (generation === this.generation) this.slowDown();
		if (pause > 0) this.holdFor(pause);
	}

	/**
	 * Whether a limit of several at a time was throttled last, or is above that one. One at a time is no probe: a few
	 * requests that are throttled whatever their pace would keep the spacing for long.
	 */
	private isProbe(limit: number): boolean {
		return limit > 1 && limit >= this.throttledAt;
	}

	private slowDown(): void {
		const isRare = this.limit <= 1 && this.successesSince >= ENOUGH_SUCCESSES;
		if (!isRare) this.decrease();
		this.generation++;
		this.successesSince = 0;
		this.consecutiveThrottles++;
	}

	private decrease(): void {
		this.probeInterval = this.isProbe(this.limit)
			? Math.min(PROBE_INTERVAL.max, 2 * this.probeInterval)
			: PROBE_INTERVAL.min;
		this.throttledAt = this.limit;
		const isOne = this.limit <= 1;
		const lower = this.limit * (isOne ? DECREASE.one : DECREASE.many);
		this.limit = isOne ? Math.max(LEAST_LIMIT, lower) : Math.floor(lower);
		this.successes = 0;
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
