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
		customerAccountId: id,
		customerId,
		type,
		validationStatus: status,
		account: masked,
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
