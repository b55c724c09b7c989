import { identity } from './accounts';
import type { Account } from './adapter';
import type { Course } from './scenario';
import type { Execution } from './play';

/** A request as the truth remembers it. */
export interface Sent {
	/** Undefined: it was there before the world began. */
	by: Execution | undefined;
	at: number;
	/** Which request of the world it was; -1: before all. */
	order: number;
	/** It was refused as a whole, and made some of its accounts all the same. */
	refused?: boolean;
	/** Its answer left open what became of it. */
	vague?: boolean;
	/** Its answer was a 2xx that doesn't name what it made. */
	accepted?: boolean;
}

/** How an account shows from a time on. */
export interface State {
	from: number;
	status: string;
	lastValidated: string | null;
}

/** One penny drop: money that was paid. */
export interface Drop {
	sent: Sent;
	/** When it ends, and how; undefined: never. */
	endsAt?: number;
	ends?: 'ACTIVE' | 'FAILURE';
}

/** An account that Juspay has. */
export interface Kept {
	id: string;
	customer: number;
	account: Account;
	sent: Sent;
	madeAt: number;
	/** By time. */
	states: State[];
	drops: Drop[];
	deletedAt?: number;
}

const LONG_AGO = -Infinity;

/** What is so, whatever anyone was told: the accounts and the penny drops. Only ever grows. */
export class Truth {
	readonly kept: Kept[] = [];

	constructor(
		private readonly idOf: (count: number) => string,
		private readonly courses: readonly Course[],
	) {}

	/** An account that is there when the world begins. */
	there(customer: number, account: Account, status: string): void {
		const sent: Sent = { by: undefined, at: LONG_AGO, order: -1 };
		const kept = this.make(customer, account, sent, LONG_AGO);
		if (status === 'CREATED') return;
		kept.states = [
			{ from: LONG_AGO, status, lastValidated: status === 'PENDING' ? null : dateOf(0) },
		];
		kept.drops.push(
			status === 'PENDING' ? { sent } : { sent, endsAt: LONG_AGO, ends: status as 'ACTIVE' },
		);
	}

	make(customer: number, account: Account, sent: Sent, now: number): Kept {
		const kept: Kept = {
			id: this.idOf(this.kept.length),
			customer,
			account,
			sent,
			madeAt: now,
			states: [{ from: now, status: 'CREATED', lastValidated: null }],
			drops: [],
		};
		this.kept.push(kept);
		return kept;
	}

	/** Pays a penny drop, as the world says that the next one goes. */
	pay(kept: Kept, sent: Sent, now: number): void {
		const paid = this.kept.reduce((sum, { drops }) => sum + drops.length, 0);
		const { shows, goesBack, lasts, ends, dated } = this.courses[
			paid % this.courses.length
		] as Course;
		const before = stateAt(kept, now) as State;
		const add = (from: number, status: string) => {
			const lastValidated = dated && status !== 'PENDING' ? dateOf(from) : before.lastValidated;
			kept.states.push({ from, status, lastValidated });
		};
		if (shows === 'pending') add(now, 'PENDING');
		if (shows === 'pending' && goesBack) add(now + Math.min(lasts, 30_000) / 2, 'CREATED');
		if (ends === 'never') {
			kept.drops.push({ sent });
			return;
		}
		const endsAt = now + (shows === 'ended' ? 0 : lasts);
		add(endsAt, ends as string);
		kept.states.sort((one, other) => one.from - other.from);
		kept.drops.push({ sent, endsAt, ends: ends as 'ACTIVE' | 'FAILURE' });
	}

	/** A customer's accounts that were made by a time, with those that are deleted. */
	of(customer: number, time: number): Kept[] {
		return this.kept.filter((kept) => kept.customer === customer && kept.madeAt <= time);
	}
}

/** The copies of an account that an execution made. */
export function madeBy(execution: Execution, which: string, all: Kept[]): Kept[] {
	return all.filter(({ sent, account }) => sent.by === execution && identity(account) === which);
}

/** How an account stood; undefined: it was not there yet. */
export function stateAt({ states }: Kept, time: number): State | undefined {
	return states.filter(({ from }) => from <= time).at(-1);
}

function dateOf(time: number): string {
	return new Date(time).toISOString();
}

/** Whether an account was deleted by a time. */
export function isDeleted({ deletedAt = Infinity }: Kept, time: number): boolean {
	return deletedAt <= time;
}
