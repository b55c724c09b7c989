import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import type { Simulator, SimulatorOptions } from '../../dev/simulator/simulator';
import { startSimulator } from '../../dev/simulator/simulator';
import { runOn, using } from '../simulated';
import { textsIn } from '../workflows/juspay';
import { ACCEPTED, CUSTOMERS, NOBODY, NONE, ROWS, rowOf, telling } from './rows';

/** How many items came out with each status, outcome or error code. */
export type Tally = Record<string, number>;

/** What came of the main job in one dialect. */
export interface Story {
	/** What came out of each step, in order. */
	steps: Record<string, Tally>;
	/** Which rows the create and its rerun ended with a message, by error code. */
	messages: { create: Record<string, number[]>; rerun: Record<string, number[]> };
	/** What must not happen in any dialect: it is empty. */
	faults: string[];
}

/** One run of the node. */
interface Step {
	name: string;
	parameters: INodeParameters;
	items: IDataObject[];
	/** What is counted of an item; default: its status. */
	count?: (json: IDataObject) => string;
}

const VALIDATION_MS = 200;

/** Longer than any validation takes. */
const WAIT = { waitForValidation: 5 };

const CREATE: INodeParameters = {
	operation: 'create',
	accountSource: 'json',
	customerId: '={{ $json.customer }}',
	accountsJson: '={{ [$json] }}',
	validateOnCreate: true,
};

const GET_MANY: INodeParameters = {
	operation: 'getAll',
	customerId: '={{ $json.customer }}',
	returnAll: true,
};

const BY_ID: INodeParameters = {
	customerId: '={{ $json.customer }}',
	customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

const customers = CUSTOMERS.map((customer) => ({ customer }));
const rows = ROWS.map((row): IDataObject => ({ ...row }));

class Job {
	readonly story: Story = { steps: {}, messages: { create: {}, rerun: {} }, faults: [] };

	constructor(private readonly simulator: Simulator) {}

	/** Plays the whole job, as a user does it over several days. */
	async play(): Promise<void> {
		await this.run({
			name: 'getManyBefore',
			parameters: GET_MANY,
			items: [{ customer: NONE }, { customer: NOBODY }],
		});
		await this.createTwice();
		const items = this.accountsByTheirIds();
		await this.run({
			name: 'get',
			parameters: { operation: 'get', ...BY_ID, options: WAIT },
			items,
		});
		await this.run({ name: 'getMany', parameters: GET_MANY, items: customers });
		await this.byStatus();
		await this.validate(items);
		await this.run({
			name: 'delete',
			parameters: { operation: 'delete', ...BY_ID },
			items,
			count: ({ deleted }) => (deleted === true ? 'deleted' : 'not deleted'),
		});
		await this.run({ name: 'getManyAfter', parameters: GET_MANY, items: customers });
		const { counters } = this.simulator;
		this.story.steps.made = { accounts: counters.accountsMade };
		this.expectNone('duplicates', counters.duplicatesMade);
		this.expectNone('penny drops paid for twice', counters.validationsWhileUnsettled);
		this.expectNone('accounts left', this.simulator.accounts().length);
	}

	private async createTwice(): Promise<void> {
		const { counters } = this.simulator;
		const step = {
			items: rows,
			count: ({ outcome, validationStatus }: IDataObject) =>
				`${String(outcome)} ${String(validationStatus)}`,
		};
		this.checkRows('create', await this.run({ ...step, name: 'create', parameters: CREATE }));
		const made = counters.accountsMade;
		// A status that nobody knows isn't waited for.
		await sleep(2 * VALIDATION_MS);
		const parameters = { ...CREATE, options: WAIT };
		this.checkRows('rerun', await this.run({ ...step, name: 'rerun', parameters }));
		this.expectNone('accounts made by the rerun', counters.accountsMade - made);
		this.expectNone('accounts too many', Math.max(0, made - ACCEPTED));
		this.expectNone('accounts validated twice', counters.validationsRepeated);
	}

	private async byStatus(): Promise<void> {
		const parameters = { ...GET_MANY, outputMode: 'byStatus' };
		const { items } = await this.run({ name: 'byStatus', parameters, items: customers });
		this.story.steps.byStatus = {
			Active: items(0).length,
			Pending: items(1).length,
			Failure: items(2).length,
		};
	}

	private async validate(items: IDataObject[]): Promise<void> {
		const { counters } = this.simulator;
		const before = counters.validationsStarted;
		const parameters = { operation: 'validate', ...BY_ID, options: WAIT };
		await this.run({ name: 'validate', parameters, items });
		this.story.steps.pennyDrops = { started: counters.validationsStarted - before };
	}

	/** What Juspay has, as a user reads the IDs off Juspay's dashboard where the node can't tell them. */
	private accountsByTheirIds(): IDataObject[] {
		return this.simulator.accounts().map((account) => ({
			customer: ROWS[rowOf(account)]?.customer,
			id: account.id,
		}));
	}

	private async run({ name, parameters, items, count }: Step): Promise<JuspayResult> {
		const onError = 'continueRegularOutput';
		const result = await runOn(this.simulator, parameters, { items, onError, collect: false });
		const { outputs, hints, status, error } = result;
		if (status !== 'success') this.fault(`${name} ended as ${status}: ${error?.message}`);
		const tally: Tally = {};
		for (const { json } of outputs.flat()) {
			const what =
				'error' in json ? codeOf(json) : (count?.(json) ?? String(json.validationStatus));
			tally[what] = (tally[what] ?? 0) + 1;
		}
		this.story.steps[name] = tally;
		for (const text of telling(textsIn({ outputs, hints }), this.simulator.apiKey)) {
			this.fault(`${name} shows ${text}`);
		}
		return result;
	}

	/** Each row ends as one item, and no item has another row's account. */
	private checkRows(step: keyof Story['messages'], { outputs }: JuspayResult): void {
		const byId = new Map(this.simulator.accounts().map((account) => [account.id, rowOf(account)]));
		const itemsOfRow = ROWS.map(() => 0);
		for (const { json, pairedItem } of outputs.flat()) {
			const at = (pairedItem as { item: number }).item;
			itemsOfRow[at] = (itemsOfRow[at] ?? 0) + 1;
			if ('error' in json) (this.story.messages[step][codeOf(json)] ??= []).push(at);
			const id = json.customerAccountId;
			// Null where the row has no account.
			if (id !== null && byId.get(String(id)) !== at) {
				this.fault(`${step}: row ${at} has another row's account`);
			}
		}
		for (const [at, count] of itemsOfRow.entries()) {
			if (count !== 1) this.fault(`${step}: row ${at} has ${count} items`);
		}
	}

	private expectNone(what: string, count: number): void {
		if (count !== 0) this.fault(`${count} ${what}`);
	}

	private fault(what: string): void {
		this.story.faults.push(what);
	}
}

/** The code of a message that says what to do; a text that no test expects where it is none. */
function codeOf({ error, errorHint, errorCode }: IDataObject): string {
	const isClear =
		typeof error === 'string' &&
		/^\S.{20,}[^.]$/s.test(error) &&
		typeof errorHint === 'string' &&
		/^\S.{10,}\.$/s.test(errorHint);
	return isClear ? String(errorCode) : `unclear: ${String(error)}`;
}

/**
 * Plays the main job against a simulator of its own: create, create again, get, get many, by status, validate,
 * delete.
 */
export async function playMainJob(options: SimulatorOptions): Promise<Story> {
	const settings = { customers: [...CUSTOMERS, NONE], validationMs: VALIDATION_MS, ...options };
	return await using(startSimulator(settings), async (simulator) => {
		const job = new Job(simulator);
		await job.play();
		return job.story;
	});
}
