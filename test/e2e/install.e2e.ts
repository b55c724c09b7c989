/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
	chainOf,
	credentialFor,
	nodeOf,
	openStage,
	webhookOf,
	type Execution,
	type N8nVersion,
	type Stage,
	type TypeDescription,
	type Workflow,
	withCredential,
} from '../../dev/n8n';
import { until } from '../../dev/until';
import { INSTALL_WITHIN_MS, packed, readWorkflow } from './stage';

const CUSTOMERS = [
	'customer_1122',
	'customer_fields',
	'customer_rows',
	'customer_other',
	'customer_json',
];

/** Set while the first version is not published yet, to record what it does instead of comparing with it. */
const RECORD = process.env.E2E_RECORD === '1';

/** What the first version did, one line for each item: where it was seen, and the item. */
const OUTCOME = resolve(__dirname, 'fixtures/first-version-outcome.jsonl');
const then = readFileSync(OUTCOME, 'utf8').trim().split('\n');
const recorded = new Map<string, string[]>();

afterAll(() => {
	if (RECORD) writeFileSync(OUTCOME, `${[...recorded.values()].flat().join('\n')}\n`);
});

/** The oldest n8n that the README names, the newest 1.x, and a 2.x. */
const VERSIONS: N8nVersion[] = ['lowest', 'v1', 'v2'];

describe.each(VERSIONS)('the package in n8n %s', (version) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage({ ...packed(), version, juspay: { customers: CUSTOMERS } });
		await stage.addCredential();
	}, INSTALL_WITHIN_MS);

	afterAll(async () => await stage?.close());

	/** n8n's own description of a type, and the two icons that it shows with it. */
	async function shown(kind: 'nodes' | 'credentials', name: string) {
		const types = await stage.client.descriptions(kind);
		const type = types.find((one) => one.name === name);
		if (!type) throw new Error(`n8n has not loaded ${name}`);
		return { type, icons: await icons(type) };
	}

	async function icons({ iconUrl }: TypeDescription): Promise<string[]> {
		return await Promise.all(
			[iconUrl?.light, iconUrl?.dark].map(async (path) => {
				const answer = await fetch(`${stage.url}/${path}`, { headers: { connection: 'close' } });
				expect(answer.headers.get('content-type')).toMatch(/^image\/svg/);
				return await answer.text();
			}),
		);
	}

	it.each([
		['n8n-nodes-juspay.juspay', 'Juspay'],
		['n8n-nodes-juspay.juspayTrigger', 'Juspay Trigger'],
	])('loads %s, with codex and icons for light and dark', async (name, displayName) => {
		const { type, icons } = await shown('nodes', name);
		expect(type).toMatchObject({
			displayName,
			codex: {
				categories: ['Finance & Accounting'],
				alias: expect.arrayContaining(['penny drop', 'IFSC', 'UPI']),
			},
		});
		expectTwoPictures(icons);
	});

	it('loads juspayApi, with icons for light and dark', async () => {
		const { type, icons } = await shown('credentials', 'juspayApi');
		expect(type.displayName).toBe('Juspay API');
		expectTwoPictures(icons);
	});

	it('creates accounts and gets them again in an active workflow, called from outside', async () => {
		const { id } = await stage.importWorkflow(ON_CALL);
		await stage.client.activate(id);
		const answer = await call(`${stage.url}/webhook/accounts`, {
			customerId: 'customer_1122',
			accounts: [
				{ accountNumber: '026291800001191', ifsc: 'HDFC0001234' },
				{ vpa: 'pending.asha@upi' },
			],
		});
		expect(answer).toEqual([
			expect.objectContaining({ account: 'XXXXXXXXXXX1191', validationStatus: 'ACTIVE' }),
			expect.objectContaining({ account: 'pe********ha@upi', validationStatus: 'PENDING' }),
		]);
		expect(stage.simulator.counters.requests).toMatchObject({ createAccounts: 1, getAccount: 2 });
		expect(stage.simulator.accounts('customer_1122').map(({ id }) => id)).toEqual(
			(answer as IDataObject[]).map(({ customerAccountId }) => customerAccountId),
		);
		await stage.client.deactivate(id);
	});

	describe('a workflow that was saved with the first version', () => {
		let saved: Workflow;
		let id: string;

		beforeAll(async () => {
			stage.simulator.reset();
			saved = await readWorkflow('test/e2e/fixtures/first-version-workflow.json');
			const { data, ...credential } = credentialFor(stage.simulator);
			// UPI ID > Verify needs it.
			const withMerchant = { ...credential, data: { ...data, merchantId: 'merchant_1' } };
			const stored = await stage.client.putCredential(withMerchant);
			({ id } = await stage.client.putWorkflow(withCredential(saved, 'juspayApi', stored)));
		});

		it('names no parameter that the node has no longer', async () => {
			const nodes = saved.nodes.filter(({ type }) => type.startsWith('n8n-nodes-juspay.'));
			const types = await stage.client.descriptions('nodes');
			for (const { type, parameters } of nodes) {
				const known = namesIn(types.find(({ name }) => name === type)?.properties);
				const lost = namesIn(parameters).filter((name) => !known.includes(name));
				expect([type, lost]).toEqual([type, []]);
			}
		});

		it('does what it did then', async () => {
			const execution = await stage.client.run(id, 'Run by Hand');
			expectAsThen('byHand', outcomeOf(execution));
			// Customers are worked on side by side: whose accounts were created first is chance.
			const customers = stage.simulator.customers().map((customer) => customer.id);
			const place = ({ customerId }: { customerId: string }) => customers.indexOf(customerId);
			const accounts = stage.simulator.accounts().sort((one, two) => place(one) - place(two));
			expectAsThen('accountsAtJuspay', steady(accounts).map(one));
			expectAsThen('customersAtJuspay', steady(stage.simulator.customers()).map(one));
			const { counters } = stage.simulator;
			expectAsThen('countersAtJuspay', [
				[Object.fromEntries(COUNTED.map((it) => [it, counters[it]]))],
			]);
		});

		it('starts by its trigger as it did then', async () => {
			await stage.client.activate(id);
			const execution = await lastOf(stage, id, 2);
			await stage.client.deactivate(id);
			expectAsThen('byTrigger', outcomeOf(execution));
		});
	});
});

const COUNTED = [
	...(['accountsMade', 'duplicatesMade', 'validationsStarted'] as const),
	...(['validationsRepeated', 'deletesDone', 'customersMade'] as const),
];

const one = <T>(item: T): T[] => [item];

/** Compares with what the first version did, or records it; see CONTRIBUTING.md. */
function expectAsThen(what: string, seen: unknown[][]): void {
	const lines = seen.map((it) => JSON.stringify([what, ...it]));
	recorded.set(what, lines);
	const before = then.filter((line) => line.startsWith(`["${what}"`));
	if (!RECORD) expect(lines.map(parsed)).toEqual(before.map(parsed));
}

const parsed = (line: string) => JSON.parse(line) as unknown;

function expectTwoPictures([light, dark]: string[]): void {
	expect(light).toMatch(/^<svg/);
	expect(dark).toMatch(/^<svg/);
	expect(dark).not.toBe(light);
}

/** A new webhook answers 404 until n8n has it in place. */
async function call(url: string, body: object): Promise<unknown> {
	const answer = await until(`n8n to serve ${url}`, async () => {
		const served = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		return served.status !== 404 && served;
	});
	if (answer.ok) return await answer.json();
	throw new Error(`n8n answered ${answer.status}: ${await answer.text()}`);
}

/** Waits until a workflow has had so many executions; gives the last of them. */
async function lastOf({ client }: Stage, workflow: string, count: number): Promise<Execution> {
	const id = await until('the trigger to start the workflow', async () => {
		const executions = await client.executions(workflow);
		return executions.length >= count && executions[0]?.id;
	});
	return await client.finished(id);
}

/**
 * The names of parameters, at any depth: in a saved node they are keys, in a description they are called `name`. What
 * n8n keeps in a resource locator or a resource mapper is n8n's own.
 */
function namesIn(part: unknown): string[] {
	if (Array.isArray(part)) return part.flatMap(namesIn);
	if (typeof part !== 'object' || part === null) return [];
	if ('__rl' in part || 'mappingMode' in part) return [];
	if ('displayName' in part && 'name' in part) {
		const { name, options, values } = part as INodeProperties & { values?: INodeProperties[] };
		return [name, ...namesIn(options), ...namesIn(values)];
	}
	return Object.entries(part).flatMap(([key, value]) => [key, ...namesIn(value)]);
}

/** How a run ended, and what each node gave out, with its outputs. */
function outcomeOf({ status, nodes }: Execution): unknown[][] {
	const given = Object.entries(nodes).flatMap(([name, runs]) =>
		runs.flatMap(({ outputs }) =>
			outputs.flatMap((items, output) => items.map(({ json }) => ({ name, output, json }))),
		),
	);
	// Which of two branches n8n runs first is no matter of the node.
	const sorted = steady(given).sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
	return [['status', status], ...sorted.map(({ name, output, json }) => [name, output, json])];
}

/** The same without what differs from run to run (times, and which IDs Juspay chose), or may be said better one day. */
function steady<T>(value: T): T {
	const ids: Record<string, string[]> = { banh: [], cst: [] };
	const replace = (key: string, part: unknown) => {
		if (typeof part !== 'string') return part;
		if (key === 'error' || key === 'errorHint') return 'a sentence';
		if (/^\d{4}-\d\d-\d\dT/.test(part)) return 'a time';
		const [, kind = ''] = /^(banh|cst)_\w+$/.exec(part) ?? [];
		const known = ids[kind];
		if (!known) return part;
		if (!known.includes(part)) known.push(part);
		return `${kind}_${known.indexOf(part) + 1}`;
	};
	return JSON.parse(JSON.stringify(value, replace)) as T;
}

const ON_CALL = chainOf('Accounts on call', [
	webhookOf('On Call', 'accounts', { responseMode: 'lastNode', responseData: 'allEntries' }),
	nodeOf('Create', 'n8n-nodes-juspay.juspay', {
		accountSource: 'json',
		customerId: '={{ $json.body.customerId }}',
		accountsJson: '={{ $json.body.accounts }}',
		validateOnCreate: true,
	}),
	nodeOf('Get', 'n8n-nodes-juspay.juspay', {
		operation: 'get',
		customerId: '={{ $json.customerId }}',
		customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.customerAccountId }}' },
	}),
]);
