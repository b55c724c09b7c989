import type { JuspayClient, Result } from '../http/client';
import { STOPPED_WAITING } from './messages';
import type { Session } from './session';
import type { Turn, Turns } from './turns';

/**
 * Runs `work` in a turn with a customer: no other execution of this process changes the customer meanwhile.
 *
 * @returns what `work` returned; a failure if the workflow was stopped before it was its turn
 */
export async function withTurn<T>(
	{ client, turns }: Session,
	customerId: string,
	work: (turn: Turn) => Promise<T>,
): Promise<Result<T>> {
	return await runIn(turns, client, customerId, work);
}

/** The same with one account, whatever its customer is called: one row after the other decides about it. */
export async function withAccount<T>(
	{ client, accountTurns }: Session,
	id: string,
	work: (turn: Turn) => Promise<T>,
): Promise<Result<T>> {
	return await runIn(accountTurns, client, id, work);
}

async function runIn<T>(
	turns: Turns,
	client: JuspayClient,
	key: string,
	work: (turn: Turn) => Promise<T>,
): Promise<Result<T>> {
	const value = await turns.run(
		key,
		() => client.clock.now(),
		client.stopping,
		async (turn) => ({ done: await work(turn) }),
	);
	return value ? { ok: true, value: value.done } : { ok: false, failure: STOPPED_WAITING };
}
