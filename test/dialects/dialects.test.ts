/** The main job on n8n's engine, over real HTTP, in every way in which Juspay might answer. */
import type { DialectName, SimulatorOptions } from '../../dev/simulator/simulator';
import { DIALECT_NAMES } from '../../dev/simulator/simulator';
import type { Story, Tally } from './job';
import { playMainJob } from './job';
import { startPool } from '../faults/matrix';

/** Positions in {@link ROWS}. */
const TWINS = [6, 7];
const IN_TWELVE = Array.from({ length: 12 }, (_, at) => 11 + at);
const REFUSED = [24];

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
	'refusals-no-info': ONLY_REFUSED,
	'refusals-wrapped': ONLY_REFUSED,
	'refusals-200': MISSING_IN_200,
};

/** Dialects together, and how they differ from {@link USUAL}. */
const COMBINATIONS: Array<[SimulatorOptions & { dialect: DialectName[] }, Difference?]> = [
	[{ dialect: ['under-data', 'amount-number', 'order-reversed'] }],
	[{ dialect: ['details-flat', 'status-lower-case', 'bare-array'] }],
	[{ dialect: ['number-masked', 'order-reversed', 'create-without-details'] }, MASKED],
	[{ dialect: ['create-204', 'empty-404', 'customer-id-as-sent'] }],
	[{ dialect: ['refusals-200', 'create-204', 'bare-array'] }, MISSING_IN_200],
	[{ dialect: ['create-without-details', 'create-202', 'order-reversed'] }],
	[{ dialect: ['one-object', 'last-validated-null', 'refusals-info-only'] }],
	[{ dialect: ['vpa-beside-empty-bank', 'refusals-info-text'] }],
	[{ dialect: ['details-nested', 'delete-predecessor', 'missing-400'] }],
	[{ dialect: ['bare-array', 'details-nested'], pageSize: 10 }],
	[{ dialect: ['under-data', 'order-reversed'], pageSize: 3 }],
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
