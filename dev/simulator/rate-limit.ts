const WINDOW_MS = 1000;

/** Lets at most so many requests through in any one second, wherever that second starts. */
export class RateLimit {
	private readonly passedAt: Float64Array;

	private oldest = 0;

	/** @param perSecond a whole number, 1 or more */
	constructor(perSecond: number) {
		this.passedAt = new Float64Array(perSecond).fill(-Infinity);
	}

	/**
	 * Whether one more may pass; one that may not doesn't count.
	 *
	 * @param now milliseconds of a clock that never goes back
	 */
	admits(now: number): boolean {
		if (now - (this.passedAt[this.oldest] ?? 0) < WINDOW_MS) return false;
		this.passedAt[this.oldest] = now;
		this.oldest = (this.oldest + 1) % this.passedAt.length;
		return true;
	}
}
