import { maskText } from '../account/mask';
import { asPlainText } from '../account/text';
import type { Call, ErrorBody } from '../wire/contract';
import { hasAccountNumber, readError } from '../wire/contract';
import type { Kind, Meaning } from './meaning';
import { meaningOf } from './meaning';
import { showable } from './redact';
import type { Answer } from './transport';

/** Why something was not done, and what to do. Contains no secret. */
export interface Failure extends Meaning {
	/** For a workflow to branch on: Juspay's own code, or one of this node's, e.g. `TIMEOUT`. */
	code: string;
	/** One line: what happened. */
	message: string;
	/** What to do, and Juspay's own words. */
	description: string;
	/** The answer's status, where there was an answer. */
	httpStatus?: number;
	/** How long Juspay asks to wait, in milliseconds. */
	retryAfterMs?: number;
	/** Juspay's own words, unless they name an account: the same for two accounts refused for one reason. */
	reason?: string;
	/** Juspay's own code, and its ID of the request. */
	juspayCode?: string;
	juspayRequestId?: string;
}

/** What the messages may name. */
export interface ErrorContext {
	/** Juspay's host, e.g. `sandbox.juspay.in`. */
	host: string;
	/** How long a request may take, in seconds. */
	timeout: number;
	/** Never shown, even if an answer contains them. */
	secrets: readonly string[];
}

/** What the messages of one call may name. */
interface CallContext extends ErrorContext {
	/** The customer's ID; empty if it is an account number of the call: then columns were mixed up. */
	readableId: string;
}

export const LATER = 'Run the workflow again later';

/** In place of {@link LATER} after a validation in doubt: the workflow could pay for it a second time. */
const ONCE_KNOWN = 'Run the workflow again only once you know the outcome';

/** Text from outside as one line that may be shown: without keys and accounts. */
function fit(words: string, { secrets, readableId }: CallContext, longest?: number): string {
	return showable(words, secrets, longest, readableId);
}

/** Juspay's own words for the end of a description. */
function juspaySays({ code, message, fields }: ErrorBody, context: CallContext): string {
	const named = fields
		.filter(({ name }) => name !== '')
		.map(({ name, reason }) => (reason ? `${name} (${reason})` : name));
	const words = [
		fit(message, context),
		code && `code ${code}`,
		named.length > 0 && `fields: ${named.join(', ')}`,
	].filter(Boolean);
	return words.length > 0 ? ` Juspay says: ${fit(words.join('; '), context)}.` : '';
}

/** Juspay's code where it is one, for workflows to branch on. */
function codeFrom(error: ErrorBody, context: CallContext, otherwise: string): string {
	const code = fit(error.code, context, 61);
	return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : otherwise;
}

/** Text for one kind of answer. */
interface ErrorText {
	code: string;
	message: string;
	/** What to do, before Juspay's own words. */
	todo: string;
}

/** A call that did not succeed, to be put into words. */
interface FailedCall {
	answer: Answer;
	status: number;
	error: ErrorBody;
	call: Call;
	context: CallContext;
	/** Whether it may have started a penny drop. */
	mayBePaid: boolean;
}

/** When to run the workflow again. */
const again = ({ mayBePaid }: FailedCall): string => (mayBePaid ? ONCE_KNOWN : LATER);

const networkCode = ({ answer }: FailedCall): string => ('code' in answer ? answer.code : '');

const TEXTS: Record<Kind, (failed: FailedCall) => ErrorText> = {
	stopped: (failed) => ({
		code: 'STOPPED',
		message: `The workflow was stopped before Juspay answered (${failed.call.name})`,
		todo: failed.mayBePaid
			? `${again(failed)}.`
			: 'Run the workflow again: existing accounts are found and not created again.',
	}),
	unusable: ({ answer }) => ({
		code: 'BAD_CREDENTIAL',
		message: "The Juspay credential can't be used",
		todo: `${'fault' in answer ? answer.fault : ''} Nothing was sent.`,
	}),
	// Never put Node's codes into `message`: n8n replaces such messages with its own.
	unreachable: (failed) => ({
		code: 'UNREACHABLE',
		message: `Can't connect to ${failed.context.host}`,
		todo: `Nothing was sent (${networkCode(failed)}). Check 'Environment' and 'Base URL' in the Juspay credential, and that your n8n server is allowed to connect to ${failed.context.host}. ${LATER}.`,
	}),
	timedOut: (failed) => ({
		code: 'TIMEOUT',
		message: `Juspay did not answer within ${failed.context.timeout} second${failed.context.timeout === 1 ? '' : 's'} (${failed.call.name})`,
		todo: `Increase 'Timeout (Seconds)' under Options if this happens often. ${again(failed)}.`,
	}),
	lost: (failed) => ({
		code: 'CONNECTION_LOST',
		message: `Lost the connection to Juspay (${failed.call.name})`,
		todo: `${again(failed)}${networkCode(failed) && ` (${networkCode(failed)})`}.`,
	}),
	tooLarge: (failed) => ({
		code: 'ANSWER_TOO_LARGE',
		message: `Juspay's answer is too large to read (${failed.call.name})`,
		todo: `Check that ${failed.context.host} is Juspay. ${again(failed)}.`,
	}),
	unreadable: (failed) => ({
		code: 'UNREADABLE_ANSWER',
		message: `Juspay's answer can't be read (${failed.call.name})`,
		todo: `Check that ${failed.context.host} is Juspay and not a proxy. ${again(failed)}.`,
	}),
	redirected: ({ context }) => ({
		code: 'REDIRECT',
		message: `${context.host} redirects to another address`,
		todo: "The node doesn't follow redirects, so that only Juspay gets your API key. Correct 'Base URL' in the Juspay credential.",
	}),
	notJuspay: ({ status, context }) =>
		status === 404
			? {
					code: 'NOT_FOUND',
					message: `${context.host} answered, but not like Juspay (status 404)`,
					todo: "Check 'Base URL' in the Juspay credential. It is the address of Juspay's API, e.g. https://api.juspay.in.",
				}
			: {
					code: `HTTP_${status}`,
					message: `${context.host} answered, but not like Juspay (status ${status})`,
					todo: `A proxy or a firewall may have answered instead. Check 'Base URL' in the Juspay credential, and the network between n8n and ${context.host}.`,
				},
	keyRejected: () => ({
		code: 'UNAUTHENTICATED',
		message: 'Juspay rejected the API key',
		todo: "Copy 'API Key' again from Juspay Dashboard into the Juspay credential, and check that it belongs to 'Environment': sandbox and production use different API keys.",
	}),
	badOrigin: () => ({
		code: 'BAD_ORIGIN',
		message: "Juspay doesn't accept requests from your n8n server's IP address",
		todo: "Ask Juspay support to allow your n8n server's outgoing IP address.",
	}),
	forbidden: ({ call }) => ({
		code: 'FORBIDDEN',
		message: `The API key is not allowed to ${call.name}`,
		todo: "Check 'Merchant ID' in the Juspay credential, and ask Juspay support to enable this API for your key.",
	}),
	throttled: ({ answer, context }) => {
		const asked = 'headers' in answer ? answer.headers['retry-after'] : undefined;
		return {
			code: 'TOO_MANY_REQUESTS',
			message: 'Juspay received too many requests',
			todo: `Lower 'Concurrency' under Options, or run fewer workflows at the same time. ${LATER}${asked ? ` (Retry-After: ${fit(String(asked), context, 40)})` : ''}.`,
		};
	},
	missing: ({ call: { customerId, accountId } }) => ({
		code: 'OBJECT_NOT_FOUND',
		message: accountId
			? `Juspay has no account ${maskText(accountId)} for customer ${asPlainText(customerId)}`
			: `Juspay has no customer ${asPlainText(customerId)}`,
		todo: 'Check the ID, and that it belongs to the environment of the Juspay credential. A customer must be created before accounts can be added.',
	}),
	exists: () => ({
		code: 'CONFLICT',
		message: 'This already exists in Juspay',
		todo: 'Get it instead of creating it.',
	}),
	busy: (failed) => ({
		code: 'DUPLICATE_REQUEST',
		message: 'Juspay is still processing another request for this customer',
		todo: `Avoid running two workflows for one customer at the same time. ${again(failed)}.`,
	}),
	unavailable: (failed) => ({
		code: `HTTP_${failed.status}`,
		message: `Juspay is currently unavailable (status ${failed.status})`,
		todo: `${again(failed)}.`,
	}),
	setUp: (failed) => ({
		...notAccepted(failed),
		todo: "Ask Juspay support to check the configuration of your merchant account, and check 'Gateway ID' and the other options.",
	}),
	refused: (failed) => notAccepted(failed),
};

function notAccepted(failed: FailedCall): ErrorText {
	const { status, error, call, context } = failed;
	const why = error.message ? `: ${fit(error.message, context, 200)}` : ` (status ${status})`;
	return {
		code: `HTTP_${status}`,
		message: `Juspay rejected the request to ${call.name}${why}`,
		todo: failed.mayBePaid
			? `Check the values that Juspay names. ${again(failed)}.`
			: 'Correct the values that Juspay names and run the workflow again.',
	};
}

/**
 * Puts an answer that isn't the expected one into words.
 *
 * @param answer - what came of the call
 * @param call - what was asked
 * @param shared - what the words may name
 */
export function failureOf(answer: Answer, call: Call, shared: ErrorContext): Failure {
	const context: CallContext = { ...shared, readableId: readableIdOf(call) };
	const meaning = meaningOf(call, answer);
	const status = answer.kind === 'answered' ? answer.status : 0;
	const error = readError(answer.kind === 'answered' ? answer.body : undefined);
	const mayBePaid = call.startsValidation === true && meaning.effect === 'unknown';
	const failed = { answer, status, error, call, context, mayBePaid };
	const { code, message, todo } = TEXTS[meaning.kind](failed);
	const reason = fit(`${error.code} ${error.message}`, context);
	return {
		...meaning,
		code: codeFrom(error, context, code),
		message,
		description: todo + juspaySays(error, context),
		...(status > 0 && { httpStatus: status }),
		// An account number or a UPI ID stands masked where Juspay's words contain one.
		...(reason !== '' && !/[X*]{4}|@/.test(reason) && { reason }),
	};
}

function readableIdOf(call: Call): string {
	return hasAccountNumber(call, call.customerId) ? '' : call.customerId;
}
