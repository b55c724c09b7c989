import {
	credentialFor,
	itemAt,
	itemsOf,
	openStage,
	type Stage,
	type Workflow,
} from '../../dev/n8n';
import { INSTALL_WITHIN_MS, packed } from './stage';

const ROWS = 20_000;

let stage: Stage;
const log: string[] = [];

beforeAll(async () => {
	stage = await openStage({
		...packed(),
		juspay: { customers: ['cst_one'] },
		log: (line) => void log.push(line),
	});
}, INSTALL_WITHIN_MS);

afterAll(async () => await stage?.close());

it(`${ROWS} rows that all fail end as ${ROWS} items, and n8n goes on`, async () => {
	const { id } = await stage.client.putCredential(credentialFor(stage.simulator));
	const stored = await stage.client.putWorkflow(workflow(id));
	const execution = await stage.client.run(stored.id, 'Start');
	expect(execution.status).toBe('success');
	const items = itemsOf(execution, 'Create');
	const codes = new Map<unknown, number>();
	for (const place of items) {
		const code = itemAt(execution, place)?.json.errorCode;
		codes.set(code, (codes.get(code) ?? 0) + 1);
	}
	expect(Object.fromEntries(codes)).toEqual({
		BAD_INPUT: ROWS / 2,
		NOT_FOUND: ROWS / 2,
	});
	expect(stage.simulator.counters.accountsMade).toBe(0);
	expect(log.join('\n')).not.toMatch(/unhandled|out of memory/i);
});

/** Every other row has a bad IFSC; the customers of the others don't exist. */
function workflow(credentialId: string): Workflow {
	const rows = Array.from({ length: ROWS }, (_, index) => ({
		customer_id: `customer_${index % 1000}`,
		account_number: String(100_000_000_000 + index),
		ifsc: index % 2 === 0 ? 'HDFC0001234' : 'HDFC',
	}));
	return {
		name: 'All rows fail',
		nodes: [
			{
				id: '1',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: '2',
				name: 'Rows',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [200, 0],
				parameters: {},
			},
			{
				id: '3',
				name: 'Create',
				type: 'n8n-nodes-juspay.juspay',
				typeVersion: 1,
				position: [400, 0],
				parameters: { operation: 'create', accountSource: 'input' },
				credentials: { juspayApi: { id: credentialId, name: 'Juspay account' } },
				onError: 'continueRegularOutput',
			},
		],
		connections: {
			Start: { main: [[{ node: 'Rows', type: 'main', index: 0 }]] },
			Rows: { main: [[{ node: 'Create', type: 'main', index: 0 }]] },
		},
		pinData: { Rows: rows.map((json) => ({ json })) },
		settings: { executionOrder: 'v1' },
	} as Workflow;
}
