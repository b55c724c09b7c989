import type { Account, CustomerAccount } from './types';
import { groupsBy } from '../lists';
import { blocksNear, rankOf } from './status';

/**
 * What makes two accounts of one customer the same account: account number and IFSC, or the UPI ID without regard to
 * case. Leading zeros get lost in spreadsheets, so they don't make a difference.
 */
export function identityOf(account: Account): string {
	return account.type === 'upi'
		? `upi ${account.vpa.toLowerCase()}`
		: `bank ${withoutZeros(account.accountNumber)} ${account.ifsc.toUpperCase()}`;
}

/** The same for two accounts that are the same, or that have the same number with another IFSC. */
export function nearKey(account: Account): string {
	return account.type === 'upi' ? identityOf(account) : withoutZeros(account.accountNumber);
}

const withoutZeros = (digits: string) => digits.replace(/^0+/, '');

/** An account number as it is shown, without separators. */
const digitsOf = (accountNumber: string) => accountNumber.replace(/[\s-]/g, '');

/** Fewer than nine digits may be the last ones of a longer number. */
const isWholeNumber = (digits: string) => /^\d{9,}$/.test(digits);

/** Whether an account shows a whole number that differs in leading zeros from the one that it is known to be. */
export function hasOtherZeros(shown: CustomerAccount, wanted: Account): boolean {
	const digits = digitsOf(shown.accountNumber);
	return wanted.type === 'bankAccount' && isWholeNumber(digits) && digits !== wanted.accountNumber;
}

const isSameVpa = (shown: string, vpa: string) => shown.trim().toLowerCase() === vpa.toLowerCase();

/** What is legible at both ends of a masked text; of a text that is legible as a whole, only its end. */
interface Ends {
	before: string;
	after: string;
}

function legibleEnds(masked: string, legible: RegExp): Ends {
	const isLegible = (at: number) => legible.test(masked.charAt(at));
	let start = 0;
	while (isLegible(start)) start++;
	let end = masked.length;
	while (isLegible(end - 1)) end--;
	return {
		before: start === masked.length ? '' : masked.slice(0, start),
		after: masked.slice(end),
	};
}

/** The ends of an account number that is shown in part; undefined of one that is shown in full. */
function numberEnds(accountNumber: string): Ends | undefined {
	const digits = digitsOf(accountNumber);
	return isWholeNumber(digits) ? undefined : legibleEnds(digits, /\d/);
}

/** The ends of a UPI ID that is shown in part. A run of the letter x hides characters as a run of stars does. */
function vpaEnds(vpa: string): Ends | undefined {
	const masked = vpa.trim().toLowerCase().replace(/x{3,}/g, '*');
	const isWhole = /^[\w.-]+@[\w.-]+$/.test(masked);
	return isWhole ? undefined : legibleEnds(masked, /[\w.@-]/);
}

/** How an account that Juspay shows compares with one that is wanted. */
export type Likeness =
	/** Shown in full: it is the same account. */
	| 'same'
	/** Nothing that is shown speaks against it being the same account. */
	| 'maybeSame'
	/** The same number with another IFSC, or digits that may belong to it. */
	| 'near'
	| 'different';

/** Compares an account that Juspay shows, in full, masked or in part, with one that is wanted. */
export function likeness(shown: CustomerAccount, wanted: Account): Likeness {
	if (shown.type !== '' && shown.type !== wanted.type) return 'different';
	return wanted.type === 'upi'
		? vpaLikeness(shown.vpa, wanted.vpa)
		: numberLikeness(shown, wanted.accountNumber, wanted.ifsc);
}

function numberLikeness(shown: CustomerAccount, number: string, ifsc: string): Likeness {
	const sameIfsc = shown.ifsc.toUpperCase() === ifsc.toUpperCase();
	// Empty, or masked.
	const mayBeSameIfsc = sameIfsc || !/^\w+$/.test(shown.ifsc);
	const ends = numberEnds(shown.accountNumber);
	const starts = [number, withoutZeros(number)];
	const fits = ends
		? starts.some((start) => start.startsWith(ends.before)) && number.endsWith(ends.after)
		: withoutZeros(digitsOf(shown.accountNumber)) === withoutZeros(number);
	if (!fits) return 'different';
	if (!ends && sameIfsc) return 'same';
	return mayBeSameIfsc ? 'maybeSame' : 'near';
}

function vpaLikeness(shown: string, vpa: string): Likeness {
	if (isSameVpa(shown, vpa)) return 'same';
	const other = vpa.toLowerCase();
	const ends = vpaEnds(shown);
	const fits = ends && other.startsWith(ends.before) && other.endsWith(ends.after);
	return fits ? 'maybeSame' : 'different';
}

/** True where what is shown of an account speaks against it being this one, its name included. */
function contradicts(shown: CustomerAccount, wanted: Account): boolean {
	if (likeness(shown, wanted) !== 'maybeSame') return true;
	const name = wanted.type === 'bankAccount' ? (wanted.beneficiaryName ?? '') : '';
	const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
	return (
		shown.beneficiaryName !== '' && name !== '' && plain(shown.beneficiaryName) !== plain(name)
	);
}

/**
 * Says which account belongs to which of the wanted ones. Accounts shown in full are told by their details; of the
 * others, two belong together where each is the only one that can belong to the other. What can't be told apart stays
 * out: no ID may end up in a wrong row.
 *
 * @param onlyInFull - leaves out every account that isn't shown in full
 */
export function assign<T extends { wanted: Account }>(
	entries: readonly T[],
	accounts: readonly CustomerAccount[],
	onlyInFull: boolean,
): Map<T, CustomerAccount> {
	const assigned = new Map<T, CustomerAccount>();
	const taken = new Set<CustomerAccount>();
	const give = (entry: T, account: CustomerAccount) => {
		assigned.set(entry, account);
		taken.add(account);
	};
	const wantedBy = groupsBy(entries, (entry) => identityOf(entry.wanted));
	// To the digit first: of two rows that differ in leading zeros alone, each gets its own.
	for (const isExact of [true, false]) {
		for (const account of accounts) {
			if (taken.has(account)) continue;
			const alike = wantedBy.get(shownIdentity(account)) ?? [];
			const isSame = ({ wanted }: T) => !hasOtherZeros(account, wanted);
			const at = isExact ? alike.findIndex(isSame) : 0;
			const [entry] = at < 0 ? [] : alike.splice(at, 1);
			if (entry) give(entry, account);
		}
	}
	if (onlyInFull) return assigned;
	const left = entries.filter((entry) => !assigned.has(entry));
	const hidden = accounts.filter((account) => !taken.has(account));
	for (const entry of left) {
		const [account, ...others] = hidden.filter((it) => !contradicts(it, entry.wanted));
		if (!account || others.length > 0) continue;
		const isOnlyOne = left.every((it) => it === entry || contradicts(account, it.wanted));
		if (isOnlyOne) give(entry, account);
	}
	return assigned;
}

/**
 * The only account that can belong to the only one wanted, whatever Juspay has rewritten of it, e.g. an IFSC after a
 * bank's merger: where neither its type nor its number speaks against it.
 *
 * @param sameNumber - only where the whole number is the same
 */
export function onlyPair<T extends { wanted: Account }>(
	entries: readonly T[],
	accounts: readonly CustomerAccount[],
	sameNumber: boolean,
): [T, CustomerAccount] | undefined {
	const [entry, ...otherEntries] = entries;
	const [account, ...others] = accounts;
	if (!entry || !account || otherEntries.length + others.length > 0) return undefined;
	const alike = likeness(account, entry.wanted);
	const isWhole = isWholeNumber(digitsOf(account.accountNumber));
	return alike === 'different' || (sameNumber && !isWhole) ? undefined : [entry, account];
}

/** The identity of an account that is shown in full; empty of every other. */
function shownIdentity({ type, accountNumber, ifsc, vpa }: CustomerAccount): string {
	if (type === 'upi') return identityOf({ type, vpa: vpa.trim() });
	const digits = digitsOf(accountNumber);
	if (type !== 'bankAccount' || !isWholeNumber(digits) || ifsc === '') return '';
	return identityOf({ type, accountNumber: digits, ifsc });
}

/**
 * A customer's accounts that are shown in full, by identity, the most useful first, and among equals the one that
 * Juspay names first: the same answer on every run.
 */
export function byIdentity(accounts: readonly CustomerAccount[]): Map<string, CustomerAccount[]> {
	const found = groupsBy(accounts, shownIdentity);
	// Of what isn't shown in full nothing is known.
	found.delete('');
	for (const same of found.values())
		same.sort((one, other) => rankOf(one.status) - rankOf(other.status));
	return found;
}

/**
 * Prepares a search for what may be the same account as a wanted one, among accounts none of which is known to be it.
 * One whose validation has failed is in the way only where nothing speaks against it being the same: correcting a
 * row and running again must stay possible.
 */
export function nearSearch(
	listed: readonly CustomerAccount[],
): (wanted: Account) => { account: CustomerAccount; likeness: Likeness } | undefined {
	const endOf = ({ type, vpa, accountNumber }: CustomerAccount) =>
		(type === 'upi' ? vpaEnds(vpa) : numberEnds(accountNumber))?.after;
	const byNumber = groupsBy(listed, ({ accountNumber }) => withoutZeros(digitsOf(accountNumber)));
	// Accounts with other ends are different: so thousands of masked ones are searched quickly.
	const byEnd = groupsBy(
		listed.filter((account) => endOf(account) !== undefined),
		(account) => endOf(account) ?? '',
	);
	const lengths = new Set([...byEnd.keys()].map((end) => end.length));
	return (wanted) => {
		const text = wanted.type === 'upi' ? wanted.vpa.toLowerCase() : wanted.accountNumber;
		const candidates = [
			byNumber.get(withoutZeros(text)) ?? [],
			...[...lengths].map((length) => byEnd.get(text.slice(text.length - length)) ?? []),
		];
		let near: CustomerAccount | undefined;
		for (const account of candidates.flat()) {
			const alike = likeness(account, wanted);
			// Whatever the order: one that may be the same says more than one with another IFSC.
			if (alike === 'maybeSame') return { account, likeness: alike };
			if (alike === 'near' && blocksNear(account.status)) near ??= account;
		}
		return near && { account: near, likeness: 'near' };
	};
}

/**
 * An account of Juspay's with what it hides filled in from the one that it is known to be.
 *
 * @param isExisting - whether it was there before: then nobody has told Juspay the row's name
 */
export function completed(
	shown: CustomerAccount,
	wanted: Account,
	isExisting = false,
): CustomerAccount {
	const bank = wanted.type === 'bankAccount' ? wanted : undefined;
	const isWhole = isWholeNumber(shown.accountNumber);
	// In Juspay's letter case, where Juspay shows all of it.
	const given = wanted.type === 'upi' ? wanted.vpa : '';
	const vpa = isSameVpa(shown.vpa, given) ? shown.vpa.trim() : given;
	return {
		...shown,
		type: wanted.type,
		accountNumber: isWhole ? shown.accountNumber : (bank?.accountNumber ?? ''),
		ifsc: /^\w+$/.test(shown.ifsc) ? shown.ifsc : (bank?.ifsc ?? ''),
		beneficiaryName: shown.beneficiaryName || (isExisting ? '' : (bank?.beneficiaryName ?? '')),
		vpa,
	};
}
