import type { JuspayClient, Result } from '../http/client';
import { STOPPED_WAITING } from './messages';

/** An execution's turn with a customer: no other execution of this process changes the customer meanwhile. */
export interface Turn {
	/** When it was asked for, in milliseconds since the epoch. */
	readonly requestedAt: number;
	/** When it ended, in milliseconds since the epoch; Infinity while it lasts. */
	readonly endedAt: number;
	/** Keeps the turn from passing on until a request that outlives the execution is answered. */
	hold(request: Promise<unknown>): void;
}

/**
 * Turns with customers, shared by the executions of an n8n process and given in the order of the requests. A customer's
 * ID in other letter cases takes the same turn.
 */
export class Turns {
	/** Ends of the queues: each promise resolves when its turn is over. */
	private readonly last = new Map<string, Promise<void>>();

	/**
	 * Runs `work` in a turn with the customer. The turn passes on once the work and every request that it left under way
	 * have ended.
	 *
	 * @param now - milliseconds since the epoch
	 * @param stopped - resolves when the workflow is stopped, which ends the wait for the turn
	 * @returns what `work` returned; undefined if the workflow was stopped before
	 */
	async run<T>(
		customerId: string,
		now: () => number,
		stopped: Promise<'stopped'>,
		work: (turn: Turn) => Promise<T>,
	): Promise<T | undefined> {
		const key = customerId.toLowerCase();
		const turn = { requestedAt: now(), endedAt: Infinity, hold };
		const held: Array<Promise<unknown>> = [];
		function hold(request: Promise<unknown>): void {
			held.push(request);
		}
		const before = this.last.get(key);
		let end = () => {};
		const own = new Promise<void>((resolve) => (end = resolve));
		const both = before ? before.then(async () => await own) : own;
		this.last.set(key, both);
		void both.then(() => {
			if (this.last.get(key) === both) this.last.delete(key);
		});
		try {
			if (before && (await Promise.race([before, stopped])) === 'stopped') return undefined;
			return await work(turn);
		} finally {
			void Promise.allSettled(held).then(() => {
				turn.endedAt = now();
				end();
			});
		}
	}
}

/**
 * Runs `work` in a turn with a customer: no other execution of this process changes the customer meanwhile.
 *
 * @returns what `work` returned; a failure if the workflow was stopped before it was its turn
 */
export async function withTurn<T>(
	{ client, turns }: { client: JuspayClient; turns: Turns },
	customerId: string,
	work: (turn: Turn) => Promise<T>,
): Promise<Result<T>> {
	return await runIn(turns, client, customerId, work);
}

/** The same with one account, whatever its customer is called: one row after the other decides about it. */
export async function withAccount<T>(
	{ client, accountTurns }: { client: JuspayClient; accountTurns: Turns },
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
