/** What the node says of something that was not done, and that as n8n's error. */
import type { INode, JsonObject, Failure as N8nFailure } from 'n8n-workflow';
import { NodeApiError } from 'n8n-workflow';

/** What follows from a kind of answer, whatever the call. */
interface KindInfo {
	/** The node's own code. Saved workflows contain it, so within version 1 none changes; docs/messages.md shows each. */
	code: string;
	/** n8n's own; it has none for a request that Juspay refused, or for a workflow that was stopped. */
	cause?: N8nFailure['cause'];
	/** Whether the same call may fare better, once it is known to have had no effect. */
	transient: boolean;
	/** What it concerns: this account, this customer's accounts, or every request. */
	scope: 'account' | 'customer' | 'everyone';
	/** Whether it concerns everyone if several customers in a row meet it, e.g. a firewall's page. */
	mayConcernEveryone?: boolean;
}

/** Juspay, or the way to it, is in trouble at present. */
const TROUBLE = { cause: 'temporarily-unavailable', transient: true, scope: 'customer' } as const;
const CREDENTIAL = { cause: 'credential-invalid', transient: false, scope: 'everyone' } as const;
const CONFIGURATION = {
	cause: 'configuration-invalid',
	transient: false,
	scope: 'customer',
} as const;

/** Ends one customer's calls, and everyone's only where several customers meet it. */
const NETWORK_OR_RIGHTS = { ...CONFIGURATION, mayConcernEveryone: true } as const;

/** What an answer that isn't the expected one says. */
export const KINDS = {
	/** The workflow was stopped. */
	stopped: { code: 'STOPPED', transient: false, scope: 'everyone' },
	/** The credential can't be used. */
	unusable: { code: 'BAD_CREDENTIAL', ...CREDENTIAL },
	/** No connection was established. */
	unreachable: { code: 'UNREACHABLE', transient: true, scope: 'everyone' },
	timedOut: { code: 'TIMEOUT', ...TROUBLE },
	lost: { code: 'CONNECTION_LOST', ...TROUBLE },
	/** The answer is larger than any of Juspay's. */
	tooLarge: { code: 'ANSWER_TOO_LARGE', transient: false, scope: 'customer' },
	/** A 2xx that doesn't say what was expected. */
	unreadable: { code: 'UNREADABLE_ANSWER', transient: true, scope: 'customer' },
	redirected: { code: 'REDIRECT', ...NETWORK_OR_RIGHTS },
	/** Not in a form of Juspay's, so probably from a proxy or a firewall. */
	notJuspay: { code: 'NOT_JUSPAY', ...NETWORK_OR_RIGHTS },
	keyRejected: { code: 'KEY_REJECTED', ...CREDENTIAL },
	badOrigin: { code: 'IP_NOT_ALLOWED', ...NETWORK_OR_RIGHTS },
	forbidden: { code: 'FORBIDDEN', ...NETWORK_OR_RIGHTS },
	throttled: {
		code: 'TOO_MANY_REQUESTS',
		cause: 'rate-limited',
		transient: true,
		scope: 'everyone',
	},
	/** Juspay has no such customer, or no such account. */
	missing: { code: 'NOT_FOUND', ...CONFIGURATION },
	exists: { code: 'ALREADY_EXISTS', transient: false, scope: 'account' },
	/** Juspay works on another request for the same customer, maybe on our own of before. */
	busy: { code: 'BUSY', ...TROUBLE },
	unavailable: { code: 'UNAVAILABLE', ...TROUBLE },
	/** Refused because of the merchant's configuration. */
	setUp: { code: 'SETUP', ...CONFIGURATION },
	/** Refused because of the request itself. */
	refused: { code: 'REFUSED', transient: false, scope: 'account' },
} as const satisfies Record<string, KindInfo>;

export type Kind = keyof typeof KINDS;

/** All codes: those of an answer, and of what the node finds out by itself. */
export const ERROR_CODES = [
	...Object.values(KINDS).map(({ code }) => code),
	'BAD_INPUT',
	'VALIDATION_IN_DOUBT',
	'TOO_MANY_VALIDATIONS',
	'SIMILAR_ACCOUNT',
	'CANNOT_TELL',
	'CREATED_UNCLEAR',
	'MAY_EXIST',
	'STALE_LIST',
	'UNFINISHED_LIST',
	'EMPTY_LIST',
	'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What follows from an answer that isn't the expected one. */
export interface Meaning extends Omit<KindInfo, 'code' | 'cause'> {
	kind: Kind;
	/** Whether the call may have taken effect. `none` only on proof. */
	effect: 'none' | 'unknown';
}

/** Why something was not done, and what to do. Contains no secret. */
export interface Failure extends Meaning {
	/** For a workflow to branch on. */
	code: ErrorCode;
	/** Juspay's own code, where it gave one. */
	juspayCode?: string;
	/** Juspay's ID of the request, which its support asks for. */
	juspayRequestId?: string;
	/** One line: what happened. */
	message: string;
	/** What to do, and Juspay's own words. */
	description: string;
	/** The answer's status, where there was an answer. */
	httpStatus?: number;
	/** How long Juspay asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** From when on a run can settle what is in doubt, in milliseconds since the epoch. */
	settlesAt?: number;
	/** Juspay's own words, unless they name an account: the same for two accounts refused for one reason. */
	reason?: string;
}

/** What the node finds out by itself: it has had no effect and concerns one account, unless `more` says otherwise. */
export function ownFailure(
	code: ErrorCode,
	message: string,
	description: string,
	more: Partial<Failure> = {},
): Failure {
	return {
		kind: 'refused',
		effect: 'none',
		transient: false,
		scope: 'account',
		code,
		message,
		description,
		...more,
	};
}

/**
 * A failure as n8n's error, with Juspay's status and n8n's own cause (versions of n8n without causes ignore it).
 *
 * @param options.message - replaces the failure's message
 * @param options.description - replaces the failure's description
 */
export function apiError(
	node: INode,
	{ kind, message, description, code, httpStatus, retryAfterMs }: Failure,
	options: { itemIndex?: number; message?: string; description?: string } = {},
): NodeApiError {
	const answer: JsonObject = { code, ...(httpStatus && { httpStatus }) };
	const { cause }: KindInfo = KINDS[kind];
	const isForLater = cause === 'rate-limited' || cause === 'temporarily-unavailable';
	const wait = isForLater && retryAfterMs !== undefined && { retryAfterMs };
	return new NodeApiError(node, answer, {
		message,
		description,
		...options,
		...(httpStatus && { httpCode: String(httpStatus) }),
		failure: cause && ({ cause, ...wait } as N8nFailure),
	});
}
