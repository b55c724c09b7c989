import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { JuspayCredential } from './access';
import { baseUrlOf, credentialFault, readCredential } from './access';
import type { Call } from './contract';

/** What came of a request: Juspay's answer, or why there is none. */
export type Answer =
	| {
			kind: 'answered';
			status: number;
			headers: Record<string, unknown>;
			/** Parsed JSON; undefined where the body was none. */
			body: unknown;
	  }
	/** The connection never stood, so nothing was sent. */
	| { kind: 'unreachable'; code: string }
	/** Sent, and then silence or a broken connection: it may have taken effect. */
	| { kind: 'timeout' | 'lost'; code: string }
	/** The workflow was stopped, before the request was sent or while it was under way. */
	| { kind: 'stopped'; sent: boolean }
	/** The credential can't be used, so nothing was sent. */
	| { kind: 'unusable'; fault: string };

/** Sends one request, once. Never throws: whatever happens is an {@link Answer}. */
export type Send = (call: Call) => Promise<Answer>;

/** Codes of Node and axios under which no byte of the request can have reached Juspay. */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'EADDRNOTAVAIL',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_INVALID_URL',
	'ERR_INVALID_CHAR',
	'ERR_FR_TOO_MANY_REDIRECTS',
]);

/** The code of a failed request. Only the code is taken: the rest of such an error holds the request, key and all. */
function codeOf(thrown: unknown): string {
	for (let error = thrown, depth = 0; error && depth < 5; depth++) {
		const { code, cause } = error as { code?: unknown; cause?: unknown };
		if (typeof code === 'string' && code !== '') return code;
		error = cause;
	}
	return '';
}

/** Reads what a failed request means. */
export function answerOf(thrown: unknown, stopped: boolean): Answer {
	const code = codeOf(thrown);
	if (stopped || code === 'ERR_CANCELED') return { kind: 'stopped', sent: true };
	if (NEVER_SENT.has(code)) return { kind: 'unreachable', code };
	const timedOut = code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ESOCKETTIMEDOUT';
	return { kind: timedOut ? 'timeout' : 'lost', code };
}

/** A string of a JSON text, or a whole number with more digits than JavaScript keeps. */
const STRING_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g;

/** Parses a body. A long number becomes text: rounded, an account number would be another one. */
export function parseBody(body: unknown): unknown {
	if (typeof body !== 'string') return body ?? undefined;
	const text = /\d{16}/.test(body)
		? body.replace(STRING_OR_LONG_NUMBER, (it) => (it.startsWith('"') ? it : `"${it}"`))
		: body;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** How the node's requests reach Juspay, and what they may tell about where. */
export interface Transport {
	send: Send;
	credential: JuspayCredential;
}

/**
 * How many requests are made ready in one go. Making one ready takes n8n's process about a millisecond, in which it
 * sees neither that a connection stands nor that an answer is there: fifty in one go all leave late, wave after wave.
 */
const IN_ONE_GO = 3;

/** Holds each request back until the process has seen to those before it: at most {@link IN_ONE_GO} in one go. */
function breather(): () => Promise<void> {
	let begun = 0;
	let breath = Promise.resolve();
	return async () => {
		const before = breath;
		begun++;
		if (begun % IN_ONE_GO === 0) breath = before.then(async () => await sleep(0));
		await before;
	};
}

/**
 * Opens the way to Juspay with the node's credential, which is decrypted once for the whole run.
 *
 * @param functions - n8n's functions of the node that runs
 * @param timeoutMs - after how long without an answer a request is given up, in milliseconds
 * @param signal - n8n's sign that the workflow was stopped
 */
export async function openTransport(
	functions: IAllExecuteFunctions,
	timeoutMs: number,
	signal: AbortSignal | undefined,
): Promise<Transport> {
	const data = await functions.getCredentials('juspayApi');
	const credential = readCredential(data);
	const fault = credentialFault(credential);
	const baseURL = baseUrlOf(credential);
	const breathe = breather();
	const send: Send = async (call) => {
		if (fault) return { kind: 'unusable', fault };
		await breathe();
		if (signal?.aborted) return { kind: 'stopped', sent: false };
		const request: IHttpRequestOptions = {
			method: call.method,
			url: baseURL + call.path,
			headers: { 'x-routing-id': call.routingId, accept: 'application/json' },
			// A redirect would carry the key to another host, and turn a POST into a GET.
			disableFollowRedirect: true,
			// Every status is an answer to be read here; n8n would repeat a 401 by itself.
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			encoding: 'text',
			timeout: timeoutMs,
		};
		if (call.form) request.body = new URLSearchParams(call.form);
		try {
			const response = (await functions.helpers.httpRequestWithAuthentication.call(
				functions,
				'juspayApi',
				request,
				{ credentialsDecrypted: { id: '', name: '', type: 'juspayApi', data } },
			)) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
			return {
				kind: 'answered',
				status: response.statusCode,
				headers: response.headers,
				body: parseBody(response.body),
			};
		} catch (thrown) {
			return answerOf(thrown, signal?.aborted ?? false);
		}
	};
	return { send, credential };
}
