import { isFailed } from './results';
import type { ItemResult } from './results';
import type { Run } from './run';
import type { Task } from './summary';
import { OPTIONS } from './options';
import { PARAMETERS } from './values';
import type { Value } from './values';

/**
 * What the summary needs to know of the run for its advice.
 *
 * @param amountOf - what one penny drop of an item costs, in INR
 */
export function taskOf(
	run: Run,
	operation: string,
	results: readonly ItemResult[],
	amountOf: Task['amountOf'],
): Task {
	const some = <T>(value: Value<T>, is: (read: T) => boolean, read = run.value) =>
		run.items.some((_, item) => {
			try {
				const checked = read(value, item);
				return 'value' in checked && is(checked.value);
			} catch {
				return false;
			}
		});
	const isCreate = operation === 'create';
	const createsAnother = isCreate && some(PARAMETERS.onExisting, (it) => it === 'create');
	// Validate pays again for what has failed.
	const paysAgain =
		operation === 'validate' && results.some((it) => isFailed(it) || it.status === 'FAILURE');
	return {
		amountOf,
		mayRepeat: !createsAnother && !paysAgain,
		waits: ['create', 'get', 'validate'].includes(operation)
			? some(OPTIONS.waitForValidation, (seconds) => seconds > 0, run.option)
			: undefined,
		canValidate: isCreate && !some(PARAMETERS.validateOnCreate, (it) => it),
	};
}
