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
		case 'answered':
			return answeredFailure(answer, call, around);
	}
}

function answeredFailure(
	answer: Extract<Answer, { kind: 'answered' }>,
	call: Call,
	around: Surroundings,
): Failure {
	const { status } = answer;
	const error = readError(answer.body);
	const says = juspaySays(error, around);
	const failure = (
		code: string,
		message: string,
		todo: string,
		rest: Pick<Failure, 'happened' | 'scope'>,
	): Failure => ({
		code: codeFrom(error, around, code),
		message,
		description: todo + says,
		httpStatus: status,
		...rest,
	});
	const refused = (code: string, message: string, todo: string, scope: Failure['scope']) =>
		failure(code, message, todo, { happened: 'no', scope });
	const unknown: Pick<Failure, 'happened' | 'scope'> = {
		happened: call.method === 'GET' ? 'no' : 'unknown',
		scope: 'customer',
	};

	if (status < 300) {
		return failure(
			'UNREADABLE_ANSWER',
			`Juspay's answer to "${call.name}" could not be read`,
			`Check that ${around.host} is Juspay and not a proxy's own page. ${LATER}.`,
			unknown,
		);
	}
	if (status < 400) {
		return refused(
			'REDIRECT',
			`${around.host} answers with a redirect to another address`,
			"The node doesn't follow it, so that your API key stays with Juspay. Correct the Base URL in the Juspay credential.",
			'everyone',
		);
	}
	if (error.code === 'BAD_ORIGIN') {
		return refused(
			'BAD_ORIGIN',
			"Juspay does not accept requests from your n8n server's IP address",
			'Ask Juspay support to whitelist the address from which your n8n server goes out.',
			'everyone',
		);
	}
	switch (status) {
		case 401:
			return refused(
				'UNAUTHENTICATED',
				'Juspay does not accept the API key',
				'Copy the API Key again from Juspay Dashboard into the Juspay credential, and check that it belongs to the chosen environment: sandbox and production have keys of their own.',
				'everyone',
			);
		case 403:
			return refused(
				'FORBIDDEN',
				`The API key may not be used to ${call.name}`,
				'Check the Merchant ID in the Juspay credential, and ask Juspay support to enable this API for your key.',
				'everyone',
			);
		case 404:
			return error.code === '' && error.message === ''
				? refused(
						'NOT_FOUND',
						`${around.host} does not know this address`,
						"Check the Base URL in the Juspay credential: it is where Juspay's API starts, e.g. https://api.juspay.in.",
						'everyone',
					)
				: refused(
						'OBJECT_NOT_FOUND',
						call.path.includes('/customer-accounts/') && !call.path.includes('/list')
							? 'Juspay does not find this customer account with this customer'
							: 'Juspay does not find this customer',
						'Check the ID and that it belongs to the chosen environment; a customer must be created before accounts can be added.',
						'customer',
					);
		case 409:
			return error.code === 'DUPLICATE_REQUEST'
				? refused(
						'DUPLICATE_REQUEST',
						'Juspay is still working on another request for the same customer',
						`Avoid running two workflows for one customer at the same time. ${LATER}.`,
						'customer',
					)
				: refused(
						'CONFLICT',
						'Juspay has this already',
						'Get it instead of creating it.',
						'account',
					);
		case 429: {
			const asked = answer.headers['retry-after'];
			return refused(
				'TOO_MANY_REQUESTS',
				'Juspay asks for fewer requests at a time',
				`Lower Concurrency under Options, or run fewer workflows at once. ${LATER}${asked ? `; Juspay asks to wait: ${fit(String(asked), around)}` : ''}.`,
				'everyone',
			);
		}
	}
	if (status >= 500 || status === 408) {
		return failure(
			`HTTP_${status}`,
			`Juspay is not available at the moment (status ${status})`,
			`${LATER}.`,
			unknown,
		);
	}
	return refused(
		`HTTP_${status}`,
		`Juspay did not accept the request to ${call.name}${error.message ? `: ${fit(error.message, around, 200)}` : ` (status ${status})`}`,
		SETUP_CODES.has(error.code)
			? 'Ask Juspay support to check the set-up of your merchant account, and check Gateway ID and the other options.'
			: 'Correct the values that Juspay names, then run the workflow again.',
		SETUP_CODES.has(error.code) ? 'customer' : 'account',
	);
}

/** For a list whose further pages repeat what came before. */
export function unfinishedList({ host }: Surroundings): Failure {
	return {
		code: 'UNFINISHED_LIST',
		message: "Juspay's list of the customer's accounts could not be read to its end",
		description: `${host} sends the same page again when asked for the next one. Nothing was created, so that nothing is made twice. Please report this to the makers of this node.`,
		happened: 'no',
		scope: 'customer',
	};
}

/** True where Juspay, or a server behind its gateway, may still be working on the call. */
export function mayStillBeAtWork({ code, httpStatus }: Failure): boolean {
	return httpStatus === 504 || (code === 'TIMEOUT' && httpStatus === undefined);
}

/** True where Juspay asks for a longer pause than a run should wait. */
export function asksTooLong(rest: number | undefined): boolean {
	return rest !== undefined && rest > LONGEST_RETRY_AFTER;
}
