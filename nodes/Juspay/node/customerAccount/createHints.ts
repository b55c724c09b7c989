import { hasOtherZeros } from '../../account/identity';
import { fold } from '../../account/text';
import type { Done, Ended } from '../items';
import { isFailed } from '../results';
import { firstOf } from '../summary';
import type { AccountFound } from './accounts';
import type { NewAccount } from './readAccounts';

/** More rows than this are counted, not named. */
const MOST_NAMED = 10;

/** A name that Juspay shows in part can't be compared. */
const IS_MASKED = /[*•]|X{3,}/;

/** The words of a name in any order, without case and signs; initials and titles count as they stand. */
function wordsOf(name: string): string {
	const words = fold(name)
		.toLowerCase()
		.split(/[^\p{L}\p{M}\p{N}]+/u);
	return words
		.filter((word) => word !== '')
		.sort()
		.join(' ');
}

/** Whether Juspay has this row's account under another name. */
function isOther({ request: { account: wanted }, value }: Done<NewAccount, AccountFound>): boolean {
	const given = wanted.type === 'bankAccount' ? (wanted.beneficiaryName ?? '') : '';
	const { beneficiaryName } = value.account;
	if (value.outcome !== 'existing' || given === '' || beneficiaryName === '') return false;
	return !IS_MASKED.test(beneficiaryName) && wordsOf(given) !== wordsOf(beneficiaryName);
}

/**
 * Counts existing accounts whose name at Juspay is not the row's, the sign of a mixed-up row; undefined where there is
 * none.
 */
export function otherNames(
	results: ReadonlyArray<Ended<NewAccount, AccountFound>>,
): string | undefined {
	const others = rowsWhere(results, isOther);
	if (others.length === 0) return undefined;
	const [one, who] =
		others.length === 1
			? ['this row', '1 existing account has another beneficiary name than its row']
			: [
					'these rows',
					`${others.length} existing accounts have other beneficiary names than their rows`,
				];
	return `${who} (${named(others)}). The output shows Juspay's. Check that the columns of ${one} aren't mixed up.`;
}

/**
 * Counts existing accounts that are the row's only if a spreadsheet has dropped leading zeros; undefined where there is
 * none.
 */
export function otherZeros(
	results: ReadonlyArray<Ended<NewAccount, AccountFound>>,
): string | undefined {
	const others = rowsWhere(
		results,
		({ request, value }) =>
			value.outcome === 'existing' && hasOtherZeros(value.account, request.account),
	);
	if (others.length === 0) return undefined;
	const who =
		others.length === 1
			? '1 existing account differs from its row'
			: `${others.length} existing accounts differ from their rows`;
	return `${who} in leading zeros only (${named(others)}). Check which account number is right.`;
}

/** The rows, counted from 1, of the accounts of which something is true. */
function rowsWhere(
	results: ReadonlyArray<Ended<NewAccount, AccountFound>>,
	isTrue: (done: Done<NewAccount, AccountFound>) => boolean,
): number[] {
	return results.flatMap((result) =>
		!isFailed(result) && isTrue(result) ? [result.request.item + 1] : [],
	);
}

/** Rows for a message: "row 5", "rows 2, 5". */
function named(rows: readonly number[]): string {
	const distinct = [...new Set(rows)];
	return `row${distinct.length === 1 ? '' : 's'} ${firstOf(distinct, MOST_NAMED)}`;
}
