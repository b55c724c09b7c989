import { PATIENCE_MS } from '../../nodes/Juspay/api/exactlyOnce/patience';
import type { Turn } from '../../nodes/Juspay/api/exactlyOnce/turns';
import { Turns } from '../../nodes/Juspay/api/exactlyOnce/turns';
import { HandClock, settle } from './handClock';

const NEVER = new Promise<'stopped'>(() => {});

/** Executions that take turns with customers. */
function bench() {
	const clock = new HandClock();
	const turns = new Turns();
	const log: string[] = [];
	return {
		clock,
		turns,
		log,
		/** An execution whose work ends when told to. */
		ask(name: string, customer = 'c', stopped: Promise<'stopped'> = NEVER) {
			let end: (as: 'done' | 'thrown') => void = () => {};
			const ended = new Promise<'done' | 'thrown'>((resolve) => (end = resolve));
			let turn: Turn | undefined;
			const result = turns.take(
				customer,
				() => clock.now(),
				stopped,
				async (own) => {
					turn = own;
					log.push(`${name} starts`);
					if ((await ended) === 'thrown') throw new RangeError(name);
					log.push(`${name} ends`);
					return name;
				},
			);
			void result.catch(() => {});
			return {
				result,
				get turn(): Turn {
					if (!turn) throw new RangeError(`${name} has no turn`);
					return turn;
				},
				async end(as: 'done' | 'thrown' = 'done'): Promise<void> {
					end(as);
					await settle();
				},
			};
		},
	};
}

/** The turn of an execution that asks while nobody is at work, and ends it. */
async function nextTurn(executions: ReturnType<typeof bench>, customer = 'c'): Promise<Turn> {
	const next = executions.ask('next', customer);
	await settle();
	const { turn } = next;
	await next.end();
	return turn;
}

describe('turns with a customer', () => {
	it('are taken one after another, in the order in which they are asked for', async () => {
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

	it('are taken at once with different customers', async () => {
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
		expect(one.turn).toMatchObject({ requestedAt: start, endedAt: Infinity });
		await one.end();
		expect(one.turn.endedAt).toBe(start + 200);
		expect(two.turn.requestedAt).toBe(start + 100);
		await two.end();
	});
});

describe('what a turn leaves to the next', () => {
	it('is nothing, where all was certain', async () => {
		const executions = bench();
		await nextTurn(executions);
		expect(await nextTurn(executions)).toMatchObject({
			doubtUntil: 0,
			createdBefore: { ids: new Set() },
		});
	});

	it('is a doubt, for as long as a create may still take effect, and only with this customer', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		const now = executions.clock.now();
		one.turn.leaveDoubt();
		await one.end('thrown');
		expect((await nextTurn(executions)).doubtUntil).toBe(now + PATIENCE_MS);
		expect((await nextTurn(executions, 'd')).doubtUntil).toBe(0);
	});

	it('are the IDs that it created, until they must be in every list', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.turn.leaveCreated(['a', 'b']);
		await one.end();
		const next = await nextTurn(executions);
		expect([...next.createdBefore.ids]).toEqual(['a', 'b']);
		expect(next.doubtUntil).toBe(0);
		await executions.clock.moveOn(PATIENCE_MS);
		const later = await nextTurn(executions);
		expect(later.createdBefore.until).toBeLessThanOrEqual(executions.clock.now());
	});

	it('are not the IDs that were deleted since', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.turn.leaveDeleted('nobody');
		one.turn.leaveCreated(['a', 'b']);
		await one.end();
		(await nextTurn(executions)).leaveDeleted('a');
		expect([...(await nextTurn(executions)).createdBefore.ids]).toEqual(['b']);
	});

	it('adds to what is still in time, and not to what is over', async () => {
		const executions = bench();
		const one = executions.ask('1');
		await settle();
		one.turn.leaveDoubt();
		one.turn.leaveCreated(['a']);
		await executions.clock.moveOn(PATIENCE_MS - 1);
		one.turn.leaveCreated(['b']);
		await one.end();
		const two = await nextTurn(executions);
		expect([...two.createdBefore.ids]).toEqual(['a', 'b']);
		expect(two.doubtUntil).toBeGreaterThan(executions.clock.now());
		await executions.clock.moveOn(PATIENCE_MS);
		two.leaveCreated(['c']);
		const three = await nextTurn(executions);
		expect([...three.createdBefore.ids]).toEqual(['c']);
		expect(three.doubtUntil).toBe(0);
	});
});

describe('the memory that turns take', () => {
	/** How many entries are kept, in all the maps together. */
	const kept = (turns: Turns) =>
		Object.values(turns as unknown as Record<string, Map<string, unknown>>).reduce(
			(sum, map) => sum + map.size,
			0,
		);

	it('is freed when nobody waits any more', async () => {
		const executions = bench();
		const all = Array.from({ length: 5 }, (_, index) =>
			executions.ask(`${index}`, `c${index % 2}`),
		);
		await settle();
		expect(kept(executions.turns)).toBe(2);
		for (const one of all) await one.end();
		expect(kept(executions.turns)).toBe(0);
	});

	it('is freed of what turns have left, once that is over', async () => {
		const executions = bench();
		const turn = await nextTurn(executions);
		const leave = async (from: number) => {
			for (let index = from; index < from + 900; index++) {
				const one = executions.turns.take(
					`customer ${index}`,
					() => executions.clock.now(),
					NEVER,
					async (own) => own.leaveCreated(['a']),
				);
				await one;
			}
		};
		await leave(0);
		await executions.clock.moveOn(PATIENCE_MS);
		await leave(900);
		turn.leaveDoubt();
		expect(kept(executions.turns)).toBe(901);
	});
});
