/** Juspay's error bodies ("Errors" in its reference), for refusals and for injected faults. */

export interface ErrorField {
	field_name: string;
	reason: 'MISSING' | 'INVALID';
}

type ErrorCode =
	| 'INVALID_INPUT'
	| 'MISSING_MANDATORY_PARAMETER'
	| 'INVALID_ACTION'
	| 'UNAUTHORIZED'
	| 'UNAUTHENTICATED'
	| 'ALREADY_EXISTS'
	| 'DUPLICATE_REQUEST'
	| 'INVALID_ACCOUNT_DETAILS';

const ERROR_CODE: Partial<Record<ErrorCode, string>> = {
	UNAUTHENTICATED: 'access_denied',
	UNAUTHORIZED: 'access_denied',
	ALREADY_EXISTS: 'already_exists',
	DUPLICATE_REQUEST: 'duplicate_request',
};

const USER_MESSAGE: Partial<Record<ErrorCode, string>> = {
	UNAUTHENTICATED: 'Unauthorized.',
	UNAUTHORIZED: 'Unauthorized.',
	INVALID_ACCOUNT_DETAILS: 'The account could not be added.',
};

/** A request that is not carried out: nothing has been changed when this is thrown. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
	) {
		super(`refused with ${status}`);
	}
}

/**
 * A refusal with Juspay's `error_info`.
 *
 * @param developerMessage names fields and positions, never a value: it ends up in logs.
 */
export function refusal(
	status: number,
	code: ErrorCode,
	developerMessage: string,
	fields?: ErrorField[],
): Refusal {
	return new Refusal(status, {
		status: 'error',
		error_code: ERROR_CODE[code] ?? 'invalid_request',
		error_message: developerMessage,
		error_info: {
			code,
			user_message: USER_MESSAGE[code] ?? 'Invalid request.',
			developer_message: developerMessage,
			category: code === 'INVALID_ACCOUNT_DETAILS' ? 'CONFIG_ERROR' : 'USER_ERROR',
			...(fields && { fields }),
		},
	});
}

/** One wrong or missing form field. */
export function badField(
	name: string,
	reason: ErrorField['reason'],
	developerMessage: string,
): Refusal {
	return refusal(
		400,
		reason === 'MISSING' ? 'MISSING_MANDATORY_PARAMETER' : 'INVALID_INPUT',
		developerMessage,
		[{ field_name: name, reason }],
	);
}

/** Juspay's 404, word for word: it says neither what was looked for nor any `error_info`. */
export function notFound(): Refusal {
	return new Refusal(404, {
		status: 'invalid_request_error',
		error_code: 'object_not_found',
		error_message: 'Cannot find what you are looking for',
	});
}

/** 401 as documented. */
export function unauthenticated(
	developerMessage = 'Invalid API Key. Please pass a valid and active api key.',
): Refusal {
	return refusal(401, 'UNAUTHENTICATED', developerMessage);
}

/** The body Juspay would send with a status, where a fault gives none of its own. */
export function bodyForStatus(status: number): object {
	switch (status) {
		case 400:
			return refusal(400, 'INVALID_INPUT', 'Invalid input.').body;
		case 401:
			return unauthenticated().body;
		case 403:
			return refusal(403, 'UNAUTHORIZED', 'This key may not do that.').body;
		case 404:
			return notFound().body;
		case 409:
			return refusal(
				409,
				'DUPLICATE_REQUEST',
				'Another request for the same identifier is in process.',
			).body;
		case 429:
			return {
				status: 'error',
				error_code: 'too_many_requests',
				error_message: 'Too many requests.',
			};
		default:
			return {
				status: 'error',
				error_code: status >= 500 ? 'internal_error' : 'invalid_request',
				error_message: status >= 500 ? 'Something went wrong on our side.' : 'Invalid request.',
			};
	}
}
