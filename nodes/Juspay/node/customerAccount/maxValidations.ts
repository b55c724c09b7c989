import type { Done } from '../items';
import { maxValidations } from '../options';
import { isFailed, TOO_MANY_VALIDATIONS } from '../results';
import type { FailedResult } from '../results';
import type { Run } from '../run';
import type { AccountFound, AccountRequest } from './finish';

type Results<R> = Array<Done<R, AccountFound> | FailedResult>;

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
	const most = maxValidations(run.options(0));
	if (most === undefined) return await work(false);
	const planned = await work(true);
	const due = planned.filter((it) => !isFailed(it) && it.value.validation === 'wouldStart').length;
	if (due <= most) return await work(false);
	return planned.map((it) => (isFailed(it) ? it : tooMany(it.request, due, most)));
}

function tooMany({ item, customerId }: AccountRequest, due: number, most: number): FailedResult {
	return {
		item,
		subject: { customerId },
		field: 'Max Validations',
		failure: {
			code: TOO_MANY_VALIDATIONS,
			message: `${due} penny drop${due === 1 ? '' : 's'} would be started, but 'Max Validations' is ${most}`,
			description:
				"Nothing was created or validated. Check the input, raise 'Max Validations', or split the input into smaller runs.",
			kind: 'refused',
			effect: 'none',
			transient: false,
			scope: 'everyone',
		},
	};
}
