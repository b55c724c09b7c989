import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import { JuspayClient } from '../../nodes/Juspay/http/client';
import type { Result } from '../../nodes/Juspay/http/client';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { ProcessState } from '../../nodes/Juspay/once/processState';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Failure } from '../../nodes/Juspay/http/words';
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

/** Accounts `from` to `to` on the wire, both included. */
const wires = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => wire(from + index));
const wire = (index: number, more = {}) => ({
	id: `${index}`,
	validation_status: 'CREATED',
	vpa: `payer${index}@upi`,
	...more,
});
const ids = (from: number, to: number) => wires(from, to).map(({ id }) => id);

/** A client to which Juspay answers one thing after another, the last one for ever. */
function answering(...answers: Array<Answer | ((call: Call) => Answer)>) {
	const clock = new JumpingClock();
	const sent: Call[] = [];
	const setup = { maxRetries: 2, stopped: new AbortController(), atOnce: 3 };
	const client = (): JuspayClient =>
		new JuspayClient({
			send: async (call) => {
				sent.push(call);
				const answer = answers.length > 1 ? answers.shift() : answers[0];
				if (!answer) throw new RangeError('Nothing to answer');
				return typeof answer === 'function' ? answer(call) : answer;
			},
			limiter: new AdaptiveLimiter(setup.atOnce, clock),
			clock,
			maxRetries: setup.maxRetries,
			context: { host: 'juspay.example', timeout: 30, secrets: [] },
			signal: setup.stopped.signal,
			state: new ProcessState(),
		});
	return { client: client(), sent, clock, stop: () => setup.stopped.abort() };
}

const list = async ({ client }: ReturnType<typeof answering>) => {
	const listed = await client.listAccounts('c', '');
	return listed.ok ? listed.value.accounts.map(({ id }) => id) : listed.failure.code;
};
const offsets = (sent: Call[]) =>
	sent.map(({ path }) => Number(/offset=(\d+)/.exec(path)?.[1] ?? 0));

describe('the pages of a list', () => {
	const page = (list: unknown[], total?: unknown) => answered(200, { list, total });
	const NONE = page([]);

	it.each<[string, Answer[], string[] | string, number[]]>([
		['one page is all', [page(wires(1, 3), 3)], ids(1, 3), [0]],
		['a page of 9', [page(wires(1, 9), 9)], ids(1, 9), [0]],
		['a page of 12', [page(wires(1, 12), 12)], ids(1, 12), [0]],
		['none', [page([], 0)], [], [0]],
		['none, in a bare array', [answered(200, [])], [], [0]],
		['none, in a 204', [answered(204)], [], [0]],
		['none, in a 404', [NOT_FOUND], [], [0]],
		// A total that is as many as a page may count that page alone.
		['a page of 10 that says 10, and no more', [page(wires(1, 10), 10), NONE], ids(1, 10), [0, 10]],
		[
			'a page of 10 that says 10, and more',
			[page(wires(1, 10), 10), page(wires(11, 13), 10), NONE],
			ids(1, 13),
			[0, 10, 13],
		],
		['a page of 50 that says 50', [page(wires(1, 50), 50), NONE], ids(1, 50), [0, 50]],
		['two pages', [page(wires(1, 3), 5), page(wires(4, 5), 5)], ids(1, 5), [0, 3]],
		['a total as text', [page(wires(1, 3), '5'), page(wires(4, 5), '5')], ids(1, 5), [0, 3]],
		['no total', [page(wires(1, 3)), NONE], ids(1, 3), [0, 3]],
		['a total that is none', [page(wires(1, 3), 'many'), NONE], ids(1, 3), [0, 3]],
		['a total that is too small', [page(wires(1, 3), 1), NONE], ids(1, 3), [0, 3]],
		['the offset ignored', [page(wires(1, 3))], ids(1, 3), [0, 3]],
		['pages that overlap', [page(wires(1, 3)), page(wires(2, 4)), NONE], ids(1, 4), [0, 3, 6]],
		['400 beyond the end', [page(wires(1, 3)), answered(400, says('X'))], ids(1, 3), [0, 3]],
		['404 beyond the end', [page(wires(1, 10), 10), NOT_FOUND], ids(1, 10), [0, 10]],
		['404 of a proxy beyond the end', [page(wires(1, 3)), answered(404)], ids(1, 3), [0, 3]],
	])('%s', async (_, answers, expected, asked) => {
		const juspay = answering(...answers);
		expect(await list(juspay)).toEqual(expected);
		expect(offsets(juspay.sent)).toEqual(asked);
	});

	it.each<[string, Answer[], string, number[]]>([
		[
			'a total of more than there are',
			[page(wires(1, 3), 5), NONE, page(wires(1, 3), 5), NONE],
			'UNFINISHED_LIST',
			[0, 3, 0, 3, 0],
		],
		[
			'404 for a page that must be there',
			[page(wires(1, 3), 5), NOT_FOUND, page(wires(1, 3), 5), NOT_FOUND],
			'UNFINISHED_LIST',
			[0, 3, 0, 3, 0],
		],
		['an entry that is none', [page([wire(1), {}], 2)], 'UNFINISHED_LIST', [0, 0, 0]],
		['an entry that is an error', [page([wire(1), says('X')], 2)], 'UNFINISHED_LIST', [0, 0, 0]],
		[
			"another customer's",
			[page([wire(1, { customer_id: 'c' }), wire(2, { customer_id: 'd' })], 2)],
			'UNFINISHED_LIST',
			[0, 0, 0],
		],
		['500 for a later page', [page(wires(1, 3)), answered(500)], 'UNAVAILABLE', [0, 3, 3, 3]],
		['an error object in a 200', [answered(200, says('X'))], 'REFUSED', [0]],
		['no list', [answered(200, { message: 'done' })], 'UNREADABLE_ANSWER', [0, 0, 0]],
		['no JSON', [answered(200)], 'UNREADABLE_ANSWER', [0, 0, 0]],
	])('prove nothing: %s', async (_, answers, code, asked) => {
		const juspay = answering(...answers);
		expect(await list(juspay)).toBe(code);
		expect(offsets(juspay.sent)).toEqual(asked);
	});

	it('are read again where they were incomplete, and must then show what they have shown', async () => {
		const juspay = answering(
			page([wire(1), {}], 2),
			page([wire(2)], 1),
			page([wire(1), wire(2)], 2),
		);
		expect(await list(juspay)).toEqual(['1', '2']);
		expect(juspay.clock.pauses).toHaveLength(2);
	});

	it('are not asked for once there is enough', async () => {
		const juspay = answering(page(wires(1, 3), 100));
		const listed = await juspay.client.listAccounts('c', '', (accounts) => accounts.length >= 2);
		expect(listed).toMatchObject({ ok: true });
		expect(juspay.sent).toHaveLength(1);
	});

	it('say that Juspay answered 404 in place of a list', async () => {
		const listed = await answering(NOT_FOUND).client.listAccounts('c', '');
		expect(listed).toMatchObject({
			ok: true,
			value: { accounts: [], missing: { kind: 'missing' } },
		});
	});
});

describe('a call is sent again', () => {
	const get = async ({ client }: ReturnType<typeof answering>) =>
		await client.getAccount('c', '1', '');
	const create = async ({ client }: ReturnType<typeof answering>) =>
		await client.createAccounts('c', [upi('asha@upi')], SETTINGS);
	const WELL = answered(200, wire(1));

	it.each<[string, Answer, number, number]>([
		// how often a GET and a POST are sent, with two retries
		['no connection', { kind: 'unreachable', code: 'X' }, 3, 3],
		['429', TOO_MANY, 3, 3],
		['429, a long pause', answered(429, {}, { 'retry-after': '121' }), 1, 1],
		['a lost answer', LOST, 3, 1],
		['a time-out', { kind: 'timeout', code: 'X' }, 3, 1],
		['too much', { kind: 'tooLarge' }, 1, 1],
		['500', answered(500), 3, 1],
		['503 with an error', answered(503, says('X')), 3, 1],
		['409, busy', answered(409, says('DUPLICATE_REQUEST')), 3, 1],
		['400', answered(400, says('X')), 1, 1],
		['404', NOT_FOUND, 1, 1],
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
		['nothing', undefined],
		['an error', says('X')],
		['text', 'OK'],
		['an object', { message: 'done' }],
	])('never after a 2xx to a create, whatever it says: %s', async (_, body) => {
		const juspay = answering(answered(201, body));
		const made = await create(juspay);
		expect(made.ok).toBe(true);
		expect(juspay.sent).toHaveLength(1);
	});

	it('after the pause that Juspay asks for', async () => {
		const juspay = answering(TOO_MANY, WELL);
		expect(await get(juspay)).toMatchObject({ ok: true });
		expect(juspay.clock.pauses).toEqual([1000]);
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
		const result = await juspay.client.validateAccount('c', '1', SETTINGS, look);
		expect(result).toMatchObject(expected);
		expect(juspay.sent).toHaveLength(times);
		expect(looks).toBe(1);
	});

	it('is not looked at where the connection was refused: the call never arrived', async () => {
		const juspay = answering({ kind: 'unreachable', code: 'X' }, answered(200, wire(1)));
		const look = async () => {
			throw new RangeError('looked');
		};
		expect(await juspay.client.validateAccount('c', '1', SETTINGS, look)).toMatchObject({
			ok: true,
		});
	});
});

describe('an answer that concerns everyone', () => {
	const get = async (client: JuspayClient, customer: string) => {
		const got = await client.getCustomer(customer, '');
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

	it.each<[string, Answer]>([
		["a firewall's page", answered(403)],
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
		const last = await juspay.client.createAccounts('6', [upi('asha@upi')], SETTINGS);
		expect(juspay.sent).toHaveLength(6);
		expect(last).toMatchObject({ failure: { scope: 'everyone', effect: 'none' } });
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
