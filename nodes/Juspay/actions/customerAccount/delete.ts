import { deleteAccounts } from '../../api/exactlyOnce';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { handleTargets, sameAsked } from './target';

/** Deletes each item's account; one that is gone already counts as deleted. */
export async function execute(run: Run): Promise<ItemResult[]> {
	return await handleTargets(
		run,
		{
			same: sameAsked,
			together: ({ customerId }) => customerId,
			work: async (targets) => await deleteAccounts(await run.client, targets),
		},
		({ item, customerId, customerAccountId }): ItemResult => ({
			item,
			json: { deleted: true, customerAccountId, customerId },
		}),
	);
}
