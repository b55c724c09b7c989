import type { FastifyRequest } from 'fastify';
import { badField, refusal, unauthenticated, unknownPath } from './errors';
import type { Call, SimulatorSettings } from './types';

const FORM = 'application/x-www-form-urlencoded';

/** Whether the body is the one kind Juspay reads. */
export function isForm(headers: FastifyRequest['headers']): boolean {
	return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === FORM;
}

function checkKey(authorization: string | undefined, apiKey: string): void {
	const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
	if (encoded === undefined) throw unauthenticated();
	const [user, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
	if (user !== apiKey || password.length === 0) throw unauthenticated();
	if (password.join(':') !== '') throw unauthenticated('The password must be empty.');
}

/**
 * What holds for every call, in the order a gateway checks it: who asks, for which merchant, then how.
 *
 * @throws Refusal
 */
export function admit(call: Call, request: FastifyRequest, settings: SimulatorSettings): void {
	const { headers, method } = request;
	checkKey(headers.authorization, settings.apiKey);
	if (settings.merchantId !== undefined && headers['x-merchantid'] !== settings.merchantId) {
		throw refusal(403, 'UNAUTHORIZED', 'x-merchantid does not belong to this key.');
	}
	if (call === 'unknown') throw unknownPath();
	if (method === 'POST' && !isForm(headers)) {
		throw refusal(415, 'INVALID_INPUT', `The body must be ${FORM}.`);
	}
	// A UPI ID belongs to no customer.
	if (call !== 'verifyVpa' && !headers['x-routing-id']) {
		throw badField('x-routing-id', 'MISSING', 'The header x-routing-id is missing.');
	}
}
