/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a command line of the project's own, which never ships */
import Table from 'cli-table3';
import type { IDataObject } from 'n8n-workflow';
import { JuspayApi } from '../../credentials/JuspayApi.credentials';
import { Juspay } from '../../nodes/Juspay/Juspay.node.js';
import { JuspayTrigger } from '../../nodes/Juspay/JuspayTrigger.node.js';
import {
	JUSPAY_CREDENTIAL,
	JUSPAY_TRIGGER_TYPE,
	JUSPAY_TYPE,
	pollTrigger,
	registerTypes,
} from '../engine';
import { runNode, withSimulator } from '../faults/node';
import type { Simulator } from '../../dev/simulator/simulator';

/** What one load comes to. */
interface Outcome {
	what: string;
	/** What came out, in numbers. */
	result: string;
}

const account = (index: number) => ({
	// Never with one of the simulator's magic endings.
	account_number: `${5_000_000_000 + index}77`,
	ifsc: 'HDFC0000001',
});

/** Rows that are all refused: the whole IFSC column is wrong. */
async function failingRows(): Promise<Outcome> {
	return await withSimulator({ customers: [] }, {}, async (simulator) => {
		const items = Array.from({ length: 20_000 }, (_, index) => ({
			customer_id: `cst_${index % 100}`,
			...account(index),
			ifsc: 'WRONG',
		}));
		const result = await runNode(simulator, items);
		const failed = result.items().filter(({ error }) => error).length;
		return { what: '20,000 rows that are all refused', result: `${failed} messages` };
	});
}

/** Rows of customers that Juspay doesn't know. */
async function missingCustomers(): Promise<Outcome> {
	return await withSimulator({ customers: [] }, {}, async (simulator) => {
		const items = Array.from({ length: 20_000 }, (_, index) => ({
			customer_id: `cst_missing_${index % 4000}`,
			...account(index),
		}));
		const result = await runNode(simulator, items);
		const failed = result.items().filter(({ error }) => error).length;
		return {
			what: '20,000 rows of 4,000 customers that are not there',
			result: `${failed} messages, ${simulator.counters.requestsTotal} requests`,
		};
	});
}

async function pollMany(): Promise<Outcome> {
	const customers = Array.from({ length: 2000 }, (_, index) => `cst_${index}`);
	return await withSimulator({ customers }, { latencyMs: 100 }, async (simulator) => {
		for (const [index, id] of customers.entries()) {
			simulator.seedAccount(id, { vpa: `payer${index}@okbank` }, 'PENDING');
		}
		const staticData: IDataObject = {};
		const poll = async () =>
			await pollTrigger({
				credential: credentialOf(simulator),
				staticData,
				parameters: { customerIds: customers.join('\n') },
			});
		await poll();
		for (const { id } of simulator.accounts()) simulator.setStatus(id, 'ACTIVE');
		const { items } = await poll();
		return {
			what: 'two polls of 2,000 watched customers, 100 ms latency',
			result: `${items?.length ?? 0} changes`,
		};
	});
}

async function largeCustomer(): Promise<Outcome> {
	return await withSimulator({ customers: ['cst_large'] }, {}, async (simulator) => {
		const items = Array.from({ length: 5000 }, (_, index) => ({
			customer_id: 'cst_large',
			...account(index),
		}));
		await runNode(simulator, items);
		const again = await runNode(simulator, items);
		const existing = again.items().filter(({ outcome }) => outcome === 'existing').length;
		return {
			what: 'one customer with 5,000 accounts, created and run again',
			result: `${simulator.counters.accountsMade} created, ${existing} existing`,
		};
	});
}

async function largeItem(): Promise<Outcome> {
	return await withSimulator({ customers: ['cst_large'] }, {}, async (simulator) => {
		const accounts = Array.from({ length: 100_000 }, (_, index) => account(index));
		const result = await runNode(simulator, [{ accounts }], {
			accountSource: 'json',
			customerId: 'cst_large',
			accountsJson: '={{ $json.accounts }}',
			options: { accountsPerRequest: 500 },
		});
		const created = result.items().filter(({ outcome }) => outcome === 'created').length;
		return { what: 'one item with 100,000 accounts', result: `${created} created` };
	});
}

function credentialOf({ url, apiKey }: Simulator) {
	return { environment: 'custom', baseUrl: url, apiKey };
}

async function main(): Promise<void> {
	registerTypes({
		nodes: { [JUSPAY_TYPE]: Juspay, [JUSPAY_TRIGGER_TYPE]: JuspayTrigger },
		credentials: { [JUSPAY_CREDENTIAL]: JuspayApi },
	});
	let unhandled = 0;
	process.on('unhandledRejection', () => unhandled++);
	const table = new Table({ head: ['load', 'result', 'seconds', 'heap MB'], style: { head: [] } });
	for (const load of [failingRows, missingCustomers, pollMany, largeCustomer, largeItem]) {
		const startedAt = performance.now();
		const { what, result } = await load();
		const seconds = (performance.now() - startedAt) / 1000;
		const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
		table.push([what, result, seconds.toFixed(1), heap]);
	}
	process.stdout.write(`${table.toString()}\n${unhandled} unhandled rejections\n`);
	process.exitCode = unhandled === 0 ? 0 : 1;
}

void main();
