import type { Account, CustomerAccount } from './account';
import { byIdentity, couldBe, identityOf, isIdentifiable } from './identity';
import type { Outcome } from './output';

/** An account that is there, and how it came to be. */
export interface Settled {
	account: CustomerAccount;
	outcome: Outcome;
}

/** An account that is wanted, under its identity. */
export type Entry = readonly [identity: string, account: Account];

/**
 * Keeps the books on the accounts that are wanted for one customer: which are there, which failed and why, which are
 * still missing. The same account wanted twice is one entry.
 *
 * @typeParam F - why an account failed
 */
export class Ledger<F> {
	private readonly wanted: Map<string, Account>;
	private readonly settled = new Map<string, Settled>();
	private readonly failed = new Map<string, F>();

	/** @param accounts - in input order; the same account may stand here several times */
	constructor(private readonly accounts: readonly Account[]) {
		this.wanted = new Map(accounts.map((account) => [identityOf(account), account]));
	}

	/** Those of the entries (by default of all) that are neither there nor failed. */
	missing(among: Iterable<Entry> = this.wanted): Entry[] {
		return [...among].filter(
			([identity]) => !this.settled.has(identity) && !this.failed.has(identity),
		);
	}

	/** Enters the wanted ones of these accounts as there. */
	settle(accounts: readonly CustomerAccount[], outcome: Outcome): void {
		for (const [identity, account] of byIdentity(accounts.filter(isIdentifiable))) {
			if (this.wanted.has(identity) && !this.settled.has(identity)) {
				this.settled.set(identity, { account, outcome });
				this.failed.delete(identity);
			}
		}
	}

	/**
	 * Enters what a create of these entries brought. Accounts whose details Juspay doesn't show are taken in the order
	 * of the request, where there is one for each entry and nothing that is shown speaks against it.
	 */
	settleCreated(entries: readonly Entry[], accounts: readonly CustomerAccount[]): void {
		this.settle(accounts, 'created');
		const open = this.missing(entries);
		const hidden = accounts.filter((account) => !isIdentifiable(account));
		if (hidden.length !== open.length) return;
		const pairs = open.map(([identity, account], index) => ({
			identity,
			account,
			shown: hidden[index] as CustomerAccount,
		}));
		if (!pairs.every(({ shown, account }) => couldBe(shown, account))) return;
		for (const { identity, shown } of pairs) {
			this.settled.set(identity, { account: shown, outcome: 'created' });
		}
	}

	/** Enters those of the entries that are missing as failed. */
	fail(entries: Iterable<Entry>, why: F): void {
		for (const [identity] of this.missing(entries)) this.failed.set(identity, why);
	}

	/**
	 * What became of each account, in the order given. One that stands there twice was made for the first, and is
	 * existing for the others.
	 *
	 * @param otherwise - why an account failed that was never entered
	 */
	answers(otherwise: F): Array<Settled | { failure: F }> {
		const answered = new Set<string>();
		return this.accounts.map((account) => {
			const identity = identityOf(account);
			const settled = this.settled.get(identity);
			if (!settled) return { failure: this.failed.get(identity) ?? otherwise };
			if (answered.has(identity)) return { ...settled, outcome: 'existing' };
			answered.add(identity);
			return settled;
		});
	}
}
