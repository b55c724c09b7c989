/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Machine } from './machine';
import type { OwnCost, Sample } from './measure';
import { planOf, PARTS, type Part } from './plan';
import type { Shares } from './profile';
import type { Results } from './run';
import type { Versions } from './stand';
import { SUBJECTS } from './subjects';

/** What a part of the bench was run with. */
export interface Circumstances {
	machine: Machine;
	versions: Versions;
	/** When it began. */
	date: Date;
	/** How long it took, in seconds. */
	seconds: number;
}

/** What a part of the bench found out, and what it was run with. */
export interface PartResults extends Results {
	part: Part;
	circumstances: Circumstances;
}

/** The same as a file keeps it: works and subjects by their IDs. */
interface Saved {
	circumstances: Circumstances & { date: string };
	quick: boolean;
	works: Record<string, Record<string, Sample[]>>;
	/** By work and subject. */
	profiles?: Record<string, Record<string, Shares | undefined>>;
	itemByItem?: Sample[];
	ownCost?: OwnCost;
}

function fileOf(folder: string, part: Part): string {
	return join(folder, 'results', `${part}.json`);
}

/** Keeps what a part found out, so that its report can be written again, and with that of the other parts. */
export async function saveResults(
	folder: string,
	{ part, circumstances, works, itemByItem, ownCost }: PartResults,
	quick: boolean,
): Promise<void> {
	const saved = {
		circumstances,
		quick,
		works: Object.fromEntries(
			works.map(({ work, measured }) => [
				work.id,
				Object.fromEntries(measured.map(({ subject, samples }) => [subject.id, samples])),
			]),
		),
		profiles: Object.fromEntries(
			works.map(({ work, measured }) => [
				work.id,
				Object.fromEntries(measured.map(({ subject, profile }) => [subject.id, profile])),
			]),
		),
		itemByItem: itemByItem?.samples,
		ownCost,
	};
	const file = fileOf(folder, part);
	await mkdir(dirname(file), { recursive: true });
	const style = await resolveConfig(__filename);
	await writeFile(file, await format(JSON.stringify(saved), { ...style, parser: 'json' }));
}

/** Reads what the parts found out when they were last run; those that never were are left out. */
export async function loadResults(folder: string): Promise<PartResults[]> {
	const all = await Promise.all(PARTS.map(async (part) => await loadPart(folder, part)));
	return all.filter((one) => one !== undefined);
}

async function loadPart(folder: string, part: Part): Promise<PartResults | undefined> {
	const text = await readFile(fileOf(folder, part), 'utf8').catch(() => undefined);
	if (text === undefined) return undefined;
	const { circumstances, quick, works, profiles, itemByItem, ownCost } = JSON.parse(text) as Saved;
	return {
		part,
		circumstances: { ...circumstances, date: new Date(circumstances.date) },
		works: planOf(part, quick).works.flatMap((work) => {
			const measured = Object.entries(works[work.id] ?? {}).map(([id, samples]) => ({
				subject: subjectOf(id),
				samples,
				profile: profiles?.[work.id]?.[id],
			}));
			return measured.length > 0 ? [{ work, measured }] : [];
		}),
		itemByItem: itemByItem && { subject: subjectOf('item-by-item'), samples: itemByItem },
		ownCost,
	};
}

function subjectOf(id: string) {
	const subject = SUBJECTS.find((one) => one.id === id);
	if (!subject) throw new Error(`The saved results name ${id}, which is measured no more`);
	return subject;
}
