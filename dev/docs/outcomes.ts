import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import * as contract from '../../nodes/Juspay/wire/contract';
import type { Session } from '../../nodes/Juspay/once';
import {
	createCustomer,
	deleteAccounts,
	listAccounts,
	validateAccounts,
} from '../../nodes/Juspay/once';
import * as messages from '../../nodes/Juspay/once/messages';
import { Process, sessionOf } from '../../nodes/Juspay/once/session';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/failure';
import { failureOf } from '../../nodes/Juspay/http/messages';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { answered, CONTEXT, LOST, NO_DETAILS, refusal, SETTINGS } from './juspay';
import { SAMPLES } from './rows';

const { customer, account } = SAMPLES;
const ORDER = { customerId: customer, customerAccountId: account, settings: SETTINGS };
const FOUND = { id: account, status: 'ACTIVE' } as CustomerAccount;

const create = contract.createAccounts(customer, [], SETTINGS);
const lost = failureOf(LOST, create, CONTEXT);

/** When things happen in the samples, in milliseconds since the epoch. */
const SENT = Date.parse('2026-01-01T10:00:00Z');
const SETTLED = SENT + 10 * 60_000;

/** Jumps instead of waiting. */
class JumpingClock {
	private time = SENT;

	now(): number {
		return this.time;
	}

	async pause(ms: number): Promise<void> {
		this.time += ms;
	}
}

/** Sessions of one process whose calls are answered by a function. */
function processOf(answer: (call: Call) => Answer): { open(): Session; notes: string[] } {
	const clock = new JumpingClock();
	const process = new Process();
	const notes: string[] = [];
	const open = () => {
		const client = new JuspayClient({
			send: async (call, onSend) => {
				onSend?.();
				return answer(call);
			},
			limiter: new AdaptiveLimiter(1, clock),
			clock,
			maxRetries: 0,
			context: CONTEXT,
		});
		return sessionOf(client, process, { note: (message) => notes.push(message) });
	};
	return { open, notes };
}

type Said = { ok: true } | { ok: false; failure: Failure };

function failureIn(said: Said | undefined): Failure {
	if (!said || said.ok) throw new RangeError('Nothing has failed');
	return said.failure;
}

const mayExist = messages.mayExist(lost, SETTLED, [account]);

/** What each function of once/messages.ts says about creates; the others are met below, in what becomes of calls. */
const CREATE: Record<keyof typeof messages, Failure[]> = {
	mayExist: [
		mayExist,
		messages.mayExist({ ...lost, kind: 'stopped' }, SETTLED),
		messages.mayExist(messages.INCOMPLETE, SETTLED),
	],
	inDoubtSince: [
		messages.inDoubtSince(SENT, false, SETTLED),
		messages.inDoubtSince(SENT, true, SETTLED),
	],
	notFound: [messages.notFound(lost)],
	notShownYet: [messages.notShownYet(account, SETTLED)],
	unclear: [messages.unclear([account])],
	similar: [messages.similar(FOUND, 'maybeSame'), messages.similar(FOUND, 'near')],
	similarInDoubt: [messages.similarInDoubt(mayExist)],
	sentByOthers: [messages.sentByOthers(SETTLED)],
	isInactive: [messages.isInactive(account)],
	isDeleted: [messages.isDeleted(customer, account)],
	emptyList: [messages.emptyList(SETTLED, SENT), messages.emptyList(SENT, SETTLED)],
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
	STOPPED_WAITING: [messages.STOPPED_WAITING],
	RERUN: [messages.RERUN],
	noPenniesLeft: [messages.noPenniesLeft(1)],
	// Only as a part of others.
	INCOMPLETE: [],
	utc: [],
	// Said by the calls below.
	validationMayBeUnderWay: [],
	validationInDoubt: [],
	validatedByOthers: [],
	mayBeDeleted: [],
	customerMayExist: [],
	otherCustomer: [],
	noMerchantId: [messages.noMerchantId()],
	// Notes, in the output pane.
	NO_SHARED_RECORD: [],
	notStartedAgain: [],
	twice: [],
	validatedElsewhere: [],
	otherZeros: [],
};

/** Messages about accounts that may have been created, or were not. */
export async function createFailures(): Promise<Failure[]> {
	const { open } = processOf(() => answered(200, { list: [], total: 1 }));
	const unfinished = failureIn(await listAccounts(open(), customer, ''));
	return [...Object.values(CREATE).flat(), unfinished, messages.cannotLook(unfinished)];
}

const created = { id: account, customer_id: customer, validation_status: 'CREATED' };

/** Loses the answer to each POST; an account shows nothing new. */
const losesPosts = ({ method }: Call) => (method === 'GET' ? answered(200, created) : LOST);

/** Messages about penny drops that may have been paid for, and about customers and deletes in doubt. */
export async function otherFailures(): Promise<Failure[]> {
	const validating = processOf(losesPosts);
	const [inDoubt] = await validateAccounts(validating.open(), [ORDER]);
	const [stillInDoubt] = await validateAccounts(validating.open(), [ORDER]);
	// A 2xx whose body refuses proves nothing.
	const refusing = processOf(({ method }) =>
		method === 'GET' ? answered(200, created) : refusal(200),
	);
	const [refused] = await validateAccounts(refusing.open(), [ORDER]);
	const deleting = processOf(() => LOST);
	const [deleted] = await deleteAccounts(deleting.open(), [ORDER]);
	const order = {
		customerId: customer,
		details: NO_DETAILS,
		routingId: '',
		onExisting: 'create' as const,
	};
	const customerMade = await createCustomer(processOf(() => LOST).open(), order);
	return [
		...[inDoubt, stillInDoubt, refused, deleted, customerMade].map(failureIn),
		messages.validatedByOthers(SETTLED),
		messages.otherCustomer(customer, 'unknown'),
	];
}

/** What the output pane notes about accounts. */
export async function accountNotes(): Promise<string[]> {
	const PENDING = { ...created, validation_status: 'PENDING' };
	let isSent = false;
	const { open, notes } = processOf(({ method }) => {
		if (method === 'GET') return answered(200, created);
		isSent = true;
		return answered(200, PENDING);
	});
	await validateAccounts(open(), [ORDER]);
	if (isSent) await validateAccounts(open(), [ORDER]);
	return [
		messages.twice(customer, [account, account]),
		messages.otherZeros(account),
		messages.validatedElsewhere([account]),
		...notes,
		messages.NO_SHARED_RECORD,
	];
}
