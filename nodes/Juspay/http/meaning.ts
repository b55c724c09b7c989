import { changesNothing } from '../wire/contract';
import type { Call } from '../wire/contract';
import type { Answered } from '../wire/read';
import type { Refusal, Subject } from '../wire/refusal';
import { isRefusal, readRefusal } from '../wire/refusal';
import type { Kind, Meaning } from './failure';
import { KINDS } from './failure';
import type { Answer } from './transport';

/** Statuses with which Juspay itself turns a call away before it takes effect. */
const TURNED_AWAY = new Set([400, 401, 403, 404, 422]);

/** What a refusal is by its status, where its code speaks of nothing. */
const BY_STATUS = new Map<number, Kind>([
	[401, 'keyRejected'],
	[403, 'forbidden'],
	[404, 'missing'],
	[409, 'exists'],
]);

/**
 * The one place that decides what an answer means. Juspay has no idempotency key for these calls, so a call that
 * changes something may be sent again only on proof that it had no effect.
 *
 * @param call - what was sent
 * @param answer - what came of it, other than the expected answer
 * @param refusal - what Juspay says in it
 */
export function meaningOf(
	call: Pick<Call, 'method' | 'isSafe'>,
	answer: Answer,
	refusal = readRefusal(answer.kind === 'answered' ? answer.body : undefined),
): Meaning {
	const doubt = changesNothing(call) ? 'none' : 'unknown';
	switch (answer.kind) {
		case 'stopped':
			// Nobody waits for the outcome any more.
			return meaning('stopped', answer.sent ? doubt : 'none');
		case 'unusable':
			// Nothing can be sent at all.
			return meaning('unusable', 'none');
		case 'unreachable':
			// No connection was established, so nothing arrived. What stands in the way is often there for good.
			return {
				...meaning('unreachable', 'none'),
				...(answer.obstacle && { transient: false, mayConcernEveryone: true }),
			};
		case 'timedOut':
		case 'lost':
			// Sent, outcome unknown.
			return meaning(answer.kind, doubt);
		case 'tooLarge':
			// Answered, but what with isn't read.
			return meaning('tooLarge', doubt);
		case 'answered':
			return meaningOfAnswer(answer, refusal, doubt);
	}
}

function meaning(kind: Kind, effect: Meaning['effect']): Meaning {
	const { transient, scope, mayConcernEveryone }: Omit<Meaning, 'kind' | 'effect'> = KINDS[kind];
	return { kind, effect, transient, scope, ...(mayConcernEveryone && { mayConcernEveryone }) };
}

function meaningOfAnswer(
	{ status, body, isEmpty }: Answered,
	{ code, message, subject }: Refusal,
	doubt: Meaning['effect'],
): Meaning {
	// The other request may be our own, sent before and given up; what is behind Juspay may have done it all the same.
	if (subject === 'busy' || subject === 'unavailable') return meaning(subject, doubt);
	if (status < 300) {
		if (!isRefusal(body)) return meaning('unreadable', doubt);
		// A success whose body is an error object is a refusal, but no proof of one.
		const isAccess = subject === 'keyRejected' || subject === 'badOrigin';
		if (isAccess && doubt === 'none') return meaning(subject, doubt);
		const isSetUp = subject === 'setUp' || subject === 'details';
		return refused(isSetUp ? 'details' : 'refused', status, doubt);
	}
	if (status < 400) return meaning('redirected', doubt);
	// Rejected by a rate limiter, whoever's it is, before any work.
	if (status === 429) return meaning('throttled', 'none');
	// A server, or a proxy in front of it, gave up somewhere on the way.
	if (status >= 500 || status === 408) return meaning('unavailable', doubt);
	if (!isRefusal(body)) {
		// Any part of Juspay's refusal may be missing. A page is somebody else's.
		if (status === 401 && (isEmpty === true || typeof body === 'object')) {
			return { ...meaning('keyRejected', doubt), scope: 'customer', mayConcernEveryone: true };
		}
		// Juspay has an empty 404 for a path that it doesn't know. Anything in between may answer with a page of its own
		// after it has passed the request on.
		return meaning('notJuspay', status === 404 && isEmpty === true ? 'none' : doubt);
	}
	const isTold = code !== '' || message !== '';
	return refused(subject, status, isTold && TURNED_AWAY.has(status) ? 'none' : doubt);
}

function refused(subject: Subject | undefined, status: number, effect: Meaning['effect']): Meaning {
	// They may be those of one account.
	if (subject === 'details') return { ...meaning('setUp', effect), scope: 'account' };
	// A key that is known, but may not do this.
	if (status === 403 && subject === 'keyRejected') return meaning('forbidden', effect);
	return meaning(subject ?? BY_STATUS.get(status) ?? 'refused', effect);
}
