import type { Deletion } from '../../once';
import { deleteAccounts } from '../../once';
import { customerId } from '../fields';
import { runItems } from '../items';
import type { Operation } from '../operation';
import { isFailed } from '../results';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import {
	customerAccountId,
	sameTarget,
	staleChoice,
	subjectOf,
	readTarget,
	withAdvice,
} from './target';
import type { Target } from './target';

/** Deletes each item's account; one that isn't there is no error, and is told apart. */
async function execute(run: Run): Promise<ItemResult[]> {
	const results = await runItems<Target, Deletion>(run, {
		read: (known) => readTarget(run, known),
		sameKey: sameTarget,
		groupKey: ({ customerId }) => customerId,
		subjectOf,
		work: async (targets) => {
			const deleted = await deleteAccounts(await run.session, targets);
			return deleted.map((done) => withAdvice(run, done));
		},
	});
	return results.map((result): ItemResult => {
		if (isFailed(result)) return result;
		const { item, customerId, customerAccountId } = result.request;
		const outcome = result.value;
		const deleted = outcome === 'deleted';
		const stale = deleted ? undefined : staleChoice(run, result.request);
		if (stale) run.note(stale);
		return { item, json: { deleted, outcome, customerAccountId, customerId }, outcome };
	});
}

/** Customer Account: Delete. */
export const deletion: Operation = {
	value: 'delete',
	label: 'Delete',
	action: 'Delete customer account',
	description: 'Remove a customer account from its customer',
	fields: [customerId, customerAccountId],
	options: [],
	execute,
};
