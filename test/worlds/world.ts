import { identity, POOL } from './accounts';
import type { Account, Answer, Call } from './adapter';
import { answerToCreate, nothing, notFound, page, shown } from './dialect';
import type { Spoken } from './dialect';
import {
	answered,
	errorEntry,
	neverAnEffect,
	pageOfAProxy,
	spoiltList,
	unreadable,
	vague,
} from './faults';
import type { Execution } from './play';
import type { Fate, World } from './scenario';
import {
	DOUBTS,
	LATEST_VALIDATION_MS,
	PATIENCE_MS,
	STALE_ACROSS_TURNS,
	STALE_MS,
	TIMEOUT_MS,
} from './scenario';
import type { Scheduler } from './scheduler';
import { Truth } from './truth';
import type { Kept, Sent } from './truth';
import { read } from '../wire';
import type { Asked, AskedOfAccount, AskedOfCustomer } from '../wire';

/** More requests than any execution needs. */
export const MOST_REQUESTS = 400;

/** All goes well. */
const CALM: Fate = { kind: 'well', effect: 'now', lateness: 0, latency: 20, twist: 0 };

/** One line of the story, kept as it is until somebody asks for it. */
export interface Told {
	at: number;
	by: Execution;
	asked: Asked;
	fate: Fate;
	answer?: Answer;
	answeredAt?: number;
	planned?: Planned;
	/** What it made or paid for, and when. */
	effects: Array<{ at: number; what: string; id: string }>;
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

	/** For each customer, the account that was made last. */
	private readonly lastMade = new Map<number, Kept>();

	constructor(
		private readonly world: World,
		private readonly scheduler: Scheduler,
	) {
		const { dialect, courses, there, fates } = world;
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
	static customerId(customer: number): string {
		return `merchant-customer-${customer}`;
	}

	/** Answers one request of an execution, at some time. */
	async send(by: Execution, call: Call): Promise<Answer> {
		if (++by.requests > MOST_REQUESTS) throw new RangeError('It never ends');
		if (by.cancelledAt !== undefined) by.sentAfterCancel++;
		// Both customers are there; nothing is at stake in asking for one.
		if (/^\/customers\/[^/]+$/.test(call.path)) {
			return answered(200, { object: 'customer', id: 'cst_there' });
		}
		const asked = read(call);
		const fate = this.fates.shift() ?? CALM;
		const now = this.scheduler.now();
		const told: Told = { at: now, by, asked, fate, effects: [] };
		const sent: Sent = { by, at: now, order: this.story.length };
		this.story.push(told);
		return await new Promise<Answer>((resolve) => {
			const end = (answer: Answer) => {
				by.inFlight.delete(breakOff);
				told.answer ??= answer;
				told.answeredAt ??= this.scheduler.now();
				resolve(told.answer);
			};
			const breakOff = () => {
				// What is lost now has its effect within the patience from now.
				this.hasten(told);
				if (this.world.breaksOff) end({ kind: 'stopped', sent: true });
			};
			by.inFlight.add(breakOff);
			this.meet(told, sent, end);
		});
	}

	/** Brings the effect of a create that is lost from now on within the patience. */
	private hasten({ asked, planned }: Told): void {
		const latest = this.scheduler.now() + this.patience;
		if (asked.to !== 'create' || !planned || planned.at <= latest) return;
		planned.at = latest;
		this.scheduler.at(latest, () => this.happen(planned));
	}

	private plan(told: Told, at: number, effect: () => void): void {
		const planned: Planned = { at, effect };
		told.planned = planned;
		this.scheduler.at(at, () => this.happen(planned));
	}

	private happen(planned: Planned): void {
		const { at, effect } = planned;
		if (at > this.scheduler.now()) return;
		delete planned.effect;
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
				this.plan(told, arrives, () => this.makeSome(told, partly, asked.accounts.slice(0, 1)));
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
		const longest = asked.to === 'create' ? this.patience : LATEST_VALIDATION_MS;
		const at =
			fate.effect === 'now'
				? arrives
				: arrives + (fate.lateness / 100) * (ends - arrives + longest);
		this.plan(told, at, () => this.perform(told, { ...sent, vague: true }));
	}

	/** The answer to a request of which nobody knows what became. */
	private vague({ fate, asked, by }: Told): Answer {
		// Before it has shown accounts, an empty list is no doubt but a lie, which nobody can see through.
		const mayBeEmpty = asked.to !== 'list' || by.hasSeen.has(asked.customerId);
		if (fate.kind !== 'unreadable') return vague(fate);
		return mayBeEmpty ? unreadable(fate, this.another(asked)) : pageOfAProxy();
	}

	/** An answer about another account than the one that was asked for, where there is one. */
	private another(asked: Asked): unknown {
		const other = 'id' in asked && this.truth.kept.find(({ id }) => id !== asked.id);
		return other
			? shown(other, this.scheduler.now(), asked.customerId, this.world.dialect)
			: undefined;
	}

	/** Does what a request asks for, now. */
	private perform(told: Told, sent: Sent): Answer {
		const { asked } = told;
		const said =
			'id' in asked ? this.ofAccount(told, asked, sent) : this.ofCustomer(told, asked, sent);
		return answered(said.status, said.body);
	}

	private ofCustomer(told: Told, asked: AskedOfCustomer, sent: Sent): Spoken {
		return asked.to === 'list' ? this.list(told, asked) : this.create(told, asked, sent);
	}

	private ofAccount(told: Told, asked: AskedOfAccount, sent: Sent): Spoken {
		return asked.to === 'get' ? this.get(told, asked) : this.validate(told, asked, sent);
	}

	private customerOf({ customerId }: Asked): number {
		return Number(customerId.at(-1));
	}

	/** The time of which an answer tells. */
	private timeShown({ fate, by }: Told, customer: number): number {
		const now = this.scheduler.now();
		if (fate.kind !== 'stale') return now;
		const time = now - (fate.lateness / 100) * STALE_MS;
		const last = this.lastMade.get(customer);
		return STALE_ACROSS_TURNS || !last || last.sent.by === by ? time : Math.max(time, last.madeAt);
	}

	private list(told: Told, asked: AskedOfCustomer): Spoken {
		const { dialect } = this.world;
		const customer = this.customerOf(asked);
		const time = this.timeShown(told, customer);
		const entries = (dialect.blind ? [] : this.truth.of(customer, time)).map((kept) =>
			shown(kept, time, asked.customerId, dialect),
		);
		if (entries.length === 0) return nothing(dialect);
		const isWhole = told.fate.kind !== 'half' && told.fate.kind !== 'errorEntry';
		const isLast = dialect.list === 'bare' || asked.offset + dialect.pageSize >= entries.length;
		if (isWhole && isLast) told.by.hasSeen.add(asked.customerId);
		const body = page(entries, asked.offset, dialect);
		return { status: 200, body: spoiltList(body, told.fate, dialect) };
	}

	private get(told: Told, asked: AskedOfAccount): Spoken {
		const customer = this.customerOf(asked);
		const time = this.timeShown(told, customer);
		const kept = this.truth.of(customer, time).find(({ id }) => id === asked.id);
		if (!kept) return notFound();
		return { status: 200, body: shown(kept, time, asked.customerId, this.world.dialect) };
	}

	private create(told: Told, asked: AskedOfCustomer, sent: Sent): Spoken {
		const { dialect } = this.world;
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
		if (leftOut >= 0) entries.splice(leftOut, 0, errorEntry());
		if (kind === 'half') entries = entries.slice(0, Math.floor(entries.length / 2));
		if (kind === 'shuffled') entries.reverse();
		return { status: 200, body: answerToCreate(entries, dialect) };
	}

	private makeSome(told: Told, sent: Sent, accounts: readonly Account[]): Kept[] {
		const { asked } = told;
		const now = this.scheduler.now();
		const customer = this.customerOf(asked);
		const accepted = accounts.filter((account) => !this.refuses(account, this.world.refuses));
		return accepted.map((account) => {
			const kept = this.truth.make(customer, account, sent, now);
			told.effects.push({ at: now, what: `made ${identity(account)}`, id: kept.id });
			this.lastMade.set(customer, kept);
			if (asked.to === 'create' && asked.validate) this.pay(told, kept, sent);
			return kept;
		});
	}

	private validate(told: Told, asked: AskedOfAccount, sent: Sent): Spoken {
		const customer = this.customerOf(asked);
		const now = this.scheduler.now();
		const kept = this.truth.of(customer, now).find(({ id }) => id === asked.id);
		if (!kept) return notFound();
		if (this.refuses(kept.account, this.world.refusesToValidate)) {
			return { status: 400, body: { error_info: { code: 'INVALID_INPUT', user_message: 'No' } } };
		}
		this.pay(told, kept, sent);
		return { status: 200, body: shown(kept, now, asked.customerId, this.world.dialect) };
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
