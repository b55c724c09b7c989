/** The main job on n8n's engine, over real HTTP, in every way in which Juspay might answer. */
import type { DialectName, SimulatorOptions } from '../../dev/simulator/simulator';
import { DIALECT_NAMES } from '../../dev/simulator/simulator';
import type { Story, Tally } from './job';
import { playMainJob } from './job';
import { ROWS } from './rows';
import { startPool } from '../faults/matrix';

/** Positions in {@link ROWS}. */
const TWINS = [6, 7];
const UPI_IDS = [4, 9];
const IN_TWELVE = Array.from({ length: 12 }, (_, at) => 11 + at);
const BESIDE_REFUSED = [23];
const ALONE = [0, ...BESIDE_REFUSED];
const REFUSED = [24];

/** All rows but these. */
function allBut(...others: number[][]): number[] {
	return [...ROWS.keys()].filter((at) => !others.flat().includes(at));
}

const refused = { SETUP: REFUSED.length };

/** The main job where nothing is hidden. */
const USUAL: Story = {
	steps: {
		getManyBefore: { NOT_FOUND: 1 },
		create: { 'created PENDING': 24, ...refused },
		rerun: { 'existing ACTIVE': 23, 'existing FAILURE': 1, ...refused },
		get: { ACTIVE: 23, FAILURE: 1 },
		getMany: { ACTIVE: 23, FAILURE: 1 },
		byStatus: { Active: 23, Pending: 0, Failure: 1 },
		validate: { ACTIVE: 23, FAILURE: 1 },
		// Of the account that failed.
		pennyDrops: { started: 1 },
		delete: { deleted: 24 },
		getManyAfter: {},
		made: { accounts: 24 },
	},
	messages: {
		create: { SETUP: REFUSED },
		rerun: { SETUP: REFUSED },
	},
	faults: [],
};

/** What is different in a dialect. A step that is named counts as it stands here. */
interface Difference {
	steps: Record<string, Tally>;
	messages?: Partial<Story['messages']>;
}

/** The twins can't be told apart when they are new; of the others the process knows which it has made. */
const MASKED: Difference = {
	steps: {
		create: { 'created PENDING': 22, CREATED_UNCLEAR: 2, ...refused },
		rerun: { CANNOT_TELL: 2, 'existing ACTIVE': 21, 'existing FAILURE': 1, ...refused },
		get: { ACTIVE: 21, CREATED: 2, FAILURE: 1 },
		getMany: { ACTIVE: 21, CREATED: 2, FAILURE: 1 },
		byStatus: { Active: 21, Pending: 2, Failure: 1 },
		// Of the account that failed, and of the twins.
		pennyDrops: { started: 3 },
	},
	messages: {
		create: { CREATED_UNCLEAR: TWINS, SETUP: REFUSED },
		rerun: { CANNOT_TELL: TWINS, SETUP: REFUSED },
	},
};

/** Those of which only the IFSC would tell which is whose. */
const OF_ONE_BANK = [1, 5, ...TWINS, ...IN_TWELVE];

/** Only the IFSC tells bank accounts apart. */
const NO_NUMBERS: Difference = {
	steps: {
		create: { 'created PENDING': 8, CREATED_UNCLEAR: 16, ...refused },
		// The refused one may be the good one beside it.
		rerun: { CANNOT_TELL: 17, 'existing ACTIVE': 7, 'existing FAILURE': 1 },
		get: { ACTIVE: 7, CREATED: 16, FAILURE: 1 },
		getMany: { ACTIVE: 7, CREATED: 16, FAILURE: 1 },
		byStatus: { Active: 7, Pending: 16, Failure: 1 },
		pennyDrops: { started: 17 },
	},
	messages: {
		create: {
			CREATED_UNCLEAR: OF_ONE_BANK,
			SETUP: REFUSED,
		},
		rerun: { CANNOT_TELL: [...OF_ONE_BANK, ...REFUSED] },
	},
};

/** Nor does an answer show any: of the customer whose request was refused at first, nothing says which account is new. */
const NO_NUMBERS_AND_NO_ANSWERS: Difference = {
	steps: {
		...NO_NUMBERS.steps,
		create: { 'created PENDING': 7, CREATED_UNCLEAR: 16, MAY_EXIST: 1, ...refused },
		rerun: { CANNOT_TELL: 18, 'existing ACTIVE': 6, 'existing FAILURE': 1 },
		get: { ACTIVE: 6, CREATED: 17, FAILURE: 1 },
		getMany: { ACTIVE: 6, CREATED: 17, FAILURE: 1 },
		byStatus: { Active: 6, Pending: 17, Failure: 1 },
		pennyDrops: { started: 18 },
	},
	messages: {
		create: { CREATED_UNCLEAR: OF_ONE_BANK, MAY_EXIST: BESIDE_REFUSED, SETUP: REFUSED },
		rerun: { CANNOT_TELL: [...OF_ONE_BANK, ...BESIDE_REFUSED, ...REFUSED] },
	},
};

/** A list of which only the first ten accounts can be read, of twelve. */
const CUT_LIST: Difference = {
	steps: {
		rerun: { 'existing ACTIVE': 11, 'existing FAILURE': 1, UNFINISHED_LIST: 12, ...refused },
		getMany: { ACTIVE: 11, FAILURE: 1, UNFINISHED_LIST: 1 },
		byStatus: { Active: 11, Pending: 0, Failure: 2 },
		validate: { ACTIVE: 23, FAILURE: 1 },
	},
	messages: {
		rerun: { UNFINISHED_LIST: IN_TWELVE, SETUP: REFUSED },
	},
};

/** A refusal without a code that says more. */
const ONLY_REFUSED: Difference = {
	steps: {
		create: { 'created PENDING': 24, REFUSED: REFUSED.length },
		rerun: { 'existing ACTIVE': 23, 'existing FAILURE': 1, REFUSED: REFUSED.length },
	},
	messages: { create: { REFUSED }, rerun: { REFUSED } },
};

/** A success that says that nothing is there is no proof of it. */
const MISSING_IN_200: Difference = { steps: { getManyBefore: { REFUSED: 1 } } };

/** Where the main job can't be done as usual: the right message instead. */
const DIFFERENCES: Partial<Record<DialectName, Difference>> = {
	'number-absent': NO_NUMBERS,
	'ifsc-merged': {
		steps: {
			// Where a customer's request holds one account only, it is that one.
			create: { 'created PENDING': 4, CREATED_UNCLEAR: 20, ...refused },
			rerun: { 'existing ACTIVE': 4, SIMILAR_ACCOUNT: 20, ...refused },
			get: { ACTIVE: 4, CREATED: 20 },
			getMany: { ACTIVE: 4, CREATED: 20 },
			byStatus: { Active: 4, Pending: 20, Failure: 0 },
			pennyDrops: { started: 20 },
		},
		messages: {
			create: { CREATED_UNCLEAR: allBut(UPI_IDS, ALONE, REFUSED), SETUP: REFUSED },
			rerun: { SIMILAR_ACCOUNT: allBut(UPI_IDS, ALONE, REFUSED), SETUP: REFUSED },
		},
	},
	// Nothing is created where every list says that it leaves an account out.
	'total-high': {
		steps: {
			getManyBefore: { UNFINISHED_LIST: 1, NOT_FOUND: 1 },
			create: { UNFINISHED_LIST: 25 },
			rerun: { UNFINISHED_LIST: 25 },
			get: {},
			getMany: { UNFINISHED_LIST: 4 },
			byStatus: { Active: 0, Pending: 0, Failure: 4 },
			validate: {},
			pennyDrops: { started: 0 },
			delete: {},
			getManyAfter: { UNFINISHED_LIST: 4 },
			made: { accounts: 0 },
		},
		messages: { create: { UNFINISHED_LIST: allBut() }, rerun: { UNFINISHED_LIST: allBut() } },
	},
	// Statuses that Juspay's reference doesn't name go to Pending, and nothing is waited for or paid again.
	'status-success': {
		steps: {
			rerun: { 'existing SUCCESS': 23, 'existing FAILURE': 1, ...refused },
			get: { SUCCESS: 23, FAILURE: 1 },
			getMany: { SUCCESS: 23, FAILURE: 1 },
			byStatus: { Active: 0, Pending: 23, Failure: 1 },
			validate: { SUCCESS: 23, FAILURE: 1 },
		},
	},
	'refusals-no-info': ONLY_REFUSED,
	'refusals-wrapped': ONLY_REFUSED,
	'refusals-200': MISSING_IN_200,
};

/** Dialects together, and how they differ from {@link USUAL}. */
const COMBINATIONS: Array<[SimulatorOptions & { dialect: DialectName[] }, Difference?]> = [
	[{ dialect: ['under-data', 'total-absent', 'number-json'] }],
	[{ dialect: ['details-flat', 'status-lower-case', 'id-number'] }],
	[{ dialect: ['number-masked', 'order-reversed', 'create-without-details'] }, MASKED],
	[{ dialect: ['number-last-four', 'details-flat', 'order-reversed', 'bare-array'] }, MASKED],
	[{ dialect: ['number-absent', 'create-204', 'empty-404'] }, NO_NUMBERS_AND_NO_ANSWERS],
	[{ dialect: ['create-without-details', 'create-202', 'total-absent', 'order-reversed'] }],
	[{ dialect: ['one-object', 'customer-id-absent', 'last-validated-null'] }],
	[{ dialect: ['vpa-beside-empty-bank', 'number-no-zeros', 'refusals-info-text'] }],
	[{ dialect: ['details-nested', 'delete-predecessor', 'refusals-info-only'] }],
	[{ dialect: ['partial-success', 'order-reversed', 'id-number', 'missing-400'] }],
	[{ dialect: ['refusals-200', 'partial-success', 'last-validated-null'] }, MISSING_IN_200],
	[{ dialect: ['refusals-200', 'create-204', 'bare-array'] }, MISSING_IN_200],
	[{ dialect: ['bare-array', 'details-nested'], pageSize: 10 }],
	[{ dialect: ['total-of-page', 'order-reversed'], pageSize: 10 }, CUT_LIST],
	[{ dialect: ['amount-number', 'customer-id-as-sent', 'total-absent'], pageSize: 3 }],
	[{ dialect: ['offset-ignored'], pageSize: 10 }, CUT_LIST],
	[{ dialect: ['offset-400'], pageSize: 10 }, CUT_LIST],
];

const CASES: Array<[string, SimulatorOptions, Difference?]> = [
	['the default', {}],
	...DIALECT_NAMES.flatMap(
		(name): Array<[string, SimulatorOptions, Difference?]> =>
			DIFFERENCES[name] ? [[name, { dialect: name }, DIFFERENCES[name]]] : [],
	),
	...COMBINATIONS.map(([options, difference]): [string, SimulatorOptions, Difference?] => {
		const pages = options.pageSize === undefined ? '' : `, pages of ${options.pageSize}`;
		return [options.dialect.join(' + ') + pages, options, difference];
	}),
];

it('no dialect is left out', () => {
	const spoken = new Set(CASES.flatMap(([, { dialect = [] }]) => dialect));
	expect(DIALECT_NAMES.filter((name) => !spoken.has(name))).toEqual([]);
});

const AT_ONCE = 8;

describe('the main job', () => {
	const stories = new Map<string, Promise<Story>>();

	beforeAll(() => {
		// Some side by side: they wait much of the time, but a process with too much to do lets its own requests time out.
		const jobs = CASES.map(
			([, options]) =>
				async () =>
					await playMainJob(options),
		);
		for (const [at, story] of startPool(jobs, AT_ONCE).entries()) {
			stories.set(CASES[at]?.[0] ?? '', story);
		}
	});

	it.each(CASES)(
		'in %s',
		async (name, _options, { steps, messages } = { steps: {} }) => {
			expect(await stories.get(name)).toEqual({
				steps: { ...USUAL.steps, ...steps },
				messages: { ...USUAL.messages, ...messages },
				faults: [],
			});
		},
		120_000,
	);
});
