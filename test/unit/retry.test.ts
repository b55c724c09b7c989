import fc from 'fast-check';
import { backoff, decide, retryAfter } from '../../nodes/Juspay/api/retry';
import type { Answer } from '../../nodes/Juspay/api/transport';

const answered = (status: number, body?: unknown): Answer => ({
	kind: 'answered',
	status,
	headers: {},
	body,
});
const code = (name: string) => ({ error_info: { code: name } });

describe('after an answer', () => {
	it.each<[string, Answer, boolean, ReturnType<typeof decide>, ReturnType<typeof decide>]>([
		// what came, and whether it could be read; then what follows for a GET and for a POST
		['200 that can be read', answered(200, {}), true, 'accept', 'accept'],
		['201 that can be read', answered(201, {}), true, 'accept', 'accept'],
		['200 that can not be read', answered(200), false, 'repeat', 'look'],
		['301', answered(301), false, 'reject', 'reject'],
		['400', answered(400), false, 'reject', 'reject'],
		['401', answered(401), false, 'reject', 'reject'],
		['403', answered(403), false, 'reject', 'reject'],
		['404', answered(404), false, 'reject', 'reject'],
		['408', answered(408), false, 'repeat', 'look'],
		['409 DUPLICATE_REQUEST', answered(409, code('DUPLICATE_REQUEST')), false, 'repeat', 'repeat'],
		['409 ALREADY_EXISTS', answered(409, code('ALREADY_EXISTS')), false, 'reject', 'reject'],
		['429', answered(429), false, 'repeat', 'repeat'],
		['500', answered(500), false, 'repeat', 'look'],
		['502', answered(502), false, 'repeat', 'look'],
		['503', answered(503), false, 'repeat', 'look'],
		['504', answered(504), false, 'repeat', 'look'],
		['no connection', { kind: 'unreachable', code: 'ECONNREFUSED' }, false, 'repeat', 'repeat'],
		['a time-out', { kind: 'timeout', code: 'ECONNABORTED' }, false, 'repeat', 'look'],
		['a broken connection', { kind: 'lost', code: 'ECONNRESET' }, false, 'repeat', 'look'],
		['a stop before it was sent', { kind: 'stopped', sent: false }, false, 'reject', 'reject'],
		['a stop on the way', { kind: 'stopped', sent: true }, false, 'reject', 'reject'],
		['a credential of no use', { kind: 'unusable', fault: 'x' }, false, 'reject', 'reject'],
	])('%s: a GET and a POST go on as is safe', (_, answer, readable, get, post) => {
		expect(decide({ method: 'GET' }, answer, readable)).toBe(get);
		expect(decide({ method: 'POST' }, answer, readable)).toBe(post);
	});

	it('a POST that may have happened is never simply repeated', () => {
		const mayHaveHappened = fc.oneof(
			fc.integer({ min: 500, max: 599 }).map((status) => answered(status)),
			fc.integer({ min: 200, max: 299 }).map((status) => answered(status)),
			fc.constantFrom<Answer>({ kind: 'timeout', code: '' }, { kind: 'lost', code: '' }),
		);
		fc.assert(
			fc.property(mayHaveHappened, (answer) => {
				expect(decide({ method: 'POST' }, answer, false)).toBe('look');
			}),
		);
	});
});

describe('the pause before a try', () => {
	it('doubles, with jitter, and stays under half a minute', () => {
		expect([1, 2, 3, 4].map((tries) => backoff(tries, 1))).toEqual([300, 600, 1200, 2400]);
		expect([1, 2, 3, 4].map((tries) => backoff(tries, 0))).toEqual([150, 300, 600, 1200]);
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(tries, dice) => {
					const pause = backoff(tries, dice);
					expect(pause).toBeGreaterThanOrEqual(150);
					expect(pause).toBeLessThanOrEqual(30_000);
				},
			),
		);
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');

	it.each([
		['0', 0],
		['7', 7000],
		[' 120 ', 120_000],
		[3, 3000],
		['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
		['Wed, 31 Dec 2025 23:59:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		[undefined, undefined],
		[['7'], undefined],
	])('%j means %j milliseconds', (value, expected) => {
		expect(retryAfter({ 'retry-after': value }, now)).toBe(expected);
	});
});
