/* eslint-disable @n8n/community-nodes/no-restricted-imports -- bodies as n8n hands them out */
import { Readable } from 'node:stream';
import type { IAllExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import { deleteAccount, getCustomer } from '../../nodes/Juspay/wire/contract';
import { openTransport } from '../../nodes/Juspay/http/transport';
import { LARGEST_ANSWER } from '../../nodes/Juspay/http/body';
import type { Answer } from '../../nodes/Juspay/http/transport';

interface Seen {
	/** What n8n puts into the request in place of its own. */
	getExecutionCancelSignal(): AbortSignal;
	getNode(): string;
}

/** n8n's functions, as far as a request needs them. */
function functionsThat(
	respond: (request: IHttpRequestOptions, seen: Seen) => Promise<unknown>,
	credential: object = { apiKey: 'key' },
): IAllExecuteFunctions {
	return {
		getNode: () => 'node',
		getCredentials: async () => await Promise.resolve(credential),
		helpers: {
			async httpRequestWithAuthentication(this: Seen, _type: string, request: IHttpRequestOptions) {
				return await respond(request, this);
			},
		},
	} as unknown as IAllExecuteFunctions;
}

const body = (content: unknown, headers = {}) => ({ statusCode: 200, headers, body: content });

const EMPTY = Readable.from([]);

async function answerTo(
	respond: (request: IHttpRequestOptions, seen: Seen) => Promise<unknown>,
	{ timeoutMs = 1000, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<Answer> {
	const { send } = await openTransport(functionsThat(respond), timeoutMs, signal);
	return await send(getCustomer('cst_1', 'cst_1'));
}

/** A request that ends as n8n's do when their signal does. */
const untilAborted = async (signal: AbortSignal) =>
	await new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject({ code: 'ERR_CANCELED' } as unknown as Error));
	});

describe('an answer', () => {
	it.each<[string, unknown, unknown]>([
		['in pieces', Readable.from([Buffer.from('{"a'), Buffer.from('":1}')]), { a: 1 }],
		['without a body', EMPTY, undefined],
		['that is no JSON', Readable.from([Buffer.from('<html>')]), undefined],
		['as text', '{"a":1}', { a: 1 }],
		['parsed', { a: 1 }, { a: 1 }],
		['of nothing', undefined, undefined],
	])('%s is read', async (_, content, read) => {
		expect(await answerTo(async () => await Promise.resolve(body(content)))).toEqual({
			kind: 'answered',
			status: 200,
			headers: {},
			body: read,
			...(!content || content === EMPTY ? { isEmpty: true } : {}),
		});
	});

	it.each([
		['that is too large', {}, LARGEST_ANSWER + 1],
		['that says it is too large', { 'content-length': String(LARGEST_ANSWER + 1) }, 1],
	])('%s is not, and its stream ends', async (_, headers, size) => {
		const stream = Readable.from([Buffer.alloc(size, ' '), Buffer.alloc(1)]);
		const answer = await answerTo(async () => await Promise.resolve(body(stream, headers)));
		expect(answer).toEqual({ kind: 'tooLarge' });
		expect(stream.destroyed).toBe(true);
	});

	it("that closes before its end is lost, under Node's code for that", async () => {
		const stream = new Readable({
			read() {
				this.destroy();
			},
		});
		expect(await answerTo(async () => await Promise.resolve(body(stream)))).toEqual({
			kind: 'lost',
			code: 'ERR_STREAM_PREMATURE_CLOSE',
		});
	});

	it('that breaks off is lost', async () => {
		const stream = new Readable({
			read() {
				this.destroy(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
			},
		});
		expect(await answerTo(async () => await Promise.resolve(body(stream)))).toEqual({
			kind: 'lost',
			code: 'ECONNRESET',
		});
	});
});

describe('many requests at once', () => {
	it('are handed over a few in one turn of the event loop', async () => {
		let turn = 0;
		const turns: number[] = [];
		const { send } = await openTransport(
			functionsThat(async () => {
				turns.push(turn);
				return await Promise.resolve(body(undefined));
			}),
			1000,
			undefined,
		);
		let isOver = false;
		const count = async () => {
			for (; !isOver; turn++) await sleep(0);
		};
		void count();
		const call = getCustomer('cst_1', 'cst_1');
		await Promise.all(Array.from({ length: 30 }, async () => await send(call)));
		isOver = true;
		expect(turns).toHaveLength(30);
		const inOneTurn = new Map<number, number>();
		for (const one of turns) inOneTurn.set(one, (inOneTurn.get(one) ?? 0) + 1);
		// Three, or six where the turn is counted between two breaths.
		expect(Math.max(...inOneTurn.values())).toBeLessThanOrEqual(6);
	});
});

describe('a request', () => {
	it('ends with a time-out, whether n8n takes the signal from the request or from the functions', async () => {
		for (const signalOf of [
			({ abortSignal }: IHttpRequestOptions) => abortSignal as AbortSignal,
			(_: IHttpRequestOptions, seen: Seen) => seen.getExecutionCancelSignal(),
		]) {
			const answer = await answerTo(
				async (request, seen) => await untilAborted(signalOf(request, seen)),
				{ timeoutMs: 100 },
			);
			expect(answer).toEqual({ kind: 'timedOut', code: 'ETIMEDOUT' });
		}
	});

	it('ends as stopped with the workflow, and may have taken effect', async () => {
		const stop = new AbortController();
		const answer = answerTo(
			async (_, seen) => {
				const ended = untilAborted(seen.getExecutionCancelSignal());
				stop.abort();
				return await ended;
			},
			{ signal: stop.signal },
		);
		expect(await answer).toEqual({ kind: 'stopped', sent: true });
		expect(
			await answerTo(async () => await Promise.reject(new Error()), { signal: stop.signal }),
		).toEqual({ kind: 'stopped', sent: false });
	});

	it('that changes something goes on when the workflow is stopped, and says when it is handed over', async () => {
		const stop = new AbortController();
		const { send } = await openTransport(
			functionsThat(async (request, seen) => {
				stop.abort();
				const { aborted } = seen.getExecutionCancelSignal();
				return await Promise.resolve(body({ aborted: aborted || request.abortSignal?.aborted }));
			}),
			1000,
			stop.signal,
		);
		let handedOver = 0;
		const call = deleteAccount('cst_1', 'banh_1', '');
		expect(await send(call, () => handedOver++)).toMatchObject({ body: { aborted: false } });
		expect(await send(call, () => handedOver++)).toEqual({ kind: 'stopped', sent: false });
		expect(handedOver).toBe(1);
	});

	it("leaves n8n's other functions as they are", async () => {
		let name = '';
		await answerTo(async (_, seen) => {
			name = seen.getNode();
			return await Promise.resolve(body(''));
		});
		expect(name).toBe('node');
	});

	it('goes to the host alone, follows no redirect, and is read whatever its status', async () => {
		const requests: IHttpRequestOptions[] = [];
		const credential = { apiKey: 'key', environment: 'custom', baseUrl: 'https://a.example/b/' };
		const { send } = await openTransport(
			functionsThat(async (request) => {
				requests.push(request);
				return await Promise.resolve(body(''));
			}, credential),
			1000,
			undefined,
		);
		await send(getCustomer('cst_1', 'route'));
		await send({ ...deleteAccount('cst_1', 'banh_1', ''), routingId: '' });
		const always = {
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			encoding: 'stream',
			timeout: 1000,
		};
		expect(requests).toMatchObject([
			{ ...always, method: 'GET', url: 'https://a.example/b/customers/cst_1' },
			{ ...always, method: 'POST', body: new URLSearchParams({ command: 'delete' }) },
		]);
		expect(requests.map(({ headers }) => headers)).toEqual([
			{ 'x-routing-id': 'route', accept: 'application/json' },
			{ accept: 'application/json' },
		]);
		expect(requests[0]).not.toHaveProperty('body');
	});

	it('is not sent with a credential that can not be used', async () => {
		let sent = 0;
		const count = async () => await Promise.resolve(++sent);
		const { send } = await openTransport(functionsThat(count, { apiKey: '' }), 1000, undefined);
		expect(await send(getCustomer('c', ''))).toMatchObject({ kind: 'unusable' });
		expect(sent).toBe(0);
	});

	it('that a proxy refuses has not reached the host', async () => {
		const stream = Readable.from(['No']);
		const answer = await answerTo(
			async () => await Promise.resolve({ ...body(stream), statusCode: 407 }),
		);
		expect(answer).toEqual({ kind: 'unreachable', code: 'status 407', obstacle: 'proxy' });
		expect(stream.destroyed).toBe(true);
	});
});
