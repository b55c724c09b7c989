import { PATIENCE_MS } from './patience';

/** One execution's turn with one customer: no other execution of this process changes the customer meanwhile. */
export interface Turn {
	/** When it was asked for, in milliseconds since the epoch. */
	requestedAt: number;
	/** Until when a create of the turn before may still take effect, in milliseconds since the epoch. */
	doubtUntil: number;
	/** Says that a create of this turn may still take effect when it ends. */
	leaveDoubt(): void;
}

/** More doubts than this are looked through for those that are over. */
const MANY_DOUBTS = 1000;

/** Who may change a customer: the executions of one n8n process take turns, in the order in which they ask. */
export class Turns {
	private readonly last = new Map<string, Promise<void>>();

	private readonly doubts = new Map<string, number>();

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
		void both.then(() => {
			if (this.last.get(customer) === both) this.last.delete(customer);
		});
		try {
			if (before && (await Promise.race([before, stopped])) === 'stopped') return undefined;
			const leaveDoubt = () => this.rememberDoubt(customer, now());
			const doubtUntil = this.doubts.get(customer) ?? 0;
			return await work({ requestedAt, doubtUntil, leaveDoubt });
		} finally {
			end();
		}
	}

	private rememberDoubt(customer: string, now: number): void {
		this.doubts.set(customer, now + PATIENCE_MS);
		if (this.doubts.size < MANY_DOUBTS) return;
		for (const [other, until] of this.doubts) if (until <= now) this.doubts.delete(other);
	}
}
