import type { INode } from 'n8n-workflow';
import type { Failure, Kind } from '../../nodes/Juspay/http/failure';
import { apiError } from '../../nodes/Juspay/http/failure';

const NODE = { name: 'Juspay', type: 'n8n-nodes-juspay.juspay' } as INode;

function failure(kind: Kind, more: Partial<Failure> = {}): Failure {
	return {
		kind,
		effect: 'none',
		transient: false,
		scope: 'account',
		code: 'REFUSED',
		message: 'What happened',
		description: 'What to do.',
		...more,
	};
}

describe('a failure as an error of n8n', () => {
	it('has its message, description, status and item', () => {
		const error = apiError(NODE, failure('refused', { httpStatus: 400 }), { itemIndex: 3 });
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do.',
			httpCode: '400',
			context: { itemIndex: 3 },
			errorResponse: { code: 'REFUSED', httpStatus: 400 },
		});
		expect(error.failure).toBeUndefined();
	});

	it('has other words where they are given', () => {
		const error = apiError(NODE, failure('refused'), { message: 'Other', description: 'More.' });
		expect(error).toMatchObject({ message: 'Other', description: 'More.' });
		expect(error).toHaveProperty('errorResponse', { code: 'REFUSED' });
	});

	it.each<[Kind, string]>([
		['unavailable', 'temporarily-unavailable'],
		['timedOut', 'temporarily-unavailable'],
		['lost', 'temporarily-unavailable'],
		['busy', 'temporarily-unavailable'],
		['unusable', 'credential-invalid'],
		['redirected', 'configuration-invalid'],
		['notJuspay', 'configuration-invalid'],
		['badOrigin', 'configuration-invalid'],
		['forbidden', 'configuration-invalid'],
		['setUp', 'configuration-invalid'],
		['keyRejected', 'credential-invalid'],
		['missing', 'configuration-invalid'],
	])('of the kind %s has the cause %s', (kind, cause) => {
		expect(apiError(NODE, failure(kind)).failure).toStrictEqual({ cause });
	});

	it.each<[Kind, object]>([
		['unavailable', { cause: 'temporarily-unavailable', retryAfterMs: 5000 }],
		['missing', { cause: 'configuration-invalid' }],
	])('says how long to wait where that helps: %s', (kind, expected) => {
		expect(apiError(NODE, failure(kind, { retryAfterMs: 5000 })).failure).toEqual(expected);
	});

	it('says how long Juspay asks to wait', () => {
		const error = apiError(NODE, failure('throttled', { httpStatus: 429, retryAfterMs: 5000 }));
		expect(error.failure).toEqual({ cause: 'rate-limited', retryAfterMs: 5000 });
		expect(error.httpCode).toBe('429');
	});
});
