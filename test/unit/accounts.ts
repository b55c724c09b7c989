import type {
	Account,
	BankAccount,
	CustomerAccount,
	UpiId,
	RequestSettings,
} from '../../nodes/Juspay/account/types';

/** Nothing set: neither a gateway nor fields of the user's own. */
export const SETTINGS: RequestSettings = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};

/** A bank account as a merchant knows it. */
export function bank(accountNumber: string, ifsc = 'HDFC0000001', name?: string): BankAccount {
	return {
		type: 'bankAccount',
		accountNumber,
		ifsc,
		...(name !== undefined && { beneficiaryName: name }),
	};
}

/** A UPI ID as a merchant knows it. */
export function upi(vpa: string): UpiId {
	return { type: 'upi', vpa };
}

/** An account as Juspay shows it: in full, but for what `shown` says. */
export function registered(
	id: string,
	account: Account,
	shown: Partial<CustomerAccount> = {},
): CustomerAccount {
	return {
		id,
		customerId: 'cst_1',
		accountNumber: '',
		ifsc: '',
		beneficiaryName: '',
		vpa: '',
		status: 'CREATED',
		dateCreated: '',
		lastValidated: '',
		raw: {},
		...account,
		...shown,
	};
}
