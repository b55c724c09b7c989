import type { Cell, Verdict } from './matrix';
import { cells, runCell, startPool } from './matrix';

jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

/** They mostly wait; with more of them, a busy process lets its own requests time out. */
const AT_ONCE = 40;
const LONGEST_MS = 5 * 60_000;

const all = cells();
let outcomes: Array<Promise<Verdict>> = [];

beforeAll(async () => {
	// The first run of all loads n8n's engine, which would be a time-out to those beside it.
	await runCell(all.at(-1) as Cell);
	outcomes = startPool(
		all.map((cell) => async () => await runCell(cell)),
		AT_ONCE,
	);
}, LONGEST_MS);

describe('whatever the network does, nothing is lost, double or unanswered', () => {
	it.each(all.map((cell, index) => [cell.name, index] as const))(
		'%s',
		async (_, index) => {
			const { problems } = (await outcomes[index]) as Verdict;
			// The first few say enough.
			expect(problems.slice(0, 8)).toEqual([]);
		},
		LONGEST_MS,
	);
});

it('the network has done much', async () => {
	const verdicts = await Promise.all(outcomes);
	const faults = verdicts.reduce((sum, verdict) => sum + verdict.faults, 0);
	expect(faults).toBeGreaterThan(3 * all.length);
});
