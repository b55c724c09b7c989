/** The main job on n8n's engine, over real HTTP: the same comes of it in every form in which Juspay might answer. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { DialectName, Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { DIALECT_NAMES, startSimulator } from '../../dev/simulator/simulator';
import { startPool } from '../faults/matrix';
import { runOn, using } from '../simulated';

/** One account, twelve (more than a page of ten), and two of which Juspay refuses one. */
const ROWS: IDataObject[] = [
	{ customer: 'cst_asha_verma', accountNumber: '026291800001191', ifsc: 'AABF0008032' },
	{ customer: 'customer_1122', accountNumber: '00123456789', ifsc: 'AABF0008032' },
	// More digits than a number has in JavaScript.
	{ customer: 'customer_1122', accountNumber: '912345678901234567', ifsc: 'ICIC0000104' },
	// Its validation fails.
	{ customer: 'customer_1122', accountNumber: '026291800000002', ifsc: 'SBIN0008752' },
	...Array.from({ length: 9 }, (_, at) => ({
		customer: 'customer_1122',
		vpa: `asha.rao.${at}@upi`,
	})),
	{ customer: 'customer_5566', accountNumber: '426291800001191', ifsc: 'AABF0008032' },
	{ customer: 'customer_5566', accountNumber: '426291800000009', ifsc: 'AABF0008032' },
];

const CUSTOMERS = ['cst_asha_verma', 'customer_1122', 'customer_5566'].map((customer) => ({
	customer,
}));

/** How many items came out with each status, outcome or error code. */
type Tally = Record<string, number>;

type Story = Record<string, Tally>;

/** The main job where nothing is hidden, step by step. */
const USUAL: Story = {
	none: { NOT_FOUND: 1 },
	create: { 'created PENDING': 14, SETUP: 1 },
	again: { 'existing ACTIVE': 13, 'existing FAILURE': 1, SETUP: 1 },
	get: { ACTIVE: 13, FAILURE: 1 },
	many: { ACTIVE: 13, FAILURE: 1 },
	validate: { ACTIVE: 13, FAILURE: 1 },
	delete: { deleted: 14 },
	left: {},
	// One more penny drop for the account that failed.
	counters: { accountsMade: 14, duplicatesMade: 0, validationsStarted: 15, deletesDone: 14 },
	doubtful: { validationsWhileUnsettled: 0, mixedUp: 0 },
};

/** A list of which only the first ten accounts can be read. */
const CUT_LIST: Story = {
	again: { UNFINISHED_LIST: 12, 'existing ACTIVE': 2, SETUP: 1 },
	many: { UNFINISHED_LIST: 1, ACTIVE: 2 },
};

/** A refusal without a code that says more. */
const ONLY_REFUSED: Story = {
	create: { 'created PENDING': 14, REFUSED: 1 },
	again: { 'existing ACTIVE': 13, 'existing FAILURE': 1, REFUSED: 1 },
};

/** A success that says that nothing is there is no proof of it. */
const MISSING_IN_200: Story = { none: { REFUSED: 1 } };

/** Dialects together, and how they differ from {@link USUAL}. */
const CASES: Array<[DialectName[], Omit<SimulatorOptions, 'dialect'>?, Story?]> = [
	[[]],
	[['under-data', 'amount-number', 'order-reversed', 'refusals-no-info'], {}, ONLY_REFUSED],
	[['details-flat', 'status-lower-case', 'bare-array', 'refusals-wrapped'], {}, ONLY_REFUSED],
	[['number-masked', 'order-reversed', 'create-without-details']],
	[['create-204', 'empty-404', 'customer-id-as-sent']],
	[['refusals-200', 'create-204', 'bare-array'], {}, MISSING_IN_200],
	[['create-without-details', 'create-202', 'order-reversed']],
	[['one-object', 'last-validated-null', 'refusals-info-only']],
	[['vpa-beside-empty-bank', 'refusals-info-text']],
	[['details-nested', 'delete-predecessor', 'missing-400']],
	[['bare-array', 'details-nested'], { pageSize: 10 }],
	[['under-data', 'order-reversed'], { pageSize: 3 }],
	[['offset-ignored'], { pageSize: 10 }, CUT_LIST],
	[['offset-400'], { pageSize: 10 }, CUT_LIST],
];

const AGAIN: INodeParameters = { options: { waitForValidation: 5 } };
const CREATE: INodeParameters = {
	operation: 'create',
	accountSource: 'json',
	customerId: '={{ $json.customer }}',
	accountsJson: '={{ [$json] }}',
	validateOnCreate: true,
};
const MANY = { operation: 'getAll', customerId: '={{ $json.customer }}', returnAll: true };
const BY_ID: INodeParameters = {
	customerId: '={{ $json.customer }}',
	customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

/** Plays the main job, as a user does it over several days. */
async function play(simulator: Simulator): Promise<Story> {
	const story: Story = {};
	const numberOf = ({ vpa, accountNumber }: IDataObject) => vpa ?? accountNumber;
	const accounts = () => simulator.accounts().map((it): IDataObject => ({ ...it }));
	let mixedUp = 0;
	const run = async (step: string, parameters: INodeParameters, items: IDataObject[]) => {
		const onError = 'continueRegularOutput';
		const { outputs } = await runOn(simulator, parameters, { items, onError, collect: false });
		const tally: Tally = (story[step] = {});
		const known = new Map(accounts().map((it) => [it.id, numberOf(it)]));
		for (const { json, pairedItem } of outputs.flat()) {
			const { errorCode, deleted, outcome, validationStatus, customerAccountId: id } = json;
			const done = deleted ? 'deleted' : [outcome, validationStatus].filter(Boolean).join(' ');
			const what = String(errorCode ?? done);
			tally[what] = (tally[what] ?? 0) + 1;
			// No row has another row's account.
			const own = numberOf(items[(pairedItem as { item: number }).item] ?? {});
			if (own !== undefined && id !== null && known.get(id) !== own) mixedUp++;
		}
	};
	await run('none', MANY, [{ customer: 'customer_3344' }, { customer: 'cst_nobody' }]);
	await run('create', CREATE, ROWS);
	await run('again', { ...CREATE, ...AGAIN }, ROWS);
	// As a user reads the IDs off Juspay's dashboard.
	const ids = accounts().map(({ id, ...it }) => ({
		id,
		customer: ROWS.find((row) => numberOf(row) === numberOf(it))?.customer,
	}));
	await run('get', { operation: 'get', ...BY_ID, ...AGAIN }, ids);
	await run('many', MANY, CUSTOMERS);
	await run('validate', { operation: 'validate', ...BY_ID, ...AGAIN }, ids);
	await run('delete', { operation: 'delete', ...BY_ID }, ids);
	await run('left', MANY, CUSTOMERS);
	const { accountsMade, duplicatesMade, validationsStarted, deletesDone } = simulator.counters;
	const { validationsWhileUnsettled } = simulator.counters;
	story.counters = { accountsMade, duplicatesMade, validationsStarted, deletesDone };
	story.doubtful = { validationsWhileUnsettled, mixedUp };
	return story;
}

it('no dialect is left out', () => {
	const spoken = new Set(CASES.flatMap(([dialect]) => dialect));
	expect(DIALECT_NAMES.filter((name) => !spoken.has(name))).toEqual([]);
});

describe('the main job', () => {
	let stories: Array<Promise<Story>> = [];

	beforeAll(() => {
		const customers = [...CUSTOMERS.map(({ customer }) => customer), 'customer_3344'];
		const jobs = CASES.map(
			([dialect, more]) =>
				async () =>
					await using(startSimulator({ customers, validationMs: 200, dialect, ...more }), play),
		);
		// Some side by side: they wait much of the time, but a process with too much to do lets its own requests time out.
		stories = startPool(jobs, 8);
	});

	it.each(
		CASES.map(([dialect, , difference], at) => [dialect.join(' + '), at, difference] as const),
	)(
		'%s',
		async (_, at, difference) => {
			expect(await stories[at]).toEqual({ ...USUAL, ...difference });
		},
		120_000,
	);
});
