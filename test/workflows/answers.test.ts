import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../dev/simulator/simulator';
import {
	BANK,
	closedPort,
	EMPTY_WORDS,
	failedItems,
	MASKED_BANK,
	otherHost,
	ownWords,
	UPI,
	useJuspay,
} from './juspay';
import type { FailedItem, OtherHost, RunOptions } from './juspay';

// The words count here, not how long the node looks before it says them.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const juspay = useJuspay();

// Long enough for a machine that is busy: only what never answers waits for it.
const ONCE = { parameters: { options: { maxRetries: 0, timeout: 2 } } };

/** Creates one bank account for a customer, and goes on whatever happens. */
const create = async (options: RunOptions & { parameters?: INodeParameters } = {}) =>
	await juspay.createEach([{ customer: 'cst_one', accounts: [BANK] }], {
		...ONCE,
		onError: 'continueRegularOutput',
		...options,
	});

const get = async (options: RunOptions = {}) =>
	await juspay.get('cst_one', 'banh_1234', {
		...ONCE,
		onError: 'continueRegularOutput',
		...options,
	});

const info = (code: string, more: object = {}) => ({
	status: 'error',
	error_code: 'invalid_request',
	error_message: 'Outer words.',
	error_info: { code, user_message: 'For users.', developer_message: 'For developers.', ...more },
});

type StatusFault = Extract<Fault, { status: number }>;
const status = (code: number, more: Partial<StatusFault> = {}): StatusFault => ({
	kind: 'status',
	status: code,
	...more,
});

describe('Juspay answers a create', () => {
	it.each(['auto', 'array', 'list'] as const)(
		'of one account, and of several, in the shape %s',
		async (answerShape) => {
			juspay.simulator.configure({ answerShape });
			const one = await create();
			expect(one.items()).toEqual([
				expect.objectContaining({ account: MASKED_BANK, outcome: 'created' }),
			]);
			const several = await juspay.createEach([
				{ customer: 'cst_two', accounts: [BANK, UPI, { vpa: 'third.one@upi' }] },
			]);
			expect(several.items().map(({ type, outcome }) => [type, outcome])).toEqual([
				['bankAccount', 'created'],
				['upi', 'created'],
				['upi', 'created'],
			]);
			expect(juspay.simulator.counters).toMatchObject({ accountsMade: 4, duplicatesMade: 0 });
		},
	);

	it('and the object leaves the customer out: it is the one who was asked about', async () => {
		const body = {
			id: 'banh_9',
			account_details: { account_number: BANK.accountNumber, ifsc: BANK.ifsc },
		};
		juspay.simulator.addFault({ call: 'createAccounts', ...status(200, { body }) });
		const result = await create();
		expect(result.items()).toEqual([
			{
				customerAccountId: 'banh_9',
				customerId: 'cst_one',
				type: 'bankAccount',
				validationStatus: null,
				account: MASKED_BANK,
				ifsc: BANK.ifsc,
				beneficiaryName: null,
				lastValidated: null,
				outcome: 'created',
				validation: null,
			},
		]);
	});
});

/** What holds for every text; unit/words has the words. */
function expectTexts({ error, errorHint }: FailedItem): void {
	// n8n pairs the item, so no message names it.
	expect(error).not.toMatch(/\[item/);
	expect(errorHint).toMatch(/^[A-Z].*\.$/s);
	expect(ownWords(`${error} ${errorHint}`)).not.toMatch(EMPTY_WORDS);
}

/** What Juspay answers, and the code that comes out. */
const REFUSALS: Array<[string, StatusFault, string]> = [
	['400', status(400, { body: info('INVALID_INPUT') }), 'REFUSED'],
	['400 that says nothing', status(400, { body: '' }), 'NOT_JUSPAY'],
	[
		"400 about the merchant's set-up",
		status(400, { body: info('GATEWAY_NOT_FOUND', { category: 'CONFIG_ERROR' }) }),
		'SETUP',
	],
	['401', status(401), 'KEY_REJECTED'],
	['403 for the address', status(403, { body: info('BAD_ORIGIN') }), 'IP_NOT_ALLOWED'],
	['403 for another reason', status(403, { body: info('UNAUTHORIZED') }), 'FORBIDDEN'],
	['404 of its own', status(404), 'NOT_FOUND'],
	['404 of a web server', status(404, { body: '<html>Not Found</html>' }), 'NOT_JUSPAY'],
	['409 for another request', status(409), 'BUSY'],
	['429', status(429), 'TOO_MANY_REQUESTS'],
	['500', status(500), 'UNAVAILABLE'],
	['502 of a proxy', status(502, { body: '<html>502</html>' }), 'UNAVAILABLE'],
	['a redirect', status(302, { body: '' }), 'REDIRECT'],
];

describe('a Get that is answered with', () => {
	it.each(REFUSALS)('%s becomes what happened and what to do', async (_, fault, code) => {
		juspay.simulator.addFault({ call: 'getAccount', ...fault });
		const result = await get();
		const [failed, ...more] = failedItems(result);
		expect(more).toEqual([]);
		expect(failed).toMatchObject({
			errorCode: code,
			customerId: 'cst_one',
			customerAccountId: 'banh_1234',
		});
		expectTexts(failed as FailedItem);
		expect(juspay.simulator.counters.requestsTotal).toBe(1);
	});

	it('404 stops the workflow with the same words', async () => {
		juspay.simulator.addFault({ call: 'getAccount', ...status(404) });
		const result = await get({ onError: undefined });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '404',
			context: { itemIndex: 0 },
		});
		const [failed] = failedItems(await get());
		expect(result.error?.message).toBe(`${failed?.error} [item 0]`);
		expect(result.error?.description).toBe(failed?.errorHint);
	});
});

describe('a Create that is answered with', () => {
	it.each(REFUSALS)('%s becomes what happened and what to do', async (_, fault, code) => {
		juspay.simulator.addFault({ call: 'createAccounts', ...fault });
		const result = await create();
		const [failed, ...more] = failedItems(result);
		expect(more).toEqual([]);
		expect(failed).toMatchObject({
			errorCode: code,
			customerId: 'cst_one',
			type: 'bankAccount',
			account: MASKED_BANK,
		});
		expectTexts(failed as FailedItem);
		expect(juspay.simulator.counters.accountsMade).toBe(0);
		expect(juspay.simulator.counters.requests.createAccounts).toBe(1);
	});

	it('409 because the account is there meanwhile: it is found and given out', async () => {
		juspay.simulator.addFault({
			call: 'createAccounts',
			kind: 'statusAfter',
			status: 409,
			body: info('ALREADY_EXISTS'),
		});
		const result = await create();
		const [account] = juspay.simulator.accounts('cst_one');
		expect(result.items()).toEqual([
			expect.objectContaining({ customerAccountId: account?.id, outcome: 'existing' }),
		]);
		expect(juspay.simulator.counters).toMatchObject({ accountsMade: 1, duplicatesMade: 0 });
	});

	it('409 although the account is not there: it is told', async () => {
		juspay.simulator.addFault({
			call: 'createAccounts',
			...status(409, { body: info('ALREADY_EXISTS') }),
		});
		expect(failedItems(await create())).toEqual([
			expect.objectContaining({ errorCode: 'ALREADY_EXISTS', juspayCode: 'ALREADY_EXISTS' }),
		]);
	});

	it.each([
		['an empty body', 'emptyBody'],
		['JSON that breaks off', 'brokenJson'],
		['a proxy page after the effect', 'htmlAfter'],
		['a connection that goes after the effect', 'dropAfter'],
	] as const)('%s: the account is found and given out, not made twice', async (_, kind) => {
		juspay.simulator.addFault({ call: 'createAccounts', kind });
		const result = await create({ parameters: { options: { maxRetries: 2, timeout: 1 } } });
		const [account] = juspay.simulator.accounts('cst_one');
		expect(result.items()).toEqual([
			expect.objectContaining({ customerAccountId: account?.id, outcome: 'created' }),
		]);
		expect(juspay.simulator.counters).toMatchObject({ accountsMade: 1, duplicatesMade: 0 });
		expect(juspay.simulator.counters.requests.createAccounts).toBe(1);
	});
});

/** Bodies and connections out of which nothing can be read. */
const UNREADABLE: Array<[string, Fault, string]> = [
	['an empty body', { kind: 'emptyBody' }, 'UNREADABLE_ANSWER'],
	['JSON that breaks off', { kind: 'brokenJson' }, 'UNREADABLE_ANSWER'],
	['a web page', status(200, { body: '<html>Welcome</html>' }), 'UNREADABLE_ANSWER'],
	['JSON of another kind', status(200, { body: { hello: 'world' } }), 'UNREADABLE_ANSWER'],
	['no answer, and the connection gone', { kind: 'dropBefore' }, 'CONNECTION_LOST'],
	['no answer in time', { kind: 'hang' }, 'TIMEOUT'],
];

describe('where Juspay sends', () => {
	it.each(UNREADABLE)('%s, a Get says so', async (_, fault, code) => {
		juspay.simulator.seedAccount('cst_one', UPI);
		juspay.simulator.addFault({ call: 'getAccount', ...fault });
		const id = juspay.simulator.accounts('cst_one')[0]?.id ?? '';
		const result = await juspay.get('cst_one', id, { ...ONCE, onError: 'continueRegularOutput' });
		const [failed] = failedItems(result);
		expect(failed?.errorCode).toBe(code);
		expectTexts(failed as FailedItem);
	});

	it.each(UNREADABLE)(
		'%s when asked what there is, a Create stops there',
		async (_, fault, code) => {
			juspay.simulator.addFault({ call: 'listAccounts', ...fault });
			const [failed] = failedItems(await create());
			expect(failed).toMatchObject({ errorCode: code, account: MASKED_BANK });
			expect(juspay.simulator.counters.requests.createAccounts).toBe(0);
		},
	);

	it.each(UNREADABLE.filter(([, { kind }]) => kind === 'dropBefore' || kind === 'hang'))(
		'%s to a create that did not happen, it says that the account is not there',
		async (_, fault, code) => {
			juspay.simulator.addFault({ call: 'createAccounts', ...fault });
			const [failed] = failedItems(await create());
			expect(failed).toMatchObject({ errorCode: code, account: MASKED_BANK });
			expect(failed?.error).toMatch(/didn't exist/);
			expect(juspay.simulator.counters.accountsMade).toBe(0);
		},
	);

	it('half of the accounts that were sent, the others are found', async () => {
		juspay.simulator.addFault({ call: 'createAccounts', kind: 'half' });
		const accounts = Array.from({ length: 4 }, (_, index) => ({ vpa: `person${index}@upi` }));
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }]);
		expect(result.items().map(({ customerAccountId }) => customerAccountId)).toEqual(
			juspay.simulator.accounts('cst_one').map(({ id }) => id),
		);
		expect(juspay.simulator.counters).toMatchObject({ accountsMade: 4, duplicatesMade: 0 });
	});
});

it.each([
	['Create', create],
	['Get', get],
])('%s says where nobody listens', async (_, run) => {
	const baseUrl = await closedPort();
	const [failed] = failedItems(await run({ credential: juspay.credential({ baseUrl }) }));
	expect(failed?.errorCode).toBe('UNREACHABLE');
	expect(failed?.error).toBe(`Can't connect to ${new URL(baseUrl).host}`);
	expect(failed?.errorHint).toMatch(/Nothing was sent/);
});

describe('a redirect', () => {
	let target: OtherHost;
	let redirecting: OtherHost;

	beforeAll(async () => {
		target = await otherHost(() => ({ id: 'banh_1234' }));
		redirecting = await otherHost(
			async (request, reply) => await reply.redirect(`${target.url}${request.url}`, 307),
		);
	});

	it.each([
		['Create', create],
		['Get', get],
	])('is not followed by %s, so the key stays where it belongs', async (_, run) => {
		const result = await run({ credential: juspay.credential({ baseUrl: redirecting.url }) });
		expect(failedItems(result)).toEqual([expect.objectContaining({ errorCode: 'REDIRECT' })]);
		expect(redirecting.requestLines.length).toBeGreaterThan(0);
		expect(target.requestLines).toEqual([]);
	});
});

describe('a key that is not accepted', () => {
	it.each<[number, string, number]>([
		[401, 'is not tried a second time in a run', 1],
		// One customer alone may be forbidden.
		[403, 'is tried for five customers in a row, then for nobody', 5],
	])('(%d) %s', async (code, _, requests) => {
		juspay.simulator.addFault(status(code));
		const items = Array.from({ length: 8 }, (_, index) => ({
			customer: `cst_${index}`,
			accounts: [UPI],
		}));
		const result = await juspay.createEach(items, {
			parameters: { options: { concurrency: 1 } },
			onError: 'continueRegularOutput',
		});
		expect(failedItems(result)).toHaveLength(8);
		expect(juspay.simulator.counters.requestsTotal).toBe(requests);
	});
});

describe('what passes', () => {
	it.each<[string, Fault]>([
		['a short 429', status(429, { retryAfter: '0', times: 1 })],
		['a server out of order', status(503, { times: 1 })],
		['a connection that goes', { kind: 'dropBefore', times: 1 }],
		['another request for the customer', status(409, { times: 1 })],
	])('is waited for: %s', async (_, fault) => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		juspay.simulator.addFault(fault);
		const result = await juspay.get('cst_one', id, { parameters: { options: { maxRetries: 1 } } });
		expect(result.items()).toEqual([expect.objectContaining({ customerAccountId: id })]);
		expect(juspay.simulator.counters.requestsTotal).toBe(2);
	});

	it.each([400, 401, 403, 404])('and what does not (%d) is not repeated', async (code) => {
		juspay.simulator.addFault({ ...status(code), times: 1 });
		const result = await juspay.get('cst_one', 'banh_1234', { onError: 'continueRegularOutput' });
		expect(failedItems(result)).toHaveLength(1);
		expect(juspay.simulator.counters.requestsTotal).toBe(1);
	});

	it('is given up after as many tries as the user allows', async () => {
		juspay.simulator.addFault(status(503));
		await juspay.get('cst_one', 'banh_1234', {
			parameters: { options: { maxRetries: 2 } },
			onError: 'continueRegularOutput',
		});
		expect(juspay.simulator.counters.requestsTotal).toBe(3);
	});
});
