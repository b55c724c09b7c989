/**
 * Juspay's error bodies, for refusals and for injected faults: by default as its reference documents them for the
 * customer API, with words of our own; {@link FORMS} has the others that its samples and its SDK show.
 */

export interface ErrorField {
	field_name: string;
	reason: 'MISSING' | 'INVALID';
}

type ErrorCode =
	| 'INVALID_INPUT'
	| 'MISSING_MANDATORY_PARAMETER'
	| 'INVALID_ACTION'
	| 'UNAUTHORIZED'
	| 'ALREADY_EXISTS'
	| 'DUPLICATE_REQUEST'
	| 'INVALID_ACCOUNT_DETAILS';

const ERROR_CODE: Partial<Record<ErrorCode, string>> = {
	UNAUTHORIZED: 'access_denied',
	ALREADY_EXISTS: 'unique',
	DUPLICATE_REQUEST: 'duplicate_request',
};

const USER_MESSAGE: Partial<Record<ErrorCode, string>> = {
	UNAUTHORIZED: 'Unauthorized.',
	INVALID_ACCOUNT_DETAILS: 'The account could not be added.',
};

/** A request that is not carried out: nothing has been changed when this is thrown. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object | undefined,
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

/** 404 for a customer or an account: it doesn't say which of them. */
export function notFound(): Refusal {
	return new Refusal(404, {
		status: 'invalid_request_error',
		error_code: 'object_not_found',
		error_message: 'Nothing was found under this ID.',
		error_info: {
			code: 'RESOURCE_NOT_FOUND',
			user_message: 'The request can not be processed.',
			developer_message: 'There is no such customer or account.',
			category: 'USER_ERROR',
		},
	});
}

/** 404 for a path that is none of the API's: no body at all. */
export function unknownPath(): Refusal {
	return new Refusal(404, undefined);
}

/** 401: no `error_message` beside the code. */
export function unauthenticated(developerMessage = 'The API key is not valid.'): Refusal {
	return new Refusal(401, {
		status: 'error',
		error_code: 'access_denied',
		error_info: {
			code: 'UNAUTHORIZED',
			user_message: 'Unauthorized.',
			developer_message: developerMessage,
			category: 'USER_ERROR',
		},
	});
}

/** 403 for an IP address that the key doesn't allow: neither `status` nor `error_code`. */
export function badOrigin(): Refusal {
	return new Refusal(403, {
		error: true,
		error_message: 'Internal error.',
		user_message: 'Bad origin.',
		error_info: {
			code: 'BAD_ORIGIN',
			user_message: 'Bad origin.',
			developer_message: 'The IP address is not on the list of this key.',
			category: 'USER_ERROR',
		},
	});
}

/** The body Juspay would send with a status, where a fault gives none of its own. */
export function bodyForStatus(status: number): object | undefined {
	switch (status) {
		case 400:
			return refusal(400, 'INVALID_INPUT', 'Invalid input.').body;
		case 401:
			return unauthenticated().body;
		case 403:
			return badOrigin().body;
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

type Body = Record<string, unknown>;

const camel = (key: string) =>
	key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** An object, and those in it, with keys in camelCase. */
function inCamelCase(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(inCamelCase);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [camel(key), inCamelCase(inner)]),
	);
}

function withoutInfo({ error_info: info, ...body }: Body): Body {
	const { code, developer_message: words } = (info ?? {}) as Body;
	return { error_code: String(code).toLowerCase(), error_message: words, ...body };
}

/** Other forms in which Juspay is seen to refuse, each made of the documented one. */
export const FORMS = {
	/** Nothing but `error_info`. */
	'info-only': ({ error_info: info }: Body): Body => ({ error_info: info }),
	/** The outer keys only. */
	'no-info': withoutInfo,
	/** `error_info` as JSON text. */
	'info-text': (body: Body): Body => ({ ...body, error_info: JSON.stringify(body.error_info) }),
	/** As the payout product wraps it. */
	wrapped: (body: Body, status: number): Body => ({
		response: { ...(inCamelCase(withoutInfo(body)) as Body), error: true },
		code: status,
	}),
} satisfies Record<string, (body: Body, status: number) => Body>;
