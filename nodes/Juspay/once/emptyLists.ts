import type { Failure } from '../http/words';
import type { Creation } from './creation';
import { listAccounts, lookUntilSettled } from './look';
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
	if (memory.showsNew(routingId)) return { end: async () => {} };
	const endTrial = await memory.beginTrial(routingId, client.stopping);
	if (client.stopped) {
		endTrial?.();
		return { failure: messages.STOPPED };
	}
	if (endTrial) {
		return {
			end: async () => {
				await lookForNew(creation);
				endTrial();
			},
		};
	}
	if (!memory.showsNew(routingId)) await lookAgainOnce(session, routingId);
	const unlisted = memory.unlisted(routingId);
	if (memory.showsNew(routingId) || !unlisted) return { end: async () => {} };
	return { failure: messages.emptyList(memory.isDueAt(unlisted), creation.now) };
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

/** Lists the customer of an account that no list has shown yet, once in a run: lists may only be late. */
async function lookAgainOnce(session: Session, routingId: string): Promise<void> {
	const { memory, emptyLists } = session;
	const unlisted = memory.unlisted(routingId);
	if (!unlisted) return;
	const look =
		emptyLists.get(routingId) ?? listAccounts(session, unlisted.customerId, unlisted.routingId);
	emptyLists.set(routingId, look);
	await look;
}
