import type { Account, CustomerAccount } from '../account/types';
import { nearKey } from '../account/identity';
import { isFinal } from '../account/status';
import type { Turn } from './turns';

/** How long facts are kept, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/** More facts of a kind than this are forgotten, the oldest first; about 30 MB. */
const MOST_KEPT = 100_000;

/** Forgets what is too old or too much, of times in the order in which they were noted. */
function dropOld(times: Map<string, number>, now: number): void {
	for (const [oldest, at] of times) {
		if (times.size <= MOST_KEPT && now - at < KEPT_MS) return;
		times.delete(oldest);
	}
}

/** How long a request may still take effect after its answer was lost, in milliseconds. */
export const LATE_EFFECT_MS = 12_000;

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
	/** When a list or a Get showed it last, in milliseconds since the epoch. */
	seenAt: number;
	/** Whether a list has shown it. */
	isListed: boolean;
	/** The age, in milliseconds, at which a list lacked it last, and no later list has shown it since. */
	lackedAt?: number;
}

/** A create whose outcome is not known. */
export interface Doubt {
	account: Account;
	routingId: string;
	/** In milliseconds since the epoch. */
	sentAt: number;
	/** When its answer was lost, in milliseconds since the epoch; Infinity while the request is under way. */
	lostAt: number;
	/** Juspay accepted it without showing an account: it may be done at any time. */
	isAccepted: boolean;
}

/** What an account shows of its validation. */
type Shown = Pick<CustomerAccount, 'status' | 'lastValidated'>;

/** A validation that was sent. */
export interface SentValidation {
	/** Milliseconds since the epoch. */
	sentAt: number;
	/** The turn of the execution that sent it. */
	turn: Turn;
	/** What the account showed before. */
	before: Shown;
	/** What it showed last while the validation was known not to have ended. */
	latest: Shown;
	/** Whether Juspay said that it has started. */
	isConfirmed: boolean;
	/** Whether it is known to have ended. */
	hasEnded: boolean;
	/** The date that the account showed when it had ended; empty where it showed none. */
	endedWith: string;
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

	/** IDs that an answer to a create has named, without showing which row's they are. */
	private readonly unclear = new Set<string>();

	/** When this process deleted an account, in milliseconds since the epoch. */
	private readonly deletions = new Map<string, number>();

	/** When a delete was sent whose answer was lost, in milliseconds since the epoch. */
	private readonly deletesInDoubt = new Map<string, number>();

	private readonly validations = new Map<string, SentValidation>();

	/** When this process first met a validation that another process has sent, in milliseconds since the epoch. */
	private readonly foreign = new Map<string, number>();

	/** By customer as named. */
	private readonly doubts = new Map<string, Doubt[]>();

	/** The greatest age, in milliseconds, at which a list still lacked an account that a later list showed. */
	private lag = 0;

	/** The routing IDs under which a list has shown an account that this process had created and nobody validated yet. */
	private readonly provenRoutings = new Set<string>();

	/** The first create of a routing ID that rests on an empty list. */
	private readonly probes = new Map<string, Promise<void>>();

	/** Whether a list under this routing ID has shown a new account: then an empty list shows that there is none. */
	showsNew(routingId: string): boolean {
		return this.provenRoutings.has(routingId);
	}

	/**
	 * How old something must be before its absence from a list or a Get shows that it isn't there, in milliseconds. While
	 * no list has shown a new account, nobody knows how late lists are.
	 */
	settleMs(routingId: string): number {
		const seen = 2 * this.lag + LATE_EFFECT_MS;
		return this.showsNew(routingId) ? seen : Math.max(seen, LONGEST_LAG_MS);
	}

	// --- accounts -------------------------------------------------------------------------------------------------------

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
			routingId,
			isCreated: isCreated || (before?.isCreated ?? false),
			at: before?.at ?? createdAt,
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
		for (const id of ids) this.unclear.add(id);
		for (const oldest of this.unclear) {
			if (this.unclear.size <= MOST_KEPT) break;
			this.unclear.delete(oldest);
		}
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
		for (const [key, { seenAt }] of this.accounts) {
			if (this.accounts.size <= MOST_KEPT && now - seenAt < KEPT_MS) break;
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
	isDueAt({ at, routingId }: KnownAccount): number {
		return at + this.settleMs(routingId);
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

	/** Remembers that this process deleted an account. */
	deleted(id: string, now: number): void {
		for (const known of this.namesOf(id)) this.forget(known);
		this.deletions.delete(id);
		this.deletions.set(id, now);
		dropOld(this.deletions, now);
	}

	/** Remembers a delete whose answer was lost: if the account is found gone, that was it. */
	deleteInDoubt(id: string, now: number): void {
		this.deletesInDoubt.delete(id);
		this.deletesInDoubt.set(id, now);
		dropOld(this.deletesInDoubt, now);
	}

	/** Whether a delete of this process may have taken effect in the last 24 hours, or in a shorter time in milliseconds. */
	mayHaveDeleted(id: string, now: number, withinMs = KEPT_MS): boolean {
		const at = this.deletesInDoubt.get(id);
		return at !== undefined && now - at < withinMs;
	}

	/** Whether this process has deleted an account in the last 24 hours. */
	isDeleted(id: string, now: number): boolean {
		const at = this.deletions.get(id);
		return at !== undefined && now - at < KEPT_MS;
	}

	/**
	 * Takes in a complete list of a customer's accounts.
	 *
	 * @param requestedAt - when it was asked for, in milliseconds since the epoch
	 * @returns the IDs of accounts that show a validation which this process has not sent
	 */
	observeList(
		customerId: string,
		routingId: string,
		listed: readonly CustomerAccount[],
		requestedAt: number,
		now: number,
	): string[] {
		const unexplained: string[] = [];
		for (const account of listed) {
			if (this.observeStatus(account)) unexplained.push(account.id);
			if (account.presence === 'deleted') continue;
			for (const known of this.namesOf(account.id)) {
				this.observeListed(known, account, routingId, now);
			}
		}
		const ids = new Set(listed.map(({ id }) => id));
		for (const known of this.accountsOf(customerId)) {
			const isAnother = known.customerId !== customerId || known.routingId !== routingId;
			if (ids.has(known.id) || known.at > requestedAt || isAnother) continue;
			known.lackedAt = now - known.at;
		}
		return unexplained;
	}

	private observeListed(
		known: KnownAccount,
		{ status }: CustomerAccount,
		routingId: string,
		now: number,
	): void {
		known.isListed = true;
		known.seenAt = now;
		if (!known.isCreated) return;
		// A list of validated accounts only may still hide new ones.
		if (!isFinal(status) || !this.validations.has(known.id)) this.provenRoutings.add(routingId);
		this.lag = Math.min(LONGEST_LAG_MS, Math.max(this.lag, known.lackedAt ?? 0));
		delete known.lackedAt;
	}

	/**
	 * Takes in what a Get shows of an account.
	 *
	 * @returns its ID, where it shows a validation which this process has not sent
	 */
	observeGet(account: CustomerAccount, now: number): string[] {
		const unexplained = this.observeStatus(account) ? [account.id] : [];
		if (account.presence === 'deleted') return unexplained;
		for (const known of this.namesOf(account.id)) known.seenAt = now;
		return unexplained;
	}

	// --- creates in doubt -----------------------------------------------------------------------------------------------

	/** Notes that a create is handed over: until its outcome is known, it may take effect. */
	sent(customerId: string, account: Account, routingId: string, now: number): Doubt {
		const doubt = { account, routingId, sentAt: now, lostAt: Infinity, isAccepted: false };
		const others = this.doubts.get(customerId) ?? [];
		this.doubts.delete(customerId);
		this.doubts.set(customerId, [...others, doubt]);
		for (const oldest of this.doubts.keys()) {
			if (this.doubts.size <= MOST_KEPT) break;
			this.doubts.delete(oldest);
		}
		return doubt;
	}

	/** Forgets a create whose outcome is known. */
	settle(customerId: string, doubt: Doubt): void {
		const left = (this.doubts.get(customerId) ?? []).filter((it) => it !== doubt);
		if (left.length > 0) this.doubts.set(customerId, left);
		else this.doubts.delete(customerId);
	}

	/** The customer's creates in doubt. */
	doubtsOf(customerId: string, now: number): Doubt[] {
		for (const doubt of this.doubts.get(customerId) ?? []) {
			// One whose answer was lost stands until lists settle it.
			if (doubt.isAccepted && now - doubt.sentAt >= KEPT_MS) this.settle(customerId, doubt);
		}
		return this.doubts.get(customerId) ?? [];
	}

	/** Those of them that may be about a wanted account. */
	doubtsAbout(customerId: string, wanted: Account, now: number): Doubt[] {
		return this.doubtsOf(customerId, now).filter(
			({ account }) => nearKey(account) === nearKey(wanted),
		);
	}

	/** From when on lists can settle a create, in milliseconds since the epoch. */
	settlesAt({ sentAt, lostAt, isAccepted, routingId }: Doubt, now: number): number {
		if (isAccepted) return sentAt + KEPT_MS;
		// One that is under way may be lost at any moment.
		const lost = Math.min(lostAt, now);
		return Math.max(sentAt + this.settleMs(routingId), lost + LATE_EFFECT_MS) + 1;
	}

	// --- empty lists ----------------------------------------------------------------------------------------------------

	/**
	 * Waits for the first create of a routing ID that rests on an empty list: it shows what empty lists are worth.
	 *
	 * @returns ends the probe, where this is the first
	 */
	async beginProbe(
		routingId: string,
		stopped: Promise<'stopped'>,
	): Promise<(() => void) | undefined> {
		for (let other = this.probes.get(routingId); other; other = this.probes.get(routingId)) {
			if ((await Promise.race([other, stopped])) === 'stopped') return undefined;
		}
		if (this.showsNew(routingId) || this.unlisted(routingId)) return undefined;
		let end = () => {};
		const probe = new Promise<void>((resolve) => (end = resolve));
		this.probes.set(routingId, probe);
		return () => {
			if (this.probes.get(routingId) === probe) this.probes.delete(routingId);
			end();
		};
	}

	// --- validations ----------------------------------------------------------------------------------------------------

	/** The last validation sent for an account, if it is remembered. */
	validationOf(id: string, now: number): SentValidation | undefined {
		const sent = this.validations.get(id);
		if (sent && now - sent.sentAt < KEPT_MS) return sent;
		this.validations.delete(id);
		return undefined;
	}

	/** Notes that a validation is handed over. */
	sentValidation({ id, status, lastValidated }: CustomerAccount, turn: Turn, now: number): void {
		const before = { status, lastValidated };
		this.keepValidation(id, {
			sentAt: now,
			turn,
			before,
			latest: before,
			isConfirmed: false,
			hasEnded: false,
			endedWith: '',
		});
		for (const oldest of this.validations.keys()) {
			if (this.validations.size <= MOST_KEPT) break;
			this.validations.delete(oldest);
		}
	}

	/** Puts an earlier validation back in the place of one that had no effect; undefined: there was none. */
	restoreValidation(id: string, earlier: SentValidation | undefined): void {
		if (earlier) this.keepValidation(id, earlier);
		else this.validations.delete(id);
	}

	private keepValidation(id: string, sent: SentValidation): void {
		// Anew at the end: a Map keeps its order, so the oldest go first.
		this.validations.delete(id);
		this.validations.set(id, sent);
	}

	/**
	 * When this process first met a validation that another process has sent, in milliseconds since the epoch.
	 *
	 * @param what - what is recorded of it
	 */
	metForeign(what: string, now: number): number {
		dropOld(this.foreign, now);
		const before = this.foreign.get(what);
		if (before === undefined) this.foreign.set(what, now);
		return before ?? now;
	}

	/** Takes in Juspay's answer to the validation itself: it has started, and may have ended. */
	confirmValidation({ id, status, lastValidated }: CustomerAccount): void {
		const sent = this.validations.get(id);
		if (!sent) return;
		sent.isConfirmed = true;
		// The status of before says nothing of this validation.
		if (!hasMoved({ status, lastValidated }, sent.before)) return;
		if (isFinal(status)) this.end(sent, lastValidated);
		else sent.latest = { status, lastValidated };
	}

	/** Whether an account shows that its last validation has ended, so that another one may be sent. */
	allowsAnother(sent: SentValidation, { status, lastValidated }: CustomerAccount): boolean {
		if (!sent.hasEnded) return false;
		// Back at CREATED after an end: Juspay's status has gone back, and nothing has happened since.
		if (status === 'CREATED') return false;
		if (hasMoved({ status, lastValidated }, sent.before)) return true;
		// A list that lags behind shows the account as it was before; only FAILURE may come back by itself.
		return status === 'FAILURE' && lastValidated === '';
	}

	/**
	 * Takes in what Juspay shows of an account's validation later on.
	 *
	 * @returns whether that is another validation than the one that this process sent
	 */
	private observeStatus(account: CustomerAccount): boolean {
		const sent = this.validations.get(account.id);
		if (!sent || !isFinal(account.status)) return false;
		const { lastValidated } = account;
		if (sent.hasEnded) {
			const isAnother = isLater(lastValidated, sent.endedWith);
			if (isAnother) sent.endedWith = lastValidated;
			return isAnother;
		}
		if (!hasMoved(account, sent.latest)) return false;
		// A list may lag behind and show once more how the validation before this one ended.
		const isOld = lastValidated !== '' && !hasMoved(account, sent.before);
		if (!isOld) this.end(sent, lastValidated);
		return false;
	}

	private end(sent: SentValidation, lastValidated: string): void {
		sent.hasEnded = true;
		sent.endedWith = lastValidated;
	}
}

/** Whether one date of Juspay's is later than another by more than its clocks may differ. */
function isLater(date: string, than: string): boolean {
	return Date.parse(date) - Date.parse(than) > 1000;
}

/** Whether an account shows something new. What an answer leaves out shows nothing. */
export function hasMoved({ status, lastValidated }: Shown, before: Shown): boolean {
	if (status === '') return false;
	return (
		status !== before.status || (lastValidated !== '' && lastValidated !== before.lastValidated)
	);
}
