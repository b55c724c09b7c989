import { checkId } from '../../account/check';
import type { Checked } from '../../account/check';
import { updateCustomer } from '../../once';
import type { CustomerDetails } from '../../account/customer';
import { customerId } from '../fields';
import type { Operation } from '../operation';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { found, readDetails, runCustomers } from './customers';
import { CUSTOMERS, customerDetails } from './fields';

/** Updates each item's customer, in the order of the items. */
async function execute(run: Run): Promise<ItemResult[]> {
	return await runCustomers(run, {
		read: (item) => ({
			customerId: checkId('Customer ID', run.read('customerId', item)),
			details: notEmpty(readDetails(run, item)),
		}),
		work: async (session, order) => found(await updateCustomer(session, order)),
	});
}

function notEmpty(details: Checked<CustomerDetails>): Checked<CustomerDetails> {
	if ('problem' in details || Object.values(details.value).some((it) => it !== '')) return details;
	return {
		problem: {
			field: 'Customer Details',
			wrong: 'contains nothing to update',
			fix: 'Add at least one detail. Empty details stay unchanged.',
		},
	};
}

/** Customer: Update. */
export const update: Operation = {
	value: 'update',
	label: 'Update',
	action: 'Update customer',
	description: "Change a customer's name, email address or mobile number",
	fields: [customerId, customerDetails],
	options: [],
	returns: CUSTOMERS,
	execute,
};
