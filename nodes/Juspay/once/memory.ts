import { isFinal } from '../account/status';
import type { Account, CustomerAccount } from '../account/types';
import { forgetOldest, setNewest } from '../lists';
import { Doubts, LATE_EFFECT_MS } from './doubts';
import { Validations } from './validations';

/** How long facts are kept, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** More facts of a kind than this are forgotten, the oldest first; about 30 MB. */
const MOST_KEPT = 100_000;

/** How often accounts are forgotten that nobody has seen for so long, in milliseconds. */
const SHRINKS_AFTER_MS = 60 * 1000;

/** No list is later than this, in milliseconds. */
const LONGEST_LAG_MS = 10 * 60 * 1000;

/** An account that a row was given: this process created it, or found it. */
export interface KnownAccount {
	id: string;
	/** The customer as the workflow named it. */
	customerId: string;
	/** What was wanted when it was created or found. */
	account: Account;
	/** Empty: the customer's ID. */
	routingId: string;
	/** Whether this process created it. */
	isCreated: boolean;
	/** When that was, in milliseconds since the epoch. */
	at: number;
	/** When this process first knew that it is there, in milliseconds since the epoch: it may be no older. */
	knownSince: number;
	/** When a list or a Get showed it last, in milliseconds since the epoch. */
	seenAt: number;
	/** Whether a list has shown it. */
	isListed: boolean;
	/** The age, in milliseconds, at which a list lacked it last, and no later list has shown it since. */
	lackedAt?: number;
}

const keyOf = (customerId: string, id: string) => JSON.stringify([customerId, id]);
const customerGroup = (customerId: string) => `customer ${customerId.toLowerCase()}`;
const accountGroup = (id: string) => `account ${id}`;
const groupsOf = (customerId: string, id: string) => [customerGroup(customerId), accountGroup(id)];

/**
 * What this n8n process did at one host and what is unsettled, as facts with their times: lists may lack what was created
 * and show what was deleted. Facts about an account go by its ID, doubts by the customer as named.
 */
export class Memory {
	/** By the customer as named, and the account's ID: one account may be known under two names of its customer. */
	private readonly accounts = new Map<string, KnownAccount>();

	/** The keys of {@link accounts} by customer, in lower case, and by account ID. */
	private readonly keysOf = new Map<string, Set<string>>();

	/** When accounts are forgotten next that nobody has seen for long, in milliseconds since the epoch. */
	private shrinksAt = 0;

	/** IDs that an answer to a create has named, without showing which row's they are. */
	private readonly unclear = new Map<string, true>();

	/** When this process deleted an account, in milliseconds since the epoch, and for which customer alone, if not for all. */
	private readonly deletions = new Map<string, { at: number; customer?: string }>();

	/** When a delete was sent whose answer was lost, in milliseconds since the epoch. */
	private readonly deletesInDoubt = new Map<string, number>();

	/** The creates whose outcome is not known. */
	readonly doubts = new Doubts((routingId) => this.settleMs(routingId));

	/** The validations that were sent. */
	readonly validations = new Validations();

	/** The greatest age, in milliseconds, at which a list still lacked an account that a later list showed. */
	private lag = 0;

	/**
	 * By routing ID under which a list has shown an account that this process had created and nobody validated yet: the
	 * youngest age, in milliseconds, of which lists are known to show such an account.
	 */
	private readonly youngestShown = new Map<string, number>();

	/** Whether a list under this routing ID has shown a new account: then an empty list shows that there is none. */
	showsNew(routingId: string): boolean {
		return this.youngestShown.has(routingId);
	}

	/**
	 * How old something must be before its absence from a list or a Get shows that it isn't there, in milliseconds. While
	 * lists have shown nothing that was new a moment ago, nobody knows how late they are.
	 */
	settleMs(routingId: string): number {
		const seen = 2 * this.lag + LATE_EFFECT_MS;
		const youngest = this.youngestShown.get(routingId) ?? Infinity;
		if (youngest <= LATE_EFFECT_MS) return seen;
		return Math.max(seen, Math.min(LONGEST_LAG_MS, youngest + LATE_EFFECT_MS));
	}

	/**
	 * Remembers the account that a row was given.
	 *
	 * @param createdAt - when its create was sent, in milliseconds since the epoch: it may exist since then
	 */
	know(
		id: string,
		{ customerId, account, routingId }: Pick<KnownAccount, 'customerId' | 'account' | 'routingId'>,
		isCreated: boolean,
		now: number,
		createdAt = now,
	): void {
		const key = keyOf(customerId, id);
		const before = this.accounts.get(key);
		if (isCreated) this.deletions.delete(id);
		this.drop(key);
		// Anew at the end: a Map keeps its order, so the oldest go first.
		this.accounts.set(key, {
			isListed: !isCreated,
			...before,
			id,
			customerId,
			account,
			routingId: before?.routingId ?? routingId,
			isCreated: isCreated || (before?.isCreated ?? false),
			at: before?.at ?? createdAt,
			knownSince: before?.knownSince ?? now,
			seenAt: now,
		});
		for (const group of groupsOf(customerId, id)) {
			const keys = this.keysOf.get(group);
			if (keys) keys.add(key);
			else this.keysOf.set(group, new Set([key]));
		}
		this.shrink(now);
	}

	/** Remembers IDs that an answer to a create has named, without showing which row's they are. */
	noteUnclear(ids: Iterable<string>): void {
		for (const id of ids) setNewest(this.unclear, id, true, MOST_KEPT);
	}

	/** Whether this process knows an ID already: whatever shows it now, the account is not new. */
	knows(id: string): boolean {
		return this.namesOf(id).length > 0 || this.unclear.has(id);
	}

	/** Forgets an account that is gone, under one name of its customer. */
	forget({ customerId, id }: KnownAccount): void {
		this.drop(keyOf(customerId, id));
	}

	private drop(key: string): void {
		const known = this.accounts.get(key);
		if (!known) return;
		this.accounts.delete(key);
		for (const group of groupsOf(known.customerId, known.id)) {
			const keys = this.keysOf.get(group);
			keys?.delete(key);
			if (keys?.size === 0) this.keysOf.delete(group);
		}
	}

	private shrink(now: number): void {
		forgetOldest(this.accounts, MOST_KEPT, (key) => this.drop(key));
		// Not with each account: see forgetOldest.
		if (now < this.shrinksAt) return;
		this.shrinksAt = now + SHRINKS_AFTER_MS;
		for (const [key, { seenAt }] of this.accounts) {
			if (now - seenAt < KEPT_MS) break;
			this.drop(key);
		}
	}

	private inGroup(group: string): KnownAccount[] {
		return [...(this.keysOf.get(group) ?? [])].flatMap((key) => this.accounts.get(key) ?? []);
	}

	/** The accounts that rows of this customer were given, in any spelling of its ID. */
	accountsOf(customerId: string): KnownAccount[] {
		return this.inGroup(customerGroup(customerId));
	}

	/** What is known of an account, under each name of its customer. */
	private namesOf(id: string): KnownAccount[] {
		return this.inGroup(accountGroup(id));
	}

	/** Whether this process created an account so recently that Juspay may not show it everywhere yet. */
	isYoung(id: string, now: number): boolean {
		return this.namesOf(id).some((known) => known.isCreated && now < this.isDueAt(known));
	}

	/** From when on Juspay's word that an account isn't there counts, in milliseconds since the epoch. */
	isDueAt({ knownSince, routingId }: KnownAccount): number {
		return knownSince + this.settleMs(routingId);
	}

	/**
	 * Whether lists under this routing ID can show that an account is not there. They can't while what this process has
	 * created is in none of them.
	 */
	canProve(routingId: string): boolean {
		return this.showsNew(routingId) || !this.unlisted(routingId);
	}

	/** An account that this process created, and that no list has shown yet. */
	unlisted(routingId: string): KnownAccount | undefined {
		for (const known of this.accounts.values()) {
			if (known.isCreated && !known.isListed && known.routingId === routingId) return known;
		}
		return undefined;
	}

	/**
	 * Remembers that this process deleted an account.
	 *
	 * @param customerId - where only this customer is known not to have it any more: it may be another's, and there
	 */
	deleted(id: string, now: number, customerId?: string): void {
		const customer = customerId?.toLowerCase();
		for (const known of this.namesOf(id)) {
			if (customer === undefined || known.customerId.toLowerCase() === customer) this.forget(known);
		}
		// A create may name the same ID again: then no delete is in doubt.
		if (customer === undefined) this.deletesInDoubt.delete(id);
		const fact = { at: now, ...(customer !== undefined && { customer }) };
		setNewest(this.deletions, id, fact, MOST_KEPT);
	}

	/** Remembers a delete whose answer was lost: if the account is found gone, that was it. */
	deleteInDoubt(id: string, now: number): void {
		setNewest(this.deletesInDoubt, id, now, MOST_KEPT);
	}

	/** Whether a delete of this process may have taken effect in the last 24 hours, or in a shorter time in milliseconds. */
	mayHaveDeleted(id: string, now: number, withinMs = KEPT_MS): boolean {
		const at = this.deletesInDoubt.get(id) ?? -Infinity;
		return now - at < withinMs;
	}

	/** Whether this process has deleted an account of a customer, as named, in the last 24 hours. */
	isDeleted(id: string, now: number, customerId: string): boolean {
		const { at = -Infinity, customer = customerId.toLowerCase() } = this.deletions.get(id) ?? {};
		return customer === customerId.toLowerCase() && now - at < KEPT_MS;
	}

	/**
	 * Takes in accounts that a list shows, whether or not it is read to its end.
	 *
	 * @returns the IDs of accounts that show a validation which this process has not sent
	 */
	observeShown(routingId: string, listed: readonly CustomerAccount[], now: number): string[] {
		const unexplained: string[] = [];
		for (const account of listed) {
			if (this.validations.observe(account, now)) unexplained.push(account.id);
			if (account.presence === 'deleted') continue;
			for (const known of this.namesOf(account.id)) {
				this.observeListed(known, account, routingId, now);
			}
		}
		return unexplained;
	}

	/**
	 * Takes in which accounts a complete list lacks; also one that shows no more than that it is late.
	 *
	 * @param requestedAt - when it was asked for, in milliseconds since the epoch
	 */
	observeLacking(
		customerId: string,
		routingId: string,
		listed: readonly CustomerAccount[],
		requestedAt: number,
		now: number,
	): void {
		const ids = new Set(listed.map(({ id }) => id));
		for (const known of this.accountsOf(customerId)) {
			const isAnother = known.customerId !== customerId || known.routingId !== routingId;
			if (ids.has(known.id) || known.at > requestedAt || isAnother) continue;
			known.lackedAt = now - known.at;
		}
	}

	private observeListed(
		known: KnownAccount,
		{ status }: CustomerAccount,
		routingId: string,
		now: number,
	): void {
		known.seenAt = now;
		// A list under another routing ID says nothing of how late those under its own are.
		const isItsOwn = known.routingId === routingId;
		known.isListed ||= isItsOwn;
		if (!known.isCreated) return;
		// A list of validated accounts only may still hide new ones.
		if (!isFinal(status) || !this.validations.has(known.id)) {
			const youngest = Math.min(now - known.at, this.youngestShown.get(routingId) ?? Infinity);
			setNewest(this.youngestShown, routingId, youngest, MOST_KEPT);
		}
		if (!isItsOwn) return;
		this.lag = Math.min(LONGEST_LAG_MS, Math.max(this.lag, known.lackedAt ?? 0));
		delete known.lackedAt;
	}

	/**
	 * Takes in what a Get shows of an account.
	 *
	 * @returns its ID, where it shows a validation which this process has not sent
	 */
	observeGet(account: CustomerAccount, now: number): string[] {
		const unexplained = this.validations.observe(account, now) ? [account.id] : [];
		if (account.presence === 'deleted') return unexplained;
		for (const known of this.namesOf(account.id)) known.seenAt = now;
		return unexplained;
	}
}
