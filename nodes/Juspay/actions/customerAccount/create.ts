import type { INodeProperties } from 'n8n-workflow';
import type { Account } from '../../accounts/account';
import { checkAccount, checkId } from '../../accounts/check';
import type { Problem } from '../../accounts/check';
import { groupBy } from '../../accounts/group';
import type {
	AccountsField,
	Columns,
	Found,
	FoundAccount,
	FoundProblem,
} from '../../accounts/parse';
import {
	absentColumns,
	cell,
	checkColumns,
	fromFields,
	fromJson,
	fromRow,
} from '../../accounts/parse';
import { maskAccount } from '../../accounts/mask';
import type { RequestSettings } from '../../api/contract';
import { createAccounts } from '../../api/exactlyOnce';
import type { Made } from '../../api/exactlyOnce';
import { forEachAtOnce } from '../../api/pace';
import { customerId, forAccounts } from '../fields';
import { badInput, concernedAccount, unreadable } from '../results';
import type { Concerned, FailedResult, ItemResult } from '../results';
import { accountsPerRequest, rowOf } from '../run';
import type { Run } from '../run';
import { requestSettings } from '../settings';
import { finish, isInHand } from './handled';
import type { Handled } from './handled';

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
		placeholder: 'e.g. 12',
		description: "Juspay's code of the bank",
	},
];

const column = (
	displayName: string,
	name: string,
	columnName: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: columnName,
	placeholder: `e.g. ${columnName}`,
	description,
});

/** The fields of Create, in the order of the editor. */
export const fields: INodeProperties[] = [
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
				description: 'Fill in the accounts here; expressions may take values from the input',
			},
			{
				name: 'Input Columns',
				value: 'input',
				description: 'Each input item is a row of a sheet or database; no expressions needed',
			},
			{ name: 'JSON', value: 'json', description: 'An array of accounts' },
		],
		displayOptions: forAccounts(['create']),
	},
	{ ...customerId, displayOptions: forAccounts(['create'], { accountSource: ['fields', 'json'] }) },
	{
		displayName: 'Accounts',
		name: 'accounts',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Account',
		default: {},
		description: 'The bank accounts and UPI IDs to create for the customer',
		displayOptions: forAccounts(['create'], { accountSource: ['fields'] }),
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
		displayOptions: forAccounts(['create'], { accountSource: ['json'] }),
	},
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'collection',
		placeholder: 'Add column',
		default: {},
		description:
			'Which column of the input holds what, where its name is not the usual one. A row may hold a bank account, a UPI ID, or both.',
		displayOptions: forAccounts(['create'], { accountSource: ['input'] }),
		options: [
			column('Account Number', 'accountNumber', 'account_number', 'Column with the account number'),
			column('Bank Code', 'bankCode', 'bank_code', "Column with Juspay's code of the bank"),
			column(
				'Beneficiary Name',
				'beneficiaryName',
				'beneficiary_name',
				'Column with the name at the bank',
			),
			column('Customer ID', 'customerId', 'customer_id', 'Column with the ID of the customer'),
			column('IFSC', 'ifsc', 'ifsc', 'Column with the IFSC'),
			column('UPI ID', 'vpa', 'vpa', 'Column with the UPI ID'),
		],
	},
	{
		displayName: 'Validate on Create',
		name: 'validateOnCreate',
		type: 'boolean',
		default: false,
		description: 'Whether to validate each new account with a penny drop',
		displayOptions: forAccounts(['create']),
	},
	{
		displayName:
			'Validation moves money: Juspay sends a penny drop (1 INR by default) to each new account. Accounts that exist already are not validated again.',
		name: 'validationNotice',
		type: 'notice',
		default: '',
		displayOptions: forAccounts(['create'], { validateOnCreate: [true] }),
	},
	{
		displayName: 'If Account Exists',
		name: 'onExisting',
		type: 'options',
		default: 'reuse',
		description: 'What to do about an account that the customer has already',
		options: [
			{
				name: 'Reuse',
				value: 'reuse',
				description: 'Return the existing account: running twice creates nothing twice',
			},
			{
				name: 'Create Another',
				value: 'create',
				description: 'Create the account again, without looking',
			},
		],
		displayOptions: forAccounts(['create']),
	},
];

/** One account of one item, ready to be made. */
interface Order {
	item: number;
	/** Where its result goes. */
	slot: number;
	customerId: string;
	account: Account;
	validate: boolean;
	onExisting: 'reuse' | 'create';
	perRequest: number;
	settings: RequestSettings;
	/** The same for orders that may travel in one request. */
	key: string;
}

const COLUMN_NAMES: Columns = {
	customerId: 'customer_id',
	accountNumber: 'account_number',
	ifsc: 'ifsc',
	beneficiaryName: 'beneficiary_name',
	bankCode: 'bank_code',
	vpa: 'vpa',
};

/** Where an item's customer and accounts are read from. */
interface Source {
	customerId(item: number): unknown;
	accounts(item: number): Found;
	/** What is wrong with every item alike. */
	problem?: Problem;
}

function openSource(run: Run): Source {
	const { items, read } = run;
	const source = read('accountSource', 0);
	if (source === 'input') {
		const chosen = chosenColumns(read('columns', 0, {}) as Partial<Columns>);
		const columns = { ...COLUMN_NAMES, ...chosen };
		const rows = items.map(({ json }) => json);
		const problem = checkColumns(rows, columns);
		if (!problem) {
			run.notes.push(
				...absentColumns(rows, chosen).map((name) => `No item has the column "${name}"`),
			);
		}
		return {
			customerId: (item) => cell(rowOf(run, item), columns.customerId),
			accounts: (item) => fromRow(rowOf(run, item), columns),
			problem,
		};
	}
	return {
		customerId: (item) => read('customerId', item),
		accounts: (item) =>
			source === 'json'
				? fromJson(read('accountsJson', item))
				: fromFields(read('accounts', item, {}) as AccountsField),
	};
}

function chosenColumns(given: Partial<Columns>): Partial<Columns> {
	const names = Object.entries(given).map(([key, name]) => [key, String(name ?? '').trim()]);
	return Object.fromEntries(names.filter(([, name]) => name !== '')) as Partial<Columns>;
}

/** Reads and checks every account of every item, before anything is sent. */
function readOrders(run: Run): Array<Order | FailedResult> {
	const source = openSource(run);
	const found: Array<Order | FailedResult> = [];
	for (const item of run.items.keys()) {
		try {
			found.push(...readItem(run, source, item));
		} catch (thrown) {
			found.push(unreadable(item, thrown));
		}
	}
	return found.map((order, slot) => (isOrder(order) ? { ...order, slot } : order));
}

function isOrder(order: Order | FailedResult): order is Order {
	return 'account' in order;
}

function readItem(run: Run, source: Source, item: number): Array<Order | FailedResult> {
	if (source.problem) return [badInput(item, source.problem)];
	const customer = checkId('Customer ID', source.customerId(item));
	const concerned: Concerned = 'problem' in customer ? {} : { customerId: customer.value };
	const accounts = source.accounts(item);
	if ('problem' in accounts) return [badInput(item, accounts.problem, concerned)];
	if ('problem' in customer) return failEach(item, customer.problem, accounts.accounts);
	const options = run.options(item);
	const settings = requestSettings(options);
	if ('problem' in settings) return failEach(item, settings.problem, accounts.accounts, concerned);
	const onExisting = run.read('onExisting', item, 'reuse') === 'create' ? 'create' : 'reuse';
	if (onExisting === 'create' && run.retriesWhole) {
		return failEach(item, CREATES_AGAIN, accounts.accounts, concerned);
	}
	const shared = {
		item,
		slot: 0,
		customerId: customer.value,
		validate: run.read('validateOnCreate', item, false) === true,
		onExisting,
		perRequest: accountsPerRequest(options),
		settings: settings.value,
	} as const;
	const key = JSON.stringify([shared.validate, onExisting, shared.perRequest, settings.value]);
	return accounts.accounts.map((found) => {
		const { place } = found;
		if ('problem' in found) return badInput(item, found.problem, concerned, place);
		const { type, raw } = found;
		const checked = checkAccount(type, raw);
		return 'problem' in checked
			? badInput(item, checked.problem, { ...concerned, ...concernedAccount(type, raw) }, place)
			: { ...shared, key, account: checked.value };
	});
}

/** n8n's Retry On Fail runs a node again from its beginning. */
const CREATES_AGAIN: Problem = {
	field: 'If Account Exists',
	wrong: 'is set to Create Another while Retry On Fail is on: a retry would create accounts twice',
	fix: "Turn off Retry On Fail in the node's Settings (the node retries by itself what is safe), or set If Account Exists to Reuse.",
};

/** What is wrong with a whole item counts for each of its accounts: each ends as one failure of its own. */
function failEach(
	item: number,
	problem: Problem,
	accounts: Array<FoundAccount | FoundProblem>,
	concerned: Concerned = {},
): FailedResult[] {
	return accounts.map((it) =>
		'problem' in it
			? badInput(item, it.problem, concerned, it.place)
			: badInput(item, problem, { ...concerned, ...concernedAccount(it.type, it.raw) }, it.place),
	);
}

/** Creates the accounts of all items: one request for each customer, not for each account. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const orders = readOrders(run);
	const refused = orders.filter((order): order is FailedResult => !isOrder(order));
	if (refused.length > 0 && !run.keepGoing) return refused;

	const handled: Array<Handled | undefined> = orders.map((order) =>
		isOrder(order) ? undefined : order,
	);
	const byCustomer = groupBy(orders.filter(isOrder), ({ customerId: id }) => id);
	await forEachAtOnce(byCustomer, run.concurrency, async (customer) => {
		// One customer's requests go one after the other, also where their settings differ.
		for (const group of groupBy(customer, ({ key }) => key)) {
			const results = await createGroup(run, group);
			for (const [slot, result] of results) handled[slot] = result;
			if (!run.keepGoing && ![...results.values()].every(isInHand)) return false;
		}
		return true;
	});
	return await finish(
		run,
		handled.filter((it) => it !== undefined),
	);
}

/** Creates accounts of one customer that may travel together; gives each order's slot its result. */
async function createGroup(run: Run, group: Order[]): Promise<Map<number, Handled>> {
	const [first] = group;
	if (!first) return new Map();
	const accounts = group.map(({ account }) => account);
	const made = await createAccounts(run.client, { ...first, accounts });
	return new Map(group.map((order, index) => [order.slot, handledBy(order, made[index] as Made)]));
}

function handledBy(order: Order, made: Made): Handled {
	const { item, customerId: id, account, settings } = order;
	return 'failure' in made
		? {
				item,
				failure: made.failure,
				concerned: { customerId: id, type: account.type, account: maskAccount(account) },
			}
		: { item, customerId: id, routingId: settings.routingId, ...made };
}
