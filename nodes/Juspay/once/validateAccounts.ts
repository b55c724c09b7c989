import type { CustomerAccount } from '../account/types';
import { isAccountNumber } from '../account/check';
import type { Validation } from '../account/output';
import type { RequestSettings } from '../account/settings';
import type { ValidationStatus } from '../account/status';
import type { JuspayClient, Result } from '../http/client';
import type { Failure } from '../http/words';
import { lookUntilSettled } from './lookAgain';
import type { SentValidation } from './sentValidations';
import { hasMoved } from './sentValidations';
import { UNKNOWN, untilKnown } from './untilKnown';
import type { CustomerLock } from './customerLocks';

/** An account to validate or delete. */
export interface AccountOrder {
	customerId: string;
	customerAccountId: string;
	settings: RequestSettings;
	/** Only look up what would happen. */
	dryRun?: boolean;
	/** Send a validation although an earlier one of this account is in doubt. */
	validateInDoubt?: boolean;
	/** How long to look for the outcome of a validation, in milliseconds; default 12 seconds. */
	lookForMs?: number;
}

/** An account after a validation was asked for. */
export interface Validated {
	account: CustomerAccount;
	/** Not needed where a validation was under way or done before. */
	validation: Validation;
}

/** Result of a validation; a failure contains the account, if it is known. */
export type ValidationResult =
	| { ok: true; value: Validated }
	| { ok: false; failure: Failure; account?: CustomerAccount };

/** Statuses in which no validation is in progress and none has succeeded. */
const MAY_BE_VALIDATED = new Set<ValidationStatus>(['CREATED', 'FAILURE', '']);

/**
 * Starts the validation of accounts of one customer, each once: locks the customer, reads the accounts
 * (several with one list), and sends one request per account that may be validated.
 *
 * @returns what became of each, in the order given
 */
export async function validateAccounts(
	client: JuspayClient,
	orders: readonly AccountOrder[],
): Promise<ValidationResult[]> {
	const [first] = orders;
	if (!first) return [];
	const done = await client.withLock(first.customerId, async (lock) => {
		const known = await listKnown(client, first, orders.length);
		const validate = async (order: AccountOrder): Promise<ValidationResult> => {
			const listed = known.get(order.customerAccountId);
			const before = listed ? { ok: true as const, value: listed } : await get(client, order);
			return before.ok ? await startOne(client, lock, { ...order, before: before.value }) : before;
		};
		const begun = new Map<string, Promise<ValidationResult>>();
		const results = orders.map(async (order) => {
			const { customerAccountId: id } = order;
			const first = begun.get(id);
			if (first) return withoutStart(await first);
			const own = validate(order);
			begun.set(id, own);
			return await own;
		});
		return await Promise.all(results);
	});
	return done.ok ? done.value : orders.map(() => done);
}

/** The same for another row with the same account. */
function withoutStart(result: ValidationResult): ValidationResult {
	return result.ok ? { ok: true, value: { ...result.value, validation: 'notNeeded' } } : result;
}

/** The accounts of the customer's list. Without a list each account is read by itself. */
async function listKnown(
	client: JuspayClient,
	{ customerId, settings }: AccountOrder,
	count: number,
): Promise<Map<string, CustomerAccount>> {
	if (count < 2) return new Map();
	const listed = await client.listAccounts(customerId, settings.routingId);
	const accounts = listed.ok ? listed.value.accounts : [];
	// Digits alone may be an account number given as an ID: Get must confirm them.
	const sure = accounts.filter(({ id }) => !isAccountNumber(id));
	return new Map(sure.map((account) => [account.id, account]));
}

async function get(
	client: JuspayClient,
	{ customerId, customerAccountId, settings }: AccountOrder,
): Promise<Result<CustomerAccount>> {
	return await client.getAccount(customerId, customerAccountId, settings.routingId);
}

/** An account that was just read. */
type Known = AccountOrder & { before: CustomerAccount };

/**
 * Validates accounts that were just read, in parallel. The one place that moves money.
 *
 * @param lock - this execution's lock on the customer
 */
export async function startValidations(
	client: JuspayClient,
	lock: CustomerLock,
	orders: readonly Known[],
): Promise<ValidationResult[]> {
	return await Promise.all(orders.map(async (order) => await startOne(client, lock, order)));
}

async function startOne(
	client: JuspayClient,
	lock: CustomerLock,
	order: Known,
): Promise<ValidationResult> {
	const { before, customerId, customerAccountId: id } = order;
	const { validations } = client.state;
	const earlier = validations.of(customerId, id, client.clock.now());
	const isOpen = earlier && !validations.allowsAnother(earlier, before);
	const wasWaitedFor =
		earlier && earlier.lock !== lock && earlier.lock.releasedAt >= lock.requestedAt;
	if (earlier && (isOpen || wasWaitedFor)) {
		return takeOver(client, before, earlier);
	}
	if (!MAY_BE_VALIDATED.has(before.status)) {
		return { ok: true, value: { account: before, validation: 'notNeeded' } };
	}
	return order.dryRun
		? { ok: true, value: { account: before, validation: 'wouldStart' } }
		: await sendValidation(client, lock, order);
}

async function sendValidation(
	client: JuspayClient,
	lock: CustomerLock,
	order: Known,
): Promise<ValidationResult> {
	const { before, customerId, customerAccountId: id, settings } = order;
	const { validations } = client.state;
	const look = async (): Promise<Result<CustomerAccount | undefined>> => {
		const seen = await get(client, order);
		return seen.ok && !hasMoved(seen.value, before) ? { ok: true, value: undefined } : seen;
	};
	const lookForMove = async () => {
		const seen = await look();
		return seen.ok ? seen.value : undefined;
	};
	const options = order.lookForMs ? { timeoutMs: order.lookForMs } : {};
	validations.remember(customerId, before, lock, client.clock.now());
	const started = await untilKnown<CustomerAccount>(client, {
		act: async () => {
			const answer = await client.validateAccount(customerId, id, settings, look);
			if (!answer.ok) return answer;
			validations.confirm(customerId, answer.value);
			return { ok: true, value: merged(before, answer.value) };
		},
		// An account that shows nothing new proves nothing: a validation is never sent again.
		look: async () => {
			const moved = await lookUntilSettled(client, lookForMove, options);
			if (!moved) return UNKNOWN;
			validations.confirm(customerId, moved);
			return { effect: 'done', value: moved };
		},
		doubt: mayBeUnderWay,
	});
	if (started.ok) return { ok: true, value: { account: started.value, validation: 'started' } };
	if (started.failure.effect === 'none') validations.forget(customerId, id);
	return { ...started, account: before };
}

/** Result for an account whose validation was sent before: none is sent again. */
function takeOver(
	client: JuspayClient,
	account: CustomerAccount,
	{ sentAt, confirmed, ended }: SentValidation,
): ValidationResult {
	const isSettled = confirmed || ended || !MAY_BE_VALIDATED.has(account.status);
	if (!isSettled) return { ok: false, failure: inDoubtSince(sentAt), account };
	if (!ended && MAY_BE_VALIDATED.has(account.status)) {
		client.note(
			`The validation of account ${account.id} was started at ${new Date(sentAt).toISOString()} and is not started again while Juspay shows no result`,
		);
	}
	return { ok: true, value: { account, validation: 'notNeeded' } };
}

/** The account as Juspay returns it now, with the previous details where it returns none. */
function merged(before: CustomerAccount, now: CustomerAccount): CustomerAccount {
	const isShown = now.accountNumber !== '' || now.vpa !== '';
	return isShown
		? now
		: {
				...before,
				status: now.status || before.status,
				lastValidated: now.lastValidated || before.lastValidated,
				raw: now.raw,
			};
}

const ONLY_ONCE =
	"It is not started again, so you don't pay for a second penny drop. Use Get in a few minutes to check the account's status.";

/** For a validation that may have been started: a new run in another process could pay for it again. */
function mayBeUnderWay(failure: Failure): Failure {
	return {
		...failure,
		effect: 'unknown',
		message: `${failure.message}. The validation may have been started`,
		description: `${ONLY_ONCE} ${failure.description}`.trim(),
	};
}

/** For an account whose earlier validation has an unknown outcome. */
function inDoubtSince(sentAt: number): Failure {
	return {
		kind: 'busy',
		effect: 'unknown',
		transient: false,
		scope: 'account',
		code: 'VALIDATION_IN_DOUBT',
		message: `A validation of this account was sent at ${new Date(sentAt).toISOString()}, and Juspay shows no result yet. The validation may have been started`,
		description: ONLY_ONCE,
	};
}
