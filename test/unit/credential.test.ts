import fc from 'fast-check';
import { hostOf, readCredential, secretsOf, signature } from '../../nodes/Juspay/http/credential';
import { answerOf } from '../../nodes/Juspay/http/transport';

const GOOD = { environment: 'custom', baseUrl: 'https://proxy.example.com', apiKey: 'key' };

describe('a credential', () => {
	it.each([
		[{ environment: 'sandbox', apiKey: 'key' }, 'https://sandbox.juspay.in'],
		[{ environment: 'production', apiKey: 'key' }, 'https://api.juspay.in'],
		[
			{ environment: 'production', apiKey: 'key', baseUrl: 'https://left.over' },
			'https://api.juspay.in',
		],
		[{ apiKey: 'key' }, 'https://sandbox.juspay.in'],
		[GOOD, 'https://proxy.example.com'],
		[{ ...GOOD, baseUrl: ' https://proxy.example.com// ' }, 'https://proxy.example.com'],
		[{ ...GOOD, baseUrl: 'http://juspay.internal' }, 'http://juspay.internal'],
		[{ ...GOOD, environment: ' Custom\n' }, 'https://proxy.example.com'],
		[{ environment: 'SANDBOX', apiKey: 'key' }, 'https://sandbox.juspay.in'],
		[{ environment: null, apiKey: 'key', merchantId: null }, 'https://sandbox.juspay.in'],
		[{ environment: ' ', apiKey: 'key' }, 'https://sandbox.juspay.in'],
		[{ environment: 'production ', apiKey: 'key' }, 'https://api.juspay.in'],
		[{ ...GOOD, baseUrl: 'http://127.0.0.1:8777/juspay/v1/' }, 'http://127.0.0.1:8777/juspay/v1'],
	])('%j reaches %s', (data, url) => {
		const credential = readCredential(data);
		expect(credential.fault).toBeUndefined();
		expect(credential.baseUrl).toBe(url);
	});

	it('of numbers is sent as text', () => {
		const credential = readCredential({ ...GOOD, apiKey: 1234567890, merchantId: 1122 });
		expect(credential.fault).toBeUndefined();
		expect(signature(credential)).toEqual({
			auth: { username: '1234567890', password: '' },
			headers: { 'x-merchantid': '1122' },
		});
	});

	it.each([['prod'], ['PRODUCTION'], ['staging'], [1], [true], [[]], [['sandbox']], [{}]])(
		'with the environment %j is refused',
		(environment) => {
			const credential = readCredential({ ...GOOD, environment });
			expect(credential.fault).toMatch(/'Environment'.*Sandbox, Production or Custom/);
			expect(hostOf(credential)).not.toContain('sandbox');
		},
	);

	it.each([{ merchantId: true }, { merchantId: 2 ** 64 }, { apiKey: {} }])(
		"is refused, not sent without what can't be read: %j",
		(change) => {
			const credential = readCredential({ ...GOOD, ...change });
			expect(credential.fault).toMatch(/'(Merchant ID|API Key)' is not text/);
		},
	);

	it.each([
		['an empty key', { apiKey: '' }, /'API Key' is empty.*Copy it/],
		['a key of blanks', { apiKey: ' \n' }, /'API Key' is empty/],
		['two keys', { apiKey: 'one\ntwo' }, /'API Key' contains a space, a line break/],
		['a key with the colon of "curl -u key:"', { apiKey: 'key:' }, /a colon.*Copy it again/],
		['a key with an accent', { apiKey: 'clé' }, /'API Key' contains/],
		[
			'a merchant ID of two lines',
			{ merchantId: 'a\r\nb: c' },
			/'Merchant ID' contains a line break/,
		],
		['no base URL', { baseUrl: '' }, /'Base URL' is not a URL.*e\.g\. https/],
		['a base URL without a scheme', { baseUrl: 'proxy.example.com' }, /'Base URL' is not a URL/],
		[
			'a base URL without a scheme, with a port',
			{ baseUrl: 'localhost:8777' },
			/doesn't start with http:\/\/ or https:\/\//,
		],
		[
			'a base URL of another kind',
			{ baseUrl: 'ftp://proxy.example.com' },
			/doesn't start with http:/,
		],
		[
			"a base URL of Juspay's without TLS",
			{ baseUrl: 'http://API.juspay.in./' },
			/unencrypted.*https:/,
		],
		[
			'a base URL with a password',
			{ baseUrl: 'https://user:hidden@x.com' },
			/contains a user name or password/,
		],
		[
			'a base URL with a user name',
			{ baseUrl: 'https://hidden@x.com' },
			/contains a user name or password/,
		],
		['a base URL with a query', { baseUrl: 'https://x.com/?a=1' }, /contains a \? or a #/],
		['a base URL with a fragment', { baseUrl: 'https://x.com/#a' }, /contains a \? or a #/],
	])('with %s is refused, with what to do', (_, change, said) => {
		const fault = readCredential({ ...GOOD, ...change }).fault;
		expect(fault).toMatch(said);
		expect(fault).not.toContain('hidden');
	});

	it.each(['https://x.com?', 'https://x.com#'])(
		'with the base URL %s sends to no other path',
		(baseUrl) => {
			const credential = readCredential({ ...GOOD, baseUrl });
			const url = `${credential.baseUrl}/customers/c`;
			expect(credential.fault !== undefined || new URL(url).pathname === '/customers/c').toBe(true);
		},
	);

	it('that is accepted makes URLs that keep the path of a call', () => {
		fc.assert(
			fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string()), (baseUrl) => {
				const credential = readCredential({ ...GOOD, baseUrl });
				if (credential.fault !== undefined) return;
				const url = new URL(`${credential.baseUrl}/customers/c`);
				expect(url.pathname.endsWith('/customers/c')).toBe(true);
				expect(url.host).toBe(hostOf(credential));
			}),
		);
	});

	it('signs with the key as user name, no password, and the merchant where there is one', () => {
		expect(signature(readCredential({ ...GOOD, apiKey: ' key\n' }))).toEqual({
			auth: { username: 'key', password: '' },
			headers: {},
		});
		expect(signature(readCredential({ ...GOOD, merchantId: ' m ' })).headers).toEqual({
			'x-merchantid': 'm',
		});
	});

	it('keeps secret its key, as it is and in base64, with and without colon and padding', () => {
		expect(secretsOf(readCredential({ apiKey: 'k/y>?' }))).toEqual(
			expect.arrayContaining(['k/y>?', 'ay95Pj86', 'ay95Pj8=', 'ay95Pj8']),
		);
		expect(secretsOf(readCredential({ apiKey: '>>>>' }))).toEqual(
			expect.arrayContaining(['Pj4+Pjo=', 'Pj4-Pjo', 'Pj4+Pg==', 'Pj4+Pg']),
		);
		expect(secretsOf(readCredential({}))).toEqual([]);
	});

	it('is named by its host only, and by nothing secret where it has none', () => {
		expect(hostOf(readCredential({ ...GOOD, baseUrl: 'https://x.com:1/secret' }))).toBe('x.com:1');
		expect(hostOf(readCredential({ ...GOOD, baseUrl: '026291800004321' }))).toBe('XXXXXXXXXXX4321');
	});
});

describe('a request that ended without an answer', () => {
	it('is lost, not thrown on, whatever was thrown', () => {
		const endless: { cause?: unknown } = {};
		endless.cause = endless;
		for (const thrown of [undefined, null, 'text', 5, {}, endless]) {
			expect(answerOf(thrown, false)).toEqual({ kind: 'lost', code: '' });
		}
	});
});
