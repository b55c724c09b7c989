import type { IPollFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { checkId } from '../account/check';

/** What the user set in the trigger. */
export interface Parameters {
	/** The watched customers in the user's order, each once. */
	customers: string[];
	/** The chosen events. */
	events: string[];
	/** Whether accounts that already have one of these statuses are reported by the first poll. */
	emitExisting: boolean;
	simplify: boolean;
}

/**
 * Reads and checks the trigger's parameters.
 *
 * @throws NodeOperationError for customers that can't be watched
 */
export function readParameters(functions: IPollFunctions): Parameters {
	const { emitExisting = false } = functions.getNodeParameter('options', {}) as {
		emitExisting?: boolean;
	};
	return {
		customers: readCustomers(functions),
		events: functions.getNodeParameter('events', []) as string[],
		emitExisting,
		simplify: functions.getNodeParameter('simplify', true) as boolean,
	};
}

/** One per line, separated by commas, or an expression's array. */
function readCustomers(functions: IPollFunctions): string[] {
	const given = functions.getNodeParameter('customerIds', '') as unknown;
	const parts: unknown[] = Array.isArray(given) ? given : String(given ?? '').split(/[\n,]/);
	const ids = new Set<string>();
	for (const part of parts) {
		if (typeof part === 'string' && part.trim() === '') continue;
		const id = checkId('Customer ID', part);
		if ('problem' in id) {
			const { wrong, fix } = id.problem;
			throw new NodeOperationError(functions.getNode(), `One of the 'Customer IDs' ${wrong}`, {
				description: fix,
			});
		}
		ids.add(id.value);
	}
	if (ids.size === 0) {
		throw new NodeOperationError(functions.getNode(), "'Customer IDs' is empty", {
			description:
				'Enter the customers to watch, one per line, or use an expression that returns an array.',
		});
	}
	return [...ids];
}
