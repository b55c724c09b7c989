import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Call } from '../wire/contract';
import type { Clock } from './clock';
import { clockUntil, backoff, exceedsMaxWait, retryAfter, Stopping } from './clock';
import { hostOf, secretsOf } from './credential';
import type { Pace } from './limiter';
import { AdaptiveLimiter } from './limiter';
import type { Answer, Send } from './transport';
import { openTransport } from './transport';
import type { ErrorContext } from './messages';
import type { Failure } from './failure';
import { failureOf } from './messages';

/** Result of a call, after every retry that was safe. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** How a client sends its requests. */
export interface ClientOptions {
	/** Maximum number of concurrent requests. */
	concurrency: number;
	/** Time per request, in seconds. */
	timeout: number;
	/** Maximum number of retries per call, each only where that is safe. */
	maxRetries: number;
}

/** What a client works with. */
interface ClientSetup {
	send: Send;
	limiter: AdaptiveLimiter;
	clock: Clock;
	/** Maximum number of retries per call, each only where that is safe. */
	maxRetries: number;
	context: ErrorContext;
	/** The merchant's ID at Juspay; undefined where the credential can't be used at all. */
	merchantId?: string;
	/** Aborted when the workflow is stopped. */
	signal?: AbortSignal;
}

/** What to do around a call that changes something. */
export interface Around<T> {
	/** Called each time that the request is handed to n8n: from then on it may take effect. */
	onSend?(): void;
	/** Looks before the call is resent after a 429; a value that it returns is the result. */
	lookFirst?(): Promise<Result<T | undefined>>;
	/** Takes what comes of a request that was under way when the workflow was stopped. */
	late?(result: Promise<Result<T>>): void;
}

/** The status of a request that a rate limiter turned away. */
const TOO_MANY = 429;

/** Maximum number of throttled tries per retry, while other calls succeed. */
const MAX_THROTTLED_TRIES = 10;

/** The pause after a 429 that asks for none, in milliseconds: limits are counted by the second. */
const LEAST_THROTTLE_PAUSE = 1000;

/** With this many customers in a row, a failure concerns everyone. */
const MAX_REJECTED_IN_A_ROW = 5;

/** Slow-downs in which a call was given up as throttled, without a success in between, before it isn't sent any more. */
const MAX_HOPELESS_ROUNDS = 5;

/**
 * Sends calls, and resends those that are known to have had no effect. What may have taken effect is left to `once/`.
 */
export class JuspayClient {
	/** Set after a rejected key, or after a failure that concerns everyone; every later call fails with it. */
	private fatal?: Failure;

	/** Customers, or UPI IDs, in a row whose calls failed with something that may concern everyone. */
	private readonly rejectedInARow = new Set<string>();

	/** By call, the slow-downs in which it was given up since it last succeeded. */
	private readonly hopelessRounds = new Map<string, Set<number>>();

	/** What a call fails with that Juspay has throttled for so long that it isn't sent any more, by call. */
	private readonly closed = new Map<string, Failure>();

	private readonly stop: Stopping;

	/** Resolves when the workflow is stopped. */
	readonly stopping: Promise<'stopped'>;

	/** Juspay's host, as messages name it. */
	readonly host: string;

	/** The merchant's ID at Juspay; undefined where the credential can't be used at all. */
	readonly merchantId: string | undefined;

	/** Maximum number of retries per call. */
	readonly maxRetries: number;

	/** Its pauses end when the workflow is stopped. */
	readonly clock: Clock;

	/**
	 * Opens a client with the node's credential; all its calls share one limiter.
	 *
	 * @param signal - aborted when the workflow is stopped
	 */
	static async open(
		functions: IAllExecuteFunctions,
		{ concurrency, timeout, maxRetries }: ClientOptions,
		signal?: AbortSignal,
	): Promise<JuspayClient> {
		const { send, credential } = await openTransport(functions, timeout * 1000, signal);
		const clock = clockUntil(signal);
		return new JuspayClient({
			send,
			limiter: new AdaptiveLimiter(concurrency, clock),
			clock,
			maxRetries,
			context: {
				host: hostOf(credential),
				timeout,
				concurrency,
				secrets: secretsOf(credential),
			},
			...(credential.fault === undefined && { merchantId: credential.merchantId }),
			signal,
		});
	}

	constructor(private readonly setup: ClientSetup) {
		this.host = setup.context.host;
		this.merchantId = setup.merchantId;
		this.maxRetries = setup.maxRetries;
		this.clock = setup.clock;
		this.stop = Stopping.of(setup.signal);
		this.stopping = new Promise((resolve) => this.stop.onStop(() => resolve('stopped')));
	}

	/** True once the workflow was stopped. */
	get stopped(): boolean {
		return this.stop.isStopped;
	}

	/**
	 * Sends a call, and resends it while that is safe: it had no effect and may succeed later.
	 *
	 * @returns what its answer says; a failure where it says something else, or never came
	 */
	async send<T>(call: Call<T>, around: Around<T> = {}): Promise<Result<T>> {
		for (let tries = 1; ; tries++) {
			const over = this.overFor(call);
			if (over) return { ok: false, failure: over };
			const result = await this.setup.limiter.run(
				// The key may have been rejected while this call was queued.
				async () => (this.overFor(call) ? undefined : await this.sendOnce(call, around)),
				(done) => this.paceOf(done),
			);
			if (!result) continue;
			if (result.ok) {
				this.hopelessRounds.delete(call.name);
				return result;
			}
			const { failure } = result;
			const maySend = failure.transient && failure.effect === 'none';
			if (!maySend) return result;
			if (this.outOfRetries(failure, tries)) {
				if (failure.kind === 'throttled') this.countHopeless(call, failure);
				return result;
			}
			// After a 429 the limiter pauses everyone, this call too.
			if (failure.kind !== 'throttled') {
				await this.clock.pause(Math.max(failure.retryAfterMs ?? 0, backoff(tries)));
			} else if (around.lookFirst) {
				const seen = await around.lookFirst();
				if (seen.ok && seen.value !== undefined) return { ok: true, value: seen.value };
				// Without a look it must not be sent again.
				if (!seen.ok) return result;
			}
		}
	}

	/** Why the call is not sent any more; undefined where it is. */
	private overFor({ name }: Call): Failure | undefined {
		return this.fatal ?? this.closed.get(name);
	}

	/** Thousands of rows would each wait for a limit, such as a day's, that no pause gets below. */
	private countHopeless({ name }: Call, failure: Failure): void {
		const rounds = this.hopelessRounds.get(name) ?? new Set();
		this.hopelessRounds.set(name, rounds.add(this.setup.limiter.slowDowns));
		if (rounds.size >= MAX_HOPELESS_ROUNDS) this.closed.set(name, failure);
	}

	/** What an answer other than the expected one means, in words. */
	failure(answer: Answer, call: Call): Failure {
		const failure = failureOf(answer, call, this.setup.context);
		const retryAfterMs =
			answer.kind === 'answered' ? retryAfter(answer.headers, this.clock.now()) : undefined;
		return retryAfterMs === undefined ? failure : { ...failure, retryAfterMs };
	}

	/** An error object in the place of an account, as an answer of its own. */
	refusal(body: unknown, call: Call, status: number): Failure {
		return this.failure({ kind: 'answered', status, headers: {}, body }, call);
	}

	/**
	 * Sends once. When the workflow is stopped, nobody waits any longer: a request that changes something goes on all the
	 * same, and what comes of it is handed to `late`.
	 */
	private async sendOnce<T>(call: Call<T>, { onSend, late }: Around<T>): Promise<Result<T>> {
		if (this.stopped) return this.resultOf(call, { kind: 'stopped', sent: false });
		let isSent = false;
		const sending = this.setup.send(call, () => {
			isSent = true;
			onSend?.();
		});
		const coming = sending.then((answer) => this.resultOf(call, answer));
		const result = await this.orStopped(coming);
		if (result) {
			this.countAgainstEveryone(result, call);
			return result;
		}
		// What is not handed over by now never is.
		if (isSent) late?.(coming);
		return this.resultOf(call, { kind: 'stopped', sent: isSent });
	}

	/** What comes first: the value, or undefined where the workflow is stopped. */
	private async orStopped<T>(coming: Promise<T>): Promise<T | undefined> {
		return await new Promise<T | undefined>((resolve, reject) => {
			const stopListening = this.stop.onStop(() => resolve(undefined));
			coming.then(resolve, reject).finally(stopListening);
		});
	}

	private resultOf<T>(call: Call<T>, answer: Answer): Result<T> {
		const isSuccess = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
		const value = isSuccess ? call.read(answer) : undefined;
		return value === undefined
			? { ok: false, failure: this.failure(answer, call) }
			: { ok: true, value };
	}

	/** A rejected key concerns every call; anything else only if several customers in a row meet it. */
	private countAgainstEveryone(result: Result<unknown>, { customerId, form }: Call): void {
		if (result.ok) return this.rejectedInARow.clear();
		const { failure } = result;
		const everyones = { ...failure, effect: 'none', scope: 'everyone' } as const;
		if (failure.kind === 'keyRejected' && !failure.mayConcernEveryone) this.fatal = everyones;
		// The merchant's configuration is the same for all that is asked about no customer.
		const isForAll = customerId === '' && failure.kind === 'setUp';
		if (!failure.mayConcernEveryone && !isForAll) return;
		// A call about no customer is told from the next one by what it asks.
		this.rejectedInARow.add(customerId || JSON.stringify(form));
		// Of as many as are under way, somebody may get through yet.
		const most = Math.max(MAX_REJECTED_IN_A_ROW, this.setup.limiter.underWay + 1);
		if (this.rejectedInARow.size >= most) this.fatal = everyones;
	}

	/** What the result of a request tells the limiter. */
	private paceOf(result: Result<unknown> | undefined): Pace {
		if (!result) return 'neutral';
		if (result.ok) return 'ok';
		const { httpStatus = 0, retryAfterMs } = result.failure;
		if (httpStatus === 0 || httpStatus >= 500) return 'neutral';
		if (httpStatus !== TOO_MANY) return 'ok';
		// Longer than a run waits: give up on this call without pausing the others.
		if (exceedsMaxWait(retryAfterMs)) return 0;
		// A pause of nothing, or one that is over, would be throttled again.
		const least = backoff(this.setup.limiter.consecutiveThrottles + 1);
		return Math.max(retryAfterMs || LEAST_THROTTLE_PAUSE, least);
	}

	private outOfRetries({ httpStatus, retryAfterMs }: Failure, tries: number): boolean {
		if (exceedsMaxWait(retryAfterMs)) return true;
		if (httpStatus !== TOO_MANY) return tries > this.maxRetries;
		// Being throttled while others succeed doesn't use up a retry, but is bounded.
		const isStuck = this.setup.limiter.consecutiveThrottles > this.maxRetries;
		return isStuck || tries > MAX_THROTTLED_TRIES * (this.maxRetries + 1);
	}
}
