import type { Kind } from './meaning';

/**
 * The node's own codes, for a workflow to branch on: one for each kind of answer that isn't the expected one. Saved
 * workflows contain them, so within version 1 none changes. docs/messages.md shows each.
 */
export const CODE_OF = {
	stopped: 'STOPPED',
	unusable: 'BAD_CREDENTIAL',
	unreachable: 'UNREACHABLE',
	timedOut: 'TIMEOUT',
	lost: 'CONNECTION_LOST',
	tooLarge: 'ANSWER_TOO_LARGE',
	unreadable: 'UNREADABLE_ANSWER',
	redirected: 'REDIRECT',
	notJuspay: 'NOT_JUSPAY',
	keyRejected: 'KEY_REJECTED',
	badOrigin: 'IP_NOT_ALLOWED',
	forbidden: 'FORBIDDEN',
	throttled: 'TOO_MANY_REQUESTS',
	missing: 'NOT_FOUND',
	exists: 'ALREADY_EXISTS',
	busy: 'BUSY',
	unavailable: 'UNAVAILABLE',
	setUp: 'SETUP',
	refused: 'REFUSED',
} as const satisfies Record<Kind, string>;

/** All of them, with those of what the node finds out by itself. */
export const ERROR_CODES = [
	...Object.values(CODE_OF),
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
