/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import {
	chainOf,
	credentialFor,
	nodeOf,
	openStage,
	withCredential,
	type Credential,
	type Execution,
	type N8nVersion,
	type Stage,
	type Workflow,
} from '../../dev/n8n';
import { findLeaks } from '../leaks/leaks';
import { INSTALL_WITHIN_MS, packed } from './stage';

/** Every way of writing it differs from the others. */
const KEY = 'sk_live/9Qz+X7"vTk2\\A';
const BAD_KEY = 'sk_wrong/4Rt+Y8"bNm6\\B';
const NUMBER = '556677889900112';
const VPA = '9988776655@okbank';

const ROW = { customer: 'cst_one', number: NUMBER, ifsc: 'AABF0008032', vpa: VPA };
const ROWS: IDataObject[] = [
	ROW,
	{ ...ROW, ifsc: NUMBER },
	{ ...ROW, customer: 'cst_nobody' },
	{ ...ROW, number: `${NUMBER}X` },
];

/** The columns of the rows: n8n keeps those itself, and merges them into items of the error output. */
const COLUMNS = Object.keys(ROW);

/** The oldest and the newest n8n; what they log differs most. */
const VERSIONS: N8nVersion[] = ['lowest', 'v2'];

describe.each(VERSIONS)('n8n %s at debug level', (version) => {
	let stage: Stage;
	const log: string[] = [];
	const executions: Execution[] = [];

	beforeAll(async () => {
		stage = await openStage({
			...packed(),
			version,
			juspay: { apiKey: KEY, customers: ['cst_one'] },
			env: { N8N_LOG_LEVEL: 'debug', DEBUG: '' },
			log: (line) => void log.push(line),
		});
		await useTheNode(stage, executions);
	}, INSTALL_WITHIN_MS);

	afterAll(async () => await stage?.close());

	it('has run the node well and badly, and has logged it', () => {
		expect(log.filter((line) => line.includes('debug')).length).toBeGreaterThan(20);
		expect(executions.map(({ status }) => status)).toEqual([
			'success',
			'success',
			'error',
			'error',
		]);
		expect(stage.simulator.counters.accountsMade).toBeGreaterThan(0);
		expect(Object.keys(stage.simulator.counters.answers)).toEqual(
			expect.arrayContaining(['200', '400', '401', '404']),
		);
	});

	it('logs no key, no account number and no UPI ID', () => {
		expect(findLeaks(log, [KEY, BAD_KEY, NUMBER, VPA])).toEqual([]);
	});

	it('leaves no promise of the node unhandled', () => {
		expect(log.join('\n')).not.toMatch(/unhandled/i);
	});

	it('stores no key outside the encrypted credential', () => {
		const files = filesIn(join(stage.userFolder, '.n8n'));
		const texts = files.map(({ text }) => text);
		expect(files.some(({ name, text }) => /sqlite/.test(name) && text.includes(NUMBER))).toBe(true);
		expect(findLeaks(texts, [KEY, BAD_KEY])).toEqual([]);
	});

	it("stores account numbers and UPI IDs in the rows' own columns only", () => {
		const texts = executions.map(({ nodes: { Rows, ...nodes }, error }) => {
			expect(JSON.stringify(Rows)).toContain(NUMBER);
			return JSON.stringify([nodes, error], (name, value: unknown) =>
				COLUMNS.includes(name) ? undefined : value,
			);
		});
		expect(texts.join('')).toContain('XXXXXXXXXXX0112');
		expect(findLeaks(texts, [NUMBER, VPA, VPA.split('@')[0]!])).toEqual([]);
	});

	it('would have shown a leak', () => {
		const basic = Buffer.from(`${KEY}:`).toString('base64');
		expect(findLeaks([...log, `authorization: Basic ${basic}`], [KEY])).toHaveLength(1);
	});
});

/** A run that goes well in part, one that meets an answer which repeats everything, one that stops, a rejected key. */
async function useTheNode({ client, simulator }: Stage, executions: Execution[]): Promise<void> {
	const good = credentialFor(simulator);
	const bad = { ...good, name: 'Wrong key', data: { ...good.data, apiKey: BAD_KEY } };
	const right = await client.putCredential(good);
	const { id } = right;
	const wrong = await client.putCredential(bad);
	await client.testCredential({ ...good, id });
	await client.testCredential({ ...bad, id: wrong.id });
	await client.testCredential({
		...good,
		id,
		data: { ...good.data, baseUrl: 'http://127.0.0.1:9' },
	});

	const run = async (name: string, credential: Credential, onError?: 'continueErrorOutput') => {
		const stored = await client.putWorkflow(
			withCredential(workflow(name, onError), 'juspayApi', credential),
		);
		executions.push(await client.run(stored.id, 'Start'));
	};
	await run('Some rows are bad', right, 'continueErrorOutput');
	const echo = `Refused ${NUMBER}, ${VPA}, key ${KEY}`;
	simulator.addFault({
		kind: 'status',
		status: 400,
		body: { status: 'error', error_code: 'invalid_request', error_message: echo },
	});
	await run('Juspay repeats what was sent', right, 'continueErrorOutput');
	await run('Juspay repeats it, and the workflow stops', right);
	simulator.clearFaults();
	await run('The key is wrong', wrong);
}

function workflow(name: string, onError?: 'continueErrorOutput'): Workflow {
	const parameters = {
		operation: 'create',
		customerId: '={{ $json.customer }}',
		accounts: {
			bankAccount: [{ accountNumber: '={{ $json.number }}', ifsc: '={{ $json.ifsc }}' }],
			upi: [{ vpa: '={{ $json.vpa }}' }],
		},
		options: { maxRetries: 0, timeout: 5 },
	};
	const create = nodeOf('Create', 'n8n-nodes-juspay.juspay', parameters, onError && { onError });
	return chainOf(name, [nodeOf('Start', 'manualTrigger'), nodeOf('Rows', 'noOp'), create], {
		Rows: ROWS,
	});
}

/** What n8n keeps: its database, its logs, its settings. */
function filesIn(folder: string): Array<{ name: string; text: string }> {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.name === 'node_modules') return [];
		if (entry.isDirectory()) return filesIn(path);
		return entry.isFile() ? [{ name: entry.name, text: readFileSync(path, 'latin1') }] : [];
	});
}
