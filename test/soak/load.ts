/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command line of the project's own, which never ships */
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';
import { pollTrigger } from '../engine';
import { runNode } from '../faults/node';
import { credentialFor, using } from '../simulated';
import { startSimulator, type Simulator } from '../../dev/simulator/simulator';

/** What is loaded, and what came out, in numbers. */
const LOADS: Record<string, (simulator: Simulator) => Promise<string>> = {
	'20,000 rows that are all refused before anything is sent': async (simulator) => {
		const items = rows(20_000, (index) => `cst_${index % 100}`);
		return await messagesOf(
			simulator,
			items.map((row) => ({ ...row, ifsc: 'WRONG' })),
		);
	},
	'20,000 rows of 4,000 customers that are not there': async (simulator) => {
		const messages = await messagesOf(
			simulator,
			rows(20_000, (index) => `cst_missing_${index % 4000}`),
		);
		return `${messages}, ${simulator.counters.requestsTotal} requests`;
	},
	'two polls of 2,000 watched customers, 100 ms latency': async (simulator) => {
		simulator.configure({ latencyMs: 100 });
		const customers = Array.from({ length: 2000 }, (_, index) => `cst_${index}`);
		for (const [index, id] of customers.entries()) {
			simulator.seedAccount(id, { vpa: `payer${index}@okbank` }, 'PENDING');
		}
		const staticData: IDataObject = {};
		const poll = async () =>
			await pollTrigger({
				credential: credentialFor(simulator),
				staticData,
				parameters: { customerIds: customers.join('\n') },
			});
		await poll();
		for (const { id } of simulator.accounts()) simulator.setStatus(id, 'ACTIVE');
		const { items } = await poll();
		return `${items?.length ?? 0} changes`;
	},
	'one customer with 5,000 accounts, created and run again': async (simulator) => {
		simulator.seedCustomers(['cst_large']);
		const items = rows(5000, () => 'cst_large');
		await runNode(simulator, items);
		const again = await runNode(simulator, items);
		const existing = again.items().filter(({ outcome }) => outcome === 'existing').length;
		return `${simulator.counters.accountsMade} created, ${existing} existing`;
	},
	'one item with 100,000 accounts, 500 in a request': async (simulator) => {
		simulator.seedCustomers(['cst_large']);
		const result = await runNode(simulator, [{ accounts: accounts(100_000) }], {
			accountSource: 'json',
			customerId: 'cst_large',
			accountsJson: '={{ $json.accounts }}',
			options: { accountsPerRequest: 500 },
		});
		return `${result.items().filter(({ outcome }) => outcome === 'created').length} created`;
	},
};

const accounts = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		// Never with one of the simulator's magic endings.
		account_number: `${5_000_000_000 + index}77`,
		ifsc: 'HDFC0000001',
	}));

const rows = (count: number, customer: (index: number) => string): IDataObject[] =>
	accounts(count).map((account, index) => ({ customer_id: customer(index), ...account }));

async function messagesOf(simulator: Simulator, items: IDataObject[]): Promise<string> {
	const result = await runNode(simulator, items);
	return `${result.items().filter(({ error }) => error).length} messages`;
}

async function main(): Promise<void> {
	let unhandled = 0;
	process.on('unhandledRejection', () => unhandled++);
	const table = new Table({ head: ['load', 'result', 'seconds', 'heap MB'], style: { head: [] } });
	for (const [what, load] of Object.entries(LOADS)) {
		const startedAt = performance.now();
		const result = await using(startSimulator(), load);
		const seconds = (performance.now() - startedAt) / 1000;
		const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
		table.push([what, result, seconds.toFixed(1), heap]);
	}
	process.stdout.write(`${table.toString()}\n${unhandled} unhandled rejections\n`);
	process.exitCode = unhandled === 0 ? 0 : 1;
}

void main();
