import { isProxyRefusal } from '../../nodes/Juspay/http/neverSent';
import { answerOf } from '../../nodes/Juspay/http/transport';
import type { Answer } from '../../nodes/Juspay/http/transport';

/** What n8n's helper throws: its own error around axios's around Node's. */
function thrown(code: string, syscall = '', socket?: unknown): unknown {
	const node = { code, name: 'Error', ...(syscall && { syscall }) };
	const axios = {
		name: 'AxiosError',
		code,
		cause: node,
		...(socket !== undefined && { request: { socket, reusedSocket: false } }),
	};
	return { name: 'NodeApiError', cause: axios };
}

const SECURE = { secureConnecting: false, connecting: false, _bytesDispatched: 500 };
const HANDSHAKE = { secureConnecting: true, connecting: false, _bytesDispatched: 237 };
const PLAIN = { connecting: false, _bytesDispatched: 237 };
const NOTHING = { connecting: false, _bytesDispatched: 0 };

const lost = (code: string) => ({ kind: 'lost', code });
const unreachable = (code: string, obstacle?: string) => ({
	kind: 'unreachable',
	code,
	...(obstacle && { obstacle }),
});

describe('what a failed request means', () => {
	it.each<[string, unknown, object]>([
		['a refused connection', thrown('ECONNREFUSED', 'connect'), unreachable('ECONNREFUSED')],
		['a name that is none', thrown('ENOTFOUND', 'getaddrinfo'), unreachable('ENOTFOUND')],
		['no route at connect', thrown('EHOSTUNREACH', 'connect'), unreachable('EHOSTUNREACH')],
		['a route that breaks later', thrown('EHOSTUNREACH', 'read', SECURE), lost('EHOSTUNREACH')],
		['a network that breaks later', thrown('ENETUNREACH', 'write', PLAIN), lost('ENETUNREACH')],
		['a route that breaks some time', thrown('EHOSTUNREACH'), lost('EHOSTUNREACH')],
		[
			'a reset in the handshake',
			thrown('ECONNRESET', 'read', HANDSHAKE),
			unreachable('ECONNRESET'),
		],
		['a reset after it', thrown('ECONNRESET', 'read', SECURE), lost('ECONNRESET')],
		['a reset without TLS', thrown('ECONNRESET', 'read', PLAIN), lost('ECONNRESET')],
		['a reset before the first byte', thrown('ECONNRESET', '', NOTHING), unreachable('ECONNRESET')],
		['a proxy that hangs up', thrown('ECONNRESET', '', null), unreachable('ECONNRESET')],
		['a slow handshake', thrown('ECONNABORTED', '', HANDSHAKE), unreachable('ETIMEDOUT', 'slow')],
		[
			'a slow answer',
			thrown('ECONNABORTED', '', SECURE),
			{ kind: 'timedOut', code: 'ECONNABORTED' },
		],
		['TLS that is none', thrown('EPROTO', 'write', HANDSHAKE), unreachable('EPROTO', 'tls')],
		['an alert later', thrown('EPROTO', 'write', SECURE), lost('EPROTO')],
		[
			'a certificate of tomorrow',
			thrown('CERT_NOT_YET_VALID', '', HANDSHAKE),
			unreachable('CERT_NOT_YET_VALID', 'certificate'),
		],
		[
			'a certificate of its own',
			thrown('SELF_SIGNED_CERT_IN_CHAIN'),
			unreachable('SELF_SIGNED_CERT_IN_CHAIN', 'certificate'),
		],
		[
			"another host's certificate",
			thrown('ERR_TLS_CERT_ALTNAME_INVALID'),
			unreachable('ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'),
		],
		['no address', thrown('ERR_INVALID_URL'), unreachable('ERR_INVALID_URL', 'address')],
		["n8n's protection", { name: 'SsrfBlockedIpError' }, unreachable('SsrfBlockedIpError', 'ssrf')],
		[
			"n8n's protection, as a cause",
			{ name: 'NodeApiError', cause: { name: 'SsrfBlockedHostnameError' } },
			unreachable('SsrfBlockedHostnameError', 'ssrf'),
		],
		['a silence', thrown('ETIMEDOUT'), { kind: 'timedOut', code: 'ETIMEDOUT' }],
		["n8n's own end", thrown('ERR_CANCELED'), { kind: 'stopped', sent: true }],
		['a broken pipe', thrown('EPIPE'), lost('EPIPE')],
		['nothing that is known', new Error('x'), lost('')],
		['no error at all', undefined, lost('')],
	])('is seen by the state of its connection: %s', (_, error, answer) => {
		expect(answerOf(error, false)).toEqual(answer);
	});

	it('is a time-out of the handshake, or of the answer, once its time is over', () => {
		const over = (socket: unknown) => answerOf(thrown('ERR_CANCELED', '', socket), false, true);
		expect(over(HANDSHAKE)).toEqual(unreachable('ETIMEDOUT', 'slow'));
		expect(over(null)).toEqual(unreachable('ETIMEDOUT', 'slow'));
		expect(over(SECURE)).toEqual({ kind: 'timedOut', code: 'ETIMEDOUT' });
		expect(answerOf(thrown('ERR_CANCELED'), false, true)).toEqual({
			kind: 'timedOut',
			code: 'ETIMEDOUT',
		});
	});

	it.each<[unknown, boolean]>([
		[HANDSHAKE, false],
		[SECURE, true],
		[undefined, true],
	])('is a stop, sent or not: %j', (socket, sent) => {
		const expected: Answer = { kind: 'stopped', sent };
		expect(answerOf(thrown('ERR_CANCELED', '', socket), true)).toEqual(expected);
		expect(answerOf(thrown('ECONNRESET', '', socket), true)).toEqual(expected);
	});

	it('is read of causes that go round in a circle', () => {
		const error: Record<string, unknown> = { name: 'Error' };
		error.cause = error;
		expect(answerOf(error, false)).toEqual(lost(''));
	});

	it('is read of the first of several addresses', () => {
		const errors = [{ code: 'ETIMEDOUT', syscall: 'connect' }, { code: 'EHOSTUNREACH' }];
		expect(answerOf({ cause: { errors } }, false)).toEqual(unreachable('ETIMEDOUT', 'slow'));
	});
});

describe("a proxy's refusal", () => {
	const over = (socket: object) => ({ socket });

	it.each<[string, number, unknown, string, boolean]>([
		['a proxy that asks for a password', 407, undefined, 'http://a', true],
		['an answer without TLS from https', 403, over({}), 'https://a', true],
		['an answer with TLS', 403, over({ encrypted: true }), 'https://a', false],
		['an answer from http', 502, over({}), 'http://a', false],
		['an answer of which the connection is not told', 403, 'text', 'https://a', false],
		['a success', 200, over({}), 'https://a', false],
	])('is told from an answer: %s', (_, status, body, url, isRefusal) => {
		expect(isProxyRefusal(status, body, url)).toBe(isRefusal);
	});
});
