/** How Juspay's answers are read, in every form that is known of them. For the marks see contract.ts. */
import type { Customer, CustomerAccount, Verification } from '../account/types';
import { hasOwnKeys, isRefusal } from './refusal';

type Json = Record<string, unknown>;

/** An answer that arrived. */
export interface Answered {
	status: number;
	headers: Record<string, unknown>;
	/** Parsed JSON; undefined where the body was none. */
	body: unknown;
	/** True where there was no body at all: a page of a proxy is no JSON either, but not empty. */
	isEmpty?: boolean;
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

const isYes = (value: unknown) => value === true || text(value).trim().toLowerCase() === 'true';
const isNo = (value: unknown) => value === false || text(value).trim().toLowerCase() === 'false';

/** The keys of an account's details [old]. */
const DETAILS = new Set(['account_number', 'ifsc', 'beneficiary_name', 'bank_name', 'vpa']);

/** Keys whose objects say nothing about an account's details. */
const NO_DETAILS = new Set(['metadata', 'customer', 'error_info']);

/** Characters; no detail of an account is longer. */
const LONGEST_DETAIL = 300;

/** How deep an account's details may stand in its object, and how many objects are read at each depth. */
const DEEPEST_DETAILS = 4;
const MOST_OBJECTS = 20;

/**
 * An account's details, wherever they stand: flat on the object [old], in `account_details` [doc], or deeper, e.g. in
 * `account_details.bank_account`, which may be empty beside a `vpa`. What stands higher counts.
 */
function readDetails(raw: Json): Record<string, string> {
	const details: Record<string, string> = {};
	let level = [raw];
	for (let depth = 0; depth < DEEPEST_DETAILS && level.length > 0; depth++) {
		const next: Json[] = [];
		for (const part of level) {
			for (const [key, value] of Object.entries(part)) {
				const inner = object(value);
				if (inner) {
					if (!NO_DETAILS.has(key) && next.length < MOST_OBJECTS) next.push(inner);
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

/**
 * A customer account object [doc: its fields; old: their keys].
 *
 * @returns undefined where the object is no account: it has no ID, carries an error that is not why a validation has
 * failed, or has neither details nor status
 */
function readOne(value: unknown, customerId: string): CustomerAccount | undefined {
	const raw = object(value);
	if (!raw) return undefined;
	const status = text(raw.validation_status).trim().toUpperCase();
	// An account whose validation has failed may say why.
	if (status !== 'FAILURE' && hasOwnKeys(raw)) return undefined;
	const id = accountIdOf(raw);
	const details = readDetails(raw);
	const { account_number: accountNumber = '', ifsc = '', vpa = '' } = details;
	const isShown = Object.values(details).some((detail) => detail !== '');
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

/** What an answer says of its list as a whole. */
interface Paging {
	/** How many entries there are in all; undefined where Juspay doesn't say, or not in a number. */
	total: number | undefined;
	/** How many the page says that it has [old]; some servers give the size of a full page. */
	count: number | undefined;
	/** How many pages there are in all, where the answer says so. */
	pages: number | undefined;
	/** Whether the answer itself says that there is more: `has_more`, `next` or a cursor [doc*]. */
	hasMore: boolean;
	/** Whether the answer says, in other words than Juspay's error object, that something went wrong. */
	isTroubled: boolean;
}

interface Entries extends Paging {
	entries: unknown[];
}

/** The accounts of an answer. */
export interface AccountsRead extends Paging {
	accounts: CustomerAccount[];
	/** Error objects beside the accounts, or in their place. */
	refusals: unknown[];
	/** How many entries Juspay sent, also such as are neither: where the next page starts. */
	entries: number;
}

/** Keys that a list may stand under: `list` [old]; a single other key is taken too. */
// [inferred] data, accounts
const LIST_KEYS = ['list', 'data', 'accounts'];

/** How deep a list may be wrapped. */
const DEEPEST_LIST = 3;

/** Of entries with nothing around them. */
const BARE: Paging = {
	total: undefined,
	count: undefined,
	pages: undefined,
	hasMore: false,
	isTroubled: false,
};

/** The entries of an answer; undefined where the answer is no list. */
function entriesOf(body: unknown, depth = 0): Entries | undefined {
	if (Array.isArray(body)) return { ...BARE, entries: body };
	if (body === null) return { ...BARE, entries: [] };
	const raw = object(body);
	if (!raw || depth > DEEPEST_LIST) return undefined;
	const key = listKeyOf(raw);
	const inner = key === undefined ? undefined : entriesOf(raw[key], depth + 1);
	// An account or an error may have such a key for something else.
	const isEntry = isRefusal(raw) || readOne(raw, '') !== undefined;
	const isOne = isEntry || (key === undefined && accountIdOf(raw) !== '');
	if (isOne && !inner?.entries.length) return { ...BARE, entries: [raw] };
	const paging = {
		total: inner?.total ?? numberUnder(raw, TOTAL_KEYS),
		count: inner?.count ?? wholeNumber(raw.count),
		pages: inner?.pages ?? numberUnder(raw, PAGES_KEYS),
		hasMore: inner?.hasMore || saysMore(raw),
		isTroubled: inner?.isTroubled || saysTrouble(raw, key, Boolean(inner?.entries.length)),
	};
	if (key === undefined) {
		// `{}`, or `{"object":"list","total":0}`
		const isEmptyList = (isEmpty(raw) || paging.total === 0) && !paging.isTroubled;
		return isEmptyList ? { ...paging, entries: [] } : undefined;
	}
	// An empty object under any other key, or nothing beside a word of trouble, says nothing of a list.
	const isNoList = paging.isTroubled || (!LIST_KEYS.includes(key) && isEmpty(object(raw[key])));
	if (!inner || (inner.entries.length === 0 && isNoList)) return undefined;
	return { ...paging, entries: inner.entries };
}

const isEmpty = (raw: Json | undefined) => raw !== undefined && Object.keys(raw).length === 0;

/** The key of the list in an object; undefined where there is none. */
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

function wholeNumber(value: unknown): number | undefined {
	const number = text(value).trim() === '' ? NaN : Number(value);
	return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** A status or a code that tells of a success; a message beside it says nothing. */
const SUCCESS = /^(?:success(?:ful)?|succeeded|ok(?:ay)?|done|completed?|true|0+|2\d\d)$/i;

function saysTrouble(raw: Json, listKey: string | undefined, isFull: boolean): boolean {
	const { status, code, error, errors, success } = raw;
	const isBad = (value: unknown) => text(value).trim() !== '' && !SUCCESS.test(text(value).trim());
	// What should be there is not, and an empty list stands beside it.
	const isDataMissing = raw.data === null && listKey !== 'data' && !isFull;
	const isFailed = Boolean(error) || isNo(success) || isBad(status) || isBad(code);
	// What other keys say counts where they stand beside nothing else.
	const isDoubtful =
		(Array.isArray(errors) && errors.length > 0) ||
		['response_code', 'responseCode', 'status_code', 'statusCode'].some((key) => isBad(raw[key]));
	return isFailed || isDataMissing || (isDoubtful && !isFull);
}

/** Keys that tell of another page [doc*]. */
const MORE_KEYS =
	/^(?:(?:has_?)?more(?:_?pages)?|has_?next(?:_?page)?|(?:is_?)?(?:truncated|partial)|(?!(?:prev(?:ious)?|start|first|current)_)(?:\w+_)?cursor|next(?:_?(?:cursor|page|token|page_?token|offset|url|link))?)$/i;

/** Keys that count all entries, and all pages [inferred, but for `total`]. */
const TOTAL_KEYS = /^total(?:_?(?:count|items|records|results))?$/i;
const PAGES_KEYS = /^(?:total_?)?pages$/i;

/** Objects beside a list in which such a key may stand. */
const PAGING_KEYS = [
	...['paging', 'pagination', 'page_info', 'pageInfo', 'meta', 'summary', 'links', '_links'],
];

const besideList = (raw: Json) =>
	[raw, ...PAGING_KEYS.map((key) => object(raw[key]) ?? {})].flatMap(Object.entries<unknown>);

const numberUnder = (raw: Json, keys: RegExp) =>
	besideList(raw)
		.map(([key, value]) => (keys.test(key) ? wholeNumber(value) : undefined))
		.find((number) => number !== undefined);

/** Where a page ends: beside a word that there is no other, it leads nowhere. */
const END_KEYS = /^(?:end|last)_cursor$/i;
const FLAG_KEYS = /^has_?(?:more|next)/i;

function saysMore(raw: Json): boolean {
	const given = besideList(raw);
	const isLast = given.some(([key, value]) => FLAG_KEYS.test(key) && isNo(value));
	return given.some(
		([key, value]) =>
			MORE_KEYS.test(key) &&
			!(isLast && END_KEYS.test(key)) &&
			Boolean(value) &&
			!/^(?:false|0|null)$/i.test(text(value)),
	);
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
	const read: CustomerAccount[] = [];
	for (const entry of found.entries) {
		const account = readOne(entry, customerId);
		if (account) read.push(account);
		else if (isRefusal(entry)) refusals.push(entry);
	}
	const accounts = ownOf(read, customerId);
	return { ...found, accounts, refusals, entries: found.entries.length };
}

/**
 * Leaves out another customer's accounts. A customer has two IDs, and Juspay may show one in other letters than asked for,
 * so another ID shows another customer only where the entries of one answer differ, or where both are Juspay's.
 */
function ownOf(accounts: CustomerAccount[], customerId: string): CustomerAccount[] {
	const idOf = (account: CustomerAccount) => account.customerId.toLowerCase();
	const isJuspays = (id: string) => id.startsWith('cst_');
	const asked = customerId.toLowerCase();
	const named = accounts.filter(({ raw }) => text(raw.customer_id) !== '');
	const differ = new Set(named.map(idOf)).size > 1;
	const isOthers = (id: string) => id !== asked && (differ || (isJuspays(id) && isJuspays(asked)));
	return accounts.filter((account) => !isOthers(idOf(account)));
}

/** One page of a customer's accounts. */
export function readListed(answer: Answered, customerId: string): AccountsRead | undefined {
	// No content is no accounts; a 200 without a body is an answer that got lost on its way.
	if (answer.status === 204) return readAccounts([], customerId);
	if (isRefusal(answer.body)) return undefined;
	const page = readAccounts(answer.body, customerId);
	return page?.isTroubled ? undefined : page;
}

/** A 2xx to a create. It may contain fewer accounts than were sent, or none that can be read. */
export type CreateAnswer = Pick<AccountsRead, 'accounts' | 'refusals'>;

/** Accepted without an account, it may be done later. A page is no answer of Juspay's. */
export function readCreated(answer: Answered, customerId: string): CreateAnswer | undefined {
	const { status, body, isEmpty: saysNothing } = answer;
	if (body === undefined && status !== 204 && !saysNothing) return undefined;
	const { accounts = [], refusals = [] } = readAccounts(body, customerId) ?? {};
	return { accounts, refusals };
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

/** True for `{status:"DELETED", id}` [doc for the two values], also wrapped, or the predecessor's form [old]. */
export function readDeleted(body: unknown, id: string): boolean {
	const raw = object(body) ?? {};
	if (presenceOf(raw) === 'deleted') return ['', id].includes(accountIdOf(raw));
	return readAccount(body, '', id)?.presence === 'deleted';
}

/** A customer object [doc]; undefined where the answer names none. */
export function readCustomer(body: unknown): Customer | undefined {
	const raw = object(body);
	const id = text(raw?.id);
	if (!raw || id === '' || isRefusal(raw)) return undefined;
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
