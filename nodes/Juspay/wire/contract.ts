/**
 * Juspay's wire format: every path, field and key, each marked with how certain it is. If the real API differs, change
 * only this file. `npm run check:juspay` finds out with a sandbox key what differs; see docs/contract.md.
 *
 * - [doc] documented in Juspay's API reference
 * - [old] documented for the deprecated predecessor of this family, `/bank-accounts`
 * - [inferred] not seen on the wire by anyone here; README.md lists the same names
 */
import type { Account, CustomerAccount } from '../account/types';
import type { Customer, CustomerDetails } from '../account/customer';
import type { RequestSettings } from '../account/settings';
import type { Verification } from '../account/verification';
import { isRefusal } from './refusal';

type Json = Record<string, unknown>;

/** [doc] */
export const HOSTS = {
	production: 'https://api.juspay.in',
	sandbox: 'https://sandbox.juspay.in',
} as const;

/** An answer that arrived. */
export interface Answered {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON; undefined where the body was none. */
	body: unknown;
	/** True where there was no body at all: a page of a proxy is no JSON either, but not empty. */
	isEmpty?: boolean;
}

/** One request, ready to be sent, and how to read its answer. */
export interface Call<T = unknown> {
	/** Reads a 2xx; undefined where it doesn't say what was asked for. */
	read(answer: Answered): T | undefined;
	/** What it does, for messages: "create accounts". */
	name: string;
	method: 'GET' | 'POST';
	/** Whether it changes nothing although it is a POST: see {@link changesNothing}. */
	isSafe?: true;
	/** The customer it is about; empty where it is about none. */
	customerId: string;
	/** The account it is about, where it is about one. */
	accountId?: string;
	/** Percent-encoded, from the root. */
	path: string;
	/** Sent as `application/x-www-form-urlencoded` [doc]; undefined where there is no body. */
	form?: Record<string, string>;
	/** Header `x-routing-id` [doc]: the customer's ID, or another that the merchant chose; not sent where it is empty. */
	routingId: string;
	/** Whether it starts a penny drop, which costs money each time. */
	startsValidation?: boolean;
}

/** Whether a call changes nothing at Juspay: it may be sent again whatever came of it, and broken off at any time. */
export function changesNothing({ method, isSafe }: Pick<Call, 'method' | 'isSafe'>): boolean {
	return method === 'GET' || isSafe === true;
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

/** One account of a create. */
function accountDetails(account: Account): Json {
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

/** A 2xx to a create. It may contain fewer accounts than were sent, or none that can be read. */
export interface CreateAnswer {
	accounts: CustomerAccount[];
	/** Error objects beside the accounts, or instead of them. */
	refusals: unknown[];
}

/** True where Juspay answered without saying anything. */
const saysNothing = ({ status, isEmpty }: Answered) => status === 204 || isEmpty === true;

/**
 * `POST /customers/{c}/accounts` [doc]; the array as one JSON string in one field [doc for sibling calls]. Never with
 * `command=validate`: an account whose validation is pending may be in no list then, and paid for again.
 */
export function createAccounts(
	customerId: string,
	accounts: readonly Account[],
	settings: RequestSettings,
): Call<CreateAnswer> {
	return {
		// Accepted without an account, it may be done later. A page is no answer of Juspay's.
		read: (answer) => {
			if (answer.body === undefined && !saysNothing(answer)) return undefined;
			const { accounts = [], refusals = [] } = readAccounts(answer.body, customerId) ?? {};
			return { accounts, refusals };
		},
		name: 'create accounts',
		method: 'POST',
		customerId,
		path: `${customerPath(customerId)}/accounts`,
		routingId: settings.routingId || customerId,
		form: form(
			{
				// [inferred] account_details
				account_details: JSON.stringify(accounts.map(accountDetails)),
				gateway_id: settings.gatewayId, // [old]
				gateway_reference_id: settings.gatewayReferenceId, // [old]
			},
			settings,
		),
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
	return {
		read: ({ body }) => readAccount(body, customerId, id),
		name: 'validate the account',
		method: 'POST',
		customerId,
		accountId: id,
		path: `${accountPath(customerId, id)}/validate`,
		routingId: settings.routingId || customerId,
		startsValidation: true,
		form: form(
			{
				// [inferred] gateway_id, amount
				gateway_id: settings.gatewayId,
				amount: settings.validationAmount,
			},
			settings,
		),
	};
}

/** `GET /customers/{c}/customer-accounts/list` [doc]. Its answer has `total` and `offset` [old]. */
export function listAccounts(
	customerId: string,
	routingId: string,
	offset: number,
): Call<AccountsRead> {
	return {
		read: (answer) => {
			// No content is no accounts; a 200 without a body is an answer that got lost on its way.
			if (answer.status === 204) return readAccounts([], customerId);
			if (isRefusal(answer.body)) return undefined;
			const page = readAccounts(answer.body, customerId);
			return page?.isTroubled ? undefined : page;
		},
		name: 'list accounts',
		method: 'GET',
		customerId,
		// [inferred] offset
		path: `${accountsPath(customerId)}/list${offset > 0 ? `?offset=${offset}` : ''}`,
		routingId: routingId || customerId,
	};
}

/** `GET /customers/{c}/customer-accounts/{a}` [doc]. */
export function getAccount(
	customerId: string,
	id: string,
	routingId: string,
): Call<CustomerAccount> {
	return {
		read: ({ body }) => readAccount(body, customerId, id),
		name: 'get the account',
		method: 'GET',
		customerId,
		accountId: id,
		path: accountPath(customerId, id),
		routingId: routingId || customerId,
	};
}

/** `POST /customers/{c}/customer-accounts/{a}` with `command=delete` [doc]. */
export function deleteAccount(customerId: string, id: string, routingId: string): Call<true> {
	return {
		read: ({ body }) => (readDeleted(body, id) ? true : undefined),
		name: 'delete the account',
		method: 'POST',
		customerId,
		accountId: id,
		path: accountPath(customerId, id),
		routingId: routingId || customerId,
		form: { command: 'delete' },
	};
}

/** `GET /customers/{c}` [doc]. */
export function getCustomer(customerId: string, routingId: string): Call<Customer> {
	return {
		read: ({ body }) => readCustomer(body),
		name: 'get the customer',
		method: 'GET',
		customerId,
		path: customerPath(customerId),
		routingId: routingId || customerId,
	};
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
): Call<Customer> {
	return {
		read: ({ body }) => readCustomer(body),
		name: 'create the customer',
		method: 'POST',
		customerId: objectReferenceId,
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
): Call<Customer> {
	return {
		read: ({ body }) => readCustomer(body),
		name: 'update the customer',
		method: 'POST',
		customerId,
		path: customerPath(customerId),
		routingId: routingId || customerId,
		form: customerForm(details),
	};
}

/**
 * `POST /v2/upi/verify-vpa` [doc]. Changes nothing and costs nothing. A UPI ID belongs to no customer, so there is no
 * routing ID but the one that the merchant chose: a header is no place for a UPI ID.
 */
export function verifyVpa(vpa: string, merchantId: string, routingId: string): Call<Verification> {
	return {
		read: ({ body }) => readVerification(body, vpa),
		name: 'verify the UPI ID',
		method: 'POST',
		isSafe: true,
		customerId: '',
		path: '/v2/upi/verify-vpa',
		routingId,
		form: { vpa, merchant_id: merchantId }, // [doc]
	};
}

/** Every text that a customer or an account can have, so that a call built from them has every field. */
const FULL_DETAILS: CustomerDetails = {
	mobileNumber: '1',
	mobileCountryCode: '1',
	emailAddress: '1',
	firstName: '1',
	lastName: '1',
};
const FULL_ACCOUNTS: Account[] = [
	{ type: 'upi', vpa: '1' },
	{ type: 'bankAccount', accountNumber: '1', ifsc: '1', beneficiaryName: '1', bankCode: '1' },
];
const FULL_SETTINGS: RequestSettings = {
	routingId: '1',
	gatewayId: '1',
	gatewayReferenceId: '1',
	validationAmount: '1',
	bodyFields: [],
};

function keysIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(keysIn);
	return Object.entries(object(value) ?? {}).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}

/**
 * The name of every field that the node sends in the body of any call, at any depth: read from the calls themselves, so
 * that none is forgotten. Nobody else may add one of these.
 */
export const SENT_FIELDS: ReadonlySet<string> = new Set([
	...[
		createAccounts('1', FULL_ACCOUNTS, FULL_SETTINGS),
		validateAccount('1', '1', FULL_SETTINGS),
		deleteAccount('1', '1', ''),
		createCustomer('1', FULL_DETAILS, ''),
		updateCustomer('1', FULL_DETAILS, ''),
		verifyVpa('1', '1', ''),
	].flatMap(({ form: sent = {} }) => [
		...Object.keys(sent),
		...keysIn(JSON.parse(sent.account_details ?? '[]')),
	]),
	// In headers and paths today.
	...['customer_id', 'customer_account_id', 'routing_id'],
]);

function object(value: unknown): Json | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Json)
		: undefined;
}

function text(value: unknown): string {
	if (typeof value === 'string') return value;
	return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}

/** Keys whose objects say nothing about an account's details. */
const NO_DETAILS = new Set(['metadata', 'customer', 'error_info']);

/** Characters; no detail of an account is longer. */
const LONGEST_DETAIL = 300;

/** How deep an account's details may stand in its object. */
const DEEPEST_DETAILS = 4;

/**
 * An account's details, wherever they stand: flat on the object [old], in `account_details` [doc], or deeper, e.g. in
 * `account_details.bank_account`, which may be empty beside a `vpa`. What stands higher counts.
 */
function readDetails(raw: Json): Record<string, string> {
	const details: Record<string, string> = {};
	let level = [raw];
	for (let depth = 0; depth < DEEPEST_DETAILS; depth++) {
		const next: Json[] = [];
		for (const part of level) {
			for (const [key, value] of Object.entries(part)) {
				const inner = object(value);
				if (inner) {
					if (!NO_DETAILS.has(key) && next.length < 20) next.push(inner);
				} else if (DETAILS.has(key)) {
					details[key] ||= text(value).slice(0, LONGEST_DETAIL);
				} else if (key === 'upi' && text(value).includes('@')) {
					details.vpa ||= text(value).slice(0, LONGEST_DETAIL);
				}
			}
		}
		level = next;
	}
	return details;
}

/** The keys of an account's details [old]. */
const DETAILS = new Set(['account_number', 'ifsc', 'beneficiary_name', 'bank_name', 'vpa']);

/** Juspay's ID of an account: `id` [doc], `bank_account_id` in the predecessor [old]. */
const accountIdOf = (raw: Json) => text(raw.id) || text(raw.bank_account_id);

/** Keys in which a status may stand [doc*, old]. */
const STATUS_KEYS = [
	'status',
	'account_status',
	'customer_account_status',
	'bank_account_status',
	'validation_status',
];

/** Whether Juspay marks an account as gone, or as not in use [doc*]: a list may still show it. */
function presenceOf(raw: Json): CustomerAccount['presence'] {
	const marks = STATUS_KEYS.map((key) => text(raw[key]).trim().toUpperCase());
	if (marks.includes('DELETED') || isYes(raw.deleted)) return 'deleted';
	return marks.includes('INACTIVE') || isNo(raw.is_active) ? 'inactive' : undefined;
}

const isYes = (value: unknown) => value === true || text(value).trim().toLowerCase() === 'true';
const isNo = (value: unknown) => value === false || text(value).trim().toLowerCase() === 'false';

/**
 * A customer account object [doc: its fields; old: their keys].
 *
 * @returns undefined where the object is no account: it has no ID, carries an error, or has neither details nor status
 */
function readOne(value: unknown, customerId: string): CustomerAccount | undefined {
	const raw = object(value);
	if (!raw || isRefusal(raw)) return undefined;
	const id = accountIdOf(raw);
	const details = readDetails(raw);
	const status = text(raw.validation_status).trim().toUpperCase();
	const { account_number: accountNumber = '', ifsc = '', vpa = '' } = details;
	const isShown = Object.values(details).some((it) => it !== '');
	const presence = presenceOf(raw);
	if (id === '' || (!isShown && status === '' && !presence)) return undefined;
	return {
		id,
		...(presence && { presence }),
		customerId: text(raw.customer_id) || customerId,
		type: vpa && !accountNumber ? 'upi' : accountNumber || ifsc ? 'bankAccount' : '',
		accountNumber,
		ifsc,
		beneficiaryName: details.beneficiary_name ?? '',
		vpa,
		status,
		dateCreated: text(raw.date_created),
		lastValidated: text(raw.last_validated),
		raw,
	};
}

/** The accounts of an answer, in whichever of the known forms it comes. */
export interface AccountsRead {
	accounts: CustomerAccount[];
	/** Error objects beside the accounts, or in their place. */
	refusals: unknown[];
	/** How many entries are neither: not understood, or another customer's. */
	unread: number;
	/** How many entries Juspay sent: where the next page starts. */
	entries: number;
	/** How many there are in all; undefined where Juspay doesn't say, or not in a number. */
	total: number | undefined;
	/** Whether the answer itself says that there is more: `has_more`, `next` or a cursor [doc*]. */
	hasMore: boolean;
	/** Whether the answer says that something went wrong, in other words than Juspay's error object. */
	isTroubled: boolean;
}

/** Keys that a list may stand under: `list` [old]; a single other key is taken too. */
// [inferred] data, accounts
const LIST_KEYS = ['list', 'data', 'accounts'];

/** How deep a list may be wrapped. */
const DEEPEST_LIST = 3;

/** The entries of an answer, and what stands beside them or above. */
interface Entries {
	entries: unknown[];
	total: number | undefined;
	hasMore: boolean;
	/** Whether the answer says, in other words than Juspay's error object, that something went wrong. */
	isTroubled: boolean;
}

const JUST = { total: undefined, hasMore: false, isTroubled: false };

/** The entries of an answer; undefined where the answer is no list. */
function entriesOf(body: unknown, depth = 0): Entries | undefined {
	if (Array.isArray(body)) return { ...JUST, entries: body };
	if (body === null) return { ...JUST, entries: [] };
	const raw = object(body);
	if (!raw || depth > DEEPEST_LIST) return undefined;
	const key = listKeyOf(raw);
	const total = totalOf(raw);
	const isTroubled = saysTrouble(raw, key);
	const inner = key === undefined ? undefined : entriesOf(raw[key], depth + 1);
	// An account or an error may have such a key for something else.
	const isItself = isRefusal(raw) || readOne(raw, '') !== undefined;
	if (isItself && !inner?.entries.length) return { ...JUST, entries: [raw] };
	if (key !== undefined) {
		// An empty object under any other key, or beside a word of trouble, says nothing of a list.
		const isObject = !Array.isArray(raw[key]) && !LIST_KEYS.includes(key);
		const isList = !isObject || Object.keys(raw[key] ?? {}).length > 0;
		const isNothing = inner?.entries.length === 0 && (!isList || isTroubled || inner.isTroubled);
		if (!inner || isNothing) return undefined;
		return {
			entries: inner.entries,
			total: inner.total ?? total,
			hasMore: inner.hasMore || saysMore(raw),
			isTroubled: inner.isTroubled || isTroubled,
		};
	}
	if (accountIdOf(raw) !== '') return { ...JUST, entries: [raw] };
	// `{}`, or `{"object":"list","total":0}`
	const isEmpty = Object.keys(raw).length === 0 || total === 0;
	return isEmpty && !isTroubled
		? { entries: [], total, hasMore: saysMore(raw), isTroubled }
		: undefined;
}

/** A status or a code that tells of a success; a message beside it says nothing. */
const SUCCESS = /^(?:success(?:ful)?|succeeded|ok(?:ay)?|done|completed?|true|0+|2\d\d)$/i;

/** True where an answer says that something went wrong, in other words than Juspay's error object. */
function saysTrouble(raw: Json, listKey: string | undefined): boolean {
	const { status, code, error, success } = raw;
	const isBad = (value: unknown) => text(value).trim() !== '' && !SUCCESS.test(text(value).trim());
	// What should be there is not, and an empty list stands beside it.
	const list = listKey === undefined ? undefined : raw[listKey];
	const isFull = Array.isArray(list) && list.length > 0;
	const isDataMissing = raw.data === null && listKey !== 'data' && !isFull;
	return Boolean(error) || isNo(success) || isBad(status) || isBad(code) || isDataMissing;
}

/** Keys that tell of another page [doc*]. */
const MORE_KEYS =
	/^(?:has_?(?:more|next)|(?:\w+_)?cursor|next(?:_?(?:cursor|page|token|page_?token|offset|url|link))?)$/i;

/** Objects beside a list in which such a key may stand. */
const PAGING_KEYS = ['paging', 'pagination', 'page_info', 'meta', 'links', '_links'];

/** Whether an answer says that there is more than it shows. */
function saysMore(raw: Json): boolean {
	const parts = [raw, ...PAGING_KEYS.map((key) => object(raw[key]) ?? {})];
	return parts.some((part) =>
		Object.entries(part).some(
			([key, value]) =>
				MORE_KEYS.test(key) && Boolean(value) && !/^(?:false|0|null)$/i.test(text(value)),
		),
	);
}

function listKeyOf(raw: Json): string | undefined {
	const named = LIST_KEYS.filter((key) => Object.hasOwn(raw, key) && typeof raw[key] === 'object');
	if (named.length > 0) {
		// An empty one beside a full one is not the list.
		const full = named.find((key) => Array.isArray(raw[key]) && raw[key].length > 0);
		return full ?? named.find((key) => raw[key] !== null) ?? named[0];
	}
	if (isRefusal(raw) || accountIdOf(raw) !== '') return undefined;
	const lists = Object.keys(raw).filter((key) => Array.isArray(raw[key]));
	const objects = Object.keys(raw).filter((key) => object(raw[key]));
	const [only, ...others] = lists.length > 0 ? lists : objects;
	return others.length > 0 ? undefined : only;
}

function totalOf({ total }: Json): number | undefined {
	const number = text(total).trim() === '' ? NaN : Number(total);
	return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/**
 * The accounts of a list or of a create's answer: a bare array, an array under a key, or one account's object
 * [inferred: which of them].
 *
 * @returns undefined where the answer is none of these
 */
export function readAccounts(body: unknown, customerId: string): AccountsRead | undefined {
	const found = entriesOf(body);
	if (!found) return undefined;
	const refusals: unknown[] = [];
	const accounts: CustomerAccount[] = [];
	for (const entry of found.entries) {
		const account = readOne(entry, customerId);
		if (account) accounts.push(account);
		else if (isRefusal(entry)) refusals.push(entry);
	}
	const own = ownOf(accounts, customerId);
	const unread = found.entries.length - own.length - refusals.length;
	const { entries, ...beside } = found;
	return { ...beside, accounts: own, refusals, unread, entries: entries.length };
}

/**
 * Leaves out another customer's accounts. A customer has two IDs, so another ID than the one asked for shows another
 * customer only where the entries of one answer differ, or where both are Juspay's.
 */
function ownOf(accounts: CustomerAccount[], customerId: string): CustomerAccount[] {
	const isJuspays = (id: string) => id.startsWith('cst_');
	const named = accounts.map(({ raw }) => text(raw.customer_id)).filter((id) => id !== '');
	const differ = new Set(named).size > 1;
	return accounts.filter(
		({ customerId: id }) =>
			id === customerId || !(differ || (isJuspays(id) && isJuspays(customerId))),
	);
}

/** The one account that was asked for; undefined where the answer doesn't show it, or shows another. */
export function readAccount(
	body: unknown,
	customerId: string,
	id: string,
): CustomerAccount | undefined {
	const read = readAccounts(body, customerId);
	return read?.entries === 1 ? read.accounts.find((account) => account.id === id) : undefined;
}

/** True for `{status:"DELETED", id}` [doc for the two values], or the predecessor's form [old]. */
export function readDeleted(body: unknown, id: string): boolean {
	const raw = object(body) ?? {};
	return presenceOf(raw) === 'deleted' && ['', id].includes(accountIdOf(raw));
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

/**
 * What Juspay says of a UPI ID [doc]; undefined where the answer is about another one, or says neither VALID nor
 * INVALID: nothing counts as valid that Juspay has not called so.
 */
export function readVerification(body: unknown, asked: string): Verification | undefined {
	const raw = object(body);
	if (!raw || isRefusal(raw)) return undefined;
	const vpa = text(raw.vpa).trim();
	const status = text(raw.status).trim().toUpperCase();
	if (vpa !== '' && vpa.toLowerCase() !== asked.toLowerCase()) return undefined;
	if (status !== 'VALID' && status !== 'INVALID') return undefined;
	const name = text(raw.customer_name).trim();
	const isSupported = object(raw.mandate_details)?.is_handle_supported;
	return {
		status,
		// Instead of a name, Juspay may only say so [doc].
		customerName: /^verified$/i.test(name) ? '' : name,
		mandateSupported: isYes(isSupported) ? true : isNo(isSupported) ? false : undefined,
		raw,
	};
}
