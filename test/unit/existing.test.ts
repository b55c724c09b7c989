import type { Account } from '../../nodes/Juspay/account/types';
import type { Answer } from '../../nodes/Juspay/http/transport';
import { deleteAccounts } from '../../nodes/Juspay/once';
import type { CreateOrder } from '../../nodes/Juspay/once';
import { haveSameIds } from '../../nodes/Juspay/once/creation';
import { Process } from '../../nodes/Juspay/once/session';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { bank, registered, SETTINGS, upi } from './accounts';
import { gate, settle } from './handClock';
import type { Kept } from './smallJuspay';
import {
	answered,
	createIn,
	hashTable,
	knownJuspay,
	SmallJuspay,
	toldWithEffect as told,
	LOST,
	MISSING,
	isCreate,
	isGet,
	isList,
	meddle,
} from './smallJuspay';

/** What is there, or may be, before a create. */

const RAVI = upi('ravi@upi');
const ASHA = upi('asha@upi');
const NUMBER = bank('026291800001191', 'HDFC0000001', 'Asha');
const MERGED = bank('026291800001191', 'ICIC0000002', 'Asha');

const isCustomer = ({ path }: Call) => path === '/customers/c';

type Order = Partial<CreateOrder> & { signal?: AbortSignal };

const create = async (juspay: SmallJuspay, accounts: Account[], order: Order = {}) =>
	await createIn(juspay.session(order), accounts, order);

const asked = ({ requests }: SmallJuspay) => requests.join(', ');

/** A Juspay of whose lists this process knows that they aren't late; the customer has an account of Ravi's. */
async function withRavi(): Promise<SmallJuspay> {
	const juspay = await knownJuspay();
	juspay.put(RAVI);
	return juspay;
}

/** The same, and it has created an account that no list shows any more. */
async function unlisted(account: Account, status = 'ACTIVE'): Promise<SmallJuspay> {
	const juspay = await withRavi();
	await create(juspay, [account]);
	const made = juspay.kept.at(-1) as Kept;
	made.status = status;
	juspay.lists = (kept) => kept.filter((one) => one !== made);
	juspay.requests.length = 0;
	return juspay;
}

describe('an account that is there twice', () => {
	it.each([
		['the other one is taken', 'there', 'banh_4 existing'],
		['none of them is there: it is made', 'gone', 'banh_5 created'],
	])('and may have been deleted: %s', async (_, other, outcome) => {
		const juspay = await withRavi();
		const ids = [juspay.put(ASHA, 'ACTIVE').id, juspay.put(ASHA).id];
		const { memory } = juspay.process;
		const gone = other === 'gone' ? ids : ids.slice(0, 1);
		for (const id of gone) memory.deleteInDoubt(id, juspay.clock.now());
		meddle(juspay, (call) => (isGet(call) ? MISSING : undefined));
		expect(told(await create(juspay, [ASHA]))).toBe(outcome);
	});
});

describe('an account that a row was given', () => {
	it('is asked for under the routing ID by which it was created, whatever a row says now', async () => {
		const juspay = await unlisted(ASHA);
		await juspay.clock.pause(3_600_000);
		meddle(juspay, (call) => (isGet(call) && call.routingId === 'other' ? MISSING : undefined));
		for (const routingId of ['other', 'other', '']) {
			const settings = { ...SETTINGS, routingId };
			expect(told(await create(juspay, [ASHA], { settings }))).toBe('banh_3 existing');
		}
	});
});

describe('an account that Juspay shows as inactive', () => {
	it.each<[string, (call: Call) => Answer | undefined, string]>([
		['in list and Get is neither given back nor made again', () => undefined, 'CANNOT_TELL none'],
		[
			'and that nobody can get: a message',
			(call) => (isList(call) || isCreate(call) ? undefined : answered(503)),
			'UNAVAILABLE none',
		],
	])('%s', async (_, answer, outcome) => {
		const juspay = await withRavi();
		juspay.put(ASHA);
		juspay.shows = (kept) => ({ ...juspay.wire(kept), is_active: false });
		meddle(juspay, answer);
		expect(told(await create(juspay, [ASHA]))).toBe(outcome);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('is not taken where the same one is there in use, whatever its status', async () => {
		const juspay = await withRavi();
		const old = juspay.put(ASHA, 'ACTIVE');
		const { id } = juspay.put(ASHA, 'FAILURE');
		juspay.shows = (kept) => ({ ...juspay.wire(kept), is_active: kept !== old });
		expect(told(await create(juspay, [ASHA]))).toBe(`${id} existing`);
	});

	it('only by Get, as no list has it, is not given back either', async () => {
		const juspay = await unlisted(ASHA);
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			is_active: kept.account.type !== 'upi' || kept.account === RAVI,
		});
		expect(told(await create(juspay, [ASHA]))).toBe('CANNOT_TELL none');
	});
});

describe('an account that this process made and no list shows', () => {
	it.each<[string, Account, Account[], string, string, string]>([
		['is given back', ASHA, [ASHA], 'ACTIVE', 'banh_3 existing', 'list, get'],
		[
			'is asked for once',
			NUMBER,
			[NUMBER, MERGED],
			'ACTIVE',
			'banh_3 existing, SIMILAR_ACCOUNT none',
			'list, get',
		],
		['its number is in the way', NUMBER, [MERGED], 'ACTIVE', 'SIMILAR_ACCOUNT none', 'list, get'],
		[
			'failed: not in the way',
			NUMBER,
			[MERGED],
			'FAILURE',
			'banh_4 created',
			'list, get, create 1',
		],
		['says nothing of another', NUMBER, [ASHA], 'ACTIVE', 'banh_4 created', 'list, create 1'],
	])('%s', async (_, known, wanted, status, outcome, requests) => {
		const juspay = await unlisted(known, status);
		expect([told(await create(juspay, wanted)), asked(juspay)]).toEqual([outcome, requests]);
	});

	it('and of which a delete is in doubt, is asked for until a late replica has it too', async () => {
		const juspay = await unlisted(ASHA);
		const { id } = juspay.kept.at(-1) as Kept;
		juspay.clock.pass(60_000);
		const deletedAt = juspay.clock.now();
		juspay.process.memory.deleteInDoubt(id, deletedAt);
		meddle(juspay, ({ path }) =>
			path.includes(id) && juspay.clock.now() - deletedAt > 5000 ? MISSING : undefined,
		);
		expect(told(await create(juspay, [ASHA]))).toMatch(/^banh_\d+ created$/);
		expect(asked(juspay)).toMatch(/^list, get, get, /);
	});

	it('shows that an empty list is worth nothing, but does not keep others from being made', async () => {
		const juspay = await unlisted(ASHA);
		juspay.lists = () => [];
		expect(told(await create(juspay, [ASHA, NUMBER]))).toBe('banh_3 existing, banh_4 created');
		expect(asked(juspay)).toBe('list, get, create 1');
	});
});

describe('an account that a list shows and Get does not', () => {
	it.each<[string, (juspay: SmallJuspay, id: string) => void, Answer, string]>([
		[
			'is gone where a delete is in doubt',
			({ process, clock }, id) => process.memory.deleteInDoubt(id, clock.now()),
			MISSING,
			'banh_4 created',
		],
		[
			'may be gone where nobody can get it',
			({ process, clock }, id) => process.memory.deleteInDoubt(id, clock.now()),
			answered(503),
			'UNAVAILABLE none',
		],
		[
			'is not made again where it is only inactive',
			(juspay) => (juspay.shows = (kept) => ({ ...juspay.wire(kept), is_active: false })),
			MISSING,
			'NOT_FOUND none',
		],
	])('%s', async (_, prepare, answer, outcome) => {
		const juspay = await withRavi();
		const { id } = juspay.put(ASHA);
		prepare(juspay, id);
		meddle(juspay, (call) => (isGet(call) ? answer : undefined));
		expect(told(await create(juspay, [ASHA]))).toBe(outcome);
		const { process, clock } = juspay;
		expect(process.memory.isDeleted(id, clock.now(), 'c')).toBe(outcome === 'banh_4 created');
	});
});

describe('an account that this process knows', () => {
	it('and that has failed is not asked for where a list shows it', async () => {
		const juspay = await unlisted(NUMBER, 'FAILURE');
		juspay.lists = (kept) => kept;
		expect(told(await create(juspay, [MERGED]))).toBe('banh_4 created');
		expect(asked(juspay)).toBe('list, create 1');
	});

	it('is not new where a later list shows it', async () => {
		const juspay = await unlisted(NUMBER, 'FAILURE');
		meddle(juspay, (call) => {
			if (!isCreate(call)) return undefined;
			juspay.lists = (kept) => kept;
			return LOST;
		});
		const made = await create(juspay, [MERGED]);
		expect(told(made)).toBe('MAY_EXIST unknown');
		expect(JSON.stringify(made)).not.toContain('banh_3');
	});

	it('comes before one that it knows with another IFSC', async () => {
		const juspay = await withRavi();
		await create(juspay, [MERGED, NUMBER], { onExisting: 'create' });
		juspay.lists = (kept) => kept.slice(0, 1);
		expect(told(await create(juspay, [NUMBER]))).toBe('banh_4 existing');
	});

	it('and that Juspay marks as deleted is made anew at once', async () => {
		const juspay = await unlisted(ASHA);
		juspay.process.memory.settleMs = () => 600_000;
		juspay.shows = (kept) => ({ ...juspay.wire(kept), deleted: kept.id === 'banh_3' });
		expect(told(await create(juspay, [ASHA]))).toBe('banh_4 created');
	});

	it('is told by its ID where a list shows no details, and nothing is said of its digits', async () => {
		const juspay = await withRavi();
		await create(juspay, [NUMBER]);
		juspay.shows = ({ id, account, ...kept }) =>
			account.type !== 'upi'
				? { id, validation_status: 'CREATED' }
				: juspay.wire({ id, account, ...kept });
		expect(told(await create(juspay, [NUMBER]))).toBe('banh_3 existing');
		expect(juspay.notes).toEqual([]);
	});
});

describe('a create in doubt', () => {
	it('is over once the account is there, whoever made it', async () => {
		const juspay = new SmallJuspay();
		const { answers } = juspay;
		juspay.put(RAVI);
		meddle(juspay, (call) => (isCreate(call) ? LOST : undefined));
		expect(told(await create(juspay, [ASHA]))).toBe('MAY_EXIST unknown');
		juspay.answers = answers;
		juspay.put(ASHA);
		expect(told(await create(juspay, [ASHA]))).toBe('banh_2 existing');
		const order = { customerId: 'c', customerAccountId: 'banh_2', settings: SETTINGS };
		await deleteAccounts(juspay.session(), [order]);
		expect(told(await create(juspay, [ASHA]))).toBe('banh_3 created');
	});

	it('is settled later where lists have just shown how late they are', async () => {
		const juspay = new SmallJuspay();
		const { lists, answers } = juspay;
		juspay.lists = () => [];
		meddle(juspay, (call) => (isCreate(call) ? LOST : undefined));
		const sentAt = juspay.clock.now();
		await create(juspay, [ASHA]);
		juspay.answers = answers;
		await create(juspay, [RAVI], { customerId: 'd' });
		juspay.clock.pass(11 * 60_000);
		await create(juspay, [ASHA]);
		// The account of the other customer is in its list at last: ten minutes late, which is the most that counts.
		juspay.lists = lists;
		const [made] = await create(juspay, [ASHA]);
		const { failure } = made as { failure: { code: string; message: string; settlesAt: number } };
		expect(failure.code).toBe('MAY_EXIST');
		expect(failure.message).not.toContain('accepted');
		expect(Math.floor((failure.settlesAt - sentAt) / 1000)).toBe(2 * 600 + 12);
		juspay.clock.pass(failure.settlesAt - juspay.clock.now());
		expect(told(await create(juspay, [ASHA]))).toBe('banh_2 created');
	});
});

describe('before the first create', () => {
	it.each<[string, boolean, Answer | undefined, string, string, Order?]>([
		['a list that is not empty says enough', false, undefined, 'list, create', 'banh_2 created'],
		['a missing customer is found', false, MISSING, 'list, customer', 'NOT_FOUND none'],
		['or not looked for, if lists are known', true, MISSING, 'list, create', 'NOT_FOUND none'],
		[
			'Create Another needs no list',
			true,
			answered(400, { error_info: { code: 'INVALID_INPUT' } }),
			'list, create, create',
			'REFUSED none, REFUSED none',
			{ onExisting: 'create' },
		],
	])('%s', async (_, isKnown, answer, requests, outcome, order = {}) => {
		const juspay = isKnown ? await knownJuspay() : new SmallJuspay();
		juspay.put(RAVI);
		const calls: string[] = [];
		meddle(juspay, (call) => {
			calls.push(isList(call) ? 'list' : isCreate(call) ? 'create' : 'customer');
			return answer;
		});
		const wanted = order.onExisting ? [ASHA, NUMBER] : [ASHA];
		expect(told(await create(juspay, wanted, order))).toBe(outcome);
		expect(calls.join(', ')).toBe(requests);
	});

	it('the ID of the customer as routing ID is the same as none', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA], { settings: { ...SETTINGS, routingId: 'c' } });
		expect(asked(juspay)).toBe('list, create 1');
	});
});

describe('two lists show the same accounts', () => {
	it.each([
		['a b', 'b a', true],
		['a', 'a b', false],
		['a b', 'a', false],
		['a b', 'a c', false],
	])('%s and %s: %s', (one, other, isSame) => {
		const list = (ids: string) => ids.split(' ').map((id) => registered(id, ASHA));
		expect(haveSameIds(list(one), list(other))).toBe(isSame);
	});
});

describe('a dry run', () => {
	it.each<[string, Account[], (call: Call) => Answer | undefined, string, Order?]>([
		['of what would be made', [RAVI, NUMBER], () => undefined, 'banh_2 existing,  wouldCreate'],
		['of Create Another', [RAVI], () => undefined, ' wouldCreate', { onExisting: 'create' }],
		[
			'of Create Another for no such customer',
			[RAVI],
			(call) => (isCustomer(call) ? MISSING : undefined),
			'NOT_FOUND none',
			{ onExisting: 'create' },
		],
		[
			'for a customer without accounts',
			[ASHA],
			(call) => (isList(call) ? MISSING : answered(200, { id: 'cst_1' })),
			' wouldCreate',
		],
		['for no such customer', [ASHA], () => MISSING, 'NOT_FOUND none'],
		['for a planned customer', [ASHA], () => MISSING, ' wouldCreate', { customerIsPlanned: true }],
		[
			'for a customer that can not be asked for',
			[ASHA],
			(call) => (isList(call) ? MISSING : answered(503)),
			' wouldCreate',
		],
		['of what can not be looked for', [ASHA], () => answered(503), 'UNAVAILABLE none'],
		['of two IFSCs', [NUMBER, MERGED], () => undefined, ' wouldCreate, SIMILAR_ACCOUNT none'],
	])('%s', async (_, wanted, answer, outcome, order = {}) => {
		const juspay = await withRavi();
		meddle(juspay, (call) =>
			isCustomer(call) ? (answer(call) ?? answered(200, { id: 'cst_1' })) : answer(call),
		);
		expect(told(await create(juspay, wanted, { ...order, dryRun: true }))).toBe(outcome);
		expect(juspay.kept).toHaveLength(2);
	});

	it('shows the accounts as they would be, without an ID or a status', async () => {
		const made = await create(await withRavi(), [NUMBER, ASHA], { dryRun: true, validate: true });
		expect(made).toMatchObject([{ validation: 'wouldStart' }, { validation: 'wouldStart' }]);
		const NEW = { id: '', customerId: 'c', status: '', dateCreated: '', lastValidated: '' };
		expect(made).toMatchObject([
			{ account: { ...NEW, ...NUMBER, vpa: '' } },
			{ account: { ...NEW, ...ASHA, accountNumber: '', ifsc: '', beneficiaryName: '' } },
		]);
	});

	it('waits for no doubt', async () => {
		const juspay = await withRavi();
		meddle(juspay, (call) => (isCreate(call) ? { kind: 'tooLarge' } : undefined));
		juspay.lists = (kept) => (juspay.requests.length > 1 ? [] : kept);
		expect(told(await create(juspay, [ASHA]))).toBe('MAY_EXIST unknown');
		juspay.lists = (kept) => kept;
		const begun = juspay.clock.now();
		expect(told(await create(juspay, [ASHA], { dryRun: true }))).toBe('MAY_EXIST unknown');
		expect(juspay.clock.now() - begun).toBeLessThan(1000);
	});
});

describe('what another n8n process has sent', () => {
	/** Goes on in another process, of which lists have shown it what is new. */
	async function another(juspay: SmallJuspay): Promise<void> {
		juspay.process = new Process();
		await create(juspay, [upi('up@upi')], { customerId: 'known' });
		juspay.requests.length = 0;
	}

	async function sharing(): Promise<SmallJuspay> {
		const juspay = await withRavi();
		juspay.helpers = hashTable();
		return juspay;
	}

	it.each<[string, Answer, Account[], Order, string]>([
		['waits for a list', LOST, [ASHA, NUMBER], {}, 'MAY_EXIST unknown, banh_4 created'],
		['is made by Create Another', LOST, [ASHA], { onExisting: 'create' }, 'banh_4 created'],
		[
			'and was refused is sent again',
			answered(400, { error_info: { code: 'INVALID_INPUT' } }),
			[ASHA],
			{},
			'banh_4 created',
		],
	])('%s', async (_, answer, wanted, order, outcome) => {
		const juspay = await sharing();
		meddle(juspay, (call) => (isCreate(call) ? answer : undefined));
		juspay.lists = (kept) => (juspay.requests.length > 1 ? [] : kept);
		await create(juspay, [ASHA]);
		juspay.lists = (kept) => kept;
		juspay.answers = (__, perform) => perform();
		await another(juspay);
		expect(told(await create(juspay, wanted, order))).toBe(outcome);
	});
});

describe('a step that n8n runs again because a worker was lost', () => {
	it.each<[string, Order, string]>([
		['makes nothing with Create Another', { onExisting: 'create' }, 'STOPPED none'],
		['goes on with Reuse', {}, 'banh_3 created'],
		['goes on in a dry run', { onExisting: 'create', dryRun: true }, ' wouldCreate'],
	])('%s', async (_, order, outcome) => {
		const juspay = await withRavi();
		meddle(juspay, (call) => (isCustomer(call) ? answered(200, { id: 'cst_1' }) : undefined));
		const session = { ...juspay.session(), isRerun: async () => true };
		expect(told(await createIn(session, [ASHA], order))).toBe(outcome);
	});
});

describe('a Stop', () => {
	it('while a run waits for its turn ends it: nothing is sent', async () => {
		const juspay = await withRavi();
		const stop = new AbortController();
		const door = gate();
		meddle(juspay, (call, perform) => (isCreate(call) ? door.passed.then(perform) : undefined));
		const first = create(juspay, [ASHA]);
		await settle();
		const second = create(juspay, [NUMBER], { signal: stop.signal });
		await settle();
		stop.abort();
		expect(told(await second)).toBe('STOPPED none');
		await door.open();
		expect(told(await first)).toBe('banh_3 created');
		expect(juspay.count(NUMBER)).toBe(0);
	});

	it('between two requests ends the run: what was not sent is not in doubt', async () => {
		const juspay = await withRavi();
		const stop = new AbortController();
		let creates = 0;
		juspay.answers = (call, perform) => {
			if (isCreate(call) && ++creates === 2) stop.abort();
			return perform();
		};
		const wanted = ['a@upi', 'b@upi', 'c@upi', 'd@upi'].map(upi);
		const made = await create(juspay, wanted, { perRequest: 1, signal: stop.signal });
		expect(told(made)).toBe('banh_3 created, MAY_EXIST unknown, STOPPED none, STOPPED none');
		expect(creates).toBe(2);
	});
});
