import { identity, POOL } from './accounts';
import type { Account, Answer, Call } from './adapter';
import { answerToCreate, marked, nothing, notFound, page, shown } from './dialect';
import type { Spoken } from './dialect';
import {
	accepted,
	answered,
	errorEntry,
	isAcceptance,
	neverAnEffect,
	pageOfAProxy,
	spoiltList,
	tooMany,
	unreadable,
	vague,
} from './faults';
import type { Execution } from './play';
import type { Climate, Dialect, Fate, World } from './scenario';
import {
	DOUBTS,
	LATEST_ACCEPTED_MS,
	LATEST_DELETE_MS,
	LATEST_VALIDATION_MS,
	PATIENCE_MS,
	STALE_MS,
	TIMEOUT_MS,
	WELL,
} from './scenario';
import type { Scheduler } from './scheduler';
import { isDeleted, stateAt, Truth } from './truth';
import type { Kept, Sent } from './truth';
import { read } from '../wire';
import type { Asked, AskedOfAccount, AskedOfCustomer } from '../wire';

/** More requests than any execution needs. */
const MOST_REQUESTS = 600;

/** The customer whose ID is the first one's in other letters, where letters matter. */
const OTHER_LETTERS = 2;

/** How long a list still shows a deleted account as it was, where it does, in milliseconds. */
const UNMARKED_MS = 300_000;

/** All goes well. */
const CALM: Fate = { kind: 'well', effect: 'now', lateness: 0, latency: 20, twist: 0 };

/** One line of the story, kept as it is until somebody asks for it. */
export interface Told {
	at: number;
	/** Which request of the world it is. */
	order: number;
	by: Execution;
	asked: Asked;
	fate: Fate;
	answer?: Answer;
	answeredAt?: number;
	/** One request a second was answered, and this was another one. */
	isTooSoon?: boolean;
	/** Which accounts a list has shown, where its reader got it whole, and when that was. */
	listed?: ReadonlySet<string>;
	listedAt?: number;
	/** Which accounts it shows, where it is a page of a list, whether or not its reader got the others. */
	shown?: ReadonlySet<string>;
	/** Which accounts a page of a list without pages shows: its reader asks for another one, which shows nothing more. */
	page?: ReadonlySet<string>;
	/** What it made, paid for or deleted, and when. */
	effects: Array<{ at: number; what: 'made' | 'paid for' | 'deleted'; id: string }>;
}

/** An effect that comes apart from the answer. */
interface Planned {
	at: number;
	/** Undefined once it has happened. */
	effect?: () => void;
}

/** A Juspay with two customers, in memory, to which anything can happen. Keeps the truth. */
export class SmallWorld {
	readonly truth: Truth;

	readonly story: Told[] = [];

	private readonly fates: Fate[];

	/** How long the effect of a lost create takes at most: what a stale list doesn't show counts as not there. */
	private readonly patience: number;

	private dialect: Dialect;

	private climate: Climate;

	/** By customer as named and page: the list that is shown for a while. */
	private readonly cache = new Map<
		string,
		{ until: number; said: Spoken } & Pick<Told, 'listed' | 'page' | 'shown'>
	>();

	/** Every effect that is still to come. */
	private readonly coming = new Set<Planned>();

	private lists = 0;

	private answeredLast = -Infinity;

	constructor(
		private readonly world: World,
		private readonly scheduler: Scheduler,
	) {
		const { dialect, climate, courses, there, fates } = world;
		this.dialect = dialect;
		this.climate = climate;
		this.truth = new Truth(
			(count) =>
				dialect.numericIds
					? String(7001 + count)
					: `banh_${'abcdefghijklmnopqrstuvwxyz'[count % 26]}${count}`,
			courses,
		);
		for (const { customer, account, status } of there) {
			this.truth.there(customer, POOL[account] as Account, status);
		}
		this.fates = [...fates];
		const isStale = fates.some(({ kind }) => kind === 'stale');
		this.patience = PATIENCE_MS - (isStale ? STALE_MS : 0) - 1;
	}

	/** The name by which executions call a customer. */
	static customerId(customer: number, name: number): string {
		const id = `merchant-customer-${customer}`;
		if (name === 1) return `cst_${customer}`;
		return name === 2 ? id.toUpperCase() : id;
	}

	/** Which customer a name is. */
	customerOf(customerId: string): number {
		const isOther = this.world.climate.caseMatters && /^[A-Z]/.test(customerId);
		return Number(customerId.at(-1)) + (isOther ? OTHER_LETTERS : 0);
	}

	/** From now on all goes well: what was to come has come or never will, and lists are current and whole. */
	heal(): void {
		this.fates.length = 0;
		this.cache.clear();
		for (const planned of [...this.coming]) {
			planned.at = this.scheduler.now();
			if (this.world.seed % 2) this.happen(planned);
			delete planned.effect;
		}
		this.coming.clear();
		const { mark, caseMatters, oneASecond } = this.climate;
		this.climate = { ...WELL, mark, caseMatters, oneASecond };
		this.dialect = { ...this.dialect, blind: false };
	}

	/**
	 * Answers one request of an execution, at some time.
	 *
	 * @param onHandOver - called once the request is on its way: nothing takes it back
	 */
	async send(by: Execution, call: Call, onHandOver?: () => void): Promise<Answer> {
		if (++by.requests > MOST_REQUESTS) throw new RangeError('It never ends');
		if (by.cancelledAt !== undefined) by.sentAfterCancel++;
		if (this.world.handsOverIn > 0) {
			await this.untilHandedOver(by);
			if (by.cancelledAt !== undefined) return { kind: 'stopped', sent: false };
		}
		onHandOver?.();
		// Every customer is there; nothing is at stake in asking for one.
		if (/^\/customers\/[^/]+$/.test(call.path)) {
			return answered(200, { object: 'customer', id: 'cst_there' });
		}
		const now = this.scheduler.now();
		const asked = read(call);
		const isTooSoon = this.climate.oneASecond !== undefined && now - this.answeredLast < 1000;
		const fate = isTooSoon ? CALM : (this.fates.shift() ?? CALM);
		const { length: order } = this.story;
		const told: Told = { at: now, order, by, asked, fate, effects: [] };
		const sent: Sent = { by, at: now, order };
		this.story.push(told);
		return await new Promise<Answer>((resolve) => {
			const end = (answer: Answer) => {
				by.inFlight.delete(breakOff);
				told.answer ??= answer;
				told.answeredAt ??= this.scheduler.now();
				this.readOn(told);
				resolve(told.answer);
			};
			const breakOff = () => end({ kind: 'stopped', sent: true });
			// What changes something goes on: its answer still comes.
			if (asked.to === 'list' || asked.to === 'get') by.inFlight.add(breakOff);
			if (isTooSoon) {
				told.isTooSoon = true;
				const { oneASecond = 'silent' } = this.climate;
				this.scheduler.at(now + 50, () => end(tooMany(oneASecond)));
				return;
			}
			this.answeredLast = now;
			this.meet(told, sent, end);
		});
	}

	/** Waits until a request is handed over, or its execution is stopped before. */
	private async untilHandedOver({ inFlight }: Execution): Promise<void> {
		await new Promise<void>((resolve) => {
			const end = () => {
				inFlight.delete(end);
				resolve();
			};
			inFlight.add(end);
			this.scheduler.at(this.scheduler.now() + this.world.handsOverIn, end);
		});
	}

	private plan(at: number, effect: () => void): void {
		const planned: Planned = { at, effect };
		this.coming.add(planned);
		this.scheduler.at(at, () => this.happen(planned));
	}

	private happen(planned: Planned): void {
		const { effect } = planned;
		delete planned.effect;
		this.coming.delete(planned);
		effect?.();
	}

	/** Plans what becomes of a request: when it takes effect, and when it is answered with what. */
	private meet(told: Told, sent: Sent, end: (answer: Answer) => void): void {
		const { fate, asked } = told;
		const length = 50 + 15 * fate.latency + (fate.kind === 'slow' ? 6000 : 0);
		const arrives = sent.at + length / 2;
		const ends = sent.at + (fate.kind === 'timeout' ? TIMEOUT_MS : length);
		if (DOUBTS.has(fate.kind)) {
			this.meetInDoubt(told, sent, arrives, ends);
			this.scheduler.at(ends, () => end(this.vague(told)));
			return;
		}
		const never = neverAnEffect(fate, asked);
		if (never) {
			const partial = fate.kind === 'refused' && fate.effect !== 'none';
			if (partial && asked.to === 'create' && asked.accounts.length > 1) {
				const partly = { ...sent, refused: true };
				this.plan(arrives, () => this.makeSome(told, partly, asked.accounts.slice(0, 1)));
			}
			this.scheduler.at(ends, () => end(never));
			return;
		}
		this.scheduler.at(arrives, () => {
			const answer = this.perform(told, sent);
			this.scheduler.at(ends, () => end(answer));
		});
	}

	private meetInDoubt(told: Told, sent: Sent, arrives: number, ends: number): void {
		const { fate, asked } = told;
		if (fate.effect === 'none' || asked.to === 'list' || asked.to === 'get') return;
		const longest = this.longestOf(told);
		const at =
			fate.effect === 'now'
				? arrives
				: arrives + (fate.lateness / 100) * (ends - arrives + longest);
		const accepted = isAcceptance(fate);
		this.plan(at, () => this.perform(told, { ...sent, vague: true, accepted }));
	}

	/** How late the effect may come of a request of which nobody knows. */
	private longestOf({ asked, fate }: Told): number {
		if (asked.to === 'validate') return LATEST_VALIDATION_MS;
		return asked.to === 'create' && isAcceptance(fate) ? LATEST_ACCEPTED_MS : this.patience;
	}

	/** The answer to a request of which nobody knows what became. */
	private vague({ fate, asked, by }: Told): Answer {
		// Before it has shown accounts, an empty list is no doubt but a lie, which nobody can see through.
		const mayBeEmpty = asked.to !== 'list' || by.hasSeen.has(asked.customerId);
		if (fate.kind === 'accepted' && asked.to !== 'list' && asked.to !== 'get')
			return accepted(fate);
		if (fate.kind !== 'unreadable') return vague(fate);
		return mayBeEmpty ? unreadable(fate, this.another(asked)) : pageOfAProxy();
	}

	/** An answer about another account than the one that was asked for, where there is one. */
	private another(asked: Asked): unknown {
		const other = 'id' in asked && this.truth.kept.find(({ id }) => id !== asked.id);
		return other ? shown(other, this.scheduler.now(), asked.customerId, this.dialect) : undefined;
	}

	/** Does what a request asks for, now. */
	private perform(told: Told, sent: Sent): Answer {
		const { asked } = told;
		const said =
			'id' in asked ? this.ofAccount(told, asked, sent) : this.ofCustomer(told, asked, sent);
		return answered(said.status, said.body, {}, said.isEmpty);
	}

	private ofCustomer(told: Told, asked: AskedOfCustomer, sent: Sent): Spoken {
		return asked.to === 'list' ? this.list(told, asked) : this.create(told, asked, sent);
	}

	private ofAccount(told: Told, asked: AskedOfAccount, sent: Sent): Spoken {
		if (asked.to === 'get') return this.get(told, asked);
		return asked.to === 'validate' ? this.validate(told, asked, sent) : this.delete(told, asked);
	}

	/** The time of which an answer tells, however late lists or Get are besides. */
	private timeShown({ fate }: Told): number {
		const now = this.scheduler.now();
		return fate.kind === 'stale' ? now - (fate.lateness / 100) * STALE_MS : now;
	}

	private list(told: Told, asked: AskedOfCustomer): Spoken {
		const { cachedFor } = this.climate;
		const key = `${asked.customerId} ${asked.offset}`;
		const kept = this.cache.get(key);
		const now = this.scheduler.now();
		if (kept && kept.until > now) {
			const { said, listed, page, shown: shownThen } = kept;
			Object.assign(told, { listed, page, shown: shownThen });
			return structuredClone(said);
		}
		const said = this.listNow(told, asked);
		if (cachedFor > 0) {
			const { listed, page, shown: shownNow } = told;
			const until = now + cachedFor;
			this.cache.set(key, { until, said: structuredClone(said), listed, page, shown: shownNow });
		}
		return said;
	}

	private listNow(told: Told, asked: AskedOfCustomer): Spoken {
		const { dialect, climate } = this;
		const { listLag, otherReplica, statusLag } = climate;
		const customer = this.customerOf(asked.customerId);
		const lag = otherReplica !== undefined && this.lists++ % 2 ? otherReplica : listLag;
		const time = this.timeShown(told) - lag;
		const statusTime = this.timeShown(told) - statusLag;
		const visible = dialect.blind ? [] : this.truth.of(customer, time);
		const entries = visible.flatMap((kept) => this.entryOf(kept, asked, statusTime, time));
		if (entries.length === 0) {
			// Of a further page nothing only says that it is none.
			if (asked.offset === 0) told.listed = new Set();
			else told.page = new Set();
			return nothing(dialect);
		}
		const ids = new Set(entries.map(({ id }) => String(id)));
		const isBare = dialect.list === 'bare';
		told.shown = isBare
			? ids
			: new Set([...ids].slice(asked.offset, asked.offset + dialect.pageSize));
		const isWhole = told.fate.kind !== 'errorEntry' && (isBare || told.fate.kind !== 'half');
		const isLast = isBare || asked.offset + dialect.pageSize >= entries.length;
		if (isWhole && isLast) {
			told.by.hasSeen.add(asked.customerId);
			// Of several pages the last one; what is asked for beyond the end shows nothing more.
			if (isBare) told.page = ids;
			else if (asked.offset < entries.length) told.listed = ids;
		}
		const body = page(entries, asked.offset, dialect);
		return { status: 200, body: spoiltList(body, told.fate, dialect) };
	}

	/** A list without pages is whole for who asked once its next page shows nothing more. */
	private readOn(told: Told): void {
		const { asked, by, answer, answeredAt } = told;
		if (asked.to !== 'list' || this.dialect.list !== 'bare' || asked.offset === 0) return;
		const firsts = this.story.filter(
			(other) =>
				other.by === by &&
				other.asked.to === 'list' &&
				other.asked.customerId === asked.customerId &&
				other.asked.offset === 0,
		);
		const first = firsts.at(-1);
		const shown = answer?.kind === 'answered' ? (told.page ?? nothingBeyond(answer)) : undefined;
		if (!first?.page || first.listed || !shown) return;
		const all = new Set([...first.page, ...shown]);
		const isMore = all.size > first.page.size;
		first.page = all;
		if (!isMore) Object.assign(first, { listed: all, listedAt: answeredAt });
	}

	/** An account as a list shows it, where it does. */
	private entryOf(
		kept: Kept,
		asked: AskedOfCustomer,
		statusTime: number,
		time: number,
	): Array<Record<string, unknown>> {
		const { shows, deleted } = this.climate;
		const entry = shown(kept, Math.max(statusTime, kept.madeAt), asked.customerId, this.dialect);
		const status = stateAt(kept, statusTime)?.status ?? 'CREATED';
		const isHidden = shows === 'active' ? status !== 'ACTIVE' : status === 'FAILURE';
		if (shows !== 'all' && isHidden) return [];
		if (!isDeleted(kept, time)) return [entry];
		if (deleted === 'gone') return [];
		if (deleted === 'marked') return [marked(entry, this.climate)];
		return isDeleted(kept, time - UNMARKED_MS) ? [] : [entry];
	}

	private get(told: Told, asked: AskedOfAccount): Spoken {
		const customer = this.customerOf(asked.customerId);
		const { getLag, listLag, getsDeleted } = this.climate;
		const time = this.timeShown(told) - Math.min(getLag, listLag);
		const kept = this.truth.of(customer, time).find(({ id }) => id === asked.id);
		if (!kept) return notFound();
		const entry = shown(kept, time, asked.customerId, this.dialect);
		if (!isDeleted(kept, time)) return { status: 200, body: entry };
		return getsDeleted === 'marked'
			? { status: 200, body: marked(entry, this.climate) }
			: notFound();
	}

	private delete(told: Told, asked: AskedOfAccount): Spoken {
		const now = this.scheduler.now();
		const customer = this.customerOf(asked.customerId);
		const kept = this.truth.of(customer, now).find(({ id }) => id === asked.id);
		if (!kept || isDeleted(kept, now)) return notFound();
		const { deleteSays: status } = this.climate;
		const remove = () => {
			kept.deletedAt ??= this.scheduler.now();
			told.effects.push({ at: this.scheduler.now(), what: 'deleted', id: kept.id });
		};
		if (status === 'PENDING')
			this.plan(now + (told.fate.lateness / 100) * LATEST_DELETE_MS, remove);
		else remove();
		return {
			status: 200,
			body: { status, id: this.dialect.numericIds ? Number(kept.id) : kept.id },
		};
	}

	private create(told: Told, asked: AskedOfCustomer, sent: Sent): Spoken {
		const { dialect } = this;
		const { accounts } = asked;
		const bad = accounts.findIndex((account) => this.refuses(account, this.world.refuses));
		if (bad >= 0) {
			const partly = { ...sent, refused: true };
			if (told.fate.twist % 2) this.makeSome(told, partly, accounts.slice(0, bad));
			return {
				status: 400,
				body: { error_info: { code: 'INVALID_ACCOUNT_DETAILS', user_message: 'Invalid details' } },
			};
		}
		const { kind, twist } = told.fate;
		const leftOut = kind === 'errorEntry' ? twist % accounts.length : -1;
		const kept = this.makeSome(
			told,
			sent,
			accounts.filter((_, index) => index !== leftOut),
		);
		let entries = kept.map((one) =>
			shown(one, this.scheduler.now(), asked.customerId, dialect, true),
		);
		if (leftOut >= 0) {
			entries.splice(leftOut, 0, this.leaveOut(told, sent, accounts[leftOut] as Account));
		}
		if (kind === 'half') {
			const half = Math.floor(entries.length / 2);
			for (const { sent: its } of kept.slice(half)) its.accepted = true;
			entries = entries.slice(0, half);
		}
		if (kind === 'shuffled') entries.reverse();
		return { status: 200, body: answerToCreate(entries, dialect) };
	}

	/** An error in the place of an account, which may be made later where the error proves nothing. */
	private leaveOut(told: Told, sent: Sent, account: Account): Record<string, unknown> {
		const { twist, effect, lateness } = told.fate;
		if (twist % 2) return errorEntry();
		if (effect !== 'none') {
			const at = this.scheduler.now() + (lateness / 100) * this.patience;
			this.plan(at, () => this.makeSome(told, { ...sent, vague: true }, [account]));
		}
		return errorEntry(twist % 4 ? 'NETWORK_ERROR' : 'DUPLICATE_REQUEST');
	}

	private makeSome(told: Told, sent: Sent, accounts: readonly Account[]): Kept[] {
		const { asked } = told;
		const now = this.scheduler.now();
		const customer = this.customerOf(asked.customerId);
		const accepted = accounts.filter((account) => !this.refuses(account, this.world.refuses));
		return accepted.map((account) => {
			const kept = this.truth.make(customer, account, { ...sent }, now);
			told.effects.push({ at: now, what: 'made', id: kept.id });
			if (asked.to === 'create' && asked.validate) this.pay(told, kept, sent);
			return kept;
		});
	}

	private validate(told: Told, asked: AskedOfAccount, sent: Sent): Spoken {
		const customer = this.customerOf(asked.customerId);
		const now = this.scheduler.now();
		const kept = this.truth.of(customer, now).find(({ id }) => id === asked.id);
		if (!kept || isDeleted(kept, now)) return notFound();
		if (this.refuses(kept.account, this.world.refusesToValidate)) {
			return { status: 400, body: { error_info: { code: 'INVALID_INPUT', user_message: 'No' } } };
		}
		this.pay(told, kept, sent);
		return { status: 200, body: shown(kept, now, asked.customerId, this.dialect) };
	}

	private pay(told: Told, kept: Kept, sent: Sent): void {
		const now = this.scheduler.now();
		this.truth.pay(kept, sent, now);
		told.effects.push({ at: now, what: 'paid for', id: kept.id });
	}

	private refuses(account: Account, which: readonly number[]): boolean {
		return which.some((index) => identity(POOL[index] as Account) === identity(account));
	}
}

/** What is on a page of which an answer says that there is no such page; undefined where it says something else. */
function nothingBeyond({ status, body }: Answer & { kind: 'answered' }): Set<string> | undefined {
	if ([204, 400, 404].includes(status)) return new Set();
	const isNothing = body === null || ['{}', '[]'].includes(JSON.stringify(body));
	return status === 200 && isNothing ? new Set() : undefined;
}
