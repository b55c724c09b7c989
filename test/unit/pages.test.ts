import { JuspayClient } from '../../nodes/Juspay/http/client';
import { AdaptiveLimiter } from '../../nodes/Juspay/http/limiter';
import { readList } from '../../nodes/Juspay/http/pages';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { JumpingClock } from './handClock';

const answered = (status: number, body?: unknown): Answer => ({
	kind: 'answered',
	status,
	headers: {},
	body,
});
const says = (code: string) => ({ error_info: { code } });
const NOT_FOUND = answered(404, { error_code: 'object_not_found' });

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
function answering(...answers: Answer[]) {
	const clock = new JumpingClock();
	const sent: Call[] = [];
	const client = new JuspayClient({
		send: async (call) => {
			sent.push(call);
			const [answer] = answers.length > 1 ? answers.splice(0, 1) : answers;
			if (!answer) throw new RangeError('Nothing to answer');
			return answer;
		},
		limiter: new AdaptiveLimiter(3, clock),
		clock,
		maxRetries: 2,
		context: { host: 'juspay.example', timeout: 30, secrets: [] },
	});
	return { client, sent, clock };
}

const list = async ({ client }: ReturnType<typeof answering>) => {
	const listed = await readList(client, 'c', '');
	return listed.ok ? listed.value.accounts.map(({ id }) => id) : listed.failure.code;
};
const offsets = (sent: Call[]) =>
	sent.map(({ path }) => Number(/offset=(\d+)/.exec(path)?.[1] ?? 0));

describe('the pages of a list', () => {
	const page = (list: unknown[], total?: unknown) => answered(200, { list, total });
	const more = (list: unknown[], beside: object) => answered(200, { list, ...beside });
	const NONE = page([]);

	it.each<[string, Answer[], string[] | string, number[]]>([
		['one page is all', [page(wires(1, 3), 3)], ids(1, 3), [0]],
		['a page of 9', [page(wires(1, 9), 9)], ids(1, 9), [0]],
		['a page of 12', [page(wires(1, 12), 12)], ids(1, 12), [0]],
		['none', [page([], 0)], [], [0]],
		['none, in a bare array', [answered(200, [])], [], [0]],
		['none, in a 204', [answered(204)], [], [0]],
		// Only Get can tell then whether the list lacks something.
		[
			'a total of more than there are, twice',
			[page(wires(1, 3), 5), page([], 5), page(wires(1, 3), 5), page([], 5)],
			ids(1, 3),
			[0, 3, 0, 3],
		],
		[
			'a page that lost its entries on the way',
			[page(wires(1, 3), 5), page([], 5), page(wires(1, 5), 5)],
			ids(1, 5),
			[0, 3, 0],
		],
		['a total of the page beyond the end', [page(wires(1, 3)), page([], 0)], ids(1, 3), [0, 3]],
		['a message beside an empty list', [answered(200, { list: [], message: 'x' })], [], [0]],
		[
			'a total that changes: it starts over',
			[page(wires(1, 2), 3), page(wires(3, 4), 4), page(wires(1, 4), 4)],
			ids(1, 4),
			[0, 2, 0],
		],
		[
			'a total that changes, and then nothing: what was shown is not gone',
			[page(wires(1, 2), 3), page(wires(3, 4), 4), answered(204), page(wires(1, 4), 4)],
			ids(1, 4),
			[0, 2, 0, 0],
		],
		[
			'more, as it says itself',
			[more(wires(1, 3), { has_more: true }), more(wires(4, 5), { has_more: false })],
			ids(1, 5),
			[0, 3, 5],
		],
		[
			'as many pages as it says',
			[more(wires(1, 2), { total_pages: 2 }), more(wires(3, 4), { total_pages: 2 }), NONE],
			ids(1, 4),
			[0, 2, 4],
		],
		[
			'as many pages as it says, and the total with them',
			[more(wires(1, 2), { total: 3, pages: 2 }), more([wire(3)], { total: 3, pages: 2 })],
			ids(1, 3),
			[0, 2],
		],
		...[0, 1].map((page): [string, Answer[], string[], number[]] => [
			`one page, counted from ${page}`,
			[more(wires(1, 3), { total: 3, page, total_pages: 1 })],
			ids(1, 3),
			[0],
		]),
		['no entries on one page', [more([], { total_pages: 1 })], [], [0]],
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
		['a full page, and none', [page(wires(1, 10), 10), page([], 0)], ids(1, 10), [0, 10]],
		['two full pages', [page(wires(1, 10), 20), page(wires(11, 20), 20)], ids(1, 20), [0, 10]],
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
			'404 for a page that must be there',
			[page(wires(1, 3), 5), NOT_FOUND, page(wires(1, 3), 5), NOT_FOUND],
			'UNFINISHED_LIST',
			[0, 3, 0, 3, 0],
		],
		...[
			{ has_more: true },
			{ hasMore: 'true' },
			{ next: '/more' },
			{ next_cursor: 'x' },
			{ cursor: 'x' },
			{ paging: { next: 'x' } },
			{ total_pages: 2 },
		].map((sign): [string, Answer[], string, number[]] => [
			`a sign that there is more, and nothing more: ${JSON.stringify(sign)}`,
			[more(wires(1, 3), { total: 3, ...sign }), more([], sign)],
			'UNFINISHED_LIST',
			[0, 3, 0, 0],
		]),
		[
			'more pages, and the same one each time',
			[more(wires(1, 3), { total_pages: 2 })],
			'UNFINISHED_LIST',
			[0, 3, 0, 3, 0, 3],
		],
		['success: false', [more([], { success: false })], 'UNREADABLE_ANSWER', [0, 0, 0]],
		['a status of trouble', [more([], { status: 'FAILED' })], 'UNREADABLE_ANSWER', [0, 0, 0]],
		['a code of trouble', [more([], { code: 'E42' })], 'UNREADABLE_ANSWER', [0, 0, 0]],
		['no data', [more([], { data: null })], 'UNREADABLE_ANSWER', [0, 0, 0]],
		[
			'a total that never stays',
			Array.from({ length: 40 }, (_, index) => page(wires(1, 2), index + 5)),
			'UNFINISHED_LIST',
			Array.from({ length: 24 }, (_, index) => (index % 2) * 2),
		],
		[
			'an empty page short of the total, where pages before it had something',
			Array.from({ length: 3 }, () => [page([wire(1)], 3), page([wire(2)], 3), page([], 3)]).flat(),
			'UNFINISHED_LIST',
			[0, 1, 2, 0, 1, 2, 0, 1, 2],
		],
		[
			'an empty page that counts what is missing',
			Array.from({ length: 3 }, () => [
				page(wires(1, 2), 3),
				answered(200, { list: [], total: 3, count: 1 }),
			]).flat(),
			'UNFINISHED_LIST',
			[0, 2, 0, 2, 0, 2],
		],
		[
			'an empty page that counts itself, short of the total',
			Array.from({ length: 12 }, () => [page(wires(1, 3), 5), page([], 0)]).flat(),
			'UNFINISHED_LIST',
			Array.from({ length: 24 }, (_, index) => (index % 2) * 3),
		],
		['an entry that is none', [page([wire(1), {}], 2)], 'UNFINISHED_LIST', [0, 0, 0]],
		['one without a total', [page([wire(1), {}]), NONE], 'UNFINISHED_LIST', [0, 2, 0, 0]],
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
		const lacking: string[] = [];
		const listed = await readList(juspay.client, 'c', '', {
			onLacking: (accounts) => lacking.push(accounts.map(({ id }) => id).join()),
		});
		expect(listed).toMatchObject({ value: { accounts: [{ id: '1' }, { id: '2' }] } });
		expect(juspay.clock.pauses).toHaveLength(2);
		// It is late by as much as the account that it lacks is old.
		expect(lacking).toEqual(['2']);
	});

	it('that were not read to their end lack nothing', async () => {
		const juspay = answering(page([wire(1), wire(2), {}], 3), page(wires(3, 5), 5));
		const lacking: string[] = [];
		await readList(juspay.client, 'c', '', {
			stopWhen: (accounts) => accounts.length >= 3,
			onLacking: (accounts) => lacking.push(accounts.map(({ id }) => id).join()),
		});
		expect(lacking).toEqual([]);
	});

	it('come to an end, also where each has something new', async () => {
		const juspay = answering();
		let made = 0;
		const endless = new JuspayClient({
			send: async () => await Promise.resolve(page([wire(made++)])),
			limiter: new AdaptiveLimiter(3, juspay.clock),
			clock: juspay.clock,
			maxRetries: 0,
			context: { host: 'juspay.example', timeout: 30, secrets: [] },
		});
		expect(await list({ ...juspay, client: endless })).toBe('UNFINISHED_LIST');
		expect(made).toBeLessThan(5000);
	});

	it('are not asked for once there is enough', async () => {
		const juspay = answering(page(wires(1, 3), 100));
		const listed = await readList(juspay.client, 'c', '', {
			stopWhen: (accounts) => accounts.length >= 2,
		});
		expect(listed).toMatchObject({ ok: true });
		expect(juspay.sent).toHaveLength(1);
	});

	it('that are incomplete concern the customer, and may be whole later', async () => {
		const listed = await readList(answering(page([wire(1), {}], 2)).client, 'c', '');
		expect(listed).toMatchObject({
			failure: { kind: 'unreadable', effect: 'none', transient: true, scope: 'customer' },
		});
	});

	it('say that Juspay answered 404 in place of a list', async () => {
		const listed = await readList(answering(NOT_FOUND).client, 'c', '');
		expect(listed).toMatchObject({
			ok: true,
			value: { accounts: [], missing: { kind: 'missing' } },
		});
	});
});
