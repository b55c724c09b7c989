import type { INodePropertyOptions } from 'n8n-workflow';
import { checkId } from '../../account/check';
import { getCustomer } from '../../once';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { found, runCustomers } from './customers';

export const description: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get customer',
	description: "Retrieve a customer by Juspay's ID or by your own",
};

/** Gets each item's customer. */
export async function execute(run: Run): Promise<ItemResult[]> {
	return await runCustomers(run, {
		read: (item) => ({ customerId: checkId('Customer ID', run.read('customerId', item)) }),
		work: async (session, { customerId, routingId }) =>
			found(await getCustomer(session, customerId, routingId)),
	});
}
