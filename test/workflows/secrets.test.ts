import type { IDataObject } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import { listenToLog } from '../engine';
import type { Fault } from '../../dev/simulator/simulator';
import { failedItems, textsIn, useJuspay } from './juspay';
import type { RunOptions } from './juspay';

// The words count here, not how long the node looks before it says them.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const LIVE = 'sk_live_9QzX7vTk2';
const NUMBER = '556677889900112';
const VPA = '9988776655@okbank';
const HANDLE = '9988776655';
const KEYS = [LIVE, Buffer.from(`${LIVE}:`).toString('base64').replaceAll('=', '')];

const juspay = useJuspay({ apiKey: LIVE });

const logged: unknown[] = [];
const CONSOLE = ['debug', 'log', 'info', 'warn', 'error'] as const;

beforeEach(() => {
	logged.length = 0;
	listenToLog((...entry) => logged.push(entry));
	for (const method of CONSOLE)
		jest.spyOn(console, method).mockImplementation((...entry) => logged.push(entry));
});
afterEach(() => {
	listenToLog(undefined);
	jest.restoreAllMocks();
});

/** The columns of the input: n8n itself keeps them, and merges them into items of the error output. */
const COLUMNS = ['customer', 'accounts', 'number', 'ifsc', 'name', 'vpa'];

/**
 * Every text that a run leaves behind: items, errors, hints, logs. Left out is only what n8n keeps of the user's own
 * data: the items before the node, and their columns.
 */
function leftBehind(result: JuspayResult): string[] {
	const { raw } = result.workflow;
	const { runData, error } = raw.data.resultData;
	const own = (name: string) => COLUMNS.includes(name);
	const nodes = Object.entries(runData).filter(([name]) => name !== 'Start');
	return textsIn([nodes, error, result.error, result.hints, logged], own);
}

function expectNoSecret(result: JuspayResult): void {
	const texts = leftBehind(result);
	expect(texts.length).toBeGreaterThan(10);
	for (const secret of [NUMBER, VPA, HANDLE, ...KEYS]) {
		const found = texts.filter((text) => text.toLowerCase().includes(secret.toLowerCase()));
		expect(found).toEqual([]);
	}
	// The key is nobody's column: it stands nowhere at all.
	const everything = textsIn([result.workflow.raw, logged]).join('\n').toLowerCase();
	for (const key of KEYS) expect(everything).not.toContain(key.toLowerCase());
}

const ITEM = { customer: 'cst_one', number: NUMBER, ifsc: 'AABF0008032', vpa: VPA };

const create = async (items: IDataObject[], options: RunOptions = {}) =>
	await juspay.create(
		{
			customerId: '={{ $json.customer }}',
			accounts: {
				bankAccount: [
					{
						accountNumber: '={{ $json.number }}',
						ifsc: '={{ $json.ifsc }}',
						beneficiaryName: '={{ $json.name }}',
					},
				],
				upi: [{ vpa: '={{ $json.vpa }}' }],
			},
			options: { maxRetries: 0, timeout: 1 },
		},
		{ items, ...options },
	);

const ENDINGS = [undefined, 'continueRegularOutput', 'continueErrorOutput'] as const;

/** A body that repeats what was sent, and the key, in every place it has. */
const echo = (status: number): Fault => {
	const text = `Refused ${NUMBER} (${NUMBER.replace(/(.{4})/g, '$1 ')}), ${VPA}, key ${LIVE}, Basic ${KEYS[1]}`;
	return {
		kind: 'status',
		status,
		retryAfter: text,
		body: {
			status: text,
			error_code: text,
			error_message: text,
			error_info: {
				code: text,
				category: text,
				user_message: text,
				developer_message: text,
				fields: [{ field_name: text, reason: text }],
			},
			id: text,
			customer_id: text,
		},
	};
};

describe('what a run leaves behind holds no account number, no UPI ID and no key', () => {
	it('when all goes well, and when the accounts are there already', async () => {
		for (const outcome of ['created', 'existing']) {
			const result = await create([ITEM]);
			expect(result.items().map((item) => item.outcome)).toEqual([outcome, outcome]);
			expectNoSecret(result);
		}
	});

	it.each<[string, IDataObject]>([
		['values in the wrong columns', { ...ITEM, ifsc: NUMBER, vpa: NUMBER, number: VPA }],
		['an account number where the customer belongs', { ...ITEM, customer: `${NUMBER}\n${VPA}` }],
		['a UPI ID where the customer belongs', { ...ITEM, customer: VPA }],
		['an account number where the name belongs', { ...ITEM, name: NUMBER }],
		['a UPI ID where the name belongs', { ...ITEM, name: VPA }],
		['an unknown customer', { ...ITEM, customer: 'cst_nobody' }],
	])('when an item has %s', async (_, bad) => {
		for (const onError of ENDINGS) {
			const result = await create([ITEM, bad], { onError });
			expect(result.status === 'error').toBe(onError === undefined);
			expectNoSecret(result);
		}
	});

	it.each<[string, Fault]>([
		...[400, 403, 429].map((status): [string, Fault] => [`status ${status}`, echo(status)]),
		['a web page', { kind: 'status', status: 502, body: `<p>${NUMBER} ${VPA} ${LIVE}</p>` }],
	])('when Juspay repeats them in an answer: %s', async (_, fault) => {
		juspay.simulator.addFault({ ...fault, call: 'createAccounts' });
		for (const onError of ENDINGS) expectNoSecret(await create([ITEM], { onError }));
		expect(juspay.simulator.counters.requests.createAccounts).toBeGreaterThan(2);
	});

	it.each([
		['contains a line break', { apiKey: `${LIVE}\n${LIVE}` }],
		['stands in the base URL too', { baseUrl: `https://${LIVE}:@127.0.0.1:9` }],
		['stands in the path of the base URL', { baseUrl: `http://127.0.0.1:9/${LIVE}` }],
	])('when the key %s', async (_, change) => {
		for (const onError of ENDINGS) {
			const result = await create([ITEM], { onError, credential: juspay.credential(change) });
			expect(result.status === 'error').toBe(onError === undefined);
			expectNoSecret(result);
		}
	});
});

describe("the error output's items hold the user's own columns, and the node's part masked", () => {
	it('and nothing else', async () => {
		const bad = { ...ITEM, customer: 'cst_nobody' };
		const result = await create([bad], { onError: 'continueErrorOutput' });
		expect(failedItems(result, 1)).toEqual([
			expect.objectContaining({ ...bad, account: 'XXXXXXXXXXX0112' }),
			expect.objectContaining({ ...bad, account: '99******55@okbank' }),
		]);
	});
});

describe('without Simplify', () => {
	it('the user asked for whole accounts and gets them, the key still nowhere', async () => {
		const id = juspay.simulator.seedAccount('cst_one', { vpa: VPA });
		const result = await juspay.get('cst_one', id, { parameters: { simplify: false } });
		expect(result.items()).toEqual([expect.objectContaining({ account_details: { vpa: VPA } })]);
		const everything = textsIn([result.workflow.raw, logged]).join('\n');
		for (const key of KEYS) expect(everything).not.toContain(key);
	});
});
