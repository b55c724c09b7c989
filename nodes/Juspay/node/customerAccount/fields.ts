import type { INodeProperties } from 'n8n-workflow';
import { outputOf, STATUS_OUTPUTS } from '../../account/status';
import type { Returned } from '../operation';
import { returnsByStatus } from '../fields';

/** The account that an operation is about. */
export const customerAccountId: INodeProperties = {
	displayName: 'Customer Account',
	name: 'customerAccountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The account to get, validate or delete',
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

/** What the operations that return accounts have in common. */
export const ACCOUNTS: Returned = returnsByStatus(
	'accounts',
	'account numbers',
	{
		name: 'One Output per Status',
		value: 'byStatus',
		description:
			'Three outputs: Active, Pending (also accounts not validated yet) and Failure. With On Error = Continue, errors leave by Failure.',
	},
	{ names: STATUS_OUTPUTS, of: outputOf, firstIsEmpty: 'no account is active' },
);
