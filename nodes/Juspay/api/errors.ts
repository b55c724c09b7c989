import { maskText } from '../accounts/mask';
import type { Call, ErrorBody } from './contract';
import { readError } from './contract';
import { LONGEST_RETRY_AFTER } from './retry';
import type { Answer } from './transport';

/** Why something could not be done: what happened, and what a person can do. Holds no secret. */
export interface Failure {
	/** For a workflow to branch on: Juspay's own code, or one of this node's, e.g. `TIMEOUT`. */
	code: string;
	/** One line: what happened. */
	message: string;
	/** What to do, and Juspay's own words. */
	description: string;
	/** The answer's status, where there was an answer. */
	httpStatus?: number;
	/**
	 * Whether the call may have taken effect all the same. `no`: it is known not to have.
	 */
	happened: 'no' | 'unknown';
	/** What it concerns, and so whether the same customer's other accounts may fare better. */
	scope: 'account' | 'customer' | 'everyone';
}

/** What the messages may name. */
export interface Surroundings {
	/** Juspay's host, e.g. `sandbox.juspay.in`. */
	host: string;
	/** How long a request may take, in seconds. */
	timeout: number;
	/** Never to be shown, should an answer echo them. */
	secrets: readonly string[];
}

/** Refusals that lie in the merchant's set-up rather than in one account. */
const SETUP_CODES = new Set([
	'GATEWAY_NOT_FOUND',
	'ACCOUNT_NOT_FOUND',
	'FEATURE_NOT_ENABLED',
	'UNAUTHORIZED',
	'UNAUTHENTICATED',
	'BAD_ORIGIN',
	'INVALID_ACTION',
]);

const LATER = 'Run the workflow again later';

/** Words from outside as one line that may be shown: no key, no account. */
function fit(words: string, { secrets }: Surroundings, longest = 500): string {
	let text = words;
	for (const secret of secrets.filter((it) => it !== '')) {
		const literally = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		text = text.replace(new RegExp(literally, 'gi'), '***');
	}
	return maskText(text)
		.replace(/\s+/g, ' ')
		.replace(/[\s.]+$/, '')
		.trim()
		.slice(0, longest);
}

/** Juspay's own words for the end of a description; what the message says already is left out. */
function juspaySays({ code, message, fields }: ErrorBody, around: Surroundings): string {
	const named = fields
		.filter(({ name }) => name !== '')
		.map(({ name, reason }) => (reason ? `${name} (${reason})` : name));
	const words = [
		message.replace(/[\s.]+$/, ''),
		code && `code ${code}`,
		named.length > 0 && `fields: ${named.join(', ')}`,
	].filter(Boolean);
	return words.length > 0 ? ` Juspay says: ${fit(words.join('; '), around)}.` : '';
}

/** Juspay's code where it is one, for workflows to branch on. */
function codeFrom(error: ErrorBody, around: Surroundings, otherwise: string): string {
	const code = fit(error.code, around);
	return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : otherwise;
}

/**
 * Turns an answer that is no success into words.
 *
 * @param answer - what came of the call
 * @param call - what was asked
 * @param around - what the words may name
 */
export function failureOf(answer: Answer, call: Call, around: Surroundings): Failure {
	switch (answer.kind) {
		case 'stopped':
			return {
				code: 'STOPPED',
				message: `The workflow was stopped before Juspay could ${call.name}`,
				description: 'Run the workflow again: what is there already is found and not made again.',
				happened: answer.sent && call.method === 'POST' ? 'unknown' : 'no',
				scope: 'everyone',
			};
		case 'unusable':
			return {
				code: 'BAD_CREDENTIAL',
				message: "The Juspay credential can't be used",
				description: `${answer.fault} Nothing was sent.`,
				happened: 'no',
				scope: 'everyone',
			};
		// Node's codes stand in descriptions only: n8n replaces a message that holds one by a sentence of its own.
		case 'unreachable':
			return {
				code: 'UNREACHABLE',
				message: `${around.host} can't be reached`,
				description: `Nothing was sent (${answer.code}). Check the Juspay credential's environment and Base URL, and that your n8n server may reach ${around.host}. ${LATER}.`,
				happened: 'no',
				scope: 'everyone',
			};
		case 'timeout':
			return {
				code: 'TIMEOUT',
				message: `Juspay did not answer within ${around.timeout} seconds when asked to ${call.name}`,
				description: `Raise Timeout under Options if this happens often. ${LATER}.`,
				happened: call.method === 'GET' ? 'no' : 'unknown',
				scope: 'customer',
			};
		case 'lost':
			return {
				code: 'CONNECTION_LOST',
				message: `The connection to Juspay broke off when asked to ${call.name}`,
				description: `${LATER}${answer.code && ` (${answer.code})`}.`,
				happened: call.method === 'GET' ? 'no' : 'unknown',
				scope: 'customer',
			};
		case 'tooLarge':
			return {
				code: 'ANSWER_TOO_LARGE',
				message: `Juspay's answer to "${call.name}" is larger than 32 MB`,
				description: `It was not read. Check that ${around.host} is Juspay and not another server.`,
				happened: call.method === 'GET' ? 'no' : 'unknown',
				scope: 'customer',
			};
		case 'answered':
			return answeredFailure(answer, call, around);
	}
}

type Answered = Extract<Answer, { kind: 'answered' }>;

/** What is said of one kind of answer. */
type Words = Pick<Failure, 'code' | 'message' | 'happened' | 'scope'> & {
	/** What to do, before Juspay's own words. */
	todo: string;
};

/** What the words are made from. */
interface Told {
	answer: Answered;
	error: ErrorBody;
	call: Call;
	around: Surroundings;
}

function answeredFailure(answer: Answered, call: Call, around: Surroundings): Failure {
	const error = readError(answer.body);
	const { code, message, todo, happened, scope } = wordsFor({ answer, error, call, around });
	return {
		code: codeFrom(error, around, code),
		message,
		description: todo + juspaySays(error, around),
		httpStatus: answer.status,
		happened,
		scope,
	};
}

function wordsFor(told: Told): Words {
	const { status } = told.answer;
	if (status < 300) return unreadable(told);
	if (status < 400) return redirected(told);
	if (told.error.code === 'BAD_ORIGIN') return BAD_ORIGIN;
	const words = BY_STATUS[status];
	if (words) return words(told);
	return status >= 500 || status === 408 ? unavailable(told) : notAccepted(told);
}

/** For an answer after which a changing call may have happened. */
function inDoubt({ call }: Told): Pick<Words, 'happened' | 'scope'> {
	return { happened: call.method === 'GET' ? 'no' : 'unknown', scope: 'customer' };
}

function unreadable(told: Told): Words {
	return {
		code: 'UNREADABLE_ANSWER',
		message: `Juspay's answer to "${told.call.name}" could not be read`,
		todo: `Check that ${told.around.host} is Juspay and not a proxy's own page. ${LATER}.`,
		...inDoubt(told),
	};
}

function unavailable(told: Told): Words {
	const { status } = told.answer;
	return {
		code: `HTTP_${status}`,
		message: `Juspay is not available at the moment (status ${status})`,
		todo: `${LATER}.`,
		...inDoubt(told),
	};
}

function redirected({ around }: Told): Words {
	return {
		code: 'REDIRECT',
		message: `${around.host} answers with a redirect to another address`,
		todo: "The node doesn't follow it, so that your API key stays with Juspay. Correct the Base URL in the Juspay credential.",
		happened: 'no',
		scope: 'everyone',
	};
}

function notAccepted({ answer, error, call, around }: Told): Words {
	const why = error.message ? `: ${fit(error.message, around, 200)}` : ` (status ${answer.status})`;
	const isSetup = SETUP_CODES.has(error.code);
	return {
		code: `HTTP_${answer.status}`,
		message: `Juspay did not accept the request to ${call.name}${why}`,
		todo: isSetup
			? 'Ask Juspay support to check the set-up of your merchant account, and check Gateway ID and the other options.'
			: 'Correct the values that Juspay names, then run the workflow again.',
		happened: 'no',
		scope: isSetup ? 'customer' : 'account',
	};
}

const BAD_ORIGIN: Words = {
	code: 'BAD_ORIGIN',
	message: "Juspay does not accept requests from your n8n server's IP address",
	todo: 'Ask Juspay support to whitelist the address from which your n8n server goes out.',
	happened: 'no',
	scope: 'everyone',
};

const BY_STATUS: Record<number, (told: Told) => Words> = {
	401: () => ({
		code: 'UNAUTHENTICATED',
		message: 'Juspay does not accept the API key',
		todo: 'Copy the API Key again from Juspay Dashboard into the Juspay credential, and check that it belongs to the chosen environment: sandbox and production have keys of their own.',
		happened: 'no',
		scope: 'everyone',
	}),
	403: ({ call }) => ({
		code: 'FORBIDDEN',
		message: `The API key may not be used to ${call.name}`,
		todo: 'Check the Merchant ID in the Juspay credential, and ask Juspay support to enable this API for your key.',
		happened: 'no',
		scope: 'everyone',
	}),
	404: ({ error, call, around }) =>
		error.code === '' && error.message === ''
			? {
					code: 'NOT_FOUND',
					message: `${around.host} does not know this address`,
					todo: "Check the Base URL in the Juspay credential: it is where Juspay's API starts, e.g. https://api.juspay.in.",
					happened: 'no',
					scope: 'everyone',
				}
			: {
					code: 'OBJECT_NOT_FOUND',
					message: call.aboutAccount
						? 'Juspay does not find this customer account with this customer'
						: 'Juspay does not find this customer',
					todo: 'Check the ID and that it belongs to the chosen environment; a customer must be created before accounts can be added.',
					happened: 'no',
					scope: 'customer',
				},
	409: ({ error }) =>
		error.code === 'DUPLICATE_REQUEST'
			? {
					code: 'DUPLICATE_REQUEST',
					message: 'Juspay is still working on another request for the same customer',
					todo: `Avoid running two workflows for one customer at the same time. ${LATER}.`,
					happened: 'no',
					scope: 'customer',
				}
			: {
					code: 'CONFLICT',
					message: 'Juspay has this already',
					todo: 'Get it instead of creating it.',
					happened: 'no',
					scope: 'account',
				},
	429: ({ answer, around }) => {
		const asked = answer.headers['retry-after'];
		return {
			code: 'TOO_MANY_REQUESTS',
			message: 'Juspay asks for fewer requests at a time',
			todo: `Lower Concurrency under Options, or run fewer workflows at once. ${LATER}${asked ? `; Juspay asks to wait: ${fit(String(asked), around)}` : ''}.`,
			happened: 'no',
			scope: 'everyone',
		};
	},
};

/** For a list that names fewer accounts than it says there are. */
export function unfinishedList({ host }: Surroundings): Failure {
	return {
		code: 'UNFINISHED_LIST',
		message: "Juspay's list of the customer's accounts could not be read to its end",
		description: `${host} names fewer accounts than it says there are. Nothing was created, so that nothing is made twice. ${LATER}; if it stays so, please report it to the makers of this node.`,
		happened: 'no',
		scope: 'customer',
	};
}

/** True where Juspay itself says that it has no such account or customer; a proxy's 404 page says nothing of it. */
export function isMissing({ httpStatus, scope }: Failure): boolean {
	return httpStatus === 404 && scope === 'customer';
}

/**
 * True where no answer came from Juspay itself, so that it may still be working on the call: a time-out, a lost
 * connection, and a proxy that says of Juspay what it would have said itself (502: lost; 504: too slow).
 */
export function mayStillBeAtWork({ code, httpStatus }: Failure): boolean {
	const unanswered = code === 'TIMEOUT' || code === 'CONNECTION_LOST';
	return httpStatus === 502 || httpStatus === 504 || (unanswered && httpStatus === undefined);
}

/** True where Juspay asks for a longer pause than a run should wait. */
export function asksTooLong(rest: number | undefined): boolean {
	return rest !== undefined && rest > LONGEST_RETRY_AFTER;
}
