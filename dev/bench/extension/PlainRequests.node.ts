/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields -- for the bench only: nobody sees this node */
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { describeNode } from './probe';

/**
 * Sends requests through the function of n8n that the Juspay node uses, and does nothing else: it checks nothing,
 * compares nothing, and limits neither the time nor the size of an answer. What it takes is what n8n takes.
 */
export class PlainRequests implements INodeType {
	description = {
		...describeNode('plainRequests', [
			{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
			{ displayName: 'At Once', name: 'atOnce', type: 'number', default: 50 },
			{ displayName: 'List First', name: 'listFirst', type: 'boolean', default: true },
			{ displayName: 'Row by Row', name: 'rowByRow', type: 'boolean', default: false },
		]),
		credentials: [{ name: 'juspayApi', required: true }],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const parameter = (name: string) => this.getNodeParameter(name, 0);
		const [baseUrl, listFirst, rowByRow] = ['baseUrl', 'listFirst', 'rowByRow'].map(parameter);
		const data = await this.getCredentials('juspayApi');
		const send = async (method: 'GET' | 'POST', customerId: string, path: string, body?: object) =>
			(await this.helpers.httpRequestWithAuthentication.call(
				this,
				'juspayApi',
				{
					method,
					url: `${String(baseUrl)}/customers/${customerId}/${path}`,
					headers: { 'x-routing-id': customerId },
					body: body && new URLSearchParams({ account_details: JSON.stringify(body) }),
				},
				{ credentialsDecrypted: { id: '', name: '', type: 'juspayApi', data } },
			)) as unknown;

		const items = this.getInputData();
		const groups = new Map<unknown, number[]>();
		for (const [item, { json }] of items.entries()) {
			const key = rowByRow ? item : json.customer_id;
			groups.set(key, [...(groups.get(key) ?? []), item]);
		}
		const output: INodeExecutionData[] = [];
		const waiting = groups.values();
		const work = async () => {
			for (const group of waiting) {
				const rows = group.map((item) => items[item]?.json ?? {});
				const customerId = String(rows[0]?.customer_id);
				if (listFirst) await send('GET', customerId, 'customer-accounts/list');
				const accounts = rows.map(({ account_number, ifsc, beneficiary_name }) => ({
					bank_account: { account_number, ifsc, beneficiary_name },
				}));
				const answer = (await send('POST', customerId, 'accounts', accounts)) as IDataObject;
				for (const [index, json] of [answer].flat().entries()) {
					output.push({ json, pairedItem: { item: group[index] ?? 0 } });
				}
			}
		};
		await Promise.all(Array.from({ length: Number(parameter('atOnce')) }, work));
		return [output];
	}
}
