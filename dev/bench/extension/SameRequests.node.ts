/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields, @n8n/community-nodes/node-connection-type-literal -- for the bench only: nobody sees this node, and n8n-workflow is not there at run time */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

const AT_ONCE = 50;

/**
 * Sends the requests that the Juspay node sends, through the same function of n8n, and does nothing else: it checks
 * nothing, compares nothing, and limits neither the time nor the size of an answer. What it takes is what n8n takes.
 */
export class SameRequests implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Same Requests',
		name: 'sameRequests',
		group: ['transform'],
		version: 1,
		description: "Sends the Juspay node's requests and nothing more",
		defaults: { name: 'Same Requests' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'juspayApi', required: true }],
		properties: [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'List First', name: 'listFirst', type: 'boolean', default: true },
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const baseUrl = this.getNodeParameter('baseUrl', 0) as string;
		const listFirst = this.getNodeParameter('listFirst', 0) as boolean;
		const data = await this.getCredentials('juspayApi');
		const send = async (method: 'GET' | 'POST', customerId: string, path: string, body?: object) =>
			(await this.helpers.httpRequestWithAuthentication.call(
				this,
				'juspayApi',
				{
					method,
					url: `${baseUrl}/customers/${customerId}/${path}`,
					headers: { 'x-routing-id': customerId },
					body: body && new URLSearchParams({ account_details: JSON.stringify(body) }),
				},
				{ credentialsDecrypted: { id: '', name: '', type: 'juspayApi', data } },
			)) as unknown;

		const customers = new Map<string, number[]>();
		for (const [item, { json }] of this.getInputData().entries()) {
			const id = json.customer_id as string;
			customers.set(id, [...(customers.get(id) ?? []), item]);
		}
		const output: INodeExecutionData[] = [];
		const waiting = customers.entries();
		const work = async () => {
			for (const [customerId, items] of waiting) {
				if (listFirst) await send('GET', customerId, 'customer-accounts/list');
				const accounts = items.map((item) => {
					const { account_number, ifsc, beneficiary_name } = this.getInputData()[item]?.json ?? {};
					return { bank_account: { account_number, ifsc, beneficiary_name } };
				});
				const answer = await send('POST', customerId, 'accounts', accounts);
				for (const [index, json] of accountsOf(answer).entries()) {
					output.push({ json, pairedItem: { item: items[index] ?? 0 } });
				}
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		return [output];
	}
}

/** An answer's accounts: a list of them, an object with one, or a single account. */
function accountsOf(answer: unknown): IDataObject[] {
	const lists = [answer, ...Object.values(answer as object)].filter((it) => Array.isArray(it));
	return (lists[0] ?? [answer]) as IDataObject[];
}
