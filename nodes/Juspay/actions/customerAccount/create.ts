import type { INodeProperties } from 'n8n-workflow';
import { groupBy } from '../../domain/group';
import { maskAccount, maskAccountNumber } from '../../domain/mask';
import { createAccounts } from '../../api/exactlyOnce';
import type { Made } from '../../api/exactlyOnce';
import { forEachAtOnce } from '../../api/pace';
import { customerId, forAccounts } from '../fields';
import type { FailedResult, ItemResult } from '../results';
import { waitMs } from '../run';
import type { Run } from '../run';
import { columnFields } from './columns';
import { finish, isInHand } from './handled';
import type { Handled } from './handled';
import { isOrder, readOrders } from './orders';
import type { Order } from './orders';
import { asThere } from './target';

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
				description: "Use each input row's columns, e.g. from a sheet or database",
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
	...columnFields,
	{
		displayName: 'Validate on Create',
		name: 'validateOnCreate',
		type: 'boolean',
		default: false,
		description:
			'Whether to validate each new account, and each existing one that was never validated, with a penny drop',
		displayOptions: forAccounts(['create']),
	},
	{
		displayName:
			'Validation moves money: Juspay sends a penny drop (1 INR by default) to each new account, and to each existing one that was never validated. Active, pending and failed accounts are not validated again.',
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
	const numbers = new Set(
		orders.flatMap((order) =>
			isOrder(order) && order.account.type === 'bankAccount' ? [order.account.accountNumber] : [],
		),
	);
	return await finish(
		run,
		handled.filter((it) => it !== undefined).map((it) => withoutNumbers(it, numbers)),
	);
}

/** A customer ID is shown, unless it is an account number of this run: then the columns were mixed up. */
function withoutNumbers(handled: Handled, numbers: ReadonlySet<string>): Handled {
	if (isInHand(handled)) return handled;
	const { failure, concerned } = handled;
	const { customerId: id = '' } = concerned;
	if (!numbers.has(id)) return handled;
	const masked = maskAccountNumber(id);
	return {
		...handled,
		concerned: { ...concerned, customerId: masked },
		failure: {
			...failure,
			message: failure.message.replaceAll(id, masked),
			description: failure.description.replaceAll(id, masked),
		},
	};
}

/** Creates accounts of one customer that may travel together; gives each order's slot its result. */
async function createGroup(run: Run, group: Order[]): Promise<Map<number, Handled>> {
	const [first] = group;
	if (!first) return new Map();
	const accounts = group.map(({ account }) => account);
	const patienceMs = waitMs(run.options(first.item));
	const made = await createAccounts(await run.client, { ...first, accounts, patienceMs });
	return new Map(group.map((order, index) => [order.slot, handledBy(order, made[index] as Made)]));
}

function handledBy(order: Order, made: Made): Handled {
	const { item, customerId: id, account, settings } = order;
	if (!('failure' in made)) return { item, customerId: id, routingId: settings.routingId, ...made };
	const concerned = { customerId: id, type: account.type, account: maskAccount(account) };
	return {
		item,
		failure: made.failure,
		concerned: made.account
			? { ...asThere(made.account, concerned), outcome: made.outcome }
			: concerned,
	};
}
