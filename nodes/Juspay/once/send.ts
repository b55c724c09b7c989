import { chunk } from '../lists';
import { createAccounts as createCall } from '../wire/contract';
import type { Batch, Creation } from './creation';
import { recordOfCreate } from './creation';
import { onEmptyList } from './emptyLists';
import type { WantedAccount } from './ledger';
import * as messages from './messages';
import { inRounds } from './rounds';
import { assignAnswered, settleAccepted, settleLate } from './settleAccepted';
import { settleRefused, splitAfterSamples } from './settleRefused';
import { settleUnknown } from './settleUnknown';

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
	if (!creation.restsOnEmptyList) return await send(creation, batch);
	const next = await onEmptyList(creation, async () => await send(creation, batch));
	if (Array.isArray(next)) return next;
	creation.fail(creation.ledger.open(), next);
	return [];
}

/** Sends what is still open of a batch in one request and settles the outcome; returns what to send next. */
async function send(creation: Creation, batch: Batch): Promise<Batch[]> {
	const { session, order, ledger, turn } = creation;
	const { client } = session;
	// Since the batch was made, another one may have settled some of its entries.
	const entries = await unclaimed(creation, ledger.open(batch.entries));
	if (entries.length === 0 || client.stopped) return [];
	const sent: Batch = { ...batch, entries };
	const accounts = entries.map((entry) => entry.wanted);
	const call = createCall(order.customerId, accounts, order.settings);
	const answer = await client
		.send(call, {
			onSend: () => creation.sent(entries),
			late: (result) => turn.hold(result.then((it) => settleLate(creation, entries, it))),
		})
		.finally(() => creation.lost(entries));
	if (!answer.ok) {
		const settle = answer.failure.effect === 'none' ? settleRefused : settleUnknown;
		return await settle(creation, sent, answer.failure);
	}
	const { accounts: shown, refusals } = answer.value;
	// A refusal beside accounts counts as a 400 to that account alone. In place of all of them, behind a 2xx, it proves
	// nothing.
	const status = shown.length > 0 ? 400 : 200;
	const failures = refusals.map((body) => client.refusal(body, call, status));
	const assigned = assignAnswered(creation, sent, shown, failures);
	if (assigned.refusal) return await settleUnknown(creation, sent, assigned.refusal);
	await settleAccepted(creation, sent, assigned.created);
	return [];
}

/** Records that entries are about to be sent, and fails those that another n8n process has sent before. */
async function unclaimed(creation: Creation, entries: WantedAccount[]): Promise<WantedAccount[]> {
	const { session, order } = creation;
	const whatOf = ({ wanted }: WantedAccount) => recordOfCreate(order.customerId, wanted);
	const sendsAnyway = order.onExisting === 'create';
	const foreign = await session.record.claim(entries.map(whatOf), 'quarter', sendsAnyway);
	if (sendsAnyway) return entries;
	for (const entry of entries) {
		const settlesAt = foreign.get(whatOf(entry));
		if (settlesAt !== undefined) creation.fail([entry], messages.sentByOthers(settlesAt));
	}
	return creation.ledger.open(entries);
}
