import { checkId } from '../../account/check';
import { getCustomer } from '../../once';
import { customerId } from '../fields';
import type { Operation } from '../operation';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { found, runCustomers } from './customers';
import { CUSTOMERS } from './fields';

/** Gets each item's customer. */
async function execute(run: Run): Promise<ItemResult[]> {
	return await runCustomers(run, {
		read: (item) => ({ customerId: checkId('Customer ID', run.read('customerId', item)) }),
		work: async (session, { customerId, routingId }) =>
			found(await getCustomer(session, customerId, routingId)),
	});
}

/** Customer: Get. */
export const get: Operation = {
	value: 'get',
	label: 'Get',
	action: 'Get customer',
	description: "Retrieve a customer by Juspay's ID or by your own",
	fields: [customerId],
	options: [],
	returns: CUSTOMERS,
	execute,
};
