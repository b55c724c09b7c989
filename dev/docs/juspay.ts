import * as contract from '../../nodes/Juspay/wire/contract';
import type { Call } from '../../nodes/Juspay/wire/contract';
import type { Failure, Kind } from '../../nodes/Juspay/http/failure';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { ErrorContext } from '../../nodes/Juspay/http/messages';
import { failureOf } from '../../nodes/Juspay/http/messages';
import { SAMPLES } from './rows';

const { customer, account, host, words, code } = SAMPLES;

/** What the messages may name. */
export const CONTEXT = { host, timeout: 30, secrets: [] };

/** Options of an item that sets none. */
export const SETTINGS = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};

/** Details of a customer of whom nothing is known. */
export const NO_DETAILS = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: '',
	lastName: '',
};

const get = contract.getAccount(customer, account, '');
const getCustomer = contract.getCustomer(customer, '');
const verify = contract.verifyVpa('', '', '');

/** An answer of Juspay's. */
export function answered(
	status: number,
	body?: unknown,
	headers = {},
): Extract<Answer, { kind: 'answered' }> {
	return { kind: 'answered', status, body, headers };
}

/** A refusal in Juspay's own form. */
export function refusal(status: number, itsCode: string = code, its: string = words): Answer {
	return answered(status, { error_info: { code: itsCode, developer_message: its } });
}

/** A refusal in Juspay's own form without anything to quote. */
const SAYS_LITTLE = { error_info: { category: 'USER_ERROR' } };

/** A refusal that lists the gateways, and names its request. */
const GATEWAY = {
	error_info: {
		category: 'USER_ERROR',
		fields: [{ field_name: 'gateway_id' }],
		request_id: 'req-1234',
	},
};

/** For each kind of answer, the answers that it has different words for. */
const ANSWERS: Record<Kind, Array<[Answer, Call?, ErrorContext?]>> = {
	keyRejected: [[answered(401, SAYS_LITTLE)]],
	badOrigin: [[refusal(403, 'BAD_ORIGIN', '')]],
	forbidden: [[answered(403, SAYS_LITTLE)]],
	unusable: [[{ kind: 'unusable', fault: "'API Key' is empty. …" }]],
	unreachable: [
		[{ kind: 'unreachable', code: 'ECONNREFUSED' }],
		[{ kind: 'unreachable', code: 'ETIMEDOUT', obstacle: 'slow' }],
		[{ kind: 'unreachable', code: 'CERT_HAS_EXPIRED', obstacle: 'certificate' }],
		[{ kind: 'unreachable', code: 'EPROTO', obstacle: 'tls' }],
		[{ kind: 'unreachable', code: 'ERR_INVALID_URL', obstacle: 'address' }],
		[{ kind: 'unreachable', code: 'SsrfBlockedIpError', obstacle: 'ssrf' }],
		[{ kind: 'unreachable', code: 'status 407', obstacle: 'proxy' }],
	],
	redirected: [[answered(302)]],
	notJuspay: [[{ ...answered(404), isEmpty: true }], [answered(418)]],
	timedOut: [[{ kind: 'timedOut', code: '' }]],
	lost: [[{ kind: 'lost', code: 'ECONNRESET' }]],
	unavailable: [[answered(503, SAYS_LITTLE)]],
	throttled: [
		[answered(429, undefined, { 'retry-after': '60' })],
		[answered(429), get, { ...CONTEXT, concurrency: 1 }],
	],
	busy: [[refusal(409, 'DUPLICATE_REQUEST', '')]],
	missing: [
		[answered(404, { error_message: words }), getCustomer],
		[answered(404, { error_message: words }), get],
		[answered(404, { error_message: words }), verify],
	],
	exists: [[answered(409, SAYS_LITTLE), getCustomer], [answered(409, SAYS_LITTLE)]],
	setUp: [[refusal(400, 'GATEWAY_NOT_FOUND')], [refusal(400, 'FEATURE_NOT_ENABLED', ''), verify]],
	refused: [[refusal(400)], [answered(400, SAYS_LITTLE)], [answered(400, GATEWAY)]],
	tooLarge: [[{ kind: 'tooLarge' }]],
	unreadable: [[answered(200)]],
	stopped: [[{ kind: 'stopped', sent: false }]],
};

/** Each message about an answer that isn't the expected one. */
export function answerFailures(): Failure[] {
	return Object.entries(ANSWERS).flatMap(([kind, answers]) =>
		answers.map(([answer, call = get, context = CONTEXT]) => {
			const failure = failureOf(answer, call, context);
			if (failure.kind !== kind) throw new RangeError(`This is ${failure.kind}, not ${kind}`);
			return failure;
		}),
	);
}

/** What the node asks of Juspay, as messages name it in parentheses. */
export const CALLS = [
	contract.createAccounts(customer, [], SETTINGS),
	contract.validateAccount(customer, account, SETTINGS),
	contract.listAccounts(customer, '', 0),
	get,
	contract.deleteAccount(customer, account, ''),
	contract.createCustomer(customer, NO_DETAILS, ''),
	getCustomer,
	contract.updateCustomer(customer, NO_DETAILS, ''),
	verify,
].map(({ name }) => name);

/** A failure for messages that say more than why. */
export const LOST: Answer = { kind: 'lost', code: 'ECONNRESET' };
