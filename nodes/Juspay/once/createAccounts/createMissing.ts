import { chunk } from '../../lists';
import { assignAnswered, settleAccepted } from './settleAccepted';
import type { Batch, Creation } from './creation';
import * as messages from './messages';
import { settleRefused } from './settleRefused';
import { settleUnknown } from './settleUnknown';

/** Creates the accounts that don't exist, one request at a time. */
export async function createMissing(creation: Creation): Promise<void> {
	const { client, known, order, wanted } = creation;
	// Without IDs to compare, only the refusal of a single account is certain.
	const perRequest = known.hasBaseline ? order.perRequest : 1;
	const queue: Batch[] = chunk(wanted.open(), perRequest).map((entries) => ({
		entries,
		tries: 0,
	}));
	for (let batch = queue.shift(); batch; batch = queue.shift()) {
		if (wanted.open(batch.entries).length === 0 || client.stopped) continue;
		const permit = creation.restsOnEmptyList
			? await client.state.emptyLists.admit(order.customerId, client.stopping)
			: 'trusted';
		if (permit === 'refused') {
			if (!client.stopped) wanted.fail(wanted.open(), messages.EMPTY_LIST);
			continue;
		}
		creation.isTrial = permit === 'trial';
		try {
			queue.unshift(...(await send(creation, batch)));
			if (creation.isTrial) creation.endTrial(await isShownByList(creation));
		} finally {
			creation.endTrial();
		}
	}
	if (client.stopped) wanted.fail(wanted.open(), messages.STOPPED);
}

/** Sends what is still open of a batch in one request and settles the outcome; returns what to send next. */
async function send(creation: Creation, batch: Batch): Promise<Batch[]> {
	const { client, order, wanted } = creation;
	// An account that was sent before may have settled others too.
	const entries = wanted.open(batch.entries);
	if (entries.length === 0 || client.stopped) return [];
	const sent: Batch = { ...batch, entries };
	const sendPart = async (part: Batch) => await send(creation, part);
	const accounts = entries.map((entry) => entry.wanted);
	const answer = await client.createAccounts(order.customerId, accounts, order.settings);
	if (!answer.ok) {
		return answer.failure.effect === 'none'
			? await settleRefused(creation, sent, answer.failure, sendPart)
			: await settleUnknown(creation, sent, answer.failure, sendPart);
	}
	const assigned = assignAnswered(creation, sent, answer.value);
	if (assigned.refusal) return await settleRefused(creation, sent, assigned.refusal, sendPart);
	await settleAccepted(creation, sent, assigned.created);
	return [];
}

/** Whether the list shows what was created; undefined if nothing was, or if the list can't be read. */
async function isShownByList({
	client,
	isAccepted,
	known,
}: Creation): Promise<boolean | undefined> {
	if (!isAccepted && known.expected.size === 0) return undefined;
	const listed = await known.listUntilCurrent();
	if (Array.isArray(listed)) return listed.length > 0;
	return listed === messages.STALE && !client.stopped ? false : undefined;
}
