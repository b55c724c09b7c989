import type { DeduplicationHelperFunctions } from 'n8n-workflow';
import { setNewest } from '../lists';

type Helpers = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** More keys than this are forgotten by n8n's database, the oldest first: one row, about 500 kB. */
const MOST_ENTRIES = 20_000;

/** More own keys than this are forgotten by the process, the oldest first. */
const MOST_OWN = 200_000;

/** How long n8n's database may take for one call, in milliseconds; a slower one is left alone for the rest of the run. */
const LONGEST_CALL_MS = 3000;

const OPTIONS = { mode: 'entries', maxEntries: MOST_ENTRIES } as const;

/** A create or a validation that may be recorded, in words that n8n keeps as a hash. */
export type Key = string;

/** How long a key is looked at, in milliseconds: one to two of these. */
const PERIOD_MS = {
	/** A validation in doubt. */
	day: 24 * 60 * 60 * 1000,
	/** A create: longer than lists can lag. */
	quarter: 15 * 60 * 1000,
};

export type Period = keyof typeof PERIOD_MS;

/** The keys under which something that is sent now, or was sent a while ago, is recorded. */
function keysOf(what: string, period: Period, now: number): Key[] {
	const current = Math.floor(now / PERIOD_MS[period]);
	return [`${what} ${period} ${current}`, `${what} ${period} ${current - 1}`];
}

/** When something that is recorded now is certainly no longer looked at, in milliseconds since the epoch. */
export function endOf(period: Period, now: number): number {
	return (Math.floor(now / PERIOD_MS[period]) + 2) * PERIOD_MS[period];
}

/** What a process has recorded. */
export class OwnRecord {
	/** The keys that it has recorded. */
	readonly keys = new Map<Key, true>();

	/** Ends with the last call: n8n's helpers read a row and write it back, so one call follows the other. */
	last: Promise<unknown> = Promise.resolve();
}

/**
 * What other n8n processes have sent, by n8n's de-duplication helpers: a row of hashes in n8n's database for each node,
 * which main and all workers share. n8n reads and writes it without a lock: what two workers send at the same moment
 * goes unseen. It never makes a run fail: without it, the node goes on with the memory of its own process.
 */
export class SharedRecord {
	/** Keys that wait for the next call, and who waits for them. */
	private waiting: Array<{ keys: Key[]; done: (recorded: Set<Key>) => void }> = [];

	/**
	 * @param helpers - n8n's, of the node that runs; undefined where n8n has none
	 * @param own - what this process has recorded
	 * @param scope - the node and the host: the same for what is one and the same
	 * @param onTrouble - called once, where n8n's helpers can't be used
	 */
	constructor(
		private helpers: Helpers | undefined,
		private readonly own: OwnRecord,
		private readonly scope: string,
		private readonly onTrouble: () => void,
	) {}

	/**
	 * Records what is about to be sent.
	 *
	 * @param whats - what is sent, in words of which n8n keeps a hash
	 * @param now - milliseconds since the epoch
	 * @returns those that another process has recorded before
	 */
	async claim(whats: readonly string[], period: Period, now: number): Promise<Set<string>> {
		const keysBy = new Map(whats.map((what) => [what, this.keysOf(what, period, now)]));
		const unknown = [...keysBy].filter(([, keys]) => !keys.some((key) => this.own.keys.has(key)));
		const keys = unknown.flatMap(([, its]) => its);
		const recorded = await this.check(keys);
		const foreign = unknown.filter(([, its]) => its.some((key) => recorded.has(key)));
		const others = new Set(foreign.map(([what]) => what));
		for (const [what, its] of unknown) if (!others.has(what)) this.remember(its);
		return others;
	}

	/**
	 * Records that something is done once in an execution of a workflow.
	 *
	 * @returns whether it was recorded before, by whichever process
	 */
	async isRepeated(what: string): Promise<boolean> {
		return (await this.check([`${this.scope} ${what}`])).size > 0;
	}

	/** Forgets what is known to have had no effect. */
	async release(whats: readonly string[], period: Period, now: number): Promise<void> {
		const keys = whats.flatMap((what) => this.keysOf(what, period, now));
		for (const key of keys) this.own.keys.delete(key);
		if (keys.length === 0) return;
		await this.inTurn(async (helpers) => await helpers.removeProcessed(keys, 'node', OPTIONS));
	}

	private keysOf(what: string, period: Period, now: number): Key[] {
		return keysOf(`${this.scope} ${what}`, period, now);
	}

	private remember(keys: readonly Key[]): void {
		for (const key of keys) setNewest(this.own.keys, key, true, MOST_OWN);
	}

	/** Records keys and gives those that were recorded before; what is asked for meanwhile shares the next call. */
	private async check(keys: Key[]): Promise<Set<Key>> {
		if (!this.helpers || keys.length === 0) return new Set();
		return await new Promise((done) => {
			this.waiting.push({ keys, done });
			if (this.waiting.length === 1) void this.checkAll();
		});
	}

	private async checkAll(): Promise<void> {
		let all: typeof this.waiting = [];
		const checked = await this.inTurn(async (helpers) => {
			all = this.waiting;
			this.waiting = [];
			const keys = [...new Set(all.flatMap((one) => one.keys))];
			return await helpers.checkProcessedAndRecord(keys, 'node', OPTIONS);
		});
		if (all.length === 0) {
			all = this.waiting;
			this.waiting = [];
		}
		const recorded = new Set((checked?.processed ?? []).map(String));
		for (const { done } of all) done(recorded);
	}

	/** Calls n8n's helpers, one call after the other; none any more once one has thrown or takes too long. */
	private async inTurn<T>(work: (helpers: Helpers) => Promise<T>): Promise<T | undefined> {
		const { last } = this.own;
		const call = async () => {
			await last;
			const { helpers } = this;
			if (!helpers) return undefined;
			const result = await withinTime(work(helpers));
			if (result) return result.value;
			this.helpers = undefined;
			this.onTrouble();
			return undefined;
		};
		const result = call();
		this.own.last = result;
		return await result;
	}
}

/** What comes of a call; undefined where it throws or takes too long. */
async function withinTime<T>(call: Promise<T>): Promise<{ value: T } | undefined> {
	const time = AbortSignal.timeout(LONGEST_CALL_MS);
	return await new Promise((resolve) => {
		const end = () => resolve(undefined);
		time.addEventListener('abort', end, { once: true });
		call
			.then((value) => resolve({ value }), end)
			.finally(() => time.removeEventListener('abort', end));
	});
}
