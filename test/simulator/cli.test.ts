/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- runs the command line as a process of its own */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { create, send } from './caller';
import type { Simulator } from '../../dev/simulator/simulator';

const UPI = { vpa: '9164326296@upi' };
const BANK = { accountNumber: '026291800001191', ifsc: 'AABF0008032' };

describe('what the command line shows', () => {
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
});
