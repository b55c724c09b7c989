import { POOL } from './accounts';
import type { Account, Process, Row } from './adapter';
import * as adapter from './adapter';
import type { Work, World } from './scenario';
import type { End } from './scheduler';
import { randomFrom, Scheduler } from './scheduler';
import type { Kept } from './truth';
import { SmallWorld } from './world';

/** More pauses than any execution needs. */
const MOST_PAUSES = 2000;

/** How late a message may say that a run will settle it, in milliseconds: longer where another process has sent it. */
const LATEST_SETTLED_MS = 25 * 60 * 60_000;
const LATEST_FOREIGN_MS = 2 * LATEST_SETTLED_MS;

export function latestSettled({ later }: World): number {
	return later.some(({ process }) => process === 'new') ? LATEST_FOREIGN_MS : LATEST_SETTLED_MS;
}

/** How long a restart takes, in milliseconds: longer than Get is late. */
const SHORTEST_RESTART_MS = 20_000;

const NAMES = ['third', 'fourth'] as const;

/** One row of an execution: the account that it is about. */
export interface Wanted {
	account: Account;
	/** For Validate and Delete: the account's ID. */
	id?: string;
}

/** One execution of a workflow, and what came of it. */
export interface Execution {
	/** `finally` and `at last` come when Juspay is well again. */
	name: 'first' | 'second' | (typeof NAMES)[number] | 'finally' | 'at last';
	/** With the customer whose name it is. */
	work: Work;
	customerId: string;
	/** Which of n8n's processes it runs in. */
	process: number;
	wanted: Wanted[];
	startedAt: number;
	cancelledAt?: number;
	endedAt?: number;
	rows?: Row[];
	/** What the code under test threw. It must not. */
	thrown?: unknown;
	requests: number;
	sentAfterCancel: number;
	pauses: number;
	/** Ends each pause that it makes. */
	pausing: Set<() => void>;
	/** Breaks off each request that is under way. */
	inFlight: Set<() => void>;
	/** Customers of whom a list has shown it accounts. */
	hasSeen: Set<string>;
}

/** All that happened in a world. */
export interface Played {
	world: World;
	juspay: SmallWorld;
	executions: Execution[];
	/** `done`, or how it went wrong. */
	end: End;
	startedAt: number;
	/** When the last execution ended. */
	endedAt: number;
}

/** Lets a world happen. Chance within the code under test is the world's own, so that the same world happens again. */
export async function play(world: World): Promise<Played> {
	const { random } = Math;
	Math.random = randomFrom(world.seed);
	try {
		return await new Stage(world).play();
	} finally {
		Math.random = random;
	}
}

class Stage {
	private readonly scheduler = new Scheduler();

	private readonly juspay: SmallWorld;

	private readonly processes: Process[] = [adapter.newProcess()];

	/** The one in which executions run by now. */
	private process = 0;

	private readonly table: adapter.Table | undefined;

	private readonly executions: Execution[] = [];

	constructor(private readonly world: World) {
		this.juspay = new SmallWorld(world, this.scheduler);
		if (world.later.some(({ process }) => process === 'new')) this.table = adapter.newTable();
	}

	async play(): Promise<Played> {
		const { first, later, twins } = this.world;
		const { operation, customer, name, rows, onExisting } = first;
		const second =
			this.world.second && twins
				? { ...this.world.second, operation, customer, name, rows, onExisting }
				: this.world.second;
		const startedAt = this.scheduler.now();
		this.plan('first', first, startedAt + first.startsAt);
		if (second) this.plan('second', second, startedAt + second.startsAt);
		let end = await this.untilEnded();
		for (const [index, { which, own, after, process }] of later.entries()) {
			if (end !== 'done') break;
			if (process !== 'same' && after >= SHORTEST_RESTART_MS) this.goTo(process);
			const same = which === 1 && second ? second : first;
			const work = which === 2 ? own : { ...same, cancelled: undefined };
			this.plan(NAMES[index] as Execution['name'], work, this.scheduler.now() + after);
			end = await this.untilEnded();
		}
		if (end === 'done') end = await this.finish();
		const endedAt = this.scheduler.now();
		await this.scheduler.toTheEnd();
		return {
			world: this.world,
			juspay: this.juspay,
			executions: this.executions,
			end,
			startedAt,
			endedAt,
		};
	}

	private goTo(process: 'new' | 'first'): void {
		if (process === 'new') this.processes.push(adapter.newProcess());
		this.process = process === 'new' ? this.processes.length - 1 : 0;
	}

	/**
	 * With Juspay well again, the work of the last execution that left rows without an item, once more: after the time
	 * that its messages name, and once again where only this run could find out what is in doubt.
	 */
	private async finish(): Promise<End> {
		const last = this.executions
			.filter(({ rows = [] }) => rows.some(({ failure }) => failure))
			.at(-1);
		if (!last) return 'done';
		const at = this.whenSettled(last);
		let end = await this.scheduler.untilTime(at);
		this.juspay.heal();
		const work = { ...last.work, maxRetries: 3, cancelled: undefined, mostPennies: undefined };
		const again = this.plan('finally', work, at, last);
		if (end === 'done') end = await this.untilEnded();
		// A list that is later than any before moves the time.
		const named = (again.rows ?? []).some(
			({ failure }, index) =>
				failure?.settlesAt !== undefined &&
				failure.settlesAt !== last.rows?.[index]?.failure?.settlesAt,
		);
		if (end !== 'done' || !named) return end;
		this.plan('at last', work, this.whenSettled(again), last);
		return await this.untilEnded();
	}

	/** From when on the messages say that a run settles what they are about. */
	private whenSettled({ work: { customer } }: Execution): number {
		const now = this.scheduler.now();
		const times = this.executions
			.filter(({ work }) => work.customer === customer)
			.flatMap(({ rows = [] }) => rows.map(({ failure }) => failure?.settlesAt ?? 0));
		return Math.min(
			now + latestSettled(this.world),
			Math.max(now, ...times.map((time) => time + 1)),
		);
	}

	private async untilEnded(): Promise<End> {
		return await this.scheduler.until(() =>
			this.executions.every(({ endedAt }) => endedAt !== undefined),
		);
	}

	/** @param like - the execution whose rows it has, whatever there is meanwhile */
	private plan(
		name: Execution['name'],
		planned: Work,
		startedAt: number,
		like?: Execution,
	): Execution {
		const customerId = like?.customerId ?? SmallWorld.customerId(planned.customer, planned.name);
		const customer = this.juspay.customerOf(customerId);
		const there = this.knownOf(customer);
		// What there is nothing to validate or to delete for creates instead.
		const needsIds = planned.operation === 'validate' || planned.operation === 'delete';
		const operation = needsIds && there.length === 0 ? 'createValidate' : planned.operation;
		const work = { ...planned, operation, customer };
		const execution: Execution = {
			name,
			work,
			customerId,
			process: this.process,
			wanted: like?.wanted ?? work.rows.map((row) => wantedBy(work, row, there)),
			startedAt,
			requests: 0,
			sentAfterCancel: 0,
			pauses: 0,
			pausing: new Set(),
			inFlight: new Set(),
			hasSeen: new Set(),
		};
		this.executions.push(execution);
		this.scheduler.at(startedAt, () => void this.run(execution));
		return execution;
	}

	/** The accounts whose IDs a workflow can know: those of before, and those that came out as items. */
	private knownOf(customer: number): Kept[] {
		const given = new Set(
			this.executions.flatMap(({ rows = [] }) => rows.flatMap(({ id }) => id ?? [])),
		);
		return this.juspay.truth.kept.filter(
			(kept) => kept.customer === customer && (kept.sent.by === undefined || given.has(kept.id)),
		);
	}

	private async run(execution: Execution): Promise<void> {
		const controller =
			execution.work.cancelled === undefined ? undefined : this.cancelLater(execution);
		try {
			execution.rows = await this.work(execution, controller?.signal);
		} catch (thrown) {
			execution.thrown = thrown;
		}
		execution.endedAt = this.scheduler.now();
	}

	private cancelLater(execution: Execution): AbortController {
		const controller = new AbortController();
		this.scheduler.at(execution.startedAt + (execution.work.cancelled ?? 0), () => {
			if (execution.endedAt !== undefined) return;
			execution.cancelledAt = this.scheduler.now();
			controller.abort();
			for (const end of [...execution.pausing, ...execution.inFlight]) end();
		});
		return controller;
	}

	private async work(execution: Execution, signal: AbortSignal | undefined): Promise<Row[]> {
		const { work, wanted } = execution;
		const setup: adapter.Setup = {
			process: this.processes[execution.process] as Process,
			table: this.table,
			send: async (call, onHandOver) => await this.juspay.send(execution, call, onHandOver),
			clock: this.clockOf(execution, signal),
			maxRetries: work.maxRetries,
			mostPennies: work.mostPennies,
			signal,
		};
		const { customerId } = execution;
		const ids = wanted.map(({ id }) => id as string);
		if (work.operation === 'delete') return await adapter.remove(setup, customerId, ids);
		if (work.operation === 'validate') {
			return await adapter.validate(setup, { customerId, ids, ...work });
		}
		return await adapter.create(setup, {
			customerId,
			accounts: wanted.map(({ account }) => account),
			validate: work.operation === 'createValidate',
			routingId: work.routingId,
			onExisting: work.onExisting,
			perRequest: work.perRequest,
			validateInDoubt: work.validateInDoubt,
		});
	}

	private clockOf(execution: Execution, signal: AbortSignal | undefined): adapter.Clock {
		return {
			now: () => this.scheduler.now(),
			pause: async (ms) => {
				if (++execution.pauses > MOST_PAUSES) throw new RangeError('It never ends');
				if (signal?.aborted) return;
				await new Promise<void>((resolve) => {
					const end = () => {
						execution.pausing.delete(end);
						resolve();
					};
					execution.pausing.add(end);
					this.scheduler.at(this.scheduler.now() + ms, end);
				});
			},
		};
	}
}

function wantedBy({ operation }: Work, row: number, there: Kept[]): Wanted {
	if (operation !== 'validate' && operation !== 'delete') return { account: POOL[row] as Account };
	const { account, id } = there[row % there.length] as Kept;
	return { account, id };
}
