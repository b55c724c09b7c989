import { LATE_EFFECT_MS } from './lookAgain';

/** An execution's lock on a customer: no other execution of this process changes the customer meanwhile. */
export interface CustomerLock {
	/** Milliseconds since the epoch. */
	requestedAt: number;
	/** Milliseconds since the epoch; Infinity while it is held. */
	releasedAt: number;
	/** Until when a create of an earlier holder may still take effect, in milliseconds since the epoch. */
	doubtUntil: number;
	/** IDs that earlier holders created a moment ago: until then, a list without one of them is stale. */
	createdBefore: { ids: ReadonlySet<string>; until: number };
	/** Tells the next holder that a create may still take effect. */
	noteDoubt(): void;
	/** Tells the next holder which accounts were created. */
	noteCreated(ids: Iterable<string>): void;
	/** Tells the next holder that an account was deleted: a list without it isn't stale. */
	noteDeleted(id: string): void;
}

/** What a holder tells the next one; forgotten after `until`. */
interface Handover {
	/** Milliseconds since the epoch. */
	until: number;
	isDoubt: boolean;
	created: Set<string>;
}

/** One lock per customer, shared by the executions of an n8n process and given in the order of the requests. */
export class CustomerLocks {
	/** Ends of the queues: each promise resolves when its holder has released the lock. */
	private readonly last = new Map<string, Promise<void>>();

	private readonly handovers = new Map<string, Handover>();

	/**
	 * Runs `work` with the customer's lock.
	 *
	 * @param now - milliseconds since the epoch
	 * @param stopped - resolves when the workflow is stopped, which ends the wait for the lock
	 * @returns what `work` returned; undefined if the workflow was stopped before the lock was free
	 */
	async run<T>(
		customerId: string,
		now: () => number,
		stopped: Promise<'stopped'>,
		work: (lock: CustomerLock) => Promise<T>,
	): Promise<T | undefined> {
		const requestedAt = now();
		const before = this.last.get(customerId);
		let release = () => {};
		const own = new Promise<void>((resolve) => (release = resolve));
		const both = before ? before.then(async () => await own) : own;
		this.last.set(customerId, both);
		let lock: CustomerLock | undefined;
		void both.then(() => {
			if (this.last.get(customerId) === both) this.last.delete(customerId);
		});
		try {
			if (before && (await Promise.race([before, stopped])) === 'stopped') return undefined;
			lock = this.lockFor(customerId, requestedAt, now);
			return await work(lock);
		} finally {
			if (lock) lock.releasedAt = now();
			release();
		}
	}

	private lockFor(customerId: string, requestedAt: number, now: () => number): CustomerLock {
		const { until = 0, isDoubt = false, created } = this.handovers.get(customerId) ?? {};
		return {
			requestedAt,
			releasedAt: Infinity,
			doubtUntil: isDoubt ? until : 0,
			createdBefore: { ids: created ?? new Set(), until },
			noteDoubt: () => this.handOver(customerId, now(), true, []),
			noteCreated: (ids) => this.handOver(customerId, now(), false, ids),
			noteDeleted: (id) => this.handovers.get(customerId)?.created.delete(id),
		};
	}

	private handOver(customerId: string, now: number, isDoubt: boolean, ids: Iterable<string>): void {
		const before = this.handovers.get(customerId);
		const isOver = !before || before.until <= now;
		// Anew at the end: a Map keeps its order, so those that are over come first.
		this.handovers.delete(customerId);
		this.handovers.set(customerId, {
			until: now + LATE_EFFECT_MS,
			isDoubt: isDoubt || (!isOver && before.isDoubt),
			created: new Set([...(isOver ? [] : before.created), ...ids]),
		});
		for (const [id, { until }] of this.handovers) {
			if (until > now) break;
			this.handovers.delete(id);
		}
	}
}
