import { isFinal } from '../account/status';
import type { Account, CustomerAccount } from '../account/types';
import { completed, identityOf } from '../account/identity';
import type { Outcome, Validation } from '../account/output';
import type { Failure } from '../http/failure';

/** Result for one account: it exists, or why not; or it exists, and its validation could not be started. */
export type CreateResult =
	| { account: CustomerAccount; outcome: Outcome; validation?: Validation | undefined }
	| { failure: Failure; account?: CustomerAccount; outcome?: Outcome };

/** An account to create, with its result once that is known. */
export interface WantedAccount {
	readonly wanted: Account;
	result?: CreateResult;
}

/** An account that exists. */
export interface ExistingAccount {
	entry: WantedAccount;
	account: CustomerAccount;
	outcome: Outcome;
}

/** Tracks which of a customer's wanted accounts exist, failed, or are still open. */
export class Ledger {
	private readonly entries: WantedAccount[];

	/** The entry of each input account. */
	private readonly rows: WantedAccount[];

	/**
	 * @param accounts - in input order
	 * @param isUnique - equal accounts share one entry
	 */
	constructor(accounts: readonly Account[], isUnique: boolean) {
		const known = new Map<string, WantedAccount>();
		this.rows = accounts.map((wanted) => {
			const identity = identityOf(wanted);
			const entry = (isUnique && known.get(identity)) || { wanted };
			known.set(identity, entry);
			return entry;
		});
		this.entries = [...new Set(this.rows)];
	}

	/** Those of the entries (by default of all) without a result. */
	open(among: readonly WantedAccount[] = this.entries): WantedAccount[] {
		return among.filter(({ result }) => !result);
	}

	/** The entries that ended as an account, or as a doubt. */
	ended(): WantedAccount[] {
		return this.entries.filter(
			({ result }) => result && (!('failure' in result) || result.failure.effect === 'unknown'),
		);
	}

	/** The entries whose account exists. */
	existing(): ExistingAccount[] {
		return this.entries.flatMap((entry) =>
			entry.result && 'outcome' in entry.result && entry.result.account && entry.result.outcome
				? [{ entry, account: entry.result.account, outcome: entry.result.outcome }]
				: [],
		);
	}

	/** Marks an entry's account as existing. */
	settle(entry: WantedAccount, account: CustomerAccount, outcome: Outcome): void {
		entry.result = { account: completed(account, entry.wanted, outcome === 'existing'), outcome };
	}

	/**
	 * Result for each input account, in order. Of equal accounts that share an entry, the first was created and the
	 * others exist.
	 *
	 * @param otherwise - for entries that are still open
	 */
	results(otherwise: Failure): CreateResult[] {
		const returned = new Set<WantedAccount>();
		return this.rows.map((entry): CreateResult => {
			const result = entry.result ?? { failure: otherwise };
			if ('failure' in result || !returned.has(entry)) {
				returned.add(entry);
				return result;
			}
			return { ...result, outcome: 'existing', validation: validationOfOthers(result) };
		});
	}
}

/** What another row with the same account says of its validation: it was started for the first one. */
function validationOfOthers({
	validation,
	account,
}: Extract<CreateResult, { validation?: Validation }>): Validation | undefined {
	const isUnderWay = validation === 'started' || validation === 'alreadyStarted';
	if (isUnderWay && !isFinal(account.status)) return 'alreadyStarted';
	return validation && 'notNeeded';
}
