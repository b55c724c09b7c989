import fc from 'fast-check';
import type { CustomerAccount } from '../../nodes/Juspay/account/types';
import type { KnownStatuses, Snapshot } from '../../nodes/Juspay/trigger/changes';
import { changesSince, EVENTS } from '../../nodes/Juspay/trigger/changes';

const ALL_EVENTS = Object.keys(EVENTS);

/** What is known of accounts by customer: status by account ID. */
type Standing = Record<string, Record<string, string>>;

/** A snapshot with accounts in these statuses. */
const found = (customerId: string, statuses: Record<string, string>): Snapshot => ({
	customerId,
	accounts: Object.entries(statuses).map(([id, status]) => ({ id, status }) as CustomerAccount),
});

const unreadable = (customerId: string): Snapshot => ({ customerId, accounts: undefined });

const known = (standing: Standing): KnownStatuses => ({
	customers: Object.fromEntries(
		Object.entries(standing).map(([customer, accounts]) => [customer, Object.keys(accounts)]),
	),
	statuses: Object.fromEntries(Object.values(standing).flatMap((it) => Object.entries(it))),
	missing: {},
});

const NOTHING = known({});

/** What is reported, as `id status`. */
const reported = (
	before: KnownStatuses,
	snapshots: Snapshot[],
	events: readonly string[] = ALL_EVENTS,
	emitExisting = false,
) =>
	changesSince(before, snapshots, events, emitExisting).changes.map(
		({ account: { id, status } }) => `${id} ${status}`,
	);

const knownAfter = (before: KnownStatuses, snapshots: Snapshot[]): KnownStatuses =>
	JSON.parse(
		JSON.stringify(changesSince(before, snapshots, ALL_EVENTS, false).known),
	) as KnownStatuses;

describe('the events', () => {
	it('are the statuses that Juspay documents', () => {
		expect(EVENTS).toEqual({
			active: 'ACTIVE',
			created: 'CREATED',
			failure: 'FAILURE',
			pending: 'PENDING',
		});
	});
});

describe('a customer seen for the first time', () => {
	it('reports nothing, and is known from then on', () => {
		const looks = [found('c', { a: 'ACTIVE', b: 'CREATED' })];
		expect(reported(NOTHING, looks)).toEqual([]);
		expect(knownAfter(NOTHING, looks)).toEqual(known({ c: { a: 'ACTIVE', b: 'CREATED' } }));
	});

	it('reports all that fit, where existing ones are wanted', () => {
		const looks = [found('c', { a: 'ACTIVE', b: 'CREATED' })];
		expect(reported(NOTHING, looks, ['active'], true)).toEqual(['a ACTIVE']);
	});

	it('may come later than others', () => {
		const before = known({ c: { a: 'PENDING' } });
		const looks = [found('c', { a: 'ACTIVE' }), found('d', { b: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
	});

	it('that has no accounts yet is known as well: its first account is news', () => {
		const before = knownAfter(NOTHING, [found('c', {})]);
		expect(reported(before, [found('c', { a: 'CREATED' })])).toEqual(['a CREATED']);
	});
});

describe('a known customer', () => {
	const before = known({ c: { a: 'PENDING', b: 'ACTIVE' } });

	it('reports an account that has come to another status', () => {
		expect(reported(before, [found('c', { a: 'FAILURE', b: 'ACTIVE' })])).toEqual(['a FAILURE']);
	});

	it('reports an account that is new', () => {
		const looks = [found('c', { a: 'PENDING', b: 'ACTIVE', d: 'CREATED' })];
		expect(reported(before, looks)).toEqual(['d CREATED']);
	});

	it('reports nothing where nothing has changed', () => {
		expect(reported(before, [found('c', { a: 'PENDING', b: 'ACTIVE' })])).toEqual([]);
		expect(reported(before, [found('c', { a: 'PENDING', b: 'ACTIVE' })], ALL_EVENTS, true)).toEqual(
			[],
		);
	});

	it('reports the chosen events only, but learns the others', () => {
		const looks = [found('c', { a: 'FAILURE', b: 'PENDING' })];
		expect(reported(before, looks, ['active', 'failure'])).toEqual(['a FAILURE']);
		expect(knownAfter(before, looks)).toEqual(known({ c: { a: 'FAILURE', b: 'PENDING' } }));
	});

	it('reports a second failure that another attempt came between', () => {
		const once = knownAfter(known({ c: { a: 'FAILURE' } }), [found('c', { a: 'PENDING' })]);
		expect(reported(once, [found('c', { a: 'FAILURE' })], ['failure'])).toEqual(['a FAILURE']);
	});

	it('never reports a status that no event stands for', () => {
		expect(reported(before, [found('c', { a: 'IN_REVIEW', b: '' })])).toEqual([]);
	});

	it('keeps its statuses while it can not be read', () => {
		const during = knownAfter(before, [unreadable('c')]);
		expect(during).toEqual(before);
		expect(reported(during, [found('c', { a: 'ACTIVE', b: 'ACTIVE' })])).toEqual(['a ACTIVE']);
	});

	it('does not stop others that can be read', () => {
		const both = known({ c: { a: 'PENDING' }, d: { x: 'PENDING' } });
		expect(reported(both, [unreadable('c'), found('d', { x: 'ACTIVE' })])).toEqual(['x ACTIVE']);
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

	it('is reported once where the two lists of one poll differ in age', () => {
		const before = known({ cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } });
		const looks = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'PENDING' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
		const later = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(knownAfter(before, looks), later)).toEqual([]);
	});
});

describe('a change', () => {
	const changes = (...given: Parameters<typeof changesSince>) =>
		changesSince(...given).changes.map(({ account, customerId, previousStatus }) => [
			account.id,
			customerId,
			previousStatus,
		]);

	it('names the status that the account had before, where it is known', () => {
		const before = known({ c: { a: 'PENDING', b: '', d: 'IN_REVIEW' } });
		const looks = [found('c', { a: 'ACTIVE', b: 'ACTIVE', d: 'ACTIVE', e: 'CREATED' })];
		expect(changes(before, looks, ALL_EVENTS, false)).toEqual([
			['a', 'c', 'PENDING'],
			['b', 'c', null],
			['d', 'c', 'IN_REVIEW'],
			['e', 'c', null],
		]);
		expect(changes(NOTHING, looks, ['created'], true)).toEqual([['e', 'c', null]]);
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
			expect(changes(before, looks, ALL_EVENTS, false)).toEqual([
				['a', 'customer_1122', 'PENDING'],
			]);
		}
	});
});

describe('an account that is missing from its list', () => {
	const before = known({ c: { a: 'ACTIVE', b: 'PENDING' } });

	it('is no news when it comes back, also after several polls', () => {
		let now = before;
		for (let poll = 0; poll < 5; poll++) now = knownAfter(now, [found('c', { b: 'PENDING' })]);
		expect(reported(now, [found('c', { a: 'ACTIVE', b: 'PENDING' })])).toEqual([]);
		expect(reported(now, [found('c', { a: 'FAILURE', b: 'PENDING' })])).toEqual(['a FAILURE']);
	});

	it('is forgotten when it stays away', () => {
		let now = before;
		for (let poll = 0; poll < 20; poll++) now = knownAfter(now, [found('c', { b: 'PENDING' })]);
		expect(now).toEqual(known({ c: { b: 'PENDING' } }));
	});

	it('keeps its status where an answer leaves the status out', () => {
		const now = knownAfter(before, [found('c', { a: '', b: 'PENDING' })]);
		expect(reported(now, [found('c', { a: 'ACTIVE', b: 'PENDING' })])).toEqual([]);
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
		expect(knownAfter(NOTHING, [unreadable('c')])).toEqual(NOTHING);
	});

	it('leaves what was known before as it was', () => {
		const before = known({ c: { a: 'PENDING' } });
		changesSince(before, [found('c', { a: 'ACTIVE' })], ALL_EVENTS, false);
		expect(before).toEqual(known({ c: { a: 'PENDING' } }));
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'works for a customer and an account called "%s"',
		(name) => {
			const at = (status: string): Snapshot => ({
				customerId: name,
				accounts: [{ id: name, status } as CustomerAccount],
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
					const result = changesSince(before, looks, ALL_EVENTS, false);
					for (const {
						account: { id, status },
					} of result.changes)
						reports[id.slice(3)]?.push(status);
					before = JSON.parse(JSON.stringify(result.known)) as KnownStatuses;
				}
				for (const [index, customerId] of ['c', 'd'].entries()) {
					const seen = polls.flatMap((statuses) => statuses[index] ?? []);
					const changes = seen.filter((status, at) => at > 0 && status !== seen[at - 1]);
					expect(reports[customerId]).toEqual(
						changes.filter((status) => Object.values(EVENTS).includes(status)),
					);
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
		const before = { ...known({ c: { a: 'ACTIVE' } }), statuses: {} };
		expect(knownAfter(before, [unreadable('c')])).toEqual(known({ c: { a: '' } }));
	});
});

describe('the polls in which an account is missing', () => {
	const missing = found('c', { b: 'PENDING' });
	const before = known({ c: { a: 'ACTIVE', b: 'PENDING' } });
	const after = (snapshots: Snapshot[]) =>
		snapshots.reduce((now, snapshot) => knownAfter(now, [snapshot]), before).customers.c;

	it('are ten before it is forgotten', () => {
		expect(after(Array<Snapshot>(10).fill(missing))).toContain('a');
		expect(after(Array<Snapshot>(11).fill(missing))).not.toContain('a');
	});

	it('are counted on where the list could not be read in between', () => {
		const five = Array<Snapshot>(5).fill(missing);
		expect(after([...five, unreadable('c'), ...five])).toContain('a');
		expect(after([...five, unreadable('c'), ...five, missing])).not.toContain('a');
	});

	it.each([
		['first', (one: Snapshot, other: Snapshot) => [one, other]],
		['last', (one: Snapshot, other: Snapshot) => [other, one]],
	])('count for the ID that was read, also where it comes %s', (_, order) => {
		const both = known({ cst_asha: { a: 'ACTIVE' }, customer_1122: { a: 'ACTIVE' } });
		const snapshots = order(found('cst_asha', {}), unreadable('customer_1122'));
		const { known: now } = changesSince(
			{ ...both, missing: { a: 3 } },
			snapshots,
			ALL_EVENTS,
			false,
		);
		expect(now.missing).toEqual({ a: 4 });
	});
});
