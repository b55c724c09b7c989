import type { Pace } from '../../nodes/Juspay/http/limiter';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import { forEachConcurrently } from '../../nodes/Juspay/lists';
import { RateLimit } from '../../dev/simulator/rate-limit';
import { HandClock, settle } from './handClock';

/** Requests through a limiter, each answered by hand. */
function requests(limiter: AdaptiveLimiter) {
	const open: Array<(pace: Pace) => void> = [];
	let sent = 0;
	return {
		get sent() {
			return sent;
		},
		get open() {
			return open.length;
		},
		ask(count: number): void {
			for (let index = 0; index < count; index++) {
				const send = async () => {
					sent++;
					return await new Promise<Pace>((resolve) => open.push(resolve));
				};
				void limiter.run(send, (pace) => pace);
			}
		},
		/** Answers the oldest open request; a number: Juspay says "too many". */
		async answer(pace: Pace = 'ok'): Promise<void> {
			open.shift()?.(pace);
			await settle();
		},
	};
}

/** A server that says "too many" to some requests. */
interface Server {
	latencyMs: number;
	/** @param sent - how many requests it was sent so far, this one included */
	admits(now: number, sent: number): boolean;
}

/** Sends requests through a limiter, 50 at once at most, until the server has admitted so many. */
async function sendAll(server: Server, count: number) {
	const clock = new HandClock();
	const limiter = new AdaptiveLimiter(50, clock);
	let sent = 0;
	let answered = 0;
	const send = async () => {
		sent++;
		const admitted = server.admits(clock.now(), sent);
		await clock.pause(server.latencyMs);
		if (admitted) answered++;
		return admitted;
	};
	const untilAdmitted = async () => {
		while (!(await limiter.run(send, (admitted) => (admitted ? 'ok' : 1_000))));
		return 'continue' as const;
	};
	void forEachConcurrently(Array.from({ length: count }), 50, untilAdmitted);
	await settle();
	const begun = clock.now();
	while (answered < count) await clock.moveToNext();
	return { sent, seconds: (clock.now() - begun) / 1_000 };
}

describe('the limiter', () => {
	it('lets so many go at once, and the next when one is answered', async () => {
		const all = requests(new AdaptiveLimiter(3, new HandClock()));
		all.ask(5);
		await settle();
		expect(all.sent).toBe(3);
		await all.answer();
		expect(all.sent).toBe(4);
		await all.answer();
		expect(all.sent).toBe(5);
	});

	it('never lets more go, however well it goes', async () => {
		const all = requests(new AdaptiveLimiter(3, new HandClock()));
		all.ask(100);
		await settle();
		for (; all.sent < 100; await all.answer()) expect(all.open).toBe(3);
	});

	it('lets them go in the order in which they ask', async () => {
		const limiter = new AdaptiveLimiter(2, new HandClock());
		const order: number[] = [];
		const ask = async (name: number) =>
			await limiter.run(
				async () => order.push(name),
				() => 'ok',
			);
		await Promise.all([1, 2, 3, 4, 5].map(ask));
		expect(order).toEqual([1, 2, 3, 4, 5]);
	});

	it('spaces only what is sent', async () => {
		const limiter = new AdaptiveLimiter(1, new HandClock());
		const run = async (pace?: Pace) =>
			await limiter.run(
				async () => pace,
				() => pace ?? 'neutral',
			);
		await run(0);
		let done = 0;
		const count = () => done++;
		void run().then(count);
		void run('ok').then(count);
		void run('ok').then(count);
		await settle();
		expect(done).toBe(2);
	});

	it('hands back what was answered, and frees the place of one that throws', async () => {
		const limiter = new AdaptiveLimiter(1, new HandClock());
		expect(
			await limiter.run(
				async () => 'answer',
				() => 'ok',
			),
		).toBe('answer');
		const broken = limiter.run(
			async () => await Promise.reject(new RangeError('broken')),
			() => 'ok',
		);
		await expect(broken).rejects.toThrow('broken');
		expect(
			await limiter.run(
				async () => 'next',
				() => 'ok',
			),
		).toBe('next');
	});

	it('lets nobody go while Juspay asks to wait, and half as many afterwards', async () => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(4, clock));
		all.ask(20);
		await settle();
		for (let answered = 0; answered < 4; answered++) await all.answer(5000);
		expect(all.sent).toBe(4);
		await clock.moveOn(4999);
		expect(all.sent).toBe(4);
		await clock.moveOn(1);
		expect(all.sent).toBe(6);
	});

	it('slows down once for all that were on their way', async () => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(8, clock));
		all.ask(30);
		await settle();
		for (let answered = 0; answered < 8; answered++) await all.answer(1000);
		await clock.moveOn(1000);
		expect(all.open).toBe(4);
	});

	it.each([
		[1000, 3000],
		[3000, 1000],
	])('waits for the longest pause that was asked for: %d and %d', async (one, other) => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(2, clock));
		all.ask(4);
		await settle();
		await all.answer(one);
		await all.answer(other);
		await clock.moveOn(1000);
		expect(all.sent).toBe(2);
		await clock.moveOn(2000);
		expect(all.sent).toBe(3);
	});

	it('never comes to a standstill, and speeds up again when all goes well', async () => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(4, clock));
		all.ask(1000);
		await settle();
		for (let round = 0; round < 6; round++) {
			await all.answer(1000);
			while (all.open > 0) await all.answer();
			await clock.moveOn(1000);
			expect(all.open).toBeGreaterThanOrEqual(1);
		}
		for (let answered = 0; answered < 600 && all.open < 4; answered++) {
			await all.answer();
			// One at a time they are also spaced.
			if (all.open === 0) await clock.moveOn(30_000);
		}
		expect(all.open).toBe(4);
	});

	it('lets requests through one a second where Juspay allows no more, and is not turned away each time', async () => {
		const limit = new RateLimit(1);
		const { sent, seconds } = await sendAll(
			{ latencyMs: 100, admits: (now) => limit.admits(now) },
			300,
		);
		expect(sent).toBeLessThan(1.8 * 300);
		expect(seconds).toBeLessThan(2 * 300);
	});

	it('spaces requests where one at a time is too many, and not where several are', async () => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(1, clock));
		all.ask(10);
		await settle();
		await all.answer(10);
		await clock.moveOn(10);
		expect(all.sent).toBe(2);
		await all.answer();
		expect(all.sent).toBe(2);
		await clock.moveOn(250);
		expect(all.sent).toBe(3);
	});

	it('takes nothing that says nothing for a success', async () => {
		const clock = new HandClock();
		const limiter = new AdaptiveLimiter(1, clock);
		const all = requests(limiter);
		all.ask(2);
		await settle();
		await all.answer(10);
		await clock.moveOn(10);
		await all.answer('neutral');
		expect(limiter.consecutiveThrottles).toBe(1);
	});

	it.each([
		{ perSecond: 5, latencyMs: 200 },
		{ perSecond: 20, latencyMs: 100 },
		{ perSecond: 100, latencyMs: 150 },
	])(
		'finds the rate of a server with a fixed limit, and stays there: %o',
		async ({ perSecond, latencyMs }) => {
			const limit = new RateLimit(perSecond);
			const admits = (now: number) => limit.admits(now);
			const { sent, seconds } = await sendAll({ latencyMs, admits }, 2_000);
			expect(sent).toBeLessThan(1.1 * 2_000);
			expect(seconds).toBeLessThan((1.6 * 2_000) / perSecond);
		},
	);

	it('is not slowed down for good by a "too many" now and then, whoever caused it', async () => {
		const admits = (_: number, sent: number) => sent % 100 !== 0;
		const { seconds } = await sendAll({ latencyMs: 100, admits }, 3_000);
		// One at a time would take 300 seconds.
		expect(seconds).toBeLessThan(75);
	});

	it('goes on where others take most of the limit, so that a slower pace helps nobody', async () => {
		let random = 1;
		const admits = () => {
			random = (random * 16_807) % 2_147_483_647;
			return random % 5 !== 0;
		};
		const { seconds } = await sendAll({ latencyMs: 100, admits }, 600);
		// Each of 150 throttled requests pauses all for a second.
		expect(seconds).toBeLessThan(600);
	});

	it('goes up again where the limit is gone', async () => {
		const clock = new HandClock();
		const all = requests(new AdaptiveLimiter(8, clock));
		all.ask(5_000);
		await settle();
		await all.answer(1_000);
		while (all.open > 0) await all.answer();
		await clock.moveOn(1_000);
		expect(all.open).toBeLessThan(8);
		while (all.open < 8 && all.sent < 5_000) await all.answer();
		expect(all.open).toBe(8);
	});

	it('counts the waits in a row during which nobody got through', async () => {
		const clock = new HandClock();
		const limiter = new AdaptiveLimiter(1, clock);
		const all = requests(limiter);
		all.ask(5);
		await settle();
		for (const expected of [1, 2, 3]) {
			await all.answer(10);
			expect(limiter.consecutiveThrottles).toBe(expected);
			await clock.moveOn(1_000);
		}
		await all.answer();
		expect(limiter.consecutiveThrottles).toBe(0);
	});
});
