import type { CustomerAccount } from './account';
import { LONGEST_NAME } from './check';
import { maskAccount } from './mask';
import { cut } from './text';

/** How an account came to be the customer's: made in this run, or there before. */
export type Outcome = 'created' | 'existing';

/** What the workflow knows about an account beside Juspay's own answer. */
export interface AccountContext {
	/** The customer as the workflow named it: Juspay's ID or the merchant's own. */
	customerId: string;
	/** Create only; `wouldCreate` in a dry run. */
	outcome?: Outcome | 'wouldCreate';
	/** Whether a penny drop was started, where one was asked for; `wouldStart` in a dry run. */
	validation?: 'started' | 'notNeeded' | 'wouldStart';
}

/** An account as the node gives it out. */
export type SimplifiedAccount = Record<
	| 'customerAccountId'
	| 'customerId'
	| 'type'
	| 'validationStatus'
	| 'account'
	| 'ifsc'
	| 'beneficiaryName'
	| 'lastValidated'
	| 'outcome'
	| 'validation',
	string | null
>;

/**
 * An account as the node gives it out, masked: executions are stored and shown.
 * Every key is always there, null where nothing is known, so that items make one table.
 */
export function simplified(
	account: CustomerAccount,
	{ customerId, outcome, validation }: AccountContext,
): SimplifiedAccount {
	return {
		customerAccountId: shown(account.id),
		customerId: shown(customerId),
		type: shown(account.type),
		validationStatus: shown(account.status),
		account: shown(maskAccount(account)),
		ifsc: shown(account.ifsc),
		beneficiaryName: shown(account.beneficiaryName),
		lastValidated: shown(account.lastValidated),
		outcome: outcome ?? null,
		validation: validation ?? null,
	};
}

function shown(value: string): string | null {
	return value === '' ? null : cut(value, LONGEST_NAME);
}

/** The node's three outputs by status. A status that Juspay has not documented is not final: Pending. */
export const STATUS_OUTPUTS = ['Active', 'Pending', 'Failure'] as const;

/** Which of {@link STATUS_OUTPUTS} an account goes to. */
export function outputOf(status: string): number {
	return status === 'ACTIVE' ? 0 : status === 'FAILURE' ? 2 : 1;
}
