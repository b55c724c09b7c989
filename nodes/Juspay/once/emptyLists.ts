import type { Failure } from '../http/failure';
import type { Creation } from './creation';
import { confirm, listAccounts, lookUntilSettled } from './look';
import type { KnownAccount } from './memory';
import * as messages from './messages';
import type { Session } from './session';

/**
 * Creates what a customer's empty list lacks, where an empty list can be trusted. Nobody knows what Juspay lists, so the
 * first create that rests on one is followed by a look; the others wait for what it shows. While what was created is in
 * no list, an empty one is not trusted.
 *
 * @param create - sends what is to be created
 * @returns what `create` returned; a failure where nothing was sent
 */
export async function onEmptyList<T>(
	creation: Creation,
	create: () => Promise<T>,
): Promise<T | Failure> {
	const { session, routingId } = creation;
	const { memory, client, emptyListTurns } = session;
	const inTurn = async (): Promise<{ done: T | Failure } | 'again'> => {
		const unlisted = memory.unlisted(routingId);
		if (unlisted) {
			await lookAgainOnce(session, unlisted);
			// Validated meanwhile, it shows no more what lists do with new accounts.
			if (memory.unlisted(routingId)?.id !== unlisted.id) return 'again';
			return { done: messages.emptyList(memory.isDueAt(unlisted), creation.now) };
		}
		try {
			return { done: await create() };
		} finally {
			await lookForNew(creation);
		}
	};
	const now = () => client.clock.now();
	while (!memory.showsNew(routingId)) {
		const ended = await emptyListTurns.run(routingId, now, client.stopping, async () =>
			// The turn before has shown that lists show what is new: these creates needn't wait for one another.
			memory.showsNew(routingId) ? 'again' : await inTurn(),
		);
		if (!ended || client.stopped) return messages.STOPPED;
		if (ended !== 'again') return ended.done;
	}
	return await create();
}

/** Lists the customer until the list shows what the first create has made. */
async function lookForNew(creation: Creation): Promise<void> {
	const { session, routingId } = creation;
	if (session.memory.canProve(routingId)) return;
	await lookUntilSettled(
		session,
		async () => {
			const listed = await creation.list();
			if (!Array.isArray(listed) && listed !== messages.STALE) return 'unknown';
			// What another list has shown of another customer is as good.
			return session.memory.canProve(routingId) ? 'shown' : undefined;
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
