import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { noteEarlierTries } from './earlierTries';
import { unforeseen } from './failures';
import { keepFields } from './keepFields';
import type { Operation } from './operation';
import { operationOf } from './operations';
import { outputFieldsOf } from './outputFields';
import { properties } from './properties';
import { throwFirst, toOutput } from './results';
import type { Branches, ItemResult } from './results';
import { openRun } from './run';
import type { Run } from './run';
import { summaryOf } from './summary';
import { taskOf } from './task';
import { forModel, isTool } from './tool';
import { OPTIONS } from './options';
import { PARAMETERS } from './values';

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
	const named = functions.getNodeParameter('operation', 0);
	const chosen = operationOf(functions.getNodeParameter('resource', 0), named);
	if (!chosen) {
		const message = `The operation "${String(named)}" is not known`;
		const description = 'Choose the operation again in the node.';
		throw new NodeOperationError(functions.getNode(), message, { description });
	}
	const { resource, operation } = chosen;
	const opened = openRun(functions, labelOf, operation.options);
	const results = await resultsOf(opened, operation);
	attempt(opened, () => noteEarlierTries(functions, opened, results));
	if (!functions.continueOnFail()) stopAtFirst(functions, results);
	// A tool answers a model through its first output alone.
	const mode = opened.first((item) => opened.value(PARAMETERS.outputMode, item), 'single');
	const byStatus = mode === 'byStatus' && !isTool(functions);
	const branches = byStatus ? operation.returns?.branches : undefined;
	const kept = keepFields(opened);
	const { failed } = resource;
	const reserved = outputFieldsOf(resource);
	const outputs = toOutput(functions, results, { branches, failed, keep: kept.of, reserved });
	const {
		summary = (all) => {
			const task = taskOf(opened, operation.value, all, (item) => amountOf(opened, item));
			return summaryOf(all, resource.noun, task);
		},
	} = operation;
	const hints = [
		...(attempt(opened, () => summary(results)) ?? []),
		...opened.notes,
		...kept.hints(),
		...alwaysOutputHint(functions, outputs, branches),
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

async function resultsOf(run: Run, operation: Operation): Promise<ItemResult[]> {
	try {
		return await operation.execute(run);
	} catch (thrown) {
		// Rethrowing would make n8n pass the input on as successful when the user chose to continue.
		const failure = unforeseen(thrown, run.isSessionUsed);
		return run.items.map((_, item) => ({ item, failure, subject: {} }));
	}
}

/** n8n puts the empty item of Always Output Data on the first output, such as Active, where a payout may follow. */
function alwaysOutputHint(
	functions: IExecuteFunctions,
	[first = []]: INodeExecutionData[][],
	branches: Branches | undefined,
): string[] {
	if (!branches || first.length > 0 || !functions.getNode().alwaysOutputData) return [];
	const [name = ''] = branches.names;
	return [
		`Always Output Data is on, so n8n puts an empty item on the output ${name}, although ${branches.firstIsEmpty}. Turn it off in the node's Settings, or check for empty items after ${name}.`,
	];
}

function stopAtFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	try {
		throwFirst(functions, results);
	} catch (thrown) {
		throw isTool(functions) ? forModel(thrown) : thrown;
	}
}
