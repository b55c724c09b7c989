import type { CustomerAccount } from '../account/types';
import type { Likeness } from '../account/identity';
import { maskText, namedCustomer } from '../account/mask';
import type { Failure } from '../http/failure';
import { ownFailure } from '../http/failure';
import { LATER, ONCE_KNOWN, RUN_AGAIN } from '../http/messages';

const NOTHING_CREATED = 'Nothing was created, to avoid duplicates.';

/** Maximum number of IDs to name. */
const MAX_NAMED = 10;

function named(ids: readonly string[]): string {
	const more = ids.length - MAX_NAMED;
	return ids.slice(0, MAX_NAMED).map(maskText).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A time as people write it: `29 Nov 2026, 21:55 UTC`. */
export function utc(ms: number): string {
	const [date = '', time = ''] = new Date(ms).toISOString().split('T');
	const [year = '', month = '', day = ''] = date.split('-');
	return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${time.slice(0, 5)} UTC`;
}

const MINUTE = 60_000;

/** The same, from which on something holds: the next full minute. */
const fromUtc = (ms: number) => utc(Math.ceil(ms / MINUTE) * MINUTE);

/** Which run settles it. */
const runFrom = (ms: number) =>
	`Run the workflow again from ${fromUtc(ms)} on: it settles this by itself.`;

/** A failure's description without when to run again, where that is said already. */
function besidesWhen({ description }: Failure): string {
	const when = new RegExp(`(?:${LATER}|${ONCE_KNOWN})(?: \\(([^)]*)\\))?\\.`);
	const left = description.replace(when, (_, code?: string) =>
		code ? `Network code: ${code}.` : '',
	);
	return left.replace(/ {2,}/g, ' ').trim();
}

/** Juspay accepted a request, but its answer doesn't contain an account. */
export const INCOMPLETE = ownFailure(
	'MAY_EXIST',
	"Juspay's answer doesn't contain this account",
	'',
	{
		kind: 'unreadable',
		effect: 'unknown',
		scope: 'customer',
	},
);

/** The list is missing an account that was seen before. */
export const STALE = ownFailure(
	'STALE_LIST',
	"Juspay's list is missing an account that it contained before",
	`${NOTHING_CREATED} ${LATER}.`,
	{ kind: 'unreadable', transient: true, scope: 'customer' },
);

export const STOPPED = ownFailure(
	'STOPPED',
	'The workflow was stopped before this account was created',
	RUN_AGAIN,
	{ kind: 'stopped', scope: 'everyone' },
);

/** The workflow was stopped before it was this customer's turn. */
export const STOPPED_WAITING = ownFailure(
	'STOPPED',
	'The workflow was stopped while it waited for another execution that works on this customer',
	'Nothing was sent. Run the workflow again.',
	{ kind: 'stopped', scope: 'everyone' },
);

/**
 * For an empty list that proves nothing: one did not show what had just been created.
 *
 * @param settlesAt - from when on lists can't be late any more; in the past: they show no new accounts
 */
export function emptyList(settlesAt: number, now: number): Failure {
	const isLate = settlesAt > now;
	return ownFailure(
		'EMPTY_LIST',
		"Juspay's list is empty, but may not show accounts that were just created",
		`${NOTHING_CREATED} ${isLate ? `${runFrom(settlesAt)} If Juspay's list` : 'If Get Many'} doesn't show accounts that you know of, ask Juspay support. To create accounts anyway, set 'If Account Exists' to 'Create Another'.`,
		{ scope: 'customer', ...(isLate && { settlesAt }) },
	);
}

/** For accounts that can't be looked for. */
export function cannotLook(why: Failure): Failure {
	if (why.code === 'UNFINISHED_LIST') {
		return {
			...why,
			description: `${why.description} ${NOTHING_CREATED} To create accounts all the same, set 'If Account Exists' to 'Create Another': then every account is created, even one that already exists.`,
		};
	}
	const isForbidden = why.kind === 'forbidden' || why.kind === 'setUp';
	return {
		...why,
		effect: 'none',
		description: isForbidden
			? `${why.description} Without the list the node can't tell which accounts exist, so nothing was created. If your key is not allowed to list accounts, set 'If Account Exists' to 'Create Another': then every account is created, even one that already exists, and you need to check yourself any account that may have been created.`
			: why.description,
	};
}

/** For an account that this process created, and that neither the list nor Get shows yet. */
export function notShownYet(id: string, settlesAt: number): Failure {
	return ownFailure(
		'STALE_LIST',
		`Account ${maskText(id)} was created for this row, but Juspay doesn't show it yet`,
		`${NOTHING_CREATED} ${runFrom(settlesAt)}`,
		{ kind: 'unreadable', transient: true, settlesAt },
	);
}

/** For an account that Juspay marks as deleted, or that this process deleted. */
export function isDeleted(customerId: string, id: string): Failure {
	return ownFailure(
		'NOT_FOUND',
		`Account ${maskText(id)} of customer ${namedCustomer(customerId)} is deleted`,
		'Check the ID. To use the account again, create it again.',
		{ kind: 'missing' },
	);
}

/** For an account that Juspay shows as not in use. */
export function isInactive(id: string): Failure {
	return ownFailure(
		'CANNOT_TELL',
		`The customer has account ${maskText(id)}, which Juspay shows as inactive`,
		"Nothing was created or validated. Ask Juspay what inactive means for this account. If it is gone for good, set 'If Account Exists' to 'Create Another' for this row, with an expression.",
	);
}

/** For an account that may be the same as one that is there. */
export function similar({ id, status }: CustomerAccount, alike: Likeness): Failure {
	if (id === '') return similarRow();
	const isPart = alike === 'maybeSame';
	const name = maskText(id);
	const stands = status && `The account is ${maskText(status)}. `;
	return ownFailure(
		isPart ? 'CANNOT_TELL' : 'SIMILAR_ACCOUNT',
		isPart
			? `The customer has account ${name}, which may be the same: Juspay doesn't show enough of it to tell`
			: `The customer has account ${name}, which seems to have the same number with another IFSC`,
		`${NOTHING_CREATED} ${stands}If ${name} is the wrong one, delete it and run the workflow again. If it is the same account, correct the row to match it, or use Get with its ID. If both are right, set 'If Account Exists' to 'Create Another' for this row, with an expression.`,
	);
}

/** For a dry run: another row has the same number with another IFSC, and its account would be created. */
export function similarRow(): Failure {
	return ownFailure(
		'SIMILAR_ACCOUNT',
		'Another row has the same number with another IFSC',
		`${NOTHING_CREATED} Correct the row that is wrong. If both are right, set 'If Account Exists' to 'Create Another' for this row, with an expression.`,
	);
}

/** For an account whose number was sent in the same run with another IFSC, if nobody knows whether that was created. */
export function similarInDoubt(why: Failure): Failure {
	return ownFailure(
		'MAY_EXIST',
		'Another row has the same number with another IFSC, and its account may have been created',
		`Nothing was created for this row, to avoid duplicates. ${why.settlesAt === undefined ? `${LATER}.` : runFrom(why.settlesAt)}`,
		why.settlesAt === undefined ? {} : { settlesAt: why.settlesAt },
	);
}

/** For accounts that were created, if Juspay doesn't show which is which. */
export function unclear(ids: readonly string[]): Failure {
	return ownFailure(
		'CREATED_UNCLEAR',
		`Created, but Juspay's answer doesn't show which account is which: ${named(ids)}`,
		"Check these accounts in Juspay before you run the workflow again. The next run doesn't create accounts that may be one of them.",
		{ effect: 'unknown' },
	);
}

/**
 * For an account that may have been created.
 *
 * @param ids - new accounts that may be it
 * @param settlesAt - from when on a run can settle it, in milliseconds since the epoch
 */
export function mayExist(why: Failure, settlesAt: number, ids: readonly string[] = []): Failure {
	// Nobody has seen yet how the request ends.
	const isOpen = why.kind === 'stopped';
	const seen = ids.length > 0 ? ` New accounts that may be it: ${named(ids)}.` : '';
	return {
		...why,
		code: 'MAY_EXIST',
		effect: 'unknown',
		...(!isOpen && { settlesAt }),
		message: `${why.message}. The account may have been created`,
		description:
			`With 'If Account Exists' set to 'Reuse', it is not created again until that is known. ${isOpen ? 'A later run settles this by itself.' : runFrom(settlesAt)}${seen} ${besidesWhen(why)}`.trim(),
	};
}

/** For an account of which an earlier run left open whether it was created. */
export function inDoubtSince(sentAt: number, isAccepted: boolean, settlesAt: number): Failure {
	return ownFailure(
		'MAY_EXIST',
		`A request to create this account was sent on ${utc(sentAt)}${isAccepted ? ' and accepted' : ''}. The account may have been created`,
		`Juspay doesn't show it yet, and nothing was sent again, to avoid duplicates. ${runFrom(settlesAt)}`,
		{ kind: 'busy', effect: 'unknown', settlesAt },
	);
}

/** For an account whose request was lost, and which doesn't exist. */
export function notFound(why: Failure): Failure {
	return {
		...why,
		effect: 'none',
		message: `${why.message}. The account didn't exist when the node checked afterwards`,
		description: `The next run creates only what is missing. ${why.description}`.trim(),
	};
}

/** For accounts that an answer refuses, without saying which refusal is whose. */
export function sameOrGeneral(refusals: readonly Failure[]): Failure {
	const [first = INCOMPLETE] = refusals;
	const isSame = refusals.every(({ message }) => message === first.message);
	return {
		...first,
		message: isSame ? first.message : 'Juspay rejected this account for one of several reasons',
	};
}

const ONLY_ONCE = "It is not started again, so you don't pay for a second penny drop.";

/** The ways out of a doubt about a validation. */
function untilKnown(settlesAt: number): string {
	return `${ONLY_ONCE} Use Get in a few minutes to check the account's status. If it stays unchanged, a run after ${fromUtc(settlesAt)} validates the account again; to do so earlier, add the option 'Validate Again If in Doubt'.`;
}

/** For a validation that may have been started. */
export function validationMayBeUnderWay(why: Failure, settlesAt: number): Failure {
	return {
		...why,
		code: 'VALIDATION_IN_DOUBT',
		effect: 'unknown',
		settlesAt,
		message: `${why.message}. The validation may have been started`,
		description: `${untilKnown(settlesAt)} ${besidesWhen(why)}`.trim(),
	};
}

/** For an account whose earlier validation has an unknown outcome. */
export function validationInDoubt(sentAt: number, settlesAt: number): Failure {
	return ownFailure(
		'VALIDATION_IN_DOUBT',
		`A penny drop for this account was requested on ${utc(sentAt)}, and Juspay shows no result yet. The validation may have been started`,
		untilKnown(settlesAt),
		{ kind: 'busy', effect: 'unknown', settlesAt },
	);
}

/** For an account whose penny drop would be one more than the run may start. */
export function noPenniesLeft(most: number): Failure {
	return ownFailure(
		'TOO_MANY_VALIDATIONS',
		`'Max Validations' is ${most}, and this account's penny drop would be one more`,
		"It was not started: more accounts had to be validated than the run could see beforehand. Run the workflow again to validate the account, or raise 'Max Validations'.",
	);
}

/** For the output pane: n8n's own record of what other workers did can't be had. */
export const NO_SHARED_RECORD =
	"n8n's de-duplication data can't be used, so the node doesn't see what other n8n workers have sent. With several workers, run one execution for a customer at a time.";

/** For a step that n8n runs again after a worker was lost, where a second time would cost money or make accounts twice. */
export const RERUN = ownFailure(
	'STOPPED',
	'n8n ran this step before in this execution, on a worker that was lost',
	"Nothing was sent this time, as the first time may have created or paid for it. Check the customer's accounts with Get Many, then start a new execution for what is missing.",
	{ kind: 'stopped', scope: 'everyone' },
);

/** For an account that another n8n process has sent to be created, and that no list shows. */
export function sentByOthers(settlesAt: number): Failure {
	return ownFailure(
		'MAY_EXIST',
		'Another n8n worker, or this one before a restart, has sent a request to create this account. The account may have been created',
		`Juspay doesn't show it yet, and nothing was sent again, to avoid duplicates. ${runFrom(settlesAt)} To create it all the same, set 'If Account Exists' to 'Create Another'.`,
		{ kind: 'busy', effect: 'unknown', settlesAt },
	);
}

/** For an account whose validation another n8n process has sent, and of which Juspay shows nothing. */
export function validatedByOthers(settlesAt: number): Failure {
	return ownFailure(
		'VALIDATION_IN_DOUBT',
		'Another n8n worker, or this one before a restart, has requested a penny drop for this account, and Juspay shows no result yet. The validation may have been started',
		untilKnown(settlesAt),
		{ kind: 'busy', effect: 'unknown', settlesAt },
	);
}

/** For the output pane: a validation that Juspay has confirmed, and shows nothing of. */
export function notStartedAgain(id: string, sentAt: number): string {
	return `The validation of account ${maskText(id)} was started on ${utc(sentAt)} and is not started again while Juspay shows no result`;
}

/** For the output pane: accounts that show a later validation than the one that this process sent. */
export function validatedElsewhere(ids: readonly string[]): string {
	return `Validated once more since this n8n process did it: ${named(ids)}. If nothing else of yours did so on purpose, check in Juspay Dashboard whether a second penny drop was paid for, and run this workflow on one worker`;
}

/** For a customer that has the same account more than once. */
export function twice(customerId: string, ids: readonly string[]): string {
	return `Customer ${namedCustomer(customerId)} has the same account ${ids.length} times: ${named(ids)}`;
}

/** For an account that Juspay still shows, although its answer to the delete was no refusal. */
export const NOT_DELETED_YET = ownFailure(
	'CANNOT_TELL',
	"Juspay hasn't deleted the account yet",
	'Juspay answered the request, but still shows the account. Run the workflow again later. Deleting an account again has no further effect.',
	{ effect: 'unknown' },
);

/** For an account that may still exist. */
export function mayBeDeleted(why: Failure): Failure {
	return {
		...why,
		effect: 'unknown',
		message: `${why.message}. The account may not have been deleted`,
		description: `${why.description} Deleting an account again has no further effect.`.trim(),
	};
}

/** For a customer that may have been created. */
export function customerMayExist(why: Failure): Failure {
	return {
		...why,
		code: 'MAY_EXIST',
		effect: 'unknown',
		message: `${why.message}. The customer may have been created`,
		description:
			`With 'If Customer Exists' set to 'Return Existing', the next run checks first. ${why.description}`.trim(),
	};
}

/** For an answer that is about another customer than the one asked for. */
export function otherCustomer(wanted: string, effect: Failure['effect']): Failure {
	return ownFailure(
		'UNREADABLE_ANSWER',
		`Juspay's answer is about another customer than ${namedCustomer(wanted)}`,
		`Nothing of it was used. Check the customer in Juspay, and ask Juspay support if it happens again.`,
		{ kind: 'unreadable', effect, scope: 'customer' },
	);
}

/** For a credential without the merchant's ID, where Juspay requires it. */
export function noMerchantId(): Failure {
	return ownFailure(
		'BAD_CREDENTIAL',
		"Verifying UPI IDs needs 'Merchant ID' in the Juspay credential",
		'Enter the ID that your merchant has at Juspay; upper and lower case count. Nothing was sent.',
		{ kind: 'unusable', scope: 'everyone' },
	);
}
