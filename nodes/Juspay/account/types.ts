import type { ValidationStatus } from './status';

/** A bank account as a merchant knows it, checked and normalised. */
export interface BankAccount {
	type: 'bankAccount';
	/** 9 to 18 digits; a string, because leading zeros count. */
	accountNumber: string;
	/** Upper case: four letters, a zero, six letters or digits. */
	ifsc: string;
	beneficiaryName?: string;
	/** Juspay's own code of the bank. */
	bankCode?: string;
}

/** A UPI ID (virtual payment address), as `handle@provider`. */
export interface UpiId {
	type: 'upi';
	vpa: string;
}

/** What a customer account is made from. */
export type Account = BankAccount | UpiId;

/** An account registered with Juspay, read from one of its answers. */
export interface CustomerAccount {
	/** Juspay's ID, `banh_…`. */
	id: string;
	customerId: string;
	/** Empty where Juspay doesn't show enough to tell. */
	type: Account['type'] | '';
	/** Empty for a UPI ID; masked or empty should Juspay choose to send it so. */
	accountNumber: string;
	ifsc: string;
	beneficiaryName: string;
	/** Empty for a bank account. */
	vpa: string;
	status: ValidationStatus;
	/** Where Juspay shows that the account is gone, or not in use. */
	presence?: 'deleted' | 'inactive';
	/** ISO 8601, as Juspay sent it. */
	dateCreated: string;
	lastValidated: string;
	/** Juspay's object, untouched. */
	raw: Record<string, unknown>;
}
