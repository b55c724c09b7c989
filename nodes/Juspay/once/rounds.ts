import { nearKey } from '../account/identity';
import type { Creation } from './creation';
import type { WantedAccount } from './ledger';
import * as messages from './messages';

/**
 * Works on the open entries in rounds: of those with the same number only on the first, as whether it becomes an account
 * decides about the others.
 */
export async function inRounds(
	creation: Creation,
	work: (entries: WantedAccount[]) => Promise<void>,
): Promise<void> {
	for (let round = nextRound(creation); round.length > 0; round = nextRound(creation)) {
		await work(round);
		// Whatever is left of a round would never end otherwise.
		creation.fail(round, messages.INCOMPLETE);
		failSimilar(creation);
	}
}

function nextRound({ ledger, order }: Creation): WantedAccount[] {
	const open = ledger.open();
	if (order.onExisting === 'create') return open;
	const taken = new Set<string>();
	return open.filter(({ wanted }) => {
		const key = nearKey(wanted);
		return !taken.has(key) && taken.add(key);
	});
}

/** Fails the open entries whose number this order has created, or may have created, with another IFSC. */
function failSimilar(creation: Creation): void {
	const { ledger } = creation;
	const ended = new Map(ledger.ended().map((entry) => [nearKey(entry.wanted), entry.result]));
	for (const entry of ledger.open()) {
		const result = ended.get(nearKey(entry.wanted));
		if (!result) continue;
		if (!('failure' in result)) creation.fail([entry], messages.similar(result.account, 'near'));
		else creation.fail([entry], messages.similarInDoubt(result.failure));
	}
}
