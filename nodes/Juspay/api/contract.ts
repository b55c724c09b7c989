/**
 * The wire: every path, field and key that Juspay reads or sends, and how sure each is. The only file to touch
 * where Juspay's API turns out otherwise.
 *
 * - [doc] stands in Juspay's own reference.
 * - [old] stands in Juspay's reference for the predecessor of this family, `/bank-accounts`.
 * - [inferred] nobody here has seen on the wire; listed for users in the README.
 */
import type { Account, CustomerAccount } from '../accounts/account';

type Json = Record<string, unknown>;

/** [doc] */
export const HOSTS = {
	production: 'https://api.juspay.in',
	sandbox: 'https://sandbox.juspay.in',
} as const;

/** One request, ready to be sent. */
export interface Call {
	/** What it does, for messages: "create accounts". */
	name: string;
	method: 'GET' | 'POST';
	/** Whether it is about one account; otherwise about a customer. */
	aboutAccount?: boolean;
	/** Percent-encoded, from the root. */
	path: string;
	/** Sent as `application/x-www-form-urlencoded` [doc]; undefined where there is no body. */
	form?: Record<string, string>;
	/** Header `x-routing-id` [doc]: the customer's ID, or another that the merchant chose. */
	routingId: string;
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

const customerPath = (customerId: string) => `/customers/${encodeURIComponent(customerId)}`; // [doc]
const accountsPath = (customerId: string) => `${customerPath(customerId)}/customer-accounts`; // [doc]
const accountPath = (customerId: string, id: string) =>
	`${accountsPath(customerId)}/${encodeURIComponent(id)}`; // [doc]

function form(fields: Record<string, string>, settings?: RequestSettings): Record<string, string> {
	const filled = Object.entries(fields).filter(([, value]) => value !== '');
	const added = (settings?.bodyFields ?? []).map(({ name, value }) => [name, value]);
	return Object.fromEntries([...filled, ...added]) as Record<string, string>;
}

/** One account of a create [inferred: the names of the objects and their keys; the values are doc]. */
function accountDetails(account: Account): Json {
	if (account.type === 'upi') return { upi: { vpa: account.vpa } };
	return {
		bank_account: {
			account_number: account.accountNumber,
			ifsc: account.ifsc,
			...(account.beneficiaryName && { beneficiary_name: account.beneficiaryName }),
			...(account.bankCode && { bank_code: account.bankCode }),
		},
	};
}

/** `POST /customers/{c}/accounts` [doc]; the array as one JSON string in one field [inferred]. */
export function createAccounts(
	customerId: string,
	accounts: readonly Account[],
	validate: boolean,
	settings: RequestSettings,
): Call {
	return {
		name: 'create accounts',
		method: 'POST',
		path: `${customerPath(customerId)}/accounts`,
		routingId: settings.routingId || customerId,
		form: form(
			{
				account_details: JSON.stringify(accounts.map(accountDetails)), // [inferred]
				gateway_id: settings.gatewayId, // [inferred name]
				gateway_reference_id: settings.gatewayReferenceId, // [inferred name]
				command: validate ? 'validate' : '', // [old]
				amount: validate ? settings.validationAmount : '', // [inferred name]
			},
			settings,
		),
	};
}

/** `POST /customers/{c}/customer-accounts/{a}/validate` [doc]. */
export function validateAccount(customerId: string, id: string, settings: RequestSettings): Call {
	return {
		name: 'validate the account',
		aboutAccount: true,
		method: 'POST',
		path: `${accountPath(customerId, id)}/validate`,
		routingId: settings.routingId || customerId,
		form: form(
			{
				gateway_id: settings.gatewayId, // [inferred name]
				amount: settings.validationAmount, // [inferred name]
			},
			settings,
		),
	};
}

/** `GET /customers/{c}/customer-accounts/list` [doc]; pages by `offset` [old: the answer's names]. */
export function listAccounts(customerId: string, routingId: string, offset: number): Call {
	return {
		name: 'list accounts',
		method: 'GET',
		path: `${accountsPath(customerId)}/list${offset > 0 ? `?offset=${offset}` : ''}`,
		routingId: routingId || customerId,
	};
}

/** `GET /customers/{c}/customer-accounts/{a}` [doc]. */
export function getAccount(customerId: string, id: string, routingId: string): Call {
	return {
		name: 'get the account',
		aboutAccount: true,
		method: 'GET',
		path: accountPath(customerId, id),
		routingId: routingId || customerId,
	};
}

/** `POST /customers/{c}/customer-accounts/{a}` with `command=delete` [doc]. */
export function deleteAccount(customerId: string, id: string, routingId: string): Call {
	return {
		name: 'delete the account',
		aboutAccount: true,
		method: 'POST',
		path: accountPath(customerId, id),
		routingId: routingId || customerId,
		form: { command: 'delete' },
	};
}

/** `GET /customers/{c}` [doc]. */
export function getCustomer(customerId: string, routingId: string): Call {
	return {
		name: 'get the customer',
		method: 'GET',
		path: customerPath(customerId),
		routingId: routingId || customerId,
	};
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

function customerForm(details: CustomerDetails): Record<string, string> {
	// [doc] for all of these names
	return form({
		mobile_number: details.mobileNumber,
		mobile_country_code: details.mobileCountryCode,
		email_address: details.emailAddress,
		first_name: details.firstName,
		last_name: details.lastName,
	});
}

/** `POST /customers` [doc]. */
export function createCustomer(
	objectReferenceId: string,
	details: CustomerDetails,
	routingId: string,
): Call {
	return {
		name: 'create the customer',
		method: 'POST',
		path: '/customers',
		routingId: routingId || objectReferenceId,
		form: { object_reference_id: objectReferenceId, ...customerForm(details) },
	};
}

/** `POST /customers/{c}` [doc]. */
export function updateCustomer(
	customerId: string,
	details: CustomerDetails,
	routingId: string,
): Call {
	return {
		name: 'update the customer',
		method: 'POST',
		path: customerPath(customerId),
		routingId: routingId || customerId,
		form: customerForm(details),
	};
}

function object(value: unknown): Json | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: undefined;
}

function text(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/**
 * A customer account object [doc: its fields; old: their keys]. Details may be nested one level deeper, and the
 * customer's ID may be left out.
 *
 * @returns undefined where the object names no account
 */
export function readAccount(value: unknown, customerId: string): CustomerAccount | undefined {
	const raw = object(value);
	const id = text(raw?.id);
	if (!raw || id === '') return undefined;
	const outer = object(raw.account_details) ?? {};
	const details = object(outer.bank_account) ?? object(outer.upi) ?? outer;
	const vpa = text(details.vpa);
	return {
		id,
		customerId: text(raw.customer_id) || customerId,
		type: vpa ? 'upi' : 'bankAccount',
		accountNumber: text(details.account_number),
		ifsc: text(details.ifsc),
		beneficiaryName: text(details.beneficiary_name),
		vpa,
		status: text(raw.validation_status),
		dateCreated: text(raw.date_created),
		lastValidated: text(raw.last_validated),
		raw,
	};
}

/**
 * The accounts of a create's answer: a bare array, `{list:[…]}`, or, for one account, the object itself
 * [inferred: which of them].
 *
 * @returns undefined where the answer is none of the three
 */
export function readAccounts(body: unknown, customerId: string): CustomerAccount[] | undefined {
	const list = Array.isArray(body) ? (body as unknown[]) : object(body)?.list;
	if (Array.isArray(list)) {
		return list.flatMap((entry) => readAccount(entry, customerId) ?? []);
	}
	const one = readAccount(body, customerId);
	return one ? [one] : undefined;
}

/** One page of a list: `{object:"list", list:[…], total, offset, count}` [old]. */
export interface Page {
	accounts: CustomerAccount[];
	/** How many entries Juspay sent: where the next page starts. */
	entries: number;
	/** How many there are in all; undefined where Juspay doesn't say. */
	total: number | undefined;
}

/** Reads one page of a list; undefined where the answer is no list, or has an entry that is no account. */
export function readPage(body: unknown, customerId: string): Page | undefined {
	const accounts = readAccounts(body, customerId);
	const list = Array.isArray(body) ? (body as unknown[]) : object(body)?.list;
	const entries = Array.isArray(list) ? list.length : 1;
	if (!accounts || accounts.length < entries) return undefined;
	const total = Number(object(body)?.total ?? NaN);
	return { accounts, entries, total: Number.isFinite(total) ? total : undefined };
}

/** True for `{status:"DELETED", id}` [doc for the two values]. */
export function readDeleted(body: unknown): boolean {
	return text(object(body)?.status).toUpperCase() === 'DELETED';
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
	raw: Json;
}

/** A customer object [doc]; undefined where the answer names none. */
export function readCustomer(body: unknown): Customer | undefined {
	const raw = object(body);
	const id = text(raw?.id);
	if (!raw || id === '') return undefined;
	return {
		id,
		objectReferenceId: text(raw.object_reference_id),
		mobileNumber: text(raw.mobile_number),
		mobileCountryCode: text(raw.mobile_country_code),
		emailAddress: text(raw.email_address),
		firstName: text(raw.first_name),
		lastName: text(raw.last_name),
		dateCreated: text(raw.date_created),
		lastUpdated: text(raw.last_updated),
		raw,
	};
}

/** Juspay's own words on what went wrong [doc]; any part may be missing. */
export interface ErrorBody {
	/** `error_info.code`, or `error_code` where that is all there is; upper case. */
	code: string;
	category: string;
	/** For the developer where there is such a message, else for the user. */
	message: string;
	fields: Array<{ name: string; reason: string }>;
}

/** Reads an error answer's body; every part is empty where Juspay (or a proxy) left it out. */
export function readError(body: unknown): ErrorBody {
	const outer = object(body) ?? {};
	const info = object(outer.error_info) ?? {};
	const fields = Array.isArray(info.fields) ? (info.fields as unknown[]) : [];
	return {
		code: (text(info.code) || text(outer.error_code)).toUpperCase(),
		category: text(info.category),
		message: text(info.developer_message) || text(info.user_message) || text(outer.error_message),
		fields: fields.map((entry) => ({
			name: text(object(entry)?.field_name),
			reason: text(object(entry)?.reason),
		})),
	};
}
