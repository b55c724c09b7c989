/**
 * Juspay's wire format: every call with its path, and the headers and fields that are sent. read.ts has how its answers
 * are read, refusal.ts how Juspay refuses. Each name is marked with how certain it is; if the real API differs, change
 * only these files. `npm run check:juspay` finds out with a sandbox key what differs; see docs/contract.md.
 *
 * - [doc] documented in Juspay's API reference
 * - [old] documented for the deprecated predecessor of this family, `/bank-accounts`
 * - [inferred] not seen on the wire by anyone here; README.md lists the same names
 */
import type {
	Account,
	Customer,
	CustomerAccount,
	CustomerDetails,
	RequestSettings,
	Verification,
} from '../account/types';
import type { AccountsRead, Answered, CreateAnswer } from './read';
import {
	readAccount,
	readCreated,
	readCustomer,
	readDeleted,
	readListed,
	readVerification,
} from './read';
import { isRefusal } from './refusal';

/** [doc] */
export const HOSTS = {
	production: 'https://api.juspay.in',
	sandbox: 'https://sandbox.juspay.in',
} as const;

/** [doc] The name of the header with a call's routing ID. */
export const ROUTING_HEADER = 'x-routing-id';

/** The name of the header with the merchant's ID: [doc] for Juspay's customers and orders, not named for accounts. */
export const MERCHANT_HEADER = 'x-merchantid';

/** One request, ready to be sent, and how to read its answer. */
export interface Call<T = unknown> {
	/** What it does, for messages: "create accounts". */
	name: string;
	method: 'GET' | 'POST';
	/** Percent-encoded, from the root. */
	path: string;
	/** Sent as `application/x-www-form-urlencoded` [doc]; undefined where there is no body. */
	form?: Record<string, string>;
	/** Reads a 2xx; undefined where it doesn't say what was asked for. */
	read(answer: Answered): T | undefined;
	/** The customer it is about; empty where it is about none. */
	customerId: string;
	/** The account it is about, where it is about one. */
	accountId?: string;
	/** In {@link ROUTING_HEADER}: the customer's ID, or another that the merchant chose; not sent where it is empty. */
	routingId: string;
	/** Whether it changes nothing although it is a POST: see {@link changesNothing}. */
	isSafe?: true;
	/** Whether it starts a penny drop, which costs money each time. */
	startsValidation?: true;
}

/** Whether a call changes nothing at Juspay: it may be sent again whatever came of it, and broken off at any time. */
export function changesNothing({ method, isSafe }: Pick<Call, 'method' | 'isSafe'>): boolean {
	return method === 'GET' || isSafe === true;
}

const customerPath = (customerId: string) => `/customers/${encodeURIComponent(customerId)}`; // [doc]
const accountsPath = (customerId: string) => `${customerPath(customerId)}/customer-accounts`; // [doc]
const accountPath = (customerId: string, id: string) =>
	`${accountsPath(customerId)}/${encodeURIComponent(id)}`; // [doc]

/** The customer a call is about, also as its routing ID unless the merchant chose another. */
const about = (customerId: string, routingId: string) => ({
	customerId,
	routingId: routingId || customerId,
});

/** Without what is empty, and with what the merchant adds. */
function form(
	fields: Record<string, string>,
	added: RequestSettings['bodyFields'] = [],
): Record<string, string> {
	const filled = Object.entries(fields).filter(([, value]) => value !== '');
	return Object.fromEntries([...filled, ...added.map(({ name, value }) => [name, value])]);
}

/** One account of a create. */
function accountDetails(account: Account): Record<string, unknown> {
	// [inferred] upi, vpa
	if (account.type === 'upi') return { upi: { vpa: account.vpa } };
	return {
		// [old], e.g. JP_HDFC. Juspay's reference prints it before the bank account's fields, so it stands beside them:
		// [inferred] bank_code
		...(account.bankCode && { bank_code: account.bankCode }),
		// [inferred] bank_account
		bank_account: {
			account_number: account.accountNumber, // [old]
			ifsc: account.ifsc, // [old]
			...(account.beneficiaryName && { beneficiary_name: account.beneficiaryName }), // [old]
		},
	};
}

/**
 * `POST /customers/{c}/accounts` [doc]; the array as one JSON string in one field [doc for sibling calls]. Never with
 * `command=validate`: an account whose validation is pending may be in no list then, and paid for again.
 */
export function createAccounts(
	customerId: string,
	accounts: readonly Account[],
	settings: RequestSettings,
): Call<CreateAnswer> {
	const fields = {
		// [inferred] account_details
		account_details: JSON.stringify(accounts.map(accountDetails)),
		gateway_id: settings.gatewayId, // [old]
		gateway_reference_id: settings.gatewayReferenceId, // [old]
	};
	return {
		...about(customerId, settings.routingId),
		name: 'create accounts',
		method: 'POST',
		path: `${customerPath(customerId)}/accounts`,
		form: form(fields, settings.bodyFields),
		read: (answer) => readCreated(answer, customerId),
	};
}

/** Whether a create contains this account number. */
export function hasAccountNumber({ form: sent }: Call, accountNumber: string): boolean {
	return sent?.account_details?.includes(`"${accountNumber}"`) ?? false;
}

/** `POST /customers/{c}/customer-accounts/{a}/validate` [doc]. */
export function validateAccount(
	customerId: string,
	id: string,
	settings: RequestSettings,
): Call<CustomerAccount> {
	// [inferred] gateway_id, amount
	const fields = { gateway_id: settings.gatewayId, amount: settings.validationAmount };
	return {
		...about(customerId, settings.routingId),
		name: 'validate the account',
		method: 'POST',
		accountId: id,
		path: `${accountPath(customerId, id)}/validate`,
		form: form(fields, settings.bodyFields),
		startsValidation: true,
		// An error may be why this validation failed, or why it was not begun after one that had failed: Get tells.
		read: ({ body }) => (isRefusal(body) ? undefined : readAccount(body, customerId, id)),
	};
}

/** `GET /customers/{c}/customer-accounts/list` [doc]. Its answer has `total` and `offset` [old]. */
export function listAccounts(
	customerId: string,
	routingId: string,
	offset: number,
): Call<AccountsRead> {
	return {
		...about(customerId, routingId),
		name: 'list accounts',
		method: 'GET',
		// [inferred] offset
		path: `${accountsPath(customerId)}/list${offset > 0 ? `?offset=${offset}` : ''}`,
		read: (answer) => readListed(answer, customerId),
	};
}

/** `GET /customers/{c}/customer-accounts/{a}` [doc]. */
export function getAccount(
	customerId: string,
	id: string,
	routingId: string,
): Call<CustomerAccount> {
	return {
		...about(customerId, routingId),
		name: 'get the account',
		method: 'GET',
		accountId: id,
		path: accountPath(customerId, id),
		read: ({ body }) => readAccount(body, customerId, id),
	};
}

/** `POST /customers/{c}/customer-accounts/{a}` with `command=delete` [doc]. */
export function deleteAccount(customerId: string, id: string, routingId: string): Call<true> {
	return {
		...about(customerId, routingId),
		name: 'delete the account',
		method: 'POST',
		accountId: id,
		path: accountPath(customerId, id),
		form: { command: 'delete' },
		read: ({ body }) => readDeleted(body, id) || undefined,
	};
}

/** `GET /customers/{c}` [doc]. */
export function getCustomer(customerId: string, routingId: string): Call<Customer> {
	return {
		...about(customerId, routingId),
		name: 'get the customer',
		method: 'GET',
		path: customerPath(customerId),
		read: ({ body }) => readCustomer(body),
	};
}

/** [doc] for all of these names. */
const customerForm = (details: CustomerDetails) =>
	form({
		mobile_number: details.mobileNumber,
		mobile_country_code: details.mobileCountryCode,
		email_address: details.emailAddress,
		first_name: details.firstName,
		last_name: details.lastName,
	});

/** `POST /customers` [doc]. */
export function createCustomer(
	objectReferenceId: string,
	details: CustomerDetails,
	routingId: string,
): Call<Customer> {
	return {
		...about(objectReferenceId, routingId),
		name: 'create the customer',
		method: 'POST',
		path: '/customers',
		form: { object_reference_id: objectReferenceId, ...customerForm(details) },
		read: ({ body }) => readCustomer(body),
	};
}

/** `POST /customers/{c}` [doc]. */
export function updateCustomer(
	customerId: string,
	details: CustomerDetails,
	routingId: string,
): Call<Customer> {
	return {
		...about(customerId, routingId),
		name: 'update the customer',
		method: 'POST',
		path: customerPath(customerId),
		form: customerForm(details),
		read: ({ body }) => readCustomer(body),
	};
}

/**
 * `POST /v2/upi/verify-vpa` [doc]. Changes nothing and costs nothing. A UPI ID belongs to no customer, so there is no
 * routing ID but the one that the merchant chose: a header is no place for a UPI ID.
 */
export function verifyVpa(vpa: string, merchantId: string, routingId: string): Call<Verification> {
	return {
		customerId: '',
		routingId,
		name: 'verify the UPI ID',
		method: 'POST',
		isSafe: true,
		path: '/v2/upi/verify-vpa',
		form: { vpa, merchant_id: merchantId }, // [doc]
		read: ({ body }) => readVerification(body, vpa),
	};
}

/** The name of every field in the body of any call, at any depth, as a unit test makes sure. Nobody else may add one. */
export const SENT_FIELDS: ReadonlySet<string> = new Set([
	...['account_details', 'bank_account', 'account_number', 'ifsc', 'beneficiary_name', 'bank_code'],
	...['upi', 'vpa', 'gateway_id', 'gateway_reference_id', 'amount', 'command', 'merchant_id'],
	// What Juspay shows the amount as, and may take it as.
	'validation_amount',
	...['object_reference_id', 'mobile_number', 'mobile_country_code', 'email_address'],
	...['first_name', 'last_name'],
	// In headers and paths today.
	...['customer_id', 'customer_account_id', 'routing_id'],
]);

/** A name without case and signs, full-width letters as usual ones. */
function plain(name: string): string {
	return name
		.normalize('NFKC')
		.replace(/[^\p{L}\p{N}]/gu, '')
		.toLowerCase();
}

const PLAIN_FIELDS = new Set([...SENT_FIELDS].map(plain));

/**
 * True for the name of a field that the node sends in any call, in any case and form: `amount`, `amount[]`,
 * `Amount `, `account_details[0].upi`, `accountDetails`. Of a name with brackets or dots, the outermost part counts: what
 * stands in `metadata` is the caller's own.
 */
export function isSentField(name: string): boolean {
	let decoded = name;
	try {
		decoded = decodeURIComponent(name);
	} catch {
		// It stands for itself.
	}
	const [first = ''] = decoded.replace(/^[\s.[\]"']+/, '').split(/[.[\]]/);
	return PLAIN_FIELDS.has(plain(first)) || PLAIN_FIELDS.has(plain(name));
}
