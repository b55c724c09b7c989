import { chunk } from '../lists';
import type { Batch, Creation } from './creation';
import { onEmptyList } from './emptyLists';
import * as messages from './messages';
import { inRounds } from './rounds';
import { sendBatch } from './sendBatch';
import { splitAfterSamples } from './settleRefused';

/** Creates the accounts that don't exist, one request at a time. Each outcome says what is to be sent next. */
export async function sendMissing(creation: Creation): Promise<void> {
	const { session, order, ledger } = creation;
	const { client } = session;
	// Without IDs to compare, only the refusal of a single account is certain.
	const perRequest = creation.hasBaseline ? order.perRequest : 1;
	await inRounds(creation, async (round) => {
		const queue: Batch[] = chunk(round, perRequest).map((entries) => ({ entries, tries: 0 }));
		for (let batch = queue.shift(); batch; batch = queue.shift()) {
			if (ledger.open(batch.entries).length === 0 || client.stopped) continue;
			const next = batch.samples
				? splitAfterSamples(creation, batch.entries, batch.samples)
				: await sendIfAllowed(creation, batch);
			queue.unshift(...next);
		}
		if (client.stopped) creation.fail(ledger.open(), messages.STOPPED);
	});
}

/** Sends a batch, unless it rests on an empty list that can't be trusted. */
async function sendIfAllowed(creation: Creation, batch: Batch): Promise<Batch[]> {
	if (!creation.restsOnEmptyList) return await sendBatch(creation, batch);
	const next = await onEmptyList(creation, async () => await sendBatch(creation, batch));
	if (Array.isArray(next)) return next;
	creation.fail(creation.ledger.open(), next);
	return [];
}
