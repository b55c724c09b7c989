import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import * as create from './customerAccount/create';
import * as get from './customerAccount/get';
import {
	customerAccountId,
	customerId,
	forAccounts,
	options,
	outputMode,
	simplify,
} from './fields';
import type { ItemResult } from './results';
import { throwFirst, toOutput } from './results';
import { openRun } from './run';
import type { Run } from './run';

/** What the node can do, by resource and operation. */
const OPERATIONS: Record<string, Record<string, (run: Run) => Promise<ItemResult[]>>> = {
	customerAccount: { create: create.execute, get: get.execute },
};

/** The node's parameters, in the order of the editor. */
export const properties: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'customerAccount',
		options: [{ name: 'Customer Account', value: 'customerAccount' }],
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'create',
		displayOptions: { show: { resource: ['customerAccount'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create customer accounts',
				description: 'Register bank accounts and UPI IDs of customers, each exactly once',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a customer account',
				description: 'Get an account with its validation status',
			},
		],
	},
	...create.fields,
	{ ...customerId, displayOptions: forAccounts(['get']) },
	customerAccountId,
	simplify,
	outputMode,
	options,
];

/**
 * Runs the chosen operation on all items.
 *
 * @throws NodeOperationError or NodeApiError on the first account that could not be handled, unless the user chose to
 * continue
 */
export async function executeOperation(
	functions: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const resource = functions.getNodeParameter('resource', 0) as string;
	const operation = functions.getNodeParameter('operation', 0) as string;
	const execute = OPERATIONS[resource]?.[operation];
	if (!execute) {
		throw new NodeOperationError(functions.getNode(), `The operation "${operation}" is not known`, {
			description: 'Choose the operation again in the node.',
		});
	}
	const run = await openRun(functions);
	const results = await execute(run);
	if (!run.keepGoing) throwFirst(functions, results);
	const byStatus = functions.getNodeParameter('outputMode', 0, 'single') === 'byStatus';
	return toOutput(functions, results, byStatus);
}
