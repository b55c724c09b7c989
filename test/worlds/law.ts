import { FAR } from './accounts';
import { madeOnce, paidOnce } from './once';
import type { Execution, Played } from './play';
import { answers } from './rows';

/** What must hold in every world, by name. */
export const LAWS = {
	madeOnce: 'each account is made at most once, or as often as was asked for',
	paidOnce: 'each account is paid for at most once',
	oneAnswerEach: 'every row ends as exactly one item or message',
	rightId: 'no ID goes to a wrong row',
	madeIsMade: 'what is said to be made is made',
	refusedIsNot: 'what is said to have been refused has not happened',
	ends: 'every execution ends, and nothing is thrown',
	cancelEnds: 'a cancelled execution ends at once',
	calmWorks: 'where nothing goes wrong, every row becomes an item',
} as const;

export type Law = keyof typeof LAWS;

/** One breach of a law. */
export interface Breach {
	law: Law;
	what: string;
}

/** How long an execution takes at most, in milliseconds. */
const LONGEST_MS = 20 * 60_000;

/** Judges a world by what is true in it. */
export function judge(played: Played): Breach[] {
	return [
		...ends(played),
		...madeOnce(played),
		...paidOnce(played),
		...played.executions.flatMap((execution) => [
			...cancelEnds(played, execution),
			...answers(played, execution),
		]),
		...calmWorks(played),
	];
}

function ends({ end, executions }: Played): Breach[] {
	const breaches: Breach[] = [];
	if (end !== 'done') breaches.push({ law: 'ends', what: `The world ends in: ${end}` });
	for (const { name, thrown, startedAt, endedAt } of executions) {
		if (thrown !== undefined) {
			const words = thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'something';
			breaches.push({ law: 'ends', what: `${name} throws: ${words}` });
		}
		if (endedAt !== undefined && endedAt - startedAt > LONGEST_MS) {
			breaches.push({ law: 'ends', what: `${name} takes ${(endedAt - startedAt) / 1000} s` });
		}
	}
	return breaches;
}

/** No request is sent any more, and nothing is waited for but the answers to those that are under way. */
function cancelEnds({ juspay: { story } }: Played, execution: Execution): Breach[] {
	const { name, cancelledAt, endedAt, sentAfterCancel } = execution;
	if (cancelledAt === undefined) return [];
	const breaches: Breach[] = [];
	if (sentAfterCancel > 0) {
		breaches.push({ law: 'cancelEnds', what: `${name} sends ${sentAfterCancel} requests more` });
	}
	const answeredAt = story.flatMap((told) =>
		told.by === execution ? (told.answeredAt ?? []) : [],
	);
	if (endedAt !== undefined && endedAt > Math.max(cancelledAt, ...answeredAt)) {
		const what = `${name} goes on for ${(endedAt - cancelledAt) / 1000} s`;
		breaches.push({ law: 'cancelEnds', what });
	}
	return breaches;
}

/** Against code that does no wrong because it does nothing. */
function calmWorks({ world, juspay, executions }: Played): Breach[] {
	const { dialect, there, refuses, refusesToValidate } = world;
	const isPlain =
		!dialect.blind && ['plain', 'nested', 'flat', 'notInCreate'].includes(dialect.details);
	const isCalm =
		refuses.length === 0 &&
		refusesToValidate.length === 0 &&
		executions.every(({ cancelledAt }) => cancelledAt === undefined) &&
		juspay.story.every(({ fate }) => fate.kind === 'well' || fate.kind === 'slow');
	const isFar = [
		...there.map(({ account }) => account),
		...executions.flatMap(({ work }) => (work.operation === 'validate' ? [] : work.rows)),
	].every((index) => FAR.has(index));
	// Where a create's answer shows no details, several new accounts can't be told apart.
	const isClear =
		dialect.details !== 'notInCreate' ||
		executions.every(({ work }) => work.onExisting === 'reuse');
	if (!isPlain || !isCalm || !isFar || !isClear) return [];
	return executions
		.filter(({ work }) => work.operation !== 'validate')
		.flatMap(({ name, rows = [] }) =>
			rows.flatMap(({ failure }, index) =>
				failure && failure.accountId === undefined
					? [{ law: 'calmWorks' as const, what: `${name}, row ${index + 1}: ${failure.message}` }]
					: [],
			),
		);
}
