import { groupBy } from '../../accounts/group';
import { forEachAtOnce } from '../../api/pace';
import type { ItemResult } from '../results';
import { isFailed } from '../results';
import type { Run } from '../run';
import { isTarget, readTargets } from './target';
import { accountResult } from './shown';

/** Gets each item's account; one that several items name is asked for once. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const targets = readTargets(run);
	const results: Array<ItemResult | undefined> = targets.map((it) =>
		isTarget(it) ? undefined : it,
	);
	if (!run.keepGoing && results.some((it) => it !== undefined)) {
		return results.filter((it) => it !== undefined);
	}
	const accounts = groupBy(targets.filter(isTarget), ({ key }) => key);
	let halted = false;
	await forEachAtOnce(accounts, run.concurrency, async (group) => {
		const [first] = group;
		if (!first || halted) return;
		const { customerId, customerAccountId, settings } = first;
		const got = await run.client.getAccount(customerId, customerAccountId, settings.routingId);
		for (const { item } of group) {
			const result: ItemResult = got.ok
				? accountResult(run, item, got.value)
				: { item, failure: got.failure, concerned: { customerId, customerAccountId } };
			results[item] = result;
			if (isFailed(result) && !run.keepGoing) halted = true;
		}
	});
	return results.filter((it) => it !== undefined);
}
