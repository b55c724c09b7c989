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

/** What a merchant knows of a customer; empty is not sent, so that an update leaves it as it is. */
export interface CustomerDetails {
	/** Without the country code. */
	mobileNumber: string;
	mobileCountryCode: string;
	emailAddress: string;
	firstName: string;
	lastName: string;
}

/** A customer as Juspay has it. */
export interface Customer extends CustomerDetails {
	/** Juspay's ID, `cst_…`. */
	id: string;
	/** The merchant's own. */
	objectReferenceId: string;
	dateCreated: string;
	lastUpdated: string;
	/** Juspay's object, untouched. */
	raw: Record<string, unknown>;
}

/** What a merchant may add to a create or a validation. */
export interface RequestSettings {
	/** Empty: the customer's ID. */
	routingId: string;
	gatewayId: string;
	gatewayReferenceId: string;
	/** In INR; empty: Juspay's own default, 1. */
	validationAmount: string;
	/** Sent as they stand. */
	bodyFields: Array<{ name: string; value: string }>;
}

/** What Juspay says of a UPI ID. */
export interface Verification {
	status: 'VALID' | 'INVALID';
	/** As given when the UPI ID was registered; empty where Juspay doesn't say. */
	customerName: string;
	/** Whether its handle takes mandates; undefined where Juspay doesn't say. */
	mandateSupported: boolean | undefined;
	/** Juspay's object. */
	raw: Record<string, unknown>;
}
