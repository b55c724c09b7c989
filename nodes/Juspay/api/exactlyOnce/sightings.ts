import type { CustomerAccount } from '../../domain/account';
import type { JuspayClient } from '../client';
import type { Failure } from '../words';
import { STALE } from './createMessages';
import { lookPatiently } from './patience';
import type { Turn } from './turns';

/**
 * What one turn has seen of a customer's accounts. IDs show what a create has brought: the accounts that were not there
 * before, and that belong to no row yet.
 */
export class Sightings {
	/** Whether it is known what was there before the first create. */
	isComplete = false;

	/** Whether Juspay answered the last look with 404 in place of a list. */
	isListMissing = false;

	/** IDs that were there before, or that can't be told apart and so belong to no row any more. */
	private readonly before = new Set<string>();

	private readonly given = new Set<string>();

	/** IDs that creates of this turn have brought. */
	readonly created = new Set<string>();

	/** A list that lacks one of these is stale. */
	private readonly seen = new Set<string>();

	/** @param createdBefore - what turns before have created a moment ago */
	constructor(
		private readonly client: JuspayClient,
		private readonly customerId: string,
		private readonly routingId: string,
		private readonly createdBefore: Turn['createdBefore'],
	) {}

	/** The IDs that a list must show. */
	get known(): ReadonlySet<string> {
		return this.seen;
	}

	/** Lists the accounts, once; {@link STALE} where the list lacks what was seen before. */
	async look(): Promise<CustomerAccount[] | Failure> {
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

	/** Lists the accounts, again and again while the list is stale. */
	async lookUntilFresh(): Promise<CustomerAccount[] | Failure> {
		let listed: CustomerAccount[] | Failure = STALE;
		const look = async () => {
			listed = await this.look();
			return listed === STALE ? undefined : listed;
		};
		await lookPatiently(this.client, look, { atOnce: true });
		return listed;
	}

	/** Looks for the first time: all that is listed was there before. */
	async lookBefore(): Promise<CustomerAccount[] | Failure> {
		const listed = await this.lookUntilFresh();
		if (!Array.isArray(listed)) return listed;
		this.isComplete = true;
		this.setAside(listed);
		return listed;
	}

	/** Of these accounts those that are new and belong to no row yet. */
	fresh(accounts: readonly CustomerAccount[]): CustomerAccount[] {
		return accounts.filter(({ id }) => !this.before.has(id) && !this.given.has(id));
	}

	wasThere({ id }: CustomerAccount): boolean {
		return this.before.has(id);
	}

	/** Juspay's answer to a create shows these. */
	bring(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) {
			this.seen.add(id);
			this.created.add(id);
		}
	}

	/** An account belongs to a row. */
	give({ id }: CustomerAccount, isCreated: boolean): void {
		this.given.add(id);
		if (isCreated) this.created.add(id);
	}

	/** These accounts are not for any further row. */
	setAside(accounts: readonly CustomerAccount[]): void {
		for (const { id } of accounts) this.before.add(id);
	}
}
