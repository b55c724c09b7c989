import fc from 'fast-check';
import { identity, POOL } from './accounts';
import type { Account } from './adapter';

/** How long after a create was lost its effect may still come, in milliseconds: the code under test counts on it. */
export const PATIENCE_MS = 12_000;

/** How old what List and Get show can be, in milliseconds. */
export const STALE_MS = 5000;

/** How long a process remembers what it did, in milliseconds. */
export const REMEMBERED_MS = 24 * 60 * 60_000;

/** How long n8n's own table tells every process of a create that one has sent, at least, in milliseconds. */
export const RECORDED_MS = 15 * 60_000;

/** How old an account is at most that a list still lacks, in milliseconds, as far as the code under test counts on it. */
export const LATEST_LIST_MS = 600_000;

/** How late what was accepted is done at most, in milliseconds. */
export const LATEST_ACCEPTED_MS = 40 * 60_000;

/** How late a delete is done at most that Juspay calls pending, in milliseconds. */
export const LATEST_DELETE_MS = 8000;

/** After how long without an answer a request is given up, in milliseconds. */
export const TIMEOUT_MS = 10_000;

/** How late the effect of a validation comes at most, in milliseconds: it has no bound, this is one that is long. */
export const LATEST_VALIDATION_MS = 600_000;

/** What can become of a request. The first is what a counterexample is reduced to. */
const KINDS = [
	...many(60, 'well' as const),
	// The effect is certain, and the answer is good, but of a kind that is easily misread.
	...many(2, 'slow' as const),
	...many(2, 'shuffled' as const),
	...many(2, 'half' as const),
	...many(2, 'errorEntry' as const),
	...many(3, 'stale' as const),
	// Never an effect.
	...many(1, 'unreachable' as const),
	...many(2, '429' as const),
	...many(1, 'refused' as const),
	...many(1, '422' as const),
	...many(1, 'denied' as const),
	...many(1, 'errorObject' as const),
	// Nobody knows.
	...many(3, 'timeout' as const),
	...many(3, 'lost' as const),
	...many(2, '409' as const),
	...many(3, '5xx' as const),
	...many(2, 'html' as const),
	...many(3, 'unreadable' as const),
	// A 202: done later, or never.
	...many(2, 'accepted' as const),
];

export type Kind = (typeof KINDS)[number];

/** The answers that say nothing for certain. */
export const DOUBTS: ReadonlySet<Kind> = new Set([
	'timeout',
	'lost',
	'409',
	'5xx',
	'html',
	'unreadable',
	'accepted',
]);

function many<T>(times: number, what: T): T[] {
	return Array.from({ length: times }, () => what);
}

const PERCENT = fc.nat({ max: 100 });

const fate = fc.record({
	kind: fc.constantFrom(...KINDS),
	/** Where the answer leaves it open: whether and when it takes effect. */
	effect: fc.constantFrom('now', 'none', 'late', 'late'),
	/** How late, or how stale, in hundredths of what is possible. */
	lateness: PERCENT,
	/** How long the answer takes, in hundredths. */
	latency: PERCENT,
	/** Which of the variants of its kind. */
	twist: fc.nat({ max: 11 }),
});

/** What becomes of one request. */
export type Fate = typeof fate extends fc.Arbitrary<infer Each> ? Each : never;

/** How a world's Juspay shows accounts; all answers of one world are alike. */
const anyDialect = fc.record({
	details: fc.constantFrom(
		...many(3, 'plain' as const),
		'nested',
		'flat',
		'masked',
		'lastFour',
		'withoutZeros',
		'asNumber',
		'notInCreate',
		'notInCreate',
		'namesInCreate',
		'nowhere',
		'otherIfsc',
	),
	list: fc.constantFrom('list', 'list', 'bare', 'data'),
	pageSize: fc.constantFrom(100, 100, 2),
	created: fc.constantFrom('bare', 'list', 'data', 'one'),
	/** Whether an empty `bank_account` stands beside a `vpa`. */
	emptyBank: fc.constantFrom(false, false, true),
	empty: fc.constantFrom(
		'list',
		'list',
		'list',
		'bare',
		'bare',
		'object',
		'null',
		'listNull',
		'404',
		'204',
	),
	lowerCase: fc.constantFrom(false, false, true),
	numericIds: fc.constantFrom(false, false, true),
	customerId: fc.constantFrom('asAsked', 'absent', 'cst'),
	/** List never shows anything: nobody has seen it show accounts that no validation has confirmed. */
	blind: fc.constantFrom(...many(19, false), true),
});

export type Dialect = typeof anyDialect extends fc.Arbitrary<infer Each> ? Each : never;

/** As Juspay documents it, as far as it does. */
const DOCUMENTED: Dialect = {
	details: 'plain',
	list: 'list',
	pageSize: 100,
	created: 'bare',
	emptyBank: false,
	empty: 'list',
	lowerCase: false,
	numericIds: false,
	customerId: 'asAsked',
	blind: false,
};

const dialect = fc.oneof(
	{ weight: 1, arbitrary: fc.constant(DOCUMENTED) },
	{ weight: 2, arbitrary: anyDialect },
);

/** How this world's Juspay is through all of its time; the first of each is how it is when it is well. */
const climate = fc.record({
	/** How long lists lack a new account, in milliseconds. */
	listLag: fc.constantFrom(...many(12, 0), 3000, 20_000, 90_000, 300_000, 540_000),
	/** How old the statuses are that lists show. */
	statusLag: fc.constantFrom(...many(16, 0), 20_000, 300_000),
	/** Every other list comes from a replica, which is this late. */
	otherReplica: fc.constantFrom(...many(16, undefined), 0, 20_000, 540_000),
	/** How long the same list is shown again. */
	cachedFor: fc.constantFrom(...many(16, 0), 5000, 60_000),
	/** How late Get is: never later than lists, and never by more than is waited for anyway. */
	getLag: fc.constantFrom(...many(10, 0), 2000, 9000),
	/** Which accounts lists show. */
	shows: fc.constantFrom(...many(20, 'all' as const), 'active' as const, 'notFailure' as const),
	/** What lists show of a deleted account; `unmarked`: it stays as it was, for a while. */
	deleted: fc.constantFrom(...many(3, 'gone' as const), 'marked' as const, 'unmarked' as const),
	/** How it is marked. */
	mark: fc.constantFrom(
		'validation_status',
		'status',
		'account_status',
		'customer_account_status',
		'bank_account_status',
		'deleted',
	),
	/** What Get answers of a deleted account. */
	getsDeleted: fc.constantFrom(...many(3, '404' as const), 'marked' as const),
	deleteSays: fc.constantFrom(
		...many(3, 'DELETED' as const),
		'SUCCESS' as const,
		'PENDING' as const,
	),
	/** One request a second, and what the others are told of when to come back. */
	oneASecond: fc.constantFrom(
		...many(60, undefined),
		'0' as const,
		'1' as const,
		'silent' as const,
	),
	/** Whether a customer's ID in other letters is another customer. */
	caseMatters: fc.boolean(),
});

/** How a world's Juspay is through all of its time. */
export type Climate = typeof climate extends fc.Arbitrary<infer Each> ? Each : never;

/** Juspay when it is well. */
export const WELL: Climate = {
	listLag: 0,
	statusLag: 0,
	otherReplica: undefined,
	cachedFor: 0,
	getLag: 0,
	shows: 'all',
	deleted: 'gone',
	mark: 'validation_status',
	getsDeleted: '404',
	deleteSays: 'DELETED',
	oneASecond: undefined,
	caseMatters: false,
};

/** The middle of the pool meets the near ones; most rows are of accounts that have none. */
const poolIndex = fc.constantFrom(0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7);
const customer = fc.constantFrom<number>(0, 0, 0, 0, 1);

const work = fc.record({
	operation: fc.constantFrom(
		...many(2, 'create' as const),
		...many(4, 'createValidate' as const),
		...many(2, 'validate' as const),
		'delete' as const,
	),
	customer,
	/** Which of its names the customer is called by: the merchant's own, Juspay's, or the first in other letters. */
	name: fc.constantFrom(...many(10, 0), 1, 2),
	/** Empty: the customer's ID. All lead to the same accounts, but nobody knows. */
	routingId: fc.constantFrom(...many(9, ''), 'r'),
	/** Of the pool; for `validate` and `delete`, of the accounts whose IDs are known when it is planned. */
	rows: fc.array(poolIndex, { minLength: 1, maxLength: 4 }),
	onExisting: fc.constantFrom<'reuse' | 'create'>('reuse', 'reuse', 'reuse', 'create'),
	perRequest: fc.constantFrom(4, 2, 1),
	maxRetries: fc.constantFrom<number>(3, 1, 0),
	/** Whether it may send a validation again that is in doubt. */
	validateInDoubt: fc.constantFrom(...many(5, false), true),
	/** How many penny drops it may start; undefined: as many as it needs. */
	mostPennies: fc.constantFrom(...many(9, undefined), 0, 1),
	/** When it begins, in milliseconds from the world's own start. */
	startsAt: fc.constantFrom(0, 0, 1, 700, 3000, 15_000),
	/** When it is cancelled, in milliseconds after its start; most are not. */
	cancelled: fc.oneof(
		{ weight: 4, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: fc.nat({ max: 1500 }) },
		{ weight: 1, arbitrary: fc.nat({ max: 25_000 }) },
	),
});

/** What one execution is to do. */
export type Work = typeof work extends fc.Arbitrary<infer Each> ? Each : never;

/** How a validation goes, once it is accepted. */
const course = fc.record({
	/** What the account shows while it runs; `ended`: it takes no time. */
	shows: fc.constantFrom('pending', 'unchanged', 'ended'),
	/** Whether PENDING turns into CREATED again before it ends. */
	goesBack: fc.constantFrom(...many(7, false), true),
	lasts: fc.constantFrom(200, 2500, 8000, 40_000, 1_000_000),
	ends: fc.constantFrom('ACTIVE', 'FAILURE', 'never'),
	/** Whether `last_validated` tells when it ended. */
	dated: fc.constantFrom(true, true, false),
});

export type Course = typeof course extends fc.Arbitrary<infer Each> ? Each : never;

const world = fc.record({
	dialect,
	climate,
	there: fc.uniqueArray(
		fc.record({
			customer,
			account: poolIndex,
			status: fc.constantFrom('CREATED', 'PENDING', 'ACTIVE', 'FAILURE'),
		}),
		{
			maxLength: 3,
			selector: (one) => `${one.customer} ${identity(POOL[one.account] as Account)}`,
		},
	),
	/** Of the pool: Juspay refuses to make these, and with them the whole request. */
	refuses: fc.oneof(
		{ weight: 3, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: fc.uniqueArray(fc.nat({ max: POOL.length - 1 }), { maxLength: 3 }) },
	),
	/** Of the pool: Juspay refuses to validate these. */
	refusesToValidate: fc.oneof(
		{ weight: 4, arbitrary: fc.constant([]) },
		{ weight: 1, arbitrary: fc.uniqueArray(fc.nat({ max: POOL.length - 1 }), { maxLength: 2 }) },
	),
	courses: fc.array(course, { minLength: 1, maxLength: 3 }),
	fates: fc.oneof(
		{ weight: 1, arbitrary: fc.constant<Fate[]>([]) },
		{ weight: 4, arbitrary: fc.array(fate, { maxLength: 24, size: 'max' }) },
	),
	first: work,
	/** Undefined: the world has one execution only. */
	second: fc.option(work, { nil: undefined, freq: 5 }),
	/** Whether the second does the work of the first. */
	twins: fc.boolean(),
	/** After those have ended, one after the other: the work of the first or the second again, or other work. */
	later: fc.array(
		fc.record({
			which: fc.constantFrom(0, 1, 0, 1, 2),
			own: work,
			after: fc.constantFrom(0, 2000, 20_000, 700_000, 3_700_000, REMEMBERED_MS + 3_600_000),
			/** Which of n8n's processes it comes to: a new one, after a restart or as another worker, or the first again. */
			process: fc.constantFrom(...many(8, 'same' as const), ...many(2, 'new' as const), 'first'),
		}),
		{ maxLength: 2 },
	),
	/** How long it takes until a request is handed over, in milliseconds: who is stopped until then sends nothing. */
	handsOverIn: fc.constantFrom(...many(4, 0), 40),
	/** Of what chance decides within the code under test: the jitter of its pauses. */
	seed: fc.nat(),
});

/** A small world: what is asked of it, and all that will go wrong in it. */
export type World = typeof world extends fc.Arbitrary<infer Each> ? Each : never;

export const worlds: fc.Arbitrary<World> = world;
