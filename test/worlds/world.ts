import { identity, POOL } from './accounts';
import type { Account, Answer, Call } from './adapter';
import { answerToCreate, nothing, notFound, page, shown } from './dialect';
import type { Spoken } from './dialect';
import type { Execution } from './play';
import type { Dialect, Fate, World } from './scenario';
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
import { read } from './wire';
import type { Asked, AskedOfAccount, AskedOfCustomer } from './wire';

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
	/** Identities that it made, or IDs that it paid for. */
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

	/** For each customer, when another execution's account was last made. */
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
		const never = this.neverAnEffect(told);
		if (never) {
			const partial = fate.kind === 'refused' && fate.effect !== 'none';
			if (partial && asked.to === 'create' && asked.accounts.length > 1) {
				this.plan(told, arrives, () => this.makeSome(told, sent, asked.accounts.slice(0, 1)));
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
		this.plan(told, at, () => this.perform(told, sent));
	}

	private neverAnEffect({ fate, asked }: Told): Answer | undefined {
		const error = (code: string) => ({
			status: 'error',
			error_code: code.toLowerCase(),
			error_message: 'Not like this',
			error_info: { code, user_message: 'Not like this', category: 'USER_ERROR' },
		});
		switch (fate.kind) {
			case 'unreachable':
				return { kind: 'unreachable', code: 'ECONNREFUSED' };
			case '429':
				return answered(
					429,
					fate.twist % 2 ? undefined : {},
					fate.twist % 3 ? {} : { 'retry-after': '2' },
				);
			case 'refused':
				return answered(400, error(fate.twist % 3 ? 'INVALID_INPUT' : 'GATEWAY_NOT_FOUND'));
			case 'denied': {
				const status = [404, 401, 403][fate.twist % 3] as number;
				// Of a list this would say that there are no accounts, which would be a lie.
				if (status === 404 && asked.to !== 'list') return { ...answered(404, notFound().body) };
				return answered(status === 401 ? 401 : 403, error('UNAUTHENTICATED'));
			}
			case 'errorObject':
				return answered(200, error('INVALID_INPUT'));
			default:
				return undefined;
		}
	}

	/** An answer after which nobody knows. */
	private vague({ fate: { kind, twist }, asked, by }: Told): Answer {
		switch (kind) {
			case 'timeout':
				return { kind: 'timeout', code: 'ECONNABORTED' };
			case 'lost':
				return { kind: 'lost', code: 'ECONNRESET' };
			case '409':
				return answered(409, { error_info: { code: 'DUPLICATE_REQUEST' } });
			case '422':
				return answered(422, { error_info: { code: 'INVALID_INPUT' } });
			case '5xx':
				return answered(
					[502, 500, 503, 504][twist % 4] as number,
					twist > 7
						? { error_info: { code: twist > 9 ? 'BAD_ORIGIN' : 'INVALID_INPUT' } }
						: twist > 3
							? {}
							: undefined,
				);
			case 'html':
				// Where it says that it comes from Juspay's own address, no object shows that it does.
				return answered(
					[502, 200, 400, 401, 403, 404, 302, 413, 408][twist % 9] as number,
					twist === 11 ? {} : undefined,
				);
			default:
				return this.unreadable(twist, asked, by);
		}
	}

	private unreadable(twist: number, asked: Asked, by: Execution): Answer {
		const pageOfAProxy = answered(200, undefined);
		// Before it has shown accounts, an empty list is no doubt but a lie, which nobody can see through.
		if (asked.to === 'list' && !by.hasSeen.has(asked.customerId)) return pageOfAProxy;
		switch (twist % 6) {
			case 0:
				return answered(200, {});
			case 1:
				return pageOfAProxy;
			case 2:
				return answered(204, undefined);
			case 3:
				return answered(200, null);
			case 4:
				return answered(200, []);
			default: {
				if (!('id' in asked)) return answered(201, { status: 'ok' });
				// About another account than the one that was asked for.
				const other = this.truth.kept.find(({ id }) => id !== asked.id);
				if (!other) return answered(200, 'ok');
				const { dialect } = this.world;
				return answered(200, shown(other, this.scheduler.now(), asked.customerId, dialect));
			}
		}
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
		if (isWhole) told.by.hasSeen.add(asked.customerId);
		const body = page(entries, asked.offset, dialect);
		return { status: 200, body: this.spoiltList(body, told.fate, dialect) };
	}

	private spoiltList(body: unknown, { kind, twist }: Fate, dialect: Dialect): unknown {
		const key = dialect.list;
		const entries = (key === 'bare' ? body : (body as Record<string, unknown>)[key]) as unknown[];
		// A bare list says nothing of its length, so that half of it would be a lie that nobody can see through.
		const half = key === 'bare' ? entries : entries.slice(0, Math.floor(entries.length / 2));
		const changed =
			kind === 'half'
				? half
				: kind === 'errorEntry'
					? entries.map((entry, index) => (index === twist % entries.length ? errorEntry() : entry))
					: kind === 'shuffled'
						? [...entries].reverse()
						: entries;
		return key === 'bare' ? changed : { ...(body as object), [key]: changed };
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
			if (told.fate.twist % 2) this.makeSome(told, sent, accounts.slice(0, bad));
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

function errorEntry(): Record<string, unknown> {
	return { status: 'error', error_code: 'INVALID_ACCOUNT_DETAILS', error_message: 'Not this one' };
}

function answered(status: number, body: unknown, headers: Record<string, unknown> = {}): Answer {
	return { kind: 'answered', status, headers, body };
}
