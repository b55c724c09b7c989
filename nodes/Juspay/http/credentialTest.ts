import type { ICredentialTestRequest } from 'n8n-workflow';
import { getCustomer, HOSTS } from '../wire/contract';
import { WHITELIST } from './messages';

/** A customer that nobody has: a key that Juspay accepts gets its 404, and nothing is created. */
const call = getCustomer('missing_n8n_credential_test', '');

/** As `baseUrlOf` does it, in the only form that a declarative test takes. An unknown environment is refused before. */
const BASE_URL = `={{ String($credentials.environment).trim().toLowerCase() === 'custom' ? $credentials.baseUrl.trim().replace(/\\/+$/, '') : String($credentials.environment).trim() === 'production' ? '${HOSTS.production}' : '${HOSTS.sandbox}' }}`;

const REJECTED =
	"Juspay rejected the API key. Copy 'API Key' again from Juspay Dashboard, and check that it belongs to 'Environment': sandbox and production use different API keys.";
const NO_KEY =
	"Juspay received no API key. Check 'API Key', and whether a proxy between n8n and Juspay removes the header Authorization.";
const FORBIDDEN = `Juspay refused access. If your API key only works from certain IP addresses, add your n8n server's outgoing IP address at ${WHITELIST}. Otherwise check 'Merchant ID', in which upper and lower case count, and ask Juspay support to enable customer accounts for your API key.`;
const REDIRECTED =
	"This address redirects to another one. The redirect was not followed, so your API key was not sent there. Correct 'Base URL'.";
const NOT_ACCEPTED =
	"Juspay didn't accept the request of this test, so it doesn't show whether the API key is right. Check 'Merchant ID' and 'Base URL', and try Get with a customer of yours.";
const UNCHECKED = "Juspay answered, but didn't check the API key. Test again in a few minutes.";
const NOT_JUSPAY =
	"This address answered, but not like Juspay. Check 'Environment' and 'Base URL', and whether a proxy or a firewall answered instead.";
const UNREAD =
	"Juspay answered in the form of another of its products, which doesn't show whether the API key is right. Check 'Base URL', and try Get with a customer of yours.";

/** Each status that a good key can't get, with what it means. */
const byStatus: Array<[statuses: number[], message: string]> = [
	[[401], REJECTED],
	[[403], FORBIDDEN],
	[[301, 302, 303, 307, 308], REDIRECTED],
	[[400, 402, 405, 406, 409, 410, 415, 422], NOT_ACCEPTED],
	[[408, 425, 429, 500, 501, 502, 503, 504], UNCHECKED],
];

/**
 * By body, for n8n 1.x, which doesn't show the status; the first that matches counts. None may match Juspay's "there is
 * no such customer" in any of its forms, one of which has `status: "error"`.
 */
const byBody: Array<
	[keys: string[], values: Array<string | boolean | undefined>, message: string]
> = [
	[['error_info.code', 'errorInfo.code'], ['BAD_ORIGIN'], FORBIDDEN],
	[['error_code'], ['missing_authentication'], NO_KEY],
	[['error_info.code', 'errorInfo.code'], ['UNAUTHORIZED', 'UNAUTHENTICATED'], REJECTED],
	[
		['error_code', 'errorCode'],
		['access_denied', 'unauthorized', 'UNAUTHORIZED', 'unauthenticated', 'UNAUTHENTICATED'],
		REJECTED,
	],
	[
		['error_info.code', 'errorInfo.code'],
		['DUPLICATE_REQUEST', 'INTERNAL_ERROR', 'NETWORK_ERROR_CODE'],
		UNCHECKED,
	],
	[['error_info.category', 'errorInfo.category'], ['SERVER_ERROR'], UNCHECKED],
	[
		['error_code', 'errorCode'],
		[
			...['duplicate_request', 'too_many_requests', 'internal_error', 'INTERNAL_ERROR'],
			...['internal_server_error', 'INTERNAL_SERVER_ERROR', 'server_error', 'SERVER_ERROR'],
			...['service_unavailable', 'SERVICE_UNAVAILABLE', 'timeout', 'TIMEOUT'],
		],
		UNCHECKED,
	],
	[
		['error_info.code', 'errorInfo.code'],
		[
			...['INVALID_INPUT', 'MISSING_MANDATORY_PARAMETER', 'INVALID_ACTION', 'EXPIRED'],
			...['ALREADY_EXISTS', 'GATEWAY_NOT_FOUND', 'ACCOUNT_NOT_FOUND', 'FEATURE_NOT_ENABLED'],
			...['INVALID_ACCOUNT_DETAILS', 'UNKNOWN_ERROR'],
		],
		NOT_ACCEPTED,
	],
	[['error_info.category', 'errorInfo.category'], ['CONFIG_ERROR', 'UNKNOWN'], NOT_ACCEPTED],
	[
		['error_code', 'errorCode', 'status'],
		[
			...['invalid_request', 'INVALID_REQUEST', 'Invalid Request', 'Invalid request'],
			...['bad_request', 'BAD_REQUEST', 'Bad Request', 'Bad request', 'ERROR', 'Error'],
			...['FAILURE', 'FAILED'],
		],
		NOT_ACCEPTED,
	],
	[
		['error_code', 'errorCode'],
		['unique', 'UNIQUE', 'already_exists', 'ALREADY_EXISTS', 'invalid_request_error'],
		NOT_ACCEPTED,
	],
	[['response.error'], [true], UNREAD],
	// What every refusal of Juspay's has.
	[['error_code'], [undefined], NOT_JUSPAY],
	// What its 404 has besides.
	[['error_message'], [undefined], NOT_ACCEPTED],
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
		headers: { accept: 'application/json', 'x-routing-id': call.routingId },
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: { ignore: true, except: byStatus.flatMap(([statuses]) => statuses) },
	},
	// Its type allows one kind of rule or the other, n8n reads both.
	rules: [
		...byStatus.flatMap(([statuses, message]) =>
			statuses.map((value) => ({ type: 'responseCode', properties: { value, message } })),
		),
		...byBody.flatMap(([keys, values, message]) =>
			keys.flatMap((key) =>
				values.map((value) => ({
					type: 'responseSuccessBody',
					properties: { key, value, message },
				})),
			),
		),
	] as ICredentialTestRequest['rules'],
};
