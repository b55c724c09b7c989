import * as contract from '../../nodes/Juspay/wire/contract';
import * as messages from '../../nodes/Juspay/once/messages';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/failure';
import { failureOf, unfinishedList } from '../../nodes/Juspay/http/messages';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { CONTEXT, LOST, NO_DETAILS, refusal, SETTINGS } from './juspay';
import { SAMPLES } from './rows';

const { customer, account } = SAMPLES;
const FOUND = { id: account, status: 'ACTIVE' } as CustomerAccount;

const CALLS = {
	create: contract.createAccounts(customer, [], SETTINGS),
	list: contract.listAccounts(customer, '', 0),
	validate: contract.validateAccount(customer, account, SETTINGS),
	delete: contract.deleteAccount(customer, account, ''),
	createCustomer: contract.createCustomer(customer, NO_DETAILS, ''),
};

/** What became of a call. */
const failed = (call: keyof typeof CALLS, answer: Answer = LOST) =>
	failureOf(answer, CALLS[call], CONTEXT);

const lost = failed('create');
const unfinished = unfinishedList(SAMPLES.host);

/** When things happen in the samples, in milliseconds since the epoch. */
const SENT = Date.parse('2026-01-01T10:00:00Z');
const SETTLED = SENT + 10 * 60_000;
const NEXT_DAY = SENT + 24 * 3_600_000;

const mayExist = messages.mayExist(lost, SETTLED, [account]);

/** What is said about creates, and about everything else. */
type Said = [creates: Failure[], others?: Failure[]];

/** What each function of once/messages.ts says; what is no failure is a note, or only a part of others. */
const SAID: Record<keyof typeof messages, Said | undefined> = {
	mayExist: [
		[
			mayExist,
			messages.mayExist({ ...lost, kind: 'stopped' }, SETTLED),
			messages.mayExist(messages.INCOMPLETE, SETTLED),
		],
	],
	inDoubtSince: [
		[false, true].map((isAccepted) => messages.inDoubtSince(SENT, isAccepted, SETTLED)),
	],
	notFound: [[messages.notFound(lost)]],
	notShownYet: [[messages.notShownYet(account, SETTLED)]],
	unclear: [[messages.unclear([account])]],
	similar: [[messages.similar(FOUND, 'maybeSame'), messages.similar(FOUND, 'near')]],
	similarRow: [[messages.similarRow()]],
	similarInDoubt: [[messages.similarInDoubt(mayExist)]],
	sentByOthers: [[messages.sentByOthers(SETTLED)]],
	isInactive: [[messages.isInactive(account)]],
	isDeleted: [[messages.isDeleted(customer, account)]],
	emptyList: [[messages.emptyList(SETTLED, SENT), messages.emptyList(SENT, SETTLED)]],
	STALE: [[messages.STALE]],
	cannotLook: [[messages.cannotLook(failed('list', refusal(403)))]],
	sameOrGeneral: [
		[
			messages.sameOrGeneral([
				failed('create', refusal(400)),
				failed('create', refusal(400, SAMPLES.code, 'Other words')),
			]),
		],
	],
	STOPPED: [[messages.STOPPED]],
	STOPPED_WAITING: [[messages.STOPPED_WAITING]],
	RERUN: [[messages.RERUN]],
	noPenniesLeft: [[messages.noPenniesLeft(1)]],
	noMerchantId: [[messages.noMerchantId()]],
	validationMayBeUnderWay: [
		[],
		// A 2xx whose body refuses proves nothing.
		[failed('validate'), failed('validate', refusal(200))].map((why) =>
			messages.validationMayBeUnderWay(why, NEXT_DAY),
		),
	],
	validationInDoubt: [[], [messages.validationInDoubt(SENT, NEXT_DAY)]],
	NOT_DELETED_YET: [[], [messages.NOT_DELETED_YET]],
	mayBeDeleted: [[], [messages.mayBeDeleted(failed('delete'))]],
	customerMayExist: [[], [messages.customerMayExist(failed('createCustomer'))]],
	validatedByOthers: [[], [messages.validatedByOthers(SETTLED)]],
	otherCustomer: [[], [messages.otherCustomer(customer, 'unknown')]],
	INCOMPLETE: undefined,
	utc: undefined,
	NO_SHARED_RECORD: undefined,
	notStartedAgain: undefined,
	twice: undefined,
	validatedElsewhere: undefined,
};

/** Messages about accounts that may have been created, or were not. */
export function createFailures(): Failure[] {
	const said = Object.values(SAID).flatMap((one) => one?.[0] ?? []);
	return [...said, unfinished, messages.cannotLook(unfinished)];
}

/** Messages about penny drops that may have been paid for, and about customers and deletes in doubt. */
export function otherFailures(): Failure[] {
	return Object.values(SAID).flatMap((one) => one?.[1] ?? []);
}

/** What the output pane notes about accounts. */
export function accountNotes(): string[] {
	return [
		messages.twice(customer, [account, account]),
		messages.validatedElsewhere([account]),
		messages.notStartedAgain(account, SENT),
		messages.NO_SHARED_RECORD,
	];
}
