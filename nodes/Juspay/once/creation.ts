import { identityOf } from '../account/identity';
import type { Outcome } from '../account/output';
import type { RequestSettings, Account, CustomerAccount } from '../account/types';
import type { Failure } from '../http/failure';
import type { WantedAccount } from './ledger';
import { Ledger } from './ledger';
import { listAccounts, lookUntilSettled } from './look';
import type { Doubt } from './doubts';
import * as messages from './messages';
import type { Session } from './session';
import type { Turn } from './turns';

/** What to create for one customer. */
export interface CreateOrder {
	customerId: string;
	/** In input order; may contain the same account several times. */
	accounts: readonly Account[];
	/** Also validate each account that is new, or was never validated. */
	validate: boolean;
	/** Only look up what would happen. */
	dryRun?: boolean;
	/** In a dry run: the customer itself would only be created before, so it need not exist yet. */
	customerIsPlanned?: boolean;
	/** `reuse`: existing accounts are returned; `create`: every account is created. */
	onExisting: 'reuse' | 'create';
	/** Maximum number of accounts per request. */
	perRequest: number;
	settings: RequestSettings;
	/** How long to look for the outcome of a validation, in milliseconds; 12 seconds at least. */
	lookForMs?: number;
	/** Validate an account although an earlier validation of it is in doubt. */
	validateInDoubt?: boolean;
}

/** Accounts that are sent in one request. */
export interface Batch {
	entries: WantedAccount[];
	/** How often they were sent and then proven not to exist. */
	tries: number;
	/** Part of a batch that was refused. */
	isPart?: boolean;
	/** Those that are sent alone before: what becomes of them decides whether the others are sent at all. */
	samples?: WantedAccount[];
}

/**
 * State of one create while it has its turn with the customer: what is wanted, which accounts are new, what is in doubt.
 * New IDs show what a create has made: accounts that weren't there before, and that no row has yet.
 */
export class Creation {
	readonly ledger: Ledger;

	/** Whether it is known which accounts existed before the first create. */
	hasBaseline = false;

	/** When the last complete list was asked for, in milliseconds since the epoch. */
	listedAt = -Infinity;

	/** Whether Juspay answered the last list request with 404. */
	isListMissing = false;

	/** Whether the customer had no accounts in the list that the creates rest on. */
	restsOnEmptyList = false;

	/** IDs that no row can get: they existed before, or can't be told apart. */
	private readonly excluded = new Set<string>();

	private readonly assigned = new Set<string>();

	/** IDs that answers to the creates of this turn have named as new. */
	private readonly seenInAnswers = new Set<string>();

	/** IDs that a list of this turn, or an answer to its creates, has shown: a list without one of them is stale. */
	private readonly seen = new Set<string>();

	/** Entries that other processes see as sent, and that are taken back where that had no effect. */
	readonly claimed = new Set<WantedAccount>();

	/** The request of each entry whose outcome isn't known yet. */
	private readonly doubts = new Map<WantedAccount, Doubt>();

	constructor(
		readonly session: Session,
		readonly order: CreateOrder,
		readonly turn: Turn,
	) {
		this.ledger = new Ledger(order.accounts, order.onExisting === 'reuse');
	}

	/** Empty: the customer's ID. */
	get routingId(): string {
		const { routingId } = this.order.settings;
		return routingId === this.order.customerId ? '' : routingId;
	}

	get now(): number {
		return this.session.client.clock.now();
	}

	// --- lists ----------------------------------------------------------------------------------------------------------

	/** Lists the accounts once; {@link messages.STALE} if the list lacks one that was seen in this turn. */
	async list(): Promise<CustomerAccount[] | Failure> {
		const requestedAt = this.now;
		const listed = await listAccounts(this.session, this.order.customerId, this.routingId);
		if (!listed.ok) return listed.failure;
		const { accounts, missing } = listed.value;
		this.isListMissing = missing !== undefined;
		const ids = new Set(accounts.map(({ id }) => id));
		for (const id of this.seen) if (!ids.has(id)) return messages.STALE;
		this.listedAt = requestedAt;
		for (const id of ids) this.seen.add(id);
		return accounts;
	}

	/** Lists the accounts, and again while the list is stale. */
	async listUntilCurrent(): Promise<CustomerAccount[] | Failure> {
		let listed: CustomerAccount[] | Failure = messages.STALE;
		const look = async () => {
			listed = await this.list();
			return listed === messages.STALE ? undefined : listed;
		};
		await lookUntilSettled(this.session, look, { immediately: true });
		return listed;
	}

	/** Lists the accounts before the first create: all of them existed before. */
	async listBaseline(): Promise<CustomerAccount[] | Failure> {
		const listed = await this.list();
		if (!Array.isArray(listed)) return listed;
		this.hasBaseline = true;
		this.exclude(listed);
		return listed;
	}

	/** Those of the accounts that are new and assigned to no row yet. */
	unassigned(accounts: readonly CustomerAccount[]): CustomerAccount[] {
		return accounts.filter(
			(account) => !this.isExcluded(account) && !this.assigned.has(account.id),
		);
	}

	/**
	 * Those of the accounts that weren't there before and are assigned to no row, whoever else has found them: an execution
	 * that knows the customer under another name may have been faster.
	 */
	appeared(accounts: readonly CustomerAccount[]): CustomerAccount[] {
		return accounts.filter(({ id }) => !this.excluded.has(id) && !this.assigned.has(id));
	}

	/** True for an account that no row can get; see {@link exclude}. */
	isExcluded({ id }: CustomerAccount): boolean {
		const isOwn = this.assigned.has(id) || this.seenInAnswers.has(id);
		const { memory } = this.session;
		// One that this process may have deleted is not new either: the list may be late.
		const isOld = memory.knows(id) || memory.mayHaveDeleted(id, this.now);
		return this.excluded.has(id) || (!isOwn && isOld);
	}

	/** Notes that no row can get these accounts. */
	exclude(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) this.excluded.add(id);
	}

	/** Notes accounts from the answer to a create: lists must show them from now on. */
	addCreated(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) {
			this.seen.add(id);
			this.seenInAnswers.add(id);
		}
	}

	// --- results --------------------------------------------------------------------------------------------------------

	/** Gives an account to an entry, and remembers it. */
	settle(entry: WantedAccount, account: CustomerAccount, outcome: Outcome): void {
		this.ledger.settle(entry, account, outcome);
		this.assigned.add(account.id);
		this.remember(entry, account, outcome);
	}

	/** Remembers whose account it is, and forgets the requests that it settles. */
	remember(entry: WantedAccount, account: CustomerAccount, outcome: Outcome): void {
		const { memory } = this.session;
		const { customerId } = this.order;
		const createdAt = this.doubts.get(entry)?.sentAt;
		this.forget(entry);
		if (this.order.onExisting === 'reuse') {
			memory.doubts.settleSame(customerId, entry.wanted, this.now);
		}
		const fact = { customerId, account: entry.wanted, routingId: this.routingId };
		memory.know(account.id, fact, outcome === 'created', this.now, createdAt);
	}

	/** Marks those of the entries that are still open as failed. */
	fail(entries: readonly WantedAccount[], failure: Failure): void {
		for (const entry of this.ledger.open(entries)) {
			const isDoubt =
				failure.effect === 'unknown' &&
				failure.settlesAt === undefined &&
				failure.kind !== 'stopped';
			const settlesAt = isDoubt ? { settlesAt: this.settlesFrom([entry]) } : {};
			entry.result = { failure: { ...failure, ...settlesAt } };
			if (failure.effect === 'none') this.hadNoEffect(entry);
		}
	}

	// --- doubts ---------------------------------------------------------------------------------------------------------

	/** Notes that a request with the entries is handed to n8n: until its outcome is known, they may be created. */
	sent(entries: readonly WantedAccount[]): void {
		for (const entry of entries) {
			this.forget(entry);
			const { memory } = this.session;
			const doubt = memory.doubts.add(
				this.order.customerId,
				entry.wanted,
				this.routingId,
				this.now,
			);
			this.doubts.set(entry, doubt);
		}
	}

	/** The requests of the entries whose outcome isn't known. */
	doubtsOf(entries: readonly WantedAccount[]): Doubt[] {
		return entries.flatMap((entry) => this.doubts.get(entry) ?? []);
	}

	/** Notes that the answer about the entries is lost; after a Stop once more, where the request ends. */
	lost(entries: readonly WantedAccount[]): void {
		for (const doubt of this.doubtsOf(entries)) doubt.lostAt = this.now;
	}

	/** Notes that Juspay accepted the entries without showing their accounts: they may be created at any time. */
	accepted(entries: readonly WantedAccount[]): void {
		for (const doubt of this.doubtsOf(entries)) doubt.isAccepted = true;
	}

	/** From when on lists can settle the entries, in milliseconds since the epoch. */
	settlesAt(entries: readonly WantedAccount[]): number {
		return this.session.memory.doubts.settleAt(this.doubtsOf(entries), this.now);
	}

	/** From when on another run can settle the entries, in milliseconds since the epoch. */
	settlesFrom(entries: readonly WantedAccount[]): number {
		return Math.max(this.now, this.settlesAt(entries));
	}

	/** Whether another request for this customer may still take effect: new accounts may belong to that one. */
	hasOtherDoubt(entries: readonly WantedAccount[]): boolean {
		const own = new Set(this.doubtsOf(entries));
		const { customerId } = this.order;
		return this.session.memory.doubts.of(customerId, this.now).some((doubt) => !own.has(doubt));
	}

	/** Forgets the requests of entries whose outcome is known. */
	forgetRequests(entries: readonly WantedAccount[]): void {
		for (const entry of entries) this.forget(entry);
	}

	/** Forgets the request of an entry that is known to have had no effect, also for other processes. */
	private hadNoEffect(entry: WantedAccount): void {
		if (this.claimed.delete(entry)) {
			const what = recordOfCreate(this.order.customerId, entry.wanted);
			this.turn.hold(this.session.record.release(what, 'quarter'));
		}
		this.forget(entry);
	}

	/** Forgets the request of an entry whose outcome is known. */
	private forget(entry: WantedAccount): void {
		const doubt = this.doubts.get(entry);
		if (doubt) this.session.memory.doubts.settle(this.order.customerId, doubt);
		this.doubts.delete(entry);
	}
}

/** What is recorded of a create, for other processes. Two letter cases of a customer's ID are most likely one customer. */
export function recordOfCreate(customerId: string, account: Account): string {
	return `create ${customerId.toLowerCase()} ${identityOf(account)}`;
}

/** The IDs of accounts. */
export function idsOf(accounts: readonly CustomerAccount[]): string[] {
	return accounts.map(({ id }) => id);
}

/** Whether two lists show the same accounts. */
export function haveSameIds(one: CustomerAccount[], other: CustomerAccount[]): boolean {
	const ids = new Set(one.map(({ id }) => id));
	return one.length === other.length && other.every(({ id }) => ids.has(id));
}
