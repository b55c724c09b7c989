import type { Clock } from './clock';
import type { Call } from '../wire/contract';
import type { AdaptiveLimiter } from './limiter';
import { backoff, exceedsMaxWait, retryAfter } from './pauses';
import type { Answer, Send } from './transport';
import type { ErrorContext, Failure } from './words';
import { failureOf } from './words';

/** Result of a call, after every retry that was safe. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** What a sender works with. */
export interface SenderSetup {
	send: Send;
	limiter: AdaptiveLimiter;
	clock: Clock;
	/** Maximum number of retries per call, each only where that is safe. */
	maxRetries: number;
	context: ErrorContext;
	/** Aborted when the workflow is stopped. */
	signal?: AbortSignal;
}

/** An answer that arrived. */
export type Answered = Extract<Answer, { kind: 'answered' }>;

/** Maximum number of throttled tries per retry, while other calls succeed. */
const MAX_THROTTLED_TRIES = 10;

/** With this many customers in a row, a failure concerns everyone. */
const MAX_REJECTED_IN_A_ROW = 5;

/** Sends calls, and resends those that had no effect. */
export class Sender {
	/** Set after a rejected key, or after a failure that concerns everyone; every later call fails with it. */
	private fatal?: Failure;

	/** Customers in a row whose calls failed with something that may concern everyone. */
	private readonly rejectedInARow = new Set<string>();

	constructor(private readonly setup: SenderSetup) {}

	private get stopped(): boolean {
		return this.setup.signal?.aborted ?? false;
	}

	/**
	 * Sends a call, and resends it while that is safe: it had no effect and may succeed later.
	 *
	 * @param read - reads the value from a 2xx; undefined if the answer doesn't contain it
	 * @param lookFirst - called before the call is resent after a 429; a value that it returns is the result
	 */
	async request<T>(
		call: Call,
		read: (answer: Answered) => T | undefined,
		lookFirst?: () => Promise<Result<T | undefined>>,
	): Promise<Result<T>> {
		const { send, limiter, clock } = this.setup;
		const sendNow = async (): Promise<Answer | undefined> => {
			// May have been set while this call was queued.
			if (this.fatal) return undefined;
			return this.stopped ? { kind: 'stopped', sent: false } : await send(call);
		};
		for (let tries = 1; ; tries++) {
			if (this.fatal) return { ok: false, failure: this.fatal };
			const answer = await limiter.run(sendNow, (it) => it && this.pauseAfter(it));
			if (!answer) continue;
			const value = isSuccess(answer) ? read(answer) : undefined;
			if (value !== undefined) {
				this.rejectedInARow.clear();
				return { ok: true, value };
			}
			const failure = this.failure(answer, call);
			this.countAgainstEveryone(failure, call);
			const maySend = failure.transient && failure.effect === 'none';
			if (!maySend || this.outOfRetries(answer, tries)) return { ok: false, failure };
			// After a 429 the limiter pauses everyone, this call too.
			if (failure.kind !== 'throttled') {
				await clock.pause(this.askedPause(answer) ?? backoff(tries));
			} else if (lookFirst) {
				const seen = await lookFirst();
				if (seen.ok && seen.value) return { ok: true, value: seen.value };
				// Without a look it must not be sent again.
				if (!seen.ok) return { ok: false, failure };
			}
		}
	}

	/** What an answer other than the expected one means, in words. */
	failure(answer: Answer, call: Call): Failure {
		const retryAfterMs = this.askedPause(answer);
		const failure = failureOf(answer, call, this.setup.context);
		return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
	}

	/** A rejected key concerns every call; anything else only if several customers in a row meet it. */
	private countAgainstEveryone(failure: Failure, { customerId }: Call): void {
		if (failure.kind === 'keyRejected') this.fatal = failure;
		if (!failure.mayConcernEveryone) return;
		this.rejectedInARow.add(customerId);
		if (this.rejectedInARow.size >= MAX_REJECTED_IN_A_ROW) {
			this.fatal = { ...failure, effect: 'none', scope: 'everyone' };
		}
	}

	private askedPause(answer: Answer): number | undefined {
		return answer.kind === 'answered'
			? retryAfter(answer.headers, this.setup.clock.now())
			: undefined;
	}

	/** How long this answer pauses all calls; undefined: it was not throttled. */
	private pauseAfter(answer: Answer): number | undefined {
		if (!isThrottled(answer)) return undefined;
		const asked = this.askedPause(answer);
		// Longer than a run waits: give up on this call without pausing the others.
		if (exceedsMaxWait(asked)) return 0;
		return asked ?? backoff(this.setup.limiter.consecutiveThrottles + 1);
	}

	private outOfRetries(answer: Answer, tries: number): boolean {
		if (exceedsMaxWait(this.askedPause(answer))) return true;
		if (!isThrottled(answer)) return tries > this.setup.maxRetries;
		// Being throttled while others succeed doesn't use up a retry, but is bounded.
		const { limiter, maxRetries } = this.setup;
		return (
			limiter.consecutiveThrottles > maxRetries || tries > MAX_THROTTLED_TRIES * (maxRetries + 1)
		);
	}
}

function isThrottled(answer: Answer): boolean {
	return answer.kind === 'answered' && answer.status === 429;
}

function isSuccess(answer: Answer): answer is Answered {
	return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}
