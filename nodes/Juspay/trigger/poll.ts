import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { CustomerAccount } from '../domain/account';
import { checkId } from '../domain/check';
import { simplified } from '../domain/output';
import { JuspayClient } from '../api/client';
import type { Failure } from '../api/words';
import { forEachConcurrently } from '../lists';
import { changesSince, EVENTS } from './changes';
import type { KnownStatuses, Snapshot } from './changes';
import { outagesAfter, reported } from './outages';
import type { Outages } from './outages';

/** Background work: patient, few retries, since polls repeat. Seconds. */
const PATIENCE = { concurrency: 20, timeout: 30, maxRetries: 2 };

/** n8n gives a poll 45 seconds: no customer is begun after so many milliseconds, the next poll goes on there. */
const BEGIN_MS = 35_000;

/** What is under way after so many milliseconds is given up, and read by the next poll. */
const END_MS = 42_000;

/** How many accounts "Fetch Test Event" shows at most. */
const TEST_EVENTS = 10;

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
 * @throws NodeOperationError for a parameter that can't be used; NodeApiError for customers that stay unreadable, in a
 * poll that has no changes to report
 */
export async function pollChanges(
	functions: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const customers = customersOf(functions);
	const events = functions.getNodeParameter('events', []) as string[];
	const isTest = functions.getMode() === 'manual';
	const memory = functions.getWorkflowStaticData('node') as Memory;
	const client = await JuspayClient.open(functions, PATIENCE, AbortSignal.timeout(END_MS));

	const { snapshots, failures, next } = await lookAt(client, rotated(customers, memory.next));
	const [failure] = failures.values();
	if (failures.size > 0) {
		functions.logger.warn(
			`Juspay Trigger: ${failures.size} of ${snapshots.length} customers could not be read and are read again with the next poll. ${failure?.message}`,
		);
	}
	if (isTest) {
		if (failure && failures.size === snapshots.length) throw apiError(functions, failure);
		return output(functions, examples(snapshots, events));
	}

	const { emitExisting = false } = functions.getNodeParameter('options', {}) as {
		emitExisting?: boolean;
	};
	const before = memory.known ?? { customers: {}, statuses: {}, missing: {} };
	const { changed, known } = changesSince(before, snapshots, events, emitExisting);
	const read = snapshots.flatMap(({ customerId, accounts }) => (accounts ? [customerId] : []));
	const { outages, due } = outagesAfter(
		memory.outages ?? {},
		new Set(failures.keys()),
		new Set(read),
		customers,
	);
	// Kept before anything is thrown: what was learnt is not learnt again.
	memory.known = known;
	memory.next = next;
	const reports = changed.length === 0 ? due : [];
	memory.outages = reported(outages, reports);
	const [first] = reports;
	if (first !== undefined) throw outageError(functions, failures.get(first), reports, customers);
	return output(functions, changed);
}

/** The customers from one of them on, and then those before it. */
function rotated(customers: readonly string[], first: string | undefined): string[] {
	const start = Math.max(0, customers.indexOf(first ?? ''));
	return [...customers.slice(start), ...customers.slice(0, start)];
}

function output(
	functions: IPollFunctions,
	accounts: CustomerAccount[],
): INodeExecutionData[][] | null {
	if (accounts.length === 0) return null;
	const simple = functions.getNodeParameter('simplify', true) as boolean;
	return [
		accounts.map((account) => ({
			json: (simple
				? simplified(account, { customerId: account.customerId })
				: account.raw) as IDataObject,
		})),
	];
}

/** For building a workflow: accounts as they stand, those that would have been reported first. */
function examples(snapshots: readonly Snapshot[], events: readonly string[]): CustomerAccount[] {
	const all = snapshots.flatMap(({ accounts }) => accounts ?? []);
	const wanted = new Set(events.map((event) => EVENTS[event]));
	const fitting = all.filter(({ status }) => wanted.has(status));
	return (fitting.length > 0 ? fitting : all).slice(0, TEST_EVENTS);
}

async function lookAt(
	client: JuspayClient,
	customers: string[],
): Promise<{ snapshots: Snapshot[]; failures: Map<string, Failure>; next: string | undefined }> {
	const snapshots: Snapshot[] = customers.map((customerId) => ({
		customerId,
		accounts: undefined,
	}));
	const failures = new Map<string, Failure>();
	const left = new Set(customers);
	const until = client.clock.now() + BEGIN_MS;
	await forEachConcurrently(snapshots, PATIENCE.concurrency, async (snapshot) => {
		const { customerId } = snapshot;
		const listed = await client.listAccounts(customerId, '');
		// Given up because the poll has to end: the next one begins with it.
		if (!listed.ok && listed.failure.kind === 'stopped') return 'stop';
		left.delete(customerId);
		// Where Juspay answers 404, the customer has no accounts yet, or will have some once it exists.
		if (listed.ok) snapshot.accounts = listed.value.accounts;
		else failures.set(customerId, listed.failure);
		return client.clock.now() < until ? 'continue' : 'stop';
	});
	const [next] = left;
	return { snapshots, failures, next };
}

/** The watched customers, each once: one for each line, separated by commas, or an expression's array. */
function customersOf(functions: IPollFunctions): string[] {
	const given = functions.getNodeParameter('customerIds', '') as unknown;
	const parts: unknown[] = Array.isArray(given) ? given : String(given ?? '').split(/[\n,]/);
	const ids = new Set<string>();
	for (const part of parts) {
		if (typeof part === 'string' && part.trim() === '') continue;
		const id = checkId('Customer ID', part);
		if ('problem' in id) {
			const { field, wrong, fix } = id.problem;
			throw new NodeOperationError(functions.getNode(), `Customer IDs: a ${field} ${wrong}`, {
				description: fix,
			});
		}
		ids.add(id.value);
	}
	if (ids.size === 0) {
		throw new NodeOperationError(functions.getNode(), 'Customer IDs is empty', {
			description:
				'Give the customers to watch, one for each line, or an expression that gives an array.',
		});
	}
	return [...ids];
}

function apiError(functions: IPollFunctions, failure: Failure): NodeApiError {
	const { message, description, code, httpStatus } = failure;
	return new NodeApiError(
		functions.getNode(),
		{ code },
		{ message, description, ...(httpStatus && { httpCode: String(httpStatus) }) },
	);
}

/** How many customers an error names at most. */
const MOST_NAMED = 5;

/** For customers that stay unreadable; `failure` is that of the first. */
function outageError(
	functions: IPollFunctions,
	failure: Failure | undefined,
	unread: readonly string[],
	watched: readonly string[],
): NodeApiError {
	const { message = '', description = '', code = 'UNREADABLE' } = failure ?? {};
	const more = unread.length - MOST_NAMED;
	const named = unread.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
	const isAll = unread.length === watched.length;
	return new NodeApiError(
		functions.getNode(),
		{ code },
		{
			message: isAll
				? message
				: `${unread.length} of ${watched.length} customers can't be read: ${message}`,
			description: `${description} Customers: ${named}. They are read again with each poll; this is reported once.`,
			...(failure?.httpStatus && { httpCode: String(failure.httpStatus) }),
		},
	);
}
