import type { CustomerAccount } from './account';
import { LONGEST_NAME } from './check';
import { maskAccount } from './mask';
import { cut } from './text';

/** How an account came to be the customer's: made in this run, or there before. */
export type Outcome = 'created' | 'existing';

/** Whether a penny drop was started for an account, or was not needed. */
export type Validation = 'started' | 'notNeeded';

/** What an output item says of an account beside what Juspay says. */
export interface Context {
	/** The customer as the workflow named it, so that an alert names whom the merchant knows. */
	customerId: string;
	outcome?: Outcome;
	validation?: Validation;
	/** Trigger only. */
	previousStatus?: string;
}

/**
 * An account as the node returns it, masked: executions are stored and shown. Each item has the same keys; what isn't
 * known is null.
 */
export function simplified(
	account: CustomerAccount,
	{ customerId, outcome, validation, previousStatus }: Context,
): Record<string, string | null> {
	const known = (value: string | undefined) => (value ? cut(value, LONGEST_NAME) : null);
	return {
		customerAccountId: cut(account.id, LONGEST_NAME),
		customerId,
		type: known(account.type),
		validationStatus: known(account.status),
		account: known(maskAccount(account)),
		ifsc: known(account.ifsc),
		beneficiaryName: known(account.beneficiaryName),
		lastValidated: known(account.lastValidated),
		outcome: known(outcome),
		validation: known(validation),
		...(previousStatus !== undefined && { previousStatus: known(previousStatus) }),
	};
}
