import { maskText } from '../account/mask';
import type { Failure } from '../http/words';

/** The code of what went wrong in the node itself. */
export const INTERNAL = 'INTERNAL';

/** What is sure of a row that was refused before any request. */
export const NOTHING_SENT = 'Nothing was sent to Juspay for this row.';

/** Where to report a fault of the node. */
export const REPORT_AT = 'https://github.com/n8n-nodes-juspay/n8n-nodes-juspay/issues';

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
	return {
		code: INTERNAL,
		message: 'The node itself came across something unforeseen',
		description: `${sent} This is a fault of the node: please report it at ${REPORT_AT} (${maskText(what)}).`,
		kind: 'refused',
		effect: mayBeSent ? 'unknown' : 'none',
		transient: false,
		scope: 'account',
	};
}
