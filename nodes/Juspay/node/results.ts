import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Account, CustomerAccount } from '../account/types';
import { isBlank, LONGEST_NAME } from '../account/check';
import {
	maskAccount,
	maskAccountNumber,
	maskText,
	maskVpa,
	shownId,
	shownText,
} from '../account/mask';
import type { Outcome, Validation } from '../account/output';
import type { FoundAccount } from '../account/read';
import { apiError, ownFailure } from '../http/failure';
import type { ErrorCode, Failure } from '../http/failure';

/** What a failure is about, as far as it is known. Shown in the output, so masked. */
export interface Subject {
	customerId?: string;
	customerAccountId?: string;
	/** Where the account is there all the same. */
	validationStatus?: string;
	outcome?: Outcome;
	type?: Account['type'] | '';
	account?: string;
}

/** An account (or customer) of one input item, ready for the output. */
export interface DoneResult {
	item: number;
	json: IDataObject;
	/** Juspay's ID of the account, where it is about one. */
	accountId?: string;
	/** Decides the output where there is one per status. */
	status?: string;
	outcome?: Outcome;
	validation?: Validation;
	/** Where nothing was changed at Juspay. */
	dryRun?: boolean;
	/** In a dry run: an account that another row would create. */
	isDuplicate?: boolean;
}

/** An account (or customer) of one input item that could not be handled. */
export interface FailedResult {
	item: number;
	failure: Failure;
	subject: Subject;
	/** The parameter or column that is to blame, as the user sees its name. */
	field?: string;
	/** Whether it is the account's validation that failed: refused, or in doubt where its effect is unknown. */
	isValidation?: boolean;
	/** Where it is known that nothing was to be changed at Juspay. */
	dryRun?: boolean;
}

/** What became of one account (or customer) of one input item. */
export type ItemResult = DoneResult | FailedResult;

/** True where something could not be done. */
export function isFailed(result: object): result is FailedResult {
	return 'failure' in result;
}

/** What is sure of a row, or of one of its accounts, that was refused before any request. */
export function nothingSent(isPart = false): string {
	return `Nothing was sent to Juspay for this ${isPart ? 'account' : 'row'}.`;
}

/** Where to report a fault of the node. */
const REPORT_AT = 'https://github.com/n8n-nodes-juspay/n8n-nodes-juspay/issues';

/** The codes of what the node finds by itself: every other failure is an answer of Juspay, or the lack of one. */
const OWN_CODES: readonly ErrorCode[] = ['BAD_INPUT', 'TOO_MANY_VALIDATIONS', 'INTERNAL'];

/** True for a failure that the node found by itself. */
function isOwn({ code }: Failure): boolean {
	return OWN_CODES.includes(code);
}

/**
 * For anything unforeseen: a fault of the node, not of its input.
 *
 * @param mayBeSent - whether requests may have been sent for it before
 */
export function unforeseen(thrown: unknown, mayBeSent: boolean): Failure {
	const what = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
	const sent = mayBeSent
		? "Requests may have been sent to Juspay for this row before, so check the customer's accounts with Get Many before you run the workflow again."
		: nothingSent();
	return ownFailure(
		'INTERNAL',
		'The node itself came across something unforeseen',
		`${sent} This is a fault of the node: please report it at ${REPORT_AT} (${maskText(what)}).`,
		{ effect: mayBeSent ? 'unknown' : 'none' },
	);
}

/** What was given as an account, for a failed item: masked, whatever it is. */
export function givenAccount({ type, raw }: FoundAccount): Subject {
	const value = type === 'upi' ? raw.vpa : raw.accountNumber;
	if (isBlank(value) || typeof value === 'object') return { type };
	const text = String(value).trim();
	return { type, account: type === 'upi' ? maskVpa(text) : maskAccountNumber(text) };
}

/** An account that is there although something went wrong with it, for a failed item. */
export function existingAccount(account: CustomerAccount, outcome?: Outcome): Subject {
	return {
		outcome,
		customerAccountId: account.id,
		validationStatus: shownText(account.status, LONGEST_NAME),
		type: account.type,
		account: maskAccount(account),
	};
}

/** What a failed item says beside what happened, where it is about an account or a customer. */
export function subjectFields({ subject, dryRun }: FailedResult): IDataObject {
	return {
		customerId: shownId(subject.customerId ?? '') || null,
		customerAccountId: subject.customerAccountId || null,
		validationStatus: subject.validationStatus || null,
		outcome: subject.outcome ?? 'error',
		type: subject.type || null,
		account: subject.account || null,
		...(dryRun && { dryRun }),
	};
}

/** What happened, with its row and item at the end, as n8n's own messages have it. */
function messageOf({ item, failure }: FailedResult, items: number): string {
	if (failure.scope === 'everyone') return failure.message;
	const row = items > 1 ? `, row ${item + 1} of ${items}` : '';
	return `${failure.message}${row} [item ${item}]`;
}

function errorOf(
	functions: IExecuteFunctions,
	result: FailedResult,
	message: string,
	more: readonly string[] = [],
): NodeApiError | NodeOperationError {
	const { item, failure } = result;
	const description = [failure.description, ...more].join(' ').trim();
	const shown = { message, description, itemIndex: item };
	return isOwn(failure)
		? new NodeOperationError(functions.getNode(), message, shown)
		: apiError(functions.getNode(), failure, shown);
}

/**
 * A failed account as an item. n8n routes it to the error output by the item's `error`, then spreads the item; a
 * surviving `error` would later replace our json, so the property can be read but not copied.
 */
function failedItem(
	functions: IExecuteFunctions,
	result: FailedResult,
	about: IDataObject,
): INodeExecutionData {
	const { item, failure, field } = result;
	const shown: INodeExecutionData = {
		json: {
			error: failure.message,
			errorHint: failure.description,
			errorCode: failure.code,
			juspayCode: failure.juspayCode || null,
			juspayRequestId: failure.juspayRequestId || null,
			field: field || null,
			row: item + 1,
			...about,
		},
		pairedItem: { item },
	};
	if (functions.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(shown, 'error', {
			value: errorOf(functions, result, failure.message),
			enumerable: false,
			writable: true,
			configurable: true,
		});
	}
	return shown;
}

/** One output per status. */
export interface Branches {
	names: readonly string[];
	/** The index in `names` of an item's status. */
	of(status: string): number;
	/** Why the first output may be empty, to be read after "although". */
	firstIsEmpty: string;
}

/** How results become items. */
interface OutputForm {
	/** The outputs by status; undefined for a single one. */
	branches?: Branches;
	/** What a failed item has beside what happened. */
	failed(result: FailedResult): IDataObject;
	/** Input fields to carry into an item's output. */
	keep(item: number): IDataObject;
	/** Names that only the node's own fields may have. */
	reserved: ReadonlySet<string>;
}

/** Turns results into the node's output: in input order, each paired with its item, on one output or on one per status. */
export function toOutput(
	functions: IExecuteFunctions,
	results: ItemResult[],
	{ branches, failed, keep, reserved }: OutputForm,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = (branches?.names ?? ['']).map(() => []);
	for (const result of results) {
		const { item, dryRun } = result;
		const shown = isFailed(result)
			? failedItem(functions, result, failed(result))
			: { json: { ...result.json, ...(dryRun && { dryRun }) }, pairedItem: { item } };
		shown.json = { ...besides(keep(item), shown.json, reserved), ...shown.json };
		// Without an error output of its own, a failed account belongs with the rejected ones.
		const index = isFailed(result) ? outputs.length - 1 : branches?.of(result.status ?? '');
		outputs[index ?? 0]?.push(shown);
	}
	return outputs;
}

/**
 * Kept input fields beside an item's own: `input_…` where they have the name of an output field, or the new name of
 * such a field: both are there after two Juspay nodes that keep all fields.
 */
function besides(kept: IDataObject, json: IDataObject, reserved: ReadonlySet<string>): IDataObject {
	const isTaken = (name: string): boolean => {
		if (reserved.has(name) || Object.hasOwn(json, name)) return true;
		const original = name.replace(/^input_/, '');
		return original !== name && Object.hasOwn(kept, original) && isTaken(original);
	};
	return Object.fromEntries(
		Object.entries(kept).map(([name, value]) => [isTaken(name) ? `input_${name}` : name, value]),
	);
}

/** How many failures an error names beside the first. */
const MOST_NAMED = 4;

/**
 * Stops the workflow with the first of the failures, and names the next few.
 *
 * @throws NodeOperationError for bad input, NodeApiError for what Juspay answered
 */
export function throwFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	const failed = results.filter(isFailed);
	const [first, ...others] = failed;
	if (!first) return;
	const done = results.length - failed.length;
	const items = functions.getInputData().length;
	const message = messageOf(first, items);
	const messages = new Set(others.map((it) => messageOf(it, items)));
	messages.delete(message);
	const more = [
		others.length > 0 && `${others.length} more with errors${listOf([...messages])}`,
		done > 0 && `${done} went through.`,
	].filter((it) => it !== false);
	throw errorOf(functions, first, message, more);
}

/** The end of a sentence that may name a few messages. */
function listOf(messages: string[]): string {
	if (messages.length === 0) return '.';
	const named = messages.slice(0, MOST_NAMED).join('; ');
	return `: ${named}${messages.length > MOST_NAMED ? '; …' : '.'}`;
}
