import { counted } from '../../account/check';
import type { Failure } from '../../http/failure';
import { ownFailure } from '../../http/failure';
import type { Ended } from '../items';
import { OPTIONS } from '../options';
import { existingAccount, isFailed } from '../results';
import type { Subject } from '../results';
import { readable } from '../run';
import type { Run } from '../run';
import type { AccountFound, AccountRequest } from './accounts';

/**
 * Runs an operation that may start penny drops. With Max Validations set, it does a dry run first and stops there if
 * more of them would be started.
 *
 * @param subjectOf - what a request is about, for its failure
 * @param work - the operation; as a dry run where `looksOnly`
 */
export async function withinMaxValidations<R extends AccountRequest>(
	run: Run,
	subjectOf: (request: R) => Subject,
	work: (looksOnly: boolean) => Promise<Array<Ended<R, AccountFound>>>,
): Promise<Array<Ended<R, AccountFound>>> {
	const most = smallestCap(run);
	if (most === Infinity) return await work(false);
	const planned = await work(true);
	const due = planned.filter(
		(result) =>
			!isFailed(result) && !result.request.dryRun && result.value.validation === 'wouldStart',
	).length;
	if (due <= most) {
		const session = await run.session;
		// What could not be looked at is not counted.
		session.allowPennies(most);
		// Items that are a dry run's are planned again.
		session.planned.clear();
		return await work(false);
	}
	const failure = tooMany(due, most);
	return planned.map((result) => {
		if (isFailed(result) || result.request.dryRun) return result;
		const { request, value } = result;
		const { account, outcome } = value;
		const known = account.id !== '' && existingAccount(account, outcome);
		const subject = { ...subjectOf(request), ...known };
		return { item: request.item, subject, field: 'Max Validations', failure };
	});
}

/** The smallest cap that any item gives; infinite where none does. */
function smallestCap(run: Run): number {
	return [...run.items.keys()].reduce((smallest, item) => {
		const cap = readable(() => run.option(OPTIONS.maxValidations, item)) ?? Infinity;
		return Math.min(smallest, cap);
	}, Infinity);
}

function tooMany(due: number, most: number): Failure {
	return ownFailure(
		'TOO_MANY_VALIDATIONS',
		`${counted(due, 'penny drop')} would be started, but 'Max Validations' is ${most}`,
		"Nothing was created or validated. Check the input, raise 'Max Validations', or split the input into smaller runs.",
		{ scope: 'everyone' },
	);
}
