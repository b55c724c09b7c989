/* eslint-disable @n8n/community-nodes/no-restricted-globals -- looks at the timers that are left */
import { Deadlines } from '../../nodes/Juspay/http/deadlines';

const timers = () => process.getActiveResourcesInfo().filter((it) => it === 'Timeout').length;
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('a deadline', () => {
	it('ends its request when its time is over, and no sooner', async () => {
		const deadlines = new Deadlines(400, undefined);
		const first = deadlines.start();
		await pause(200);
		const second = deadlines.start();
		expect(first.signal.aborted).toBe(false);
		await pause(350);
		expect(first).toMatchObject({ isOver: true, signal: { aborted: true } });
		expect(second).toMatchObject({ isOver: false, signal: { aborted: false } });
		await pause(300);
		expect(second).toMatchObject({ isOver: true, signal: { aborted: true } });
		deadlines.end(first);
		deadlines.end(second);
	});

	it('does nothing to a request that is over', async () => {
		const deadlines = new Deadlines(50, undefined);
		const deadline = deadlines.start();
		deadlines.end(deadline);
		await pause(150);
		expect(deadline).toMatchObject({ isOver: false, signal: { aborted: false } });
	});

	it('ends when the workflow is stopped, and is not over then', () => {
		const stop = new AbortController();
		const deadlines = new Deadlines(10_000, stop.signal);
		const both = [deadlines.start(), deadlines.start()];
		stop.abort();
		for (const deadline of both) {
			expect(deadline).toMatchObject({ isOver: false, signal: { aborted: true } });
		}
		expect(deadlines.start().signal.aborted).toBe(true);
	});

	it('leaves neither timers nor listeners behind, however many there were', async () => {
		const before = timers();
		const stop = new AbortController();
		let listeners = 0;
		const { addEventListener, removeEventListener } = stop.signal;
		Object.assign(stop.signal, {
			addEventListener: (...given: Parameters<typeof addEventListener>) => {
				listeners++;
				addEventListener.apply(stop.signal, given);
			},
			removeEventListener: (...given: Parameters<typeof removeEventListener>) => {
				listeners--;
				removeEventListener.apply(stop.signal, given);
			},
		});
		const deadlines = new Deadlines(30_000, stop.signal);
		for (let batch = 0; batch < 100; batch++) {
			const underWay = Array.from({ length: 100 }, () => deadlines.start());
			expect(listeners).toBe(1);
			for (const deadline of underWay) deadlines.end(deadline);
		}
		expect(listeners).toBe(0);
		expect(timers() - before).toBeLessThanOrEqual(1);
		await pause(400);
		expect(timers() - before).toBeLessThanOrEqual(0);
	});
});
