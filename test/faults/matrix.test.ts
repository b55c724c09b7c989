/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the totals go to the test's own output, as they are */
import Table from 'cli-table3';
import type { Cell, Verdict } from './matrix';
import { cells, runCell, startPool } from './matrix';

// exactly-once.test.ts waits as long as the node does.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

/** They mostly wait; with more of them, a busy process lets its own requests time out. */
const AT_ONCE = 40;
const LONGEST_MS = 5 * 60_000;

const all = cells();
const verdicts: Verdict[] = [];
const startedAt = performance.now();
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
			const verdict = (await outcomes[index]) as Verdict;
			verdicts.push(verdict);
			// The first few say enough.
			expect(verdict.problems.slice(0, 8)).toEqual([]);
		},
		LONGEST_MS,
	);
});

afterAll(() => {
	const table = new Table({
		head: ['call', 'cells', 'asked', 'requests', 'faults', 'failed', 'double', 'paid twice', 'bad'],
		style: { head: [], border: [] },
		colAligns: ['left', ...Array.from({ length: 8 }, () => 'right' as const)],
	});
	const sums = (of: Verdict[]) => {
		const sum = (read: (verdict: Verdict) => number) =>
			of.reduce((total, verdict) => total + read(verdict), 0);
		return [
			of.length,
			sum(({ asked }) => asked),
			sum(({ requests }) => requests),
			sum(({ faults }) => faults),
			sum(({ failed }) => failed),
			sum(({ duplicates }) => duplicates),
			sum(({ validationsRepeated }) => validationsRepeated),
			of.filter(({ problems }) => problems.length > 0).length,
		];
	};
	for (const name of new Set(all.map(({ scenario }) => scenario.name))) {
		table.push([name, ...sums(verdicts.filter(({ cell }) => cell.scenario.name === name))]);
	}
	const total = sums(verdicts);
	table.push(['all', ...total]);
	const [count, asked, requests, faults, failed, duplicates, repeated, bad] = total;
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	process.stdout.write(
		`${table.toString()}\nFault matrix: ${count} cells, ${asked} accounts and customers, ${requests} requests, ` +
			`${faults} faults injected, ${failed} failures reported, ${duplicates} duplicates, ` +
			`${repeated} repeated validations, ${bad} bad cells, ${seconds} s\n`,
	);
});
