/** All contact with the code under test. */
import type { Account } from '../../nodes/Juspay/account/types';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import type {
	AccountOrder,
	CreateResult,
	Session,
	ValidationResult,
} from '../../nodes/Juspay/once';
import { createAccounts, deleteAccounts, validateAccounts } from '../../nodes/Juspay/once';
import * as shared from '../../nodes/Juspay/once/session';
import type { Clock } from '../../nodes/Juspay/http/clock';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/failure';
import { SETTINGS } from '../unit/accounts';
import { hashTable } from '../unit/smallJuspay';
import type { SharedHelpers } from '../unit/smallJuspay';

export type { Account, Answer, Call, Clock };

/** Sends one request; says when it is handed over, after which nothing takes it back. */
export type Send = (call: Call, onHandOver?: () => void) => Promise<Answer>;

/** What the executions of one n8n process share. */
export type Process = shared.Process;

export function newProcess(): Process {
	return new shared.Process();
}

/** What all processes share: n8n's table of hashes. */
export type Table = SharedHelpers;

export const newTable = hashTable;

/** What one execution brings along. */
export interface Setup {
	process: Process;
	/** Undefined where there is no other process. */
	table: Table | undefined;
	send: Send;
	/** Its pauses end when the execution is cancelled. */
	clock: Clock;
	maxRetries: number;
	mostPennies: number | undefined;
	signal: AbortSignal | undefined;
}

/** How an execution's requests are named and bounded. */
const AT_ONCE = 5;
const CONTEXT = { host: 'juspay.example', timeout: 30, secrets: [] };

function sessionFor(setup: Setup): Session {
	const { process, table, send, clock, maxRetries, mostPennies, signal } = setup;
	const client = new JuspayClient({
		send,
		limiter: new AdaptiveLimiter(AT_ONCE, clock),
		clock,
		maxRetries,
		context: CONTEXT,
		...(signal && { signal }),
	});
	const session = shared.sessionOf(client, process, table && { helpers: table });
	if (mostPennies !== undefined) session.allowPennies(mostPennies);
	return session;
}

/** What became of one row, in the checker's own words. */
export interface Row {
	/** The account that the row was given. */
	id?: string;
	/** `created`, `existing`, `deleted`, `notFound`. */
	outcome?: string;
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
	/** From when on a run will settle it, as the message says, in milliseconds since the epoch. */
	settlesAt?: number;
}

function failed(failure: Failure, accountId: string | undefined): Row {
	const { code, message, effect } = failure;
	const { settlesAt } = failure;
	return {
		failure: {
			code,
			message,
			effect,
			...(accountId !== undefined && { accountId }),
			...(settlesAt !== undefined && { settlesAt }),
			saysCreated: /\bcreated, but\b/i.test(message),
		},
	};
}

/** A create, as an execution asks for it. */
interface CreateWork {
	customerId: string;
	routingId: string;
	accounts: readonly Account[];
	validate: boolean;
	onExisting: 'reuse' | 'create';
	perRequest: number;
	validateInDoubt: boolean;
}

/** A validation, as an execution asks for it. */
interface ValidateWork {
	customerId: string;
	routingId: string;
	ids: readonly string[];
	validateInDoubt: boolean;
}

/** Creates accounts; one row for each, in order. */
export async function create(setup: Setup, { routingId, ...work }: CreateWork): Promise<Row[]> {
	const settings = { ...SETTINGS, routingId };
	const made = await createAccounts(sessionFor(setup), { ...work, settings });
	return made.map((one: CreateResult) =>
		'failure' in one
			? failed(one.failure, one.account?.id)
			: { id: one.account.id, outcome: one.outcome, started: one.validation === 'started' },
	);
}

/** Validates accounts; one row for each, in order. */
export async function validate(
	setup: Setup,
	{ customerId, routingId, ids, validateInDoubt }: ValidateWork,
): Promise<Row[]> {
	const settings = { ...SETTINGS, routingId };
	const orders = ids.map((id) => ({ ...orderOf(customerId, id), settings, validateInDoubt }));
	const results = await validateAccounts(sessionFor(setup), orders);
	return results.map((one: ValidationResult) =>
		one.ok
			? { id: one.value.account.id, started: one.value.validation === 'started' }
			: failed(one.failure, one.account?.id),
	);
}

/** Deletes accounts; one row for each, in order. */
export async function remove(
	setup: Setup,
	customerId: string,
	ids: readonly string[],
): Promise<Row[]> {
	const orders = ids.map((id) => orderOf(customerId, id));
	const results = await deleteAccounts(sessionFor(setup), orders);
	return results.map((one, index) =>
		one.ok ? { id: ids[index] as string, outcome: one.value } : failed(one.failure, undefined),
	);
}

function orderOf(customerId: string, customerAccountId: string): AccountOrder {
	return { customerId, customerAccountId, settings: SETTINGS };
}
