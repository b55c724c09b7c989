import type { IDataObject } from 'n8n-workflow';
import type { StoredAccount, StoredCustomer } from '../../dev/simulator/simulator';

/**
 * The item that Simplify makes of an account: always the same keys, null where there is nothing.
 *
 * @param account - as the simulator has it
 * @param masked - its number or UPI ID as it may be shown
 * @param differing - what is not as the simulator has it, e.g. `outcome`, or the customer as the workflow named it
 */
export function simplifiedAccount(
	account: StoredAccount | undefined,
	masked: string,
	differing: IDataObject = {},
): IDataObject {
	if (!account) throw new TypeError('The simulator has no such account');
	const { id, customerId, type, status, ifsc, beneficiaryName, lastValidated } = account;
	return {
		account: masked,
		validationStatus: status,
		customerId,
		customerAccountId: id,
		type,
		ifsc: ifsc ?? null,
		beneficiaryName: beneficiaryName ?? null,
		lastValidated,
		outcome: null,
		validation: null,
		...differing,
	};
}

/**
 * The item that Simplify makes of a customer: always the same keys, null where there is nothing.
 *
 * @param customer - as the simulator has it
 * @param outcome - Create only
 */
export function simplifiedCustomer(
	customer: StoredCustomer | undefined,
	outcome: 'created' | 'existing' | null = null,
): IDataObject {
	if (!customer) throw new TypeError('The simulator has no such customer');
	const { id, ...rest } = customer;
	const given = Object.entries(rest).map(([name, value]) => [name, value || null]);
	return { customerId: id, ...(Object.fromEntries(given) as IDataObject), outcome };
}

/**
 * The item of an account (or customer) that could not be handled: always the same keys, null where there is nothing.
 *
 * @param differing - what is known of it; its row is the first unless said otherwise
 */
export function failedAccount(differing: IDataObject = {}): IDataObject {
	return {
		error: expect.any(String) as string,
		errorHint: expect.any(String) as string,
		errorCode: 'BAD_INPUT',
		juspayCode: null,
		juspayRequestId: null,
		field: null,
		row: 1,
		customerId: null,
		customerAccountId: null,
		validationStatus: null,
		outcome: 'error',
		type: null,
		account: null,
		...differing,
	};
}
