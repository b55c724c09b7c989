import { changesNothing } from '../wire/contract';
import type { Call } from '../wire/contract';
import type { Answered } from '../wire/read';
import type { Refusal, Subject } from '../wire/refusal';
import { isRefusal, readRefusal } from '../wire/refusal';
import type { Kind, Meaning } from './failure';
import type { Answer } from './transport';

/** Statuses with which Juspay itself turns a call away before it takes effect. */
const TURNED_AWAY = new Set([400, 401, 403, 404, 422]);

/** A meaning but for its effect. */
type Named = Omit<Meaning, 'effect'>;

/** For what ends one customer's calls, and everyone's only where several customers meet it. */
const concernsMany = (kind: Kind): Named => ({
	kind,
	transient: false,
	scope: 'customer',
	mayConcernEveryone: true,
});

/** What a refusal is by what its code speaks of. */
const BY_SUBJECT: Record<Subject, Named> = {
	key: { kind: 'keyRejected', transient: false, scope: 'everyone' },
	origin: concernsMany('badOrigin'),
	missing: { kind: 'missing', transient: false, scope: 'customer' },
	exists: { kind: 'exists', transient: false, scope: 'account' },
	// The other request may be our own, sent before and given up.
	busy: { kind: 'busy', transient: true, scope: 'customer' },
	setUp: { kind: 'setUp', transient: false, scope: 'customer' },
	details: { kind: 'setUp', transient: false, scope: 'account' },
	request: { kind: 'refused', transient: false, scope: 'account' },
	// What is behind Juspay may have done it all the same.
	outage: { kind: 'unavailable', transient: true, scope: 'customer' },
};

/** What a refusal is by its status, where its code speaks of nothing. */
const BY_STATUS = new Map<number, Named>([
	[401, BY_SUBJECT.key],
	[403, concernsMany('forbidden')],
	[404, BY_SUBJECT.missing],
	[409, BY_SUBJECT.exists],
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
	const doubt: Meaning['effect'] = changesNothing(call) ? 'none' : 'unknown';
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
			// No connection was established, so nothing arrived. What stands in the way is often there for good.
			return {
				kind: 'unreachable',
				effect: 'none',
				transient: answer.obstacle === undefined,
				scope: 'everyone',
				...(answer.obstacle && { mayConcernEveryone: true }),
			};
		case 'timeout':
			// Sent, outcome unknown.
			return { kind: 'timedOut', effect: doubt, transient: true, scope: 'customer' };
		case 'lost':
			return { kind: 'lost', effect: doubt, transient: true, scope: 'customer' };
		case 'tooLarge':
			// Answered, but what with isn't read.
			return { kind: 'tooLarge', effect: doubt, transient: false, scope: 'customer' };
		case 'answered':
			return meaningOfAnswer(answer, refusal, doubt);
	}
}

function meaningOfAnswer(
	{ status, body, isEmpty }: Answered,
	{ code, message, subject }: Refusal,
	doubt: Meaning['effect'],
): Meaning {
	// These two say that nothing is known, whatever the status.
	if (subject === 'busy' || subject === 'outage') return { ...BY_SUBJECT[subject], effect: doubt };
	if (status < 300) {
		const isSetUp = subject === 'setUp' || subject === 'details';
		// A success whose body is an error object is a refusal, but no proof of one.
		return isRefusal(body)
			? { ...BY_SUBJECT[isSetUp ? 'details' : 'request'], effect: doubt }
			: { kind: 'unreadable', effect: doubt, transient: true, scope: 'customer' };
	}
	if (status < 400) return { ...concernsMany('redirected'), effect: doubt };
	// Rejected by a rate limiter, whoever's it is, before any work.
	if (status === 429) {
		return { kind: 'throttled', effect: 'none', transient: true, scope: 'everyone' };
	}
	// A server, or a proxy in front of it, gave up somewhere on the way.
	if (status >= 500 || status === 408) {
		return { kind: 'unavailable', effect: doubt, transient: true, scope: 'customer' };
	}
	if (!isRefusal(body)) {
		// Juspay has an empty 404 for a path that it doesn't know. Anything in between may answer with a page of its own
		// after it has passed the request on.
		const isUnknownPath = status === 404 && isEmpty === true;
		return { ...concernsMany('notJuspay'), effect: isUnknownPath ? 'none' : doubt };
	}
	const isTold = code !== '' || message !== '';
	const effect = isTold && TURNED_AWAY.has(status) ? 'none' : doubt;
	return { ...namedOf(status, subject), effect };
}

function namedOf(status: number, subject: Subject | undefined): Named {
	// A key that is known, but may not do this.
	if (status === 403 && subject === 'key') return concernsMany('forbidden');
	return (
		(subject && BY_SUBJECT[subject]) ??
		BY_STATUS.get(status) ?? { kind: 'refused', transient: false, scope: 'account' }
	);
}
