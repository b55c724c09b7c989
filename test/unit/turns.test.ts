import type { Turn } from '../../nodes/Juspay/once/turns';
import { Turns } from '../../nodes/Juspay/once/turns';
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
			const result = turns.run(
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

describe('turns with a customer', () => {
	it('are given one after another, in the order of the requests', async () => {
		const executions = bench();
		const [one, two, three] = ['1', '2', '3'].map((name) => executions.ask(name));
		await settle();
		expect(executions.log).toEqual(['1 starts']);
		await two?.end();
		expect(executions.log).toEqual(['1 starts']);
		await one?.end();
		await three?.end();
		expect(executions.log.slice(1)).toEqual(['1 ends', '2 starts', '2 ends', '3 starts', '3 ends']);
		await expect(three?.result).resolves.toBe('3');
	});

	it('are not given before one that asked earlier, though another has just ended', async () => {
		const executions = bench();
		const one = executions.ask('1');
		const two = executions.ask('2');
		await settle();
		await one.end();
		executions.ask('3');
		await settle();
		expect(executions.log).toEqual(['1 starts', '1 ends', '2 starts']);
		await two.end();
		expect(executions.log.slice(-1)).toEqual(['3 starts']);
	});

	it('are given at once for different customers, and one after another for two letter cases of one', async () => {
		const executions = bench();
		executions.ask('1', 'Cst_1');
		executions.ask('2', 'cst_2');
		executions.ask('3', 'cst_1');
		await settle();
		expect(executions.log).toEqual(['1 starts', '2 starts']);
	});

	it('go on after one that throws', async () => {
		const executions = bench();
		const one = executions.ask('1');
		executions.ask('2');
		await settle();
		await one.end('thrown');
		await expect(one.result).rejects.toThrow('1');
		expect(executions.log).toEqual(['1 starts', '2 starts']);
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

	it('are passed on only once the requests that outlive an execution are answered, well or not', async () => {
		const executions = bench();
		const one = executions.ask('1');
		executions.ask('2');
		await settle();
		const answers: Array<(isGood: boolean) => void> = [];
		for (let request = 0; request < 2; request++) {
			one.turn.hold(
				new Promise<void>((resolve, reject) =>
					answers.push((isGood) => (isGood ? resolve() : reject(new RangeError()))),
				),
			);
		}
		await one.end();
		await expect(one.result).resolves.toBe('1');
		answers[0]?.(true);
		await settle();
		expect(executions.log).toEqual(['1 starts', '1 ends']);
		expect(one.turn.endedAt).toBe(Infinity);
		answers[1]?.(false);
		await settle();
		expect(executions.log).toEqual(['1 starts', '1 ends', '2 starts']);
		expect(one.turn.endedAt).toBe(executions.clock.now());
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
	});

	it('leave nothing behind once nobody waits any more', async () => {
		const executions = bench();
		const { last } = executions.turns as unknown as { last: Map<string, unknown> };
		const all = Array.from({ length: 5 }, (_, index) =>
			executions.ask(`${index}`, `c${index % 2}`),
		);
		await settle();
		expect(last.size).toBe(2);
		for (const one of all) await one.end();
		expect(last.size).toBe(0);
	});
});
