import type { CustomerAccount } from './account';
import { LONGEST_NAME } from './check';
import { maskAccount } from './mask';
import { cut } from './text';

/** How an account came to be the customer's: made in this run, or there before. */
export type Outcome = 'created' | 'existing';

/**
 * An account as the node gives it out, masked: executions are stored and shown.
 * What Juspay left out is left out.
 */
export function simplified(account: CustomerAccount, outcome?: Outcome): Record<string, string> {
	const shown: Record<string, string> = {
		customerAccountId: account.id,
		customerId: account.customerId,
		type: account.type,
		validationStatus: account.status,
		account: maskAccount(account),
		ifsc: account.ifsc,
		beneficiaryName: account.beneficiaryName,
		outcome: outcome ?? '',
		dateCreated: account.dateCreated,
		lastValidated: account.lastValidated,
	};
	return Object.fromEntries(
		Object.entries(shown)
			.filter(([, value]) => value !== '')
			.map(([name, value]) => [name, cut(value, LONGEST_NAME)]),
	);
}
