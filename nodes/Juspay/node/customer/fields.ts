import type { INodeProperties } from 'n8n-workflow';

/** The merchant's own ID of the customer. */
export const objectReferenceId: INodeProperties = {
	displayName: 'Your Customer ID',
	name: 'objectReferenceId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer_1122',
	description:
		'Your own ID of the customer, at least 8 characters. Juspay calls it object reference ID.',
};

/** What to do if the customer exists. */
export const onExisting: INodeProperties = {
	displayName: 'If Customer Exists',
	name: 'onExisting',
	type: 'options',
	default: 'reuse',
	description: 'What to do if there already is a customer with this ID',
	options: [
		{
			name: "Don't Check First",
			value: 'create',
			description: 'Create without looking; Juspay rejects an ID already in use',
		},
		{
			name: 'Return Existing',
			value: 'reuse',
			description: 'Return the existing customer',
		},
	],
};

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
