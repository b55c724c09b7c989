import { identity, nearIdentity, POOL } from './accounts';
import type { RowFailure } from './adapter';
import { isShownInFull } from './dialect';
import type { Breach } from './law';
import type { Execution, Played, Wanted } from './play';
import { latestSettled } from './play';
import { isDeleted } from './truth';

/** Messages that ask a person to look, which no later run does for them. */
const FOR_A_PERSON = new Set(['SIMILAR_ACCOUNT', 'CANNOT_TELL', 'CREATED_UNCLEAR']);

/** Messages that name Create Another as the way out, where lists have shown that they can't be trusted. */
const FOR_BAD_LISTS = new Set(['EMPTY_LIST', 'UNFINISHED_LIST']);

/** The last runs, with a Juspay that is well again. */
export function noDeadEnd(played: Played): Breach[] {
	return played.executions.flatMap((execution) => [
		...tooLate(played, execution),
		...(isLast(played, execution) ? deadEnds(played, execution) : []),
	]);
}

function isLast({ executions }: Played, execution: Execution): boolean {
	return (
		(execution.name === 'finally' || execution.name === 'at last') &&
		execution === executions.at(-1)
	);
}

/** No message may name a time that is later than what is remembered. */
function tooLate({ world }: Played, { name, rows = [], endedAt = 0 }: Execution): Breach[] {
	return rows.flatMap(({ failure }, index) =>
		failure?.settlesAt !== undefined && failure.settlesAt > endedAt + latestSettled(world)
			? [
					{
						law: 'noDeadEnd' as const,
						what: `${name}, row ${index + 1}: settles in ${(failure.settlesAt - endedAt) / 3_600_000} h: ${failure.message}`,
					},
				]
			: [],
	);
}

function deadEnds(
	played: Played,
	{ name, rows = [], wanted, work, endedAt = 0 }: Execution,
): Breach[] {
	return rows.flatMap(({ failure }, index) => {
		const row = wanted[index] as Wanted;
		if (!failure || needsAPerson(played, failure, row)) return [];
		const { refuses, refusesToValidate } = played.world;
		const isRefused =
			(work.operation.startsWith('create') && isOneOf(row, refuses)) ||
			(work.operation !== 'create' && isOneOf(row, refusesToValidate));
		const kept = played.juspay.truth.kept.find(({ id }) => id === row.id);
		const isGone = work.operation === 'validate' && kept && isDeleted(kept, endedAt);
		if (isRefused || isGone) return [];
		const what = `${name}, row ${index + 1}: ${identity(row.account)}: ${failure.code}: ${failure.message}`;
		return [{ law: 'noDeadEnd' as const, what }];
	});
}

function needsAPerson(
	{ world: { dialect, climate, fates } }: Played,
	{ code }: RowFailure,
	{ account }: Wanted,
): boolean {
	if (FOR_A_PERSON.has(code)) return true;
	// Of several that may have been made, nobody sees which is which.
	if (code === 'MAY_EXIST' && !isShownInFull({ ...dialect, blind: false }, account)) return true;
	const wereBad =
		dialect.blind || climate.shows !== 'all' || fates.some(({ kind }) => kind === 'half');
	return wereBad && FOR_BAD_LISTS.has(code);
}

function isOneOf({ account }: Wanted, which: readonly number[]): boolean {
	// Rows whose account numbers differ in leading zeros are one account.
	return which.some((index) => {
		const one = POOL[index];
		return one !== undefined && nearIdentity(one) === nearIdentity(account);
	});
}
