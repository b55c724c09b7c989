import fc from 'fast-check';
import type { Kind, Meaning } from '../../nodes/Juspay/http/failure';
import { meaningOf } from '../../nodes/Juspay/http/meaning';
import type { Answer } from '../../nodes/Juspay/http/transport';

const answered = (status: number, body?: unknown): Answer => ({
	kind: 'answered',
	status,
	headers: {},
	body,
});
const refused = (status: number, code: string) => answered(status, { error_info: { code } });
const says = (code: string) => ({ error_info: { code } });
const NOT_FOUND = { error_code: 'object_not_found' };

/** Of a POST: a GET changes nothing, so it never has an effect. */
type Expected = [
	kind: Kind,
	effect: Meaning['effect'],
	transient: boolean,
	scope: Meaning['scope'],
	mayConcernEveryone?: true,
];

describe('an answer that is not the expected one', () => {
	it.each<[string, Answer, Expected]>([
		['nobody there', { kind: 'unreachable', code: 'X' }, ['unreachable', 'none', true, 'everyone']],
		[
			'no connection for good',
			{ kind: 'unreachable', code: 'X', obstacle: 'certificate' },
			['unreachable', 'none', false, 'everyone', true],
		],
		['no usable key', { kind: 'unusable', fault: 'x' }, ['unusable', 'none', false, 'everyone']],
		['a stop before', { kind: 'stopped', sent: false }, ['stopped', 'none', false, 'everyone']],
		['a stop later', { kind: 'stopped', sent: true }, ['stopped', 'unknown', false, 'everyone']],
		['a time-out', { kind: 'timedOut', code: 'X' }, ['timedOut', 'unknown', true, 'customer']],
		['a lost connection', { kind: 'lost', code: 'X' }, ['lost', 'unknown', true, 'customer']],
		['too much', { kind: 'tooLarge' }, ['tooLarge', 'unknown', false, 'customer']],
		['200, unreadable', answered(200), ['unreadable', 'unknown', true, 'customer']],
		['204, unreadable', answered(204), ['unreadable', 'unknown', true, 'customer']],
		['200 with an error', refused(200, 'X'), ['refused', 'unknown', false, 'account']],
		['300', answered(300), ['redirected', 'unknown', false, 'customer', true]],
		['302', answered(302), ['redirected', 'unknown', false, 'customer', true]],
		['302 of Juspay', refused(302, 'X'), ['redirected', 'unknown', false, 'customer', true]],
		['400', refused(400, 'INVALID_INPUT'), ['refused', 'none', false, 'account']],
		['400, set-up', refused(400, 'GATEWAY_NOT_FOUND'), ['setUp', 'none', false, 'customer']],
		['400, exists', refused(400, 'ALREADY_EXISTS'), ['exists', 'none', false, 'account']],
		['400, no words', answered(400, {}), ['notJuspay', 'unknown', false, 'customer', true]],
		['401', refused(401, 'access_denied'), ['keyRejected', 'none', false, 'everyone']],
		['401 of a proxy', answered(401), ['notJuspay', 'unknown', false, 'customer', true]],
		[
			'401 without words',
			answered(401, { status: 'error' }),
			['keyRejected', 'unknown', false, 'customer', true],
		],
		[
			'401 without a body',
			{ kind: 'answered', status: 401, headers: {}, body: undefined, isEmpty: true },
			['keyRejected', 'unknown', false, 'customer', true],
		],
		['403', refused(403, 'UNAUTHORIZED'), ['forbidden', 'none', false, 'customer', true]],
		['403, IP', refused(403, 'BAD_ORIGIN'), ['badOrigin', 'none', false, 'customer', true]],
		['401, IP', refused(401, 'bad_origin'), ['badOrigin', 'none', false, 'customer', true]],
		['403 of a firewall', answered(403), ['notJuspay', 'unknown', false, 'customer', true]],
		['404', answered(404, NOT_FOUND), ['missing', 'none', false, 'customer']],
		['404 of a proxy', answered(404), ['notJuspay', 'unknown', false, 'customer', true]],
		[
			'404 without a body',
			{ kind: 'answered', status: 404, headers: {}, body: undefined, isEmpty: true },
			['notJuspay', 'none', false, 'customer', true],
		],
		[
			'400 without a body',
			{ kind: 'answered', status: 400, headers: {}, body: undefined, isEmpty: true },
			['notJuspay', 'unknown', false, 'customer', true],
		],
		['400, details', refused(400, 'INVALID_ACCOUNT_DETAILS'), ['setUp', 'none', false, 'account']],
		['400, network', refused(400, 'NETWORK_ERROR'), ['unavailable', 'unknown', true, 'customer']],
		['400, busy', refused(400, 'DUPLICATE_REQUEST'), ['busy', 'unknown', true, 'customer']],
		['200, set-up', refused(200, 'FEATURE_NOT_ENABLED'), ['setUp', 'unknown', false, 'account']],
		[
			'200, details',
			refused(200, 'INVALID_ACCOUNT_DETAILS'),
			['setUp', 'unknown', false, 'account'],
		],
		['200, busy', refused(200, 'DUPLICATE_REQUEST'), ['busy', 'unknown', true, 'customer']],
		['408', answered(408), ['unavailable', 'unknown', true, 'customer']],
		['408 of Juspay', refused(408, 'X'), ['unavailable', 'unknown', true, 'customer']],
		['409, busy', refused(409, 'DUPLICATE_REQUEST'), ['busy', 'unknown', true, 'customer']],
		['409', refused(409, 'ALREADY_EXISTS'), ['exists', 'unknown', false, 'account']],
		['409, words', answered(409, { error_message: 'x' }), ['exists', 'unknown', false, 'account']],
		['409 of a proxy', answered(409), ['notJuspay', 'unknown', false, 'customer', true]],
		['422', refused(422, 'INVALID_INPUT'), ['refused', 'none', false, 'account']],
		['422, set-up', refused(422, 'FEATURE_NOT_ENABLED'), ['setUp', 'none', false, 'customer']],
		['429', answered(429), ['throttled', 'none', true, 'everyone']],
		['429 of Juspay', refused(429, 'X'), ['throttled', 'none', true, 'everyone']],
		['500', answered(500), ['unavailable', 'unknown', true, 'customer']],
		['500 of Juspay', refused(500, 'X'), ['unavailable', 'unknown', true, 'customer']],
		['504', answered(504), ['unavailable', 'unknown', true, 'customer']],
	])('%s means', (_, answer, [kind, effect, transient, scope, mayConcernEveryone]) => {
		const expected = { kind, transient, scope, ...(mayConcernEveryone && { mayConcernEveryone }) };
		expect(meaningOf({ method: 'POST' }, answer)).toEqual({ ...expected, effect });
		expect(meaningOf({ method: 'GET' }, answer)).toEqual({ ...expected, effect: 'none' });
	});
});

it.each<[string, Kind, Kind]>([
	['UNAUTHORIZED', 'keyRejected', 'refused'],
	['BAD_ORIGIN', 'badOrigin', 'refused'],
	['RESOURCE_NOT_FOUND', 'refused', 'refused'],
])('200 with %s means %s where nothing changes, and %s to a create', (code, reading, creating) => {
	expect(meaningOf({ method: 'GET' }, refused(200, code)).kind).toBe(reading);
	expect(meaningOf({ method: 'POST' }, refused(200, code)).kind).toBe(creating);
});

describe('the proof that a POST had no effect', () => {
	const bodies = fc.oneof(
		fc.constantFrom<unknown>(undefined, {}, [], 'x', { status: 'error' }, { error_info: {} }),
		fc.constantFrom<unknown>(NOT_FOUND, { error_message: 'x' }),
		fc
			.constantFrom('INVALID_INPUT', 'DUPLICATE_REQUEST', 'ALREADY_EXISTS', 'BAD_ORIGIN', 'X')
			.map(says),
		fc.jsonValue(),
	);
	const answers: fc.Arbitrary<Answer> = fc.oneof(
		{
			weight: 8,
			arbitrary: fc
				.tuple(
					fc.oneof(
						fc.integer({ min: 100, max: 599 }),
						fc.constantFrom(400, 401, 403, 404, 409, 429),
					),
					bodies,
				)
				.map(([status, body]) => answered(status, body)),
		},
		fc.constantFrom<Answer>(
			{ kind: 'timedOut', code: '' },
			{ kind: 'lost', code: '' },
			{ kind: 'tooLarge' },
			{ kind: 'stopped', sent: true },
			{ kind: 'stopped', sent: false },
			{ kind: 'unreachable', code: '' },
			{ kind: 'unusable', fault: '' },
		),
	);

	/** The law in words of its own: what shows that Juspay did nothing. */
	function isProof(answer: Answer): boolean {
		if (answer.kind === 'stopped') return !answer.sent;
		if (answer.kind !== 'answered') return ['unreachable', 'unusable'].includes(answer.kind);
		if (JSON.stringify(answer.body ?? '').includes('DUPLICATE_REQUEST')) return false;
		if (answer.status === 429) return true;
		const { error_code, error_message, error_info } = (answer.body ?? {}) as Record<
			string,
			unknown
		>;
		const isText = (value: unknown) => ['string', 'number'].includes(typeof value) && value !== '';
		const { code } = (error_info ?? {}) as { code?: unknown };
		const isJuspays = !Array.isArray(answer.body) && [error_code, error_message, code].some(isText);
		return isJuspays && [400, 401, 403, 404, 422].includes(answer.status);
	}

	it("is no connection, nothing sent, 429, or Juspay's own refusal", () => {
		fc.assert(
			fc.property(answers, (answer) => {
				const { effect } = meaningOf({ method: 'POST' }, answer);
				expect(effect).toBe(isProof(answer) ? 'none' : 'unknown');
			}),
			{ numRuns: 2000 },
		);
	});
});
