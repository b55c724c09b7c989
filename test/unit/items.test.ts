import { runItems } from '../../nodes/Juspay/node/items';
import type { Run } from '../../nodes/Juspay/node/run';
import { settle } from './handClock';

/** How many groups of 20 are under way at once. */
async function mostAtOnce(concurrency: number): Promise<number> {
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	const run: Partial<Run> = {
		items,
		concurrency,
		continueOnFail: false,
		value: () => undefined as never,
		option: () => false as never,
		saved: () => undefined,
	};
	let underWay = 0;
	let most = 0;
	await runItems(run as Run, {
		read: ({ item }) => ({ item }),
		groupKey: ({ item }) => String(item),
		subjectOf: () => ({}),
		work: async () => {
			most = Math.max(most, ++underWay);
			await settle();
			underWay--;
			return [{ ok: true, value: undefined }];
		},
	});
	return most;
}

describe('groups of items', () => {
	it.each([
		[1, 1],
		[2, 4],
		[5, 10],
	])('with %i requests at once, %i are under way', async (concurrency, groups) => {
		expect(await mostAtOnce(concurrency)).toBe(groups);
	});
});
