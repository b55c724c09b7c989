import type { INode, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { apiError } from '../http/nodeError';
import type { Failure } from '../http/words';

/** Maximum number of customers that an error names. */
const MOST_NAMED = 5;

/** Where nobody could be read. It says why, so that n8n waits before it polls again. */
export function nobodyRead(node: INode, failure: Failure, unread: readonly string[]): NodeApiError {
	return apiError(node, failure, { description: named(failure, unread) });
}

/** Where some customers stay unreadable. */
export function someUnread(
	node: INode,
	failure: Failure,
	unread: readonly string[],
	watched: number,
): NodeApiError {
	return apiError(node, failure, {
		message: `${unread.length} of ${watched} customers can't be read: ${failure.message}`,
		description: named(failure, unread),
	});
}

/** For Fetch Test Event, which n8n shows in the editor. */
export function noTestEvent(node: INode): NodeOperationError {
	return new NodeOperationError(node, "No account has a status selected in 'Trigger On' yet", {
		description:
			"Add a status to 'Trigger On', or try again once an account has one of these statuses. The workflow can be activated without a test event.",
	});
}

function named({ description }: Failure, unread: readonly string[]): string {
	const more = unread.length - MOST_NAMED;
	const names = unread.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
	return `${description} Customers: ${names}. They are read again with each poll; this is reported once.`;
}
