/* eslint-disable @n8n/community-nodes/no-restricted-globals, no-console -- this runs on a developer's machine, never inside n8n; the figures are for people */
/**
 * Runs that follow one after the other, each on another n8n process: what one has paid for or created, the next must
 * not. The simulator's counters are the judge.
 */
import type { INodeParameters } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';
import {
	chainOf,
	nodeOf,
	openStage,
	webhookOf,
	type Execution,
	type N8nVersion,
	type RunningN8n,
	type Workflow,
} from '../../dev/n8n';
import { openCluster, type Cluster } from '../../dev/queue/cluster';
import type { Simulator } from '../../dev/simulator/simulator';
import { until } from '../../dev/until';
import { packed } from '../e2e/stage';
import { openBlocker, type Blocker } from './blocker';

const VERSIONS: N8nVersion[] = ['v2', 'v1'];
const OPENS_WITHIN_MS = 600_000;
const RUNS_WITHIN_MS = 240_000;

const ACCOUNTS = 5;

type Rows = Array<Record<string, string>>;

/** Rows to the node: an account to validate in each. */
const VALIDATE = {
	operation: 'validate',
	customerId: '={{ $json.customer }}',
	customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.account }}' },
};

/** Rows to the node: an account to create in each. */
const CREATE = { operation: 'create', accountSource: 'input' };

/** One customer after the other, and paid for. */
const ONE_BY_ONE = { ...CREATE, validateOnCreate: true, options: { concurrency: 1 } };

/** The same, whatever is there already, and paid for. */
const CREATE_ANOTHER = {
	...CREATE,
	onExisting: 'create',
	validateOnCreate: true,
	options: { concurrency: 2 },
};

/** For how long a worker asks Redis for a job at a time, in milliseconds, and a little more. */
const JOB_WAIT_MS = 6_000;

/** Rows of new customers, one account each. */
const newRows = (count: number, from: number): Rows =>
	Array.from({ length: count }, (_, index) => ({
		customer_id: `cst_new_${from + index}`,
		account_number: String(from + index),
		ifsc: 'AABF0008032',
	}));

/** Rows, from a webhook or by hand, that the Juspay node works on; failed ones leave by the error output. */
function workflowFor(path: string, parameters: INodeParameters, rows: Rows = []): Workflow {
	const onError = 'continueErrorOutput';
	const juspay = nodeOf('Juspay', 'n8n-nodes-juspay.juspay', parameters, { onError });
	if (rows.length > 0) {
		return chainOf(path, [nodeOf('Begin', 'manualTrigger'), nodeOf('Rows', 'noOp'), juspay], {
			Rows: rows,
		});
	}
	const split = nodeOf('Rows', 'splitOut', { fieldToSplitOut: 'body.rows', options: {} });
	return chainOf(path, [webhookOf('Begin', path), split, juspay]);
}

/** Puts accounts there that were never validated; gives a row for each. */
function seedRows(simulator: Simulator): Rows {
	return Array.from({ length: ACCOUNTS }, (_, index) => {
		const customer = `cst_worker_${index}`;
		const accountNumber = String(10_000_005_000 + index);
		const details = { accountNumber, ifsc: 'AABF0008032' };
		return { customer, account: simulator.seedAccount(customer, details) };
	});
}

/** Rows of the run that went through, and those that left by the error output. */
function outputsOf({ nodes }: Execution) {
	const [through = [], failed = []] = nodes.Juspay?.[0]?.outputs ?? [];
	return { through: through.map(({ json }) => json), failed: failed.map(({ json }) => json) };
}

describe.each(VERSIONS)('two workers of n8n %s, one run after the other', (version) => {
	let cluster: Cluster;
	let simulator: Simulator;
	let blocker: Blocker;
	let workers: RunningN8n[] = [];
	const workflows: Record<string, string> = {};

	beforeAll(async () => {
		blocker = await openBlocker();
		cluster = await openCluster({ ...packed(), version, juspay: { anyCustomer: true } });
		({ simulator } = cluster);
		for (const workflow of [
			blocker.workflow,
			workflowFor('validate', VALIDATE),
			workflowFor('create', CREATE),
			workflowFor('create-and-pay', { ...CREATE, validateOnCreate: true }),
			workflowFor('one-by-one', ONE_BY_ONE),
			workflowFor('create-another', CREATE_ANOTHER),
		]) {
			const { id } = await cluster.importWorkflow(workflow);
			await cluster.client.activate(id);
			workflows[workflow.name] = id;
		}
		workers = [await cluster.addWorker(1), await cluster.addWorker(1)];
	}, OPENS_WITHIN_MS);

	afterAll(async () => {
		await cluster?.close();
		await blocker?.close();
	}, 60_000);

	beforeEach(() => {
		simulator.reset();
		simulator.clearFaults();
		simulator.configure({ validateStaysCreated: false, latencyMs: 0 });
	});

	/** Hands rows to a workflow; gives the ID of its execution. */
	async function begin(workflow: string, rows: Rows): Promise<string> {
		const id = workflows[workflow] ?? '';
		const known = new Set((await cluster.client.executions(id)).map((it) => it.id));
		const response = await fetch(`${cluster.webhookUrl}/webhook/${workflow}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ rows }),
		});
		expect(response.status).toBe(200);
		const begun = async () =>
			(await cluster.client.executions(id)).find((it) => !known.has(it.id))?.id;
		return await until('an execution', begun, { everyMs: 50 });
	}

	/**
	 * Does something on one worker and something on the other: each runs one execution at a time, and the one that must
	 * not take it is busy.
	 */
	async function onEach(first: () => Promise<void>, second: () => Promise<void>): Promise<void> {
		const letFirstGo = await blocker.keepOneBusy(cluster.webhookUrl);
		await first();
		const letSecondGo = await blocker.keepOneBusy(cluster.webhookUrl);
		letFirstGo();
		await second();
		letSecondGo();
	}

	const run = async (workflow: string, rows: Rows) =>
		outputsOf(await cluster.client.finished(await begin(workflow, rows)));

	const expectDoubts = ({ through, failed }: ReturnType<typeof outputsOf>) => {
		expect(through).toEqual([]);
		expect(failed.map(({ errorCode }) => errorCode)).toEqual(
			Array(ACCOUNTS).fill('VALIDATION_IN_DOUBT'),
		);
	};

	it(
		'pays once where Juspay shows a validation late',
		async () => {
			const rows = seedRows(simulator);
			simulator.configure({ validateStaysCreated: true });
			await onEach(
				async () => {
					const { through } = await run('validate', rows);
					expect(through.map(({ validation }) => validation)).toEqual(
						Array(ACCOUNTS).fill('started'),
					);
				},
				async () => expectDoubts(await run('validate', rows)),
			);
			expect(simulator.counters).toMatchObject({
				validationsStarted: ACCOUNTS,
				validationsRepeated: 0,
			});
			for (const { account = '' } of rows) simulator.setStatus(account, 'ACTIVE');
			const { through } = await run('validate', rows);
			expect(through.map(({ validation }) => validation)).toEqual(
				Array(ACCOUNTS).fill('notNeeded'),
			);
		},
		RUNS_WITHIN_MS,
	);

	it(
		'pays once where validations were carried out and answered with 504',
		async () => {
			const rows = seedRows(simulator);
			simulator.configure({ validateStaysCreated: true });
			simulator.addFault({ call: 'validateAccount', kind: 'statusAfter', status: 504 });
			await onEach(
				async () => {
					const { failed } = await run('validate', rows);
					expect(failed).toHaveLength(ACCOUNTS);
					simulator.clearFaults();
				},
				async () => expectDoubts(await run('validate', rows)),
			);
			expect(simulator.counters).toMatchObject({
				validationsStarted: ACCOUNTS,
				validationsRepeated: 0,
			});
		},
		RUNS_WITHIN_MS,
	);

	it(
		'creates once where the first run was stopped before its creates took effect',
		async () => {
			const rows = newRows(3, 20_000_005_000);
			simulator.addFault({ call: 'createAccounts', kind: 'lateEffect', forMs: 4000 });
			const asked = () => simulator.requests().filter(({ call }) => call === 'createAccounts');
			await onEach(
				async () => {
					const execution = await begin('create', rows);
					await until('the creates', () => asked().length === rows.length, { everyMs: 20 });
					await cluster.client.stop(execution);
				},
				async () => {
					simulator.clearFaults();
					await run('create', rows);
				},
			);
			const made = () => simulator.counters.accountsMade === rows.length;
			await until('the accounts', made, { everyMs: 100 });
			const { through } = await run('create', rows);
			expect(through.map(({ outcome }) => outcome)).toEqual(rows.map(() => 'existing'));
			expect(simulator.counters).toMatchObject({ accountsMade: rows.length, duplicatesMade: 0 });
		},
		RUNS_WITHIN_MS,
	);

	it(
		'at the same moment: says afterwards what was made twice',
		async () => {
			const rows = newRows(10, 30_000_005_000);
			simulator.configure({ latencyMs: 300 });
			await Promise.all([run('create-and-pay', rows), run('create-and-pay', rows)]);
			const { accountsMade, duplicatesMade, validationsStarted } = simulator.counters;
			console.log(
				`n8n ${version}, ${rows.length} new customers, two executions at the same moment: ` +
					`${accountsMade} made, ${duplicatesMade} of them twice, ${validationsStarted} penny drops`,
			);
			expect(accountsMade).toBe(rows.length + duplicatesMade);
			const execution = await cluster.client.finished(await begin('create-and-pay', rows));
			expect(outputsOf(execution).through).toHaveLength(rows.length);
			expect(simulator.counters.accountsMade).toBe(accountsMade);
			const twice = execution.nodes.Juspay?.[0]?.hints.join() ?? '';
			expect(/has the same account 2 times/.test(twice)).toBe(duplicatesMade > 0);
		},
		RUNS_WITHIN_MS,
	);

	it(
		'a frozen worker: of what was sent again meanwhile, says how much was paid for twice',
		async () => {
			const rows = newRows(8, 35_000_005_000);
			simulator.configure({ latencyMs: 300 });
			const frozen = await begin('one-by-one', rows);
			const some = () => simulator.counters.accountsMade >= 2;
			await until('the first accounts', some, { everyMs: 20 });
			for (const { pid } of workers) process.kill(-pid, 'SIGSTOP');
			// Until then, Redis hands the next job to a frozen worker that waits for one.
			const waited = sleep(JOB_WAIT_MS);
			workers.push(await cluster.addWorker(1));
			await waited;
			await run('one-by-one', rows);
			for (const { pid } of workers) process.kill(-pid, 'SIGCONT');
			await cluster.client.finished(frozen);
			const { accountsMade, duplicatesMade, validationsStarted } = simulator.counters;
			const { validationsRepeated } = simulator.counters;
			console.log(
				`n8n ${version}, ${rows.length} new customers, sent again while a worker was frozen: ` +
					`${accountsMade} made, ${duplicatesMade} of them twice, ` +
					`${validationsStarted} penny drops, ${validationsRepeated} of them twice`,
			);
			expect(accountsMade).toBe(rows.length + duplicatesMade);
			// Only what the frozen worker was sending at that moment.
			expect(duplicatesMade + validationsRepeated).toBeLessThanOrEqual(1);
		},
		RUNS_WITHIN_MS,
	);

	// The last one: it takes all workers away.
	it(
		'creates nothing again where n8n itself runs the execution of a lost worker again',
		async () => {
			const rows = newRows(20, 40_000_005_000);
			simulator.configure({ latencyMs: 500 });
			const execution = await begin('create-another', rows);
			const half = () => simulator.counters.accountsMade >= rows.length / 2;
			await until('half of the accounts', half, { everyMs: 20 });
			for (const { pid } of workers) process.kill(-pid, 'SIGKILL');
			await cluster.addWorker(1);
			const id = workflows['create-another'] ?? '';
			const ended = async () =>
				(await cluster.client.executions(id)).some(
					(it) => it.id === execution && ['success', 'error', 'crashed'].includes(it.status),
				);
			await until('the end of the execution', ended, { withinMs: 120_000 });
			const { accountsMade, ...counters } = simulator.counters;
			expect(accountsMade).toBeLessThan(rows.length);
			expect(counters).toMatchObject({ duplicatesMade: 0, validationsRepeated: 0 });
		},
		RUNS_WITHIN_MS,
	);
});

describe.each(VERSIONS)('n8n %s in regular mode, restarted between two runs', (version) => {
	it(
		'pays once where Juspay shows a validation late',
		async () => {
			const stage = await openStage({ ...packed(), version, juspay: { anyCustomer: true } });
			try {
				const { simulator, client } = stage;
				const rows = seedRows(simulator);
				simulator.configure({ validateStaysCreated: true });
				const { id } = await stage.importWorkflow(workflowFor('validate', VALIDATE, rows));
				const first = outputsOf(await client.run(id, 'Begin'));
				expect(first.through.map(({ validation }) => validation)).toEqual(
					Array(ACCOUNTS).fill('started'),
				);
				await stage.restart(() => {});
				const second = outputsOf(await client.run(id, 'Begin'));
				expect(second.through).toEqual([]);
				expect(second.failed.map(({ errorCode }) => errorCode)).toEqual(
					Array(ACCOUNTS).fill('VALIDATION_IN_DOUBT'),
				);
				expect(simulator.counters).toMatchObject({
					validationsStarted: ACCOUNTS,
					validationsRepeated: 0,
				});
			} finally {
				await stage.close();
			}
		},
		OPENS_WITHIN_MS,
	);
});
