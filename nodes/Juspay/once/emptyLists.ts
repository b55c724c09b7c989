import type { Failure } from '../http/failure';
import type { Creation } from './creation';
import { confirm, listAccounts, lookUntilSettled } from './look';
import type { KnownAccount } from './memory';
import * as messages from './messages';
import type { Session } from './session';

/** Leave to create on the word of an empty list; `end` comes after the create. */
type Permit = { end(): Promise<void> } | { failure: Failure };

/**
 * Whether a create may rest on a customer's empty list. Nobody knows what Juspay lists, so the first create that rests on
 * one is followed by a look; the others wait for what it shows. While what was created is in no list, an empty one is
 * worth nothing.
 */
export async function mayRestOnEmptyList(creation: Creation): Promise<Permit> {
	const { session, routingId } = creation;
	const { memory, client } = session;
	while (!memory.showsNew(routingId)) {
		const endProbe = await memory.beginProbe(routingId, client.stopping);
		if (client.stopped) {
			endProbe?.();
			return { failure: messages.STOPPED };
		}
		if (endProbe) return { end: async () => await lookForNew(creation).finally(endProbe) };
		const unlisted = memory.unlisted(routingId);
		if (!unlisted) continue;
		await lookAgainOnce(session, unlisted);
		// Validated meanwhile, it shows no more what lists do with new accounts.
		if (memory.unlisted(routingId)?.id !== unlisted.id) continue;
		return { failure: messages.emptyList(memory.isDueAt(unlisted), creation.now) };
	}
	return { end: async () => {} };
}

/** Lists the customer until the list shows what the first create has made. */
async function lookForNew(creation: Creation): Promise<void> {
	const { session, routingId } = creation;
	if (!session.memory.unlisted(routingId)) return;
	await lookUntilSettled(
		session,
		async () => {
			const listed = await creation.list();
			if (!Array.isArray(listed) && listed !== messages.STALE) return 'unknown';
			return session.memory.unlisted(routingId) ? undefined : 'shown';
		},
		{ immediately: true },
	);
}

/**
 * Lists the customer of an account that no list has shown yet, once in a run: lists may only be late. Where they can't be
 * late any more, the account may be gone, and then it says nothing of lists: Get tells.
 */
export async function lookAgainOnce(session: Session, unlisted: KnownAccount): Promise<void> {
	const { emptyLists, memory, client } = session;
	const { id, customerId, routingId } = unlisted;
	const look = async () => {
		await listAccounts(session, customerId, routingId);
		const isDue = memory.isDueAt(unlisted) <= client.clock.now();
		if (isDue && memory.unlisted(routingId)?.id === id) {
			await confirm(session, unlisted, customerId, routingId);
		}
	};
	const looking = emptyLists.get(id) ?? look();
	emptyLists.set(id, looking);
	await looking;
}
