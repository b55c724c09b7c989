import { getAccount } from '../../once';
import { customerId } from '../fields';
import { runItems } from '../items';
import type { Operation } from '../operation';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { ACCOUNTS, finish } from './accounts';
import type { AccountFound } from './accounts';
import { customerAccountId, sameTarget, subjectOf, readTarget, withAdvice } from './target';
import type { Target } from './target';

/** Gets each item's account. */
async function execute(run: Run): Promise<ItemResult[]> {
	const results = await runItems<Target, AccountFound>(run, {
		read: (known) => readTarget(run, known),
		sameKey: sameTarget,
		groupKey: sameTarget,
		subjectOf,
		work: async (targets) => {
			const session = await run.session;
			return await Promise.all(
				targets.map(async ({ customerId, customerAccountId, settings }) => {
					const got = await getAccount(session, customerId, customerAccountId, settings.routingId);
					return got.ok ? { ok: true, value: { account: got.value } } : withAdvice(run, got);
				}),
			);
		},
	});
	return await finish(run, results);
}

/** Customer Account: Get. */
export const get: Operation = {
	value: 'get',
	label: 'Get',
	action: 'Get customer account',
	description: 'Retrieve one customer account with its validation status',
	fields: [customerId, customerAccountId],
	options: ['waitForValidation'],
	returns: ACCOUNTS,
	execute,
};
