import type { AccountBody, Details } from './dialects';
import type { AccountDetails, BankAccount, StoredCustomer } from './types';

/** Juspay's objects as its reference documents them, for every stand-in: names and order of the keys. */

const BANK_NAMES: Record<string, string> = {
	SBIN: 'SBI',
	HDFC: 'HDFC Bank',
	ICIC: 'ICICI Bank',
	UTIB: 'Axis Bank',
	KKBK: 'Kotak Mahindra Bank',
	PUNB: 'Punjab National Bank',
};

function bankDetails(bank: BankAccount): Details {
	const prefix = bank.ifsc.slice(0, 4);
	return {
		account_number: bank.accountNumber,
		...(bank.beneficiaryName !== undefined && { beneficiary_name: bank.beneficiaryName }),
		ifsc: bank.ifsc,
		...(bank.bankCode !== undefined && { bank_code: bank.bankCode }),
		bank_name: BANK_NAMES[prefix] ?? `${prefix} Bank`,
	};
}

/** What an answer tells of an account. */
interface AccountFacts {
	id: string;
	/** Juspay's ID of the customer. */
	customerId: string;
	details: AccountDetails;
	status: string;
	/** Default: when it was created. */
	lastValidated?: string | null;
	dateCreated?: string;
	validationAmount?: string;
}

/** A customer account, its details one level deep. */
export function accountBody(account: AccountFacts): AccountBody {
	const { id, customerId, details, status, validationAmount = '1' } = account;
	const { dateCreated = '2026-01-01T00:00:00Z', lastValidated = dateCreated } = account;
	return {
		object: 'customer_account',
		id,
		customer_id: customerId,
		date_created: dateCreated,
		account_details: 'vpa' in details ? { vpa: details.vpa } : bankDetails(details),
		validation_amount: validationAmount,
		currency: 'INR',
		validation_status: status,
		last_validated: lastValidated,
	};
}

/** A page of a list. */
export function listBody(list: object[], totals: object): object {
	return { object: 'list', list, ...totals };
}

/** A customer. */
export function customerBody(profile: StoredCustomer): object {
	return {
		object: 'customer',
		id: profile.id,
		object_reference_id: profile.objectReferenceId,
		mobile_country_code: profile.mobileCountryCode,
		mobile_number: profile.mobileNumber,
		email_address: profile.emailAddress,
		first_name: profile.firstName,
		last_name: profile.lastName,
		date_created: profile.dateCreated,
		last_updated: profile.lastUpdated,
	};
}
