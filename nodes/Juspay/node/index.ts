import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { noteEarlierTries } from './earlierTries';
import { isDryRun, OUTPUT_MODE } from './fields';
import { keepFields } from './keepFields';
import type { Operation } from './operation';
import type { Chosen } from './operations';
import { labelOf, operationOf, outputFieldsOf } from './operations';
import { throwFirst, toOutput, unforeseen } from './results';
import type { Branches, ItemResult } from './results';
import { openRun } from './run';
import type { Run } from './run';
import { summaryOf, taskOf } from './summary';
import { forModel, isTool } from './tool';

/**
 * Runs the chosen operation on all items.
 *
 * @throws NodeOperationError or NodeApiError on the first account that could not be handled, unless the user chose to
 * continue
 */
export async function executeOperation(
	functions: IExecuteFunctions,
): Promise<INodeExecutionData[][]> {
	const { resource, operation } = chosenIn(functions);
	const run = openRun(functions, labelOf, operation.options);
	const results = await resultsOf(run, operation);
	attempt(run, () => noteEarlierTries(functions, run, results));
	if (!run.continueOnFail) stopAtFirst(functions, results);
	// A tool answers a model through its first output alone.
	const mode = run.first((item) => run.value(OUTPUT_MODE, item), 'single');
	const byStatus = mode === 'byStatus' && !isTool(functions);
	const branches = byStatus ? operation.returns?.branches : undefined;
	const kept = keepFields(run);
	const outputs = toOutput(functions, results, {
		branches,
		failed: resource.failed,
		keep: kept.of,
		reserved: outputFieldsOf(resource),
	});
	const summary = () =>
		operation.summary
			? operation.summary(results)
			: summaryOf(results, resource.noun, taskOf(run, operation, results));
	const hints = [
		...(attempt(run, summary) ?? []),
		...run.notes,
		...kept.hints(),
		...alwaysOutputHint(functions, outputs, branches),
	];
	// One box: n8n shows each hint in its own, above the data. Its panel renders HTML.
	const message = hints.join('<br>');
	if (message !== '') functions.addExecutionHints({ message, location: 'outputPane' });
	return outputs;
}

function chosenIn(functions: IExecuteFunctions): Chosen {
	const name = functions.getNodeParameter('operation', 0);
	const chosen = operationOf(functions.getNodeParameter('resource', 0), name);
	if (chosen) return chosen;
	const message = `The operation "${String(name)}" is not known`;
	const description = 'Choose the operation again in the node.';
	throw new NodeOperationError(functions.getNode(), message, { description });
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

async function resultsOf(run: Run, operation: Operation): Promise<ItemResult[]> {
	try {
		return await operation.execute(run);
	} catch (thrown) {
		// Rethrowing would make n8n pass the input on as successful when the user chose to continue.
		const failure = unforeseen(thrown, run.isSessionUsed);
		return run.items.map((_, item) => ({
			item,
			failure,
			subject: {},
			dryRun: isDryRun(run, item),
		}));
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
