import { fold } from '../../account/text';
import type { Done } from '../items';
import { isFailed } from '../results';
import type { FailedResult } from '../results';
import { firstOf } from '../summary';
import type { AccountFound } from './finish';
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
	results: ReadonlyArray<Done<NewAccount, AccountFound> | FailedResult>,
): string | undefined {
	const others = results.filter(
		(it): it is Done<NewAccount, AccountFound> => !isFailed(it) && isOther(it),
	);
	if (others.length === 0) return undefined;
	const rows = [...new Set(others.map(({ request }) => request.item + 1))];
	const who =
		others.length === 1
			? '1 existing account has another beneficiary name than its row'
			: `${others.length} existing accounts have other beneficiary names than their rows`;
	return `${who} (row${rows.length === 1 ? '' : 's'} ${firstOf(rows, MOST_NAMED)}). The output shows Juspay's. Check that the columns of ${rows.length === 1 ? 'this row' : 'these rows'} aren't mixed up.`;
}
