/** All contact with the code under test. */
import type { Account } from '../../nodes/Juspay/account/types';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import type { Outcome } from '../../nodes/Juspay/account/output';
import type { CreateResult, ValidationResult } from '../../nodes/Juspay/once';
import { createAccounts, validateAccounts } from '../../nodes/Juspay/once';
import { ProcessState } from '../../nodes/Juspay/once/processState';
import type { Clock } from '../../nodes/Juspay/http/clock';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer, Send } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/words';
import { SETTINGS } from '../unit/accounts';

export type { Account, Answer, Call, Clock, Send };

/** What the executions of one n8n process share. */
export type Process = ProcessState;

export function newProcess(): Process {
	return new ProcessState();
}

/** What one execution brings along. */
export interface Setup {
	process: Process;
	send: Send;
	/** Its pauses end when the execution is cancelled. */
	clock: Clock;
	maxRetries: number;
	signal: AbortSignal | undefined;
}

/** How an execution's requests are named and bounded. */
const AT_ONCE = 5;
const CONTEXT = { host: 'juspay.example', timeout: 30, secrets: [] };

function clientFor({ process, send, clock, maxRetries, signal }: Setup): JuspayClient {
	return new JuspayClient({
		send,
		limiter: new AdaptiveLimiter(AT_ONCE, clock),
		clock,
		maxRetries,
		context: CONTEXT,
		state: process,
		...(signal && { signal }),
	});
}

/** What became of one row, in the checker's own words. */
export interface Row {
	/** The account that the row was given. */
	id?: string;
	outcome?: Outcome;
	/** A penny drop was started for it, by this execution or by the one that it waited for. */
	started?: boolean;
	failure?: RowFailure;
}

/** A row that ended as a message. */
export interface RowFailure {
	code: string;
	message: string;
	/** `none`: it says that nothing was made (or, of a validation, that no penny was dropped). */
	effect: 'none' | 'unknown';
	/** The account is there all the same. */
	accountId?: string;
	/** The message says that the account was made. */
	saysCreated: boolean;
}

function failed({ code, message, effect }: Failure, accountId: string | undefined): Row {
	return {
		failure: {
			code,
			message,
			effect,
			...(accountId !== undefined && { accountId }),
			saysCreated: /\bcreated, but\b/i.test(message),
		},
	};
}

/** A create, as an execution asks for it. */
export interface CreateWork {
	customerId: string;
	accounts: readonly Account[];
	validate: boolean;
	onExisting: 'reuse' | 'create';
	perRequest: number;
}

/** Creates accounts; one row for each, in order. */
export async function create(setup: Setup, work: CreateWork): Promise<Row[]> {
	const made = await createAccounts(clientFor(setup), { ...work, settings: SETTINGS });
	return made.map((one: CreateResult) =>
		'failure' in one
			? failed(one.failure, one.account?.id)
			: { id: one.account.id, outcome: one.outcome, started: one.validation === 'started' },
	);
}

/** Validates accounts; one row for each, in order. */
export async function validate(
	setup: Setup,
	customerId: string,
	ids: readonly string[],
): Promise<Row[]> {
	const orders = ids.map((customerAccountId) => ({
		customerId,
		customerAccountId,
		settings: SETTINGS,
	}));
	const results = await validateAccounts(clientFor(setup), orders);
	return results.map((one: ValidationResult) =>
		one.ok
			? { id: one.value.account.id, started: one.value.validation === 'started' }
			: failed(one.failure, one.account?.id),
	);
}
