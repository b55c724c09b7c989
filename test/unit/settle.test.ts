import type { Account } from '../../nodes/Juspay/account/types';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { CreateOrder, CreateResult } from '../../nodes/Juspay/once';
import { read, type AskedOfCustomer } from '../wire';
import { bank, upi } from './accounts';
import { settle } from './handClock';
import type { Kept } from './smallJuspay';
import {
	answered,
	createIn,
	knownJuspay,
	SmallJuspay,
	toldWithEffect as told,
	LOST,
} from './smallJuspay';

/** What follows from each answer to a create: what is looked at, what is sent again, and what each row is told. */

const RAVI = upi('ravi@upi');
const [A, B, C] = ['a', 'b', 'c'].map((name) => upi(`${name}@upi`)) as [Account, Account, Account];

/** With the IFSC that it has since its bank was merged. */
const MERGED = bank('026291800001191', 'ICIC0000002');

const coded = (status: number, code: string, words = 'No.') =>
	answered(status, { error_info: { code, developer_message: words } });
const REFUSED = coded(400, 'INVALID_INPUT');
const EXISTS = coded(400, 'ALREADY_EXISTS');

/** An answer to a create; undefined: Juspay's own. */
type Reply = (juspay: SmallJuspay, accounts: Account[]) => Answer | Promise<Answer> | undefined;

/** Makes the first few accounts of the request, whatever is answered. */
const making =
	(count: number, answer: Answer): Reply =>
	(juspay, accounts) => {
		for (const account of accounts.slice(0, count)) juspay.put(account);
		return answer;
	};

/** Makes the accounts, and shows of each what is given. */
const showing =
	(
		show: (kept: Kept, juspay: SmallJuspay) => object,
		more: object[] = [],
		count = Infinity,
	): Reply =>
	(juspay, accounts) => {
		const shown = accounts.slice(0, count).map((account) => show(juspay.put(account), juspay));
		return answered(200, [...shown, ...more]);
	};
const onlyId = ({ id }: Kept) => ({ id, validation_status: 'CREATED' });
const inFull = (kept: Kept, juspay: SmallJuspay) => juspay.wire(kept);

/** A Juspay that answers creates so, one after the other, then by itself; the customer has an account of Ravi's. */
async function replying(...replies: Reply[]): Promise<SmallJuspay> {
	const juspay = await knownJuspay();
	juspay.put(RAVI);
	juspay.answers = (call, perform) => {
		if (!call.path.endsWith('/accounts')) return perform();
		const { accounts } = read(call) as AskedOfCustomer;
		const answer = replies.shift()?.(juspay, accounts);
		if (!answer) return perform();
		juspay.requests.push(`create ${accounts.length}`);
		return answer;
	};
	return juspay;
}

async function create(
	juspay: SmallJuspay,
	accounts: Account[],
	order: Partial<CreateOrder> & { signal?: AbortSignal } = {},
): Promise<CreateResult[]> {
	return await createIn(juspay.session(order), accounts, order);
}

/** The requests, without the first look. */
const asked = ({ requests }: SmallJuspay) => requests.slice(1).join(', ');

const always =
	(answer: Answer): Reply =>
	() =>
		answer;

describe('a create that was turned away before it was processed is not looked for, and nothing else is sent', () => {
	it.each<[string, Answer, string, number]>([
		['too many requests', answered(429), 'TOO_MANY_REQUESTS', 3],
		['no connection', { kind: 'unreachable', code: 'ECONNREFUSED' }, 'UNREACHABLE', 3],
		['no usable key', { kind: 'unusable', fault: 'No.' }, 'BAD_CREDENTIAL', 1],
		['a stop', { kind: 'stopped', sent: false }, 'STOPPED', 1],
		['a wrong key', coded(401, 'UNAUTHENTICATED'), 'KEY_REJECTED', 1],
		['a foreign address', coded(403, 'BAD_ORIGIN'), 'IP_NOT_ALLOWED', 1],
		['a key that may not do this', coded(403, 'UNAUTHORIZED'), 'FORBIDDEN', 1],
		['no such customer', coded(404, 'RESOURCE_NOT_FOUND'), 'NOT_FOUND', 1],
	])('%s', async (_, answer, code, creates) => {
		const juspay = await replying(...Array.from({ length: 5 }, () => always(answer)));
		const made = await create(juspay, [A, B, C], { perRequest: 2 });
		expect(JSON.stringify(made)).not.toContain('settlesAt');
		expect(told(made)).toBe([code, code, code].map((it) => `${it} none`).join(', '));
		expect(asked(juspay)).toBe(Array.from({ length: creates }).fill('create 2').join(', '));
	});
});

describe('a create that was refused', () => {
	const other = (count: number) => (lists: readonly Kept[]) => lists.slice(0, count);

	it.each<[string, Account[], Reply, string, string, Partial<CreateOrder>?]>([
		['alone: it is not there', [A], always(REFUSED), 'REFUSED none', 'create 1'],
		[
			'of which nothing is there is sent in parts',
			[A, B, C],
			always(REFUSED),
			'banh_3 created, banh_4 created, banh_5 created',
			'create 3, list, create 2, create 1',
		],
		[
			'of which one is there all the same',
			[A, B, C],
			making(1, REFUSED),
			'banh_3 created, banh_4 created, banh_5 created',
			'create 3, list, create 1, create 1',
		],
		[
			'of which all but one are there',
			[A, B, C],
			making(2, REFUSED),
			'banh_3 created, banh_4 created, banh_5 created',
			'create 3, list, create 1',
		],
		['all there', [A, B], making(2, REFUSED), 'banh_3 created, banh_4 created', 'create 2, list'],
		[
			"because of the merchant's set-up concerns all of the customer's",
			[A, B, C],
			always(coded(400, 'GATEWAY_NOT_FOUND')),
			'SETUP none, SETUP none, SETUP none',
			'create 2, list',
			{ perRequest: 2 },
		],
		['as it exists, and is shown', [A], making(1, EXISTS), 'banh_3 existing', 'create 1, list'],
		['as it exists, not shown', [A], always(EXISTS), 'ALREADY_EXISTS none', 'create 1, list'],
		[
			'as it exists, not shown, says nothing of the next',
			[A, B],
			always(EXISTS),
			'ALREADY_EXISTS none, banh_3 created',
			'create 1, list, create 1',
			{ perRequest: 1 },
		],
		[
			'as one of them exists',
			[A, B],
			making(1, EXISTS),
			'banh_3 existing, banh_4 created',
			'create 2, list, create 1',
		],
		[
			'as it exists, with a status that proves nothing',
			[A],
			making(1, coded(409, 'ALREADY_EXISTS')),
			'banh_3 existing',
			'create 1, list',
		],
	])('%s', async (_, wanted, reply, outcome, requests, order = {}) => {
		const juspay = await replying(reply);
		expect([told(await create(juspay, wanted, order)), asked(juspay)]).toEqual([outcome, requests]);
	});

	it.each<[string, Reply, string]>([
		['is refused', always(REFUSED), 'REFUSED none'],
		['exists', always(EXISTS), 'ALREADY_EXISTS none'],
		[
			'exists, with a status that proves nothing',
			always(coded(409, 'UNIQUE')),
			'MAY_EXIST unknown',
		],
	])('is not looked for where nobody looked before, and it %s', async (_, reply, outcome) => {
		const juspay = await replying(reply);
		const made = await create(juspay, [A], { onExisting: 'create', perRequest: 1 });
		expect([told(made), juspay.requests]).toEqual([outcome, ['create 1']]);
	});

	it('is in doubt where no list can be read afterwards', async () => {
		const juspay = await replying(always(REFUSED));
		const { answers } = juspay;
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.method === 'GET' && ++lists > 1 ? answered(503) : answers(call, perform);
		expect(told(await create(juspay, [A, B]))).toBe('MAY_EXIST unknown, MAY_EXIST unknown');
		expect(juspay.requests).toEqual(['list', 'create 2']);
	});

	it.each<[string, number, string]>([
		['is looked at again', 2, 'banh_3 created, banh_4 created'],
		['proves nothing', Infinity, 'MAY_EXIST unknown, MAY_EXIST unknown'],
	])('a list without what it has shown before %s', async (_, stale, outcome) => {
		const juspay = await replying(always(REFUSED));
		let lists = 0;
		juspay.lists = (kept) => (++lists > 1 && lists <= 1 + stale ? other(0)(kept) : kept);
		expect(told(await create(juspay, [A, B]))).toBe(outcome);
	});

	it('leaves out what may be there, and says which it may be', async () => {
		const number = bank('026291800001191');
		const juspay = await replying(making(1, REFUSED));
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.account.type !== 'upi' && { account_details: { account_number: 'XXXX1191' } }),
		});
		const made = await create(juspay, [number, A, B]);
		expect(told(made)).toBe('MAY_EXIST unknown, banh_4 created, banh_5 created');
		expect(made[0]).toMatchObject({
			failure: { description: expect.stringMatching(/may be it: banh_3\./) },
		});
		const { failure } = made[0] as { failure: { settlesAt: number } };
		expect(failure.settlesAt).toBeGreaterThan(juspay.clock.now());
	});

	it.each<[string, Account[], string]>([
		[
			'seven: three as samples',
			[...'abcdefg'].map((name) => upi(`${name}@upi`)),
			'create 7, list, create 1, create 1, create 1',
		],
		[
			'six: three say too little of three more',
			[...'abcdef'].map((name) => upi(`${name}@upi`)),
			'create 6, list, create 1, create 1, create 1, create 2, list, create 1, create 1, create 1',
		],
		[
			'four rows of three accounts: halves',
			[A, A, B, C],
			'create 4, list, create 2, list, create 1, create 1, create 2, list, create 1, create 1',
		],
	])('for one reason, %s', async (_, wanted, requests) => {
		const juspay = await replying(...Array.from({ length: 9 }, () => always(REFUSED)));
		const made = await create(juspay, wanted, { onExisting: 'create' });
		expect(told(made)).toBe(wanted.map(() => 'REFUSED none').join(', '));
		expect(asked(juspay)).toBe(requests);
	});
});

describe('a create that was accepted', () => {
	const NO = { error_info: { code: 'INVALID_INPUT', developer_message: 'No.' } };
	const NEITHER = { error_info: { code: 'EXPIRED', developer_message: 'Too late.' } };
	const OUTAGE = { error_info: { code: 'NETWORK_ERROR', developer_message: 'No answer.' } };
	const BUSY = { error_info: { code: 'DUPLICATE_REQUEST' } };

	it.each<[string, Account[], Reply, string, Partial<CreateOrder>?]>([
		['with all in full', [A, B], showing(inFull), 'banh_3 created, banh_4 created'],
		['with IDs alone, and a list', [A, B], showing(onlyId), 'banh_3 created, banh_4 created'],
		['with the ID alone of one', [A], showing(onlyId), 'banh_3 created'],
		['with one, and one refusal', [A, B], showing(inFull, [NO], 1), 'banh_3 created, REFUSED none'],
		[
			'with one, and refusals of the others',
			[A, B, C],
			showing(inFull, [NO, NEITHER], 1),
			'banh_3 created, REFUSED none, REFUSED none',
		],
		[
			'with one, and fewer refusals than others: nobody knows of whom',
			[A, B, C],
			showing(inFull, [NO], 1),
			'banh_3 created, MAY_EXIST unknown, MAY_EXIST unknown',
		],
		['with nothing, and a refusal', [A], showing(inFull, [NO], 0), 'REFUSED unknown'],
		[
			'with IDs alone of two rows of one account',
			[A, A],
			showing(onlyId),
			'banh_3 created, banh_4 created',
			{ onExisting: 'create' },
		],
		['with nothing, there soon after', [A], making(1, answered(202, {})), 'banh_3 created'],
		[
			'with nothing: lists are late',
			[A],
			(of) => {
				of.lateBy(3000);
				of.put(A);
				return answered(202, {});
			},
			'banh_3 created',
		],
		[
			'with nothing: what has its number is there',
			[bank('026291800001191')],
			(of) => {
				of.put(MERGED);
				return answered(202, {});
			},
			'banh_3 created',
		],
		['with nothing, and it is never there', [A], always(answered(202, {})), 'MAY_EXIST unknown'],
	])('%s', async (_, wanted, reply, outcome, order = {}) => {
		const juspay = await replying(reply);
		expect(told(await create(juspay, wanted, order))).toBe(outcome);
		expect(juspay.requests.filter((it) => it.startsWith('create'))).toHaveLength(1);
	});

	it.each([
		['something behind Juspay has failed', OUTAGE],
		['another request is at work', BUSY],
		['it says nothing', { error_info: { request_id: '1' } }],
	])('with one, and a refusal of the other that proves nothing: %s', async (_, refusal) => {
		const juspay = await replying((of) => {
			const first = of.put(A);
			of.put(B);
			of.lateBy(3000);
			return answered(200, [of.wire(first), refusal]);
		});
		expect(told(await create(juspay, [A, B]))).toBe('banh_3 created, banh_4 created');
		expect(juspay.requests.filter((it) => it.startsWith('create'))).toHaveLength(1);
	});

	it('with IDs alone is asked for by Get where lists are late', async () => {
		const juspay = await replying(showing(onlyId));
		juspay.lists = (kept) => kept.filter(({ account }) => account === RAVI);
		expect(told(await create(juspay, [A, B]))).toBe('banh_3 created, banh_4 created');
		expect(asked(juspay)).toBe('create 2, list, get, get');
	});

	it('with IDs alone is in doubt where Get masks what tells them apart', async () => {
		const juspay = await replying(showing(onlyId));
		juspay.lists = (kept) => kept.filter(({ account }) => account === RAVI);
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.account !== RAVI && {
				account_details: { account_number: kept.id === 'banh_3' ? 'XXXX1191' : 'XXXX2222' },
			}),
		});
		const made = await create(juspay, [bank('026291800001191'), bank('026291800002222')]);
		expect(told(made)).toBe('CREATED_UNCLEAR unknown, CREATED_UNCLEAR unknown');
	});

	it('is created where a list shows it in full, although another request is in doubt', async () => {
		const juspay = await replying(always(LOST), making(1, answered(202, {})));
		const { answers } = juspay;
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.method === 'GET' && ++lists > 1 ? answered(503) : answers(call, perform);
		expect(told(await create(juspay, [C]))).toBe('MAY_EXIST unknown');
		juspay.answers = answers;
		expect(told(await create(juspay, [A]))).toBe('banh_3 created');
	});

	it('with IDs alone is asked for once, and named where no list can be read', async () => {
		const juspay = await replying(showing(onlyId));
		juspay.shows = (kept) => (kept.account === RAVI ? juspay.wire(kept) : onlyId(kept));
		const { answers } = juspay;
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.path.endsWith('/list') && ++lists > 1 ? answered(503) : answers(call, perform);
		const made = await create(juspay, [A, B]);
		expect(told(made)).toBe('CREATED_UNCLEAR unknown, CREATED_UNCLEAR unknown');
		expect(made[0]).toHaveProperty('failure.message', expect.stringMatching(/: banh_3, banh_4$/));
		expect(asked(juspay)).toBe('create 2, get, get');
	});

	it('with an ID that the list has shown before: it is not new', async () => {
		const juspay = await replying(({ kept }) => {
			const [, ravi] = kept;
			return answered(200, [{ ...juspay.wire(ravi as Kept), account_details: { vpa: 'a@upi' } }]);
		});
		expect(told(await create(juspay, [A]))).toBe('banh_2 existing');
	});

	it('with more IDs than rows of one account gives none to a row', async () => {
		const juspay = await replying((of, accounts) =>
			answered(
				200,
				[...accounts, A].map((account) => onlyId(of.put(account))),
			),
		);
		juspay.shows = onlyId;
		const sentAt = juspay.clock.now();
		const made = await create(juspay, [A, A], { onExisting: 'create' });
		expect(told(made)).toBe('CREATED_UNCLEAR unknown, CREATED_UNCLEAR unknown');
		// What was accepted is in doubt for a day.
		const { failure } = made[0] as { failure: { settlesAt: number } };
		expect(Math.round((failure.settlesAt - sentAt) / 3_600_000)).toBe(24);
	});

	it('with as many IDs as rows of one account gives each its own, unless they show another', async () => {
		for (const [vpas, outcome] of [
			[['', ''], 'banh_3 created, banh_4 created'],
			[['', 'x@upi'], 'CREATED_UNCLEAR unknown, CREATED_UNCLEAR unknown'],
		] as const) {
			const show = (kept: Kept) => ({
				...onlyId(kept),
				vpa: vpas[kept.id === 'banh_3' ? 0 : 1],
			});
			const juspay = await replying(showing(show));
			juspay.shows = show;
			expect(told(await create(juspay, [A, A], { onExisting: 'create' }))).toBe(outcome);
		}
	});

	it("without IDs may not have made what lists show without details: that may be another name's", async () => {
		const juspay = await replying(() => {
			juspay.put(A);
			juspay.put(B);
			return answered(200, {});
		});
		juspay.shows = (kept) => (kept.account === RAVI ? juspay.wire(kept) : onlyId(kept));
		const made = await create(juspay, [A]);
		expect(told(made)).toBe('MAY_EXIST unknown');
		expect(JSON.stringify(made)).toContain('may be it: banh_3, banh_4.');
	});

	it("with one ID of two rows names it, and it becomes nobody's", async () => {
		const one = showing(onlyId, [], 1);
		const juspay = await replying((of, accounts) => {
			const answer = one(of, accounts);
			of.put(C);
			return answer;
		});
		juspay.shows = (kept) => ([RAVI, C].includes(kept.account) ? juspay.wire(kept) : onlyId(kept));
		const made = await create(juspay, [A, B]);
		expect(told(made)).toBe('MAY_EXIST unknown, MAY_EXIST unknown');
		expect(made[0]).toMatchObject({
			failure: { description: expect.stringMatching(/may be it: banh_3\./) },
		});
	});
});

describe('a create whose answer is lost', () => {
	const countOf = ({ requests }: SmallJuspay) =>
		requests.filter((it) => it.startsWith('create')).length;

	it.each<[Partial<CreateOrder>, string]>([
		[{}, 'banh_3 existing'],
		[{ onExisting: 'create' }, 'MAY_EXIST unknown'],
	])(
		'may have made what another name of the customer has found by now: %j',
		async (order, outcome) => {
			const juspay = await replying((of) => {
				const { id } = of.put(A);
				const fact = { customerId: 'cst_c', account: A, routingId: '' };
				of.process.memory.know(id, fact, true, of.clock.now());
				return LOST;
			});
			expect(told(await create(juspay, [A], order))).toBe(outcome);
			expect(countOf(juspay)).toBe(1);
		},
	);

	it('may have made what another name of the customer has found, if it is masked, too', async () => {
		const number = bank('026291800001191');
		const juspay = await replying((of) => {
			const { id } = of.put(number);
			const fact = { customerId: 'cst_c', account: number, routingId: '' };
			of.process.memory.know(id, fact, true, of.clock.now());
			return LOST;
		});
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.account === number && { account_details: { account_number: 'XXXX1191' } }),
		});
		expect(told(await create(juspay, [number]))).toBe('MAY_EXIST unknown');
		expect(countOf(juspay)).toBe(1);
	});

	it('has made the one with its number and another IFSC, whatever else is new', async () => {
		const juspay = await replying((of) => {
			of.put(MERGED);
			of.put(B);
			return LOST;
		});
		expect(told(await create(juspay, [bank('026291800001191')]))).toBe('banh_3 created');
	});

	it('may have made after all what exists once it is sent again', async () => {
		const juspay = await replying(always(LOST), making(1, coded(409, 'ALREADY_EXISTS')));
		expect(told(await create(juspay, [A]))).toBe('banh_3 created');
	});

	it("has not made what another execution's may have made", async () => {
		const juspay = await replying(always(LOST), making(1, LOST));
		const { answers } = juspay;
		let lists = 0;
		juspay.answers = (call, perform) =>
			call.method === 'GET' && ++lists > 1 ? answered(503) : answers(call, perform);
		const again = { onExisting: 'create' } as const;
		expect(told(await create(juspay, [A, B], again))).toBe('MAY_EXIST unknown, MAY_EXIST unknown');
		juspay.answers = answers;
		expect(told(await create(juspay, [A, B], again))).toBe('MAY_EXIST unknown, banh_4 created');
	});

	it('is not proven by lists that lack what this order has created', async () => {
		const juspay = await replying(() => undefined, always(LOST));
		juspay.lists = (kept) => kept.filter(({ account }) => account === RAVI);
		expect(told(await create(juspay, [A, B], { perRequest: 1 }))).toBe(
			'banh_3 created, MAY_EXIST unknown',
		);
	});
});

describe('a row with the number of another and another IFSC', () => {
	it.each<[string, Reply, string, RegExp]>([
		[
			'is not created beside it',
			() => undefined,
			'banh_3 created, SIMILAR_ACCOUNT none',
			/same number with another IFSC.* If banh_3 is the wrong one/,
		],
		[
			'waits until that is known',
			always(answered(202, {})),
			'MAY_EXIST unknown, MAY_EXIST none',
			/same number with another IFSC.*again from 2 Jan 2026, 00:01 UTC on/,
		],
	])('%s', async (_, reply, outcome, says) => {
		const made = await create(await replying(reply), [bank('026291800001191'), MERGED]);
		expect(told(made)).toBe(outcome);
		expect(JSON.stringify(made[1])).toMatch(says);
	});
});

describe('a create in which the node itself fails', () => {
	it('is in doubt, and settled by a later run', async () => {
		const juspay = await replying(() => {
			throw new RangeError('A fault of the node');
		});
		await expect(create(juspay, [A])).rejects.toThrow('A fault of the node');
		await juspay.clock.pause(60_000);
		expect(told(await create(juspay, [A]))).toBe('banh_3 created');
	});
});

describe('what comes of a create after a Stop', () => {
	it.each<[string, Account[], Reply, string, string]>([
		['all in full', [A, B], showing(inFull), 'banh_3 existing, banh_4 existing', 'list, get, get'],
		['the ID alone of one', [A], showing(onlyId), 'banh_3 existing', 'list, get'],
		[
			'one in full, and the ID alone of the other',
			[A, B],
			showing((kept, of) => (kept.id === 'banh_3' ? of.wire(kept) : onlyId(kept))),
			'banh_3 existing, banh_4 existing',
			'list, get, get',
		],
		[
			'it with another IFSC',
			[bank('026291800001191')],
			(of) => answered(200, [of.wire(of.put(MERGED))]),
			'banh_3 existing',
			'list, get',
		],
		[
			'one in full, and the other with another IFSC',
			[A, bank('026291800001191')],
			(of, [a]) => answered(200, [of.wire(of.put(a as Account)), of.wire(of.put(MERGED))]),
			'banh_3 existing, banh_4 existing',
			'list, get, get',
		],
		['IDs alone of two', [A, B], showing(onlyId), 'MAY_EXIST unknown, MAY_EXIST unknown', 'list'],
		['one of 2', [A, B], showing(inFull, [], 1), 'banh_3 existing, MAY_EXIST unknown', 'list, get'],
		['a refusal of one', [A], always(REFUSED), 'banh_3 created', 'list, create 1'],
		[
			'a refusal of two',
			[A, B],
			always(REFUSED),
			'banh_3 created, banh_4 created',
			'list, list, list, create 2',
		],
		['no answer', [A], always(LOST), 'banh_3 created', 'list, list, list, create 1'],
		[
			'an error behind a 2xx',
			[A],
			always(answered(200, { error_info: { code: 'INVALID_INPUT' } })),
			'banh_3 created',
			'list, list, list, create 1',
		],
	])('is remembered: %s', async (_, wanted, reply, outcome, requests) => {
		const stop = new AbortController();
		let arrive = () => {};
		const arrived = new Promise<void>((resolve) => (arrive = resolve));
		const juspay = await replying(async (...request) => {
			const answer = reply(...request) as Answer;
			await arrived;
			return answer;
		});
		const running = create(juspay, wanted, { signal: stop.signal });
		await settle();
		stop.abort();
		expect(told(await running)).toBe(wanted.map(() => 'MAY_EXIST unknown').join(', '));
		arrive();
		await settle();
		// No list helps.
		juspay.lists = (kept) => kept.filter(({ account }) => account === RAVI);
		juspay.requests.length = 0;
		expect([told(await create(juspay, wanted)), juspay.requests.join(', ')]).toEqual([
			outcome,
			requests,
		]);
	});
});
