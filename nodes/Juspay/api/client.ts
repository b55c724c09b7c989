import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Account, CustomerAccount } from '../domain/account';
import type { Customer, CustomerDetails } from '../domain/customer';
import type { RequestSettings } from '../domain/settings';
import type { AccountsRead, Call } from './contract';
import type { Clock } from './clock';
import { clockUntil } from './clock';
import * as contract from './contract';
import { hostOf, secretsOf } from './credential';
import type { ProcessState } from './exactlyOnce/processState';
import { sharedState } from './exactlyOnce/processState';
import type { CustomerLock } from './exactlyOnce/customerLocks';
import { AdaptiveLimiter } from './limiter';
import { backoff, exceedsMaxWait, retryAfter } from './pauses';
import type { Answer, Send } from './transport';
import { openTransport } from './transport';
import type { ErrorContext, Failure } from './words';
import { failureOf, LATER } from './words';

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
export interface ClientSetup {
	send: Send;
	limiter: AdaptiveLimiter;
	clock: Clock;
	/** Maximum number of retries per call, each only where that is safe. */
	maxRetries: number;
	context: ErrorContext;
	/** Aborted when the workflow is stopped. */
	signal?: AbortSignal;
	/** What the executions of this process share about the host and the merchant. */
	state: ProcessState;
	/** Tells the user something after the run; must contain no account data. */
	note?: (message: string) => void;
}

/** A 2xx answer to a create. It may contain fewer accounts than were sent, or none that can be read. */
export interface CreateAnswer {
	accounts: CustomerAccount[];
	/** Refusals beside the accounts or instead of them. */
	refusals: Failure[];
}

/** A customer's accounts, over all pages. */
export interface AccountList {
	accounts: CustomerAccount[];
	/** Juspay's 404 instead of a list: the customer has no accounts yet, or doesn't exist. */
	missing?: Failure;
}

/**
 * Juspay's API, one method per endpoint. A method resends only calls that had no effect; `exactlyOnce/` handles the
 * others.
 */
export class JuspayClient {
	/** Set after a rejected key, or after a failure that concerns everyone; every later call fails with it. */
	private fatal?: Failure;

	/** Customers in a row whose calls failed with something that may concern everyone. */
	private readonly rejectedInARow = new Set<string>();

	private readonly stop: Promise<'stopped'>;

	/**
	 * Opens a client with the node's credential; all its calls share one limiter.
	 *
	 * @param signal - aborted when the workflow is stopped
	 * @param note - tells the user something after the run
	 */
	static async open(
		functions: IAllExecuteFunctions,
		{ concurrency, timeout, maxRetries }: ClientOptions,
		signal?: AbortSignal,
		note?: (message: string) => void,
	): Promise<JuspayClient> {
		const { send, credential } = await openTransport(functions, timeout * 1000, signal);
		const clock = clockUntil(signal);
		const host = hostOf(credential);
		return new JuspayClient({
			send,
			limiter: new AdaptiveLimiter(concurrency, clock),
			clock,
			maxRetries,
			context: { host, timeout, secrets: secretsOf(credential) },
			signal,
			state: sharedState(host, credential.merchantId),
			note,
		});
	}

	constructor(private readonly setup: ClientSetup) {
		const { signal } = setup;
		this.stop = new Promise((resolve) => {
			if (signal?.aborted) resolve('stopped');
			else signal?.addEventListener('abort', () => resolve('stopped'), { once: true });
		});
	}

	/** Maximum number of retries per call. */
	get maxRetries(): number {
		return this.setup.maxRetries;
	}

	/** Its pauses end when the workflow is stopped. */
	get clock(): Clock {
		return this.setup.clock;
	}

	/** True once the workflow was stopped. */
	get stopped(): boolean {
		return this.setup.signal?.aborted ?? false;
	}

	/** What the executions of this process share. */
	get state(): ProcessState {
		return this.setup.state;
	}

	/** Resolves when the workflow is stopped. */
	get stopping(): Promise<'stopped'> {
		return this.stop;
	}

	/** Tells the user something after the run; must contain no account data. */
	note(message: string): void {
		this.setup.note?.(message);
	}

	/**
	 * Runs `work` with the lock on a customer: no other execution of this process changes the customer meanwhile.
	 *
	 * @returns what `work` returned; a failure if the workflow was stopped before the lock was free
	 */
	async withLock<T>(
		customerId: string,
		work: (lock: CustomerLock) => Promise<T>,
	): Promise<Result<T>> {
		const { clock, state } = this.setup;
		const value = await state.locks.run(
			customerId,
			() => clock.now(),
			this.stop,
			async (lock) => {
				// A create of an earlier execution may still take effect: no look proves anything until then.
				if (lock.doubtUntil > clock.now()) await clock.pause(lock.doubtUntil - clock.now());
				return { done: await work(lock) };
			},
		);
		if (value) return { ok: true, value: value.done };
		const call: Call = {
			...contract.listAccounts(customerId, '', 0),
			name: 'work on the customer',
		};
		return { ok: false, failure: this.failure({ kind: 'stopped', sent: false }, call) };
	}

	/**
	 * The accounts of a customer, over all pages. An incomplete list, by its total or with entries that
	 * can't be read, is read again: what it lacks could be created twice.
	 *
	 * @param stopWhen - stops reading further pages once it returns true
	 */
	async listAccounts(
		customerId: string,
		routingId: string,
		stopWhen: (accounts: CustomerAccount[]) => boolean = () => false,
	): Promise<Result<AccountList>> {
		const shown = new Set<string>();
		for (let tries = 1; ; tries++) {
			const read = await this.readPages(customerId, routingId, stopWhen);
			if (!read.ok) return read;
			const { isWhole, ...list } = read.value;
			for (const account of list.accounts) this.state.validations.observe(customerId, account);
			// A complete list contains everything that an incomplete one has shown.
			const ids = new Set(list.accounts.map(({ id }) => id));
			if (isWhole && [...shown].every((id) => ids.has(id))) return { ok: true, value: list };
			for (const id of ids) shown.add(id);
			const failure = unfinishedList(this.setup.context);
			if (tries > this.setup.maxRetries || this.stopped) return { ok: false, failure };
			await this.setup.clock.pause(backoff(tries));
		}
	}

	private async readPages(
		customerId: string,
		routingId: string,
		stopWhen: (accounts: CustomerAccount[]) => boolean,
	): Promise<Result<AccountList & { isWhole: boolean }>> {
		const all = new Map<string, CustomerAccount>();
		let unread = 0;
		let total: number | undefined;
		for (let offset = 0; ; ) {
			const page = await this.request(
				contract.listAccounts(customerId, routingId, offset),
				(answer) => readPage(answer, customerId),
			);
			const accounts = () => [...all.values()];
			if (!page.ok) {
				// There may be nothing beyond the last page.
				const isBeyond = offset > 0 && [400, 404].includes(page.failure.httpStatus ?? 0);
				if (isBeyond) break;
				if (page.failure.kind !== 'missing') return page;
				return { ok: true, value: { accounts: [], missing: page.failure, isWhole: true } };
			}
			const known = all.size;
			for (const account of page.value.accounts) all.set(account.id, account);
			unread += page.value.entries - page.value.accounts.length;
			total = page.value.total ?? total;
			offset += page.value.entries;
			if (stopWhen(accounts())) return { ok: true, value: { accounts: accounts(), isWhole: true } };
			// A page without anything new is the last one, whatever the total.
			const isNothingNew = all.size === known || page.value.entries === 0;
			if (isNothingNew || !mayGoOn(page.value, offset, total)) break;
		}
		const isWhole = unread === 0 && all.size >= (total ?? 0);
		return { ok: true, value: { accounts: [...all.values()], isWhole } };
	}

	/** One account as it is now. */
	async getAccount(
		customerId: string,
		id: string,
		routingId: string,
	): Promise<Result<CustomerAccount>> {
		const got = await this.request(contract.getAccount(customerId, id, routingId), ({ body }) =>
			contract.readAccount(body, customerId, id),
		);
		if (got.ok) this.state.validations.observe(customerId, got.value);
		return got;
	}

	/** Creates accounts with one request. Every 2xx is an answer, whatever it contains. */
	async createAccounts(
		customerId: string,
		accounts: readonly Account[],
		settings: RequestSettings,
	): Promise<Result<CreateAnswer>> {
		const call = contract.createAccounts(customerId, accounts, settings);
		return await this.request(call, (answer) => {
			const read = contract.readAccounts(answer.body, customerId);
			const refusals = read?.refusals ?? [];
			return {
				accounts: read?.accounts ?? [],
				refusals: refusals.map((body) => this.failure({ ...answer, body }, call)),
			};
		});
	}

	/**
	 * Starts a validation, which moves money.
	 *
	 * @param look - looks at the account before the call is resent after a 429; gives the account where it has moved
	 */
	async validateAccount(
		customerId: string,
		id: string,
		settings: RequestSettings,
		look: () => Promise<Result<CustomerAccount | undefined>>,
	): Promise<Result<CustomerAccount>> {
		return await this.request(
			contract.validateAccount(customerId, id, settings),
			({ body }) => contract.readAccount(body, customerId, id),
			look,
		);
	}

	/** Deletes an account. */
	async deleteAccount(customerId: string, id: string, routingId: string): Promise<Result<true>> {
		return await this.request(contract.deleteAccount(customerId, id, routingId), ({ body }) =>
			contract.readDeleted(body, id) ? true : undefined,
		);
	}

	/** One customer as it is now. */
	async getCustomer(customerId: string, routingId: string): Promise<Result<Customer>> {
		return await this.request(contract.getCustomer(customerId, routingId), ({ body }) =>
			contract.readCustomer(body),
		);
	}

	/** Creates a customer. */
	async createCustomer(
		objectReferenceId: string,
		details: CustomerDetails,
		routingId: string,
	): Promise<Result<Customer>> {
		return await this.request(
			contract.createCustomer(objectReferenceId, details, routingId),
			({ body }) => contract.readCustomer(body),
		);
	}

	/** Changes the details that are not empty. */
	async updateCustomer(
		customerId: string,
		details: CustomerDetails,
		routingId: string,
	): Promise<Result<Customer>> {
		return await this.request(contract.updateCustomer(customerId, details, routingId), ({ body }) =>
			contract.readCustomer(body),
		);
	}

	/**
	 * Sends a call, and resends it while that is safe: it had no effect and may succeed later.
	 *
	 * @param read - reads the value from a 2xx; undefined if the answer doesn't contain it
	 * @param lookFirst - called before the call is resent after a 429; a value that it returns is the result
	 */
	private async request<T>(
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

	private failure(answer: Answer, call: Call): Failure {
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

type Answered = Extract<Answer, { kind: 'answered' }>;

/** Maximum number of throttled tries per retry, while other calls succeed. */
const MAX_THROTTLED_TRIES = 10;

/** With this many customers in a row, a failure concerns everyone. */
const MAX_REJECTED_IN_A_ROW = 5;

function isThrottled(answer: Answer): boolean {
	return answer.kind === 'answered' && answer.status === 429;
}

function isSuccess(answer: Answer): answer is Answered {
	return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

/** One page of a list. A 204 has no accounts; an error object isn't a page. */
function readPage({ status, body }: Answered, customerId: string): AccountsRead | undefined {
	if (status === 204) return contract.readAccounts([], customerId);
	return contract.isErrorObject(body) ? undefined : contract.readAccounts(body, customerId);
}

/**
 * Whether there may be another page. One page is normal; a total that equals a full-looking page may count that page
 * alone.
 */
function mayGoOn({ entries }: AccountsRead, read: number, total: number | undefined): boolean {
	if (total !== read) return true;
	return entries === read && entries >= 10 && entries % 10 === 0;
}

/** For a list with fewer accounts than its total, or with entries that can't be read. */
function unfinishedList({ host }: ErrorContext): Failure {
	return {
		kind: 'unreadable',
		effect: 'none',
		transient: true,
		scope: 'customer',
		code: 'UNFINISHED_LIST',
		message: "Juspay's list of the customer's accounts is incomplete",
		description: `${host} lists fewer accounts than it counts, or entries that can't be read. Nothing was created, to avoid duplicates. ${LATER}. If it happens again, please report it to the makers of this node.`,
	};
}
