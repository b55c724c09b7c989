import type { Call } from '../wire/contract';
import { isErrorObject, readError } from '../wire/contract';
import type { Answer } from './transport';

/** What an answer that isn't the expected one says. */
export type Kind =
	/** The workflow was stopped. */
	| 'stopped'
	/** The credential can't be used. */
	| 'unusable'
	/** No connection was established. */
	| 'unreachable'
	| 'timedOut'
	| 'lost'
	/** The answer is larger than any of Juspay's. */
	| 'tooLarge'
	/** A 2xx that doesn't say what was expected. */
	| 'unreadable'
	| 'redirected'
	/** Not in a form of Juspay's, so probably from a proxy or a firewall. */
	| 'notJuspay'
	| 'keyRejected'
	| 'badOrigin'
	| 'forbidden'
	| 'throttled'
	/** Juspay has no such customer, or no such account. */
	| 'missing'
	| 'exists'
	/** Juspay works on another request for the same customer, maybe on our own of before. */
	| 'busy'
	| 'unavailable'
	/** Refused because of the merchant's configuration. */
	| 'setUp'
	/** Refused because of the request itself. */
	| 'refused';

/** What follows from an answer that isn't the expected one. */
export interface Meaning {
	kind: Kind;
	/** Whether the call may have taken effect. `none` only on proof. */
	effect: 'none' | 'unknown';
	/** Whether the same call may fare better, once it is known to have had no effect. */
	transient: boolean;
	/** What it concerns: this account, this customer's accounts, or every request. */
	scope: 'account' | 'customer' | 'everyone';
	/** Whether it concerns everyone if several customers in a row meet it, e.g. a firewall's page. */
	mayConcernEveryone?: boolean;
}

/** Statuses with which Juspay itself turns a call away before it takes effect. */
const TURNED_AWAY = new Set([400, 401, 403, 404]);

/** Refusals that lie in the merchant's configuration rather than in one account. */
const SETUP_CODES = new Set([
	'GATEWAY_NOT_FOUND',
	'ACCOUNT_NOT_FOUND',
	'FEATURE_NOT_ENABLED',
	'UNAUTHORIZED',
	'UNAUTHENTICATED',
	'INVALID_ACTION',
]);

/**
 * The one place that decides what an answer means. Juspay has no idempotency key for these calls, so a call that
 * changes something may be sent again only on proof that it had no effect.
 *
 * @param call - what was sent; a GET changes nothing
 * @param answer - what came of it, other than the expected answer
 */
export function meaningOf(call: Pick<Call, 'method'>, answer: Answer): Meaning {
	const doubt: Meaning['effect'] = call.method === 'GET' ? 'none' : 'unknown';
	switch (answer.kind) {
		case 'stopped':
			// Nobody waits for the outcome any more.
			return {
				kind: 'stopped',
				effect: answer.sent ? doubt : 'none',
				transient: false,
				scope: 'everyone',
			};
		case 'unusable':
			// Nothing can be sent at all.
			return { kind: 'unusable', effect: 'none', transient: false, scope: 'everyone' };
		case 'unreachable':
			// No connection was established, so nothing arrived.
			return { kind: 'unreachable', effect: 'none', transient: true, scope: 'everyone' };
		case 'timeout':
			// Sent, outcome unknown.
			return { kind: 'timedOut', effect: doubt, transient: true, scope: 'customer' };
		case 'lost':
			return { kind: 'lost', effect: doubt, transient: true, scope: 'customer' };
		case 'tooLarge':
			// Answered, but what with isn't read.
			return { kind: 'tooLarge', effect: doubt, transient: false, scope: 'customer' };
		case 'answered':
			return meaningOfStatus(answer.status, answer.body, doubt);
	}
}

function meaningOfStatus(status: number, body: unknown, doubt: Meaning['effect']): Meaning {
	const isJuspay = isErrorObject(body);
	const { code } = readError(body);
	if (status < 300) {
		// A success whose body is an error object is a refusal, but no proof of one.
		return isJuspay
			? { kind: 'refused', effect: doubt, transient: false, scope: 'account' }
			: { kind: 'unreadable', effect: doubt, transient: true, scope: 'customer' };
	}
	if (status < 400) return concernsMany('redirected', doubt);
	// Rejected by a rate limiter, whoever's it is, before any work.
	if (status === 429) {
		return { kind: 'throttled', effect: 'none', transient: true, scope: 'everyone' };
	}
	// A server, or a proxy in front of it, gave up somewhere on the way.
	if (status >= 500 || status === 408) {
		return { kind: 'unavailable', effect: doubt, transient: true, scope: 'customer' };
	}
	// Anything in between may answer with a page of its own after it has passed the request on.
	if (!isJuspay) return concernsMany('notJuspay', doubt);
	const effect = TURNED_AWAY.has(status) ? 'none' : doubt;
	if (code === 'BAD_ORIGIN') return concernsMany('badOrigin', effect);
	if (status === 401) return { kind: 'keyRejected', effect, transient: false, scope: 'everyone' };
	if (status === 403) return concernsMany('forbidden', effect);
	if (status === 404) return { kind: 'missing', effect, transient: false, scope: 'customer' };
	if (status === 409 && code === 'DUPLICATE_REQUEST') {
		// The other request may be our own, sent before and given up.
		return { kind: 'busy', effect, transient: true, scope: 'customer' };
	}
	if (status === 409 || code === 'ALREADY_EXISTS') {
		return { kind: 'exists', effect, transient: false, scope: 'account' };
	}
	return SETUP_CODES.has(code)
		? { kind: 'setUp', effect, transient: false, scope: 'customer' }
		: { kind: 'refused', effect, transient: false, scope: 'account' };
}

/** For what ends one customer's calls, and everyone's only where several customers meet it. */
function concernsMany(kind: Kind, effect: Meaning['effect']): Meaning {
	return { kind, effect, transient: false, scope: 'customer', mayConcernEveryone: true };
}
