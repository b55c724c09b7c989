import { maskAccount, maskAccountNumber } from '../../account/mask';
import { runItems } from '../items';
import type { Ended } from '../items';
import { isFailed } from '../results';
import type { Operation } from '../operation';
import type { ItemResult, Subject } from '../results';
import { readable } from '../run';
import type { Run } from '../run';
import { ACCOUNTS, finish } from './accounts';
import type { AccountFound } from './accounts';
import { createForCustomer } from './createForCustomer';
import { otherNames, otherZeros } from './createHints';
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
