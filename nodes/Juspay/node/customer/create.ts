import type { INodeProperties } from 'n8n-workflow';
import { checkObjectReferenceId } from '../../account/check';
import { createCustomer } from '../../once';
import type { Operation } from '../operation';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { PARAMETERS } from '../values';
import { readDetails, runCustomers } from './customers';
import { CUSTOMERS, customerDetails } from './fields';

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
const onExisting: INodeProperties = {
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

/** Creates each item's customer, once per object reference ID. */
async function execute(run: Run): Promise<ItemResult[]> {
	return await runCustomers(run, {
		read: (item) => ({
			customerId: checkObjectReferenceId(run.read('objectReferenceId', item)),
			details: readDetails(run, item),
			onExisting: run.value(PARAMETERS.customerExisting, item),
		}),
		work: async (session, order) => await createCustomer(session, order),
	});
}

/** Customer: Create. */
export const create: Operation = {
	value: 'create',
	label: 'Create',
	action: 'Create customer',
	description: 'Add a customer under your own ID, or return the existing customer',
	fields: [objectReferenceId, customerDetails, onExisting],
	options: ['dryRun'],
	returns: CUSTOMERS,
	execute,
};
