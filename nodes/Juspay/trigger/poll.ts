import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { CustomerAccount } from '../accounts/account';
import { checkId } from '../accounts/check';
import { simplified } from '../accounts/output';
import type { JuspayClient } from '../api/client';
import { accountsOfCustomer } from '../api/customerAccounts';
import { openClient } from '../api/open';
import { forEachAtOnce } from '../api/pace';
import type { Failure } from '../api/words';
import { changesSince, EVENTS } from './changes';
import type { Look, Standing } from './changes';

/** A poll may take longer than a person would wait, and another follows soon. */
const PATIENCE = { concurrency: 20, timeout: 30, maxRetries: 2 };

/** How many accounts "Fetch test event" shows at most. */
const TEST_EVENTS = 10;

/**
 * Looks at all watched customers once and reports which accounts have reached one of the chosen statuses since the
 * last poll.
 *
 * @returns null where there is nothing to report
 * @throws NodeOperationError for a parameter that can't be used, NodeApiError where no customer could be read
 */
export async function pollChanges(
	functions: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
	const customers = customersOf(functions);
	const events = functions.getNodeParameter('events', []) as string[];
	const client = await openClient(functions, PATIENCE);
	const isTest = functions.getMode() === 'manual';

	const { looks, failures } = await lookAt(client, customers);
	const [failure] = failures;
	if (failure && failures.length === looks.length) throw apiError(functions, failure);
	if (failures.length > 0) {
		functions.logger.warn(
			`Juspay Trigger: ${failures.length} of ${looks.length} customers could not be read and are looked at again next time. ${failure?.message}`,
		);
	}
	if (isTest) return output(functions, examples(looks, events));

	const memory = functions.getWorkflowStaticData('node') as { standing?: Standing };
	const { emitExisting = false } = functions.getNodeParameter('options', {}) as {
		emitExisting?: boolean;
	};
	const { changed, standing } = changesSince(memory.standing ?? {}, looks, events, emitExisting);
	memory.standing = standing;
	return output(functions, changed);
}

function output(
	functions: IPollFunctions,
	accounts: CustomerAccount[],
): INodeExecutionData[][] | null {
	if (accounts.length === 0) return null;
	const simple = functions.getNodeParameter('simplify', true) as boolean;
	return [
		accounts.map((account) => ({
			json: (simple ? simplified(account) : account.raw) as IDataObject,
		})),
	];
}

/** For building a workflow: accounts as they stand, those that would have been reported first. */
function examples(looks: readonly Look[], events: readonly string[]): CustomerAccount[] {
	const all = looks.flatMap(({ accounts }) => accounts ?? []);
	const wanted = new Set(events.map((event) => EVENTS[event]));
	const fitting = all.filter(({ status }) => wanted.has(status));
	return (fitting.length > 0 ? fitting : all).slice(0, TEST_EVENTS);
}

async function lookAt(
	client: JuspayClient,
	customers: string[],
): Promise<{ looks: Look[]; failures: Failure[] }> {
	const looks: Look[] = customers.map((customerId) => ({ customerId, accounts: undefined }));
	const failures: Failure[] = [];
	await forEachAtOnce(looks, PATIENCE.concurrency, async (look) => {
		const listed = await accountsOfCustomer(client, look.customerId, '');
		if (listed.ok) look.accounts = listed.value;
		else failures.push(listed.failure);
		return true;
	});
	return { looks, failures };
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
