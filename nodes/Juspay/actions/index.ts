import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import * as customers from './customer/customers';
import { fields as customerFields } from './customer/fields';
import * as create from './customerAccount/create';
import * as deletion from './customerAccount/delete';
import * as get from './customerAccount/get';
import * as getAll from './customerAccount/getAll';
import * as validate from './customerAccount/validate';
import {
	customerAccountId,
	customerId,
	forAccounts,
	options,
	outputMode,
	simplify,
	simplifyCustomer,
} from './fields';
import type { ItemResult } from './results';
import { summary, throwFirst, toOutput, unreadable } from './results';
import { openRun } from './run';
import type { Run } from './run';
import { forModel, isTool, withToolFields } from './tool';

/** What the node can do, by resource and operation. */
const OPERATIONS: Record<string, Record<string, (run: Run) => Promise<ItemResult[]>>> = {
	customer: { create: customers.create, get: customers.get, update: customers.update },
	customerAccount: {
		create: create.execute,
		delete: deletion.execute,
		get: get.execute,
		getAll: getAll.execute,
		validate: validate.execute,
	},
};

/** The node's parameters, in the order of the editor. */
export const properties: INodeProperties[] = withToolFields([
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'customerAccount',
		options: [
			{ name: 'Customer', value: 'customer' },
			{ name: 'Customer Account', value: 'customerAccount' },
		],
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
				name: 'Delete',
				value: 'delete',
				action: 'Delete a customer account',
				description: 'Remove an account from its customer',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a customer account',
				description: 'Get an account with its validation status',
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many customer accounts',
				description: 'Get the accounts of a customer',
			},
			{
				name: 'Validate',
				value: 'validate',
				action: 'Validate a customer account',
				description: 'Validate an account with a penny drop, once',
			},
		],
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: 'create',
		displayOptions: { show: { resource: ['customer'] } },
		options: [
			{
				name: 'Create',
				value: 'create',
				action: 'Create a customer',
				description: 'Register a customer, once for each object reference ID',
			},
			{
				name: 'Get',
				value: 'get',
				action: 'Get a customer',
				description: 'Get a customer',
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update a customer',
				description: 'Change details of a customer',
			},
		],
	},
	...customerFields,
	...create.fields,
	{ ...customerId, displayOptions: forAccounts(['get', 'getAll', 'validate', 'delete']) },
	customerAccountId,
	...validate.fields,
	...getAll.fields,
	simplifyCustomer,
	simplify,
	outputMode,
	options,
]);

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
	const { results, notes } = await resultsOf(functions, execute);
	if (!functions.continueOnFail()) stopAtFirst(functions, results);
	const said = [summary(results, resource === 'customer' ? 'customers' : 'accounts'), ...notes];
	for (const message of said) {
		if (message) functions.addExecutionHints({ message, location: 'outputPane' });
	}
	// A tool answers a model through its first output alone.
	const byStatus = functions.getNodeParameter('outputMode', 0, 'single') === 'byStatus';
	return toOutput(functions, results, byStatus && !isTool(functions));
}

async function resultsOf(
	functions: IExecuteFunctions,
	execute: (run: Run) => Promise<ItemResult[]>,
): Promise<{ results: ItemResult[]; notes: string[] }> {
	try {
		const run = openRun(functions);
		return { results: await execute(run), notes: run.notes };
	} catch (thrown) {
		// Were this thrown on, n8n would let the input pass as if it had gone through, where the user chose to continue.
		const items = functions.getInputData();
		return { results: items.map((_, item) => unreadable(item, thrown)), notes: [] };
	}
}

function stopAtFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	try {
		throwFirst(functions, results);
	} catch (thrown) {
		throw isTool(functions) ? forModel(thrown) : thrown;
	}
}
