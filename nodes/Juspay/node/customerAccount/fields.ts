import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { customerId } from '../customerId';

/** Shows a field for these operations on customer accounts. */
export function showFor(operation: string[], also: IDisplayOptions['show'] = {}): IDisplayOptions {
	return { show: { resource: ['customerAccount'], operation, ...also } };
}

/** The customer whose account, or accounts, an operation is about. */
export const customerOfAccount: INodeProperties = {
	...customerId,
	displayOptions: showFor(['delete', 'get', 'getAll', 'validate']),
};

/** The account that an operation is about. */
export const customerAccountId: INodeProperties = {
	displayName: 'Customer Account',
	name: 'customerAccountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The account to get, validate or delete',
	displayOptions: showFor(['delete', 'get', 'validate']),
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
						errorMessage:
							'An account ID contains only letters, digits, - and _, e.g. banh_kGvx5TGUmkRVC2dH',
					},
				},
			],
		},
	],
};

const RETURNS_ACCOUNTS = ['create', 'get', 'getAll', 'validate'];

/** Simplified or raw. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
	hint: 'Turning this off outputs full account numbers, which n8n saves with the execution.',
	displayOptions: showFor(RETURNS_ACCOUNTS),
};

/** One output, or one per status. */
export const outputMode: INodeProperties = {
	displayName: 'Output Mode',
	name: 'outputMode',
	type: 'options',
	noDataExpression: true,
	default: 'single',
	description: 'Where to send the accounts',
	options: [
		{ name: 'Single Output', value: 'single', description: 'All accounts on one output' },
		{
			name: 'One Output per Status',
			value: 'byStatus',
			description:
				'Three outputs: Active, Pending (also accounts not validated yet) and Failure. With On Error = Continue, errors leave by Failure.',
		},
	],
	displayOptions: showFor(RETURNS_ACCOUNTS),
};

/** n8n keeps wires by their output's position: one that led from Active to a payout may lead there from elsewhere. */
export const outputModeNotice: INodeProperties = {
	displayName: 'Changing this moves existing wires: check each one',
	name: 'outputModeNotice',
	type: 'notice',
	default: '',
	displayOptions: showFor(RETURNS_ACCOUNTS),
};
