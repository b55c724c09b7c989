/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the command line as a process of its own */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { basic, create, send } from '../../dev/simulator/caller';
import { maskAccounts, maskPath, maskVpa } from '../../dev/simulator/masking';
import {
	DIALECT_NAMES,
	simulatorControl,
	startSimulator,
	type Simulator,
} from '../../dev/simulator/simulator';

const UPI = { vpa: '9164326296@upi' };
const BANK = { accountNumber: '026291800001191', ifsc: 'AABF0008032' };

describe('control over HTTP', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator({ customers: ['customer_1122'] });
	});

	afterEach(() => simulator.reset());

	afterAll(async () => await simulator.close());

	test('does and tells the same as the object', async () => {
		const control = simulatorControl(`${simulator.url}/`);
		expect(await control.health()).toEqual({ status: 'ok' });

		await control.seedCustomers(['other']);
		const id = await control.seedAccount('other', BANK, 'PENDING');
		await control.setStatus(id, 'ACTIVE');
		await create(simulator, [UPI]);
		expect(await control.accounts()).toEqual(simulator.accounts());
		expect(await control.accounts('other')).toMatchObject([{ id, status: 'ACTIVE', ...BANK }]);
		expect(await control.state()).toEqual({
			counters: simulator.counters,
			customers: 2,
			accounts: 2,
			accountsByStatus: { ACTIVE: 1, CREATED: 1 },
		});

		await control.configure({ merchantId: 'acme', pageSize: 1 });
		expect((await create(simulator, [UPI])).status).toBe(403);
		await control.configure({ merchantId: null });
		expect((await create(simulator, [UPI])).status).toBe(200);

		await control.addFaults([
			{ kind: 'html', times: 1 },
			{ kind: 'status', status: 503 },
		]);
		expect((await create(simulator, [UPI])).status).toBe(502);
		expect((await create(simulator, [UPI])).status).toBe(503);
		await control.clearFaults();
		expect((await create(simulator, [UPI])).status).toBe(200);

		expect(await control.requests()).toMatchObject(
			[200, 403, 200, 502, 503, 200].map((status) => ({ status, call: 'createAccounts' })),
		);
		const [, , last, ...others] = await control.requests(3);
		expect(others).toEqual([]);
		expect(last?.at).toBe(simulator.requests().at(-1)?.at);
		expect((await control.requests(3)).map(({ status }) => status)).toEqual([502, 503, 200]);
		expect(last?.headers.authorization).toBe('…');
		expect(simulator.requests().at(-1)?.headers.authorization).toBe(basic('sim_api_key'));

		await control.reset();
		expect(await control.state()).toMatchObject({ customers: 1, accounts: 0 });
		expect(simulator.counters.requestsTotal).toBe(0);
	});

	test('refuses with the reason', async () => {
		const control = simulatorControl(simulator.url);
		await expect(control.configure({ pageSize: 0 })).rejects.toThrow('pageSize must be');
		await expect(control.addFaults([{ kind: 'html' }, {} as never])).rejects.toThrow('kind');
		expect((await create(simulator, [UPI])).status).toBe(200);
		await expect(control.setStatus('banh_none', 'ACTIVE')).rejects.toThrow('banh_none');
		await expect(control.seedAccount('c', {} as never)).rejects.toThrow('accountNumber');
		await expect(control.requests(0)).rejects.toThrow('last');
		const answer = await send(simulator, 'POST', '/_simulator/faults', { body: '{' });
		expect([answer.status, answer.json]).toEqual([400, { error: 'The body is not JSON' }]);
		expect((await send(simulator, 'GET', '/_simulator/none')).status).toBe(404);
	});

	test('is neither counted, nor logged, nor struck by faults', async () => {
		simulator.addFault({ kind: 'dropBefore' });
		await simulatorControl(simulator.url).state();
		expect(simulator.requests()).toEqual([]);
		expect(simulator.counters.requestsTotal).toBe(0);
	});
});

describe('what the command line shows', () => {
	test('masks', () => {
		expect(maskVpa('9164326296@upi')).toBe('91******96@upi');
		expect(maskVpa('abc@upi')).toBe('***@upi');
		expect(maskAccounts('{')).toEqual([]);
		expect(maskAccounts('[null,{"bank_account":{"account_number":26291800001191}}]')).toEqual([
			'?',
			'?',
		]);
		expect(maskPath('/x/026291800001191/9164326296%40upi?n=026291800001191')).toBe(
			'/x/XXXXXXXXXXX1191/91******96@upi',
		);
		expect(maskPath('/x/someone.else%2540upi')).toBe('/x/so********se@upi');
	});

	function run(...options: string[]): { child: ChildProcess; output: () => string } {
		const cli = resolve(__dirname, '../../dev/simulator/cli.ts');
		const tsx = resolve(__dirname, '../../node_modules/tsx/dist/cli.mjs');
		const child = spawn(process.execPath, [tsx, cli, ...options]);
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
		}
		return { child, output: () => output };
	}

	async function until(holds: () => boolean): Promise<void> {
		for (let waited = 0; !holds(); waited += 20) {
			if (waited > 20_000) throw new Error('It never came to hold');
			await new Promise((done) => setTimeout(done, 20));
		}
	}

	test('starts, tells how to use it, logs masked lines, stops on Ctrl-C', async () => {
		const { child, output } = run('--port', '0', '--api-key', 'k_secret_1', '--any-customer');
		await until(() => output().includes('Ctrl-C'));
		const url = /Base URL +(http:\S+)/.exec(output())?.[1] ?? '';
		expect(output()).toMatch('Environment  Custom');
		expect(output()).toMatch('k_secret_1');
		const shownAtStart = output().length;

		const there = { url, apiKey: 'k_secret_1' } as Simulator;
		await create(there, [BANK, UPI], { command: 'validate' });
		await create({ ...there, apiKey: 'k_wrong_22' }, [BANK]);
		await send(there, 'GET', '/n/026291800001191/9164326296%40upi%0aspoofed?vpa=9164326296@upi');
		await until(() => output().includes('-> 404'));
		const lines = output().slice(shownAtStart);
		expect(lines).toMatch(
			'POST /customers/customer_1122/accounts command=validate [XXXXXXXXXXX1191, 91******96@upi] -> 200',
		);
		expect(lines.trim().split('\n')).toHaveLength(3);
		expect(lines).toMatch('-> 401');
		expect(lines).not.toMatch(/026291800001191|9164326296|k_secret_1|k_wrong_22/);

		child.kill('SIGINT');
		const [code] = (await once(child, 'exit')) as [number | null];
		expect(code).toBe(0);
	}, 30_000);

	test('speaks the dialects it is told, and says so', async () => {
		const { child, output } = run('--port', '0', '--dialect', 'empty-404, details-flat');
		await until(() => output().includes('Ctrl-C'));
		expect(output()).toMatch('Dialects: empty-404, details-flat');
		const url = /Base URL +(http:\S+)/.exec(output())?.[1] ?? '';
		const there = { url, apiKey: 'sim_api_key' } as Simulator;
		const list = '/customers/customer_1122/customer-accounts/list';
		expect((await send(there, 'GET', list)).status).toBe(404);
		expect((await create(there, [UPI])).json).toMatchObject(UPI);
		child.kill('SIGINT');
		await once(child, 'exit');
	}, 30_000);

	test('--help lists the dialects, and a name that is none is refused with them', async () => {
		const help = run('--help');
		const refused = run('--dialect', 'empty-404,klingon');
		const codes = await Promise.all(
			[help, refused].map(async ({ child }) => (await once(child, 'exit')) as [number | null]),
		);
		expect(codes.map(([code]) => code)).toEqual([0, 1]);
		for (const name of DIALECT_NAMES) expect(help.output()).toMatch(`\n  ${name} `);
		expect(refused.output()).toMatch(
			`There is no dialect klingon. Dialects: ${DIALECT_NAMES.join(', ')}`,
		);
	}, 30_000);

	test('a busy port gets one sentence', async () => {
		const busy = await startSimulator();
		const { port } = new URL(busy.url);
		const { child, output } = run('--port', port);
		const [code] = (await once(child, 'exit')) as [number | null];
		await busy.close();
		expect(code).toBe(1);
		expect(output().trim()).toMatch(new RegExp(`^Port ${port} is already in use: [^\n]+$`));
	}, 30_000);
});
