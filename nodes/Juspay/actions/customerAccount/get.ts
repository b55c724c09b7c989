import type { ItemResult } from '../results';
import type { Run } from '../run';
import { finish } from './handled';
import type { InHand } from './handled';
import { handleTargets, sameAsked } from './target';

/** Gets each item's account. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const handled = await handleTargets(
		run,
		{
			same: sameAsked,
			together: sameAsked,
			work: async (targets) => {
				const client = await run.client;
				return await Promise.all(
					targets.map(
						async ({ customerId, customerAccountId, settings }) =>
							await client.getAccount(customerId, customerAccountId, settings.routingId),
					),
				);
			},
		},
		({ item, customerId, settings }, account): InHand => ({
			item,
			customerId,
			routingId: settings.routingId,
			account,
		}),
	);
	return await finish(run, handled);
}
