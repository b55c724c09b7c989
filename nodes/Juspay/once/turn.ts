import type { Result } from '../http/client';
import { STOPPED_WAITING } from './messages';
import type { Session } from './session';
import type { Turn } from './turns';

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
	const value = await turns.run(
		customerId,
		() => client.clock.now(),
		client.stopping,
		async (turn) => ({ done: await work(turn) }),
	);
	return value ? { ok: true, value: value.done } : { ok: false, failure: STOPPED_WAITING };
}
