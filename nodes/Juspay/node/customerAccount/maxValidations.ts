import type { Done } from '../items';
import { OPTIONS } from '../options';
import { ownFailure } from '../failures';
import { isFailed } from '../results';
import type { FailedResult } from '../results';
import { readable } from '../run';
import type { Run } from '../run';
import type { AccountFound, AccountRequest } from './finish';

type Results<R> = Array<Done<R, AccountFound> | FailedResult>;

/** The smallest cap that any item gives; infinite where none does. */
function smallestCap(run: Run): number {
	return [...run.items.keys()].reduce((smallest, item) => {
		const cap = readable(() => run.option(OPTIONS.maxValidations, item)) ?? Infinity;
		return Math.min(smallest, cap);
	}, Infinity);
}

/**
 * Runs an operation that may start penny drops. With Max Validations set, it does a dry run first and stops there if
 * more of them would be started.
 *
 * @param work - the operation; as a dry run where `looksOnly`
 */
export async function withinMaxValidations<R extends AccountRequest>(
	run: Run,
	work: (looksOnly: boolean) => Promise<Results<R>>,
): Promise<Results<R>> {
	const most = smallestCap(run);
	if (most === Infinity) return await work(false);
	const planned = await work(true);
	const due = planned.filter(
		(it) => !isFailed(it) && !it.request.options.dryRun && it.value.validation === 'wouldStart',
	).length;
	if (due <= most) return await work(false);
	return planned.map((it) =>
		isFailed(it) || it.request.options.dryRun ? it : tooMany(it.request, due, most),
	);
}

function tooMany({ item, customerId }: AccountRequest, due: number, most: number): FailedResult {
	const failure = ownFailure(
		'TOO_MANY_VALIDATIONS',
		`${due} penny drop${due === 1 ? '' : 's'} would be started, but 'Max Validations' is ${most}`,
		"Nothing was created or validated. Check the input, raise 'Max Validations', or split the input into smaller runs.",
		{ scope: 'everyone' },
	);
	return { item, subject: { customerId }, field: 'Max Validations', failure };
}
