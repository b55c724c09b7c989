import type { ICredentialTestRequest } from 'n8n-workflow';
import { getCustomer, HOSTS, ROUTING_HEADER } from '../wire/contract';
import { CODES } from '../wire/refusal';
import { TEST } from './messages';

/** A customer that nobody has: a key that Juspay accepts gets its 404, and nothing is created. */
const call = getCustomer('missing_n8n_credential_test', '');

/** As `readCredential` does it, in the only form that a declarative test takes. An unknown environment is refused before. */
const BASE_URL = `={{ String($credentials.environment).trim().toLowerCase() === 'custom' ? $credentials.baseUrl.trim().replace(/\\/+$/, '') : String($credentials.environment).trim() === 'production' ? '${HOSTS.production}' : '${HOSTS.sandbox}' }}`;

/** Each status that a good key can't get, with what it means. */
const BY_STATUS: Array<[statuses: number[], message: string]> = [
	[[401], TEST.rejected],
	[[403], TEST.forbidden],
	[[301, 302, 303, 307, 308], TEST.redirected],
	[[400, 402, 405, 406, 409, 410, 415, 422], TEST.notAccepted],
	[[408, 425, 429, 500, 501, 502, 503, 504], TEST.unchecked],
];

type Rule = [keys: string[], values: Array<string | boolean | undefined>, message: string];

/** Refusals with one of these codes, wherever Juspay writes it; outside `error_info` also in lower case. */
const byCode = (codes: readonly string[], message: string): Rule[] => [
	[['error_info.code', 'errorInfo.code'], [...codes], message],
	[['error_code', 'errorCode'], codes.flatMap((code) => [code, code.toLowerCase()]), message],
];

const byCategory = (categories: string[], message: string): Rule => [
	['error_info.category', 'errorInfo.category'],
	categories,
	message,
];

/** Codes of Juspay's own troubles. */
const OUTAGES = [
	...['INTERNAL_ERROR', 'NETWORK_ERROR_CODE', 'TOO_MANY_REQUESTS', 'INTERNAL_SERVER_ERROR'],
	...['SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TIMEOUT'],
];

/** Words in the place of a code or a status that say nothing but that something was refused. */
const GENERAL = [
	...['invalid_request', 'INVALID_REQUEST', 'Invalid Request', 'Invalid request'],
	...['bad_request', 'BAD_REQUEST', 'Bad Request', 'Bad request', 'ERROR', 'Error'],
	...['FAILURE', 'FAILED'],
];

/**
 * By body, for n8n 1.x, which doesn't show the status; the first that matches counts. None may match Juspay's "there is
 * no such customer" in any of its forms, one of which has `status: "error"`.
 */
const BY_BODY: Rule[] = [
	...byCode(CODES.badOrigin, TEST.forbidden),
	[['error_code'], ['missing_authentication'], TEST.noKey],
	...byCode(CODES.keyRejected, TEST.rejected),
	...byCode([...CODES.busy, ...OUTAGES], TEST.unchecked),
	byCategory(['SERVER_ERROR'], TEST.unchecked),
	...byCode(
		[...CODES.exists, ...CODES.setUp, ...CODES.details, ...CODES.refused, 'UNKNOWN_ERROR'],
		TEST.notAccepted,
	),
	byCategory(['CONFIG_ERROR', 'UNKNOWN'], TEST.notAccepted),
	[['error_code', 'errorCode', 'status'], GENERAL, TEST.notAccepted],
	[['error_code', 'errorCode'], ['invalid_request_error'], TEST.notAccepted],
	[['response.error'], [true], TEST.unread],
	// What every refusal of Juspay's has.
	[['error_code'], [undefined], TEST.notJuspay],
	// What its 404 has besides.
	[['error_message'], [undefined], TEST.notAccepted],
];

/**
 * The Test button of the credential. n8n's rules can only refuse, so Juspay's 404 has to pass as a success, and there
 * is a rule for everything else. n8n 1.x ignores `except`, so it judges every status by the body.
 */
export const credentialTest: ICredentialTestRequest = {
	request: {
		method: call.method,
		baseURL: BASE_URL,
		url: call.path,
		headers: { accept: 'application/json', [ROUTING_HEADER]: call.routingId },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: { ignore: true, except: BY_STATUS.flatMap(([statuses]) => statuses) },
	},
	// Its type allows one kind of rule or the other, n8n reads both.
	rules: [
		...BY_STATUS.flatMap(([statuses, message]) =>
			statuses.map((value) => ({ type: 'responseCode', properties: { value, message } })),
		),
		...BY_BODY.flatMap(([keys, values, message]) =>
			keys.flatMap((key) =>
				values.map((value) => ({
					type: 'responseSuccessBody',
					properties: { key, value, message },
				})),
			),
		),
	] as ICredentialTestRequest['rules'],
};
