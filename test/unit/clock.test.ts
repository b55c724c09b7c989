import { clockUntil } from '../../nodes/Juspay/http/clock';

/** Much longer than stopping takes; the timer goes on to its end. */
const LONG = 2_000;

/** How long something takes, in milliseconds. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const begun = Date.now();
	await work();
	return Date.now() - begun;
}

describe('a pause', () => {
	it('ends when the workflow is stopped, and at once where it was before', async () => {
		const stop = new AbortController();
		const clock = clockUntil(stop.signal);
		const both = Promise.all([clock.pause(LONG), clock.pause(LONG)]);
		stop.abort();
		expect(await timeOf(async () => await both)).toBeLessThan(LONG / 2);
		expect(await timeOf(async () => await clock.pause(LONG))).toBeLessThan(LONG / 2);
	});

	it('takes its time, and none where it would end before it begins', async () => {
		const clock = clockUntil(undefined);
		// Node's timers may be a millisecond early.
		expect(await timeOf(async () => await clock.pause(20))).toBeGreaterThanOrEqual(19);
		await clock.pause(-LONG);
		expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
	});
});
