import type { IExecuteFunctions } from 'n8n-workflow';
import { counted } from '../account/check';
import { setNewest } from '../lists';
import { isFailed } from './results';
import type { ItemResult } from './results';
import type { Run } from './run';

/** What the tries of one execution of a node have made and paid for, by account ID. */
interface Earlier {
	created: Set<string>;
	started: Set<string>;
}

/** n8n's Retry On Fail runs the node again in the same process, and knows nothing of the try before. */
const tries = new Map<string, Earlier>();

/** More executions than this are not at work at once; the oldest is forgotten. */
const MOST_TRIES = 200;

/**
 * With n8n's Retry On Fail, counts what an earlier try of this execution created and paid for as this run's, not as
 * existing: people see the counts of the last try alone.
 */
export function noteEarlierTries(
	functions: IExecuteFunctions,
	run: Run,
	results: ItemResult[],
): void {
	if (!run.retryOnFail) return;
	const key = keyOf(functions);
	const earlier = tries.get(key) ?? { created: new Set<string>(), started: new Set<string>() };
	tries.delete(key);
	let again = 0;
	for (const result of results) {
		const id = idOf(result);
		if (id === '') continue;
		if (!isFailed(result)) again += countAsOwn(earlier, result, id) ? 1 : 0;
		const { outcome } = isFailed(result) ? result.subject : result;
		if (outcome === 'created') earlier.created.add(id);
		if (!isFailed(result) && result.validation === 'started') earlier.started.add(id);
	}
	if (again > 0) {
		run.note(
			`Retry On Fail ran this step again. What an earlier try of this execution created or paid for is counted as this run's (${counted(again, 'account')}).`,
		);
	}
	// Where nothing is wrong, no try follows.
	if (!results.some(isFailed)) return;
	setNewest(tries, key, earlier, MOST_TRIES);
}

/** Counts a result as this run's where an earlier try made it; true where it did. */
function countAsOwn(
	{ created, started }: Earlier,
	result: Exclude<ItemResult, { failure: unknown }>,
	id: string,
): boolean {
	const isCreated = result.outcome === 'existing' && created.has(id);
	const isStarted =
		(result.validation === 'notNeeded' || result.validation === 'alreadyStarted') &&
		started.has(id);
	if (isCreated) result.outcome = 'created';
	if (isStarted) result.validation = 'started';
	if (isCreated && 'outcome' in result.json) result.json.outcome = 'created';
	if (isStarted && 'validation' in result.json) result.json.validation = 'started';
	// The account counts once, however many rows name it.
	if (isCreated) created.delete(id);
	if (isStarted) started.delete(id);
	return isCreated || isStarted;
}

function idOf(result: ItemResult): string {
	if (isFailed(result)) return result.subject.customerAccountId ?? '';
	return result.accountId ?? '';
}

/** One execution of one node; in a loop, each of its runs by itself. */
function keyOf(functions: IExecuteFunctions): string {
	const { $runIndex } = functions.getWorkflowDataProxy(0);
	return JSON.stringify([functions.getExecutionId(), functions.getNode().id, $runIndex]);
}
