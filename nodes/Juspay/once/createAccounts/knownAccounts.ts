import type { CustomerAccount } from '../../account/types';
import type { JuspayClient } from '../../http/client';
import type { Failure } from '../../http/words';
import { STALE } from './messages';
import type { CustomerLock } from '../customerLocks';
import { lookUntilSettled } from '../lookAgain';

/**
 * Tracks a customer's accounts by ID while this execution has the customer's lock. New IDs show what a create has
 * made: accounts that weren't there before, and that are assigned to no row yet.
 */
export class KnownAccounts {
	/** Whether it is known which accounts existed before the first create. */
	hasBaseline = false;

	/** Whether Juspay answered the last list request with 404. */
	isListMissing = false;

	/** IDs that no row can get: they existed before, or can't be told apart. */
	private readonly excluded = new Set<string>();

	private readonly assigned = new Set<string>();

	/** IDs that creates of this execution have made. */
	readonly created = new Set<string>();

	/** A list without one of these is stale. */
	private readonly seen = new Set<string>();

	/** @param createdBefore - what earlier holders of the lock created a moment ago */
	constructor(
		private readonly client: JuspayClient,
		private readonly customerId: string,
		private readonly routingId: string,
		private readonly createdBefore: CustomerLock['createdBefore'],
	) {}

	/** The IDs that every list must contain. */
	get expected(): ReadonlySet<string> {
		return this.seen;
	}

	/** Lists the accounts once; {@link STALE} if the list lacks one that was seen before. */
	async list(): Promise<CustomerAccount[] | Failure> {
		const listed = await this.client.listAccounts(this.customerId, this.routingId);
		if (!listed.ok) return listed.failure;
		const { accounts, missing } = listed.value;
		this.isListMissing = missing !== undefined;
		const ids = new Set(accounts.map(({ id }) => id));
		this.client.state.emptyLists.observe(ids);
		const { ids: recent, until } = this.createdBefore;
		// After that time somebody else may have deleted it.
		const expected = this.client.clock.now() < until ? [...this.seen, ...recent] : this.seen;
		for (const id of expected) if (!ids.has(id)) return STALE;
		for (const id of ids) this.seen.add(id);
		return accounts;
	}

	/** Lists the accounts, and again while the list is stale. */
	async listUntilCurrent(): Promise<CustomerAccount[] | Failure> {
		let listed: CustomerAccount[] | Failure = STALE;
		const look = async () => {
			listed = await this.list();
			return listed === STALE ? undefined : listed;
		};
		await lookUntilSettled(this.client, look, { immediately: true });
		return listed;
	}

	/** Lists the accounts before the first create: all of them existed before. */
	async listBaseline(): Promise<CustomerAccount[] | Failure> {
		const listed = await this.listUntilCurrent();
		if (!Array.isArray(listed)) return listed;
		this.hasBaseline = true;
		this.exclude(listed);
		return listed;
	}

	/** Those of the accounts that are new and assigned to no row yet. */
	unassigned(accounts: readonly CustomerAccount[]): CustomerAccount[] {
		return accounts.filter(({ id }) => !this.excluded.has(id) && !this.assigned.has(id));
	}

	/** True for an account that no row can get; see {@link exclude}. */
	isExcluded({ id }: CustomerAccount): boolean {
		return this.excluded.has(id);
	}

	/** Notes accounts from the answer to a create. */
	addCreated(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) {
			this.seen.add(id);
			this.created.add(id);
		}
	}

	/** Notes that an account is assigned to a row. */
	assign({ id }: CustomerAccount, isCreated: boolean): void {
		this.assigned.add(id);
		if (isCreated) this.created.add(id);
	}

	/** Notes that no row can get these accounts. */
	exclude(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) this.excluded.add(id);
	}
}
