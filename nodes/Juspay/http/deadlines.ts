import { sleep } from 'n8n-workflow';

/** A request under way. */
export interface Deadline {
	/** Ends the request, when its time is over or the workflow is stopped. */
	readonly signal: AbortSignal;
	/** True once its time is over. */
	readonly isOver: boolean;
}

/** How often the deadlines are looked at, in milliseconds; a request may take so much longer. */
const TICK = 250;

class Entry implements Deadline {
	private readonly controller = new AbortController();

	isOver = false;

	constructor(readonly at: number) {}

	get signal(): AbortSignal {
		return this.controller.signal;
	}

	stop(): void {
		this.controller.abort();
	}

	expire(): void {
		this.isOver = true;
		this.controller.abort();
	}
}

/**
 * Gives each request the same time, and ends all of them when the workflow is stopped. One clock for all that are under
 * way, and none while there are none: n8n's `sleep` can't be called off, so one for each request would pile up, and each
 * would keep a process alive for as long as the request might have taken.
 */
export class Deadlines {
	/** In the order in which they end, as all have the same time. */
	private readonly underWay = new Set<Entry>();

	private isTicking = false;

	private readonly stopAll = () => {
		for (const entry of this.underWay) entry.stop();
	};

	/**
	 * @param timeMs - what each request may take, in milliseconds
	 * @param cancelled - n8n's sign that the workflow was stopped
	 */
	constructor(
		private readonly timeMs: number,
		private readonly cancelled: AbortSignal | undefined,
	) {}

	/** A request starts. */
	start(): Deadline {
		const entry = new Entry(performance.now() + this.timeMs);
		// A run may be one of thousands in an execution: it listens only as long as there is something to end.
		if (this.underWay.size === 0) this.cancelled?.addEventListener('abort', this.stopAll);
		this.underWay.add(entry);
		if (this.cancelled?.aborted) entry.stop();
		if (!this.isTicking) void this.tick();
		return entry;
	}

	/** A request is over, one way or another. */
	end(deadline: Deadline): void {
		this.underWay.delete(deadline as Entry);
		if (this.underWay.size === 0) this.cancelled?.removeEventListener('abort', this.stopAll);
	}

	private async tick(): Promise<void> {
		this.isTicking = true;
		for (let next = this.next(); next; next = this.next()) {
			await sleep(Math.min(TICK, Math.max(1, next.at - performance.now())));
			const now = performance.now();
			for (const entry of this.underWay) {
				if (entry.at > now) break;
				if (!entry.isOver) entry.expire();
			}
		}
		this.isTicking = false;
	}

	/** The one whose time is over next; those whose time is over are as good as gone. */
	private next(): Entry | undefined {
		for (const entry of this.underWay) if (!entry.isOver) return entry;
		return undefined;
	}
}
