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

it('the Test button only looks, and follows no redirect', () => {
	expect(request).toMatchObject({
		method: 'GET',
		url: '/customers/missing_n8n_credential_test',
		disableFollowRedirect: true,
	});
});
