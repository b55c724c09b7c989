import { maskText } from '../account/mask';
import type { ErrorCode, Failure } from '../http/failure';
import { ownFailure } from '../http/failure';

/** What is sure of a row that was refused before any request. */
export const NOTHING_SENT = 'Nothing was sent to Juspay for this row.';

/** Where to report a fault of the node. */
const REPORT_AT = 'https://github.com/n8n-nodes-juspay/n8n-nodes-juspay/issues';

/** The codes of what the node finds by itself: every other failure is an answer of Juspay, or the lack of one. */
const OWN_CODES: readonly ErrorCode[] = ['BAD_INPUT', 'TOO_MANY_VALIDATIONS', 'INTERNAL'];

/** True for a failure that the node found by itself. */
export function isOwn({ code }: Failure): boolean {
	return OWN_CODES.includes(code);
}

/** True for a failure that lies in the user's own input. */
export function isBadInput({ code }: Failure): boolean {
	return code === 'BAD_INPUT';
}

/**
 * For anything unforeseen: a fault of the node, not of its input.
 *
 * @param mayBeSent - whether requests may have been sent for it before
 */
export function unforeseen(thrown: unknown, mayBeSent: boolean): Failure {
	const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
	const sent = mayBeSent
		? "Requests may have been sent to Juspay for this row before, so check the customer's accounts with Get Many before you run the workflow again."
		: NOTHING_SENT;
	return ownFailure(
		'INTERNAL',
		'The node itself came across something unforeseen',
		`${sent} This is a fault of the node: please report it at ${REPORT_AT} (${maskText(what)}).`,
		{ effect: mayBeSent ? 'unknown' : 'none' },
	);
}
