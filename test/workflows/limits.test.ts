/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a server that misbehaves below HTTP, and the memory that it costs */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { INodeParameters } from 'n8n-workflow';
import { LARGEST_ANSWER } from '../../nodes/Juspay/http/body';
import { until } from '../../dev/until';
import { runOn } from '../simulated';
import { BANK, failedItems, MASKED_BANK } from './juspay';
import type { RunOptions } from './juspay';

// A create is looked for, for a while; time-outs are those of n8n's helper, and take as long as ever.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const MB = 1024 * 1024;

/** A server that answers as it is told, and what it saw. */
interface Rude {
	url: string;
	requests: number;
	/** Bytes that the client took, over all answers. */
	taken: number;
	/** Answers that ended because the client had enough. */
	brokenOff: number;
}

const closers: Array<() => Promise<void>> = [];
afterAll(async () => {
	await Promise.all(closers.splice(0).map(async (close) => await close()));
});

async function rudeHost(
	answer: (request: IncomingMessage, response: ServerResponse, rude: Rude) => void,
): Promise<Rude> {
	const rude: Rude = { url: '', requests: 0, taken: 0, brokenOff: 0 };
	const server = createServer((request, response) => {
		rude.requests++;
		const { socket } = response;
		response.on('close', () => {
			if (!response.writableFinished) rude.brokenOff++;
			rude.taken += socket?.bytesWritten ?? 0;
		});
		request.resume();
		answer(request, response, rude);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	closers.push(
		async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	);
	rude.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return rude;
}

/** Sends a byte every 100 ms, and never the last. */
function drip(response: ServerResponse, bytes = Buffer.alloc(1000, ' ')): void {
	let sent = 0;
	const timer = setInterval(() => response.write(bytes.subarray(sent, ++sent)), 100);
	response.on('close', () => clearInterval(timer));
}

/** Sends blanks, as fast as they are taken. */
function pour(response: ServerResponse, size: number): void {
	const piece = Buffer.alloc(MB, ' ');
	let left = size;
	const more = () => {
		while (left > 0 && !response.destroyed) {
			left -= piece.length;
			if (!response.write(piece)) {
				response.once('drain', more);
				return;
			}
		}
		response.end();
	};
	more();
}

/** What one side of a connection does, the other learns a little later. */
const soon = { everyMs: 10 };

type More = RunOptions & { parameters?: INodeParameters };

const ONCE = { maxRetries: 0, timeout: 1 };

/** The first run loads n8n's engine, which would be a time-out to those beside it. */
let loading: Promise<unknown> | undefined;
const load = async () =>
	await runOn(
		{ url: 'http://127.0.0.1:9', apiKey: 'key' },
		{ operation: 'getAll', customerId: 'cst_one', options: ONCE },
		{ onError: 'continueRegularOutput' },
	);

async function run(url: string, own: INodeParameters, { parameters, ...more }: More = {}) {
	await (loading ??= load());
	return await runOn(
		{ url, apiKey: 'key' },
		{ customerId: 'cst_one', options: ONCE, ...own, ...parameters },
		{ onError: 'continueRegularOutput', ...more },
	);
}
const create = async (url: string, more?: More) =>
	await run(
		url,
		{ operation: 'create', accountSource: 'json', accountsJson: JSON.stringify([BANK]) },
		more,
	);
const get = async (url: string, more?: More) =>
	await run(
		url,
		{ operation: 'get', customerAccountId: { __rl: true, mode: 'id', value: 'banh_1234' } },
		more,
	);

describe('the time-out holds for the whole answer', () => {
	it.concurrent.each<[string, (response: ServerResponse) => void]>([
		[
			'whose body drips',
			(response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				drip(response);
			},
		],
		[
			'whose packed body drips',
			(response) => {
				response.writeHead(200, { 'content-encoding': 'gzip' });
				drip(response, gzipSync('{"id":"banh_1234"}'));
			},
		],
		[
			'whose headers drip',
			({ socket }) => {
				socket?.write('HTTP/1.1 200 OK\r\nx: ');
				const timer = setInterval(() => socket?.write('x'), 100);
				socket?.on('close', () => clearInterval(timer));
			},
		],
		[
			'whose body stops half-way',
			(response) => {
				response.writeHead(200);
				response.write('{"id":');
			},
		],
		['that never comes', () => {}],
	])('of one %s', async (_, answer) => {
		const host = await rudeHost((_request, response) => answer(response));
		const start = performance.now();
		const result = await get(host.url);
		const took = performance.now() - start;
		expect(failedItems(result)).toEqual([
			expect.objectContaining({
				errorCode: 'TIMEOUT',
				error: expect.stringContaining('within 1 second') as unknown,
			}),
		]);
		expect(took).toBeGreaterThan(900);
		expect(took).toBeLessThan(10_000);
		await until('the end of the connection', () => host.brokenOff > 0, soon);
		expect(host).toMatchObject({ requests: 1, brokenOff: 1 });
	});

	it.concurrent(
		'and a create that was answered too slowly is looked for, not repeated',
		async () => {
			const host = await rudeHost((request, response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				if (request.method === 'GET') response.end('{"object":"list","list":[],"total":0}');
				else drip(response);
			});
			const result = await create(host.url);
			expect(failedItems(result)).toEqual([
				expect.objectContaining({
					errorCode: 'MAY_EXIST',
					error: expect.stringContaining('within 1 second') as unknown,
					account: MASKED_BANK,
				}),
			]);
		},
	);

	it.concurrent('and one that takes its time within it is read', async () => {
		const host = await rudeHost((_request, response) => {
			response.writeHead(200);
			response.write('{"id":"banh_1234",');
			setTimeout(() => response.end('"validation_status":"ACTIVE"}'), 600);
		});
		const parameters = { options: { maxRetries: 0, timeout: 5 } };
		expect((await get(host.url, { parameters })).items()).toEqual([
			expect.objectContaining({ customerAccountId: 'banh_1234', validationStatus: 'ACTIVE' }),
		]);
	});
});

describe('a workflow that is stopped', () => {
	it.concurrent.each<[string, (response: ServerResponse) => void]>([
		['before the answer', () => {}],
		[
			'in the middle of the answer',
			(response) => {
				response.writeHead(200);
				drip(response);
			},
		],
	])('ends its request %s', async (_, answer) => {
		const stop = new AbortController();
		const host = await rudeHost((_request, response) => {
			answer(response);
			setTimeout(() => stop.abort(), 300);
		});
		const start = performance.now();
		const result = await get(host.url, {
			signal: stop.signal,
			parameters: { options: { maxRetries: 3, timeout: 30 } },
		});
		expect(result.status).toBe('canceled');
		await until('the end of the connection', () => host.brokenOff > 0, soon);
		expect(performance.now() - start).toBeLessThan(10_000);
		expect(host).toMatchObject({ requests: 1, brokenOff: 1 });
	});
});

describe('an answer over 32 MB', () => {
	const TOO_LARGE = expect.objectContaining({ errorCode: 'ANSWER_TOO_LARGE' }) as unknown;
	const patient = { parameters: { options: { maxRetries: 0, timeout: 30 } } };

	it.each<[string, (response: ServerResponse) => void, number]>([
		[
			'is not read to its end',
			(response) => {
				response.writeHead(200, { 'content-type': 'application/json' });
				pour(response, 400 * MB);
			},
			64 * MB,
		],
		[
			'is not unpacked to its end',
			(response) => {
				response.writeHead(200, { 'content-encoding': 'gzip' });
				response.end(gzipSync(Buffer.alloc(100 * MB)));
			},
			MB,
		],
	])('%s', async (_, answer, most) => {
		const host = await rudeHost((_request, response) => answer(response));
		const before = process.memoryUsage().rss;
		const result = await get(host.url, patient);
		expect(failedItems(result)).toEqual([TOO_LARGE]);
		// The server is in this process, with its own pieces and its kernel buffers.
		expect(process.memoryUsage().rss - before).toBeLessThan(350 * MB);
		await until('the end of the answer', () => host.taken > 0, soon);
		expect(host.taken).toBeLessThan(most);
	});

	it('and one of just as much is read', async () => {
		const account = '{"id":"banh_1234","validation_status":"ACTIVE"}';
		const host = await rudeHost((_request, response) => {
			response.writeHead(200);
			response.end(account.padEnd(LARGEST_ANSWER, ' '));
		});
		expect((await get(host.url, patient)).items()).toEqual([
			expect.objectContaining({ customerAccountId: 'banh_1234' }),
		]);
	});
});

describe('an answer', () => {
	it('may start with a byte order mark, and split a character between two pieces', async () => {
		const bytes = Buffer.from(
			'\ufeff{"id":"banh_1234","account_details":{"bank_account":{"beneficiary_name":"आशा"}}}',
		);
		const host = await rudeHost((_request, response) => {
			const middle = bytes.indexOf('आ') + 1;
			response.writeHead(200);
			response.write(bytes.subarray(0, middle));
			setTimeout(() => response.end(bytes.subarray(middle)), 50);
		});
		expect((await get(host.url)).items()).toEqual([
			expect.objectContaining({ beneficiaryName: 'आशा' }),
		]);
	});
});
