import type { INodeProperties } from 'n8n-workflow';
import type { Returned } from '../operation';
import { simplify } from '../fields';

/** What is known of a customer beside its ID. */
export const customerDetails: INodeProperties = {
	displayName: 'Customer Details',
	name: 'customerDetails',
	type: 'collection',
	placeholder: 'Add detail',
	default: {},
	options: [
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description: 'Email address of the customer',
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
			description: 'Mobile number of the customer, without the country code',
		},
	],
};

/** What the operations on customers return. */
export const CUSTOMERS: Returned = { fields: [simplify] };
