import fc from 'fast-check';
import { judge } from '../worlds/law';
import { play } from '../worlds/play';
import { worlds } from '../worlds/scenario';

/** A few of the worlds of test/worlds, always the same ones. */
const GROUPS = 3;
const WORLDS = 50;

describe('a few small worlds', () => {
	it.each(Array.from({ length: GROUPS }, (_, seed) => seed))(
		'keep the law (seed %d)',
		async (seed) => {
			for (const world of fc.sample(worlds, { numRuns: WORLDS, seed })) {
				expect(judge(await play(world))).toEqual([]);
			}
		},
	);
});
