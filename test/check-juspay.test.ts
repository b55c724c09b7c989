import execa from 'execa';
import { valuesOf, MAGIC } from '../dev/check-juspay/accounts';
import { contractForm } from '../dev/check-juspay/candidates';
import { checkJuspay } from '../dev/check-juspay/check';
import { checkedBaseUrl } from '../dev/check-juspay/hosts';
import type { Simulator, SimulatorOptions } from '../dev/simulator/simulator';
import { startSimulator } from '../dev/simulator/simulator';
import { closedPort } from './workflows/juspay';

const KEY = ['sandbox', 'check', '7c1f4e'].join('_');

/** A report, read. */
interface Report {
	text: string;
	/** `holds …`, `DIFFERS …` or `unknown …`, by fact. */
	facts: Record<string, string>;
	changes: string[];
}

function readReport(text: string): Report {
	const [, facts = ''] = text.split('\n\n');
	const [, changes = ''] = text.split('contract.ts\n');
	return {
		text,
		facts: Object.fromEntries(
			facts.split('\n').map((line) => {
				const [verdict, fact = '', seen] = line.split(/ {2,}/);
				return [fact, `${verdict} ${seen}`];
			}),
		),
		changes: (changes.split('\n\n')[0] ?? '').split('\n'),
	};
}

/** Nothing is left behind, and nothing secret is said. */
function expectClean(simulator: Simulator, text: string): void {
	expect(simulator.accounts()).toEqual([]);
	expect(simulator.counters.accountsMade).toBeGreaterThan(2);
	const ids = [
		...simulator.customers().flatMap(({ id, objectReferenceId }) => [id, objectReferenceId]),
		...simulator.requests().flatMap(({ path }) => path.match(/banh_\w+/g) ?? []),
	].filter((id) => id !== 'banh_checkNobodyHasThis');
	const secrets = [KEY, btoa(`${KEY}:`), ...ids, ...Object.values(MAGIC).flatMap(valuesOf)];
	for (const secret of secrets) expect(text).not.toContain(secret);
}

async function checked(options: SimulatorOptions): Promise<Report> {
	const simulator = await startSimulator({ apiKey: KEY, validationMs: 300, ...options });
	const { url: baseUrl } = simulator;
	try {
		const { text, isComplete } = await checkJuspay({ baseUrl, apiKey: KEY, watchMs: 2500 });
		expect(isComplete).toBe(true);
		expectClean(simulator, text);
		return readReport(text);
	} finally {
		await simulator.close();
	}
}

describe('the check finds out', () => {
	it.concurrent('that the contract holds', async () => {
		const { facts, changes } = await checked({});
		expect(changes).toEqual(['- nothing']);
		expect(facts).toMatchObject({
			'A wrong key': 'holds 401 UNAUTHORIZED',
			'Form field with the accounts': 'holds account_details',
			'Fields of a bank account in a Create': 'holds in bank_account',
			'Fields of a UPI ID in a Create': 'holds upi.vpa',
			'bank_code in a Create': 'holds beside bank_account',
			"Create's answer to one account": 'holds 200, one object',
			'Two accounts in one Create': 'holds 200, bare array, 2 created',
			'Statuses of an account':
				'holds CREATED (last_validated: date-time) -> PENDING (last_validated: date-time) -> ACTIVE (last_validated: date-time)',
			'Amount of a validation': 'holds amount',
			'A new account in a list': 'holds at once, CREATED',
		});
	});

	it.concurrent.each<[string, SimulatorOptions, Record<string, string>]>([
		[
			'masked numbers, and a Create without a body',
			{ dialect: ['number-masked', 'create-204', 'order-reversed', 'offset-ignored'] },
			{
				'Account numbers in a list': 'DIFFERS masked, in account_details.bank_account',
				"Create's answer to one account": 'holds 204, without a body',
				'Order of a list': 'holds newest first',
				'offset of a list': 'DIFFERS ignored',
			},
		],
		[
			'the ID that was sent, a list that refuses an offset, and refusals with 200',
			{ dialect: ['customer-id-as-sent', 'offset-400', 'bare-array', 'refusals-200'] },
			{
				'IDs of accounts': 'holds ID banh_…',
				'customer_id of accounts': "holds the merchant's, as it was sent",
				'offset of a list': 'DIFFERS 200 INVALID_INPUT',
				'A wrong key': 'holds 200 UNAUTHORIZED',
				"A list's total": 'holds left out',
			},
		],
		[
			'a list that shows new accounts late',
			{ listDelayMs: 1200 },
			{ 'A new account in a list': expect.stringMatching(/^holds after [123] s, CREATED$/) },
		],
		[
			'a list without accounts that are not validated',
			{ listHidesCreated: true },
			{ 'A new account in a list': expect.stringMatching(/^DIFFERS not within \d s$/) },
		],
	])('%s', async (_what, options, facts) => {
		expect((await checked(options)).facts).toMatchObject(facts);
	});

	it.concurrent('that bank_code stands in bank_account', async () => {
		const { facts, changes } = await checked({ bankCodeInside: true });
		expect(facts['bank_code in a Create']).toBe('DIFFERS in bank_account');
		expect(changes).toEqual([
			'- bank_code in a Create: accountDetails(): move bank_code into bank_account',
		]);
	});
});

it('knows the form that contract.ts has', () => {
	expect(contractForm()).toEqual({
		outer: 'account_details',
		bank: 'bank_account',
		upi: 'upi.vpa',
		bankCode: 'beside',
	});
});

describe('the check runs', () => {
	it.each([
		'https://sandbox.juspay.in',
		'https://payments.sandbox.juspay.in/',
		'http://127.0.0.1:8777',
		'http://localhost:8777',
	])('against %s', (url) => {
		expect(checkedBaseUrl(url)).toEqual({ baseUrl: url.replace(/\/$/, '') });
	});

	it.each([
		'https://api.juspay.in',
		'https://smartgateway.hdfcbank.com',
		'http://sandbox.juspay.in',
		'https://sandbox.juspay.in.example.com',
		'https://notsandbox.juspay.in',
		'https://user:pass@sandbox.juspay.in',
		'sandbox.juspay.in',
	])('not against %s', (url) => {
		expect(checkedBaseUrl(url)).toEqual({ refused: expect.any(String) as string });
	});

	it('and ends early, with nothing created, when the key is rejected', async () => {
		const simulator = await startSimulator({ apiKey: 'another_key' });
		const { url: baseUrl } = simulator;
		const { text, isComplete } = await checkJuspay({ baseUrl, apiKey: KEY, watchMs: 0 });
		await simulator.close();
		expect(isComplete).toBe(false);
		expect(text).toMatch(/The check ended early\. Juspay does not accept this key/);
		expect(simulator.counters.customersMade).toBe(0);
	});
});

it('suggests no change where nothing answers', async () => {
	const options = { baseUrl: await closedPort(), apiKey: KEY, watchMs: 0 };
	const { text, isComplete } = await checkJuspay(options);
	expect(isComplete).toBe(false);
	expect(text).toMatch(/^unknown {2}A wrong key .*no answer/m);
	expect(readReport(text.replace(/\nThe check ended.*\n/, '')).changes).toEqual(['- nothing']);
});

/** Runs the command with a key piped in. */
async function run(...options: string[]): Promise<{ code: number; output: string }> {
	const { exitCode: code, all: output = '' } = await execa(
		'tsx',
		['dev/check-juspay/index.ts', ...options],
		{ input: `${KEY}\n`, preferLocal: true, all: true, reject: false },
	);
	return { code, output };
}

describe('npm run check:juspay', () => {
	it('takes the key from a pipe and prints the report without it', async () => {
		const simulator = await startSimulator({ apiKey: KEY });
		const { code, output } = await run('--base-url', simulator.url, '--yes', '--watch', '1');
		expect({ code, output }).toEqual({
			code: 0,
			output: expect.stringContaining('holds    Delete an account') as string,
		});
		expectClean(simulator, output);
		await simulator.close();
	});

	it('sends nothing without a confirmation', async () => {
		const simulator = await startSimulator({ apiKey: KEY });
		const { code, output } = await run('--base-url', simulator.url);
		expect(code).toBe(1);
		expect(output).toContain('Nothing was sent');
		expect(simulator.requests()).toEqual([]);
		await simulator.close();
	});

	it('refuses production', async () => {
		const { code, output } = await run('--base-url', 'https://api.juspay.in', '--yes');
		expect(code).toBe(1);
		expect(output).toMatch(/only runs against Juspay's sandbox/);
		expect(output).not.toContain(KEY);
	});
});
