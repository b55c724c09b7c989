/**
 * The node's own codes, for a workflow to branch on: one for each kind of thing that keeps an account from being
 * handled. Saved workflows contain them, so within version 1 none changes. docs/messages.md shows each.
 */
export const ERROR_CODES = [
	'BAD_INPUT',
	'BAD_CREDENTIAL',
	'KEY_REJECTED',
	'IP_NOT_ALLOWED',
	'FORBIDDEN',
	'NOT_FOUND',
	'ALREADY_EXISTS',
	'BUSY',
	'SETUP',
	'REFUSED',
	'TOO_MANY_REQUESTS',
	'UNAVAILABLE',
	'TIMEOUT',
	'CONNECTION_LOST',
	'UNREACHABLE',
	'REDIRECT',
	'NOT_JUSPAY',
	'UNREADABLE_ANSWER',
	'ANSWER_TOO_LARGE',
	'STOPPED',
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
