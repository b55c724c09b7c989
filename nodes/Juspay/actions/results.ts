import type { IDataObject, IExecuteFunctions, INodeExecutionData, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { Account } from '../domain/account';
import { isBlank } from '../domain/check';
import type { Problem, RawAccount } from '../domain/check';
import { maskAccountNumber, maskText, maskVpa } from '../domain/mask';
import type { Outcome } from '../domain/output';
import { outputOf, STATUS_OUTPUTS } from '../domain/status';
import type { Validation } from '../api/exactlyOnce';
import type { Failure } from '../api/words';

/** What a failure concerns, as far as it is known; shown in the failed item, so masked. */
export interface Concerned {
	customerId?: string;
	customerAccountId?: string;
	/** How the account stands, where it is there all the same. */
	validationStatus?: string;
	outcome?: Outcome;
	type?: Account['type'] | '';
	account?: string;
}

/** An account (or customer) of one input item, ready for the output. */
export interface DoneResult {
	item: number;
	json: IDataObject;
	/** Decides the output where there is one for each status. */
	status?: string;
	/** How the account came to be there: create only. */
	outcome?: Outcome;
	/** Whether a penny drop was started: where one was asked for. */
	validation?: Validation;
}

/** An account (or customer) of one input item that could not be handled. */
export interface FailedResult {
	item: number;
	failure: Failure;
	concerned: Concerned;
}

/** What became of one account (or customer) of one input item. */
export type ItemResult = DoneResult | FailedResult;

/** True where something could not be done. */
export function isFailed(result: ItemResult): result is FailedResult {
	return 'failure' in result;
}

/** The code of a failure that lies in the user's own input: nothing was sent. */
export const BAD_INPUT = 'BAD_INPUT';

/** Words a problem with a value: which item, which of its accounts, which field, what to do. */
export function badInput(
	item: number,
	problem: Problem,
	concerned: Concerned = {},
	place = '',
): FailedResult {
	return {
		item,
		concerned,
		failure: {
			code: BAD_INPUT,
			message: `Item ${item}${place && `, ${place}`}: ${problem.field} ${problem.wrong}`,
			description: `${problem.fix} Nothing was sent to Juspay for it.`,
			kind: 'refused',
			effect: 'none',
			transient: false,
			scope: 'account',
		},
	};
}

/** An account that is perhaps none, for a failed item: masked, whatever it is. */
export function concernedAccount(type: Account['type'], raw: RawAccount): Concerned {
	const value = type === 'upi' ? raw.vpa : raw.accountNumber;
	if (isBlank(value)) return { type };
	const text = String(value).trim();
	return { type, account: type === 'upi' ? maskVpa(text) : maskAccountNumber(text) };
}

function errorOf(
	functions: IExecuteFunctions,
	{ item, failure }: FailedResult,
): NodeApiError | NodeOperationError {
	const { message, description, code, httpStatus } = failure;
	const shown = { message, description, itemIndex: item };
	if (code === BAD_INPUT) return new NodeOperationError(functions.getNode(), message, shown);
	const answer: JsonObject = { code, ...(httpStatus && { httpStatus }) };
	return new NodeApiError(functions.getNode(), answer, {
		...shown,
		...(httpStatus && { httpCode: String(httpStatus) }),
	});
}

/**
 * A failed account as an item. n8n routes it to the error output by the item's `error`, but where it finds one later
 * on it throws our fields away; so the property is there to be asked for and not to be copied.
 */
function failedItem(functions: IExecuteFunctions, result: FailedResult): INodeExecutionData {
	const { item, failure, concerned } = result;
	const shown: INodeExecutionData = {
		json: {
			error: `${failure.message}. ${failure.description}`.trim(),
			errorCode: failure.code,
			...concerned,
		},
		pairedItem: { item },
	};
	if (functions.getNode().onError === 'continueErrorOutput') {
		Object.defineProperty(shown, 'error', {
			value: errorOf(functions, result),
			enumerable: false,
			writable: true,
			configurable: true,
		});
	}
	return shown;
}

/**
 * Turns results into the node's output: in input order, each paired with its item, on one output or on one for each
 * status. Failed accounts are items too: this is for a user who chose to continue, and for results without any.
 */
export function toOutput(
	functions: IExecuteFunctions,
	results: ItemResult[],
	byStatus: boolean,
): INodeExecutionData[][] {
	const outputs: INodeExecutionData[][] = byStatus ? STATUS_OUTPUTS.map(() => []) : [[]];
	for (const result of results) {
		if (isFailed(result)) {
			// Without an error output of its own, a failed account belongs with the rejected ones.
			outputs[outputs.length - 1]?.push(failedItem(functions, result));
		} else {
			const { item, json, status = '' } = result;
			outputs[byStatus ? outputOf(status) : 0]?.push({ json, pairedItem: { item } });
		}
	}
	return outputs;
}

/**
 * Stops the workflow with the first of the failures.
 *
 * @param results - all results so far
 * @throws NodeOperationError for bad input, NodeApiError for what Juspay answered
 */
export function throwFirst(functions: IExecuteFunctions, results: ItemResult[]): void {
	const failed = results.filter(isFailed);
	const [first] = failed;
	if (!first) return;
	const done = results.length - failed.length;
	const notes = [
		failed.length > 1 && `${failed.length - 1} more could not be handled either.`,
		done > 0 && `${done} went through.`,
	].filter(Boolean);
	throw errorOf(functions, {
		...first,
		failure: { ...first.failure, description: [first.failure.description, ...notes].join(' ') },
	});
}

/** The message of something thrown while an item was read, e.g. by an expression. */
export function unreadable(item: number, thrown: unknown): FailedResult {
	const message = thrown instanceof Error ? thrown.message : String(thrown);
	return badInput(item, {
		field: 'Parameters',
		wrong: `could not be read: ${maskText(message)}`,
		fix: "Correct the expression in the node's parameters.",
	});
}

const KNOWN_STATUSES = new Set(['ACTIVE', 'CREATED', 'PENDING', 'FAILURE']);

/**
 * What a person wants to know at a glance after a run with more than one account (or customer), e.g. "12 created, 3 existing,
 * 1 rejected". Numbers only.
 *
 * @returns undefined where there is nothing to sum up
 */
export function summary(results: ItemResult[], what: 'accounts' | 'customers'): string | undefined {
	if (results.length < 2) return undefined;
	const done = results.filter((result): result is DoneResult => !isFailed(result));
	const count = (is: (result: DoneResult) => boolean) => done.filter(is).length;
	const parts: Array<[number, string]> = [
		[count(({ outcome }) => outcome === 'created'), 'created'],
		[count(({ outcome }) => outcome === 'existing'), 'existing already'],
		[count(({ validation }) => validation === 'started'), 'sent for validation'],
		[
			count(({ validation }) => validation === 'notNeeded'),
			'validated or pending before, not validated again',
		],
		[count(({ status }) => status === 'ACTIVE'), 'active'],
		[count(({ status }) => status === 'CREATED'), 'not validated'],
		[count(({ status }) => status === 'PENDING'), 'pending'],
		[count(({ status }) => status === 'FAILURE'), 'with validation status FAILURE'],
		[count(({ status }) => !!status && !KNOWN_STATUSES.has(status)), 'in another status'],
		[results.length - done.length, 'could not be handled'],
	];
	const said = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
	return said.length > 0 ? `${results.length} ${what}: ${said.join(', ')}` : undefined;
}
