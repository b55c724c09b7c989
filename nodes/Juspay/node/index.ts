import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import * as customer from './customer';
import * as customerAccount from './customerAccount';
import { noteEarlierTries } from './earlierTries';
import { unforeseen } from './internal';
import { keepFields } from './keepFields';
import { options } from './options';
import { outputFieldsOf } from './outputFields';
import { throwFirst, toOutput } from './results';
import type { ItemResult } from './results';
import { openRun } from './run';
import type { Run } from './run';
import { summaryOf } from './summary';
import { taskOf } from './task';
import { forModel, isTool, withToolFields } from './tool';
import { OPTIONS, PARAMETERS } from './values';

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

/** The names of the parameters, by those that are saved. */
const LABELS = new Map<string, string>();
const learnLabels = (fields: INodeProperties[]) => {
	for (const { name, displayName, type, options: inner = [] } of fields) {
		if (type !== 'notice') LABELS.set(name, displayName);
		for (const part of inner) {
			if ('values' in part) learnLabels(part.values);
			else if ('type' in part) learnLabels([part]);
		}
	}
};
learnLabels(properties);

/** The label of the innermost part of a path that has one: `options.bodyFields.field[0].value`, `columns.value.ifsc`. */
function labelOf(path: string): string | undefined {
	const names = path.split(/[.[\]]+/);
	const name = names[0] === 'options' ? names[1] : names.filter(isLabelled).at(-1);
	return LABELS.get(name ?? '') ?? LABELS.get(names[0] ?? '');
}

const isLabelled = (name: string) => LABELS.has(name) && !['value', 'field', 'name'].includes(name);

/**
 * Runs the chosen operation on all items.
 *
 * @throws NodeOperationError or NodeApiError on the first account that could not be handled, unless the user chose to
 * continue
 */
export async function executeOperation(
	functions: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const resource = String(functions.getNodeParameter('resource', 0));
	const operation = String(functions.getNodeParameter('operation', 0));
	const known = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource]?.operations : undefined;
	const execute = known && Object.hasOwn(known, operation) ? known[operation]?.execute : undefined;
	if (!execute) {
		throw new NodeOperationError(functions.getNode(), `The operation "${operation}" is not known`, {
			description: 'Choose the operation again in the node.',
		});
	}
	const opened = openRun(functions, labelOf);
	const results = await resultsOf(opened, execute);
	const what = resource === 'customer' ? 'customer' : 'account';
	attempt(opened, () => noteEarlierTries(functions, opened, results));
	if (!functions.continueOnFail()) stopAtFirst(functions, results);
	// A tool answers a model through its first output alone.
	const mode = opened.first((item) => opened.value(PARAMETERS.outputMode, item), 'single');
	const byStatus = mode === 'byStatus' && !isTool(functions);
	const kept = keepFields(opened);
	const outputs = toOutput(functions, results, byStatus, kept.of, outputFieldsOf(resource));
	const hints = [
		...(attempt(opened, () =>
			summaryOf(
				results,
				what,
				taskOf(opened, operation, results, (item) => amountOf(opened, item)),
			),
		) ?? []),
		...opened.notes,
		...kept.hints(),
		...alwaysOutputHint(functions, outputs, byStatus),
	];
	// One box: n8n shows each hint in its own, above the data. Its panel renders HTML.
	const message = hints.join('<br>');
	if (message !== '') functions.addExecutionHints({ message, location: 'outputPane' });
	return outputs;
}

/** Does what only tells of a run: whatever goes wrong with it, the rows that are done come out. */
function attempt<T>(run: Run, act: () => T): T | undefined {
	try {
		return act();
	} catch (thrown) {
		const { message, description } = unforeseen(thrown, true);
		run.note(`${message} after the run. ${description}`);
		return undefined;
	}
}

/** What one penny drop of an item costs, in INR. */
function amountOf(run: Run, item: number): number {
	try {
		const amount = run.option(OPTIONS.validationAmount, item);
		return 'value' in amount && amount.value !== '' ? Number(amount.value) : 1;
	} catch {
		return 1;
	}
}

async function resultsOf(run: Run, execute: Operation['execute']): Promise<ItemResult[]> {
	try {
		return await execute(run);
	} catch (thrown) {
		// Rethrowing would make n8n pass the input on as successful when the user chose to continue.
		const failure = unforeseen(thrown, run.isSessionUsed);
		return run.items.map((_, item) => ({ item, failure, subject: {} }));
	}
}

/** n8n puts the empty item of Always Output Data on the first output, here Active, where a payout may follow. */
function alwaysOutputHint(
	functions: IExecuteFunctions,
	[first = []]: INodeExecutionData[][],
	byStatus: boolean,
): string[] {
	if (!byStatus || first.length > 0 || !functions.getNode().alwaysOutputData) return [];
	return [
		"Always Output Data is on, so n8n puts an empty item on the output Active, although no account is active. Turn it off in the node's Settings, or check for empty items after Active.",
	];
}

function stopAtFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	try {
		throwFirst(functions, results);
	} catch (thrown) {
		throw isTool(functions) ? forModel(thrown) : thrown;
	}
}
