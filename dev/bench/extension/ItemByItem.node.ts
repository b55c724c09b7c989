/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields, @n8n/community-nodes/node-connection-type-literal, @n8n/community-nodes/require-node-api-error -- for the bench only: nobody sees this node, and n8n-workflow is not there at run time */
import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** A node as most are: a loop that reads an item's parameters, sends its request, and waits for the answer. */
export class ItemByItem implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Item by Item',
		name: 'itemByItem',
		group: ['transform'],
		version: 1,
		description: 'Creates accounts one after the other',
		defaults: { name: 'Item by Item' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'juspayApi', required: true }],
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'Customer ID', name: 'customerId', type: 'string', default: '' },
			{ displayName: 'Account Number', name: 'accountNumber', type: 'string', default: '' },
			{ displayName: 'IFSC', name: 'ifsc', type: 'string', default: '' },
			{ displayName: 'Beneficiary Name', name: 'beneficiaryName', type: 'string', default: '' },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			const text = (name: string) => this.getNodeParameter(name, item) as string;
			const customerId = text('customerId');
			const account = {
				account_number: text('accountNumber'),
				ifsc: text('ifsc'),
				beneficiary_name: text('beneficiaryName'),
			};
			try {
				const json = await this.helpers.httpRequestWithAuthentication.call(this, 'juspayApi', {
					method: 'POST',
					url: `${text('baseUrl')}/customers/${customerId}/accounts`,
					headers: { 'x-routing-id': customerId },
					body: new URLSearchParams({
						account_details: JSON.stringify([{ bank_account: account }]),
					}),
				});
				output.push({ json, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: (error as Error).message }, pairedItem: { item } });
			}
		}
		return [output];
	}
}
