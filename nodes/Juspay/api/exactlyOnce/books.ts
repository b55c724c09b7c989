import type { Account, CustomerAccount } from '../../domain/account';
import { completed, identityOf } from '../../domain/identity';
import type { Outcome } from '../../domain/output';
import type { Failure } from '../words';

/** Whether a penny drop was started for an account, or was not needed. */
export type Validation = 'started' | 'notNeeded';

/** What became of one account: it is there, or why not; or it is there, and its validation went wrong. */
export type Made =
	| { account: CustomerAccount; outcome: Outcome; validation?: Validation }
	| { failure: Failure; account?: CustomerAccount; outcome?: Outcome };

/** One account that is wanted, and what became of it. */
export interface Entry {
	readonly wanted: Account;
	made?: Made;
}

/** Keeps track of the accounts that are wanted for one customer. */
export class Books {
	private readonly entries: Entry[];

	/** The entry of each account of the input. */
	private readonly rows: Entry[];

	/**
	 * @param accounts - in input order
	 * @param once - the same account in several rows is one entry
	 */
	constructor(accounts: readonly Account[], once: boolean) {
		const known = new Map<string, Entry>();
		this.rows = accounts.map((wanted) => {
			const identity = identityOf(wanted);
			const entry = (once && known.get(identity)) || { wanted };
			known.set(identity, entry);
			return entry;
		});
		this.entries = [...new Set(this.rows)];
	}

	/** Those of the entries (by default of all) of which it isn't known yet what became of them. */
	open(among: readonly Entry[] = this.entries): Entry[] {
		return among.filter(({ made }) => !made);
	}

	/** The entries whose account is there. */
	there(): Array<{ entry: Entry; account: CustomerAccount; outcome: Outcome }> {
		return this.entries.flatMap((entry) =>
			entry.made && 'outcome' in entry.made && entry.made.account && entry.made.outcome
				? [{ entry, account: entry.made.account, outcome: entry.made.outcome }]
				: [],
		);
	}

	/** Enters an account as there. */
	settle(entry: Entry, account: CustomerAccount, outcome: Outcome): void {
		entry.made = { account: completed(account, entry.wanted), outcome };
	}

	/** Enters those of the entries that are still open as failed. */
	fail(entries: readonly Entry[], failure: Failure): void {
		for (const entry of this.open(entries)) entry.made = { failure };
	}

	/**
	 * What became of each account, in the order given. One that stands there several times was created for the first
	 * row, and exists for the others.
	 */
	answers(otherwise: Failure): Made[] {
		const answered = new Set<Entry>();
		return this.rows.map((entry): Made => {
			const made = entry.made ?? { failure: otherwise };
			if ('failure' in made || !answered.has(entry)) {
				answered.add(entry);
				return made;
			}
			const validation: Validation | undefined = made.validation && 'notNeeded';
			return { ...made, outcome: 'existing', validation };
		});
	}
}
