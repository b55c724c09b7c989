import { FAR } from './accounts';
import { noDeadEnd } from './end';
import { madeOnce, oneTurn, paidOnce } from './once';
import type { Execution, Played } from './play';
import { answers } from './rows';

/** What must hold in every world, by name. */
export const LAWS = {
	madeOnce: 'each account is made at most once, or as often as was asked for',
	paidOnce: 'each account is paid for at most once',
	oneTurn: 'a customer is changed by one execution at a time',
	oneAnswerEach: 'every row ends as exactly one item or message',
	rightId: 'no ID goes to a wrong row',
	madeIsMade: 'what is said to be made is made',
	refusedIsNot: 'what is said to have been refused has not happened',
	deletedIsGone: 'what was deleted is not given out',
	noDeadEnd:
		'with Juspay well again, a run after the time that the messages name finishes every row',
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
		...oneTurn(played),
		...noDeadEnd(played),
		...played.executions.flatMap((execution) => [
			...cancelEnds(execution),
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

/** No request is sent any more, and nothing is waited for: what is under way is settled behind its back. */
function cancelEnds(execution: Execution): Breach[] {
	const { name, cancelledAt, endedAt, sentAfterCancel } = execution;
	if (cancelledAt === undefined) return [];
	const breaches: Breach[] = [];
	if (sentAfterCancel > 0) {
		breaches.push({ law: 'cancelEnds', what: `${name} sends ${sentAfterCancel} requests more` });
	}
	if (endedAt === undefined || endedAt > cancelledAt) {
		const what = `${name} goes on for ${((endedAt ?? Infinity) - cancelledAt) / 1000} s`;
		breaches.push({ law: 'cancelEnds', what });
	}
	return breaches;
}

/** Against code that does no wrong because it does nothing. */
function calmWorks({ world, juspay, executions }: Played): Breach[] {
	const { dialect, climate, there, refuses, refusesToValidate } = world;
	const isPlain =
		!dialect.blind && ['plain', 'nested', 'flat', 'notInCreate'].includes(dialect.details);
	// Lists may be late, as what a process made it can get, and one request a second is enough. While lists have shown
	// nothing new yet, an empty one lets one customer through, and the others wait for the time that is named.
	const isClear =
		climate.shows === 'all' &&
		climate.getLag === 0 &&
		(climate.oneASecond === undefined || isPatient(executions)) &&
		executions.every(({ customerId }) => customerId === executions[0]?.customerId) &&
		executions.every(({ work }) => work.operation !== 'delete' && work.onExisting === 'reuse');
	const isCalm =
		isClear &&
		refuses.length === 0 &&
		refusesToValidate.length === 0 &&
		executions.every(({ cancelledAt }) => cancelledAt === undefined) &&
		juspay.story.every(({ fate }) => fate.kind === 'well' || fate.kind === 'slow');
	const isFar = [
		...there.map(({ account }) => account),
		...executions.flatMap(({ work }) => (work.operation === 'validate' ? [] : work.rows)),
	].every((index) => FAR.has(index));
	if (!isPlain || !isCalm || !isFar) return [];
	const isLate = climate.listLag > 0 || climate.cachedFor > 0 || climate.otherReplica !== undefined;
	// Pages of two replicas may not fit together.
	const isAllowed = (code: string) =>
		(isLate && code === 'EMPTY_LIST') ||
		// Another process has sent it.
		(isLate && executions.some(({ process }) => process > 0) && code === 'MAY_EXIST') ||
		(climate.otherReplica !== undefined && code === 'UNFINISHED_LIST');
	return executions
		.filter(({ work }) => work.operation !== 'validate')
		.flatMap(({ name, rows = [] }) =>
			rows.flatMap(({ failure }, index) =>
				failure && failure.accountId === undefined && !isAllowed(failure.code)
					? [{ law: 'calmWorks' as const, what: `${name}, row ${index + 1}: ${failure.message}` }]
					: [],
			),
		);
}

/** Whether executions wait long enough for one request a second, and don't wait for each other besides. */
function isPatient(executions: Execution[]): boolean {
	return executions.every(
		({ work, startedAt }, index) =>
			work.maxRetries === 3 && startedAt >= (executions[index - 1]?.endedAt ?? startedAt),
	);
}
