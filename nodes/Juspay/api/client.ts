import type { Account, CustomerAccount } from '../accounts/account';
import type { Call, Customer, CustomerDetails, RequestSettings } from './contract';
import * as contract from './contract';
import type { Failure, Surroundings } from './errors';
import { asksTooLong, failureOf, mayStillBeAtWork, unfinishedList } from './errors';
import type { Clock, Pace } from './pace';
import { backoff, decide, retryAfter } from './retry';
import type { Answer, Send } from './transport';

/** What came of a call, after every repetition that was safe. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** What a client works with. */
export interface ClientSetup {
	send: Send;
	pace: Pace;
	clock: Clock;
	/** How often a call is sent again at most, each time only where that is safe. */
	maxRetries: number;
	around: Surroundings;
	/** n8n's sign that the workflow was stopped. */
	signal?: AbortSignal;
}

/**
 * Juspay's customer accounts, one method for each endpoint. A method repeats what is safe to repeat and nothing
 * else; what must be looked up first is the business of `exactlyOnce/`.
 */
export class JuspayClient {
	/** Set once Juspay turned the key or the address away: every further call would end the same. */
	private barred?: Failure;

	constructor(private readonly setup: ClientSetup) {}

	/** How often a call may be sent again. */
	get maxRetries(): number {
		return this.setup.maxRetries;
	}

	/** How it waits: a pause ends when the workflow is stopped. */
	get clock(): Clock {
		return this.setup.clock;
	}

	/** True once the workflow was stopped. */
	get stopped(): boolean {
		return this.setup.signal?.aborted ?? false;
	}

	/**
	 * Waits before a look at what became of a call. After a time-out Juspay may still be at work on it, so that a
	 * look needs more patience before its "not there" counts.
	 */
	async pauseAfter(tries: number, failure: Failure): Promise<void> {
		const patience = mayStillBeAtWork(failure) ? 2000 * tries : 0;
		await this.setup.clock.pause(Math.max(backoff(tries), patience));
	}

	/**
	 * The accounts of a customer, over all pages. A list that names fewer accounts than it says there are is read
	 * again: what it leaves out could be made twice.
	 *
	 * @param enough - stops asking for further pages once it says so
	 */
	async listAccounts(
		customerId: string,
		routingId: string,
		enough: (accounts: CustomerAccount[]) => boolean = () => false,
	): Promise<Result<CustomerAccount[]>> {
		for (let tries = 1; ; tries++) {
			const read = await this.readPages(customerId, routingId, enough);
			if (!read.ok) return read;
			if (read.value.isWhole) return { ok: true, value: read.value.accounts };
			const failure = unfinishedList(this.setup.around);
			if (tries > this.setup.maxRetries || this.stopped) return { ok: false, failure };
			await this.setup.clock.pause(backoff(tries));
		}
	}

	private async readPages(
		customerId: string,
		routingId: string,
		enough: (accounts: CustomerAccount[]) => boolean,
	): Promise<Result<{ accounts: CustomerAccount[]; isWhole: boolean }>> {
		const all = new Map<string, CustomerAccount>();
		for (let offset = 0; ; ) {
			const page = await this.request(
				contract.listAccounts(customerId, routingId, offset),
				(body) => contract.readPage(body, customerId),
			);
			if (!page.ok) return page;
			const { accounts, entries, total } = page.value;
			const known = all.size;
			for (const account of accounts) all.set(account.id, account);
			offset += entries;
			// A page that brings nothing new is the last, whether or not Juspay says how many there are.
			const isLast = all.size === known || offset >= (total ?? Infinity);
			const value = { accounts: [...all.values()], isWhole: all.size >= (total ?? 0) };
			if (enough(value.accounts)) return { ok: true, value: { ...value, isWhole: true } };
			if (isLast) return { ok: true, value };
		}
	}

	/** One account as it stands. */
	async getAccount(
		customerId: string,
		id: string,
		routingId: string,
	): Promise<Result<CustomerAccount>> {
		return await this.request(contract.getAccount(customerId, id, routingId), (body) =>
			contract.readAccount(body, customerId),
		);
	}

	/**
	 * Asks for accounts to be made, in one request. The answer may name fewer than were sent.
	 *
	 * @param validate - also starts their validation, which moves money
	 */
	async createAccounts(
		customerId: string,
		accounts: readonly Account[],
		validate: boolean,
		settings: RequestSettings,
	): Promise<Result<CustomerAccount[]>> {
		return await this.request(
			contract.createAccounts(customerId, accounts, validate, settings),
			(body) => contract.readAccounts(body, customerId),
		);
	}

	/** Starts a validation, which moves money. */
	async validateAccount(
		customerId: string,
		id: string,
		settings: RequestSettings,
	): Promise<Result<CustomerAccount>> {
		return await this.request(contract.validateAccount(customerId, id, settings), (body) =>
			contract.readAccount(body, customerId),
		);
	}

	/** Deletes an account. */
	async deleteAccount(customerId: string, id: string, routingId: string): Promise<Result<true>> {
		return await this.request(contract.deleteAccount(customerId, id, routingId), (body) =>
			contract.readDeleted(body) ? true : undefined,
		);
	}

	/** One customer as it stands. */
	async getCustomer(customerId: string, routingId: string): Promise<Result<Customer>> {
		return await this.request(contract.getCustomer(customerId, routingId), contract.readCustomer);
	}

	/** Creates a customer. */
	async createCustomer(
		objectReferenceId: string,
		details: CustomerDetails,
		routingId: string,
	): Promise<Result<Customer>> {
		return await this.request(
			contract.createCustomer(objectReferenceId, details, routingId),
			contract.readCustomer,
		);
	}

	/** Changes the details that are not empty. */
	async updateCustomer(
		customerId: string,
		details: CustomerDetails,
		routingId: string,
	): Promise<Result<Customer>> {
		return await this.request(
			contract.updateCustomer(customerId, details, routingId),
			contract.readCustomer,
		);
	}

	private async request<T>(call: Call, read: (body: unknown) => T | undefined): Promise<Result<T>> {
		const { send, pace, clock, around } = this.setup;
		const sendUnlessStopped = async (): Promise<Answer> =>
			this.stopped ? { kind: 'stopped', sent: false } : await send(call);
		for (let tries = 1; ; tries++) {
			if (this.barred) return { ok: false, failure: this.barred };
			const answer = await pace.run(sendUnlessStopped, (it) => this.restAfter(it));
			const value =
				answer.kind === 'answered' && answer.status < 300 ? read(answer.body) : undefined;
			const decision = decide(call, answer, value !== undefined);
			if (decision === 'accept') return { ok: true, value: value as T };
			if (decision !== 'repeat' || this.isEnough(answer, tries)) {
				const failure = failureOf(answer, call, around);
				if (barsAll(failure)) this.barred = failure;
				return { ok: false, failure };
			}
			// After a 429 the pace makes everyone wait, this call with them.
			if (!isThrottled(answer)) await clock.pause(this.askedPause(answer) ?? backoff(tries));
		}
	}

	private askedPause(answer: Answer): number | undefined {
		return answer.kind === 'answered'
			? retryAfter(answer.headers, this.setup.clock.now())
			: undefined;
	}

	/** How long everyone waits after this answer; undefined: go on. */
	private restAfter(answer: Answer): number | undefined {
		if (!isThrottled(answer)) return undefined;
		const asked = this.askedPause(answer);
		// Nobody waits that long: this call ends here, and so will the others that are answered like it.
		if (asksTooLong(asked)) return 0;
		return asked ?? backoff(this.setup.pace.fruitlessRests + 1);
	}

	private isEnough(answer: Answer, tries: number): boolean {
		if (asksTooLong(this.askedPause(answer))) return true;
		if (!isThrottled(answer)) return tries > this.setup.maxRetries;
		// While others get through, waiting for one's turn is no retry; but nobody waits for ever.
		const { pace, maxRetries } = this.setup;
		return pace.fruitlessRests > maxRetries || tries > MOST_TURNS * (maxRetries + 1);
	}
}

/** How many turns a call gets for each retry it has, while Juspay lets others through. */
const MOST_TURNS = 10;

function isThrottled(answer: Answer): boolean {
	return answer.kind === 'answered' && answer.status === 429;
}

/** A key that is not accepted stays so, and asking a thousand times more may lock it. */
function barsAll({ scope, httpStatus = 0 }: Failure): boolean {
	return (
		scope === 'everyone' &&
		((httpStatus >= 300 && httpStatus < 400) || [401, 403].includes(httpStatus))
	);
}
