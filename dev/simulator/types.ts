/** What the simulator shows to tests, to the demo and to the benches. */

import type { DialectName } from './dialects';

/** The calls Juspay's reference names for customers and their accounts; `unknown` is every other path. */
export const CALLS = [
	'createAccounts',
	'listAccounts',
	'getAccount',
	'validateAccount',
	'deleteAccount',
	'createCustomer',
	'getCustomer',
	'updateCustomer',
	'verifyVpa',
	'unknown',
] as const;

export type Call = (typeof CALLS)[number];

/** What can change while the simulator runs. */
export interface SimulatorSettings {
	/** The only key that is let in; default `sim_api_key`. */
	apiKey: string;
	/** When set, `x-merchantid` must equal it (403 otherwise); when not, the header is optional. */
	merchantId?: string;
	/** Milliseconds between a call's effect and its answer; default 0. */
	latencyMs: number;
	/** Milliseconds a validation stays PENDING; default 0: the answer that starts it has the final status. */
	validationMs: number;
	/** The most accounts one list page shows. Not set: all on one page, as Juspay's `count` defaults to `total`. */
	pageSize?: number;
	/** Milliseconds before a created account shows up in lists; default 0. A seeded one does at once. */
	listDelayMs: number;
	/** Whether List leaves out accounts that are CREATED; default false. */
	listHidesCreated: boolean;
	/**
	 * Whether the Validate call is answered 200 and counted, but leaves the account as it was: no status, amount
	 * or `last_validated` shows that a penny drop was started; default false.
	 */
	validateStaysCreated: boolean;
	/** Requests let through in any one second; beyond it 429. Not set: no limit. */
	requestsPerSecond?: number;
	/** `Retry-After` of those 429, as it stands in the header; not set: no header. */
	retryAfter?: string;
	/** How Juspay answers: names of `DIALECTS`, several are combined. Default: none. */
	dialect: DialectName | readonly DialectName[];
	/** Whether Create takes `bank_code` in `bank_account`; default false: beside it. Never in both places. */
	bankCodeInside: boolean;
	/** Default false: an unknown customer is a 404. True: each exists, except IDs that start with `missing`. */
	anyCustomer: boolean;
	/** How many requests the log keeps; default 10,000. */
	keepRequests: number;
}

/** What `startSimulator` takes; everything has a default. */
export interface SimulatorOptions extends Partial<SimulatorSettings> {
	/** Default 0: a free one. */
	port?: number;
	/** Customers that exist from the start, by `cst_…` ID or by the merchant's own. */
	customers?: string[];
	/** For IDs and for the faults' dice, so that a run can be repeated; default 1. */
	seed?: number;
	/** Faults in force from the start. */
	faults?: Fault[];
	/** Called once for each request when it has been answered, or has been left without an answer. */
	onRequest?: (request: LoggedRequest) => void;
}

interface FaultScope {
	/** Only these calls; default every call. */
	call?: Call | Call[];
	/** Only this HTTP method. */
	method?: string;
	/** Which share of the matching requests it hits, 0 to 1, by a seeded dice; default 1. */
	share?: number;
	/** How often it strikes at most; default: no end. */
	times?: number;
	/** How many matching requests pass first, counted from the moment the fault was added. */
	skip?: number;
}

interface StatusFault {
	/** `status` answers before anything happens, `statusAfter` when the effect has happened. */
	kind: 'status' | 'statusAfter';
	status: number;
	/** An object goes out as JSON, a string as it stands; default: Juspay's body for that status. */
	body?: object | string;
	/** The `Retry-After` header as it stands. */
	retryAfter?: string;
	/** In its place: the header as a date, so many whole seconds from the moment of the answer. */
	retryAfterDate?: number;
	contentType?: string;
}

interface HoldFault {
	/**
	 * `hang`: no effect, no answer; the socket is destroyed after `forMs`. `hangAfter`: the effect at once,
	 * the answer after `forMs`. Without `forMs`: never.
	 */
	kind: 'hang' | 'hangAfter';
	forMs?: number;
}

interface DelayFault {
	/**
	 * `lateEffect`: nothing for `forMs`, then the effect (even if the caller has gone) and the answer.
	 * `dropLate`: the socket is destroyed at once, the effect comes after `forMs`.
	 * `delay`: the effect at once, the answer `forMs` later than usual.
	 */
	kind: 'lateEffect' | 'dropLate' | 'delay';
	forMs: number;
}

interface PlainFault {
	/**
	 * `html`/`htmlAfter`: a proxy's 502 page, before or after the effect. `dropBefore`/`dropAfter`: the socket
	 * is destroyed. `brokenJson`, `emptyBody`: the effect, then a 200 that can't be read. `half`, `reordered`
	 * (Create and List only): the effect for all accounts, an answer that names half of them, or shuffles them.
	 */
	kind:
		| 'html'
		| 'htmlAfter'
		| 'dropBefore'
		| 'dropAfter'
		| 'brokenJson'
		| 'emptyBody'
		| 'half'
		| 'reordered';
}

/** Something that goes wrong on the way. At most one strikes a request: the first in force that matches. */
export type Fault = FaultScope & (StatusFault | HoldFault | DelayFault | PlainFault);

export type FaultKind = Fault['kind'];

/** A bank account, as a caller of the simulator gives it. */
export interface BankAccount {
	accountNumber: string;
	ifsc: string;
	beneficiaryName?: string;
	bankCode?: string;
}

/** A UPI ID, as a caller of the simulator gives it. */
interface UpiAccount {
	vpa: string;
}

export type AccountDetails = BankAccount | UpiAccount;

/** One account the simulator holds, at the moment of asking. */
export interface StoredAccount extends Partial<BankAccount>, Partial<UpiAccount> {
	id: string;
	/** Always the `cst_…` ID, whichever ID the account was made with. */
	customerId: string;
	type: 'bankAccount' | 'upi';
	/** `CREATED`, `PENDING`, `ACTIVE`, `FAILURE`, or what a test set. */
	status: string;
	/** In rupees, as it stands on the wire. */
	validationAmount: string;
	dateCreated: string;
	lastValidated: string;
	/** How many penny drops this account has cost. */
	validationsStarted: number;
	/** `metadata…` and `udf…` fields, `gateway_id` and `gateway_reference_id`, as they were sent. */
	fields: Record<string, string>;
}

/** One customer the simulator holds. Fields never given are empty strings. */
export interface StoredCustomer {
	id: string;
	objectReferenceId: string;
	mobileCountryCode: string;
	mobileNumber: string;
	emailAddress: string;
	firstName: string;
	lastName: string;
	dateCreated: string;
	lastUpdated: string;
}

/** One request, in order of arrival. */
export interface LoggedRequest {
	call: Call;
	method: string;
	/** With the query, still percent-encoded. */
	path: string;
	/** By lower-case name. */
	headers: Record<string, string>;
	/** The decoded form fields; empty when the body was no form. */
	form: Record<string, string>;
	/** 0 as long as there is no answer, and for good when there never was one. */
	status: number;
	fault?: FaultKind;
	/** Unix time in milliseconds. */
	at: number;
	/** Milliseconds to the answer, or to the end of the socket. */
	tookMs: number;
}

/** Sums since the start or the last `reset()`. The object stays the same and changes as requests come in. */
export interface Counters {
	requestsTotal: number;
	requests: Record<Call, number>;
	/** By HTTP status. */
	answers: Record<string, number>;
	answersByCall: Record<Call, Record<string, number>>;
	/** Requests that ended without an answer: dropped, hung, or left by the caller. */
	unanswered: number;
	/** How often each kind of fault struck. */
	faults: Partial<Record<FaultKind, number>>;
	accountsMade: number;
	/** Accounts made although the customer had a live one with the same number and IFSC, or the same VPA. */
	duplicatesMade: number;
	/** Penny drops. */
	validationsStarted: number;
	/** Accounts whose validation was started more than once. */
	validationsRepeated: number;
	/**
	 * Validations started after an earlier one of the same account that has not reached ACTIVE or FAILURE since:
	 * the penny drops that are paid for twice. To validate again after a FAILURE is not one.
	 */
	validationsWhileUnsettled: number;
	deletesDone: number;
	customersMade: number;
	peakInFlight: number;
	/** The most creates in flight at once for any one customer. */
	peakCreatesPerCustomer: number;
}

/** A running simulator. */
export interface Simulator {
	/** Without a slash at its end. */
	readonly url: string;
	readonly apiKey: string;
	readonly counters: Counters;
	/** Changes settings from the next request on; `undefined` takes an optional one away. */
	configure(change: Partial<SimulatorSettings>): void;
	addFault(fault: Fault): void;
	clearFaults(): void;
	seedCustomers(ids: string[]): void;
	/** Puts an account there without a request or a count, making the customer if need be; returns its `banh_` ID. */
	seedAccount(customerId: string, account: AccountDetails, status?: string): string;
	/** Gives an account a status and `last_validated` of now; throws if there is no such account. */
	setStatus(accountId: string, status: string): void;
	accounts(customerId?: string): StoredAccount[];
	customers(): StoredCustomer[];
	/** Oldest first, at most `keepRequests`. */
	requests(): LoggedRequest[];
	/** Back to how it was started, but with the settings of now; requests still held are dropped. */
	reset(): void;
	/** Drops every connection, held ones too. */
	close(): Promise<void>;
}
