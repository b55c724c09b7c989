import { identity, nearIdentity } from './accounts';
import type { Row, RowFailure } from './adapter';
import type { Breach } from './law';
import type { Execution, Played, Wanted } from './play';
import { isHidden, isLate } from './doubt';
import { isBeyondLooks } from './once';
import { DOUBTS, REMEMBERED_MS } from './scenario';
import { isDeleted, madeBy } from './truth';
import type { Kept } from './truth';

/** Judges what an execution says of its rows. */
export function answers(played: Played, execution: Execution): Breach[] {
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
	const isOther = kept.sent.by !== execution && !looksNew(played, execution, kept);
	if (row.outcome === 'created' && isOther && !isBeyondLooks(played, kept)) {
		const by = kept.sent.by?.name ?? 'nobody';
		breaches.push({
			law: 'madeIsMade',
			what: `${kept.id} is said to be created, but was by ${by}`,
		});
	}
	breaches.push(...isThere(played, execution, row, kept));
	if (row.started && kept.drops.length === 0 && !isPayingFor(played, kept)) {
		breaches.push({ law: 'madeIsMade', what: `no penny was dropped for ${kept.id}` });
	}
	return breaches;
}

/**
 * Whether an account of others looks as if an execution had made it: lists hid it before, or one that calls the customer by
 * another name had its create under way.
 */
function looksNew(
	played: Played,
	{ customerId, startedAt, process }: Execution,
	kept: Kept,
): boolean {
	const { by, order } = kept.sent;
	if (!by) return isHidden(played, kept, startedAt);
	if (by.process !== process) return isLate(played) || isHidden(played, kept, startedAt);
	if (by.customerId.toLowerCase() === customerId.toLowerCase()) return false;
	return (played.juspay.story[order]?.answeredAt ?? Infinity) > startedAt;
}

/** Whether what is said to be there, or to be deleted, is. */
function isThere(
	{ juspay: { story } }: Played,
	{ startedAt, endedAt = Infinity, work, process }: Execution,
	{ id, outcome }: Row,
	kept: Kept,
): Breach[] {
	if (work.operation === 'delete') {
		if (outcome === 'notFound' && kept.deletedAt === undefined) {
			return [{ law: 'madeIsMade', what: `${id} is said not to be there, but is` }];
		}
		return outcome === 'deleted' && !isDeleted(kept, endedAt)
			? [{ law: 'madeIsMade', what: `${id} is said to be deleted, but is there` }]
			: [];
	}
	// Told by the answer to a delete, in this process, before this execution began.
	const wasTold = story.some(
		({ asked, by, fate, answer, answeredAt = Infinity, effects }) =>
			asked.to === 'delete' &&
			asked.id === id &&
			by.process === process &&
			!DOUBTS.has(fate.kind) &&
			answer?.kind === 'answered' &&
			answeredAt <= startedAt &&
			startedAt - answeredAt < REMEMBERED_MS &&
			effects.some(({ at }) => at <= answeredAt),
	);
	return wasTold ? [{ law: 'deletedIsGone', what: `${id} was deleted, and is given out` }] : [];
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
	// What no look has shown in time may take the place of what it hides.
	if (isBeyondLooks(played, kept) && kept.customer === work.customer) return [];
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
function counts(played: Played, execution: Execution, rows: Row[]): Breach[] {
	const { truth } = played.juspay;
	const { name, work, wanted } = execution;
	if (work.operation === 'delete') return deletions(played, execution, rows);
	if (work.operation === 'validate') return payments(truth.kept, execution, rows);
	const breaches: Breach[] = [];
	for (const which of new Set(wanted.map(({ account }) => identity(account)))) {
		// Of two accounts that differ in leading zeros alone, a list without zeros doesn't tell which is which.
		const near = new Map(wanted.map(({ account }) => [identity(account), nearIdentity(account)]));
		const alike = wanted.filter(({ account }) => nearIdentity(account) === near.get(which));
		if (new Set(alike.map(({ account }) => identity(account))).size > 1) continue;
		const its = rows.filter((_, index) => identity((wanted[index] as Wanted).account) === which);
		const made = madeBy(execution, which, truth.kept).filter(
			(kept) => !isBeyondLooks(played, kept),
		).length;
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

/** Whether what was deleted by an execution is said not to have been. */
function deletions({ juspay: { story } }: Played, execution: Execution, rows: Row[]): Breach[] {
	return [...new Set(execution.wanted.map(({ id }) => id))].flatMap((id) => {
		const its = rows.filter((_, index) => execution.wanted[index]?.id === id);
		const isDone = story.some(
			({ by, asked, effects }) =>
				by === execution &&
				asked.to === 'delete' &&
				asked.id === id &&
				effects.some(({ what }) => what === 'deleted'),
		);
		return isDone && its.every(({ failure }) => failure?.effect === 'none')
			? [
					{
						law: 'refusedIsNot' as const,
						what: `${execution.name}: ${id} was deleted: ${its[0]?.failure?.message}`,
					},
				]
			: [];
	});
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
