import type { CustomerAccount } from '../../../domain/account';
import type { Likeness } from '../../../domain/identity';
import type { Failure } from '../../words';
import { LATER } from '../../words';

/** More IDs than this are counted, not named. */
const MOST_NAMED = 10;

function named(ids: readonly string[]): string {
	const more = ids.length - MOST_NAMED;
	return ids.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function failure(
	code: string,
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

/** Juspay answered well, but left an account out. */
export const INCOMPLETE = failure(
	'INCOMPLETE_ANSWER',
	"Juspay's answer leaves this account out",
	'',
	{ kind: 'unreadable', effect: 'unknown', scope: 'customer' },
);

/** The list lacks an account that was seen before. */
export const STALE = failure(
	'STALE_LIST',
	"Juspay's list lacks an account that was there a moment ago",
	`Nothing was created, so that nothing is created twice. ${LATER}.`,
	{ kind: 'unreadable', transient: true, scope: 'customer' },
);

export const STOPPED = failure(
	'STOPPED',
	'The workflow was stopped before this account was created',
	'Run the workflow again: accounts that are already there are found and not created again.',
	{ kind: 'stopped', scope: 'everyone' },
);

/**
 * For an empty list that proves nothing: one did not show what had just been created, or a create may have taken
 * effect and no list has shown a new account yet.
 */
export const EMPTY_LIST = failure(
	'EMPTY_LIST',
	"Juspay's list is empty, but it may not show accounts that were created a moment ago",
	'Nothing was created, so that nothing is created twice. Check with Get Many what Juspay lists, and ask Juspay support if accounts are missing. To create accounts all the same, set If Account Exists to Create Another.',
	{ scope: 'customer' },
);

/** For accounts that can't be looked for. */
export function cannotLook(why: Failure): Failure {
	const isForbidden = why.kind === 'forbidden' || why.kind === 'setUp';
	return {
		...why,
		effect: 'none',
		description: isForbidden
			? `${why.description} Without the list the node can't tell which accounts are already there, so nothing was created. If your key may not list accounts, set If Account Exists to Create Another: then every account is created, also one that already exists, and one whose creation is in doubt is left to you.`
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
			: `The customer has account ${id}, which has the same number with another IFSC, or may have it`,
		`Nothing was created, so that nothing is created twice. ${status && `The account is ${status}. `}If it is the same account, correct the row to match it, or use Get with its ID. If it is another one, set If Account Exists to Create Another for this row, with an expression.`,
	);
}

/** For accounts that were created, without a sign of which is which. */
export function unclear(ids: readonly string[]): Failure {
	return failure(
		'CREATED_UNCLEAR',
		`Created, but Juspay's answer doesn't show which account is which: ${named(ids)}`,
		"Look at these accounts in Juspay before you run the workflow again. It doesn't create an account that one of them may be.",
		{ effect: 'unknown' },
	);
}

/** For an account that a 2xx leaves out, and that no list shows; `ids` are new ones that may be it. */
export function leftOut(ids: readonly string[]): Failure {
	return mayExist(INCOMPLETE, ids);
}

/** For an account of which nobody knows whether it was created. */
export function mayExist(why: Failure, ids: readonly string[] = []): Failure {
	const seen = ids.length > 0 ? ` New accounts of the customer that may be it: ${named(ids)}.` : '';
	return {
		...why,
		effect: 'unknown',
		message: `${why.message}. The account may have been created`,
		description:
			`Before you create it again, use Get Many for this customer to see whether it is there; with If Account Exists set to Reuse, the next run looks by itself.${seen} ${why.description}`.trim(),
	};
}

/** For an account that was asked for, may have been lost on the way, and is shown not to be there. */
export function notFound(why: Failure): Failure {
	return {
		...why,
		effect: 'none',
		message: `${why.message}. The account was not there when the node looked afterwards`,
		description:
			`Run the workflow again: it looks first and creates only what is missing. ${why.description}`.trim(),
	};
}

/** For accounts of which some answer entries say that they were refused, but not which entry is whose. */
export function sameOrGeneral(refusals: readonly Failure[]): Failure {
	const [first = INCOMPLETE] = refusals;
	const isSame = refusals.every(({ message }) => message === first.message);
	return {
		...first,
		effect: 'none',
		message: isSame ? first.message : 'Juspay refused this account, for one of several reasons',
	};
}

/** For a customer that has the same account more than once. */
export function twice(customerId: string, ids: readonly string[]): string {
	return `Customer ${customerId} has the same account ${ids.length} times: ${named(ids)}`;
}

/** For an account that was found although its leading zeros differ. */
export function otherZeros(id: string): string {
	return `Account ${id} was taken for the account in the input: only leading zeros differ`;
}
