import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { Response } from './body';
import { isStream, readResponse } from './body';
import type { JuspayCredential } from './credential';
import { readCredential } from './credential';
import { changesNothing, ROUTING_HEADER } from '../wire/contract';
import type { Answered } from '../wire/read';
import type { Call } from '../wire/contract';
import type { NeverSent } from './neverSent';
import { codeOf, isProxyRefusal, neverSent, TIMED_OUT } from './neverSent';
import { Stopping } from './clock';

/** What came of a request: Juspay's answer, or why there is none. */
export type Answer =
	| ({ kind: 'answered' } & Answered)
	/** Nothing was sent. */
	| ({ kind: 'unreachable' } & NeverSent)
	/** Sent, and then silence or a broken connection: it may have taken effect. */
	| { kind: 'timedOut' | 'lost'; code: string }
	/** Sent, and answered with more than is read: it may have taken effect. */
	| { kind: 'tooLarge' }
	/** The workflow was stopped, before the request was sent or while it was under way. */
	| { kind: 'stopped'; sent: boolean }
	/** The credential can't be used, so nothing was sent. */
	| { kind: 'unusable'; fault: string };

/**
 * Sends one request, once. Never throws: whatever happens is an {@link Answer}.
 *
 * @param onSend - called when the request is handed to n8n: from then on it may take effect
 */
export type Send = (call: Call, onSend?: () => void) => Promise<Answer>;

/**
 * Reads what a failed request means.
 *
 * @param thrown - what n8n's helper has thrown
 * @param stopped - whether the workflow was stopped
 * @param isLate - whether the request's time was over
 */
export function answerOf(thrown: unknown, stopped: boolean, isLate = false): Answer {
	const code = codeOf(thrown);
	const unsent = neverSent(thrown, isLate);
	if (stopped || (code === 'ERR_CANCELED' && !isLate)) return { kind: 'stopped', sent: !unsent };
	if (unsent) return { kind: 'unreachable', ...unsent };
	if (isLate) return { kind: 'timedOut', code: 'ETIMEDOUT' };
	return { kind: TIMED_OUT.has(code) ? 'timedOut' : 'lost', code };
}

/** How the node's requests reach Juspay, and what they may tell about where. */
export interface Transport {
	send: Send;
	credential: JuspayCredential;
}

/**
 * How many requests are started before the event loop has its turn. Starting one takes n8n's process about a
 * millisecond, in which it sees neither that a connection stands nor that an answer is there: fifty in one go all leave
 * late, wave after wave.
 */
const STARTS_PER_TURN = 3;

/** Returns what each request awaits before it starts: after every few, the event loop has its turn. */
function yieldingToEventLoop(): () => Promise<void> {
	let started = 0;
	let turn = Promise.resolve();
	return async () => {
		const current = turn;
		started++;
		if (started % STARTS_PER_TURN === 0) turn = current.then(async () => await sleep(0));
		await current;
	};
}

/**
 * n8n's functions with another signal for "this was cancelled": n8n puts that of the workflow, or none, into every
 * request, in place of the one that the request has.
 */
function withSignal(functions: IAllExecuteFunctions, signal: AbortSignal): IAllExecuteFunctions {
	return Object.create(functions, {
		getExecutionCancelSignal: { value: () => signal },
	}) as IAllExecuteFunctions;
}

/** A call as n8n's helper takes it. */
function requestOf(call: Call, baseUrl: string, timeout: number): IHttpRequestOptions {
	return {
		method: call.method,
		url: baseUrl + call.path,
		headers: {
			...(call.routingId !== '' && { [ROUTING_HEADER]: call.routingId }),
			accept: 'application/json',
		},
		...(call.form && { body: new URLSearchParams(call.form) }),
		// A redirect would carry the key to another host, and turn a POST into a GET.
		disableFollowRedirect: true,
		// Every status is an answer to be read here; n8n would repeat a 401 by itself.
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		// In pieces, to be counted: n8n reads an answer of any size otherwise.
		encoding: 'stream',
		// Of silence, which n8n tells from a slow answer; the signal's is for the whole.
		timeout,
	};
}

/**
 * Opens the way to Juspay with the node's credential, which is decrypted once for the whole run.
 *
 * @param functions - n8n's functions of the node that runs
 * @param timeoutMs - after how long without a whole answer a request is given up, in milliseconds
 * @param signal - n8n's sign that the workflow was stopped
 */
export async function openTransport(
	functions: IAllExecuteFunctions,
	timeoutMs: number,
	signal: AbortSignal | undefined,
): Promise<Transport> {
	const data = await functions.getCredentials('juspayApi');
	const credentialsDecrypted = { id: '', name: '', type: 'juspayApi', data };
	const credential = readCredential(data);
	const { fault, baseUrl } = credential;
	const yieldToEventLoop = yieldingToEventLoop();
	const stopping = Stopping.of(signal);
	const send: Send = async (call, onSend) => {
		if (fault) return { kind: 'unusable', fault };
		await yieldToEventLoop();
		if (stopping.isStopped) return { kind: 'stopped', sent: false };
		// What changes something goes on to its end when the workflow is stopped: its answer tells what it did.
		const isStoppable = changesNothing(call);
		const ending = new AbortController();
		const end = () => ending.abort();
		const time = AbortSignal.timeout(timeoutMs);
		time.addEventListener('abort', end);
		const stopListening = isStoppable ? stopping.onStop(end) : () => {};
		onSend?.();
		try {
			const response = (await functions.helpers.httpRequestWithAuthentication.call(
				withSignal(functions, ending.signal),
				'juspayApi',
				{ ...requestOf(call, baseUrl, timeoutMs), abortSignal: ending.signal },
				{ credentialsDecrypted },
			)) as Response;
			if (isProxyRefusal(response.statusCode, response.body, baseUrl)) {
				if (isStream(response.body)) response.body.destroy();
				return { kind: 'unreachable', code: `status ${response.statusCode}`, obstacle: 'proxy' };
			}
			const answer = await readResponse(response);
			return answer ? { kind: 'answered', ...answer } : { kind: 'tooLarge' };
		} catch (thrown) {
			const isStopped = isStoppable && stopping.isStopped;
			return answerOf(thrown, isStopped, time.aborted && !isStopped);
		} finally {
			time.removeEventListener('abort', end);
			stopListening();
		}
	};
	return { send, credential };
}
