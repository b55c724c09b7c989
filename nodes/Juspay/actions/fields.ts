import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Operations of the resource Customer Account that return accounts. */
export const RETURNS_ACCOUNTS = ['create', 'get', 'getAll', 'validate'];

/** Shows a field for these operations on customer accounts. */
export function forAccounts(
	operation: string[],
	also: IDisplayOptions['show'] = {},
): IDisplayOptions {
	return { show: { resource: ['customerAccount'], operation, ...also } };
}

/** The customer whose accounts an operation is about. */
export const customerId: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. cst_zqqmw0v4exbhvv2l',
	description: "Juspay's ID of the customer, or the object reference ID you gave the customer",
};

/** The account that an operation is about. */
export const customerAccountId: INodeProperties = {
	displayName: 'Customer Account',
	name: 'customerAccountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The account to get, validate or delete',
	displayOptions: forAccounts(['get', 'validate', 'delete']),
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account…',
			typeOptions: { searchListMethod: 'searchCustomerAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. banh_kGvx5TGUmkRVC2dH',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*[A-Za-z0-9_-]{4,}\\s*$',
						errorMessage: 'An account ID is letters, digits, - and _, e.g. banh_kGvx5TGUmkRVC2dH',
					},
				},
			],
		},
	],
};

/** Simplified or raw, for customers. */
export const simplifyCustomer: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	displayOptions: { show: { resource: ['customer'] } },
};

/** Simplified or raw, for accounts: only those contain what is masked. */
export const simplify: INodeProperties = {
	...simplifyCustomer,
	hint: 'Turning this off outputs full account numbers, which n8n saves with the execution.',
	displayOptions: forAccounts(RETURNS_ACCOUNTS),
};

/** Where accounts come out. */
export const outputMode: INodeProperties = {
	displayName: 'Output Mode',
	name: 'outputMode',
	type: 'options',
	noDataExpression: true,
	default: 'single',
	description: 'How accounts leave the node',
	options: [
		{ name: 'Single Output', value: 'single', description: 'All accounts on one output' },
		{
			name: 'One Output per Status',
			value: 'byStatus',
			description: 'Three outputs: Active, Pending (created ones too) and Failure',
		},
	],
	displayOptions: forAccounts(RETURNS_ACCOUNTS),
};

const sends = { show: { '/resource': ['customerAccount'], '/operation': ['create', 'validate'] } };
const creates = { show: { '/resource': ['customerAccount'], '/operation': ['create'] } };
const mayWait = {
	show: { '/resource': ['customerAccount'], '/operation': ['create', 'get', 'validate'] },
};

/** What few need, for every operation that it applies to. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Accounts per Request',
			name: 'accountsPerRequest',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 500 },
			default: 50,
			description: "How many of a customer's accounts travel in one request at most",
			displayOptions: creates,
		},
		{
			displayName: 'Body Fields',
			name: 'bodyFields',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Field',
			default: {},
			description:
				'Fields to add to the request as they stand: metadata, or a field that Juspay names otherwise for you',
			displayOptions: sends,
			options: [
				{
					displayName: 'Field',
					name: 'field',
					values: [
						{
							displayName: 'Name',
							name: 'name',
							type: 'string',
							default: '',
							placeholder: 'e.g. metadata.source',
							description: 'Name of the field in the request',
						},
						{
							displayName: 'Value',
							name: 'value',
							type: 'string',
							default: '',
							description: 'Value of the field',
						},
					],
				},
			],
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 100 },
			default: 50,
			description:
				'How many requests are in flight at once at most. The node slows down by itself when Juspay asks for it.',
		},
		{
			displayName: 'Gateway ID',
			name: 'gatewayId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 16',
			description: 'The gateway that validates the account, if not the one set up with Juspay',
			displayOptions: sends,
		},
		{
			displayName: 'Gateway Reference ID',
			name: 'gatewayReferenceId',
			type: 'string',
			default: '',
			description: 'Tells apart several set-ups of the same gateway',
			displayOptions: creates,
		},
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10 },
			default: 3,
			description:
				'How often a request is sent again at most. Nothing is repeated that may have happened: the node looks first.',
		},
		{
			displayName: 'Routing ID',
			name: 'routingId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer_1122',
			description:
				'Sent as x-routing-ID instead of the customer ID, e.g. for a guest checkout. Use the same for all requests about one customer.',
		},
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 600 },
			default: 30,
			description: 'How long to wait for the answer to one request',
		},
		{
			displayName: 'Validation Amount',
			name: 'validationAmount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'The amount of the penny drop in INR. Juspay sends 1 INR unless told otherwise.',
			displayOptions: sends,
		},
		{
			displayName: 'Wait for Validation',
			name: 'waitForValidation',
			type: 'boolean',
			default: false,
			description:
				'Whether to wait until no account is pending any more. When the time is over, an account comes out as PENDING.',
			displayOptions: mayWait,
		},
		{
			displayName: 'Wait Timeout (Seconds)',
			name: 'waitTimeout',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 3600 },
			default: 60,
			description: 'How long to wait for validations in all, when Wait for Validation is on',
			displayOptions: mayWait,
		},
	],
};
