/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
	credentialFor,
	openStage,
	type Execution,
	type N8nVersion,
	type Stage,
	type TypeDescription,
	type Workflow,
	withCredential,
} from '../../dev/n8n';
import { until } from '../../dev/until';
import type { Counters } from '../../dev/simulator/simulator';
import first from './fixtures/first-version-outcome.json';
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
const recorded = {};

afterAll(async () => {
	if (!RECORD) return;
	const file = resolve(__dirname, 'fixtures/first-version-outcome.json');
	await writeFile(file, `${JSON.stringify(recorded, null, '\t')}\n`);
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
			expectAsThen('byHand', outcome(execution));
			// Customers are worked on side by side: whose accounts were created first is chance.
			const customers = stage.simulator.customers().map((customer) => customer.id);
			const place = ({ customerId }: { customerId: string }) => customers.indexOf(customerId);
			const accounts = stage.simulator.accounts().sort((one, two) => place(one) - place(two));
			expectAsThen('accountsAtJuspay', steady(accounts));
			expectAsThen('customersAtJuspay', steady(stage.simulator.customers()));
			const names = Object.keys(first.countersAtJuspay) as Array<keyof Counters>;
			const { counters } = stage.simulator;
			expectAsThen('countersAtJuspay', Object.fromEntries(names.map((it) => [it, counters[it]])));
		});

		it('starts by its trigger as it did then', async () => {
			await stage.client.activate(id);
			const execution = await lastOf(stage, id, 2);
			await stage.client.deactivate(id);
			expectAsThen('byTrigger', outcome(execution));
		});
	});
});

/** Compares with what the first version did, or records it; see CONTRIBUTING.md. */
function expectAsThen(what: keyof typeof first, now: unknown): void {
	if (!RECORD) expect(now).toEqual(first[what]);
	Object.assign(recorded, { [what]: now });
}

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

/** What each node gave out, on each of its outputs. */
function outcome({ status, nodes }: Execution) {
	const given = Object.fromEntries(
		Object.entries(nodes).map(([name, runs]) => [
			name,
			runs.flatMap(({ outputs }) => outputs.map((items) => items.map(({ json }) => json))),
		]),
	);
	return steady({ status, given });
}

/** The same without what differs from run to run (times, and which IDs Juspay chose), or may be said better one day. */
function steady(value: unknown): unknown {
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
	return JSON.parse(JSON.stringify(value, replace)) as unknown;
}

const ON_CALL: Workflow = {
	name: 'Accounts on call',
	nodes: [
		{
			id: 'b6a1f1e0-0000-4000-8000-000000000001',
			name: 'On Call',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, 0],
			webhookId: 'b6a1f1e0-0000-4000-8000-00000000000a',
			parameters: {
				httpMethod: 'POST',
				path: 'accounts',
				responseMode: 'lastNode',
				responseData: 'allEntries',
				options: {},
			},
		},
		{
			id: 'b6a1f1e0-0000-4000-8000-000000000002',
			name: 'Create',
			type: 'n8n-nodes-juspay.juspay',
			typeVersion: 1,
			position: [220, 0],
			parameters: {
				accountSource: 'json',
				customerId: '={{ $json.body.customerId }}',
				accountsJson: '={{ $json.body.accounts }}',
				validateOnCreate: true,
			},
			credentials: { juspayApi: { id: null, name: 'Juspay account' } },
		},
		{
			id: 'b6a1f1e0-0000-4000-8000-000000000003',
			name: 'Get',
			type: 'n8n-nodes-juspay.juspay',
			typeVersion: 1,
			position: [440, 0],
			parameters: {
				operation: 'get',
				customerId: '={{ $json.customerId }}',
				customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.customerAccountId }}' },
			},
			credentials: { juspayApi: { id: null, name: 'Juspay account' } },
		},
	],
	connections: {
		'On Call': { main: [[{ node: 'Create', type: 'main', index: 0 }]] },
		Create: { main: [[{ node: 'Get', type: 'main', index: 0 }]] },
	},
	settings: { executionOrder: 'v1' },
};
