import type { Failure as Declared, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Kind } from '../api/meaning';
import type { Failure } from '../api/words';

/** Maximum number of customers that an error names. */
const MOST_NAMED = 5;

/** What n8n 2.39 and later do about a poll that fails: wait for the source, or for a person. */
const CAUSES: Partial<Record<Kind, Declared['cause']>> = {
	throttled: 'rate-limited',
	unreachable: 'temporarily-unavailable',
	timedOut: 'temporarily-unavailable',
	lost: 'temporarily-unavailable',
	unavailable: 'temporarily-unavailable',
	unusable: 'credential-invalid',
	keyRejected: 'credential-invalid',
	redirected: 'configuration-invalid',
	badOrigin: 'configuration-invalid',
	forbidden: 'configuration-invalid',
};

/** Where nobody could be read: n8n may wait before it polls again. */
export function nobodyRead(node: INode, failure: Failure, unread: readonly string[]): NodeApiError {
	return apiError(node, failure, failure.message, named(failure, unread), declared(failure));
}

/** Where some customers stay unreadable: says nothing that would make n8n wait before it polls the others again. */
export function someUnread(
	node: INode,
	failure: Failure,
	unread: readonly string[],
	watched: number,
): NodeApiError {
	const message = `${unread.length} of ${watched} customers can't be read: ${failure.message}`;
	return apiError(node, failure, message, named(failure, unread));
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

function declared({ kind, retryAfterMs }: Failure): Declared | undefined {
	const cause = CAUSES[kind];
	return cause === 'rate-limited' && retryAfterMs !== undefined
		? { cause, retryAfterMs }
		: cause && { cause };
}

function apiError(
	node: INode,
	{ code, httpStatus }: Failure,
	message: string,
	description: string,
	failure?: Declared,
): NodeApiError {
	const httpCode = httpStatus === undefined ? undefined : String(httpStatus);
	return new NodeApiError(node, { code }, { message, description, httpCode, failure });
}
