import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Result } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import * as contract from '../../nodes/Juspay/wire/contract';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/failure';
import { forEachConcurrently } from '../../nodes/Juspay/lists';
import { registered, SETTINGS, upi } from './accounts';
import { JumpingClock } from './handClock';

const answered = (status: number, body?: unknown, headers = {}): Answer => ({
	kind: 'answered',
	status,
	headers,
	body,
});
const says = (code: string) => ({ error_info: { code } });
const NOT_FOUND = answered(404, { error_code: 'object_not_found' });
const TOO_MANY = answered(429, undefined, { 'retry-after': '1' });
const LOST: Answer = { kind: 'lost', code: 'ECONNRESET' };

const wire = (index: number, more = {}) => ({
	id: `${index}`,
	validation_status: 'CREATED',
	vpa: `payer${index}@upi`,
	...more,
});

/** A client to which Juspay answers one thing after another, the last one for ever. */
const answering = (...answers: Array<Answer | ((call: Call) => Answer)>) =>
	answeringAtOnce(3, ...answers);

function answeringAtOnce(atOnce: number, ...answers: Array<Answer | ((call: Call) => Answer)>) {
	const clock = new JumpingClock();
	const sent: Call[] = [];
	const setup = { maxRetries: 2, stopped: new AbortController() };
	const client = (): JuspayClient =>
		new JuspayClient({
			send: async (call, onSend) => {
				onSend?.();
				sent.push(call);
				const answer = answers.length > 1 ? answers.shift() : answers[0];
				if (!answer) throw new RangeError('Nothing to answer');
				return typeof answer === 'function' ? answer(call) : answer;
			},
			limiter: new AdaptiveLimiter(atOnce, clock),
			clock,
			maxRetries: setup.maxRetries,
			context: { host: 'juspay.example', timeout: 30, secrets: [] },
			signal: setup.stopped.signal,
		});
	return { client: client(), sent, clock, stop: () => setup.stopped.abort() };
}

const CREATE = contract.createAccounts('c', [upi('asha@upi')], SETTINGS);
const VALIDATE = contract.validateAccount('c', '1', SETTINGS);

describe('a call is sent again', () => {
	const get = async ({ client }: ReturnType<typeof answering>) =>
		await client.send(contract.getAccount('c', '1', ''));
	const create = async ({ client }: ReturnType<typeof answering>) => await client.send(CREATE);
	const WELL = answered(200, wire(1));

	it.each<[string, Answer, number, number]>([
		// how often a GET and a POST are sent, with two retries
		['no connection', { kind: 'unreachable', code: 'X' }, 3, 3],
		['429', TOO_MANY, 3, 3],
		['429, a long pause', answered(429, {}, { 'retry-after': '121' }), 1, 1],
		['a lost answer', LOST, 3, 1],
		['a time-out', { kind: 'timedOut', code: 'X' }, 3, 1],
		['too much', { kind: 'tooLarge' }, 1, 1],
		['500', answered(500), 3, 1],
		['503 with an error', answered(503, says('X')), 3, 1],
		['409, busy', answered(409, says('DUPLICATE_REQUEST')), 3, 1],
		['400', answered(400, says('X')), 1, 1],
		['404', NOT_FOUND, 1, 1],
		['500 with an account', answered(500, wire(1)), 3, 1],
		['400 with an account', answered(400, wire(1)), 1, 1],
		['302', answered(302), 1, 1],
		['403 of a firewall', answered(403), 1, 1],
		['a stop', { kind: 'stopped', sent: true }, 1, 1],
		['no usable key', { kind: 'unusable', fault: 'x' }, 1, 1],
	])('after %s only where that is safe', async (_, answer, gets, posts) => {
		const reading = answering(answer);
		expect(await get(reading)).toMatchObject({ ok: false });
		expect(reading.sent).toHaveLength(gets);
		const creating = answering(answer);
		expect(await create(creating)).toMatchObject({ ok: false });
		expect(creating.sent).toHaveLength(posts);
	});

	it.each<[string, unknown]>([
		['accounts', [wire(1)]],
		['an error', says('X')],
		['text', 'OK'],
		['an object', { message: 'done' }],
	])('never after a 2xx to a create, whatever it says: %s', async (_, body) => {
		const juspay = answering(answered(201, body));
		const made = await create(juspay);
		expect(made.ok).toBe(true);
		expect(juspay.sent).toHaveLength(1);
	});

	it.each([
		[429, 1000],
		[503, 7000],
	])('after the pause that Juspay asks for with %d', async (status, pause) => {
		const juspay = answering(answered(status, {}, { 'retry-after': `${pause / 1000}` }), WELL);
		expect(await get(juspay)).toMatchObject({ ok: true });
		expect(juspay.clock.pauses).toEqual([pause]);
	});

	it('after a pause, also where Juspay asks for none', async () => {
		const juspay = answering(answered(503, {}, { 'retry-after': '0' }), WELL);
		expect(await get(juspay)).toMatchObject({ ok: true });
		expect(juspay.clock.pauses[0]).toBeGreaterThan(100);
	});

	it('not once the workflow is stopped', async () => {
		const juspay = answering((call) => {
			juspay.stop();
			return call.method === 'GET' ? answered(500) : WELL;
		});
		expect(await get(juspay)).toMatchObject({ failure: { kind: 'stopped', effect: 'none' } });
		expect(juspay.sent).toHaveLength(1);
	});
});

describe('the pace', () => {
	/** What each answer tells the limiter, which is throttled for other calls and never in a row. */
	async function told(answer: Answer) {
		const paces: unknown[] = [];
		const limiter = {
			consecutiveThrottles: 0,
			async run(send: () => Promise<unknown>, paceOf: (result: unknown) => unknown) {
				const result = await send();
				paces.push(paceOf(result));
				return result;
			},
		} as unknown as AdaptiveLimiter;
		const context = { host: 'juspay.example', timeout: 30, secrets: [] };
		const send = async () => await Promise.resolve(answer);
		const clock = new JumpingClock();
		const client = new JuspayClient({ send, limiter, clock, maxRetries: 2, context });
		await client.send(contract.getAccount('c', '1', ''));
		return paces;
	}

	it.each<[string, Answer, unknown[]]>([
		['an account', answered(200, wire(1)), ['ok']],
		['a refusal', answered(404, {}), ['ok']],
		['500', answered(500), ['neutral', 'neutral', 'neutral']],
		['a lost answer', LOST, ['neutral', 'neutral', 'neutral']],
		['429 with a pause longer than a run waits', answered(429, {}, { 'retry-after': '121' }), [0]],
	])('is told by %s', async (_, answer, paces) => {
		expect(await told(answer)).toEqual(paces);
	});

	it.each([
		['5', 5000],
		['0', 1000],
		['', 1000],
	])('is told by 429 with Retry-After %j; it ends, others may succeed', async (seconds, pause) => {
		const paces = await told(answered(429, {}, { 'retry-after': seconds }));
		expect(paces).toEqual(Array.from({ length: 31 }, () => pause));
	});
});

describe('a validation that was turned away with 429', () => {
	const MOVED = {
		ok: true as const,
		value: registered('1', upi('asha@upi'), { status: 'PENDING' }),
	};

	const UNSEEN = { ok: false as const, failure: { code: 'TIMEOUT' } as Failure };

	it.each<[string, Result<CustomerAccount | undefined>, number, object]>([
		['is not sent again where the account has moved', MOVED, 1, MOVED],
		[
			'is sent again where it has not',
			{ ok: true, value: undefined },
			2,
			{ ok: true, value: { status: 'ACTIVE' } },
		],
		[
			'is not sent again where the account could not be looked at',
			UNSEEN,
			1,
			{ ok: false, failure: { code: 'TOO_MANY_REQUESTS', effect: 'none' } },
		],
	])('%s', async (_, seen, times, expected) => {
		const juspay = answering(TOO_MANY, answered(200, wire(1, { validation_status: 'ACTIVE' })));
		let looks = 0;
		const look = async () => {
			looks++;
			return seen;
		};
		const result = await juspay.client.send(VALIDATE, { lookFirst: look });
		expect(result).toMatchObject(expected);
		expect(juspay.sent).toHaveLength(times);
		expect(looks).toBe(1);
	});

	it('is not looked at where the connection was refused: the call never arrived', async () => {
		const juspay = answering({ kind: 'unreachable', code: 'X' }, answered(200, wire(1)));
		const look = async () => {
			throw new RangeError('looked');
		};
		expect(await juspay.client.send(VALIDATE, { lookFirst: look })).toMatchObject({
			ok: true,
		});
	});
});

describe('an answer that concerns everyone', () => {
	const get = async (client: JuspayClient, customer: string) => {
		const got = await client.send(contract.getCustomer(customer, ''));
		return got.ok ? 'ok' : got.failure.code;
	};

	it("is Juspay's word on the key: nothing is sent after it, not even what waits for its turn", async () => {
		const juspay = answering(answered(401, says('UNAUTHENTICATED')));
		const all = Array.from(
			{ length: 20 },
			async (_, index) => await get(juspay.client, `${index}`),
		);
		expect(new Set(await Promise.all(all))).toEqual(new Set(['KEY_REJECTED']));
		expect(juspay.sent.length).toBeLessThanOrEqual(3);
		expect(await get(juspay.client, 'later')).toBe('KEY_REJECTED');
		expect(juspay.sent.length).toBeLessThanOrEqual(3);
	});

	it('leaves no doubt about what was not sent after it', async () => {
		const juspay = answering(answered(409, says('UNAUTHENTICATED')));
		expect(await juspay.client.send(CREATE)).toMatchObject({ failure: { effect: 'unknown' } });
		expect(await juspay.client.send(CREATE)).toMatchObject({ failure: { effect: 'none' } });
		expect(juspay.sent).toHaveLength(1);
	});

	it.each<[string, Answer]>([
		["a firewall's page", answered(403)],
		['a 401 without words', answered(401, {})],
		["a proxy's 401", answered(401)],
		['a redirect', answered(302)],
		['a forbidden call', answered(403, says('UNAUTHORIZED'))],
		['a blocked address', answered(403, says('BAD_ORIGIN'))],
	])('is %s, once five customers in a row have met it', async (_, answer) => {
		const juspay = answering(answer);
		const meet = async (customer: string) => {
			await get(juspay.client, customer);
			return juspay.sent.length;
		};
		// One customer meets it several times, which shows nothing new.
		expect(await meet('1')).toBe(1);
		expect(await meet('1')).toBe(2);
		expect([await meet('2'), await meet('3'), await meet('4'), await meet('5')]).toEqual([
			3, 4, 5, 6,
		]);
		const last = await juspay.client.send(
			contract.createAccounts('6', [upi('asha@upi')], SETTINGS),
		);
		expect(juspay.sent).toHaveLength(6);
		expect(last).toMatchObject({ failure: { scope: 'everyone', effect: 'none' } });
	});

	it('is a merchant account that is not set up, once five UPI IDs in a row have met it', async () => {
		const juspay = answering(answered(400, says('GATEWAY_NOT_FOUND')));
		for (let at = 0; at < 7; at++) {
			await juspay.client.send(contract.verifyVpa(`a${at}@upi`, 'm', ''));
		}
		expect(juspay.sent).toHaveLength(5);
	});

	it('is none where those that are under way get through', async () => {
		const juspay = answeringAtOnce(20, (call) =>
			call.path.startsWith('/customers/odd') ? answered(403) : answered(200, { id: 'cst_1' }),
		);
		const customers = Array.from({ length: 40 }, (_, at) => (at < 10 ? `odd${at}` : `well${at}`));
		const all = await Promise.all(customers.map(async (one) => await get(juspay.client, one)));
		expect(all.filter((said) => said === 'ok')).toHaveLength(30);
	});

	it('is none where somebody gets through in between', async () => {
		const juspay = answering((call) =>
			call.path === '/customers/well' ? answered(200, { id: 'cst_1' }) : answered(403),
		);
		for (const customer of ['1', '2', '3', '4', 'well', '5', '6', '7', '8', 'well']) {
			await get(juspay.client, customer);
		}
		expect(juspay.sent).toHaveLength(10);
		expect(await get(juspay.client, 'well')).toBe('ok');
	});

	it.each<[string, Answer]>([
		['400', answered(400, says('X'))],
		['404', NOT_FOUND],
		['409', answered(409, says('ALREADY_EXISTS'))],
		['a set-up', answered(400, says('GATEWAY_NOT_FOUND'))],
	])("is not Juspay's %s, however many meet it", async (_, answer) => {
		const juspay = answering(answer);
		for (let customer = 0; customer < 7; customer++) await get(juspay.client, `${customer}`);
		expect(juspay.sent).toHaveLength(7);
	});
});

describe('a call that is throttled for good', () => {
	const list = async (client: JuspayClient, customer: string) =>
		await client.send(contract.listAccounts(customer, '', 0));
	const many = async (juspay: ReturnType<typeof answering>) => {
		const results: Array<Result<unknown>> = [];
		await forEachConcurrently([...Array(2000).keys()], 100, async (at) => {
			results.push(await list(juspay.client, `${at}`));
			return 'continue';
		});
		return results;
	};

	it.each<[string, Answer, number]>([
		['without a pause', answered(429), 5],
		['with a short one', TOO_MANY, 5],
		['with one longer than a run waits', answered(429, {}, { 'retry-after': '3600' }), 1],
	])('is not sent for every row, %s', async (_, answer, minutes) => {
		const juspay = answeringAtOnce(50, answer);
		const startedAt = juspay.clock.now();
		for (const result of await many(juspay)) {
			expect(result).toMatchObject({ failure: { code: 'TOO_MANY_REQUESTS', effect: 'none' } });
		}
		expect(juspay.sent.length).toBeLessThan(300);
		expect(juspay.clock.now() - startedAt).toBeLessThan(minutes * 60_000);
	});

	it('leaves the others', async () => {
		const juspay = answeringAtOnce(5, (call) =>
			call.name === VALIDATE.name ? answered(429) : answered(200, { list: [], total: 0 }),
		);
		for (let at = 0; at < 10; at++) {
			await juspay.client.send(VALIDATE);
			expect(await list(juspay.client, `${at}`)).toMatchObject({ ok: true });
		}
		const sent = juspay.sent.length;
		await juspay.client.send(VALIDATE);
		expect(juspay.sent).toHaveLength(sent);
	});

	it('is sent while it gets through now and then', async () => {
		let free = 0;
		const juspay = answeringAtOnce(50, () => {
			if (juspay.clock.now() < free) return TOO_MANY;
			free = juspay.clock.now() + 1000;
			return answered(200, { list: [], total: 0 });
		});
		const results = await many(juspay);
		expect(results.filter(({ ok }) => !ok)).toEqual([]);
	});
});

describe('a client', () => {
	it.each([
		['key', 'm'],
		['', undefined],
	])('has what its credential says, with the key %j', async (apiKey, merchantId) => {
		const credential = { apiKey, environment: 'sandbox', merchantId: 'm' };
		const options = { concurrency: 1, timeout: 30, maxRetries: 2 };
		const client = await JuspayClient.open(
			{ getCredentials: async () => await Promise.resolve(credential) } as never,
			options,
		);
		expect([client.host, client.merchantId]).toEqual(['sandbox.juspay.in', merchantId]);
	});
});

describe('a stopped workflow', () => {
	it('sends nothing more', async () => {
		const juspay = answering(LOST);
		juspay.stop();
		expect(await juspay.client.send(CREATE)).toMatchObject({
			failure: { kind: 'stopped', effect: 'none' },
		});
		expect(juspay.sent).toEqual([]);
		expect(await juspay.client.stopping).toBe('stopped');
	});

	it.each([
		[true, 'unknown', 1],
		[false, 'none', 0],
	])('waits for no answer; handed over before: %p', async (isSent, effect, lates) => {
		const stop = new AbortController();
		const clock = new JumpingClock();
		let arrive: (answer: Answer) => void = () => {};
		const client = new JuspayClient({
			send: async (_, onSend) => {
				if (isSent) onSend?.();
				return await new Promise((resolve) => (arrive = resolve));
			},
			limiter: new AdaptiveLimiter(3, clock),
			clock,
			maxRetries: 2,
			context: { host: 'juspay.example', timeout: 30, secrets: [] },
			signal: stop.signal,
		});
		const late: Array<Promise<unknown>> = [];
		const sending = client.send(CREATE, { late: (result) => late.push(result) });
		await Promise.resolve();
		await Promise.resolve();
		stop.abort();
		expect(await sending).toMatchObject({ failure: { kind: 'stopped', effect } });
		arrive(answered(200, [wire(1)]));
		expect(await Promise.all(late)).toMatchObject(
			Array.from({ length: lates }, () => ({ ok: true, value: { accounts: [{ id: '1' }] } })),
		);
	});
});
