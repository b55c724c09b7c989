import type { INodeProperties } from 'n8n-workflow';
import { customerId } from '../fields';

const forCustomer = (operation: string[]) => ({ show: { resource: ['customer'], operation } });

/** The fields of the resource Customer, in the order of the editor. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Object Reference ID',
		name: 'objectReferenceId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. customer_1122',
		description: 'Your own ID of the customer, at least 8 characters',
		displayOptions: forCustomer(['create']),
	},
	{ ...customerId, displayOptions: forCustomer(['get', 'update']) },
	{
		displayName: 'Customer Details',
		name: 'customerDetails',
		type: 'collection',
		placeholder: 'Add detail',
		default: {},
		displayOptions: forCustomer(['create', 'update']),
		options: [
			{
				displayName: 'Email Address',
				name: 'emailAddress',
				type: 'string',
				default: '',
				placeholder: 'e.g. nathan@example.com',
				description: 'E-mail address of the customer',
			},
			{
				displayName: 'First Name',
				name: 'firstName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Nathan',
				description: 'First name of the customer',
			},
			{
				displayName: 'Last Name',
				name: 'lastName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Kumar',
				description: 'Last name of the customer',
			},
			{
				displayName: 'Mobile Country Code',
				name: 'mobileCountryCode',
				type: 'string',
				default: '91',
				placeholder: 'e.g. 91',
				description: 'Calling code of the country, without a plus',
			},
			{
				displayName: 'Mobile Number',
				name: 'mobileNumber',
				type: 'string',
				default: '',
				placeholder: 'e.g. 9876543210',
				description: 'Mobile number of the customer, without country code',
			},
		],
	},
	{
		displayName: 'If Customer Exists',
		name: 'onExisting',
		type: 'options',
		default: 'reuse',
		description: 'What to do about a customer with the same object reference ID',
		options: [
			{
				name: 'Reuse',
				value: 'reuse',
				description: 'Return the existing customer: running twice creates nobody twice',
			},
			{
				name: 'Create Another',
				value: 'create',
				description: 'Create without looking; Juspay refuses an ID that is taken',
			},
		],
		displayOptions: forCustomer(['create']),
	},
];
