import type { INodePropertyOptions } from 'n8n-workflow';
import { getAccount } from '../../once';
import { runItems } from '../items';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { finish } from './finish';
import type { AccountFound } from './finish';
import { sameTarget, subjectOf, targetReader, withAdvice } from './target';
import type { Target } from './target';

export const description: INodePropertyOptions = {
	name: 'Get',
	value: 'get',
	action: 'Get customer account',
	description: 'Retrieve one customer account with its validation status',
};

/** Gets each item's account. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const read = targetReader(run, 'get');
	const results = await runItems<Target, AccountFound>(run, {
		read: (item) => [read(item)],
		sameKey: sameTarget,
		groupKey: sameTarget,
		subjectOf,
		work: async (targets) => {
			const session = await run.session;
			return await Promise.all(
				targets.map(async ({ customerId, customerAccountId, settings }) => {
					const got = await getAccount(session, customerId, customerAccountId, settings.routingId);
					return got.ok
						? { value: { account: got.value } }
						: { failure: withAdvice(run, got.failure) };
				}),
			);
		},
	});
	return await finish(run, results);
}
