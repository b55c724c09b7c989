import fc from 'fast-check';
import { chunk, forEachConcurrently, groupBy, halves, setNewest } from '../../nodes/Juspay/lists';
import { settle } from './handClock';

const entries = fc.array(
	fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.integer() }),
);

describe('grouping', () => {
	it('keeps every entry, once, in the order of its group', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const groups = groupBy(list, ({ key }) => key);
				expect(groups.flat()).toHaveLength(list.length);
				for (const group of groups) {
					expect(group).toEqual(list.filter(({ key }) => key === group[0]?.key));
				}
			}),
		);
	});

	it('puts the groups in the order of first appearance', () => {
		fc.assert(
			fc.property(entries, (list) => {
				const keys = [...new Set(list.map(({ key }) => key))];
				expect(groupBy(list, ({ key }) => key).map(([first]) => first?.key)).toEqual(keys);
			}),
		);
	});

	it('takes keys as they are, also those that objects know', () => {
		expect(groupBy(['__proto__', 'constructor', '__proto__'], (key) => key)).toEqual([
			['__proto__', '__proto__'],
			['constructor'],
		]);
	});
});

describe('cutting a list into pieces', () => {
	it('loses nothing, keeps the order, and fills every piece but the last', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (list, size) => {
				const pieces = chunk(list, size);
				expect(pieces.flat()).toEqual(list);
				expect(pieces.every((piece) => piece.length > 0 && piece.length <= size)).toBe(true);
				expect(pieces.slice(0, -1).every(({ length }) => length === size)).toBe(true);
			}),
		);
	});
});

describe('cutting a list in half', () => {
	it('loses nothing, keeps the order, and makes both parts shorter', () => {
		fc.assert(
			fc.property(fc.array(fc.integer(), { minLength: 2 }), (list) => {
				const [left, right] = halves(list);
				expect([...left, ...right]).toEqual(list);
				expect(left.length).toBeLessThan(list.length);
				expect(right.length).toBeLessThan(list.length);
			}),
		);
	});
});

describe('working through a list', () => {
	it('handles each entry once, in order, never more at the same time than allowed', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer()),
				fc.integer({ min: 1, max: 10 }),
				async (list, concurrency) => {
					const begun: number[] = [];
					let inWork = 0;
					let most = 0;
					await forEachConcurrently(list, concurrency, async (entry) => {
						begun.push(entry);
						most = Math.max(most, ++inWork);
						await settle();
						inWork--;
						return 'continue';
					});
					expect(begun).toEqual(list);
					expect(most).toBe(Math.min(concurrency, list.length));
				},
			),
			{ numRuns: 30 },
		);
	});

	it('starts nothing new after a stop, and lets the entries under way finish', async () => {
		const begun: number[] = [];
		const ended: number[] = [];
		await forEachConcurrently([1, 2, 3, 4, 5], 2, async (entry) => {
			begun.push(entry);
			if (entry === 1) return 'stop';
			await settle();
			ended.push(entry);
			return 'continue';
		});
		expect([begun, ended]).toEqual([[1, 2], [2]]);
	});
});

describe('the newest entries of a map', () => {
	it('are kept, in the order in which they were set', () => {
		const map = new Map([
			['a', 1],
			['b', 2],
		]);
		setNewest(map, 'a', 3, 2);
		expect([...map].flat()).toEqual(['b', 2, 'a', 3]);
		setNewest(map, 'c', 4, 2);
		expect([...map].flat()).toEqual(['a', 3, 'c', 4]);
	});

	it('are kept, whatever is deleted and set anew in between', () => {
		const map = new Map<number, number>();
		let expected: number[] = [];
		for (let turn = 0; turn < 2000; turn++) {
			const key = (turn * turn * 7) % 61;
			setNewest(map, key, turn, 20);
			expected = [...expected.filter((it) => it !== key), key].slice(-20);
			if (turn % 500 === 499) {
				for (const it of expected.splice(0, 12)) map.delete(it);
			}
			expect([...map.keys()]).toEqual(expected);
		}
	});
});
