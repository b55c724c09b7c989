import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import {
	baseUrlOf,
	credentialFault,
	hostOf,
	readCredential,
	secretsOf,
	signature,
} from '../api/credential';
import { getCustomer, readCustomer, readError } from '../api/contract';
import { failureOf } from '../api/words';
import { answerOf } from '../api/transport';
import type { Answer } from '../api/transport';

/** A customer that nobody has: Juspay answers 404 to a good key, and nothing is created. */
const NOBODY = 'n8n_credential_test';

/** Seconds. */
const TIMEOUT = 15;

/** The Test button of the credential: a good key, a bad one and an unreachable host each get their sentence. */
export async function juspayApiTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const credential = readCredential(data as Parameters<typeof readCredential>[0]);
	const fault = credentialFault(credential);
	if (fault) return { status: 'Error', message: fault };

	const call = getCustomer(NOBODY, '');
	const { auth, headers } = signature(credential);
	// n8n gives a credential test this one way to send a request.
	const { request } = this.helpers;
	let answer: Answer;
	try {
		const response = (await request({
			method: call.method,
			uri: baseUrlOf(credential) + call.path,
			auth: { ...auth, sendImmediately: true },
			headers: { ...headers, 'x-routing-id': call.routingId, accept: 'application/json' },
			timeout: TIMEOUT * 1000,
			followRedirect: false,
			simple: false,
			resolveWithFullResponse: true,
			json: true,
		})) as { statusCode: number; headers: Record<string, unknown>; body: unknown };
		answer = {
			kind: 'answered',
			status: response.statusCode,
			headers: response.headers,
			body: response.body,
		};
	} catch (thrown) {
		answer = answerOf(thrown, false);
	}
	if (answer.kind === 'answered' && isJuspay(answer)) {
		return { status: 'OK', message: 'Juspay accepts the API key' };
	}
	const context = { host: hostOf(credential), timeout: TIMEOUT, secrets: secretsOf(credential) };
	const { message, description } = failureOf(answer, call, context);
	return { status: 'Error', message: `${message}. ${description}` };
}

/** "There is no such customer" is what only Juspay says, and only to a key that it accepts. */
function isJuspay({ status, body }: Extract<Answer, { kind: 'answered' }>): boolean {
	const { code, message } = readError(body);
	return status === 200
		? readCustomer(body) !== undefined
		: status === 404 && `${code}${message}` !== '';
}
