import { deleteAccount } from '../../api/exactlyOnce';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { handleTargets, sameAccount, sameAsked } from './target';

/** Deletes each item's account; one that is gone already counts as deleted. */
export async function execute(run: Run): Promise<ItemResult[]> {
	return await handleTargets(
		run,
		{
			same: sameAsked,
			together: sameAccount,
			work: async (targets) => {
				const client = await run.client;
				return await Promise.all(
					targets.map(async (target) => await deleteAccount(client, target)),
				);
			},
		},
		({ item, customerId, customerAccountId }): ItemResult => ({
			item,
			json: { deleted: true, customerAccountId, customerId },
		}),
	);
}
