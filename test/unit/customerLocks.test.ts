import { LATE_EFFECT_MS } from '../../nodes/Juspay/once/lookAgain';
import type { CustomerLock } from '../../nodes/Juspay/once/customerLocks';
import { CustomerLocks } from '../../nodes/Juspay/once/customerLocks';
import { HandClock, settle } from './handClock';

const NEVER = new Promise<'stopped'>(() => {});

/** Executions that lock customers. */
function bench() {
	const clock = new HandClock();
	const locks = new CustomerLocks();
	const log: string[] = [];
	return {
		clock,
		locks,
		log,
		/** An execution whose work ends when told to. */
		ask(name: string, customer = 'c', stopped: Promise<'stopped'> = NEVER) {
			let end: (as: 'done' | 'thrown') => void = () => {};
			const ended = new Promise<'done' | 'thrown'>((resolve) => (end = resolve));
			let lock: CustomerLock | undefined;
			const result = locks.run(
				customer,
				() => clock.now(),
				stopped,
				async (own) => {
					lock = own;
					log.push(`${name} starts`);
					if ((await ended) === 'thrown') throw new RangeError(name);
					log.push(`${name} ends`);
					return name;
				},
			);
			void result.catch(() => {});
			return {
				result,
				get lock(): CustomerLock {
					if (!lock) throw new RangeError(`${name} has no lock`);
					return lock;
				},
				async end(as: 'done' | 'thrown' = 'done'): Promise<void> {
					end(as);
					await settle();
				},
			};
		},
	};
}

/** The lock of an execution that asks while nobody is at work, and ends it. */
async function nextLock(
	executions: ReturnType<typeof bench>,
	customer = 'c',
): Promise<CustomerLock> {
	const next = executions.ask('next', customer);
	await settle();
	const { lock } = next;
	await next.end();
	return lock;
}

describe('locks on a customer', () => {
	it('are given one after another, in the order of the requests', async () => {
		const executions = bench();
		const [one, two, three] = ['1', '2', '3'].map((name) => executions.ask(name));
		await settle();
		expect(executions.log).toEqual(['1 starts']);
		await two?.end();
		expect(executions.log).toEqual(['1 starts']);
		await one?.end();
		await three?.end();
		expect(executions.log).toEqual([
			'1 starts',
			'1 ends',
			'2 starts',
			'2 ends',
			'3 starts',
			'3 ends',
		]);
		await expect(three?.result).resolves.toBe('3');
	});

	it('are given at once for different customers', async () => {
		const executions = bench();
		executions.ask('1', 'c');
		executions.ask('2', 'd');
		await settle();
		expect(executions.log).toEqual(['1 starts', '2 starts']);
	});

	it('go on after one that throws', async () => {
		const executions = bench();
		const one = executions.ask('1');
		const two = executions.ask('2');
		await settle();
		await one.end('thrown');
		await expect(one.result).rejects.toThrow('1');
		expect(executions.log).toEqual(['1 starts', '2 starts']);
		await two.end();
	});

	it('end the wait at once where the workflow is stopped, and let nobody overtake', async () => {
		const executions = bench();
		let stop: (word: 'stopped') => void = () => {};
		const stopped = new Promise<'stopped'>((resolve) => (stop = resolve));
		const one = executions.ask('1');
		const two = executions.ask('2', 'c', stopped);
		executions.ask('3');
		await settle();
		stop('stopped');
		await expect(two.result).resolves.toBeUndefined();
		await settle();
		// The one behind waits for the first as before.
		expect(executions.log).toEqual(['1 starts']);
		await one.end();
		expect(executions.log).toEqual(['1 starts', '1 ends', '3 starts']);
	});

	it('know when they were asked for, and when they ended', async () => {
		const executions = bench();
		const start = executions.clock.now();
		const one = executions.ask('1');
		await executions.clock.moveOn(100);
		const two = executions.ask('2');
		await executions.clock.moveOn(100);
		expect(one.lock).toMatchObject({ requestedAt: start, releasedAt: Infinity });
		await one.end();
		expect(one.lock.releasedAt).toBe(start + 200);
		expect(two.lock.requestedAt).toBe(start + 100);
		await two.end();
	});
});

describe('what a holder tells the next one', () => {
	it('is nothing, where all was certain', async () => {
		const executions = bench();
		await nextLock(executions);
		expect(await nextLock(executions)).toMatchObject({
			doubtUntil: 0,
			createdBefore: { ids: new Set() },
		});
	});

	it('is a doubt, for as long as a create may still take effect, and only with this customer', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		const now = executions.clock.now();
		one.lock.noteDoubt();
		await one.end('thrown');
		expect((await nextLock(executions)).doubtUntil).toBe(now + LATE_EFFECT_MS);
		expect((await nextLock(executions, 'd')).doubtUntil).toBe(0);
	});

	it('are the IDs that it created, until they must be in every list', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.lock.noteCreated(['a', 'b']);
		await one.end();
		const next = await nextLock(executions);
		expect([...next.createdBefore.ids]).toEqual(['a', 'b']);
		expect(next.doubtUntil).toBe(0);
		await executions.clock.moveOn(LATE_EFFECT_MS);
		const later = await nextLock(executions);
		expect(later.createdBefore.until).toBeLessThanOrEqual(executions.clock.now());
	});

	it('are not the IDs that were deleted since', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.lock.noteDeleted('nobody');
		one.lock.noteCreated(['a', 'b']);
		await one.end();
		(await nextLock(executions)).noteDeleted('a');
		expect([...(await nextLock(executions)).createdBefore.ids]).toEqual(['b']);
	});

	it('adds to what is still in time, and not to what is over', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.lock.noteDoubt();
		one.lock.noteCreated(['a']);
		await executions.clock.moveOn(LATE_EFFECT_MS - 1);
		one.lock.noteCreated(['b']);
		await one.end();
		const two = await nextLock(executions);
		expect([...two.createdBefore.ids]).toEqual(['a', 'b']);
		expect(two.doubtUntil).toBeGreaterThan(executions.clock.now());
		await executions.clock.moveOn(LATE_EFFECT_MS);
		two.noteCreated(['c']);
		const three = await nextLock(executions);
		expect([...three.createdBefore.ids]).toEqual(['c']);
		expect(three.doubtUntil).toBe(0);
	});
});

describe('the memory that locks take', () => {
	/** How many entries are kept, in all the maps together. */
	const kept = (locks: CustomerLocks) =>
		Object.values(locks as unknown as Record<string, Map<string, unknown>>).reduce(
			(sum, map) => sum + map.size,
			0,
		);

	it('is freed when nobody waits any more', async () => {
		const executions = bench();
		const all = Array.from({ length: 5 }, (_, index) =>
			executions.ask(`${index}`, `c${index % 2}`),
		);
		await settle();
		expect(kept(executions.locks)).toBe(2);
		for (const one of all) await one.end();
		expect(kept(executions.locks)).toBe(0);
	});

	it('is freed of what holders have told, once that is over', async () => {
		const executions = bench();
		const lock = await nextLock(executions);
		const leave = async (from: number) => {
			for (let index = from; index < from + 900; index++) {
				const one = executions.locks.run(
					`customer ${index}`,
					() => executions.clock.now(),
					NEVER,
					async (own) => own.noteCreated(['a']),
				);
				await one;
			}
		};
		await leave(0);
		await executions.clock.moveOn(LATE_EFFECT_MS);
		await leave(900);
		lock.noteDoubt();
		expect(kept(executions.locks)).toBe(901);
	});
});

describe('a lock that is asked for while another has just been released', () => {
	it('is not given before the one in between', async () => {
		const executions = bench();
		const one = executions.ask('1');
		const two = executions.ask('2');
		await settle();
		await one.end();
		const three = executions.ask('3');
		await settle();
		expect(executions.log).toEqual(['1 starts', '1 ends', '2 starts']);
		await two.end();
		await three.end();
		expect(executions.log.slice(-2)).toEqual(['3 starts', '3 ends']);
	});
});

describe('what holders of very many customers have told', () => {
	it('is kept while it counts', async () => {
		const executions = bench();
		for (let index = 0; index < 1100; index++) {
			await executions.locks.run(
				`customer ${index}`,
				() => executions.clock.now(),
				NEVER,
				async (lock) => lock.noteCreated(['a']),
			);
		}
		expect([...(await nextLock(executions, 'customer 0')).createdBefore.ids]).toEqual(['a']);
	});
});
