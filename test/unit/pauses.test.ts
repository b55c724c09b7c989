import fc from 'fast-check';
import { backoff, exceedsMaxWait, retryAfter } from '../../nodes/Juspay/http/clock';

describe('the pause before a try', () => {
	it('doubles, with jitter, and stays under half a minute', () => {
		expect([1, 2, 3, 4].map((tries) => backoff(tries, 1))).toEqual([300, 600, 1200, 2400]);
		expect([1, 2, 3, 4].map((tries) => backoff(tries, 0))).toEqual([150, 300, 600, 1200]);
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(tries, random) => {
					const pause = backoff(tries, random);
					expect(pause).toBeGreaterThanOrEqual(150);
					expect(pause).toBeLessThanOrEqual(30_000);
				},
			),
		);
	});
});

describe('Retry-After', () => {
	const now = Date.parse('2026-01-01T00:00:00Z');

	it.each<[unknown, number | undefined]>([
		['0', 0],
		['7', 7000],
		[' 120 ', 120_000],
		['300, 1', 300_000],
		[3, 3000],
		['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
		['Wed, 31 Dec 2025 23:59:00 GMT', 0],
		// Date.parse would make dates of these.
		['-5', undefined],
		['1.5', undefined],
		['2026-01-01', undefined],
		[-5, undefined],
		[1.5, undefined],
		['soon', undefined],
		['about 60', undefined],
		['retry 5', undefined],
		['Sunday, 06-Nov-26 08:49:37 GMT', 26_729_377_000],
		['1e3', undefined],
		['7 seconds', undefined],
		['', undefined],
		[undefined, undefined],
		[null, undefined],
		[['7'], undefined],
		[{}, undefined],
		// No server means these.
		['556677889900112', undefined],
		['01 Jan 2026 00:00:05 GMT (Thu)', undefined],
		[`${' '.repeat(100)}7`, undefined],
	])('%j means %j milliseconds', (value, expected) => {
		expect(retryAfter({ 'retry-after': value }, now)).toBe(expected);
	});

	it('of whatever form is a pause or none', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				const pause = retryAfter({ 'retry-after': value }, now);
				expect(pause === undefined || pause >= 0).toBe(true);
			}),
		);
	});
});

describe('a pause that Juspay asks for', () => {
	it.each([
		[undefined, false],
		[0, false],
		[120_000, false],
		[120_001, true],
		[Infinity, true],
	])('of %j ms is too long: %j', (pause, isTooLong) => {
		expect(exceedsMaxWait(pause)).toBe(isTooLong);
	});
});
