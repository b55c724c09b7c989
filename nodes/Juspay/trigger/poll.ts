import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { openSession } from '../once';
import type { Failure } from '../http/words';
import type { KnownStatuses } from './changes';
import { changesSince } from './changes';
import { nobodyRead, noTestEvent, someUnread } from './errors';
import { itemsOf, testEvents } from './items';
import type { Look } from './look';
import { lookAt } from './look';
import type { Outages } from './outages';
import { outagesAfter } from './outages';
import type { Parameters } from './parameters';
import { readParameters } from './parameters';

/** Background work: patient, few retries, since polls repeat. Seconds. */
const PATIENCE = { concurrency: 20, timeout: 30, maxRetries: 2 };

/** What is under way after so many milliseconds is given up, and read by the next poll: n8n gives a poll 45 seconds. */
const END_MS = 42_000;

/** What the node keeps between polls. */
interface Memory {
	known?: KnownStatuses;
	outages?: Outages;
	/** The customer that the next poll begins with. */
	next?: string;
}

/**
 * Looks at all watched customers once and reports which accounts have reached one of the chosen statuses since the
 * last poll.
 *
 * @returns null where there is nothing to report
 * @throws NodeOperationError for a parameter that can't be used, and where there is no test event; NodeApiError where
 * no customer can be read
 */
export async function pollChanges(
	functions: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const parameters = readParameters(functions);
	const memory = functions.getWorkflowStaticData('node') as Memory;
	const session = await openSession(functions, PATIENCE, AbortSignal.timeout(END_MS));
	const look = await lookAt(session, parameters.customers, memory.next, PATIENCE.concurrency);
	logFailures(functions, look);
	return functions.getMode() === 'manual'
		? showExamples(functions, parameters, look)
		: report(functions, parameters, look, memory);
}

function showExamples(
	functions: IPollFunctions,
	{ events, simplify }: Parameters,
	{ snapshots, failures }: Look,
): INodeExecutionData[][] {
	const [failure] = failures.values();
	if (failure && failures.size === snapshots.length) {
		throw nobodyRead(functions.getNode(), failure, [...failures.keys()]);
	}
	const examples = testEvents(snapshots, events);
	if (examples.length === 0) throw noTestEvent(functions.getNode());
	return [itemsOf(examples, simplify)];
}

function report(
	functions: IPollFunctions,
	{ customers, events, emitExisting, simplify }: Parameters,
	{ snapshots, failures, next }: Look,
	memory: Memory,
): INodeExecutionData[][] | null {
	const before = memory.known ?? { customers: {}, statuses: {}, missing: {} };
	const { changes, known } = changesSince(before, snapshots, events, emitExisting);
	const read = new Set(snapshots.flatMap((it) => (it.accounts ? [it.customerId] : [])));
	const unread = new Set(failures.keys());
	const { outages, due } = outagesAfter(memory.outages ?? {}, unread, read, customers);
	// Kept before anything is thrown: what was learnt is not learnt again.
	Object.assign(memory, { known, next, outages });
	reportOutages(functions, failures, due, read.size, customers.length);
	return changes.length > 0 ? [itemsOf(changes, simplify)] : null;
}

function reportOutages(
	functions: IPollFunctions,
	failures: ReadonlyMap<string, Failure>,
	due: readonly string[],
	read: number,
	watched: number,
): void {
	const failure = failures.get(due[0] ?? '');
	if (!failure) return;
	if (read === 0) throw nobodyRead(functions.getNode(), failure, due);
	// Not thrown: a poll that throws has no changes to report, and n8n may wait before it polls anybody again.
	functions.__emitError(someUnread(functions.getNode(), failure, due, watched));
}

function logFailures(functions: IPollFunctions, { failures, snapshots }: Look): void {
	const [failure] = failures.values();
	if (!failure) return;
	functions.logger.warn(
		`Juspay Trigger: ${failures.size} of ${snapshots.length} customers could not be read and are read again with the next poll. ${failure.message}`,
	);
}
