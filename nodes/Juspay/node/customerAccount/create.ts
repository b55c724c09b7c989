import type { INodeProperties } from 'n8n-workflow';
import { groupBy } from '../../lists';
import { identityOf } from '../../account/identity';
import { maskAccount, maskAccountNumber } from '../../account/mask';
import { createAccounts } from '../../once';
import type { CreateResult } from '../../once';
import { customerId } from '../fields';
import { runItems } from '../items';
import type { Answer, Done } from '../items';
import { existingAccount, isFailed } from '../results';
import type { Operation } from '../operation';
import type { FailedResult, ItemResult, Subject } from '../results';
import { readable } from '../run';
import type { Run } from '../run';
import { PARAMETERS } from '../values';
import { columnFields } from './columns';
import { ACCOUNTS } from './fields';
import { finish } from './finish';
import type { AccountFound } from './finish';
import { withinMaxValidations } from './maxValidations';
import { otherNames } from './otherNames';
import { openReader } from './readAccounts';
import type { NewAccount } from './readAccounts';

const bankAccountFields: INodeProperties[] = [
	{
		displayName: 'Account Number',
		name: 'accountNumber',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 026291800001191',
		description: '9 to 18 digits, leading zeros included',
	},
	{
		displayName: 'IFSC',
		name: 'ifsc',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. AABF0008032',
		description: 'Code of the bank branch: four letters, a zero, six letters or digits',
	},
	{
		displayName: 'Beneficiary Name',
		name: 'beneficiaryName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Nathan Kumar',
		description: 'Name of the customer at the bank',
	},
	{
		displayName: 'Bank Code',
		name: 'bankCode',
		type: 'string',
		default: '',
		placeholder: 'e.g. JP_HDFC',
		description: "Juspay's code of the bank",
	},
];

/** The fields of Create, in the order of the editor. */
const fields: INodeProperties[] = [
	{
		displayName: 'Accounts From',
		name: 'accountSource',
		type: 'options',
		noDataExpression: true,
		default: 'fields',
		description: 'Where the accounts to create come from',
		options: [
			{
				name: 'Define Below',
				value: 'fields',
				description: 'Enter the accounts here, or drag fields from the input',
			},
			{
				name: 'Input Columns',
				value: 'input',
				description: "Use each input row's columns, e.g. from a sheet or database",
			},
			{ name: 'JSON', value: 'json', description: 'An array of accounts' },
		],
	},
	{ ...customerId, displayOptions: { show: { accountSource: ['fields', 'json'] } } },
	{
		displayName: 'Accounts',
		name: 'accounts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Account',
		default: {},
		description: 'The bank accounts and UPI IDs to create for the customer',
		displayOptions: { show: { accountSource: ['fields'] } },
		options: [
			{ displayName: 'Bank Account', name: 'bankAccount', values: bankAccountFields },
			{
				displayName: 'UPI ID',
				name: 'upi',
				values: [
					{
						displayName: 'UPI ID',
						name: 'vpa',
						type: 'string',
						required: true,
						default: '',
						placeholder: 'e.g. 9164326296@upi',
						description: 'Virtual payment address (VPA) of the customer',
					},
				],
			},
		],
	},
	{
		displayName: 'Accounts (JSON)',
		name: 'accountsJson',
		type: 'json',
		required: true,
		default: '[]',
		placeholder:
			'e.g. [{"accountNumber":"026291800001191","ifsc":"AABF0008032","beneficiaryName":"Nathan Kumar"},{"vpa":"9164326296@upi"}]',
		description:
			'JSON array of the accounts to create. A bank account has accountNumber (9 to 18 digits, as a string), ifsc, and optionally beneficiaryName and bankCode; a UPI ID has vpa.',
		displayOptions: { show: { accountSource: ['json'] } },
	},
	...columnFields,
	{
		displayName: 'Validate on Create',
		name: 'validateOnCreate',
		type: 'boolean',
		default: false,
		description:
			'Whether to validate each new account, and each existing one that was never validated, with a penny drop',
	},
	// An expression ends n8n's check: whatever comes after it counts as met, so `onExisting` comes first.
	{
		displayName:
			'Validation moves money: Juspay sends a penny drop (1 INR by default) to each new account, and to each existing one that was never validated. Active, pending and failed accounts are not validated again.',
		name: 'validationNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { onExisting: ['reuse'], validateOnCreate: [true] } },
	},
	{
		displayName:
			'Validation moves money: with Create Another, every run creates every account again and pays for a penny drop (1 INR by default) to each.',
		name: 'validationOfAllNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { onExisting: ['create'], validateOnCreate: [true] } },
	},
	{
		displayName: 'If Account Exists',
		name: 'onExisting',
		type: 'options',
		default: 'reuse',
		description: 'What to do if the customer already has this account',
		options: [
			{
				name: 'Create Another',
				value: 'create',
				description: 'Always create, even if it is a duplicate',
			},
			{
				name: 'Reuse',
				value: 'reuse',
				description: 'Return the existing account',
			},
		],
	},
];

/** Creates the accounts of all items: one request per customer, not per account. */
async function execute(run: Run): Promise<ItemResult[]> {
	const { read, skips, accountNumbers, hints } = openReader(run);
	const create = async (looksOnly: boolean) =>
		await runItems<NewAccount, AccountFound>(run, {
			skips,
			read,
			groupKey: ({ customerId: id }) => id,
			subjectOf,
			work: async (requests) => await createForCustomer(run, requests, looksOnly),
		});
	const results = mayValidate(run) ? await withinMaxValidations(run, create) : await create(false);
	for (const hint of hints()) run.note(hint);
	const others = otherNames(results);
	if (others) run.note(others);
	return await finish(run, withoutAccountNumbers(eachOnce(results), accountNumbers));
}

function mayValidate(run: Run): boolean {
	return [...run.items.keys()].some((item) =>
		readable(() => run.value(PARAMETERS.validateOnCreate, item)),
	);
}

/** In a dry run, an account that several rows name would be created for the first of them, and exist for the others. */
function eachOnce(
	results: ReadonlyArray<Done<NewAccount, AccountFound> | FailedResult>,
): Array<Done<NewAccount, AccountFound> | FailedResult> {
	const seen = new Set<string>();
	return results.map((it) => {
		if (isFailed(it) || it.value.outcome !== 'wouldCreate') return it;
		const { customerId: id, account, onExisting } = it.request;
		const key = JSON.stringify([id, identityOf(account)]);
		if (onExisting === 'create' || !seen.has(key)) {
			seen.add(key);
			return it;
		}
		const validation = it.value.validation && 'notNeeded';
		return { ...it, value: { ...it.value, outcome: 'existing', validation } };
	});
}

function subjectOf({ customerId: id, account }: NewAccount): Subject {
	return { customerId: id, type: account.type, account: maskAccount(account) };
}

/** Creates one customer's accounts; those with other settings go in requests of their own, one after the other. */
async function createForCustomer(
	run: Run,
	requests: NewAccount[],
	looksOnly: boolean,
): Promise<Array<Answer<AccountFound> | undefined>> {
	const answers = new Map<NewAccount, Answer<AccountFound>>();
	const customerIsPlanned = requests.some((it) => it.customerIsPlanned);
	for (const group of groupBy(requests, ({ settingsKey }) => settingsKey)) {
		const [first] = group as [NewAccount];
		const accounts = group.map(({ account }) => account);
		const { dryRun, validateInDoubt, waitMs: lookForMs, perRequest } = first.options;
		const order = {
			...first,
			accounts,
			customerIsPlanned,
			dryRun: dryRun || looksOnly,
			validateInDoubt,
			lookForMs,
			perRequest,
		};
		const made = await createAccounts(await run.session, order);
		for (const [index, request] of group.entries())
			answers.set(request, answerOf(made[index] as CreateResult));
		if (!run.continueOnFail && made.some((it) => 'failure' in it)) break;
	}
	return requests.map((request) => answers.get(request));
}

function answerOf(made: CreateResult): Answer<AccountFound> {
	if (!('failure' in made)) return { ok: true, value: made };
	const { failure, account, outcome } = made;
	return account
		? { ok: false, failure, subject: { ...existingAccount(account), outcome }, isValidation: true }
		: { ok: false, failure };
}

/** Shows customer IDs, but masks one that is an account number of the same run: the columns were mixed up. */
function withoutAccountNumbers(
	results: ReadonlyArray<Done<NewAccount, AccountFound> | FailedResult>,
	accountNumbers: ReadonlySet<string>,
): Array<Done<NewAccount, AccountFound> | FailedResult> {
	return results.map((it) => {
		const id = isFailed(it) ? (it.subject.customerId ?? '') : it.request.customerId;
		if (!accountNumbers.has(id)) return it;
		const masked = maskAccountNumber(id);
		if (!isFailed(it)) return { ...it, request: { ...it.request, customerId: masked } };
		const { failure, subject } = it;
		const message = failure.message.replaceAll(id, masked);
		const text = failure.description.replaceAll(id, masked);
		return {
			...it,
			failure: { ...failure, message, description: text },
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
	fields: fields,
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
};
