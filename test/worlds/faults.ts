import type { Answer } from './adapter';
import { notFound } from './dialect';
import type { Dialect, Fate } from './scenario';
import type { Asked } from '../wire';

/** An answer as it arrives. */
export function answered(
	status: number,
	body: unknown,
	headers: Record<string, unknown> = {},
	isEmpty = false,
): Answer {
	return { kind: 'answered', status, headers, body, ...(isEmpty && { isEmpty }) };
}

/** Whether an answer says of a create that it was accepted, without naming what it made. */
export function isAcceptance({ kind, twist }: Fate): boolean {
	return kind === 'accepted' || (kind === 'unreadable' && twist % 6 !== 1);
}

/** A request that was taken in, to be done later or never. */
export function accepted({ twist }: Fate): Answer {
	return twist % 2
		? answered(202, undefined, {}, true)
		: answered(202, { status: 'ACCEPTED', request_id: `req_${twist}` });
}

/** One request a second is answered; these are the others. */
export function tooMany(oneASecond: '0' | '1' | 'silent'): Answer {
	return answered(429, {}, oneASecond === 'silent' ? {} : { 'retry-after': oneASecond });
}

/** A page where JSON was asked for. */
export function pageOfAProxy(status = 200): Answer {
	return answered(status, undefined);
}

/**
 * What stands for an account that was refused, beside those that were made.
 *
 * @param code - where it is not the account's fault, why nobody knows whether it is made
 */
export function errorEntry(code = 'INVALID_ACCOUNT_DETAILS'): Record<string, unknown> {
	return { status: 'error', error_code: code, error_message: 'Not this one' };
}

function error(code: string): Record<string, unknown> {
	return {
		status: 'error',
		error_code: code.toLowerCase(),
		error_message: 'Not like this',
		error_info: { code, user_message: 'Not like this', category: 'USER_ERROR' },
	};
}

/** The answer to a request that had no effect, and shows it; undefined where this is no such fate. */
export function neverAnEffect({ kind, twist }: Fate, { to }: Asked): Answer | undefined {
	switch (kind) {
		case 'unreachable':
			return { kind: 'unreachable', code: 'ECONNREFUSED' };
		case '429':
			return answered(429, twist % 2 ? undefined : {}, twist % 3 ? {} : { 'retry-after': '2' });
		case 'refused':
			return answered(400, error(twist % 3 ? 'INVALID_INPUT' : 'GATEWAY_NOT_FOUND'));
		case '422':
			return answered(422, { error_info: { code: 'INVALID_INPUT' } });
		case 'denied':
			// Of a list a 404 would say that there are no accounts, and of Get or Delete that this one is gone: lies.
			if (twist % 3 === 0 && (to === 'create' || to === 'validate'))
				return answered(404, notFound().body);
			return answered(twist % 3 === 1 ? 401 : 403, error('UNAUTHENTICATED'));
		case 'errorObject':
			return answered(200, error('INVALID_INPUT'));
		default:
			return undefined;
	}
}

/** An answer that leaves open what became of the request. */
export function vague({ kind, twist }: Fate): Answer {
	switch (kind) {
		case 'timeout':
			return { kind: 'timedOut', code: 'ECONNABORTED' };
		case 'lost':
			return { kind: 'lost', code: 'ECONNRESET' };
		case '409':
			return answered(409, { error_info: { code: 'DUPLICATE_REQUEST' } });
		case '5xx':
			return answered([502, 500, 503, 504][twist % 4] as number, bodyOfA5xx(twist));
		default: {
			// Without an object of Juspay's, a 401 may as well come from a proxy on the way back.
			const status = [502, 200, 400, 401, 403, 404, 302, 413, 408][twist % 9] as number;
			return twist === 11 ? answered(status, {}) : pageOfAProxy(status);
		}
	}
}

function bodyOfA5xx(twist: number): unknown {
	if (twist > 7) return { error_info: { code: twist > 9 ? 'BAD_ORIGIN' : 'INVALID_INPUT' } };
	return twist > 3 ? {} : undefined;
}

/**
 * A 2xx that doesn't say what it should.
 *
 * @param other - an answer to another question; undefined where there is none
 */
export function unreadable({ twist }: Fate, other: unknown): Answer {
	switch (twist % 6) {
		case 0:
			return answered(200, {});
		case 1:
			return pageOfAProxy();
		case 2:
			return answered(204, undefined, {}, true);
		case 3:
			return answered(200, null);
		case 4:
			return answered(200, []);
		default:
			return answered(201, other ?? { status: 'ok' });
	}
}

/** A page of a list to which something happens; without a total, half of it would be a lie that nobody can see. */
export function spoiltList(body: unknown, fate: Fate, { list: key }: Dialect): unknown {
	if (key === 'bare') return fate.kind === 'half' ? body : spoilt(body as unknown[], fate);
	const page = body as Record<string, unknown>;
	return { ...page, [key]: spoilt(page[key] as unknown[], fate) };
}

function spoilt(entries: unknown[], { kind, twist }: Fate): unknown[] {
	switch (kind) {
		case 'half':
			return entries.slice(0, Math.floor(entries.length / 2));
		case 'shuffled':
			return [...entries].reverse();
		case 'errorEntry':
			return entries.map((entry, index) =>
				index === twist % entries.length ? errorEntry() : entry,
			);
		default:
			return entries;
	}
}
