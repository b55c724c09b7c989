import fc from 'fast-check';
import type { CustomerAccount } from '../../nodes/Juspay/accounts/account';
import type { Look, Standing } from '../../nodes/Juspay/trigger/changes';
import { changesSince, EVENTS } from '../../nodes/Juspay/trigger/changes';

const ALL_EVENTS = Object.keys(EVENTS);

/** A look that found accounts with these statuses. */
const found = (customerId: string, statuses: Record<string, string>): Look => ({
	customerId,
	accounts: Object.entries(statuses).map(([id, status]) => ({ id, status }) as CustomerAccount),
});

const unreadable = (customerId: string): Look => ({ customerId, accounts: undefined });

/** What is reported, as `id status`. */
const reported = (
	before: Standing,
	looks: Look[],
	events: readonly string[] = ALL_EVENTS,
	emitExisting = false,
) =>
	changesSince(before, looks, events, emitExisting).changed.map(
		({ id, status }) => `${id} ${status}`,
	);

const standingAfter = (before: Standing, looks: Look[]) =>
	changesSince(before, looks, ALL_EVENTS, false).standing;

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
		expect(reported({}, looks)).toEqual([]);
		expect(standingAfter({}, looks)).toEqual({ c: { a: 'ACTIVE', b: 'CREATED' } });
	});

	it('reports all that fit, where existing ones are wanted', () => {
		const looks = [found('c', { a: 'ACTIVE', b: 'CREATED' })];
		expect(reported({}, looks, ['active'], true)).toEqual(['a ACTIVE']);
	});

	it('may come later than others', () => {
		const before = { c: { a: 'PENDING' } };
		const looks = [found('c', { a: 'ACTIVE' }), found('d', { b: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
	});

	it('that has no accounts yet is known as well: its first account is news', () => {
		const before = standingAfter({}, [found('c', {})]);
		expect(reported(before, [found('c', { a: 'CREATED' })])).toEqual(['a CREATED']);
	});
});

describe('a known customer', () => {
	const before = { c: { a: 'PENDING', b: 'ACTIVE' } };

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
		expect(standingAfter(before, looks)).toEqual({ c: { a: 'FAILURE', b: 'PENDING' } });
	});

	it('reports a second failure that another attempt came between', () => {
		const once = standingAfter({ c: { a: 'FAILURE' } }, [found('c', { a: 'PENDING' })]);
		expect(reported(once, [found('c', { a: 'FAILURE' })], ['failure'])).toEqual(['a FAILURE']);
	});

	it('never reports a status that no event stands for', () => {
		expect(reported(before, [found('c', { a: 'IN_REVIEW', b: '' })])).toEqual([]);
	});

	it('keeps its standing while it can not be read', () => {
		const during = standingAfter(before, [unreadable('c')]);
		expect(during).toEqual(before);
		expect(reported(during, [found('c', { a: 'ACTIVE', b: 'ACTIVE' })])).toEqual(['a ACTIVE']);
	});

	it('does not stop others that can be read', () => {
		const both = { ...before, d: { x: 'PENDING' } };
		expect(reported(both, [unreadable('c'), found('d', { x: 'ACTIVE' })])).toEqual(['x ACTIVE']);
	});
});

describe('a customer watched by both of its IDs', () => {
	it('has each change reported once', () => {
		const before = { cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } };
		const looks = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
	});

	it('has it reported once also where one of them could not be read at first', () => {
		const before = { cst_asha: { a: 'PENDING' }, customer_1122: { a: 'PENDING' } };
		const looks = [found('cst_asha', { a: 'ACTIVE' }), unreadable('customer_1122')];
		const later = [found('cst_asha', { a: 'ACTIVE' }), found('customer_1122', { a: 'ACTIVE' })];
		expect(reported(before, looks)).toEqual(['a ACTIVE']);
		expect(reported(standingAfter(before, looks), later)).toEqual([]);
	});
});

describe('what is kept', () => {
	it('forgets customers that are watched no more, and accounts that are gone', () => {
		const before = { c: { a: 'ACTIVE', b: 'ACTIVE' }, d: { x: 'ACTIVE' } };
		expect(standingAfter(before, [found('c', { b: 'ACTIVE' })])).toEqual({ c: { b: 'ACTIVE' } });
	});

	it('holds nothing of a customer that could never be read: the first sight will only teach', () => {
		expect(standingAfter({}, [unreadable('c')])).toEqual({});
	});

	it('leaves the old standing as it was', () => {
		const before = { c: { a: 'PENDING' } };
		changesSince(before, [found('c', { a: 'ACTIVE' })], ALL_EVENTS, false);
		expect(before).toEqual({ c: { a: 'PENDING' } });
	});

	it.each(['constructor', 'toString', '__proto__'])(
		'works for a customer and an account called "%s"',
		(name) => {
			const at = (status: string): Look => ({
				customerId: name,
				accounts: [{ id: name, status } as CustomerAccount],
			});
			expect(reported({}, [at('ACTIVE')])).toEqual([]);
			const standing = JSON.parse(JSON.stringify(standingAfter({}, [at('PENDING')]))) as Standing;
			expect(reported(standing, [at('ACTIVE')])).toEqual([`${name} ACTIVE`]);
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
				let standing: Standing = {};
				const reports: Record<string, string[]> = { c: [], d: [] };
				for (const statuses of polls) {
					const looks = ['c', 'd'].map((customerId, index) => {
						const status = statuses[index];
						return status === undefined
							? unreadable(customerId)
							: found(customerId, { [`of ${customerId}`]: status });
					});
					const result = changesSince(standing, looks, ALL_EVENTS, false);
					for (const { id, status } of result.changed) reports[id.slice(3)]?.push(status);
					standing = JSON.parse(JSON.stringify(result.standing)) as Standing;
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
