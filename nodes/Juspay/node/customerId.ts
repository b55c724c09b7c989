import type { INodeProperties } from 'n8n-workflow';

/** The customer that an operation is about. */
export const customerId: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer_1122',
	description: "Juspay's ID of the customer, or your own ID of it (object reference ID)",
};
