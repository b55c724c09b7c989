import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import * as contract from '../../nodes/Juspay/wire/contract';
import { createCustomer, deleteAccounts, validateAccounts } from '../../nodes/Juspay/once';
import * as messages from '../../nodes/Juspay/once/createAccounts/messages';
import { ProcessState } from '../../nodes/Juspay/once/processState';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/words';
import { failureOf } from '../../nodes/Juspay/http/words';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { answered, CONTEXT, LOST, NO_DETAILS, refusal, SETTINGS } from './juspay';
import { SAMPLES } from './rows';

const { customer, account } = SAMPLES;
const ORDER = { customerId: customer, customerAccountId: account, settings: SETTINGS };
const FOUND = { id: account, status: 'ACTIVE' } as CustomerAccount;

const create = contract.createAccounts(customer, [], SETTINGS);
const lost = failureOf(LOST, create, CONTEXT);

/** Jumps instead of waiting. */
class JumpingClock {
	private time = 0;

	now(): number {
		return this.time;
	}

	async pause(ms: number): Promise<void> {
		this.time += ms;
	}
}

/** Clients of one process whose calls are answered by a function. */
function process(
	answer: (call: Call) => Answer,
	signal?: AbortSignal,
): { open(): JuspayClient; notes: string[] } {
	const clock = new JumpingClock();
	const state = new ProcessState();
	const notes: string[] = [];
	const open = () =>
		new JuspayClient({
			send: async (call) => answer(call),
			limiter: new AdaptiveLimiter(1, clock),
			clock,
			maxRetries: 0,
			context: CONTEXT,
			signal,
			state,
			note: (message) => notes.push(message),
		});
	return { open, notes };
}

type Said = { ok: true } | { ok: false; failure: Failure };

function failureIn(said: Said | undefined): Failure {
	if (!said || said.ok) throw new RangeError('Nothing has failed');
	return said.failure;
}

/** What each function of createAccounts/messages.ts says. */
const CREATE: Record<keyof typeof messages, Failure[]> = {
	mayExist: [messages.mayExist(lost, [account])],
	notFound: [messages.notFound(lost)],
	leftOut: [messages.leftOut([])],
	// Only as a part of `leftOut`.
	INCOMPLETE: [],
	unclear: [messages.unclear([account])],
	similar: [messages.similar(FOUND, 'maybeSame'), messages.similar(FOUND, 'near')],
	EMPTY_LIST: [messages.EMPTY_LIST],
	STALE: [messages.STALE],
	cannotLook: [
		messages.cannotLook(failureOf(refusal(403), contract.listAccounts(customer, '', 0), CONTEXT)),
	],
	sameOrGeneral: [
		messages.sameOrGeneral([
			failureOf(refusal(400), create, CONTEXT),
			failureOf(refusal(400, SAMPLES.code, 'Other words'), create, CONTEXT),
		]),
	],
	STOPPED: [messages.STOPPED],
	// Notes, in the output pane.
	twice: [],
	otherZeros: [],
};

/** What comes of waiting for a customer that another execution works on, when the workflow is stopped. */
async function stoppedWhileLocked(): Promise<Said> {
	const { open } = process(() => LOST, AbortSignal.abort());
	void open().withLock(customer, async () => await new Promise(() => {}));
	return await open().withLock(customer, async () => {});
}

/** Messages about accounts that may have been created, or were not. */
export async function createFailures(): Promise<Failure[]> {
	const { open } = process(() => answered(200, { list: [], total: 1 }));
	return [
		...Object.values(CREATE).flat(),
		failureIn(await open().listAccounts(customer, '')),
		failureIn(await stoppedWhileLocked()),
	];
}

const created = { id: account, customer_id: customer, validation_status: 'CREATED' };

/** Loses the answer to each POST; an account shows nothing new. */
const losesPosts = ({ method }: Call) => (method === 'GET' ? answered(200, created) : LOST);

/** Messages about penny drops that may have been paid for, and about customers and deletes in doubt. */
export async function otherFailures(): Promise<Failure[]> {
	const validating = process(losesPosts);
	const [inDoubt] = await validateAccounts(validating.open(), [ORDER]);
	const [stillInDoubt] = await validateAccounts(validating.open(), [ORDER]);
	// A 2xx whose body refuses proves nothing.
	const refusing = process(({ method }) =>
		method === 'GET' ? answered(200, created) : refusal(200),
	);
	const [refused] = await validateAccounts(refusing.open(), [ORDER]);
	const deleting = process(() => LOST);
	const [deleted] = await deleteAccounts(deleting.open(), [ORDER]);
	const order = {
		customerId: customer,
		details: NO_DETAILS,
		routingId: '',
		onExisting: 'create' as const,
	};
	const customerMade = await createCustomer(process(() => LOST).open(), order);
	return [inDoubt, stillInDoubt, refused, deleted, customerMade].map(failureIn);
}

/** What the output pane notes about accounts. */
export async function accountNotes(): Promise<string[]> {
	const PENDING = { ...created, validation_status: 'PENDING' };
	let isSent = false;
	const { open, notes } = process(({ method }) => {
		if (method === 'GET') return answered(200, created);
		isSent = true;
		return answered(200, PENDING);
	});
	await validateAccounts(open(), [ORDER]);
	if (isSent) await validateAccounts(open(), [ORDER]);
	return [messages.twice(customer, [account, account]), messages.otherZeros(account), ...notes];
}
