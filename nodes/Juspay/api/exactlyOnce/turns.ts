import { PATIENCE_MS } from './patience';

/** One execution's turn with one customer: no other execution of this process changes the customer meanwhile. */
export interface Turn {
	/** When it was asked for, in milliseconds since the epoch. */
	requestedAt: number;
	/** Until when a create of the turn before may still take effect, in milliseconds since the epoch. */
	doubtUntil: number;
	/** IDs that turns before created a moment ago: until then, a list that lacks one is stale. */
	createdBefore: { ids: ReadonlySet<string>; until: number };
	/** When it ended, in milliseconds since the epoch; Infinity before that. */
	endedAt: number;
	/** Says that a create of this turn may still take effect when it ends. */
	leaveDoubt(): void;
	/** Says which accounts this turn has created. */
	leaveCreated(ids: Iterable<string>): void;
	/** Says that an account was deleted: a list that lacks it is not stale. */
	leaveDeleted(id: string): void;
}

/** What a turn leaves to the next one, until its time is over. */
interface Left {
	/** Milliseconds since the epoch. */
	until: number;
	isDoubt: boolean;
	created: Set<string>;
}

/** So many are looked through for those whose time is over. */
const MANY = 1000;

/** Who may change a customer: the executions of one n8n process take turns, in the order in which they ask. */
export class Turns {
	private readonly last = new Map<string, Promise<void>>();

	private readonly left = new Map<string, Left>();

	/**
	 * @param customer - whose turn
	 * @param now - milliseconds since the epoch
	 * @param stopped - resolves when the workflow is stopped: ends the wait at once
	 * @returns what `work` gives; undefined where the workflow was stopped before its turn came
	 */
	async take<T>(
		customer: string,
		now: () => number,
		stopped: Promise<'stopped'>,
		work: (turn: Turn) => Promise<T>,
	): Promise<T | undefined> {
		const requestedAt = now();
		const before = this.last.get(customer);
		let end = () => {};
		const own = new Promise<void>((resolve) => (end = resolve));
		const both = before ? before.then(async () => await own) : own;
		this.last.set(customer, both);
		let turn: Turn | undefined;
		void both.then(() => {
			if (this.last.get(customer) === both) this.last.delete(customer);
		});
		try {
			if (before && (await Promise.race([before, stopped])) === 'stopped') return undefined;
			const { until = 0, isDoubt = false, created } = this.left.get(customer) ?? {};
			turn = {
				requestedAt,
				endedAt: Infinity,
				doubtUntil: isDoubt ? until : 0,
				createdBefore: { ids: created ?? new Set(), until },
				leaveDoubt: () => this.leave(customer, now(), true, []),
				leaveCreated: (ids) => this.leave(customer, now(), false, ids),
				leaveDeleted: (id) => this.left.get(customer)?.created.delete(id),
			};
			return await work(turn);
		} finally {
			if (turn) turn.endedAt = now();
			end();
		}
	}

	private leave(customer: string, now: number, isDoubt: boolean, ids: Iterable<string>): void {
		const before = this.left.get(customer);
		const isOver = !before || before.until <= now;
		this.left.set(customer, {
			until: now + PATIENCE_MS,
			isDoubt: isDoubt || (!isOver && before.isDoubt),
			created: new Set([...(isOver ? [] : before.created), ...ids]),
		});
		if (this.left.size < MANY) return;
		for (const [other, { until }] of this.left) if (until <= now) this.left.delete(other);
	}
}
