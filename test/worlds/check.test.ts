/* eslint-disable @n8n/community-nodes/no-restricted-globals -- how many worlds comes from outside, and totals and seed are printed */
import fc from 'fast-check';
import type { Law } from './law';
import { judge, LAWS } from './law';
import { play } from './play';
import type { World } from './scenario';
import { worlds } from './scenario';
import { tell } from './tell';
import { Totals } from './totals';

/** In CI, where they take seconds; the nightly script asks for more. */
const WORLDS = Number(process.env.WORLDS ?? 20_000);

/**
 * To see the same worlds again: `WORLDS_SEED=… npx jest test/worlds`. The gate always plays the same ones, so that what
 * it says is about the change; `npm run test:worlds` plays new ones each time.
 */
const SEED = Number(
	process.env.WORLDS_SEED ?? (process.env.WORLDS ? Math.floor(Math.random() * 2 ** 31) : 1),
);

/** For reducing one counterexample, in milliseconds. */
const REDUCING_MS = 20_000;

/** Where each law was first broken (the number of the world), and in how many worlds. */
const broken = new Map<Law, { first: number; times: number }>();

const totals = new Totals();
const startedAt = performance.now();

async function breachesOf(world: World): Promise<Set<Law>> {
	const played = await play(world);
	totals.add(played);
	return new Set(judge(played).map(({ law }) => law));
}

beforeAll(
	async () => {
		let count = 0;
		const property = fc.asyncProperty(worlds, async (world) => {
			for (const law of await breachesOf(world)) {
				const before = broken.get(law);
				broken.set(law, { first: before?.first ?? count, times: (before?.times ?? 0) + 1 });
			}
			count++;
		});
		await fc.assert(property, { numRuns: WORLDS, seed: SEED });
		const seconds = (performance.now() - startedAt) / 1000;
		process.stdout.write(
			[
				`${WORLDS} worlds in ${seconds.toFixed(1)} s, WORLDS_SEED=${SEED}`,
				...Object.entries(totals).map(([name, count]) => `${name}: ${Math.round(Number(count))}`),
				...[...broken].map(
					([law, { first, times }]) => `BROKEN in ${times} worlds: ${law} (first: ${first})`,
				),
				'',
			].join('\n'),
		);
	},
	Math.max(60_000, 100 * WORLDS),
);

describe('small worlds: whatever Juspay does, whatever runs beside, whoever cancels', () => {
	it.each(Object.entries(LAWS) as Array<[Law, string]>)(
		'%s: %s',
		async (law) => {
			const where = broken.get(law);
			if (where) throw new Error(await counterexample(law, where));
		},
		2 * REDUCING_MS,
	);

	it('the worlds are not empty', () => {
		const { worlds: all } = totals;
		expect(all).toBe(WORLDS);
		// About half of what code that keeps the law comes to.
		expect(totals.executions).toBeGreaterThan(2 * all);
		expect(totals.calls).toBeGreaterThan(4 * all);
		expect(totals.faults).toBeGreaterThan(all);
		expect(totals.made).toBeGreaterThan(all);
		expect(totals.paid).toBeGreaterThan(0.6 * all);
		expect(totals.items).toBeGreaterThan(1.8 * all);
		expect(totals.refusals).toBeGreaterThan(0.5 * all);
		expect(totals.openMessages).toBeGreaterThan(0.2 * all);
		expect(totals.overlaps).toBeGreaterThan(0.2 * all);
		expect(totals.cancelled).toBeGreaterThan(0.2 * all);
		expect(totals.again).toBeGreaterThan(0.4 * all);
		expect(totals.lateEffects).toBeGreaterThan(0.1 * all);
		expect(totals.finally).toBeGreaterThan(0.3 * all);
		expect(totals.lateLists).toBeGreaterThan(0.15 * all);
		expect(totals.hiddenAccounts).toBeGreaterThan(0.05 * all);
		expect(totals.lackingLists).toBeGreaterThan(0.3 * all);
		expect(totals.accepted).toBeGreaterThan(0.05 * all);
		expect(totals.acceptedDone).toBeGreaterThan(0.02 * all);
		expect(totals.wentBack).toBeGreaterThan(0.02 * all);
		expect(totals.twoNames).toBeGreaterThan(0.1 * all);
		expect(totals.restarts).toBeGreaterThan(0.05 * all);
		expect(totals.tooSoon).toBeGreaterThan(0.02 * all);
		expect(totals.deleted).toBeGreaterThan(0.02 * all);
		expect(totals.settledBehind).toBeGreaterThan(0.02 * all);
		expect(totals.dayLater).toBeGreaterThan(0.1 * all);
		expect(totals.doubtsSettled).toBeGreaterThan(0.03 * all);
		expect(totals.madeAfterDoubt).toBeGreaterThan(0.02 * all);
	});
});

/** The smallest world near the first one that breaks a law, and what happens in it. */
async function counterexample(
	law: Law,
	{ first, times }: { first: number; times: number },
): Promise<string> {
	const breaks = async (world: World) => judge(await play(world)).filter((it) => it.law === law);
	const property = fc.asyncProperty(worlds, async (world) => (await breaks(world)).length === 0);
	const found = await fc.check(property, {
		seed: SEED,
		path: String(first),
		numRuns: 1,
		interruptAfterTimeLimit: REDUCING_MS,
	});
	const [world] = found.counterexample ?? [];
	if (!world) throw new RangeError(`World ${first} does not happen the same way twice`);
	const played = await play(world);
	const breaches = judge(played).filter((it) => it.law === law);
	return [
		`${LAWS[law]}: broken in ${times} of ${WORLDS} worlds; seed ${SEED}, path "${found.counterexamplePath}"`,
		...breaches.map(({ what }) => `- ${what}`),
		'',
		tell(played),
		'',
		JSON.stringify(world),
	].join('\n');
}
