import { isProxyRefusal } from '../../nodes/Juspay/http/neverSent';
import { answerOf } from '../../nodes/Juspay/http/transport';
import type { Answer } from '../../nodes/Juspay/http/transport';

/** What n8n's helper throws: its own error around axios's around Node's. */
function thrown(
	code: string,
	{ syscall, socket, name }: { syscall?: string; socket?: unknown; name?: string } = {},
): unknown {
	const node = { code, name: name ?? 'Error', ...(syscall && { syscall }) };
	const axios = {
		name: name ?? 'AxiosError',
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

const unreachable = (code: string, obstacle?: string) => ({
	kind: 'unreachable',
	code,
	...(obstacle && { obstacle }),
});

describe('what a failed request means', () => {
	it.each<[string, unknown, object]>([
		[
			'a refused connection',
			thrown('ECONNREFUSED', { syscall: 'connect' }),
			unreachable('ECONNREFUSED'),
		],
		[
			'a name that is none',
			thrown('ENOTFOUND', { syscall: 'getaddrinfo' }),
			unreachable('ENOTFOUND'),
		],
		[
			'no route at connect',
			thrown('EHOSTUNREACH', { syscall: 'connect' }),
			unreachable('EHOSTUNREACH'),
		],
		[
			'a route that breaks later',
			thrown('EHOSTUNREACH', { syscall: 'read', socket: SECURE }),
			{ kind: 'lost', code: 'EHOSTUNREACH' },
		],
		[
			'a network that breaks later',
			thrown('ENETUNREACH', { syscall: 'write', socket: PLAIN }),
			{ kind: 'lost', code: 'ENETUNREACH' },
		],
		[
			'a route that breaks, nobody knows when',
			thrown('EHOSTUNREACH'),
			{ kind: 'lost', code: 'EHOSTUNREACH' },
		],
		[
			'a reset in the handshake',
			thrown('ECONNRESET', { syscall: 'read', socket: HANDSHAKE }),
			unreachable('ECONNRESET'),
		],
		[
			'a reset after it',
			thrown('ECONNRESET', { syscall: 'read', socket: SECURE }),
			{ kind: 'lost', code: 'ECONNRESET' },
		],
		[
			'a reset of a plain connection',
			thrown('ECONNRESET', { syscall: 'read', socket: PLAIN }),
			{ kind: 'lost', code: 'ECONNRESET' },
		],
		[
			'a reset before the first byte',
			thrown('ECONNRESET', { socket: NOTHING }),
			unreachable('ECONNRESET'),
		],
		['a proxy that hangs up', thrown('ECONNRESET', { socket: null }), unreachable('ECONNRESET')],
		[
			'a handshake that took too long',
			thrown('ECONNABORTED', { socket: HANDSHAKE }),
			unreachable('ETIMEDOUT', 'slow'),
		],
		[
			'an answer that took too long',
			thrown('ECONNABORTED', { socket: SECURE }),
			{ kind: 'timeout', code: 'ECONNABORTED' },
		],
		[
			'TLS that is none',
			thrown('EPROTO', { syscall: 'write', socket: HANDSHAKE }),
			unreachable('EPROTO', 'tls'),
		],
		[
			'an alert after the handshake',
			thrown('EPROTO', { syscall: 'write', socket: SECURE }),
			{ kind: 'lost', code: 'EPROTO' },
		],
		[
			'a certificate of tomorrow',
			thrown('CERT_NOT_YET_VALID', { socket: HANDSHAKE }),
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
			thrown('', { name: 'SsrfBlockedHostnameError' }),
			unreachable('SsrfBlockedHostnameError', 'ssrf'),
		],
		['nothing that is known', new Error('x'), { kind: 'lost', code: '' }],
		['no error at all', undefined, { kind: 'lost', code: '' }],
	])('is seen by the state of its connection: %s', (_, error, answer) => {
		expect(answerOf(error, false)).toEqual(answer);
	});

	it('is a time-out of the handshake, or of the answer, once its time is over', () => {
		const over = (socket: unknown) => answerOf(thrown('ERR_CANCELED', { socket }), false, true);
		expect(over(HANDSHAKE)).toEqual(unreachable('ETIMEDOUT', 'slow'));
		expect(over(null)).toEqual(unreachable('ETIMEDOUT', 'slow'));
		expect(over(SECURE)).toEqual({ kind: 'timeout', code: 'ETIMEDOUT' });
		expect(answerOf(thrown('ERR_CANCELED'), false, true)).toEqual({
			kind: 'timeout',
			code: 'ETIMEDOUT',
		});
	});

	it.each<[unknown, boolean]>([
		[HANDSHAKE, false],
		[SECURE, true],
		[undefined, true],
	])('is a stop, sent or not: %j', (socket, sent) => {
		const expected: Answer = { kind: 'stopped', sent };
		expect(answerOf(thrown('ERR_CANCELED', { socket }), true)).toEqual(expected);
	});

	it('is read of causes that go round in a circle', () => {
		const error: Record<string, unknown> = { name: 'Error' };
		error.cause = error;
		expect(answerOf(error, false)).toEqual({ kind: 'lost', code: '' });
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
