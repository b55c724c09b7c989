import type { DeduplicationHelperFunctions } from 'n8n-workflow';
import type { Clock } from '../http/clock';
import { setNewest } from '../lists';

type Helpers = Pick<DeduplicationHelperFunctions, 'checkProcessedAndRecord' | 'removeProcessed'>;

/** More keys than this are forgotten by n8n's database, the oldest first: one row, about 500 kB. */
const MOST_ENTRIES = 20_000;

/** More own entries than this are forgotten by the process, the oldest first. */
const MOST_OWN = 100_000;

/** How long n8n's database may take for one call, in milliseconds; a slower one is left alone for the rest of the run. */
const LONGEST_CALL_MS = 3000;

/**
 * How many times as long as a call took n8n is left alone after it, and the longest rest in milliseconds: n8n reads and
 * writes the whole row, 20 ms of its one thread where the row is full. What is asked for meanwhile shares the next call.
 */
const REST = 4;
const LONGEST_REST_MS = 500;

const OPTIONS = { mode: 'entries', maxEntries: MOST_ENTRIES } as const;

/** What n8n keeps a hash of: a create or a validation, and when it was sent. */
type Key = string;

/** How long a key is looked at, in milliseconds: one to two of these. */
const PERIOD_MS = {
	/** A validation in doubt. */
	day: 24 * 60 * 60 * 1000,
	/** A create: longer than lists can lag. */
	quarter: 15 * 60 * 1000,
};

export type Period = keyof typeof PERIOD_MS;

/** The number of a period at a time in milliseconds since the epoch. */
const periodAt = (period: Period, now: number) => Math.floor(now / PERIOD_MS[period]);

/** The keys under which something that is sent in this period, or in the one before, is recorded. */
const keysOf = (entry: string, current: number): Key[] => [
	`${entry} ${current}`,
	`${entry} ${current - 1}`,
];

/** What a process has recorded. */
export class OwnRecord {
	/** The period in which it has recorded each of its entries last. */
	readonly periods = new Map<string, number>();

	/** Ends with the last call: n8n's helpers read a row and write it back, so one call follows the other. */
	last: Promise<unknown> = Promise.resolve();

	/** Until when no call is made, in milliseconds since the epoch. */
	restsUntil = 0;
}

/** Keys to be recorded, or forgotten. */
interface Waiting {
	keys: Key[];
	isForgotten: boolean;
	/** @param recorded - those of all keys in the call that were recorded before */
	done(recorded: Set<Key>): void;
}

/**
 * What other n8n processes have sent, by n8n's de-duplication helpers: a row of hashes in n8n's database for each node,
 * which main and all workers share. n8n reads and writes it without a lock: what two workers send at the same moment
 * goes unseen. It never makes a run fail: without it, the node goes on with the memory of its own process.
 */
export class SharedRecord {
	/** Who waits for the next call, and for what. */
	private readonly waiting: Waiting[] = [];

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
		private readonly clock: Clock,
		private readonly onTrouble: () => void,
	) {}

	/**
	 * Records what is about to be sent. What is not sent, as another process has recorded it, is taken out again: a run that
	 * only meets it must not keep it from ending.
	 *
	 * @param whats - what is sent, in words of which n8n keeps a hash
	 * @param sendsAnyway - whether it is sent also where another process has recorded it
	 * @returns what another process has recorded before, and from when on that no longer counts, in milliseconds since the
	 * epoch
	 */
	async claim(
		whats: readonly string[],
		period: Period,
		sendsAnyway = false,
	): Promise<Map<string, number>> {
		const current = periodAt(period, this.clock.now());
		const { periods } = this.own;
		const keysBy = whats.map((what) => {
			const entry = this.entryOf(what, period);
			const own = periods.get(entry) ?? -Infinity;
			return { what, entry, keys: keysOf(entry, current).slice(0, Math.max(0, current - own)) };
		});
		const recorded = await this.ask(keysBy.flatMap(({ keys }) => keys));
		const foreign = new Map<string, number>();
		const unsent: Key[] = [];
		for (const { what, entry, keys } of keysBy) {
			const latest = keys.findIndex((key) => recorded.has(key));
			if (latest < 0) {
				if (keys.length > 0) setNewest(periods, entry, current, MOST_OWN);
			} else {
				foreign.set(what, (current - latest + 2) * PERIOD_MS[period]);
				unsent.push(...keys.filter((key) => !recorded.has(key)));
			}
		}
		if (!sendsAnyway) await this.ask(unsent, true);
		return foreign;
	}

	/**
	 * Records that something is done once in an execution of a workflow.
	 *
	 * @returns whether it was recorded before, by whichever process
	 */
	async isRepeated(what: string): Promise<boolean> {
		return (await this.ask([`${this.scope} ${what}`])).size > 0;
	}

	/** Forgets what this process has recorded, and is known to have had no effect. */
	async release(what: string, period: Period): Promise<void> {
		const entry = this.entryOf(what, period);
		const own = this.own.periods.get(entry);
		if (own === undefined) return;
		this.own.periods.delete(entry);
		await this.ask(keysOf(entry, own), true);
	}

	private entryOf(what: string, period: Period): string {
		return `${this.scope} ${what} ${period}`;
	}

	/** Records keys, or forgets them, and gives those that were recorded before; who asks meanwhile shares the next call. */
	private async ask(keys: Key[], isForgotten = false): Promise<Set<Key>> {
		if (!this.helpers || keys.length === 0) return new Set();
		return await new Promise((done) => {
			this.waiting.push({ keys, isForgotten, done });
			if (this.waiting.length === 1) this.callNext();
		});
	}

	/** Makes one call for all who wait by then: after the one before it, and after a rest. */
	private callNext(): void {
		const { own, clock } = this;
		const { last } = own;
		const call = async () => {
			await last;
			const rest = own.restsUntil - clock.now();
			if (rest > 0) await clock.pause(rest);
			const all = this.waiting.splice(0);
			const begun = clock.now();
			const recorded = await this.callFor(all);
			const ended = clock.now();
			own.restsUntil = ended + Math.min(LONGEST_REST_MS, REST * (ended - begun));
			for (const { done } of all) done(recorded);
		};
		own.last = call();
	}

	/** Forgets first: what had no effect may be asked for again. No call is made any more once one was in vain. */
	private async callFor(all: readonly Waiting[]): Promise<Set<Key>> {
		const { helpers } = this;
		if (!helpers) return new Set();
		const keysOfAll = (isForgotten: boolean) => [
			...new Set(all.flatMap((one) => (one.isForgotten === isForgotten ? one.keys : []))),
		];
		const [forgotten, asked] = [keysOfAll(true), keysOfAll(false)];
		const work = async () => {
			if (forgotten.length > 0) await helpers.removeProcessed(forgotten, 'node', OPTIONS);
			if (asked.length === 0) return [];
			return (await helpers.checkProcessedAndRecord(asked, 'node', OPTIONS)).processed;
		};
		const result = await withinTime(work());
		if (result) return new Set(result.value.map(String));
		this.helpers = undefined;
		this.onTrouble();
		return new Set();
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
