import type { INodeProperties } from 'n8n-workflow';
import type { Problem } from '../../domain/check';
import { validateAccounts } from '../../api/exactlyOnce';
import { forAccounts } from '../fields';
import { waitMs } from '../run';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { finish } from './handled';
import type { InHand } from './handled';
import { handleTargets, sameAccount } from './target';

/** What Validate has to say in the editor. */
export const fields: INodeProperties[] = [
	{
		displayName:
			'Validation moves money: Juspay sends a penny drop (1 INR by default) to the account. An account that is active, or whose validation is pending, is returned as it stands and not validated again.',
		name: 'validateNotice',
		type: 'notice',
		default: '',
		displayOptions: forAccounts(['validate']),
	},
];

/** n8n's Retry On Fail runs a node again from its beginning. */
const VALIDATES_AGAIN: Problem = {
	field: 'Retry On Fail',
	wrong:
		'is on: it could pay for a second penny drop to an account whose validation ended as FAILURE',
	fix: "Turn off Retry On Fail in the node's Settings; the node retries by itself what is safe.",
};

/** Starts each account's validation, once. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const handled = await handleTargets(
		run,
		{
			// However an item names the customer: one account, one penny drop.
			same: sameAccount,
			together: ({ customerId, settings }) => JSON.stringify([customerId, settings.routingId]),
			work: async (targets) =>
				await validateAccounts(
					await run.client,
					targets.map((target) => ({
						...target,
						lookForMs: waitMs(run.options(target.item)),
					})),
				),
			refuse: run.retriesWhole ? VALIDATES_AGAIN : undefined,
		},
		({ item, customerId, settings }, { account, started }, isFirst): InHand => ({
			item,
			customerId,
			routingId: settings.routingId,
			account,
			validation: started && isFirst ? 'started' : 'notNeeded',
		}),
	);
	return await finish(run, handled);
}
