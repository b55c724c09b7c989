import type { CustomerAccount } from './types';
import { LONGEST_NAME } from './check';
import { maskAccount, shownText } from './mask';
import { cut } from './text';

/**
 * What Create did: the account is new, or was there before; in a dry run, it is missing and would be created. What
 * Delete did: the account was there, or was not. What Create or Update did with a customer that was there: updated it.
 */
export type Outcome = 'created' | 'existing' | 'wouldCreate' | 'deleted' | 'notFound' | 'updated';

/**
 * Whether a penny drop was started for an account in this run, was sent before and is not known to have ended, would be
 * started in a dry run, or is not needed.
 */
export type Validation = 'started' | 'alreadyStarted' | 'wouldStart' | 'notNeeded';

/** What an output item says of an account beside what Juspay says. */
interface Context {
	/** The customer as the workflow named it, so that an alert names whom the merchant knows. */
	customerId: string;
	outcome?: Outcome;
	validation?: Validation;
	/** Trigger only. */
	previousStatus?: string;
}

/**
 * An account as the node returns it, masked: executions are stored and shown. Each item has the same keys, what
 * people look for first; what isn't known is null.
 */
export function simplified(
	account: CustomerAccount,
	{ customerId, outcome, validation, previousStatus }: Context,
): Record<string, string | null> {
	const known = (value: string | undefined) => (value ? cut(value, LONGEST_NAME) : null);
	// Accounts added by other systems may have their columns mixed up.
	const shown = (value: string) => (value ? shownText(value, LONGEST_NAME) : null);
	return {
		account: known(maskAccount(account)),
		validationStatus: shown(account.status),
		customerId,
		customerAccountId: known(account.id),
		type: known(account.type),
		ifsc: shown(account.ifsc),
		beneficiaryName: shown(account.beneficiaryName),
		lastValidated: known(account.lastValidated),
		outcome: known(outcome),
		validation: known(validation),
		...(previousStatus !== undefined && { previousStatus: known(previousStatus) }),
	};
}
