import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import * as customer from './customer';
import * as customerAccount from './customerAccount';
import { unreadable } from './items';
import { keepFields } from './keepFields';
import { isDryRun, options } from './options';
import { throwFirst, toOutput } from './results';
import type { ItemResult } from './results';
import { openRun } from './run';
import type { Run } from './run';
import { dryRunSummary, summaryOf } from './summary';
import { forModel, isTool, withToolFields } from './tool';

/** One operation of a resource. */
interface Operation {
	description: INodePropertyOptions;
	execute(run: Run): Promise<ItemResult[]>;
}

const RESOURCES: Record<string, { operations: Record<string, Operation> }> = {
	customer,
	customerAccount,
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
	...Object.entries(RESOURCES).map(
		([resource, { operations }]): INodeProperties => ({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			default: 'create',
			displayOptions: { show: { resource: [resource] } },
			options: Object.values(operations).map(({ description }) => description),
		}),
	),
	...customer.fields,
	...customerAccount.fields,
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
	const execute = RESOURCES[resource]?.operations[operation]?.execute;
	if (!execute) {
		throw new NodeOperationError(functions.getNode(), `The operation "${operation}" is not known`, {
			description: 'Choose the operation again in the node.',
		});
	}
	const { results, hints, keep } = await run(functions, resource, execute);
	if (!functions.continueOnFail()) stopAtFirst(functions, results);
	for (const message of hints) functions.addExecutionHints({ message, location: 'outputPane' });
	// A tool answers a model through its first output alone.
	const byStatus = functions.getNodeParameter('outputMode', 0, 'single') === 'byStatus';
	return toOutput(functions, results, byStatus && !isTool(functions), keep);
}

async function run(
	functions: IExecuteFunctions,
	resource: string,
	execute: Operation['execute'],
): Promise<{ results: ItemResult[]; hints: string[]; keep: (item: number) => IDataObject }> {
	try {
		const opened = openRun(functions);
		const results = await execute(opened);
		const what = resource === 'customer' ? 'customer' : 'account';
		const amountOf = (item: number) => Number(opened.options(item).validationAmount || 1);
		const sayWhat = isDryRun(opened.options(0)) ? dryRunSummary : summaryOf;
		const hints = [...sayWhat(results, what, amountOf), ...opened.notes];
		return { results, hints, keep: keepFields(opened) };
	} catch (thrown) {
		// Rethrowing would make n8n pass the input on as successful when the user chose to continue.
		const results = functions.getInputData().map((_, item) => unreadable(item, thrown));
		return { results, hints: [], keep: () => ({}) };
	}
}

function stopAtFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	try {
		throwFirst(functions, results);
	} catch (thrown) {
		throw isTool(functions) ? forModel(thrown) : thrown;
	}
}
