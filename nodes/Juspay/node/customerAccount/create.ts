import { hasOtherZeros } from '../../account/identity';
import { maskAccount, maskAccountNumber } from '../../account/mask';
import { fold } from '../../account/text';
import { runItems } from '../items';
import type { Done, Ended } from '../items';
import { isFailed } from '../results';
import type { Operation } from '../operation';
import type { ItemResult, Subject } from '../results';
import { readable } from '../run';
import type { Run } from '../run';
import { firstOf } from '../summary';
import { ACCOUNTS, finish } from './accounts';
import type { AccountFound } from './accounts';
import { createForCustomer } from './createForCustomer';
import { createFields, ON_EXISTING, VALIDATE_ON_CREATE } from './createFields';
import { withinMaxValidations } from './maxValidations';
import { readAccounts } from './readAccounts';
import type { NewAccount } from './readAccounts';
import { openSource } from './sources';

type NewAccountResult = Ended<NewAccount, AccountFound>;

/** Creates the accounts of all items: one request per customer, not per account. */
async function execute(run: Run): Promise<ItemResult[]> {
	const source = openSource(run);
	const accountNumbers = new Set<string>();
	const create = async (looksOnly: boolean) =>
		await runItems<NewAccount, AccountFound>(run, {
			looksOnly,
			skips: source.skips,
			read: (known) => readAccounts(run, source, known, accountNumbers),
			groupKey: ({ customerId }) => customerId,
			subjectOf,
			work: async (requests) => await createForCustomer(run, requests, looksOnly),
		});
	const results = mayValidate(run)
		? await withinMaxValidations(run, subjectOf, create)
		: await create(false);
	for (const hint of source.hints()) run.note(hint);
	for (const hint of [otherNames(results), otherZeros(results)]) if (hint) run.note(hint);
	return await finish(run, withoutAccountNumbers(results, accountNumbers));
}

function mayValidate(run: Run): boolean {
	return [...run.items.keys()].some((item) => readable(() => run.value(VALIDATE_ON_CREATE, item)));
}

function createsAnother(run: Run): boolean {
	return [...run.items.keys()].some(
		(item) => readable(() => run.value(ON_EXISTING, item)) === 'create',
	);
}

function subjectOf({ customerId, account }: NewAccount): Subject {
	return { customerId, type: account.type, account: maskAccount(account) };
}

/** Shows customer IDs, but masks one that is an account number of the same run: the columns were mixed up. */
function withoutAccountNumbers(
	results: readonly NewAccountResult[],
	accountNumbers: ReadonlySet<string>,
): NewAccountResult[] {
	return results.map((result) => {
		const { customerId = '' } = isFailed(result) ? result.subject : result.request;
		if (!accountNumbers.has(customerId)) return result;
		const masked = maskAccountNumber(customerId);
		if (!isFailed(result)) {
			return { ...result, request: { ...result.request, customerId: masked } };
		}
		const { failure, subject } = result;
		const message = failure.message.replaceAll(customerId, masked);
		const description = failure.description.replaceAll(customerId, masked);
		return {
			...result,
			failure: { ...failure, message, description },
			subject: { ...subject, customerId: masked },
		};
	});
}

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
export function otherNames(results: readonly NewAccountResult[]): string | undefined {
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
export function otherZeros(results: readonly NewAccountResult[]): string | undefined {
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
	results: readonly NewAccountResult[],
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

/** Customer Account: Create. */
export const create: Operation = {
	value: 'create',
	label: 'Create',
	action: 'Create customer accounts',
	description:
		"Add customers' bank accounts and UPI IDs without duplicates, and validate them if you like",
	fields: createFields,
	options: [
		'accountsPerRequest',
		'bodyFields',
		'dryRun',
		'gatewayId',
		'gatewayReferenceId',
		'maxValidations',
		'validateInDoubt',
		'validationAmount',
		'waitForValidation',
	],
	returns: ACCOUNTS,
	execute,
	advice: (run) => ({ mayRepeat: !createsAnother(run), canValidate: !mayValidate(run) }),
};
