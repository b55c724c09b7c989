/** What keeps a request from being sent, for good or for longer than a retry is worth. */
export type Obstacle =
	/** The host's certificate isn't trusted. */
	| 'certificate'
	/** The host doesn't speak the TLS that is expected: plain HTTP on the port, an old version, garbage. */
	| 'tls'
	/** The address can't be one. */
	| 'address'
	/** The connection, or its handshake, didn't end within the time of a request. */
	| 'slow'
	/** n8n's SSRF protection. */
	| 'ssrf'
	/** The proxy between n8n and the host. */
	| 'proxy';

/** A request of which no byte can have reached Juspay. */
export interface NeverSent {
	/** Node's code, or the name of n8n's refusal. */
	code: string;
	/** Undefined where the next try may fare better. */
	obstacle?: Obstacle;
}

/** Codes that prove alone that no connection was established. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL']);

/** Codes that prove alone that there was nothing to connect to. */
const NO_ADDRESS = new Set(['ERR_INVALID_URL', 'ERR_INVALID_CHAR', 'ERR_INVALID_PROTOCOL']);

/**
 * Codes of a certificate that isn't trusted. It is checked before the request is written.
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE =
	/^(?:(?:CERT|CRL|INVALID|UNABLE|ERROR_IN_CERT|DEPTH_ZERO|SELF_SIGNED)_[A-Z_]+|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_[A-Z_]+)$/;

/** n8n's own refusals: in its SSRF protection, before a connection is made. */
const SSRF = new Set([
	'SsrfBlockedIpError',
	'SsrfBlockedHostnameError',
	'UnknownConnectionHostError',
]);

/** Codes that say that the time was over. */
export const TIMED_OUT: ReadonlySet<string> = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'ERR_CANCELED',
]);

type Raw = Record<string, unknown>;

const isObject = (value: unknown): value is Raw => typeof value === 'object' && value !== null;

/** How deep causes are followed. */
const DEEPEST_CAUSE = 8;

/** An error and its causes. Where a host has several addresses, Node collects an error for each. */
function causesOf(thrown: unknown): Raw[] {
	const all: Raw[] = [];
	for (let error = thrown; isObject(error) && all.length < DEEPEST_CAUSE; ) {
		all.push(error);
		error = error.cause ?? (Array.isArray(error.errors) ? error.errors[0] : undefined);
	}
	return all;
}

function wordIn(errors: readonly Raw[], name: 'code' | 'syscall'): string {
	const word = errors.map((error) => error[name]).find((it) => typeof it === 'string' && it !== '');
	return (word as string | undefined) ?? '';
}

/**
 * A word of a failed request's error, or of its causes. Only single words are taken: the rest of such an error contains
 * the request, key and all.
 */
export function codeOf(thrown: unknown): string {
	return wordIn(causesOf(thrown), 'code');
}

/**
 * True where the request's own socket shows that it was never ready to carry it: the TLS handshake hadn't ended, no
 * socket was assigned, or not a byte had gone to the system. n8n opens a new connection for each request.
 */
function isConnecting(errors: readonly Raw[]): boolean {
	const request = errors.map((error) => error.request).find(isObject);
	if (!request || !('socket' in request)) return false;
	const { socket } = request;
	// A ClientRequest of Node's, to which its agent had no socket to give yet.
	if (socket === null) return 'reusedSocket' in request && request.reusedSocket !== true;
	if (!isObject(socket)) return false;
	// Stays as it was when a socket is destroyed, other than `connecting`.
	if (typeof socket.secureConnecting === 'boolean') return socket.secureConnecting;
	return socket.connecting === true || socket._bytesDispatched === 0;
}

/**
 * Why a request can't have reached Juspay, seen by the state of its own connection; undefined where it may have.
 *
 * @param thrown - what n8n's helper has thrown
 * @param isLate - whether its time was over
 */
export function neverSent(thrown: unknown, isLate: boolean): NeverSent | undefined {
	const errors = causesOf(thrown);
	const refusal = errors.map(({ name }) => name).find((name) => SSRF.has(String(name)));
	if (refusal !== undefined) return { code: String(refusal), obstacle: 'ssrf' };
	const code = wordIn(errors, 'code');
	if (CERTIFICATE.test(code)) return { code, obstacle: 'certificate' };
	if (NO_ADDRESS.has(code)) return { code, obstacle: 'address' };
	if (NO_CONNECTION.has(code)) return { code };
	if (wordIn(errors, 'syscall') !== 'connect' && !isConnecting(errors)) return undefined;
	if (isLate || TIMED_OUT.has(code)) return { code: 'ETIMEDOUT', obstacle: 'slow' };
	const isTls = code === 'EPROTO' || code.startsWith('ERR_SSL_');
	return { code, ...(isTls && { obstacle: 'tls' }) };
}

/**
 * True where a proxy answered in the host's place, because it wouldn't let n8n through: it asks for a password of its
 * own, or an answer from an https address came without TLS, so before there was a connection to the host.
 *
 * @param body - as n8n hands it out: a stream that names its connection
 */
export function isProxyRefusal(status: number, body: unknown, baseUrl: string): boolean {
	if (status === 407) return true;
	if (status < 400 || !/^https:/i.test(baseUrl) || !isObject(body)) return false;
	const { socket } = body;
	return isObject(socket) && socket.encrypted !== true;
}
