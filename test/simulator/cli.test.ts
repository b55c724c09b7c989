import execa from 'execa';
import { until } from '../../dev/until';
import type { Simulator } from '../../dev/simulator/simulator';
import { create, send } from './caller';

const UPI = { vpa: '9164326296@upi' };
const BANK = { accountNumber: '026291800001191', ifsc: 'AABF0008032' };

it('npm run simulator tells how to use it, logs masked lines, stops on Ctrl-C', async () => {
	const options = ['--port', '0', '--api-key', 'k_secret_1', '--any-customer'];
	const child = execa('tsx', ['dev/simulator/cli.ts', ...options], {
		preferLocal: true,
		all: true,
	});
	let output = '';
	child.all?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	await until('its start', () => output.includes('Ctrl-C'));
	const url = /Base URL +(http:\S+)/.exec(output)?.[1] ?? '';
	expect(output).toMatch(/Environment {2}Custom.*k_secret_1/s);
	output = '';

	const there = { url, apiKey: 'k_secret_1' } as Simulator;
	await create(there, [BANK, UPI], { command: 'validate' });
	await create({ ...there, apiKey: 'k_wrong_22' }, [BANK]);
	await send(there, 'GET', '/n/026291800001191/9164326296%40upi%0aspoofed?vpa=9164326296@upi');
	await until('the last line', () => output.includes('-> 404'));
	expect(output).toMatch(
		'POST /customers/customer_1122/accounts command=validate [XXXXXXXXXXX1191, 91******96@upi] -> 200',
	);
	expect(output.trim().split('\n')).toHaveLength(3);
	expect(output).toMatch('-> 401');
	expect(output).not.toMatch(/026291800001191|9164326296|k_secret_1|k_wrong_22/);

	child.kill('SIGINT');
	expect((await child).exitCode).toBe(0);
});
