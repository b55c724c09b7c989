import { maskText } from '../domain/mask';
import { asPlainText } from '../domain/text';
import type { Call, ErrorBody } from './contract';
import { readError } from './contract';
import type { Kind, Meaning } from './meaning';
import { meaningOf } from './meaning';
import { showable } from './redact';
import type { Answer } from './transport';

/** Why something could not be done, and what a person can do. Contains no secret. */
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
}

/** What the messages may name. */
export interface ErrorContext {
	/** Juspay's host, e.g. `sandbox.juspay.in`. */
	host: string;
	/** How long a request may take, in seconds. */
	timeout: number;
	/** Never to be shown, should an answer echo them. */
	secrets: readonly string[];
}

export const LATER = 'Run the workflow again later';

/** Words from outside as one line that may be shown: no key, no account. */
function fit(words: string, { secrets }: ErrorContext, longest?: number): string {
	return showable(words, secrets, longest);
}

/** Juspay's own words for the end of a description. */
function juspaySays({ code, message, fields }: ErrorBody, context: ErrorContext): string {
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
function codeFrom(error: ErrorBody, context: ErrorContext, otherwise: string): string {
	const code = fit(error.code, context, 61);
	return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : otherwise;
}

/** What is said of one kind of answer. */
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
	context: ErrorContext;
}

const networkCode = ({ answer }: FailedCall): string => ('code' in answer ? answer.code : '');

const TEXTS: Record<Kind, (failed: FailedCall) => ErrorText> = {
	stopped: ({ call }) => ({
		code: 'STOPPED',
		message: `The workflow was stopped before Juspay could ${call.name}`,
		todo: 'Run the workflow again: accounts that are already there are found and not created again.',
	}),
	unusable: ({ answer }) => ({
		code: 'BAD_CREDENTIAL',
		message: "The Juspay credential can't be used",
		todo: `${'fault' in answer ? answer.fault : ''} Nothing was sent.`,
	}),
	// Never put Node's codes into `message`: n8n replaces such messages with its own.
	unreachable: (failed) => ({
		code: 'UNREACHABLE',
		message: `${failed.context.host} can't be reached`,
		todo: `Nothing was sent (${networkCode(failed)}). Check the Juspay credential's environment and Base URL, and that your n8n server is allowed to connect to ${failed.context.host}. ${LATER}.`,
	}),
	timedOut: ({ call, context }) => ({
		code: 'TIMEOUT',
		message: `Juspay did not answer within ${context.timeout} seconds when asked to ${call.name}`,
		todo: `Raise Timeout under Options if this happens often. ${LATER}.`,
	}),
	lost: (failed) => ({
		code: 'CONNECTION_LOST',
		message: `The connection to Juspay was lost when it was asked to ${failed.call.name}`,
		todo: `${LATER}${networkCode(failed) && ` (${networkCode(failed)})`}.`,
	}),
	tooLarge: ({ call, context }) => ({
		code: 'ANSWER_TOO_LARGE',
		message: `The answer to "${call.name}" is larger than any of Juspay's and was not read`,
		todo: `Check that ${context.host} is Juspay. ${LATER}.`,
	}),
	unreadable: ({ call, context }) => ({
		code: 'UNREADABLE_ANSWER',
		message: `Juspay's answer to "${call.name}" could not be read`,
		todo: `Check that ${context.host} is Juspay and not a proxy's own page. ${LATER}.`,
	}),
	redirected: ({ context }) => ({
		code: 'REDIRECT',
		message: `${context.host} answers with a redirect to another address`,
		todo: "The node doesn't follow it, so that your API key stays with Juspay. Correct the Base URL in the Juspay credential.",
	}),
	notJuspay: ({ status, context }) =>
		status === 404
			? {
					code: 'NOT_FOUND',
					message: `${context.host} does not know this address`,
					todo: "Check the Base URL in the Juspay credential: it is where Juspay's API starts, e.g. https://api.juspay.in.",
				}
			: {
					code: `HTTP_${status}`,
					message: `${context.host} answered, but not like Juspay (status ${status})`,
					todo: `A proxy or a firewall may have answered instead. Check the Base URL in the Juspay credential and what stands between n8n and ${context.host}.`,
				},
	keyRejected: () => ({
		code: 'UNAUTHENTICATED',
		message: 'Juspay rejected the API key',
		todo: 'Copy the API Key again from Juspay Dashboard into the Juspay credential, and check that it belongs to the chosen environment: sandbox and production have keys of their own.',
	}),
	badOrigin: () => ({
		code: 'BAD_ORIGIN',
		message: "Juspay does not accept requests from your n8n server's IP address",
		todo: "Ask Juspay support to allow your n8n server's outgoing IP address.",
	}),
	forbidden: ({ call }) => ({
		code: 'FORBIDDEN',
		message: `The API key may not be used to ${call.name}`,
		todo: 'Check the Merchant ID in the Juspay credential, and ask Juspay support to enable this API for your key.',
	}),
	throttled: ({ answer, context }) => {
		const asked = 'headers' in answer ? answer.headers['retry-after'] : undefined;
		return {
			code: 'TOO_MANY_REQUESTS',
			message: 'Juspay asks for fewer requests at a time',
			todo: `Lower Concurrency under Options, or run fewer workflows at once. ${LATER}${asked ? `; Juspay asks to wait: ${fit(String(asked), context, 40)}` : ''}.`,
		};
	},
	missing: ({ call: { customerId, accountId } }) => ({
		code: 'OBJECT_NOT_FOUND',
		message: accountId
			? `Juspay has no account ${maskText(accountId)} for customer ${asPlainText(customerId)}`
			: `Juspay has no customer ${asPlainText(customerId)}`,
		todo: 'Check the ID and that it belongs to the chosen environment; a customer must be created before accounts can be added.',
	}),
	exists: () => ({
		code: 'CONFLICT',
		message: 'This already exists in Juspay',
		todo: 'Get it instead of creating it.',
	}),
	busy: () => ({
		code: 'DUPLICATE_REQUEST',
		message: 'Juspay is still working on another request for the same customer',
		todo: `Avoid running two workflows for one customer at the same time. ${LATER}.`,
	}),
	unavailable: ({ status }) => ({
		code: `HTTP_${status}`,
		message: `Juspay is not available at the moment (status ${status})`,
		todo: `${LATER}.`,
	}),
	setUp: (failed) => ({
		...notAccepted(failed),
		todo: 'Ask Juspay support to check the configuration of your merchant account, and check Gateway ID and the other options.',
	}),
	refused: (failed) => notAccepted(failed),
};

function notAccepted({ status, error, call, context }: FailedCall): ErrorText {
	const why = error.message ? `: ${fit(error.message, context, 200)}` : ` (status ${status})`;
	return {
		code: `HTTP_${status}`,
		message: `Juspay did not accept the request to ${call.name}${why}`,
		todo: 'Correct the values that Juspay names, then run the workflow again.',
	};
}

/**
 * Puts an answer that isn't the expected one into words.
 *
 * @param answer - what came of the call
 * @param call - what was asked
 * @param context - what the words may name
 */
export function failureOf(answer: Answer, call: Call, context: ErrorContext): Failure {
	const meaning = meaningOf(call, answer);
	const status = answer.kind === 'answered' ? answer.status : 0;
	const error = readError(answer.kind === 'answered' ? answer.body : undefined);
	const { code, message, todo } = TEXTS[meaning.kind]({ answer, status, error, call, context });
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
