import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { Account, CustomerAccount } from '../account/types';
import type { Customer, CustomerDetails } from '../account/customer';
import type { RequestSettings } from '../account/settings';
import type { AccountList } from './accountList';
import { readPages, unfinishedList } from './accountList';
import type { Call } from '../wire/contract';
import type { Clock } from './clock';
import { clockUntil } from './clock';
import * as contract from '../wire/contract';
import { hostOf, secretsOf } from './credential';
import type { ProcessState } from '../once/processState';
import { sharedState } from '../once/processState';
import type { CustomerLock } from '../once/customerLocks';
import { AdaptiveLimiter } from './limiter';
import { backoff } from './pauses';
import type { Result, SenderSetup } from './sender';
import { Sender } from './sender';
import { openTransport } from './transport';
import type { Failure } from './words';

export type { AccountList } from './accountList';
export type { Result } from './sender';

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
export interface ClientSetup extends SenderSetup {
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

/**
 * Juspay's API, one method per endpoint. A method resends only calls that had no effect; `exactlyOnce/` handles the
 * others.
 */
export class JuspayClient {
	private readonly sender: Sender;

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
			context: { host, timeout, concurrency, secrets: secretsOf(credential) },
			signal,
			state: sharedState(host, credential.merchantId),
			note,
		});
	}

	constructor(private readonly setup: ClientSetup) {
		this.sender = new Sender(setup);
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
		return { ok: false, failure: this.sender.failure({ kind: 'stopped', sent: false }, call) };
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
			const read = await readPages(this.sender, customerId, routingId, stopWhen);
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

	/** One account as it is now. */
	async getAccount(
		customerId: string,
		id: string,
		routingId: string,
	): Promise<Result<CustomerAccount>> {
		const got = await this.sender.request(
			contract.getAccount(customerId, id, routingId),
			({ body }) => contract.readAccount(body, customerId, id),
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
		return await this.sender.request(call, (answer) => {
			const read = contract.readAccounts(answer.body, customerId);
			const refusals = read?.refusals ?? [];
			return {
				accounts: read?.accounts ?? [],
				refusals: refusals.map((body) => this.sender.failure({ ...answer, body }, call)),
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
		return await this.sender.request(
			contract.validateAccount(customerId, id, settings),
			({ body }) => contract.readAccount(body, customerId, id),
			look,
		);
	}

	/** Deletes an account. */
	async deleteAccount(customerId: string, id: string, routingId: string): Promise<Result<true>> {
		return await this.sender.request(
			contract.deleteAccount(customerId, id, routingId),
			({ body }) => (contract.readDeleted(body, id) ? true : undefined),
		);
	}

	/** One customer as it is now. */
	async getCustomer(customerId: string, routingId: string): Promise<Result<Customer>> {
		return await this.sender.request(contract.getCustomer(customerId, routingId), ({ body }) =>
			contract.readCustomer(body),
		);
	}

	/** Creates a customer. */
	async createCustomer(
		objectReferenceId: string,
		details: CustomerDetails,
		routingId: string,
	): Promise<Result<Customer>> {
		return await this.sender.request(
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
		return await this.sender.request(
			contract.updateCustomer(customerId, details, routingId),
			({ body }) => contract.readCustomer(body),
		);
	}
}
