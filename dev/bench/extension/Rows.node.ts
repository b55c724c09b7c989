/* eslint-disable @n8n/community-nodes/icon-validation -- for the bench only: nobody sees this node */
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { begin, describeNode, type Order } from './probe';

/** Makes the rows of a sheet, as many as the webhook's call orders, and begins to measure. */
export class Rows implements INodeType {
	description = describeNode('rows');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const order = this.getInputData()[0]?.json.body as unknown as Order;
		const rows = Array.from({ length: order.accounts }, (_, index) => ({
			json: {
				customer_id: `customer_${order.run}_${index % order.customers}`,
				// The end of the number tells the simulator how to treat it: as an ordinary one.
				account_number: `${String(index).padStart(8, '0')}1111`,
				ifsc: 'HDFC0001234',
				beneficiary_name: `Customer ${index}`,
			},
			pairedItem: { item: 0 },
		}));
		begin(order);
		return [rows];
	}
}
