import fc from 'fast-check';
import { EVENTS } from '../../nodes/Juspay/account/status';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import type { Failure } from '../../nodes/Juspay/http/failure';
import type { Look, Memory } from '../../nodes/Juspay/trigger/memory';
import { hasBaseline, keep, learn, newMemory, recall } from '../../nodes/Juspay/trigger/memory';

const ALL = EVENTS.map(({ status }) => status as string);

/** What is known of accounts by customer: status by account ID. */
type Standing = Record<string, Record<string, string>>;

/** A look that finds accounts in these statuses, e.g. `ACTIVE` or `ACTIVE 2026-01-01T00:00:00Z`. */
const found = (customerId: string, statuses: Record<string, string>): Look => ({
	customerId,
	accounts: Object.entries(statuses).map(([id, shown]) => {
		const [status = '', lastValidated = ''] = shown.split(' ');
		return { id, status, lastValidated } as CustomerAccount;
	}),
});

const unreadable = (customerId: string): Look => ({
	customerId,
	failure: { message: 'refused' } as Failure,
});

const NOTHING = newMemory('test');

const known = (standing: Standing): Memory => ({
	...NOTHING,
	customers: Object.fromEntries(
		Object.entries(standing).map(([customer, accounts]) => [
			customer,
			{ accounts: Object.keys(accounts) },
		]),
	),
	accounts: Object.fromEntries(
		Object.values(standing).flatMap((accounts) =>
			Object.entries(accounts).map(([id, status]) => [id, { status }]),
		),
	),
});

/** What is reported, as `id status`. */
const reported = (
	before: Memory,
	looks: Look[],
	statuses: readonly string[] = ALL,
	emitExisting = false,
) =>
	learn(before, looks, statuses, emitExisting).changes.map(
		({ account: { id, status } }) => `${id} ${status}`,
	);

const knownAfter = (before: Memory, looks: Look[]): Memory =>
	JSON.parse(JSON.stringify(learn(before, looks, ALL, false).memory)) as Memory;

describe('a customer seen for the first time', () => {
	it('reports nothing, and is known from then on', () => {
		const looks = [found('c', { a: 'ACTIVE', b: 'CREATED' })];
		expect(reported(NOTHING, looks)).toEqual([]);
		expect(knownAfter(NOTHING, looks)).toEqual(known({ c: { a: 'ACTIVE', b: 'CREATED' } }));
	});

	it('reports all that fit, where existing ones are wanted', () => {
		const looks = [found('c', { a: 'ACTIVE', b: 'CREATED' })];
		expect(reported(NOTHING, looks, ['ACTIVE'], true)).toEqual(['a ACTIVE']);
	});

	it('that has no accounts yet is known as well: its first account is news', () => {
		const before = knownAfter(NOTHING, [found('c', {})]);
		expect(reported(before, [found('c', { a: 'CREATED' })])).toEqual(['a CREATED']);
	});
});

describe('a known customer', () => {
	const before = known({ c: { a: 'PENDING', b: 'ACTIVE' } });

	it('reports an account that is new', () => {
		const looks = [found('c', { a: 'PENDING', b: 'ACTIVE', d: 'CREATED' })];
		expect(reported(before, looks)).toEqual(['d CREATED']);
	});

	it('reports the chosen events only, but learns the others', () => {
		const looks = [found('c', { a: 'FAILURE', b: 'PENDING' })];
		expect(reported(before, looks, ['ACTIVE', 'FAILURE'])).toEqual(['a FAILURE']);
		expect(knownAfter(before, looks)).toEqual(known({ c: { a: 'FAILURE', b: 'PENDING' } }));
	});

	it('reports a validation that has ended once more with the same result, by its time', () => {
		const ended = knownAfter(NOTHING, [found('c', { a: 'ACTIVE 2026-01-01T00:00:00Z' })]);
		const again = (time: string) => reported(ended, [found('c', { a: `ACTIVE ${time}` })]);
		expect(again('2026-01-01T00:00:05.123456+00:00')).toEqual(['a ACTIVE']);
		expect(again('2026-01-01T00:00:00.999999Z')).toEqual([]);
	});
});

describe('a customer watched by both of its IDs', () => {
	it('has each change reported once', () => {
		const before = known({ cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } });
		const looks = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
	});

	it('has it reported once also where one of them could not be read at first', () => {
		const before = known({ cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } });
		const looks = [found('cst_asha', { a: 'ACTIVE' }), unreadable('customer_1122')];
		const later = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
		expect(reported(knownAfter(before, looks), later)).toEqual([]);
	});

	it('has a change reported that the ID which could not be read still remembers', () => {
		const before = known({ cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } });
		const failed = knownAfter(before, [
			found('cst_asha', { a: 'FAILURE' }),
			unreadable('customer_1122'),
		]);
		const again = [found('cst_asha', { a: 'PENDING' }), unreadable('customer_1122')];
		expect(reported(failed, again)).toEqual(['a PENDING']);
	});

	it('loses no change where it was watched under one of them before', () => {
		const before = known({ cst_asha: { a: 'PENDING' } });
		const looks = [found('customer_1122', { a: 'ACTIVE' }), found('cst_asha', { a: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
	});

	it('is reported once where the two lists of one poll differ in age', () => {
		const before = known({ cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } });
		const looks = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'PENDING' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
		const later = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(knownAfter(before, looks), later)).toEqual([]);
	});
});

describe('a change', () => {
	const changes = (...given: Parameters<typeof learn>) =>
		learn(...given).changes.map(({ account, customerId, previousStatus }) => [
			account.id,
			customerId,
			previousStatus,
		]);

	it('names the status that the account had before, where it is known', () => {
		const before = known({ c: { a: 'PENDING', b: '', d: 'IN_REVIEW' } });
		const looks = [found('c', { a: 'ACTIVE', b: 'ACTIVE', d: 'ACTIVE', e: 'CREATED' })];
		expect(changes(before, looks, ALL, false)).toEqual([
			['a', 'c', 'PENDING'],
			['b', 'c', null],
			['d', 'c', 'IN_REVIEW'],
			['e', 'c', null],
		]);
		expect(changes(NOTHING, looks, ['CREATED'], true)).toEqual([['e', 'c', null]]);
	});

	it('of a customer under two names is named as the first listed, also where another was read', () => {
		// JavaScript would put a key of digits first.
		const before = known({ customer_1122: { a: 'PENDING' }, '12345678': { a: 'PENDING' } });
		const first = found('customer_1122', { a: 'ACTIVE' });
		const second = found('12345678', { a: 'ACTIVE' });
		for (const looks of [
			[first, second],
			[unreadable('customer_1122'), second],
			[first, unreadable('12345678')],
		]) {
			expect(changes(before, looks, ALL, false)).toEqual([['a', 'customer_1122', 'PENDING']]);
		}
	});
});

describe('an account that is missing from its list', () => {
	const before = known({ c: { a: 'ACTIVE', b: 'PENDING' } });

	it('is no news when it comes back, also after several polls', () => {
		let now = before;
		for (let poll = 0; poll < 60; poll++) now = knownAfter(now, [found('c', { b: 'PENDING' })]);
		expect(reported(now, [found('c', { a: 'ACTIVE', b: 'PENDING' })])).toEqual([]);
		expect(reported(now, [found('c', { a: 'FAILURE', b: 'PENDING' })])).toEqual(['a FAILURE']);
	});

	it('is forgotten when it stays away', () => {
		let now = before;
		for (let poll = 0; poll < 2000; poll++) now = knownAfter(now, [found('c', { b: 'PENDING' })]);
		expect(now).toEqual(known({ c: { b: 'PENDING' } }));
	});

	it('is not forgotten where no account is listed at all: that may be an outage', () => {
		let now = before;
		for (let poll = 0; poll < 2000; poll++) now = knownAfter(now, [found('c', {})]);
		expect(reported(now, [found('c', { a: 'ACTIVE', b: 'FAILURE' })])).toEqual(['b FAILURE']);
	});

	it('keeps its status where an answer leaves the status out', () => {
		const now = knownAfter(before, [found('c', { a: '', b: 'PENDING' })]);
		expect(reported(now, [found('c', { a: 'ACTIVE', b: 'PENDING' })])).toEqual([]);
	});
});

describe('an account that Juspay marks as not in use', () => {
	const marked = (status: string): Look => {
		const look = found('c', { a: status });
		return { ...look, accounts: look.accounts?.map((it) => ({ ...it, presence: 'inactive' })) };
	};

	it('is no news, and its status counts again once it is in use', () => {
		const before = known({ c: { a: 'PENDING' } });
		expect(reported(before, [marked('ACTIVE')])).toEqual([]);
		const now = knownAfter(before, [marked('ACTIVE')]);
		expect(reported(now, [found('c', { a: 'ACTIVE' })])).toEqual(['a ACTIVE']);
	});
});

describe('what is kept', () => {
	it('forgets customers that are no longer watched', () => {
		const before = known({ c: { b: 'ACTIVE' }, d: { x: 'ACTIVE' } });
		expect(knownAfter(before, [found('c', { b: 'ACTIVE' })])).toEqual(
			known({ c: { b: 'ACTIVE' } }),
		);
	});

	it('contains nothing of a customer that could never be read: the first sight only teaches', () => {
		expect(knownAfter(NOTHING, [unreadable('c')]).accounts).toEqual({});
		expect(hasBaseline(knownAfter(NOTHING, [unreadable('c')]), [unreadable('c')])).toBe(false);
		expect(hasBaseline(known({ c: {} }), [unreadable('d'), unreadable('c')])).toBe(true);
	});

	it('leaves what was known before as it was', () => {
		const before = known({ c: { a: 'PENDING' } });
		learn(before, [found('c', { a: 'ACTIVE' })], ALL, false);
		expect(before).toEqual(known({ c: { a: 'PENDING' } }));
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'works for a customer and an account called "%s"',
		(name) => {
			const at = (status: string): Look => ({
				customerId: name,
				accounts: [{ id: name, status, lastValidated: '' } as CustomerAccount],
			});
			expect(reported(NOTHING, [at('ACTIVE')])).toEqual([]);
			const before = knownAfter(NOTHING, [at('PENDING')]);
			expect(reported(before, [at('ACTIVE')])).toEqual([`${name} ACTIVE`]);
		},
	);
});

describe('over any course of polls', () => {
	const STATUSES = ['CREATED', 'PENDING', 'ACTIVE', 'FAILURE', 'IN_REVIEW'];
	/** What each poll finds of one account of each of two customers; undefined: it can't be read. */
	const courses = fc.array(
		fc.tuple(
			fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
			fc.option(fc.constantFrom(...STATUSES), { nil: undefined }),
		),
		{ maxLength: 12 },
	);

	it('each change that a poll can see is reported exactly once, after the first sight', () => {
		fc.assert(
			fc.property(courses, (polls) => {
				let before = NOTHING;
				const reports: Record<string, string[]> = { c: [], d: [] };
				for (const statuses of polls) {
					const looks = ['c', 'd'].map((customerId, index) => {
						const status = statuses[index];
						return status === undefined
							? unreadable(customerId)
							: found(customerId, { [`of ${customerId}`]: status });
					});
					const result = learn(before, looks, ALL, false);
					for (const {
						account: { id, status },
					} of result.changes)
						reports[id.slice(3)]?.push(status);
					before = JSON.parse(JSON.stringify(result.memory)) as Memory;
				}
				for (const [index, customerId] of ['c', 'd'].entries()) {
					const seen = polls.flatMap((statuses) => statuses[index] ?? []);
					const changes = seen.filter((status, at) => at > 0 && status !== seen[at - 1]);
					expect(reports[customerId]).toEqual(changes.filter((status) => ALL.includes(status)));
				}
			}),
		);
	});
});

describe('a poll after which little is known', () => {
	it('leaves an account that Juspay shows without a status without one', () => {
		expect(knownAfter(NOTHING, [found('c', { a: '' })])).toEqual(known({ c: { a: '' } }));
	});

	it('takes an account whose status got lost for one without a status', () => {
		const before = { ...known({ c: { a: 'ACTIVE' } }), accounts: {} };
		expect(knownAfter(before, [unreadable('c')]).accounts).toEqual({ a: { status: '' } });
	});
});

describe('the polls in which an account is missing', () => {
	const missing = found('c', { b: 'PENDING' });
	const before = known({ c: { a: 'ACTIVE', b: 'PENDING' } });
	const after = (looks: Look[]) =>
		looks.reduce((now, look) => knownAfter(now, [look]), before).customers.c?.accounts;

	it('are a thousand before it is forgotten', () => {
		expect(after(Array<Look>(1000).fill(missing))).toContain('a');
		expect(after(Array<Look>(1001).fill(missing))).not.toContain('a');
	});

	it('are counted on where the list could not be read in between', () => {
		const half = Array<Look>(500).fill(missing);
		expect(after([...half, unreadable('c'), ...half])).toContain('a');
		expect(after([...half, unreadable('c'), ...half, missing])).not.toContain('a');
	});

	it.each([
		['first', (one: Look, other: Look) => [one, other]],
		['last', (one: Look, other: Look) => [other, one]],
	])('count for the ID that was read, also where it comes %s', (_, order) => {
		const both = known({ cst_asha: { a: 'ACTIVE' }, customer_1122: { a: 'ACTIVE' } });
		const looks = order(found('cst_asha', { b: 'ACTIVE' }), unreadable('customer_1122'));
		both.accounts.a = { status: 'ACTIVE', missing: 3 };
		expect(knownAfter(both, looks).accounts.a?.missing).toBe(4);
	});
});

describe("a validation's time", () => {
	/** Plays what an account is shown as, poll by poll, the first one known; gives what is reported. */
	const play = (...shown: string[]) => {
		let memory = NOTHING;
		return shown.flatMap((status) => {
			const looks = [found('c', { a: status })];
			const news = reported(memory, looks);
			memory = knownAfter(memory, looks);
			return news;
		});
	};
	const AT_1 = '2026-11-30T10:00:00Z';
	const AT_2 = '2026-11-30T10:05:00Z';
	const AT_3 = '2026-11-30T10:09:00Z';

	it.each<[string, string[], string[]]>([
		['a later failure is news', [`FAILURE ${AT_1}`, `FAILURE ${AT_2}`], ['a FAILURE']],
		['a later success is news', [`ACTIVE ${AT_1}`, `ACTIVE ${AT_2}`], ['a ACTIVE']],
		['the same is none', [`FAILURE ${AT_1}`, `FAILURE ${AT_1}`], []],
		['an earlier one is none', [`FAILURE ${AT_2}`, `FAILURE ${AT_1}`, `FAILURE ${AT_2}`], []],
		['of a status that is no result is none', [`PENDING ${AT_1}`, `PENDING ${AT_2}`], []],
		[
			'in another zone, or with nanoseconds, is the same instant',
			[
				`FAILURE ${AT_1}`,
				'FAILURE 2026-11-30T15:30:00+05:30',
				'FAILURE 2026-11-30T10:00:00.987654321Z',
			],
			[],
		],
		['that was missing and is shown now is none', ['FAILURE', `FAILURE ${AT_1}`], []],
		[
			'that an answer leaves out is kept',
			[`FAILURE ${AT_1}`, 'FAILURE', `FAILURE ${AT_1}`, `FAILURE ${AT_2}`],
			['a FAILURE'],
		],
		['taken back is the same', [`ACTIVE ${AT_2}`, 'PENDING', `ACTIVE ${AT_2}`], ['a PENDING']],
		[
			'of a stale copy shows it',
			[`PENDING ${AT_1}`, `ACTIVE ${AT_2}`, `PENDING ${AT_1}`, `ACTIVE ${AT_2}`],
			['a ACTIVE'],
		],
		[
			'of another result before the known one shows a stale copy',
			[`ACTIVE ${AT_1}`, `FAILURE ${AT_2}`, `ACTIVE ${AT_1}`, `FAILURE ${AT_2}`],
			['a FAILURE'],
		],
		[
			'of a stale copy counts over a validation under way',
			[`ACTIVE ${AT_2}`, 'PENDING', `FAILURE ${AT_1}`, `FAILURE ${AT_3}`],
			['a PENDING', 'a FAILURE'],
		],
		[
			'that stays while the account is validated again does not hide the result',
			[`FAILURE ${AT_1}`, `PENDING ${AT_1}`, `FAILURE ${AT_2}`],
			['a PENDING', 'a FAILURE'],
		],
		[
			'of a status that is no result hides no result',
			[`CREATED ${AT_3}`, `PENDING ${AT_3}`, `FAILURE ${AT_1}`],
			['a PENDING', 'a FAILURE'],
		],
		['missing: a change is news', ['FAILURE', 'PENDING', 'FAILURE'], ['a PENDING', 'a FAILURE']],
		[
			'that can not be read is missing',
			['FAILURE yesterday', 'PENDING', 'FAILURE yesterday'],
			['a PENDING', 'a FAILURE'],
		],
		['means nothing without a status', [`ACTIVE ${AT_1}`, ` ${AT_2}`, `ACTIVE ${AT_1}`], []],
	])('%s', (_, shown, expected) => {
		expect(play(...shown)).toEqual(expected);
	});
});

describe('a customer that can not be read', () => {
	const WATCHED = ['a', 'b', 'c'];
	/** Plays polls, each with the customers that it can't read; gives what each tells. */
	const play = (polls: Array<{ unread: string[]; notReached?: string[] }>) => {
		let memory = NOTHING;
		return polls.map(({ unread, notReached = [] }) => {
			const looks = WATCHED.map((id): Look => {
				if (notReached.includes(id)) return { customerId: id };
				return unread.includes(id) ? unreadable(id) : found(id, {});
			});
			const learnt = learn(memory, looks, ALL, false);
			memory = JSON.parse(JSON.stringify(learnt.memory)) as Memory;
			const names = (of: Look[], sign: string) => of.map(({ customerId }) => sign + customerId);
			return [...names(learnt.unreadable, '-'), ...names(learnt.readable, '+')].join();
		});
	};

	it.each<[string, Parameters<typeof play>[0], string[]]>([
		['once is no news', [{ unread: ['a'] }, { unread: [] }, { unread: ['a'] }], ['', '', '']],
		['twice in a row is told, once', Array(4).fill({ unread: ['a'] }), ['', '-a', '', '']],
		[
			'is told when it can be read again, and again when it can not',
			[{ unread: ['a'] }, { unread: ['a'] }, { unread: [] }, { unread: ['a'] }, { unread: ['a'] }],
			['', '-a', '+a', '', '-a'],
		],
		[
			'is told apart from one that came before',
			[{ unread: ['a'] }, { unread: ['a', 'b'] }, { unread: ['a', 'b'] }],
			['', '-a', '-b'],
		],
		[
			'keeps its count where a poll did not get to it',
			[{ unread: ['a'] }, { unread: [], notReached: ['a'] }, { unread: ['a'] }],
			['', '', '-a'],
		],
		['is told at once where none can', Array(3).fill({ unread: WATCHED }), ['-a,-b,-c', '', '']],
	])('%s', (_, polls, expected) => {
		expect(play(polls)).toEqual(expected);
	});
});

describe('a customer that Juspay may not know', () => {
	const look = (exists?: boolean): Look => ({ ...found('c', {}), exists });
	const unknown = (before: Memory, ...looks: Look[]) => learn(before, looks, ALL, false).unknown;

	it('is told once where it does not exist', () => {
		expect(unknown(NOTHING, look(false), found('d', {}))).toEqual([look(false)]);
		const told = knownAfter(NOTHING, [look(false)]);
		expect(unknown(told, look())).toEqual([]);
		expect(knownAfter(told, [look()]).customers.c?.exists).toBe(false);
	});

	it('is asked about again where it had accounts in between', () => {
		const told = knownAfter(NOTHING, [look(false)]);
		expect(reported(told, [found('c', { a: 'CREATED' })])).toEqual(['a CREATED']);
		expect(knownAfter(told, [found('c', { a: 'CREATED' })]).customers.c).toEqual({
			accounts: ['a'],
		});
	});
});

describe('memory', () => {
	const owner = 'workflow, node';
	const pollOf = (saved: Record<string, unknown>, status: string) => {
		const before = recall(saved as never, owner);
		return { ...learn(before, [found('c', { a: status })], ALL, false).memory };
	};

	it('of a poll that reports nothing lasts in this process, also where n8n drops it', () => {
		const saved = {};
		keep(saved, pollOf(saved, 'FAILURE'), false);
		const dropped = structuredClone(saved);
		keep(dropped, pollOf(dropped, 'PENDING'), false);
		expect(recall(saved, owner).accounts.a?.status).toBe('PENDING');
	});

	it('of a poll whose items n8n drops does not last: they are reported again', () => {
		const saved = {};
		keep(saved, pollOf(saved, 'PENDING'), false);
		const dropped = structuredClone(saved);
		keep(dropped, pollOf(dropped, 'FAILURE'), true);
		expect(recall(saved, owner).accounts.a?.status).toBe('PENDING');
	});

	it('that another process saved with a report counts over what this one remembers', () => {
		const saved = {};
		keep(saved, pollOf(saved, 'PENDING'), false);
		const theirs = structuredClone(saved);
		for (let poll = 0; poll < 3; poll++) {
			const dropped = structuredClone(saved);
			keep(dropped, pollOf(dropped, 'PENDING'), false);
		}
		keep(theirs, pollOf(theirs, 'FAILURE'), true);
		expect(recall(theirs, owner).accounts.a?.status).toBe('FAILURE');
	});

	it.each([{}, { owner: 'other' }, { known: {} }, { owner: null }])(
		'of another owner is none: %j',
		(saved) => {
			expect(recall(saved, owner)).toMatchObject({ owner, customers: {}, accounts: {} });
		},
	);

	it('is not mixed up with what an older one of the same owner had learnt', () => {
		const saved = {};
		keep(saved, pollOf(saved, 'PENDING'), false);
		expect(recall({}, owner).customers).toEqual({});
	});
});
