import type { CustomerAccount } from '../../account/types';
import type { Likeness } from '../../account/identity';
import type { ErrorCode } from '../../http/codes';
import type { Failure } from '../../http/words';
import { LATER } from '../../http/words';

/** Maximum number of IDs to name. */
const MAX_NAMED = 10;

function named(ids: readonly string[]): string {
	const more = ids.length - MAX_NAMED;
	return ids.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function failure(
	code: ErrorCode,
	message: string,
	description: string,
	more: Partial<Failure> = {},
): Failure {
	return {
		kind: 'refused',
		effect: 'none',
		transient: false,
		scope: 'account',
		code,
		message,
		description,
		...more,
	};
}

/** Juspay accepted a request, but its answer doesn't contain an account. */
export const INCOMPLETE = failure(
	'MAY_EXIST',
	"Juspay's answer doesn't contain this account",
	'',
	{ kind: 'unreadable', effect: 'unknown', scope: 'customer' },
);

/** The list is missing an account that was seen before. */
export const STALE = failure(
	'STALE_LIST',
	"Juspay's list is missing an account that it contained before",
	`Nothing was created, to avoid duplicates. ${LATER}.`,
	{ kind: 'unreadable', transient: true, scope: 'customer' },
);

export const STOPPED = failure(
	'STOPPED',
	'The workflow was stopped before this account was created',
	'Run the workflow again: existing accounts are found and not created again.',
	{ kind: 'stopped', scope: 'everyone' },
);

/**
 * For an empty list that proves nothing: one did not show what had just been created, or a create may have taken
 * effect and no list has shown a new account yet.
 */
export const EMPTY_LIST = failure(
	'EMPTY_LIST',
	"Juspay's list is empty, but may not show accounts that were just created",
	"Nothing was created, to avoid duplicates. Check with Get Many which accounts Juspay lists, and ask Juspay support if some are missing. To create accounts anyway, set 'If Account Exists' to 'Create Another'.",
	{ scope: 'customer' },
);

/** For accounts that can't be looked for. */
export function cannotLook(why: Failure): Failure {
	const isForbidden = why.kind === 'forbidden' || why.kind === 'setUp';
	return {
		...why,
		effect: 'none',
		description: isForbidden
			? `${why.description} Without the list the node can't tell which accounts exist, so nothing was created. If your key is not allowed to list accounts, set 'If Account Exists' to 'Create Another': then every account is created, even one that already exists, and you need to check yourself any account that may have been created.`
			: why.description,
	};
}

/** For an account that may be the same as one that is there. */
export function similar({ id, status }: CustomerAccount, alike: Likeness): Failure {
	const isPart = alike === 'maybeSame';
	return failure(
		isPart ? 'CANNOT_TELL' : 'SIMILAR_ACCOUNT',
		isPart
			? `The customer has account ${id}, which may be the same: Juspay doesn't show enough of it to tell`
			: `The customer has account ${id}, which seems to have the same number with another IFSC`,
		`Nothing was created, to avoid duplicates. ${status && `The account is ${status}. `}If it is the same account, correct the row to match it, or use Get with its ID. If it is a different one, set 'If Account Exists' to 'Create Another' for this row, with an expression.`,
	);
}

/** For accounts that were created, if Juspay doesn't show which is which. */
export function unclear(ids: readonly string[]): Failure {
	return failure(
		'CREATED_UNCLEAR',
		`Created, but Juspay's answer doesn't show which account is which: ${named(ids)}`,
		"Check these accounts in Juspay before you run the workflow again. The next run doesn't create accounts that may be one of them.",
		{ effect: 'unknown' },
	);
}

/** For an account that neither a 2xx answer nor a list contains; `ids` are new accounts that may be it. */
export function leftOut(ids: readonly string[]): Failure {
	return mayExist(INCOMPLETE, ids);
}

/** For an account that may have been created. */
export function mayExist(why: Failure, ids: readonly string[] = []): Failure {
	const seen = ids.length > 0 ? ` New accounts that may be it: ${named(ids)}.` : '';
	return {
		...why,
		effect: 'unknown',
		message: `${why.message}. The account may have been created`,
		description:
			`Before you create it again, check with Get Many whether it exists. With 'If Account Exists' set to 'Reuse', the next run checks by itself.${seen} ${why.description}`.trim(),
	};
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
		effect: 'none',
		message: isSame ? first.message : 'Juspay rejected this account for one of several reasons',
	};
}

/** For a customer that has the same account more than once. */
export function twice(customerId: string, ids: readonly string[]): string {
	return `Customer ${customerId} has the same account ${ids.length} times: ${named(ids)}`;
}

/** For an account that was found although its leading zeros differ. */
export function otherZeros(id: string): string {
	return `Account ${id} was used for the account in the input: only leading zeros differ`;
}
