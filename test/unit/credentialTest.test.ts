import { credentialTest } from '../../nodes/Juspay/http/credentialTest';
import { REFUSALS } from '../refusals';

const { request, rules = [] } = credentialTest;

/** The value at `a.b` of a body. */
const at = (body: unknown, key: string): unknown =>
	key
		.split('.')
		.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], body);

/** What n8n's Test button says to an answer: n8n 1.x knows no `except`, and asks no status. */
function verdict(status: number, body: unknown, version: 1 | 2): string {
	const { except = [] } = request.ignoreHttpStatusErrors as { except?: number[] };
	const isError = version === 2 && except.includes(status);
	const broken = rules.find(({ type, properties }) =>
		type === 'responseCode'
			? isError && properties.value === status
			: !isError && at(body, properties.key) === properties.value,
	);
	return broken?.properties.message ?? 'green';
}

describe.each([1, 2] as const)('the Test button of n8n %d.x', (version) => {
	it.each(REFUSALS)('knows $name', ({ status, body, test }) => {
		expect(verdict(status, body, version)).toMatch(test === 'green' ? /^green$/ : test);
	});

	it.each([
		...[200, 204, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 415],
		...[422, 425, 429, 500, 501, 502, 503, 504],
	])('is never green for a page with %d', (status) => {
		expect(verdict(status, '<html>', version)).not.toBe('green');
	});
});

describe('by the body alone, which is all that n8n 1.x shows,', () => {
	const INFO = ['error_info.code', 'errorInfo.code'];
	const CATEGORY = ['error_info.category', 'errorInfo.category'];
	const CODE = ['error_code', 'errorCode'];
	const ANYWHERE = [...INFO, ...CODE];
	const LATER = /^Juspay answered, but didn't check/;
	const REQUEST = /^Juspay didn't accept the request/;

	it.each<[string[], string, RegExp]>([
		[ANYWHERE, 'BAD_ORIGIN', /^Juspay refused access/],
		[['error_code'], 'missing_authentication', /^Juspay received no API key/],
		[ANYWHERE, 'UNAUTHORIZED|UNAUTHENTICATED|ACCESS_DENIED', /^Juspay rejected the API key/],
		[ANYWHERE, 'DUPLICATE_REQUEST|NETWORK_ERROR_CODE|TIMEOUT|SERVICE_UNAVAILABLE', LATER],
		[ANYWHERE, 'INTERNAL_ERROR|TOO_MANY_REQUESTS|INTERNAL_SERVER_ERROR|SERVER_ERROR', LATER],
		[CODE, 'internal_error|too_many_requests|server_error|timeout', LATER],
		[CATEGORY, 'SERVER_ERROR', LATER],
		[ANYWHERE, 'INVALID_INPUT|ALREADY_EXISTS|FEATURE_NOT_ENABLED|UNKNOWN_ERROR', REQUEST],
		[ANYWHERE, 'GATEWAY_NOT_FOUND|INVALID_ACCOUNT_DETAILS', REQUEST],
		[CATEGORY, 'CONFIG_ERROR|UNKNOWN', REQUEST],
		[[...CODE, 'status'], 'invalid_request|INVALID_REQUEST|Invalid Request', REQUEST],
		[CODE, 'Invalid request|bad_request|BAD_REQUEST|Bad Request|Bad request', REQUEST],
		[CODE, 'ERROR|Error|FAILURE|FAILED|invalid_request_error', REQUEST],
	])('%j tells what it means: %s', (keys, codes, says) => {
		for (const [key = '', code] of keys.flatMap((it) => codes.split('|').map((one) => [it, one]))) {
			const [outer = '', inner] = key.split('.');
			const refusal = { [outer]: inner ? { [inner]: code } : code };
			expect(verdict(400, { error_code: 'x', error_message: 'x', ...refusal }, 1)).toMatch(says);
		}
	});

	it('a refusal without words is not that of a customer that is not there', () => {
		expect(verdict(400, { error_code: 'x' }, 1)).toMatch(REQUEST);
	});
});

it('the Test button tells by the status what a page means, where n8n shows it', () => {
	expect(verdict(403, '<html>', 2)).toMatch(/^Juspay refused access/);
	expect(request.ignoreHttpStatusErrors).toHaveProperty('ignore', true);
});

it('the Test button only looks, and follows no redirect', () => {
	expect(request).toMatchObject({
		method: 'GET',
		url: '/customers/missing_n8n_credential_test',
		disableFollowRedirect: true,
		headers: { accept: 'application/json', 'x-routing-id': 'missing_n8n_credential_test' },
	});
});
