import type { Account, CustomerAccount } from '../../account/types';
import { assign, likeness } from '../../account/identity';
import type { Outcome } from '../../account/output';
import type { RequestSettings } from '../../account/settings';
import type { JuspayClient } from '../../http/client';
import type { Failure } from '../../http/words';
import type { CustomerLock } from '../customerLocks';
import { KnownAccounts } from './knownAccounts';
import * as messages from './messages';
import type { WantedAccount } from './wantedAccounts';
import { WantedAccounts } from './wantedAccounts';

/** What to create for one customer. */
export interface CreateOrder {
	customerId: string;
	/** In input order; may contain the same account several times. */
	accounts: readonly Account[];
	/** Also validate each account that is new, or was never validated. */
	validate: boolean;
	/** Only look up what would happen. */
	dryRun?: boolean;
	/** Send a validation although an earlier one of this account is in doubt. */
	validateInDoubt?: boolean;
	/** `reuse`: existing accounts are returned; `create`: every account is created. */
	onExisting: 'reuse' | 'create';
	/** Maximum number of accounts per request. */
	perRequest: number;
	settings: RequestSettings;
	/** How long to look for the outcome of a validation, in milliseconds; default 12 seconds. */
	lookForMs?: number;
}

/** Accounts that are sent in one request. */
export interface Batch {
	entries: WantedAccount[];
	/** How often they were sent and then proven not to exist. */
	tries: number;
	/** Part of a batch that was refused. */
	isPart?: boolean;
}

/** Sends a batch and settles its outcome; returns what to send next. */
export type SendBatch = (batch: Batch) => Promise<Batch[]>;

/** State of one create: what is wanted, what is known, and what is in doubt. */
export class Creation {
	readonly wanted: WantedAccounts;

	readonly known: KnownAccounts;

	/** Whether a request of this create may still take effect: its accounts may appear in later lists. */
	hasDoubt = false;

	/** Whether the baseline is an empty list; see `EmptyLists`. */
	restsOnEmptyList = false;

	/** Whether the current request is the process's first that rests on an empty list. */
	isTrial = false;

	/** Whether Juspay has accepted a request. */
	isAccepted = false;

	constructor(
		readonly client: JuspayClient,
		readonly order: CreateOrder,
		readonly lock: CustomerLock,
	) {
		this.wanted = new WantedAccounts(order.accounts, order.onExisting === 'reuse');
		const { customerId, settings } = order;
		this.known = new KnownAccounts(client, customerId, settings.routingId, lock.createdBefore);
	}

	/**
	 * Assigns accounts to the rows they belong to.
	 *
	 * @param isShownInFull - only assigns accounts that Juspay shows unmasked
	 * @returns how many were assigned
	 */
	assign(
		entries: readonly WantedAccount[],
		accounts: readonly CustomerAccount[],
		outcome: Outcome = 'created',
		isShownInFull = false,
	): number {
		const assigned = assign(this.wanted.open(entries), accounts, isShownInFull);
		for (const [entry, account] of assigned) {
			this.wanted.settle(entry, account, outcome);
			this.known.assign(account, outcome === 'created');
		}
		return assigned.size;
	}

	/** Fails every open entry that one of the listed new accounts may be: it may have been created. */
	failPossiblyCreated(
		entries: readonly WantedAccount[],
		listed: readonly CustomerAccount[],
		failure: Failure,
	): void {
		const unassigned = this.known.unassigned(listed);
		for (const entry of this.wanted.open(entries)) {
			const alike = unassigned.filter((account) => likeness(account, entry.wanted) !== 'different');
			if (alike.length === 0) continue;
			this.wanted.fail([entry], messages.mayExist(failure, idsOf(alike)));
			this.known.exclude(alike);
		}
	}

	/** Notes, also for the next execution, that a request of this create may still take effect. */
	noteDoubt(): void {
		this.hasDoubt = true;
		this.lock.noteDoubt();
	}

	/**
	 * Ends the trial of an empty list, so that the creates waiting for it go on.
	 *
	 * @param isShown - whether the list shows what was created; undefined if that is unknown
	 */
	endTrial(isShown?: boolean): void {
		if (!this.isTrial) return;
		this.isTrial = false;
		const { emptyLists } = this.client.state;
		if (isShown === undefined && this.isAccepted) emptyLists.noteUnseen(this.order.customerId);
		emptyLists.conclude(isShown, this.known.expected);
	}
}

/** The IDs of accounts. */
export function idsOf(accounts: readonly CustomerAccount[]): string[] {
	return accounts.map(({ id }) => id);
}
