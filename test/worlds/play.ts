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

/** One row of an execution: the account that it is about. */
export interface Wanted {
	account: Account;
	/** For Validate: the account's ID. */
	id?: string;
}

/** One execution of a workflow, and what came of it. */
export interface Execution {
	name: 'first' | 'second' | 'again';
	work: Work;
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

	private readonly process: Process = adapter.newProcess();

	private readonly executions: Execution[] = [];

	constructor(private readonly world: World) {
		this.juspay = new SmallWorld(world, this.scheduler);
	}

	async play(): Promise<Played> {
		const { first, again, twins } = this.world;
		const { operation, customer, rows, onExisting } = first;
		const second =
			this.world.second && twins
				? { ...this.world.second, operation, customer, rows, onExisting }
				: this.world.second;
		const startedAt = this.scheduler.now();
		this.plan('first', first, startedAt + first.startsAt);
		if (second) this.plan('second', second, startedAt + second.startsAt);
		let end = await this.untilEnded();
		if (again && end === 'done') {
			const work = again.which === 1 && second ? second : first;
			this.plan('again', { ...work, cancelled: undefined }, this.scheduler.now() + again.after);
			end = await this.untilEnded();
		}
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

	private async untilEnded(): Promise<End> {
		return await this.scheduler.until(() =>
			this.executions.every(({ endedAt }) => endedAt !== undefined),
		);
	}

	private plan(name: Execution['name'], planned: Work, startedAt: number): void {
		const there = this.juspay.truth.kept.filter(
			({ customer, sent }) => customer === planned.customer && sent.by === undefined,
		);
		// What there is nothing to validate for creates instead.
		const operation =
			planned.operation === 'validate' && there.length === 0 ? 'createValidate' : planned.operation;
		const work = { ...planned, operation };
		const execution: Execution = {
			name,
			work,
			wanted: work.rows.map((row) => wantedBy(work, row, there)),
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
			process: this.process,
			send: async (call) => await this.juspay.send(execution, call),
			clock: this.clockOf(execution, signal),
			maxRetries: work.maxRetries,
			signal,
		};
		const customerId = SmallWorld.customerId(work.customer);
		if (work.operation === 'validate') {
			return await adapter.validate(
				setup,
				customerId,
				wanted.map(({ id }) => id as string),
			);
		}
		return await adapter.create(setup, {
			customerId,
			accounts: wanted.map(({ account }) => account),
			validate: work.operation === 'createValidate',
			onExisting: work.onExisting,
			perRequest: work.perRequest,
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
	if (operation !== 'validate') return { account: POOL[row] as Account };
	const { account, id } = there[row % there.length] as Kept;
	return { account, id };
}
