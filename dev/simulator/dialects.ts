/**
 * Dialects: ways in which the real Juspay might answer, by name. Its reference leaves open how lists, accounts and
 * refusals look in detail; the node has to cope with any form that the documents allow.
 *
 * To add one, write one entry into the table. Everything in it is a pure function; {@link answerIn} says in which order
 * they are applied.
 */

import { FORMS, notFound, refusal } from './errors';
import { maskNumber, maskVpa } from './masking';
import type { Call, StoredCustomer } from './types';

/** What was asked. */
export interface Asked {
	call: Call;
	/** As it was sent: either of the customer's IDs. */
	customerId: string;
	/** The customer found by that ID, if any. */
	customer?: Pick<StoredCustomer, 'id' | 'objectReferenceId'>;
	query: Record<string, unknown>;
}

/** An answer: a body that is undefined goes out as none at all. */
export interface Reply {
	status: number;
	body: unknown;
}

/** An account's details as the simulator has them: of a bank account, or just a `vpa`. */
export type Details = Record<string, unknown> & { account_number?: unknown; vpa?: unknown };

/** An account as the simulator has it, its details one level deep. */
export interface AccountBody extends Record<string, unknown> {
	id: string;
	validation_status: string;
	/** Undefined where the dialect leaves the details out. */
	account_details?: Details;
}

/** What stands beside the accounts in List's answer; nothing in Create's. */
export type Totals = Record<string, unknown> & { total?: unknown };

/** Which of a customer's accounts a page shows. */
interface Window {
	offset: number;
	count: number;
}

/** How one dialect differs from the simulator's own answers. What it doesn't mention stays. */
export interface Dialect {
	/** Two about the same topic can't be combined: they would contradict each other, or one would go unseen. */
	topic: string;
	/** One line for `--help` and the README. */
	description: string;
	/** List's answer for a customer without accounts. */
	empty?: Reply;
	/** The body of Create and List. `whole`: how many accounts there are in all. Undefined: the simulator's own. */
	envelope?: (accounts: unknown[], totals: Totals, whole: number) => unknown;
	/** Which accounts List shows when asked for these. */
	page?: (asked: Window) => Window;
	/** The order of accounts in Create's and List's answers. */
	order?: <T>(accounts: readonly T[]) => T[];
	/** Changes an account. */
	account?: (account: AccountBody, asked: Asked) => AccountBody;
	/** Puts its details elsewhere. */
	place?: (account: AccountBody, details: Details) => object;
	/** Changes the finished answer, refusals too. */
	reply?: (reply: Reply, asked: Asked) => Reply;
}

function isBank(details: Details): boolean {
	return details.vpa === undefined;
}

/** Details with a masked account number or UPI ID. */
function masked(details: Details): Details {
	return isBank(details)
		? { ...details, account_number: maskNumber(String(details.account_number)) }
		: { ...details, vpa: maskVpa(String(details.vpa)) };
}

/** `kind` is the key of the details in the two nested dialects. */
function kindOf(details: Details): 'bank_account' | 'upi' {
	return isBank(details) ? 'bank_account' : 'upi';
}

/** Puts details into `account_details` in another form. */
function detailsAs(write: (details: Details) => object) {
	return (account: AccountBody, details: Details): object => ({
		...account,
		account_details: write(details),
	});
}

function statusForCreate(status: number, hasBody = true) {
	return (reply: Reply, { call }: Asked): Reply => {
		if (call !== 'createAccounts' || reply.status !== 200) return reply;
		return { status, body: hasBody ? reply.body : undefined };
	};
}

function refusedOffset(refused: Reply) {
	return (reply: Reply, { call, query }: Asked): Reply =>
		call === 'listAccounts' && reply.status === 200 && query.offset !== undefined ? refused : reply;
}

function refusedAs(form: keyof typeof FORMS) {
	return (reply: Reply): Reply => {
		const isRefusal = reply.status >= 400 && Object.hasOwn(reply.body ?? {}, 'error_info');
		if (!isRefusal) return reply;
		return { ...reply, body: FORMS[form](reply.body as Record<string, unknown>, reply.status) };
	};
}

const TABLE = {
	'empty-404': {
		topic: 'empty list',
		description: 'List without accounts: 404 object_not_found',
		empty: { status: 404, body: notFound().body },
	},

	'bare-array': {
		topic: 'envelope',
		description: 'Create and List: [...]',
		envelope: (accounts) => accounts,
	},
	'under-data': {
		topic: 'envelope',
		description: 'Create and List: {data: [...]}',
		envelope: (data, totals) => ({ object: 'list', data, ...totals }),
	},
	'one-object': {
		topic: 'envelope',
		description: 'Create and List with exactly one account: the account itself',
		envelope: (accounts, _totals, whole) =>
			whole === 1 && accounts.length === 1 ? accounts[0] : undefined,
	},

	'details-flat': {
		topic: 'place of details',
		description: 'details flat on the account, no account_details',
		place: (account, details) => ({ ...account, account_details: undefined, ...details }),
	},
	'details-nested': {
		topic: 'place of details',
		description: 'details in account_details.bank_account or account_details.upi',
		place: detailsAs((details) => ({ [kindOf(details)]: details })),
	},
	'vpa-beside-empty-bank': {
		topic: 'place of details',
		description: 'an empty bank_account: {} beside a vpa',
		place: detailsAs((details) =>
			isBank(details) ? { bank_account: details } : { ...details, bank_account: {} },
		),
	},
	'number-masked': {
		topic: 'account number',
		description: 'XXXXXXXXXXX1191, UPI IDs 91******96@upi',
		account: ({ account_details: details, ...account }) => ({
			...account,
			account_details: details && masked(details),
		}),
	},
	'customer-id-as-sent': {
		topic: 'customer ID',
		description: 'customer_id repeats the ID that was sent',
		account: (account, { customerId }) => ({ ...account, customer_id: customerId }),
	},
	'create-without-details': {
		topic: 'details left out',
		description: 'Create leaves the account details out; Get and List show them',
		account: (account, { call }) =>
			call === 'createAccounts' ? { ...account, account_details: undefined } : account,
	},
	'last-validated-null': {
		topic: 'last validated',
		description: 'last_validated is null while an account is CREATED',
		account: (account) =>
			account.validation_status === 'CREATED' ? { ...account, last_validated: null } : account,
	},
	'status-lower-case': {
		topic: 'status case',
		description: 'statuses in lower case, also that of Delete',
		account: (account) => ({
			...account,
			validation_status: account.validation_status.toLowerCase(),
		}),
		reply: (reply, { call }) =>
			call === 'deleteAccount' && reply.status === 200
				? { ...reply, body: { ...(reply.body as object), status: 'deleted' } }
				: reply,
	},
	'amount-number': {
		topic: 'amount',
		description: 'validation_amount as a JSON number',
		account: (account) => ({ ...account, validation_amount: Number(account.validation_amount) }),
	},

	'order-reversed': {
		topic: 'order',
		description: 'Create and List: the newest account first',
		order: (accounts) => [...accounts].reverse(),
	},
	'offset-ignored': {
		topic: 'pages',
		description: 'List ignores offset: always the first page',
		page: ({ count }) => ({ offset: 0, count }),
	},
	'offset-400': {
		topic: 'pages',
		description: 'List answers 400 when it is sent an offset',
		reply: refusedOffset({
			status: 400,
			body: refusal(400, 'INVALID_INPUT', 'offset is not a field of this call.').body,
		}),
	},

	'create-202': {
		topic: 'create status',
		description: 'Create answers 202',
		reply: statusForCreate(202),
	},
	'create-204': {
		topic: 'create status',
		description: 'Create answers 204 without a body',
		reply: statusForCreate(204, false),
	},
	'delete-predecessor': {
		topic: 'delete',
		description: 'Delete: {bank_account_id, bank_account_status: "deleted"}',
		reply: (reply, { call }) => {
			if (call !== 'deleteAccount' || reply.status !== 200) return reply;
			const { id } = reply.body as { id: unknown };
			return { status: 200, body: { bank_account_id: id, bank_account_status: 'deleted' } };
		},
	},
	'refusals-info-only': {
		topic: 'refusals',
		description: 'refusals have error_info and nothing else',
		reply: refusedAs('info-only'),
	},
	'refusals-no-info': {
		topic: 'refusals',
		description: 'refusals have error_code and error_message, no error_info',
		reply: refusedAs('no-info'),
	},
	'refusals-info-text': {
		topic: 'refusals',
		description: 'error_info of refusals is JSON text',
		reply: refusedAs('info-text'),
	},
	'refusals-wrapped': {
		topic: 'refusals',
		description: 'refusals in camelCase, wrapped: {response: {...}, code: 404}',
		reply: refusedAs('wrapped'),
	},
	'missing-400': {
		topic: 'refusals',
		description: 'an unknown customer or account is a 400 "Customer not found", no error_info',
		reply: (reply) =>
			reply.status === 404 && reply.body !== undefined
				? {
						status: 400,
						body: {
							status: 'error',
							error_code: 'invalid_request',
							error_message: 'Customer not found',
						},
					}
				: reply,
	},
	'refusals-200': {
		topic: 'refusals',
		description: 'every refusal is a 200 with the error object',
		reply: (reply) =>
			reply.status >= 400 && reply.body !== undefined ? { ...reply, status: 200 } : reply,
	},
} satisfies Record<string, Dialect>;

/** The name of a dialect. */
export type DialectName = keyof typeof TABLE;

/** All dialects by name, in the order in which those that are combined are applied. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = TABLE;

/** The names of all dialects. */
export const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];

/**
 * The dialects a setting names.
 *
 * @param setting one name, or several that are combined; an empty list is none
 * @throws TypeError on a name that is none, or on two dialects about the same topic
 */
export function dialectsOf(setting: unknown): Dialect[] {
	const names: unknown[] = Array.isArray(setting) ? setting : [setting];
	for (const name of names) {
		if (typeof name === 'string' && Object.hasOwn(DIALECTS, name)) continue;
		throw new TypeError(
			`There is no dialect ${String(name)}. Dialects: ${DIALECT_NAMES.join(', ')}`,
		);
	}
	const chosen = DIALECT_NAMES.filter((name) => names.includes(name));
	for (const name of chosen) {
		const { topic } = DIALECTS[name];
		const other = chosen.find((one) => one !== name && DIALECTS[one].topic === topic);
		if (other !== undefined) {
			throw new TypeError(
				`The dialects ${name} and ${other} can't be combined: both are about ${topic}`,
			);
		}
	}
	return chosen.map((name) => DIALECTS[name]);
}

/** Several accounts, in the answer to Create or List. */
interface SeveralAccounts {
	accounts: AccountBody[];
	/** How many accounts there are in all, more than these if List shows a page or a fault left some out. */
	whole: number;
	/** What List says beside them. */
	totals?: Totals;
	/** The simulator's own body, unless a dialect has another. */
	wrap: (accounts: object[], totals: Totals) => unknown;
}

/** What a call answers before a dialect has its say, always with 200. */
export type Answer = { body: object } | { account: AccountBody } | SeveralAccounts;

/** How a request is answered: in which dialects, and to which question. */
export interface Manner {
	dialects: readonly Dialect[];
	asked: Asked;
}

/** The one hook of a kind that can't be combined. */
function only<Name extends keyof Dialect>(
	dialects: readonly Dialect[],
	name: Name,
): Dialect[Name] | undefined {
	return dialects.find((dialect) => dialect[name] !== undefined)?.[name];
}

/** Which accounts List shows when asked for these. */
export function pageIn(dialects: readonly Dialect[], asked: Window): Window {
	return only(dialects, 'page')?.(asked) ?? asked;
}

/** The accounts in a dialect's order. */
export function orderIn<T>(dialects: readonly Dialect[], accounts: readonly T[]): readonly T[] {
	return only(dialects, 'order')?.(accounts) ?? accounts;
}

function accountIn(own: AccountBody, { dialects, asked }: Manner): object {
	const account = dialects.reduce((it, dialect) => dialect.account?.(it, asked) ?? it, own);
	const { account_details: details } = account;
	if (details === undefined) return account;
	const place = only(dialects, 'place');
	if (place) return place(account, details);
	const nests = asked.call === 'listAccounts' && isBank(details);
	return nests ? { ...account, account_details: { bank_account: details } } : account;
}

function severalIn(answer: SeveralAccounts, manner: Manner): Reply {
	const { dialects, asked } = manner;
	const empty = only(dialects, 'empty');
	if (asked.call === 'listAccounts' && answer.whole === 0 && empty) return empty;
	const entries = answer.accounts.map((account) => accountIn(account, manner));
	const totals = answer.totals ? { ...answer.totals, count: entries.length } : {};
	const body =
		only(dialects, 'envelope')?.(entries, totals, answer.whole) ?? answer.wrap(entries, totals);
	return { status: 200, body };
}

function ownReply(answer: Answer, manner: Manner): Reply {
	if ('accounts' in answer) return severalIn(answer, manner);
	if ('account' in answer) return { status: 200, body: accountIn(answer.account, manner) };
	return { status: 200, body: answer.body };
}

/** A finished answer, or a refusal, as the dialects give it. */
export function replyIn(reply: Reply, { dialects, asked }: Manner): Reply {
	return dialects.reduce((it, dialect) => dialect.reply?.(it, asked) ?? it, reply);
}

/** What a call answers, as the dialects give it. */
export function answerIn(answer: Answer, manner: Manner): Reply {
	return replyIn(ownReply(answer, manner), manner);
}
