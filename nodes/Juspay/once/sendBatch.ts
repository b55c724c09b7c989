import { createAccounts as createCall } from '../wire/contract';
import type { Batch, Creation } from './creation';
import { recordOfCreate } from './creation';
import type { WantedAccount } from './ledger';
import * as messages from './messages';
import { assignAnswered, settleAccepted, settleLate } from './settleAccepted';
import { settleRefused } from './settleRefused';
import { settleUnknown } from './settleUnknown';

/** Sends what is still open of a batch in one request and settles the outcome; returns what to send next. */
export async function sendBatch(creation: Creation, batch: Batch): Promise<Batch[]> {
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
	// Under Create Another, an earlier request for the same account may have had an effect: it stays recorded.
	if (sendsAnyway) return entries;
	for (const entry of entries) {
		const settlesAt = foreign.get(whatOf(entry));
		if (settlesAt === undefined) creation.claimed.add(entry);
		else creation.fail([entry], messages.sentByOthers(settlesAt));
	}
	return creation.ledger.open(entries);
}
