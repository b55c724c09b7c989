/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields, @n8n/community-nodes/node-connection-type-literal -- for the bench only: nobody sees this node, and n8n-workflow is not there at run time */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import type { Order } from './order';
import { begin, releaseMemory } from './probe';

/** Makes the rows of a sheet, as many as the webhook's call orders, and begins to measure. */
export class Rows implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Rows',
		name: 'rows',
		group: ['input'],
		version: 1,
		description: 'Makes rows with accounts',
		defaults: { name: 'Rows' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

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
		if (order.warmUp) releaseMemory();
		begin(this.getExecutionId(), order.profile !== '');
		return [rows];
	}
}
