import type { INodePropertyOptions } from 'n8n-workflow';
import { deleteAccounts } from '../../once';
import { runItems } from '../items';
import { isFailed } from '../results';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { readTarget, sameTarget, subjectOf } from './target';

export const description: INodePropertyOptions = {
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer account',
	description: 'Remove a customer account from its customer',
};

/** Deletes each item's account; one that is gone already counts as deleted. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const results = await runItems(run, {
		read: (item) => [readTarget(run, item)],
		sameKey: sameTarget,
		groupKey: ({ customerId }) => customerId,
		subjectOf,
		work: async (targets) => {
			const deleted = await deleteAccounts(await run.client, targets);
			return deleted.map((it) => (it.ok ? { value: it.value } : { failure: it.failure }));
		},
	});
	return results.map((it): ItemResult => {
		if (isFailed(it)) return it;
		const { item, customerId, customerAccountId } = it.request;
		const outcome = it.value;
		const deleted = outcome === 'deleted';
		return { item, outcome, json: { deleted, outcome, customerAccountId, customerId } };
	});
}
