import { counted } from '../account/check';
import { maskText, namedCustomer } from '../account/mask';
import type { Call } from '../wire/contract';
import { hasAccountNumber } from '../wire/contract';
import type { Refusal } from '../wire/refusal';
import { NOT_ENABLED, readRefusal } from '../wire/refusal';
import type { Failure, Kind } from './failure';
import { KINDS, ownFailure } from './failure';
import { meaningOf } from './meaning';
import type { Obstacle } from './neverSent';
import { showable } from './redact';
import type { Answer } from './transport';

/** What the messages may name. */
export interface ErrorContext {
	/** Juspay's host, e.g. `sandbox.juspay.in`. */
	host: string;
	/** How long a request may take, in seconds. */
	timeout: number;
	/** How many requests may be under way at once. */
	concurrency?: number;
	/** Never shown, even if an answer contains them. */
	secrets: readonly string[];
}

export const LATER = 'Run the workflow again later';
export const RUN_AGAIN =
	'Run the workflow again: existing accounts are found and not created again.';

export const LOWER_CONCURRENCY = "Lower 'Concurrency' under Options";

/** In place of {@link LATER} after a validation in doubt: the workflow could pay for it a second time. */
export const ONCE_KNOWN = 'Run the workflow again only once you know the outcome';

/** Where Juspay's dashboard has the IP addresses that may use a key [doc]. */
const WHITELIST = 'portal.juspay.in/settings/security';

const WHOSE_KEY =
	"and check that it belongs to 'Environment': sandbox and production use different API keys.";
const CHECK_BASE_URL = "Check 'Base URL' in the Juspay credential";
const ITS_ADDRESS = "It is the address of Juspay's API, e.g. https://api.juspay.in.";

/** In place of Juspay's own words, which list every gateway. */
const GATEWAY_ID = "Gateway ID is a number, such as 100 for the sandbox's dummy gateway";

/** For a call to which no answer came in time. */
export function noAnswerWithin(seconds: number, callName: string): string {
	return `Juspay did not answer within ${counted(seconds, 'second')} (${callName})`;
}

/** Where Juspay doesn't know a customer. */
export function noCustomer(name: string): string {
	return `Juspay has no customer ${name}`;
}

/** A call that did not succeed, to be put into words. */
interface FailedCall extends ErrorContext {
	call: Call;
	answer: Answer;
	/** 0 where there was no answer. */
	status: number;
	refusal: Refusal;
	/** Whether it may have started a penny drop. */
	mayBePaid: boolean;
	/** When to run the workflow again. */
	again: string;
	/** Text from outside as one line that may be shown: without keys and accounts. */
	fit(words: string, longest?: number): string;
}

/** Text for one kind of answer. */
interface ErrorText {
	message: string;
	/** What to do, before Juspay's own words. */
	todo: string;
}

const TEXTS: Record<Kind, (failed: FailedCall) => ErrorText> = {
	stopped: ({ call, mayBePaid, again }) => ({
		message: `The workflow was stopped before Juspay answered (${call.name})`,
		todo: mayBePaid ? `${again}.` : RUN_AGAIN,
	}),
	unusable: ({ answer }) => ({
		message: "The Juspay credential can't be used",
		todo: `${'fault' in answer ? answer.fault : ''} Nothing was sent.`,
	}),
	unreachable: ({ answer, host }) => {
		const { code = '', obstacle } = answer.kind === 'unreachable' ? answer : {};
		const { message, todo } = OBSTACLES[obstacle ?? 'unknown'](host);
		return { message, todo: `Nothing was sent (${code}). ${todo}` };
	},
	timedOut: ({ call, timeout, again }) => ({
		message: noAnswerWithin(timeout, call.name),
		todo: `Increase 'Timeout (Seconds)' under Options if this happens often. ${again}.`,
	}),
	lost: ({ call, answer, again }) => ({
		message: `Lost the connection to Juspay (${call.name})`,
		todo: `${again}${'code' in answer && answer.code ? ` (${answer.code})` : ''}.`,
	}),
	tooLarge: ({ call, host, again }) => ({
		message: `Juspay's answer is too large to read (${call.name})`,
		todo: `Check that ${host} is Juspay. ${again}.`,
	}),
	unreadable: ({ call, host, again }) => ({
		message: `Juspay's answer can't be read (${call.name})`,
		todo: `Check that ${host} is Juspay and not a proxy. ${again}.`,
	}),
	redirected: ({ host }) => ({
		message: `${host} redirects to another address`,
		todo: "The node doesn't follow redirects, so that only Juspay gets your API key. Correct 'Base URL' in the Juspay credential.",
	}),
	notJuspay: ({ answer, status, host }) =>
		'isEmpty' in answer && answer.isEmpty && status === 404
			? {
					message: `${host} doesn't have this address (status 404 without a body)`,
					todo: `${CHECK_BASE_URL}. ${ITS_ADDRESS}`,
				}
			: {
					message: `${host} answered, but not like Juspay (status ${status})`,
					todo: `A proxy or a firewall may have answered instead. ${CHECK_BASE_URL}, and the network between n8n and ${host}. ${ITS_ADDRESS}`,
				},
	keyRejected: () => ({
		message: 'Juspay rejected the API key',
		todo: `Copy 'API Key' again from Juspay Dashboard into the Juspay credential, ${WHOSE_KEY}`,
	}),
	badOrigin: () => ({
		message: "Juspay doesn't accept requests from your n8n server's IP address",
		todo: `Add your n8n server's outgoing IP address for your API key at ${WHITELIST}.`,
	}),
	forbidden: ({ call }) => ({
		message: `The API key is not allowed to ${call.name}`,
		todo: "Check 'Merchant ID' in the Juspay credential: Juspay asks for it on every call, and upper and lower case count. If it is right, ask Juspay support to enable this API for your key.",
	}),
	throttled: ({ answer, concurrency, fit }) => {
		const asked = 'headers' in answer ? answer.headers['retry-after'] : undefined;
		const lower =
			concurrency === 1
				? 'Run fewer workflows that use this API key at the same time.'
				: `${LOWER_CONCURRENCY}, or run fewer workflows at the same time.`;
		return {
			message: 'Juspay received too many requests',
			todo: `${lower} ${LATER}${asked ? ` (Retry-After: ${fit(String(asked), 40)})` : ''}.`,
		};
	},
	missing: ({ call: { name, customerId, accountId } }) =>
		customerId === ''
			? {
					message: `Juspay found nothing when asked to ${name}`,
					todo: "Check 'Merchant ID' and 'Environment' in the Juspay credential.",
				}
			: {
					message: accountId
						? `Juspay has no account ${maskText(accountId)} for customer ${namedCustomer(customerId)}`
						: noCustomer(namedCustomer(customerId)),
					todo: 'Check the ID, and that it belongs to the environment of the Juspay credential. A customer must be created before accounts can be added.',
				},
	exists: ({ call }) =>
		call.accountId
			? {
					message: `Juspay says that this was done before (${call.name})`,
					todo: "Use Get to see the account's current state.",
				}
			: {
					message: 'This already exists in Juspay',
					todo: 'Get it instead of creating it.',
				},
	busy: ({ again }) => ({
		message: 'Juspay is still processing another request for this customer',
		todo: `Avoid running two workflows for one customer at the same time. ${again}.`,
	}),
	unavailable: ({ status, again }) => ({
		message: `Juspay is currently unavailable (status ${status})`,
		todo: `${again}.`,
	}),
	setUp: (failed) =>
		failed.call.customerId === '' && failed.refusal.code.toUpperCase() === NOT_ENABLED
			? {
					message: `Juspay can't ${failed.call.name}: it is not enabled for your merchant`,
					todo: 'Ask Juspay support to enable it.',
				}
			: {
					...notAccepted(failed),
					todo: "Ask Juspay support to check the configuration of your merchant account, and check 'Gateway ID' and the other options.",
				},
	refused: notAccepted,
};

function notAccepted({ call, status, refusal, mayBePaid, fit }: FailedCall): ErrorText {
	const isGateway = refusal.fields.some(
		({ name, reason }) => /^(?:gateway_id|preferred_gateway)$/.test(name) && reason === '',
	);
	const cause = isGateway ? GATEWAY_ID : fit(refusal.message, 200);
	return {
		message: `Juspay rejected the request to ${call.name}${cause ? `: ${cause}` : ` (status ${status})`}`,
		todo: mayBePaid
			? `Check the values that Juspay names. ${ONCE_KNOWN}.`
			: 'Correct the values that Juspay names and run the workflow again.',
	};
}

const mayConnect = (host: string) =>
	`and that your n8n server is allowed to connect to ${host}. ${LATER}.`;

/** Never put Node's codes into `message`: n8n replaces such messages with its own. */
const OBSTACLES: Record<Obstacle | 'unknown', (host: string) => ErrorText> = {
	unknown: (host) => ({
		message: `Can't connect to ${host}`,
		todo: `Check 'Environment' and 'Base URL' in the Juspay credential, ${mayConnect(host)}`,
	}),
	certificate: (host) => ({
		message: `The certificate of ${host} is not trusted`,
		todo: `${CHECK_BASE_URL}. If the certificate comes from an authority of your own, give n8n that authority's certificate with NODE_EXTRA_CA_CERTS (docs/install.md).`,
	}),
	tls: (host) => ({
		message: `${host} doesn't offer a secure connection that n8n accepts`,
		todo: `${CHECK_BASE_URL}, its port too: the host may speak plain HTTP there, or an old version of TLS.`,
	}),
	address: () => ({
		message: "'Base URL' in the Juspay credential is not an address",
		todo: ITS_ADDRESS,
	}),
	slow: (host) => ({
		message: `${host} didn't complete the connection in time`,
		todo: `${CHECK_BASE_URL}, ${mayConnect(host)}`,
	}),
	ssrf: (host) => ({
		message: `n8n's SSRF protection doesn't allow requests to ${host}`,
		todo: `${CHECK_BASE_URL}. If it is right, ask your n8n administrator to allow the host in N8N_SSRF_ALLOWED_HOSTNAMES, or its address in N8N_SSRF_ALLOWED_IP_RANGES, and to take it off N8N_SSRF_BLOCKED_HOSTNAMES.`,
	}),
	proxy: (host) => ({
		message: `The proxy between n8n and ${host} refused the connection`,
		todo: `Check HTTPS_PROXY and HTTP_PROXY of your n8n server, with user name and password where the proxy asks for them, or add ${host} to NO_PROXY (docs/install.md).`,
	}),
};

/** Juspay's own words for the end of a description. */
function juspaySays({ code, message, fields }: Refusal, fit: FailedCall['fit']): string {
	const named = fields
		.filter(({ name }) => name !== '')
		.map(({ name, reason }) => (reason ? `${name} (${reason})` : name));
	const words = [
		fit(message),
		code && `code ${code}`,
		named.length > 0 && `fields: ${named.join(', ')}`,
	].filter(Boolean);
	return words.length > 0 ? ` Juspay says: ${fit(words.join('; '))}.` : '';
}

/** A UUID is shown as it is, whatever digits it has in a row: no account number has its form. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A name or an ID of Juspay's; empty where it could be something that must not be shown. */
function nameOf(text: string, { secrets, fit }: FailedCall): string {
	if (!/^[A-Za-z0-9][\w.:-]{0,99}$/.test(text)) return '';
	const isSecret = secrets.some((secret) => text.toLowerCase().includes(secret.toLowerCase()));
	return (UUID.test(text) && !isSecret) || fit(text, 101) === text ? text : '';
}

/**
 * Puts an answer that isn't the expected one into words.
 *
 * @param answer - what came of the call
 * @param call - what was asked
 * @param context - what the words may name
 */
export function failureOf(answer: Answer, call: Call, context: ErrorContext): Failure {
	const { status, body } = answer.kind === 'answered' ? answer : { status: 0, body: undefined };
	const refusal = readRefusal(body);
	const meaning = meaningOf(call, answer, refusal);
	const mayBePaid = call.startsValidation === true && meaning.effect === 'unknown';
	// Where columns were mixed up, the customer's ID is an account number of the call.
	const readableId = hasAccountNumber(call, call.customerId) ? '' : call.customerId;
	const failed: FailedCall = {
		...context,
		call,
		answer,
		status,
		refusal,
		mayBePaid,
		again: mayBePaid ? ONCE_KNOWN : LATER,
		fit: (words, longest) => showable(words, context.secrets, longest, readableId),
	};
	const { message, todo } = TEXTS[meaning.kind](failed);
	const reason = failed.fit(`${refusal.code} ${refusal.message}`);
	const juspayCode = nameOf(refusal.code, failed);
	const juspayRequestId = nameOf(refusal.requestId, failed);
	const forSupport =
		juspayRequestId && ` Juspay's request ID, for their support: ${juspayRequestId}.`;
	return {
		...meaning,
		code: KINDS[meaning.kind].code,
		message,
		description: todo + juspaySays(refusal, failed.fit) + forSupport,
		...(status > 0 && { httpStatus: status }),
		...(juspayCode && { juspayCode }),
		...(juspayRequestId && { juspayRequestId }),
		// An account number or a UPI ID stands masked where Juspay's words contain one.
		...(reason !== '' && !/[X*]{4}|@/.test(reason) && { reason }),
	};
}

/** For a list that lacks something, or whose entries can't be read. */
export function unfinishedList(host: string): Failure {
	return ownFailure(
		'UNFINISHED_LIST',
		"Juspay's list of the customer's accounts is incomplete",
		`${host} lists fewer accounts than there are, or entries that can't be read. ${LATER}. If it stays so, ask Juspay support.`,
		{ kind: 'unreadable', transient: true, scope: 'customer' },
	);
}

/** What the credential's Test button says. */
export const TEST = {
	rejected: `Juspay rejected the API key. Copy 'API Key' again from Juspay Dashboard, ${WHOSE_KEY}`,
	noKey:
		"Juspay received no API key. Check 'API Key', and whether a proxy between n8n and Juspay removes the header Authorization.",
	forbidden: `Juspay refused access. If your API key only works from certain IP addresses, add your n8n server's outgoing IP address at ${WHITELIST}. Otherwise check 'Merchant ID', in which upper and lower case count, and ask Juspay support to enable customer accounts for your API key.`,
	redirected:
		"This address redirects to another one. The redirect was not followed, so your API key was not sent there. Correct 'Base URL'.",
	notAccepted:
		"Juspay didn't accept the request of this test, so it doesn't show whether the API key is right. Check 'Merchant ID' and 'Base URL', and try Get with a customer of yours.",
	unchecked: "Juspay answered, but didn't check the API key. Test again in a few minutes.",
	notJuspay:
		"This address answered, but not like Juspay. Check 'Environment' and 'Base URL', and whether a proxy or a firewall answered instead.",
	unread:
		"Juspay answered in the form of another of its products, which doesn't show whether the API key is right. Check 'Base URL', and try Get with a customer of yours.",
};
