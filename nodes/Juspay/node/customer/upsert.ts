import { checkObjectReferenceId } from '../../account/check';
import { upsertCustomer } from '../../once';
import type { Operation } from '../operation';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { objectReferenceId } from './create';
import { readDetails, runCustomers } from './customers';
import { CUSTOMERS, customerDetails } from './fields';

/** Creates each item's customer, or updates the one that is there; a customer's items in their order. */
async function execute(run: Run): Promise<ItemResult[]> {
	return await runCustomers(run, {
		read: (item) => ({
			customerId: checkObjectReferenceId(run.read('objectReferenceId', item)),
			details: readDetails(run, item),
		}),
		work: async (session, order) => await upsertCustomer(session, order),
	});
}

/** Customer: Create or Update. */
export const upsert: Operation = {
	value: 'upsert',
	label: 'Create or Update',
	action: 'Create or update customer',
	description: 'Add a customer under your own ID, or change the details of the existing customer',
	fields: [objectReferenceId, customerDetails],
	options: [],
	returns: CUSTOMERS,
	execute,
};
