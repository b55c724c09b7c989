import type { INode, JsonObject, Failure as N8nFailure } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';
import type { Kind } from './meaning';
import type { Failure } from './words';

/** n8n's own causes of a failure. It has none for a request that Juspay refused, or for a workflow that was stopped. */
const CAUSES: Partial<Record<Kind, N8nFailure['cause']>> = {
	throttled: 'rate-limited',
	timedOut: 'temporarily-unavailable',
	lost: 'temporarily-unavailable',
	busy: 'temporarily-unavailable',
	unavailable: 'temporarily-unavailable',
	unusable: 'credential-invalid',
	keyRejected: 'credential-invalid',
	redirected: 'configuration-invalid',
	notJuspay: 'configuration-invalid',
	badOrigin: 'configuration-invalid',
	forbidden: 'configuration-invalid',
	setUp: 'configuration-invalid',
	missing: 'configuration-invalid',
};

/**
 * A failure as n8n's error, with Juspay's status and n8n's own cause (versions of n8n without causes ignore it).
 *
 * @param options.message - replaces the failure's message
 * @param options.description - replaces the failure's description
 */
export function apiError(
	node: INode,
	failure: Failure,
	options: { itemIndex?: number; message?: string; description?: string } = {},
): NodeApiError {
	const { message, description, code, httpStatus } = failure;
	const answer: JsonObject = { code, ...(httpStatus && { httpStatus }) };
	return new NodeApiError(node, answer, {
		message,
		description,
		...options,
		...(httpStatus && { httpCode: String(httpStatus) }),
		failure: causeOf(failure),
	});
}

function causeOf({ kind, retryAfterMs }: Failure): N8nFailure | undefined {
	const cause = CAUSES[kind];
	if (cause === 'rate-limited' || cause === 'temporarily-unavailable') {
		return { cause, ...(retryAfterMs !== undefined && { retryAfterMs }) };
	}
	return cause && ({ cause } as N8nFailure);
}
