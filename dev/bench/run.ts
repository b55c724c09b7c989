import {
	measure,
	measureItemByItem,
	measureOwnCost,
	profile,
	type Measured,
	type OwnCost,
} from './measure';
import { titleOf, type Entry, type Plan, type Work } from './plan';
import type { Stand } from './stand';

/** Everything that a part of the bench found out. */
export interface Results {
	works: Array<{ work: Work; measured: Measured[] }>;
	itemByItem?: Measured;
	ownCost?: OwnCost;
}

/**
 * Runs a plan. The subjects of a work take turns, so that a disturbance of the machine hits all of them alike.
 *
 * @param report - gets a line for each run
 */
export async function runPlan(
	stand: Stand,
	plan: Plan,
	report: (line: string) => void,
): Promise<Results> {
	const runWork = async (work: Work, entries: Entry[]): Promise<Measured[]> => {
		const measured = entries.map(({ subject }): Measured => ({ subject, samples: [] }));
		const rounds = Math.max(...entries.map(({ runs }) => runs));
		for (let round = 0; round < rounds; round++) {
			for (const [index, { subject, runs }] of entries.entries()) {
				if (round >= runs) continue;
				const sample = await measure(stand, subject, work, { run: `${work.id}_${round}` });
				measured[index]?.samples.push(sample);
				const seconds = (sample.milliseconds / 1_000).toFixed(2);
				report(
					`${titleOf(work)}: ${subject.name}, ${seconds} s, ${sample.requests} requests, ${sample.accountsMade} accounts made`,
				);
			}
		}
		if (work.profile) {
			for (const one of measured.filter(({ subject }) => subject.id.startsWith('juspay'))) {
				one.profile = await profile(stand, one.subject, work);
			}
		}
		return measured;
	};

	const works: Results['works'] = [];
	for (const work of plan.works) {
		const alone = work.entries.filter(({ waits }) => !waits);
		works.push({ work, measured: await runWork(work, alone) });
	}
	const ownCost = plan.ownCost && (await measureOwnCost(stand, plan.ownCost));
	const waiting = async () => {
		for (const { work, measured } of works) {
			const entries = work.entries.filter(({ waits }) => waits);
			if (entries.length > 0) measured.push(...(await runWork(work, entries)));
		}
	};
	const [itemByItem] = await Promise.all([
		plan.itemByItem && measureItemByItem(stand, stand.otherSimulator, plan.itemByItem),
		waiting(),
	]);
	for (const { work, measured } of works) {
		const place = ({ subject }: Measured) =>
			work.entries.findIndex((entry) => entry.subject === subject);
		measured.sort((a, b) => place(a) - place(b));
	}
	return { works, itemByItem, ownCost };
}
