import type { IAllExecuteFunctions } from 'n8n-workflow';
import type { CustomerAccount } from '../account/types';
import type { ClientOptions } from '../http/client';
import { JuspayClient } from '../http/client';
import { setNewest } from '../lists';
import { Memory } from './memory';
import * as messages from './messages';
import { OwnRecord, SharedRecord } from './record';
import { Turns } from './turns';

/** What the executions of one n8n process share about one host. */
export class Process {
	readonly memory = new Memory();

	readonly turns = new Turns();

	/** Turns with accounts: one account may be worked on under two names of its customer. */
	readonly accountTurns = new Turns();

	/** Turns of creates that rest on an empty list, by routing ID: the first shows what empty lists are worth. */
	readonly emptyListTurns = new Turns();

	readonly ownRecord = new OwnRecord();

	/** When each execution began, and for which accounts it has validated again in doubt. */
	readonly executions = new Map<string, Execution>();
}

/** An execution of a workflow: the node may run in it many times, e.g. in a loop. */
export interface Execution {
	/** When the node ran in it first, in milliseconds since the epoch. */
	startedAt: number;
	/** The accounts that were validated again although an earlier validation is in doubt. */
	validatedAgain: Set<string>;
	/** The penny drops of each run of a node that bounds them. */
	pennies: Map<string, Pennies>;
	/** The accounts that it has validated, as Juspay answered: another row of it may have read one before. */
	validated: Map<string, CustomerAccount>;
}

/** How many penny drops a run may start, and how many it has started, n8n's retries of the step included. */
export interface Pennies {
	most: number;
	started: number;
}

/** One run of a node: its client, and what its process shares. */
export interface Session extends Omit<Process, 'ownRecord' | 'executions'> {
	client: JuspayClient;
	/** What other processes have sent. */
	record: SharedRecord;
	/** Bounds the penny drops that the run may start. */
	allowPennies(most: number): void;
	/** Whether n8n runs this execution's step a second time, as n8n 1.x does where a worker was lost. */
	isRerun(): Promise<boolean>;
	execution: Execution;
	/** The accounts that a dry run would validate: each costs one penny drop. */
	planned: Set<string>;
	/** The penny drops that the run may start; undefined: as many as it needs. */
	pennies?: Pennies;
	/** Lists asked again for accounts that no list had shown yet, once in a run for each. */
	emptyLists: Map<string, Promise<unknown>>;
	/** Tells the user something after the run; must contain no account data. */
	note(message: string): void;
}

/** More executions than this are forgotten, the oldest first. */
const MOST_EXECUTIONS = 1000;

/** Of more executions than this, Juspay's answers to validations are forgotten: each is a whole account. */
const MOST_WITH_ANSWERS = 50;

/** Of more runs of an execution than this, e.g. in a loop, the oldest are forgotten: n8n retries a run before the next. */
const MOST_RUNS = 100;

/** n8n loads a node's code once per process: main in regular mode, each worker in queue mode. */
const processes = new Map<string, Process>();

/** What this process shares about a host. */
export function processFor(host: string): Process {
	let process = processes.get(host);
	if (!process) processes.set(host, (process = new Process()));
	return process;
}

/** What a session is opened for. */
interface SessionSetup {
	executionId?: string;
	/** Which run of the node in its execution this is: a loop's next run has another. */
	runIndex?: number;
	nodeId?: string;
	/** n8n's de-duplication helpers, where it has them. */
	helpers?: ConstructorParameters<typeof SharedRecord>[0];
	/** Tells the user something after the run. */
	note?: (message: string) => void;
}

/** Joins a client with what its process shares. */
export function sessionOf(
	client: JuspayClient,
	process: Process,
	{ executionId = '', runIndex, nodeId = '', helpers, note = () => {} }: SessionSetup = {},
): Session {
	const { ownRecord, executions, ...shared } = process;
	const begun: Execution = {
		startedAt: client.clock.now(),
		validatedAgain: new Set(),
		pennies: new Map(),
		validated: new Map(),
	};
	const execution = executions.get(executionId) ?? begun;
	if (execution === begun) {
		[...executions.values()].at(-MOST_WITH_ANSWERS)?.validated.clear();
		if (executionId !== '') setNewest(executions, executionId, begun, MOST_EXECUTIONS);
	}
	const scope = `${nodeId} ${client.host}`;
	const record = new SharedRecord(helpers, ownRecord, scope, client.clock, () =>
		note(messages.NO_SHARED_RECORD),
	);
	const runOf = executionId !== '' && runIndex !== undefined && `run ${executionId} ${runIndex}`;
	let rerun: Promise<boolean> | undefined;
	const session: Session = {
		allowPennies: (most) => {
			const key = `${scope} ${runOf}`;
			const { started = 0 } = (runOf && execution.pennies.get(key)) || {};
			session.pennies = { most, started };
			if (runOf) setNewest(execution.pennies, key, session.pennies, MOST_RUNS);
		},
		isRerun: async () => (runOf ? await (rerun ??= record.isRepeated(runOf)) : false),
		...shared,
		client,
		record,
		execution,
		emptyLists: new Map(),
		planned: new Set(),
		note,
	};
	return session;
}

/** Which run of the node in its execution this is; not for a tool, which an agent may call many times in one. */
function runIndexOf(functions: IAllExecuteFunctions): { runIndex?: number } {
	const isTool = functions.getNode().type.endsWith('Tool');
	if (isTool || !('getWorkflowDataProxy' in functions)) return {};
	const runIndex: unknown = functions.getWorkflowDataProxy(0).$runIndex;
	return typeof runIndex === 'number' ? { runIndex } : {};
}

/**
 * Opens a session with the node's credential.
 *
 * @param signal - aborted when the workflow is stopped
 * @param note - tells the user something after the run
 */
export async function openSession(
	functions: IAllExecuteFunctions,
	options: ClientOptions,
	signal?: AbortSignal,
	note?: (message: string) => void,
): Promise<Session> {
	const client = await JuspayClient.open(functions, options, signal);
	const process = processFor(client.host);
	const nodeId = functions.getNode().id;
	// Only a node that runs has these.
	if (!('getExecutionId' in functions)) return sessionOf(client, process, { nodeId });
	const { helpers } = functions;
	return sessionOf(client, process, {
		nodeId,
		executionId: functions.getExecutionId(),
		...runIndexOf(functions),
		...('checkProcessedAndRecord' in helpers && { helpers }),
		...(note && { note }),
	});
}
