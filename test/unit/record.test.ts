import { OwnRecord, SharedRecord } from '../../nodes/Juspay/once/record';
import { HandClock, settle } from './handClock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = new HandClock().now();

type Helpers = NonNullable<ConstructorParameters<typeof SharedRecord>[0]>;

/** n8n's table of hashes, and the records of processes that share it. */
class Table {
	readonly kept = new Set<unknown>();

	readonly calls: string[] = [];

	readonly troubles: string[] = [];

	readonly clock = new HandClock();

	/** What comes before each call, e.g. a pause or an error. */
	before: () => Promise<unknown> = async () => {};

	readonly helpers: Helpers = {
		checkProcessedAndRecord: async (items, scope, { mode }) => {
			this.calls.push(`check ${items.length} ${scope} ${mode}`);
			await this.before();
			const processed = items.filter((item) => this.kept.has(item));
			for (const item of items) this.kept.add(item);
			return { new: items.filter((item) => !processed.includes(item)), processed };
		},
		removeProcessed: async (items, scope, { mode }) => {
			this.calls.push(`remove ${items.length} ${scope} ${mode}`);
			await this.before();
			for (const item of items) this.kept.delete(item);
		},
	};

	/** The record of one run of a node. */
	record(own = new OwnRecord(), scope = 'node host'): SharedRecord {
		return new SharedRecord(this.helpers, own, scope, this.clock, () => this.troubles.push('told'));
	}
}

const claimed = async (record: SharedRecord, whats: string[]) => [
	...(await record.claim(whats, 'quarter')).keys(),
];

/** In how many minutes, counted from {@link NOW}, no longer counts what another process has recorded. */
async function endOf(record: SharedRecord): Promise<number | undefined> {
	const end = (await record.claim(['a'], 'quarter')).get('a');
	return end === undefined ? undefined : (end - NOW) / MINUTE;
}

describe('what other processes have sent', () => {
	it('is told, and what this one has sent is not', async () => {
		const table = new Table();
		const own = new OwnRecord();
		expect(await claimed(table.record(own), ['a', 'b'])).toEqual([]);
		expect(await claimed(table.record(own), ['a', 'b'])).toEqual([]);
		expect(await claimed(table.record(), ['b', 'c'])).toEqual(['b']);
		// What another has sent does not become one's own.
		const other = table.record();
		expect([await claimed(other, ['a']), await claimed(other, ['a'])]).toEqual([['a'], ['a']]);
	});

	it.each([
		['of another node or host', 'another scope', 'a'],
		['of something else', 'node host', 'z'],
	])('is not mixed up with that %s', async (_, scope, what) => {
		const table = new Table();
		await claimed(table.record(), ['a']);
		expect(await claimed(table.record(new OwnRecord(), scope), [what])).toEqual([]);
	});

	it('counts for a while, however often others ask for it meanwhile', async () => {
		const table = new Table();
		await claimed(table.record(), ['a']);
		const other = table.record();
		const ends: Array<number | undefined> = [];
		for (const minutes of [1, 13, 2, 13]) {
			await table.clock.moveOn(minutes * MINUTE);
			ends.push(await endOf(other));
		}
		expect(ends).toEqual([30, 30, 30, 30]);
		await table.clock.moveOn(MINUTE);
		expect(await endOf(other)).toBeUndefined();
	});

	it('counts for a while anew where it is sent again', async () => {
		const table = new Table();
		const own = new OwnRecord();
		await claimed(table.record(own), ['a']);
		await table.clock.moveOn(29 * MINUTE);
		expect(await claimed(table.record(own), ['a'])).toEqual([]);
		await table.clock.moveOn(2 * MINUTE);
		expect(await endOf(table.record())).toBe(45);
	});

	it('is told although this one has sent the same before', async () => {
		const table = new Table();
		const own = new OwnRecord();
		await claimed(table.record(own), ['a']);
		await table.clock.moveOn(31 * MINUTE);
		await claimed(table.record(), ['a']);
		expect(await endOf(table.record(own))).toBe(60);
	});

	it('is told where it is sent all the same, which is recorded too', async () => {
		const table = new Table();
		await claimed(table.record(), ['a']);
		await table.clock.moveOn(16 * MINUTE);
		expect([...(await table.record().claim(['a'], 'quarter', true)).keys()]).toEqual(['a']);
		await table.clock.moveOn(15 * MINUTE);
		expect(await endOf(table.record())).toBe(45);
	});

	it('is not taken out by who has not sent it', async () => {
		const table = new Table();
		await claimed(table.record(), ['a']);
		await table.record().release('a', 'quarter');
		expect(await claimed(table.record(), ['a'])).toEqual(['a']);
	});

	it.each([
		[24 * HOUR, true],
		[48 * HOUR, false],
	])('of a validation counts for a day at least: %d ms later', async (later, counts) => {
		const table = new Table();
		await table.record().claim(['a'], 'day');
		await table.clock.moveOn(later);
		const others = await table.record().claim(['a'], 'day');
		expect(others.has('a')).toBe(counts);
	});

	it('is free again where it had no effect', async () => {
		const table = new Table();
		const own = new OwnRecord();
		await claimed(table.record(own), ['a', 'b']);
		await table.record(own).release('a', 'quarter');
		expect(await claimed(table.record(), ['a', 'b'])).toEqual(['b']);
		expect(await claimed(table.record(own), ['a', 'b'])).toEqual(['a']);
	});

	it('is asked of n8n one call after the other, with all that wait in the next one', async () => {
		const table = new Table();
		let under = 0;
		let most = 0;
		table.before = async () => {
			most = Math.max(most, ++under);
			await settle();
			under--;
		};
		const [one, other] = [table.record(), table.record()];
		const own = new OwnRecord();
		const [a, b] = [table.record(own), table.record(own)];
		await Promise.all([claimed(a, ['1']), claimed(b, ['2']), claimed(b, ['3'])]);
		expect(most).toBe(1);
		expect(table.calls).toEqual(['check 2 node entries', 'check 4 node entries']);
		expect(await claimed(one, ['1'])).toEqual(['1']);
		expect(await claimed(other, ['3', '2'])).toEqual(['3', '2']);
	});

	it('is left alone after a call, four times as long as it took, and half a second at most', async () => {
		const table = new Table();
		const own = new OwnRecord();
		const { clock } = table;
		const record = table.record(own);
		const took = async (ms: number) => {
			table.before = async () => await Promise.resolve(clock.moveOn(ms));
			const asked = claimed(record, [`after ${ms}`]);
			await settle();
			return asked;
		};
		await took(20);
		for (const [ms, rest] of [
			[300, 80],
			[1, 500],
			[0, 4],
			[2, 0],
		] as const) {
			const calls = table.calls.length;
			const next = took(ms);
			await settle();
			if (rest > 0) {
				await clock.moveOn(rest - 1);
				expect(table.calls).toHaveLength(calls);
				await clock.moveOn(1);
			}
			expect(table.calls).toHaveLength(calls + 1);
			await next;
		}
	});

	it('forgets and records in one call, what is free again first', async () => {
		const table = new Table();
		const record = table.record();
		await claimed(record, ['a', 'b']);
		table.calls.length = 0;
		const all = [
			record.release('a', 'quarter'),
			record.release('b', 'quarter'),
			claimed(record, ['a']),
		];
		expect((await Promise.all(all)).at(-1)).toEqual([]);
		expect(table.calls).toEqual(['remove 4 node entries', 'check 2 node entries']);
	});

	it('asks for nothing where there is nothing to ask', async () => {
		const table = new Table();
		expect(await claimed(table.record(), [])).toEqual([]);
		expect(table.calls).toEqual([]);
	});

	it('is told where something has begun before', async () => {
		const table = new Table();
		const begun = async (scope: string, what: string) =>
			await table.record(new OwnRecord(), scope).isRepeated(what);
		expect([await begun('a', '1'), await begun('a', '1')]).toEqual([false, true]);
		expect([await begun('b', '1'), await begun('a', '2')]).toEqual([false, false]);
	});

	it('of one process are its newest 100,000', async () => {
		const table = new Table();
		const own = new OwnRecord();
		await claimed(table.record(own), ['oldest']);
		const whats = Array.from({ length: 100_000 }, (_, index) => `${index}`);
		await claimed(table.record(own), whats.slice(1));
		expect([own.periods.size, await claimed(table.record(own), ['oldest'])]).toEqual([100_000, []]);
		await claimed(table.record(own), whats.slice(0, 1));
		expect([own.periods.size, await claimed(table.record(own), ['oldest'])]).toEqual([
			100_000,
			['oldest'],
		]);
	});
});

describe("where n8n's record can't be used", () => {
	it('the run goes on, and is told once', async () => {
		const table = new Table();
		table.before = async () => await Promise.reject(new RangeError('No table'));
		const record = table.record();
		const all = await Promise.all([claimed(record, ['a']), claimed(record, ['b'])]);
		expect(all).toEqual([[], []]);
		await record.release('a', 'quarter');
		expect([await claimed(record, ['c']), await record.isRepeated('d')]).toEqual([[], false]);
		expect([table.calls.length, table.troubles]).toEqual([1, ['told']]);
	});

	it('as it is in an older n8n, nothing is told', async () => {
		const table = new Table();
		const record = new SharedRecord(undefined, new OwnRecord(), '', table.clock, () =>
			table.troubles.push('told'),
		);
		expect([await claimed(record, ['a']), await record.isRepeated('b')]).toEqual([[], false]);
		await record.release('a', 'quarter');
		expect(table.troubles).toEqual([]);
	});

	it('as it takes too long, the run goes on', async () => {
		const timeout = jest.spyOn(AbortSignal, 'timeout');
		try {
			const table = new Table();
			const signal = new AbortController();
			timeout.mockReturnValue(signal.signal);
			table.before = async () => await new Promise(() => {});
			const asked = claimed(table.record(), ['a']);
			await settle();
			signal.abort();
			expect(await asked).toEqual([]);
			expect([timeout.mock.calls, table.troubles]).toEqual([[[3000]], ['told']]);
		} finally {
			timeout.mockRestore();
		}
	});
});
