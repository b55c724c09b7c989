/**
 * All contact with the code under test. Today's code has no state that the executions of a process share, and starts
 * validations with the create's own request; what is expected to change is marked "New code".
 */
import type { Account } from '../../nodes/Juspay/accounts/account';
import { JuspayClient } from '../../nodes/Juspay/api/client';
import type { Call } from '../../nodes/Juspay/api/contract';
import type { Failure } from '../../nodes/Juspay/api/errors';
import { createAccounts, validateAccounts } from '../../nodes/Juspay/api/exactlyOnce';
import type { Clock } from '../../nodes/Juspay/api/pace';
import { Pace } from '../../nodes/Juspay/api/pace';
import type { Answer, Send } from '../../nodes/Juspay/api/transport';

export type { Account, Answer, Call, Clock, Send };

/** What the executions of one n8n process share. New code: `ProcessState`. */
export type Process = Record<string, never>;

/** New code: `new ProcessState()`, with the world's clock if it takes one (it must not read the real time). */
export function newProcess(): Process {
	return {};
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
const AROUND = { host: 'juspay.example', timeout: 30, secrets: [] };

/** New code: hand `process` over too. */
function clientFor({ send, clock, maxRetries, signal }: Setup): JuspayClient {
	return new JuspayClient({
		send,
		pace: new Pace(AT_ONCE, clock),
		clock,
		maxRetries,
		around: AROUND,
		...(signal && { signal }),
	});
}

const SETTINGS = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};

/** What became of one row, in the checker's own words. */
export interface Row {
	/** The account that the row was given. */
	id?: string;
	outcome?: 'created' | 'existing';
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

/** New code: `effect` instead of `happened`, and perhaps `accountId`. */
function failed(failure: Failure): Row {
	const { code, message, happened } = failure;
	const { accountId } = failure as { accountId?: string };
	return {
		failure: {
			code,
			message,
			effect: happened === 'no' ? 'none' : 'unknown',
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

/** Create, and where `validate` says so, the validations of what stands at CREATED. */
export async function create(setup: Setup, work: CreateWork): Promise<Row[]> {
	const made = await createAccounts(clientFor(setup), { ...work, settings: SETTINGS });
	return made.map((one) =>
		'failure' in one
			? failed(one.failure)
			: // `outcome` is also used for dry runs, which are not part of this.
				{ id: one.account.id, outcome: one.outcome === 'existing' ? 'existing' : 'created' },
	);
}

/** Validate for accounts that are known by their IDs. */
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
	return results.map((one) =>
		one.ok ? { id: one.value.account.id, started: one.value.started } : failed(one.failure),
	);
}
