import type { Account } from '../../nodes/Juspay/account/types';
import type { Answer } from '../../nodes/Juspay/http/transport';
import type { AccountOrder, CreateOrder, CreateResult } from '../../nodes/Juspay/once';
import { deleteAccounts, listAccounts, validateAccounts } from '../../nodes/Juspay/once';
import { Process } from '../../nodes/Juspay/once/session';
import type { Call } from '../../nodes/Juspay/wire/contract';
import { bank, SETTINGS, upi } from './accounts';
import { gate, settle } from './handClock';
import type { Execution, Kept } from './smallJuspay';
import {
	answered,
	createIn,
	knownJuspay,
	SmallJuspay,
	LOST,
	isCreate,
	isValidate,
	isList,
	isGet,
	meddle,
	MISSING,
} from './smallJuspay';

/** "The law, second half" of the promise: see docs/exactly-once.md. */

const ASHA = upi('asha@upi');
const RAVI = upi('ravi@upi');
const NUMBER = bank('026291800001191', 'HDFC0000001');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Order = Partial<CreateOrder> & { execution?: Execution };

async function create(
	juspay: SmallJuspay,
	accounts: Account[],
	{ execution, ...order }: Order = {},
): Promise<CreateResult[]> {
	return await createIn(juspay.session(execution), accounts, order);
}

const orderOf = (id: string, more: Partial<AccountOrder> = {}): AccountOrder => ({
	customerId: 'c',
	customerAccountId: id,
	settings: SETTINGS,
	...more,
});

/** What became of validations, in a word each. */
async function validate(
	juspay: SmallJuspay,
	orders: AccountOrder[],
	execution?: Execution,
): Promise<string[]> {
	const results = await validateAccounts(juspay.session(execution), orders);
	return results.map((one) => (one.ok ? one.value.validation : one.failure.code));
}

async function remove(juspay: SmallJuspay, id: string): Promise<string[]> {
	const results = await deleteAccounts(juspay.session(), [orderOf(id)]);
	return results.map((one) => (one.ok ? one.value : one.failure.code));
}

/** What became of each account, in a word. */
const told = (made: CreateResult[]) =>
	made.map((one) => {
		const validation = 'validation' in one && one.validation ? ` ${one.validation}` : '';
		return 'failure' in one ? one.failure.code : `${one.account.id} ${one.outcome}${validation}`;
	});

/** Of a failure what is said, in one line. */
function said([made]: CreateResult[]): string {
	if (!made || !('failure' in made)) throw new RangeError('Nothing has failed');
	return `${made.failure.message}. ${made.failure.description}`;
}

describe('a created account is never made again by the process that made it', () => {
	it.each([15 * SECOND, 60 * SECOND, HOUR, 23 * HOUR])(
		'%i ms later, whatever the list lacks: Get shows it; made once, paid once',
		async (later) => {
			const juspay = await knownJuspay();
			juspay.lists = () => [];
			const first = await create(juspay, [ASHA], { validate: true });
			expect(told(first)).toEqual(['banh_2 created started']);
			await juspay.clock.pause(later);
			const [second] = await create(juspay, [ASHA], { validate: true });
			expect(second).toMatchObject({ account: { id: 'banh_2' }, outcome: 'existing' });
			expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
		},
	);

	it('with lists 20 seconds late, from the very first create on', async () => {
		const juspay = new SmallJuspay();
		juspay.lateBy(20 * SECOND);
		await create(juspay, [ASHA], { validate: true });
		await juspay.clock.pause(3 * SECOND);
		const [again] = await create(juspay, [ASHA], { validate: true });
		expect(again).toMatchObject({ account: { id: 'banh_1' }, outcome: 'existing' });
		expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
	});

	it('after a list has shown it: the next replica may lack it again', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		await listAccounts(juspay.session(), 'c', '');
		juspay.lists = () => [];
		await juspay.clock.pause(HOUR);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
	});

	it('where Get answers 404, only once lists could show it; before, a message', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		juspay.kept.pop();
		const early = await create(juspay, [ASHA]);
		expect(told(early)).toEqual(['banh_3 created']);
		juspay.kept.pop();
		juspay.process.memory.settleMs = () => 10 * MINUTE;
		const young = await create(juspay, [ASHA]);
		expect(told(young)).toEqual(['STALE_LIST']);
		expect(said(young)).toMatch(/doesn't show it yet.*from 1 Jan 2026, 00:\d\d UTC on/);
		await juspay.clock.pause(10 * MINUTE);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_4 created']);
	});

	it('where Get answers anything else: a message, and no create', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		await juspay.clock.pause(HOUR);
		juspay.lists = () => [];
		meddle(juspay, (call) => (isGet(call) ? answered(503) : undefined));
		const made = await create(juspay, [ASHA]);
		expect(made).toMatchObject([{ failure: { kind: 'unavailable', effect: 'none' } }]);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('in runs at once', async () => {
		const juspay = await knownJuspay();
		juspay.lists = () => [];
		const runs = [1, 2, 3].map(async () => await create(juspay, [ASHA], { validate: true }));
		const made = (await Promise.all(runs)).flat();
		expect(told(made)).toEqual([
			'banh_2 created started',
			'banh_2 existing notNeeded',
			'banh_2 existing notNeeded',
		]);
		expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
	});
});

describe('a deleted account is not there', () => {
	it('whatever a list shows, for 24 hours: it is made anew, not given back', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		const [, before] = juspay.kept;
		expect(await remove(juspay, 'banh_2')).toEqual(['deleted']);
		juspay.lists = (kept) => [...kept, before as Kept];
		await juspay.clock.pause(23 * HOUR);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_3 created']);
		expect(await validate(juspay, [orderOf('banh_2')])).toEqual(['NOT_FOUND']);
	});

	it('is deleted again within 24 hours, not missing, and nothing is sent', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		await remove(juspay, 'banh_2');
		juspay.requests.length = 0;
		expect(await remove(juspay, 'banh_2')).toEqual(['deleted']);
		expect(juspay.requests).toEqual([]);
		await juspay.clock.pause(24 * HOUR);
		expect(await remove(juspay, 'banh_2')).toEqual(['notFound']);
	});

	it.each([false, true])(
		'until a create names the same ID; its answer lost: %j',
		async (isLost) => {
			const juspay = await knownJuspay();
			await create(juspay, [ASHA]);
			const [, again] = juspay.kept;
			meddle(juspay, (call, perform) => {
				if (call.form?.command !== 'delete' || !isLost) return undefined;
				perform();
				return LOST;
			});
			expect(await remove(juspay, 'banh_2')).toEqual(['deleted']);
			meddle(juspay, (call) => {
				if (!isCreate(call)) return undefined;
				juspay.kept.push(again as Kept);
				return answered(200, [juspay.wire(again as Kept)]);
			});
			expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
			expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
		},
	);

	it.each([
		['DELETED', { validation_status: 'DELETED' }],
		['deleted in another status', { account_status: 'deleted' }],
		['deleted: true', { deleted: true }],
	])(
		'where Juspay marks it: %s; a living one is preferred, and neither is it validated',
		async (_, mark) => {
			const juspay = await knownJuspay();
			const [marked] = [juspay.put(ASHA, 'ACTIVE')];
			juspay.shows = (kept) => ({ ...juspay.wire(kept), ...(kept === marked && mark) });
			expect(await validate(juspay, [orderOf(marked.id)])).toEqual(['NOT_FOUND']);
			expect(told(await create(juspay, [ASHA]))).toEqual(['banh_3 created']);
			expect(told(await create(juspay, [ASHA]))).toEqual(['banh_3 existing']);
			expect(juspay.paid).toBe(0);
		},
	);

	it.each([{ is_active: false }, { account_status: 'INACTIVE' }])(
		'and one that is only inactive is asked for by Get, which decides: %j',
		async (mark) => {
			const juspay = await knownJuspay();
			const { id } = juspay.put(ASHA);
			let isInactive = (path: string) => path.includes('/list');
			meddle(juspay, (call, perform) => {
				juspay.shows = (kept) => ({ ...juspay.wire(kept), ...(isInactive(call.path) && mark) });
				return perform();
			});
			expect(told(await create(juspay, [ASHA]))).toEqual([`${id} existing`]);
			isInactive = () => true;
			const made = await create(juspay, [ASHA], { validate: true });
			expect(told(made)).toEqual(['CANNOT_TELL']);
			expect(said(made)).toContain(id);
			expect(await validate(juspay, [orderOf(id)])).toEqual(['CANNOT_TELL']);
			expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 0]);
		},
	);

	it('where the answer to Delete was lost, and it now shows as deleted', async () => {
		const juspay = await knownJuspay();
		const { id } = juspay.put(ASHA);
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			...(kept.status === 'gone' && { deleted: true }),
		});
		meddle(juspay, (call) => {
			if (call.form?.command !== 'delete') return undefined;
			for (const kept of juspay.kept) if (kept.id === id) kept.status = 'gone';
			return LOST;
		});
		expect(await remove(juspay, id)).toEqual(['deleted']);
	});

	it.each(['PENDING', 'SUCCESS'])('and a 200 that says %s is looked at', async (status) => {
		const juspay = await knownJuspay();
		const { id } = juspay.put(ASHA);
		meddle(juspay, (call, perform) => {
			if (call.form?.command !== 'delete') return undefined;
			perform();
			return answered(200, { status, id });
		});
		expect(await remove(juspay, id)).toEqual(['deleted']);
	});
});

describe('absence proves nothing about what is younger than lists can lag', () => {
	/** A create that is lost; `isDone`: Juspay makes it all the same. */
	async function losing(juspay: SmallJuspay, isDone: boolean): Promise<CreateResult[]> {
		meddle(juspay, (call, perform) => {
			if (!isCreate(call)) return undefined;
			if (isDone) perform();
			return LOST;
		});
		const made = await create(juspay, [ASHA], { execution: { maxRetries: 0 } });
		juspay.answers = (_, perform) => perform();
		return made;
	}

	it('a lost create is sent again by a later run only ten minutes later, while no list has shown anything new', async () => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		const lost = await losing(juspay, false);
		expect(told(lost)).toEqual(['MAY_EXIST']);
		expect(said(lost)).toMatch(/from 1 Jan 2026, 00:11 UTC on: it settles this by itself/);
		await juspay.clock.pause(9 * MINUTE);
		expect(told(await create(juspay, [ASHA]))).toEqual(['MAY_EXIST']);
		expect(juspay.count(ASHA)).toBe(0);
		await juspay.clock.pause(MINUTE);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
	});

	it('twice the lag and 12 seconds later, where a list has shown something new', async () => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		juspay.lateBy(30 * SECOND);
		await create(juspay, [upi('x@upi')]);
		// The run itself has seen that its list lacked it at 12 seconds.
		for (let second = 0; second < 40; second += 10) {
			await juspay.clock.pause(10 * SECOND);
			await listAccounts(juspay.session(), 'c', '');
		}
		expect(juspay.process.memory.settleMs('')).toBeGreaterThan(2 * 22 * SECOND + 12 * SECOND);
		const lost = await losing(juspay, true);
		expect(told(lost)).toEqual(['MAY_EXIST']);
		await juspay.clock.pause(25 * SECOND);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_3 existing']);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('and as long after the answer was lost: a slow request may have taken effect just before', async () => {
		const juspay = await knownJuspay();
		juspay.lateBy(15 * SECOND);
		await create(juspay, [upi('x@upi')]);
		for (let second = 0; second < 20; second++) {
			await juspay.clock.pause(SECOND);
			await listAccounts(juspay.session(), 'c', '');
		}
		meddle(juspay, (call, perform) => {
			if (!isCreate(call)) return undefined;
			juspay.clock.pass(29 * SECOND);
			perform();
			juspay.clock.pass(SECOND);
			return LOST;
		});
		await create(juspay, [ASHA], { execution: { maxRetries: 0 } });
		juspay.answers = (_, perform) => perform();
		await create(juspay, [ASHA]);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('on two complete lists in a row that show the same: one alone is no proof', async () => {
		const juspay = await knownJuspay();
		const lost = await losing(juspay, false);
		expect(lost).toMatchObject([{ failure: { effect: 'none' } }]);
		const again = await knownJuspay();
		let lists = 0;
		meddle(again, (call, perform) => {
			if (isCreate(call)) {
				// Takes effect late: the first list after the time does not show it yet, the second does.
				if (lists === 1) again.put(ASHA);
				return LOST;
			}
			if (isList(call) && ++lists > 1 && lists < 5) return answered(200, { list: [], total: 0 });
			return perform();
		});
		expect(told(await create(again, [ASHA]))).toEqual(['banh_2 created']);
		expect(again.count(ASHA)).toBe(1);
	});
});

describe('accepted is not nothing', () => {
	it.each<[string, Answer]>([
		['a 202 with a request ID', answered(202, { request_id: 'x' })],
		[
			'an empty 200',
			{ kind: 'answered', status: 200, headers: {}, body: undefined, isEmpty: true },
		],
		['a 204', answered(204)],
		['JSON without an account', answered(200, { status: 'OK' })],
	])('%s: looked for in every run, and not sent again for 24 hours', async (_, answer) => {
		const juspay = await knownJuspay();
		let creates = 0;
		meddle(juspay, (call) => (isCreate(call) && ++creates === 1 ? answer : undefined));
		expect(told(await create(juspay, [ASHA]))).toEqual(['MAY_EXIST']);
		await juspay.clock.pause(23 * HOUR);
		const later = await create(juspay, [ASHA]);
		expect(told(later)).toEqual(['MAY_EXIST']);
		expect(said(later)).toMatch(/and accepted.*from 2 Jan 2026, 00:0\d UTC on/);
		expect(creates).toBe(1);
		const { id } = juspay.put(ASHA);
		expect(told(await create(juspay, [ASHA]))).toEqual([`${id} existing`]);
	});

	it('and what never came of it is made after 24 hours', async () => {
		const juspay = await knownJuspay();
		let creates = 0;
		meddle(juspay, (call) => (isCreate(call) && ++creates === 1 ? answered(202, {}) : undefined));
		await create(juspay, [ASHA]);
		await juspay.clock.pause(24 * HOUR);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
	});

	it('a page is a lost answer instead', async () => {
		const juspay = await knownJuspay();
		let creates = 0;
		meddle(juspay, (call) => (isCreate(call) && ++creates === 1 ? answered(200) : undefined));
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
		expect(creates).toBe(2);
	});
});

describe('no verdict for ever', () => {
	it.each<[string, (juspay: SmallJuspay) => Promise<unknown>]>([
		['a list, asked for by anyone', async (it) => await listAccounts(it.session(), 'c', '')],
		['the run itself, which looks again', async () => {}],
	])('one late list bars new customers until a list shows it: %s', async (_, look) => {
		const juspay = new SmallJuspay();
		juspay.lateBy(30 * SECOND);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_1 created']);
		expect(told(await create(juspay, [RAVI], { customerId: 'd' }))).toEqual(['EMPTY_LIST']);
		await juspay.clock.pause(30 * SECOND);
		await look(juspay);
		expect(told(await create(juspay, [RAVI], { customerId: 'd' }))).toEqual(['banh_2 created']);
	});

	it('and a foreign routing ID bars its own creates only', async () => {
		const juspay = new SmallJuspay();
		meddle(juspay, (call) =>
			isList(call) && call.routingId === 'foreign'
				? answered(200, { list: [], total: 0 })
				: undefined,
		);
		const foreign = { settings: { ...SETTINGS, routingId: 'foreign' } };
		expect(told(await create(juspay, [ASHA], foreign))).toEqual(['banh_1 created']);
		const next = await create(juspay, [RAVI], { ...foreign, customerId: 'd' });
		expect(told(next)).toEqual(['EMPTY_LIST']);
		expect(told(await create(juspay, [RAVI], { customerId: 'd' }))).toEqual(['banh_2 created']);
	});
});

describe('a door for a validation in doubt', () => {
	/** An account whose validation was lost, unpaid. */
	async function inDoubt(): Promise<SmallJuspay> {
		const juspay = await knownJuspay();
		juspay.put(ASHA);
		meddle(juspay, (call) => (isValidate(call) ? answered(503) : undefined));
		const first = await validate(juspay, [orderOf('banh_2')], { id: '1' });
		expect(first).toEqual(['VALIDATION_IN_DOUBT']);
		juspay.answers = (_, perform) => perform();
		return juspay;
	}

	const door = orderOf('banh_2', { validateInDoubt: true });

	it('a doubt stands for 24 hours, and says until when', async () => {
		const juspay = await inDoubt();
		await juspay.clock.pause(23 * HOUR);
		const [result] = await validateAccounts(juspay.session(), [orderOf('banh_2')]);
		expect(result).toMatchObject({
			failure: { description: expect.stringMatching(/a run after 2 Jan 2026, 00:0\d UTC/) },
		});
		await juspay.clock.pause(HOUR);
		expect(await validate(juspay, [orderOf('banh_2')])).toEqual(['started']);
	});

	it('opens for a doubt older than the execution and ten minutes, once in an execution', async () => {
		const juspay = await inDoubt();
		expect(await validate(juspay, [door], { id: '2' })).toEqual(['VALIDATION_IN_DOUBT']);
		await juspay.clock.pause(11 * MINUTE);
		// The execution that sent it can't overrule itself.
		expect(await validate(juspay, [door], { id: '1' })).toEqual(['VALIDATION_IN_DOUBT']);
		meddle(juspay, (call) => (isValidate(call) ? answered(503) : undefined));
		expect(await validate(juspay, [door, door], { id: '3' })).toEqual([
			'VALIDATION_IN_DOUBT',
			'VALIDATION_IN_DOUBT',
		]);
		juspay.answers = (_, perform) => perform();
		expect(await validate(juspay, [door], { id: '3' })).toEqual(['VALIDATION_IN_DOUBT']);
		expect(juspay.paid).toBe(0);
		await juspay.clock.pause(11 * MINUTE);
		expect(await validate(juspay, [door], { id: '4' })).toEqual(['started']);
		expect(juspay.paid).toBe(1);
	});

	it.each([
		['has moved since', { validation_status: 'PENDING' }],
		['is inactive', { is_active: false }],
	])('stays shut where Get shows that the account %s', async (_, shown) => {
		const juspay = await inDoubt();
		await juspay.clock.pause(11 * MINUTE);
		let gets = 0;
		meddle(juspay, (call, perform) => {
			if (isGet(call) && ++gets === 2) {
				juspay.shows = (kept) => ({ ...juspay.wire(kept), ...shown });
			}
			return perform();
		});
		expect(await validate(juspay, [door], { id: '2' })).not.toEqual(['started']);
		expect(juspay.paid).toBe(0);
	});

	it('stays shut where the account can not be read', async () => {
		const juspay = await inDoubt();
		await juspay.clock.pause(11 * MINUTE);
		let gets = 0;
		meddle(juspay, (call) =>
			isGet(call) && ++gets > 1 ? answered(404, { error_code: 'x' }) : undefined,
		);
		const [result] = await validate(juspay, [door], { id: '2' });
		expect(result).not.toBe('started');
		expect(juspay.paid).toBe(0);
	});

	it('and where Juspay had confirmed the start, and shows CREATED again, it was already started', async () => {
		const juspay = await knownJuspay();
		const kept = juspay.put(ASHA);
		expect(await validate(juspay, [orderOf(kept.id)])).toEqual(['started']);
		kept.status = 'CREATED';
		await juspay.clock.pause(HOUR);
		expect(await validate(juspay, [door])).toEqual(['alreadyStarted']);
		expect(juspay.notes).toEqual([expect.stringMatching(/was started on 1 Jan 2026/)]);
		expect(juspay.paid).toBe(1);
	});
});

describe('a delete whose answer was lost', () => {
	/** A known account whose delete takes effect although its answer is lost; lists still show it. */
	async function deletedUnseen() {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		juspay.put(NUMBER);
		const before = [...juspay.kept];
		meddle(juspay, (call, perform) => {
			const answer = perform();
			return call.form?.command === 'delete' ? LOST : answer;
		});
		const stop = new AbortController();
		const removing = deleteAccounts(juspay.session({ signal: stop.signal }), [orderOf('banh_2')]);
		await settle();
		stop.abort();
		await removing;
		juspay.lists = () => before;
		return juspay;
	}

	it('is asked about by Get before its account is given out as existing', async () => {
		const juspay = await deletedUnseen();
		expect(juspay.count(ASHA)).toBe(0);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_4 created']);
	});

	it('and before its account is validated from a list', async () => {
		const juspay = await deletedUnseen();
		expect(await validate(juspay, [orderOf('banh_3'), orderOf('banh_2')])).toEqual([
			'started',
			'NOT_FOUND',
		]);
	});
});

describe('lists that have not shown yet what this process has created', () => {
	it('prove nothing; once it can only be gone, Get says so, and they count again', async () => {
		const juspay = new SmallJuspay();
		juspay.lists = () => [];
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_1 created']);
		juspay.kept = [];
		await juspay.clock.pause(11 * MINUTE);
		expect(told(await create(juspay, [RAVI]))).toEqual(['banh_2 created']);
	});
});

describe('a status that goes back', () => {
	it('to CREATED with the date of the last validation is no reason to pay again', async () => {
		const juspay = await knownJuspay();
		const kept = juspay.put(ASHA);
		await validate(juspay, [orderOf(kept.id)]);
		Object.assign(kept, { status: 'ACTIVE', lastValidated: '2026-01-01T00:01:00Z' });
		expect(await validate(juspay, [orderOf(kept.id)])).toEqual(['notNeeded']);
		kept.status = 'CREATED';
		expect(await validate(juspay, [orderOf(kept.id)])).toEqual(['alreadyStarted']);
		expect(juspay.paid).toBe(1);
	});
});

describe('a penny drop that this process has not sent', () => {
	/** An account that this process has validated, and that shows when. */
	async function validated() {
		const juspay = await knownJuspay();
		const kept = juspay.put(ASHA);
		await validate(juspay, [orderOf(kept.id)]);
		Object.assign(kept, { status: 'ACTIVE', lastValidated: '2026-01-01T00:01:00Z' });
		await create(juspay, [ASHA]);
		return { juspay, kept };
	}

	it.each([
		['a list', async (juspay: SmallJuspay) => void (await create(juspay, [ASHA]))],
		['a Get', async (juspay: SmallJuspay) => void (await validate(juspay, [orderOf('banh_2')]))],
	])('is told once, with the ID, when %s shows its date', async (_, look) => {
		const { juspay, kept } = await validated();
		expect(juspay.notes).toEqual([]);
		kept.lastValidated = '2026-01-01T05:00:00Z';
		await look(juspay);
		await look(juspay);
		expect(juspay.notes).toEqual([expect.stringMatching(/^Validated once more .*: banh_2\. /)]);
	});

	it('is none where a late list shows an older date, or none', async () => {
		const { juspay, kept } = await validated();
		for (const lastValidated of ['2025-12-31T00:00:00Z', '', undefined, 'soon']) {
			Object.assign(kept, { lastValidated });
			await create(juspay, [ASHA]);
		}
		expect(juspay.notes).toEqual([]);
	});

	it('is none where this process has validated again', async () => {
		const { juspay, kept } = await validated();
		kept.status = 'FAILURE';
		await validate(juspay, [orderOf(kept.id)]);
		Object.assign(kept, { status: 'ACTIVE', lastValidated: '2026-01-01T05:00:00Z' });
		await create(juspay, [ASHA]);
		expect(juspay.paid).toBe(2);
		expect(juspay.notes).toEqual([]);
	});
});

describe('a Stop is no lost answer', () => {
	it.each([isCreate, isValidate])(
		'leaves nothing in doubt that was not handed over: %p',
		async (isHeld) => {
			const juspay = await knownJuspay();
			const stop = new AbortController();
			juspay.holdsBack = isHeld;
			const execution = { signal: stop.signal };
			const running = create(juspay, [ASHA], { validate: true, execution });
			await settle();
			stop.abort();
			await running;
			juspay.holdsBack = () => false;
			const [again] = await create(juspay, [ASHA], { validate: true });
			expect(again).toMatchObject({ account: { id: 'banh_2' }, validation: 'started' });
			expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
		},
	);

	/** A run that is stopped while Juspay works on a request of the kind that is meant. */
	async function stopped(juspay: SmallJuspay, isHeld: (call: Call) => boolean) {
		const door = gate();
		const stop = new AbortController();
		meddle(juspay, (call, perform) => {
			if (!isHeld(call)) return undefined;
			const answer = perform();
			return door.passed.then(() => answer);
		});
		const execution = { signal: stop.signal };
		const running = create(juspay, [ASHA], { validate: true, execution });
		await settle();
		stop.abort();
		const made = await running;
		juspay.requests.length = 0;
		return { made, door };
	}

	it('a create that was handed over settles the memory in the background, and nothing follows it', async () => {
		const juspay = await knownJuspay();
		const { made, door } = await stopped(juspay, isCreate);
		expect(told(made)).toEqual(['MAY_EXIST']);
		await door.open();
		expect(juspay.requests).toEqual([]);
		juspay.lists = () => [];
		const [again] = await create(juspay, [ASHA], { validate: true });
		expect(again).toMatchObject({ account: { id: 'banh_2' }, outcome: 'existing' });
		expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
	});

	it('a validation that was handed over, too', async () => {
		const juspay = await knownJuspay();
		const { made, door } = await stopped(juspay, isValidate);
		expect(told(made)).toEqual(['VALIDATION_IN_DOUBT']);
		await door.open();
		expect(juspay.requests).toEqual([]);
		for (const kept of juspay.kept) kept.status = 'CREATED';
		expect(await validate(juspay, [orderOf('banh_2')])).toEqual(['alreadyStarted']);
		expect(juspay.paid).toBe(1);
	});

	it.each([isCreate, isValidate])('the turn is not passed on before: %p', async (isHeld) => {
		const juspay = await knownJuspay();
		const { door } = await stopped(juspay, isHeld);
		const next = create(juspay, [ASHA], { validate: true });
		await settle();
		expect(juspay.requests).toEqual([]);
		await door.open();
		expect(await next).toMatchObject([{ account: { id: 'banh_2' }, outcome: 'existing' }]);
		expect([juspay.count(ASHA), juspay.paid]).toEqual([1, 1]);
	});

	it('a late refusal settles it as well', async () => {
		const juspay = await knownJuspay();
		const door = gate();
		const stop = new AbortController();
		meddle(juspay, (call) =>
			isCreate(call)
				? door.passed.then(() => answered(400, { error_info: { code: 'INVALID_INPUT' } }))
				: undefined,
		);
		const running = create(juspay, [ASHA], { execution: { signal: stop.signal } });
		await settle();
		stop.abort();
		await running;
		await door.open();
		juspay.answers = (_, perform) => perform();
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
	});

	it('a late answer that is lost counts from then on: the create may take effect a moment later', async () => {
		const juspay = await knownJuspay();
		const door = gate();
		const stop = new AbortController();
		meddle(juspay, (call) => (isCreate(call) ? door.passed.then(() => LOST) : undefined));
		const running = create(juspay, [ASHA], { execution: { signal: stop.signal } });
		await settle();
		stop.abort();
		await running;
		juspay.clock.pass(29 * SECOND);
		await door.open();
		const { at } = juspay.put(ASHA);
		juspay.lists = (kept) =>
			kept.filter((one) => one.at < at || juspay.clock.now() > at + 5 * SECOND);
		juspay.answers = (_, perform) => perform();
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
		expect(juspay.count(ASHA)).toBe(1);
	});
});

describe('the keys of the memory', () => {
	it('facts about an account go by its ID, whatever the customer is called', async () => {
		const juspay = await knownJuspay();
		const { id } = juspay.put(ASHA);
		expect(await validate(juspay, [orderOf(id)])).toEqual(['started']);
		for (const kept of juspay.kept) kept.status = 'CREATED';
		const other = orderOf(id, { customerId: 'cst_c' });
		expect(await validate(juspay, [other])).toEqual(['alreadyStarted']);
		expect(juspay.paid).toBe(1);
	});

	it('two rows with one ID under two customers: each is looked at under its own, one penny drop', async () => {
		const juspay = await knownJuspay();
		const { id } = juspay.put(ASHA);
		const paths: string[] = [];
		meddle(juspay, (call) => void paths.push(call.path));
		const [one, other] = await Promise.all([
			validate(juspay, [orderOf(id)]),
			validate(juspay, [orderOf(id, { customerId: 'cst_c' })]),
		]);
		expect([...one, ...other].sort()).toEqual(['alreadyStarted', 'started']);
		expect(paths.filter((path) => path.includes('/cst_c/'))).not.toEqual([]);
		expect(juspay.paid).toBe(1);
	});

	it('two letter cases of a customer take one turn, each under its own spelling', async () => {
		const juspay = await knownJuspay();
		const paths: string[] = [];
		meddle(juspay, (call) => void paths.push(call.path));
		const made = await Promise.all([
			create(juspay, [ASHA]),
			create(juspay, [ASHA], { customerId: 'C' }),
		]);
		expect(told(made.flat())).toEqual(['banh_2 created', 'banh_2 existing']);
		expect(paths).toContain('/customers/C/customer-accounts/list');
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('two letter cases that are two customers each get their own', async () => {
		const juspay = await knownJuspay();
		juspay.lists = () => [];
		meddle(juspay, (call) => (isGet(call) && call.path.includes('/C/') ? MISSING : undefined));
		const made = await create(juspay, [ASHA]);
		const other = await create(juspay, [ASHA], { customerId: 'C' });
		expect(told([...made, ...other])).toEqual(['banh_2 created', 'banh_3 created']);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
	});

	it("Juspay's answers to validations are kept for the newest executions only", async () => {
		const juspay = await knownJuspay();
		for (let execution = 0; execution < 120; execution++) {
			const { id } = juspay.put(upi(`a${execution}@upi`));
			expect(await validate(juspay, [orderOf(id)], { id: `${execution}` })).toEqual(['started']);
		}
		const executions = [...juspay.process.executions.values()];
		const kept = executions.reduce((sum, { validated }) => sum + validated.size, 0);
		expect(kept).toBeLessThanOrEqual(50);
	});

	it('how young an account is counts from the answer, however long Juspay took to create it', async () => {
		const juspay = await knownJuspay();
		const isLate = () => juspay.clock.now() - (juspay.kept.at(-1)?.at ?? 0) < 3 * SECOND;
		meddle(juspay, (call) => {
			if (isCreate(call)) juspay.clock.pass(20 * SECOND);
			return isGet(call) && isLate() ? MISSING : undefined;
		});
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
		juspay.lateBy(3 * SECOND);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('another process knows nothing of it', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [ASHA]);
		juspay.process = new Process();
		juspay.requests.length = 0;
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
		expect(juspay.requests).toEqual(['list']);
	});
});

describe('inside one run as between runs', () => {
	const OTHER = bank('026291800001191', 'ICIC0000002');

	it('of one number under two IFSCs the first in the input goes first, the other is similar', async () => {
		const juspay = await knownJuspay();
		const made = await create(juspay, [NUMBER, ASHA, OTHER]);
		expect(told(made)).toEqual(['banh_2 created', 'banh_3 created', 'SIMILAR_ACCOUNT']);
		expect(juspay.count(OTHER)).toBe(0);
	});

	it('if the first is refused, the next has its turn', async () => {
		const juspay = await knownJuspay();
		juspay.refuses = (account) =>
			account.type === 'bankAccount' && account.ifsc === 'HDFC0000001' ? 'Unknown bank' : undefined;
		expect(told(await create(juspay, [NUMBER, OTHER]))).toEqual(['REFUSED', 'banh_2 created']);
	});

	it('if the first is in doubt, so are the others', async () => {
		const juspay = await knownJuspay();
		juspay.put(RAVI);
		meddle(juspay, (call) => (isCreate(call) ? answered(202, {}) : undefined));
		expect(told(await create(juspay, [NUMBER, OTHER]))).toEqual(['MAY_EXIST', 'MAY_EXIST']);
	});

	it('and between runs too', async () => {
		const juspay = await knownJuspay();
		await create(juspay, [NUMBER]);
		juspay.lists = () => [];
		expect(told(await create(juspay, [OTHER]))).toEqual(['SIMILAR_ACCOUNT']);
	});

	it('with Create Another both are made', async () => {
		const juspay = await knownJuspay();
		const made = await create(juspay, [NUMBER, OTHER], { onExisting: 'create' });
		expect(told(made)).toEqual(['banh_2 created', 'banh_3 created']);
	});
});

describe('what Juspay rewrote', () => {
	const rewritten = {
		account_number: '026291800001191',
		ifsc: 'UBIN0000009',
		beneficiary_name: 'A',
	};

	it.each([
		['the IFSC after a merger', rewritten],
		['blanks around values', { ...rewritten, account_number: ' 026291800001191 ' }],
		['a number that is masked', { ...rewritten, account_number: 'XXXX1191' }],
	])('belongs to the only row of its create: %s', async (_, details) => {
		const juspay = await knownJuspay();
		juspay.shows = (kept) => ({
			id: kept.id,
			validation_status: kept.status,
			account_details: details,
		});
		expect(told(await create(juspay, [NUMBER]))).toEqual(['banh_2 created']);
		expect(told(await create(juspay, [NUMBER]))).toEqual(['banh_2 existing']);
		expect(juspay.count(NUMBER)).toBe(1);
	});

	it.each([
		['another number', { ...rewritten, account_number: '999999999999' }],
		['another type', { vpa: 'asha@upi' }],
	])('but not where it contradicts: %s', async (_, details) => {
		const juspay = await knownJuspay();
		juspay.shows = (kept) => ({
			id: kept.id,
			validation_status: kept.status,
			account_details: details,
		});
		expect(told(await create(juspay, [NUMBER]))[0]).toMatch(/MAY_EXIST|CREATED_UNCLEAR/);
	});

	it('found in a list, it belongs to the row only with the same number', async () => {
		for (const [number, expected] of [
			['026291800001191', 'banh_2 created'],
			['XXXX1191', 'MAY_EXIST'],
		] as const) {
			const juspay = await knownJuspay();
			juspay.shows = (kept) => ({
				id: kept.id,
				validation_status: kept.status,
				account_details: { ...rewritten, account_number: number },
			});
			meddle(juspay, (call, perform) => {
				if (!isCreate(call)) return undefined;
				perform();
				return LOST;
			});
			expect(told(await create(juspay, [NUMBER]))).toEqual([expected]);
			expect(juspay.count(NUMBER)).toBe(1);
		}
	});

	it('found in a list, each belongs to the only row with its number', async () => {
		const juspay = await knownJuspay();
		juspay.shows = ({ id, status, account }) => ({
			id,
			validation_status: status,
			account_details:
				account.type === 'upi'
					? { vpa: account.vpa }
					: { account_number: account.accountNumber, ifsc: 'UBIN0000009' },
		});
		meddle(juspay, (call, perform) => {
			if (!isCreate(call)) return undefined;
			perform();
			return LOST;
		});
		const rows = [NUMBER, ASHA, bank('026291800005555'), bank('026291800001192')];
		const made = await create(juspay, rows);
		expect(told(made)).toEqual(['2', '3', '4', '5'].map((id) => `banh_${id} created`));
	});
});

describe('decided by code', () => {
	it.each([
		[400, 'DUPLICATE_REQUEST'],
		[409, 'DUPLICATE_REQUEST'],
		[400, 'GATEWAY_TIMEOUT'],
		[422, 'NETWORK_ERROR'],
	])('a refusal with %i and %s proves nothing: it is looked for', async (status, code) => {
		const juspay = await knownJuspay();
		meddle(juspay, (call, perform) => {
			if (!isCreate(call)) return undefined;
			perform();
			return answered(status, { error_info: { code } });
		});
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
		expect(juspay.count(ASHA)).toBe(1);
	});

	it('a refusal behind a 2xx proves nothing: its parts are sent only once two lists show nothing', async () => {
		const juspay = await knownJuspay();
		juspay.lateBy(5 * SECOND);
		let hasEffect = true;
		meddle(juspay, (call, perform) => {
			if (!isCreate(call) || !hasEffect) return undefined;
			hasEffect = false;
			perform();
			return answered(200, { status: 'error', error_info: { code: 'INVALID_INPUT' } });
		});
		expect(told(await create(juspay, [ASHA, RAVI]))).toEqual(['banh_2 created', 'banh_3 created']);
		expect([juspay.count(ASHA), juspay.count(RAVI)]).toEqual([1, 1]);
	});

	it('a refusal behind a 2xx that two lists bear out leaves no doubt behind', async () => {
		const juspay = await knownJuspay();
		const refusal = { status: 'error', error_info: { code: 'INVALID_INPUT' } };
		meddle(juspay, (call) => (isCreate(call) ? answered(200, refusal) : undefined));
		expect(told(await create(juspay, [ASHA]))).toEqual(['REFUSED']);
		meddle(juspay, () => undefined);
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 created']);
	});
});

describe('a validation of what was created a moment ago', () => {
	it('is sent again after a 404: a replica is late', async () => {
		const juspay = await knownJuspay();
		let tries = 0;
		meddle(juspay, (call) => (isValidate(call) && ++tries < 3 ? MISSING : undefined));
		expect(told(await create(juspay, [ASHA], { validate: true }))).toEqual([
			'banh_2 created started',
		]);
		expect(juspay.paid).toBe(1);
	});

	it('is not sent again after another refusal', async () => {
		const juspay = await knownJuspay();
		let tries = 0;
		const refusal = { error_info: { code: 'INVALID_INPUT' } };
		meddle(juspay, (call) => (isValidate(call) && ++tries ? answered(400, refusal) : undefined));
		expect(told(await create(juspay, [ASHA], { validate: true }))).toEqual(['REFUSED']);
		expect(tries).toBe(1);
	});

	it('where it is the only one in a run, another row of the same account says that it was started', async () => {
		const juspay = await knownJuspay();
		const made = await create(juspay, [ASHA, ASHA], { validate: true });
		expect(told(made)).toEqual(['banh_2 created started', 'banh_2 existing alreadyStarted']);
		expect(juspay.paid).toBe(1);
	});
});

describe('a limit of one request a second', () => {
	it('is no dead end: look and validation each get through, and each is sent once', async () => {
		const juspay = await knownJuspay();
		const { id } = juspay.put(ASHA);
		let free = 0;
		juspay.answers = (_, perform) => {
			if (juspay.clock.now() < free) return answered(429);
			free = juspay.clock.now() + SECOND;
			return perform();
		};
		expect(await validate(juspay, [orderOf(id)])).toEqual(['started']);
		expect(juspay.paid).toBe(1);
	});

	it.each(['0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
		'a pause has a floor where Retry-After is %s',
		async (retryAfter) => {
			const juspay = await knownJuspay();
			const { id } = juspay.put(ASHA);
			juspay.clock.pauses.length = 0;
			let tries = 0;
			meddle(juspay, (call) =>
				isValidate(call) && ++tries === 1
					? { kind: 'answered', status: 429, headers: { 'retry-after': retryAfter }, body: {} }
					: undefined,
			);
			await validate(juspay, [orderOf(id)]);
			expect(Math.min(...juspay.clock.pauses)).toBeGreaterThan(100);
		},
	);
});

describe('what another request in doubt may have made', () => {
	const OTHER = bank('999991800001191');

	it.each<[string, Answer]>([
		['accepted', answered(202, {})],
		['lost', LOST],
	])('is given to no row in part, and not called created: the create is %s', async (_, answer) => {
		const juspay = await knownJuspay();
		juspay.shows = (kept) => ({
			...juspay.wire(kept),
			account_details: { account_number: 'XXXXXXXXXXX1191', ifsc: 'HDFC0000001' },
		});
		let creates = 0;
		meddle(juspay, (call) => {
			if (!isCreate(call)) return undefined;
			// The first is accepted, and done while the second is under way.
			if (++creates === 2) juspay.put(OTHER);
			return creates === 1 ? answered(202, {}) : answer;
		});
		expect(told(await create(juspay, [OTHER]))).toEqual(['MAY_EXIST']);
		expect(told(await create(juspay, [NUMBER]))).toEqual(['MAY_EXIST']);
		expect(creates).toBe(2);
	});
});

describe('a doubt that a later run settles', () => {
	it('takes two lists in a row, both taken late enough: one that lacks the account is no proof', async () => {
		const juspay = new SmallJuspay();
		juspay.put(RAVI);
		meddle(juspay, (call, perform) => {
			if (!isCreate(call)) return undefined;
			perform();
			return LOST;
		});
		juspay.lists = (kept) => kept.slice(0, 1);
		expect(told(await create(juspay, [ASHA]))).toEqual(['MAY_EXIST']);
		juspay.answers = (_, perform) => perform();
		await juspay.clock.pause(10 * MINUTE - 20 * SECOND);
		let lists = 0;
		juspay.lists = (kept) => (++lists < 3 ? kept.slice(0, 1) : kept);
		const begun = juspay.clock.now();
		expect(told(await create(juspay, [ASHA]))).toEqual(['banh_2 existing']);
		expect(juspay.clock.now() - begun).toBeLessThan(MINUTE);
		expect(juspay.count(ASHA)).toBe(1);
	});
});

describe('a validation by ID', () => {
	it('asks Get for an ID of digits alone, whatever the list shows: it may be an account number', async () => {
		const juspay = await knownJuspay();
		const kept = juspay.put(ASHA);
		kept.id = '026291800001191';
		const { id } = juspay.put(RAVI);
		meddle(juspay, (call) => (isGet(call) ? MISSING : undefined));
		const done = await validate(juspay, [orderOf(kept.id), orderOf(id)]);
		expect(done).toEqual(['NOT_FOUND', 'started']);
		expect(juspay.paid).toBe(1);
	});

	it('asks Get where a list shows a failure without its time: it may be the one before', async () => {
		const juspay = await knownJuspay();
		const orders = [juspay.put(ASHA, 'FAILURE'), juspay.put(RAVI, 'FAILURE')].map(({ id }) =>
			orderOf(id),
		);
		expect(await validate(juspay, orders)).toEqual(['started', 'started']);
		juspay.lists = (kept) => kept.map((one) => ({ ...one, status: 'FAILURE' }));
		await juspay.clock.pause(MINUTE);
		expect(await validate(juspay, orders)).toEqual(['notNeeded', 'notNeeded']);
		expect(juspay.paid).toBe(2);
		meddle(juspay, (call) => (isGet(call) ? answered(503) : undefined));
		expect(await validate(juspay, orders)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
		meddle(juspay, () => undefined);
		for (const kept of juspay.kept) kept.status = 'FAILURE';
		expect(await validate(juspay, orders)).toEqual(['started', 'started']);
	});

	it.each<[string, Account, object, object]>([
		[
			'what was known of the account, where the answer leaves it out',
			ASHA,
			{},
			{ vpa: 'asha@upi', lastValidated: '2025-12-31T00:00:00Z' },
		],
		[
			'a date of the answer',
			ASHA,
			{ last_validated: '2026-01-01' },
			{ lastValidated: '2026-01-01' },
		],
		['a UPI ID of the answer', ASHA, { vpa: 'ASHA@upi' }, { vpa: 'ASHA@upi' }],
		[
			'an account of the answer',
			NUMBER,
			{ account_number: '1234567890' },
			{ accountNumber: '1234567890' },
		],
	])('shows %s', async (_, account, answer, shown) => {
		const juspay = await knownJuspay();
		const kept = juspay.put(account, 'FAILURE');
		kept.lastValidated = '2025-12-31T00:00:00Z';
		meddle(juspay, (call, perform) => {
			if (!isValidate(call)) return undefined;
			perform();
			return answered(200, { id: kept.id, validation_status: 'PENDING', ...answer });
		});
		const [result] = await validateAccounts(juspay.session(), [orderOf(kept.id)]);
		expect(result).toMatchObject({ value: { account: { ...shown, status: 'PENDING' } } });
	});
});
