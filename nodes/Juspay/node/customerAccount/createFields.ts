import type { INodeProperties } from 'n8n-workflow';
import { COLUMN_FIELDS } from '../../account/headers';
import { boolean } from '../../account/kinds';
import { customerId } from '../fields';
import { choice, value } from '../values';

const INPUT_COLUMNS = { show: { accountSource: ['input'] } };

/** Some of each field's headers, to show the user what is found. */
const examples = COLUMN_FIELDS.map(({ label, headers }) => {
	const some = headers.flatMap((tier) => tier.slice(0, 2)).slice(0, 3);
	return `<li>${label}: ${some.join(', ')}</li>`;
}).join('');

/** Which columns of the input items contain the accounts, where each item is a row. */
const columnFields: INodeProperties[] = [
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'autoMapInputData', value: null },
		description:
			'The columns of the input items. A row may contain a bank account, a UPI ID, or both.',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getAccountColumns',
				mode: 'add',
				valuesLabel: 'Accounts to Create',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
				hideNoDataError: true,
			},
		},
		displayOptions: INPUT_COLUMNS,
	},
	{
		displayName: `The names need not be the same: case, spaces and punctuation don't matter. For example:<ul>${examples}</ul>`,
		name: 'columnsNotice',
		type: 'notice',
		default: '',
		displayOptions: {
			show: {
				accountSource: ['input'],
				'/columns.mappingMode': ['autoMapInputData'],
			},
		},
	},
];

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

/** Where the accounts come from. */
export const ACCOUNT_SOURCE = choice<'fields' | 'input' | 'json'>(
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
	'fields',
);

/** Whether what is created is validated too. */
export const VALIDATE_ON_CREATE = value(
	{
		displayName: 'Validate on Create',
		name: 'validateOnCreate',
		type: 'boolean',
		default: false,
		description:
			'Whether to validate each new account, and each existing one that was never validated, with a penny drop',
	},
	boolean,
	false,
	{ isStrict: true },
);

/** What to do if the account exists. */
export const ON_EXISTING = choice<'create' | 'reuse'>(
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
	'reuse',
	{ isStrict: true },
);

/** The fields of Create, in the order of the editor. */
export const createFields: INodeProperties[] = [
	ACCOUNT_SOURCE.field,
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
	VALIDATE_ON_CREATE.field,
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
	ON_EXISTING.field,
];
