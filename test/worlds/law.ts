import { FAR, identity, nearIdentity } from './accounts';
import type { Row, RowFailure } from './adapter';
import { isShownInFull } from './dialect';
import type { Execution, Played, Wanted } from './play';
import type { Drop, Kept } from './truth';

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

/**
 * Of two copies the one that was asked for later is one too many, unless it was asked for with Create Another.
 *
 * Two exceptions:
 * - An account whose validation has failed never blocks a create, so that a corrected row goes through. Where List
 *   doesn't show it in full, the same account and a corrected one look alike.
 * - Where List never shows anything, a process learns it from its first create, and can't before.
 */
function madeOnce({ world: { dialect }, juspay: { truth }, executions }: Played): Breach[] {
	const breaches: Breach[] = [];
	for (const kept of truth.kept) {
		const { by, order } = kept.sent;
		if (by?.work.onExisting !== 'reuse') continue;
		const earlier = sameAs(kept, truth.kept).filter(
			(other) =>
				other.sent.order < order ||
				(other.sent.order === order && truth.kept.indexOf(other) < truth.kept.indexOf(kept)),
		);
		if (earlier.length === 0) continue;
		const hasFailed = ({ states }: Kept) =>
			states.some(({ status, from }) => status === 'FAILURE' && from <= kept.sent.at);
		if (!isShownInFull(dialect, kept.account) && earlier.every(hasFailed)) continue;
		if (dialect.blind && isTrial(kept, earlier, truth.kept)) continue;
		const ids = earlier.map(({ id, sent }) => `${id} by ${sent.by?.name ?? 'nobody'}`).join(', ');
		breaches.push({
			law: 'madeOnce',
			what: `${identity(kept.account)}: ${kept.id} by ${by.name}, though there is ${ids}`,
		});
	}
	for (const execution of executions) {
		if (execution.work.onExisting === 'reuse') continue;
		const wanted = new Set(execution.wanted.map(({ account }) => identity(account)));
		for (const which of wanted) {
			const asked = execution.wanted.filter(({ account }) => identity(account) === which).length;
			const made = madeBy(execution, which, truth.kept).length;
			if (made > asked) {
				const what = `${which}: made ${made} times by ${execution.name}, which asked for ${asked}`;
				breaches.push({ law: 'madeOnce', what });
			}
		}
	}
	return breaches;
}

/** Whether this is of the first accounts that a reuse makes, and what it doubles was not made by a reuse. */
function isTrial({ sent: { order } }: Kept, earlier: Kept[], all: Kept[]): boolean {
	const isFirst = all.every(
		({ sent }) => sent.by?.work.onExisting !== 'reuse' || sent.order >= order,
	);
	return isFirst && earlier.every(({ sent }) => sent.by?.work.onExisting !== 'reuse');
}

function sameAs(kept: Kept, all: Kept[]): Kept[] {
	return all.filter(
		(other) =>
			other !== kept &&
			other.customer === kept.customer &&
			identity(other.account) === identity(kept.account),
	);
}

function madeBy(execution: Execution, which: string, all: Kept[]): Kept[] {
	return all.filter(({ sent, account }) => sent.by === execution && identity(account) === which);
}

/**
 * A penny drop after another one is right only where that one had failed, and Validate was asked for again on purpose.
 */
function paidOnce({ juspay: { truth } }: Played): Breach[] {
	const breaches: Breach[] = [];
	for (const { id, drops } of truth.kept) {
		for (const [index, drop] of drops.entries()) {
			const { by } = drop.sent;
			if (!by) continue;
			const isEarlier = (other: Drop, at: number) =>
				other.sent.order < drop.sent.order || (other.sent.order === drop.sent.order && at < index);
			const mayPay = (other: Drop) =>
				by.work.operation === 'validate' && other.ends === 'FAILURE' && wasKnown(other, drop);
			const wrong = drops.find((other, at) => isEarlier(other, at) && !mayPay(other));
			if (wrong) {
				breaches.push({
					law: 'paidOnce',
					what: `${id} is paid for by ${by.name}, though ${wrong.sent.by?.name ?? 'somebody'} did before`,
				});
			} else if (by.work.operation === 'create') {
				breaches.push({
					law: 'paidOnce',
					what: `${id} is paid for by ${by.name}, which only creates`,
				});
			}
		}
	}
	return breaches;
}

/**
 * Whether a penny drop had ended before the next one was sent, and whoever asked for the next one could know of it: an
 * execution that waits for its turn takes over what the one before it has brought.
 */
function wasKnown({ endsAt = Infinity, sent: { by: before } }: Drop, { sent }: Drop): boolean {
	const startedAt = sent.by?.startedAt ?? -Infinity;
	const didOverlap = before !== undefined && (before.endedAt ?? Infinity) > startedAt;
	return endsAt <= sent.at && (!didOverlap || endsAt <= startedAt);
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

function answers(played: Played, execution: Execution): Breach[] {
	const { name, wanted, rows } = execution;
	if (!rows) return [];
	if (rows.length !== wanted.length) {
		const what = `${name} has ${rows.length} answers for ${wanted.length} rows`;
		return [{ law: 'oneAnswerEach', what }];
	}
	const breaches = rows.flatMap((row, index) =>
		answer(played, execution, row, wanted[index] as Wanted).map(({ law, what }) => ({
			law,
			what: `${name}, row ${index + 1}: ${what}`,
		})),
	);
	return [...breaches, ...counts(played, execution, rows)];
}

function answer(played: Played, execution: Execution, row: Row, wanted: Wanted): Breach[] {
	const { id, failure } = row;
	const isOne = (id !== undefined) !== (failure !== undefined);
	if (!isOne) return [{ law: 'oneAnswerEach', what: 'it is not either an item or a message' }];
	if (failure) return message(played, execution, failure, wanted);
	const breaches = idFits(played, execution, id as string, wanted);
	const kept = keptById(played, id as string);
	if (!kept) return breaches;
	if (row.outcome === 'created' && kept.sent.by !== execution) {
		const by = kept.sent.by?.name ?? 'nobody';
		breaches.push({
			law: 'madeIsMade',
			what: `${kept.id} is said to be created, but was by ${by}`,
		});
	}
	if (row.started && kept.drops.length === 0 && !isPayingFor(played, kept)) {
		breaches.push({ law: 'madeIsMade', what: `no penny was dropped for ${kept.id}` });
	}
	return breaches;
}

function keptById({ juspay }: Played, id: string): Kept | undefined {
	return juspay.truth.kept.find((kept) => kept.id === id);
}

/** Whether a validation was sent of which nobody can know that it was lost for good. */
function isPayingFor({ juspay }: Played, { id }: Kept): boolean {
	return juspay.story.some(({ asked }) => asked.to === 'validate' && asked.id === id);
}

function idFits(played: Played, { work }: Execution, id: string, wanted: Wanted): Breach[] {
	const kept = keptById(played, id);
	if (!kept) return [{ law: 'rightId', what: `there is no ${id}` }];
	const fits =
		kept.customer === work.customer &&
		(wanted.id === undefined
			? nearIdentity(kept.account) === nearIdentity(wanted.account)
			: wanted.id === id);
	return fits
		? []
		: [
				{
					law: 'rightId',
					what: `${id} is ${identity(kept.account)}, not ${identity(wanted.account)}`,
				},
			];
}

function message(
	played: Played,
	execution: Execution,
	failure: RowFailure,
	wanted: Wanted,
): Breach[] {
	const breaches: Breach[] = [];
	const { accountId, saysCreated, code } = failure;
	const words = failure.message;
	if (words === '' || code === '') {
		breaches.push({ law: 'oneAnswerEach', what: 'the message is empty' });
	}
	if (accountId !== undefined) breaches.push(...idFits(played, execution, accountId, wanted));
	const { kept: all } = played.juspay.truth;
	// Two rows whose account numbers differ in leading zeros are one account.
	const made = all.some(
		(kept) =>
			kept.sent.by === execution && nearIdentity(kept.account) === nearIdentity(wanted.account),
	);
	if (saysCreated && !made) {
		breaches.push({ law: 'madeIsMade', what: `${identity(wanted.account)} was not: ${words}` });
	}
	return breaches;
}

/** How often each account of an execution was made or paid for, against what its rows say. */
function counts({ juspay: { truth } }: Played, execution: Execution, rows: Row[]): Breach[] {
	const { name, work, wanted } = execution;
	if (work.operation === 'validate') return payments(truth.kept, execution, rows);
	const breaches: Breach[] = [];
	for (const which of new Set(wanted.map(({ account }) => identity(account)))) {
		const its = rows.filter((_, index) => identity((wanted[index] as Wanted).account) === which);
		const made = madeBy(execution, which, truth.kept).length;
		// A row whose account is there although something else was refused says nothing against its being made.
		const not = its.filter(
			({ failure }) => failure?.effect === 'none' && failure.accountId === undefined,
		);
		const most =
			work.onExisting === 'reuse' ? Number(not.length < its.length) : its.length - not.length;
		if (made > most && not.length > 0) {
			const what = `${name}: ${which} was made: ${not[0]?.failure?.message}`;
			breaches.push({ law: 'refusedIsNot', what });
		}
		const ids = its.flatMap(({ id, outcome }) => (id && outcome === 'created' ? [id] : []));
		if (new Set(ids).size < ids.length) {
			breaches.push({ law: 'madeIsMade', what: `${name}: ${which} is said to be created twice` });
		}
	}
	return breaches;
}

/** Whether what was paid for by an execution is said of none of its rows. */
function payments(all: Kept[], execution: Execution, rows: Row[]): Breach[] {
	return all.flatMap(({ id, drops }) => {
		if (!drops.some(({ sent }) => sent.by === execution)) return [];
		const its = rows.filter((_, index) => execution.wanted[index]?.id === id);
		return its.every(({ failure }) => failure?.effect === 'none')
			? [
					{
						law: 'refusedIsNot' as const,
						what: `${execution.name}: ${id} was paid for: ${its[0]?.failure?.message}`,
					},
				]
			: [];
	});
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
