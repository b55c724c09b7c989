import type { ICredentialTestRequest } from 'n8n-workflow';
import { getCustomer, HOSTS } from '../wire/contract';

/** A customer that nobody has: a key that Juspay accepts gets its 404, and nothing is created. */
const call = getCustomer('missing_n8n_credential_test', '');

/** As `baseUrlOf` does it, in the only form that a declarative test takes. An unknown environment is refused before. */
const BASE_URL = `={{ String($credentials.environment).trim().toLowerCase() === 'custom' ? $credentials.baseUrl.trim().replace(/\\/+$/, '') : String($credentials.environment).trim() === 'production' ? '${HOSTS.production}' : '${HOSTS.sandbox}' }}`;

const REJECTED =
	"Juspay rejected the API key. Copy 'API Key' again from Juspay Dashboard, and check that it belongs to 'Environment': sandbox and production use different API keys.";
const FORBIDDEN =
	"Juspay refused access. If Juspay only accepts requests from certain IP addresses, ask Juspay support to add your n8n server's outgoing IP address. Otherwise check 'Merchant ID', and ask Juspay support to enable customer accounts for your API key.";
const REDIRECTED =
	"This address redirects to another one. The redirect was not followed, so your API key was not sent there. Correct 'Base URL'.";
const UNCHECKED = "Juspay answered, but didn't check the API key. Test again in a few minutes.";
const NOT_JUSPAY =
	"This address answered, but not like Juspay. Check 'Environment' and 'Base URL', and whether a proxy or a firewall answered instead.";

const byStatus: Array<[status: number, message: string]> = [
	[401, REJECTED],
	[403, FORBIDDEN],
	...[301, 302, 303, 307, 308].map((it): [number, string] => [it, REDIRECTED]),
	...[400, 408, 429, 500, 502, 503, 504].map((it): [number, string] => [it, UNCHECKED]),
];

/** The first that matches counts; none matches Juspay's "there is no such customer". */
const byBody: Array<[key: string, value: string | undefined, message: string]> = [
	['error_info.code', 'BAD_ORIGIN', FORBIDDEN],
	['error_info.code', 'UNAUTHORIZED', FORBIDDEN],
	['error_code', 'access_denied', REJECTED],
	['status', 'error', UNCHECKED],
	// What every refusal of Juspay's has.
	['error_code', undefined, NOT_JUSPAY],
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
		ignoreHttpStatusErrors: { ignore: true, except: byStatus.map(([status]) => status) },
	},
	// Its type allows one kind of rule or the other, n8n reads both.
	rules: [
		...byStatus.map(([value, message]) => ({
			type: 'responseCode',
			properties: { value, message },
		})),
		...byBody.map(([key, value, message]) => ({
			type: 'responseSuccessBody',
			properties: { key, value, message },
		})),
	] as ICredentialTestRequest['rules'],
};
