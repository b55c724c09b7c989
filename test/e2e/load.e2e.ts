import { chainOf, itemsOf, nodeOf, openStage, type Stage, type Workflow } from '../../dev/n8n';
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
	const { id } = await stage.importWorkflow(workflow());
	const execution = await stage.client.run(id, 'Start');
	expect(execution.status).toBe('success');
	const codes = itemsOf(execution, 'Create').map(({ json }) => json.errorCode);
	expect(codes).toHaveLength(ROWS);
	expect(codes.filter((code) => code === 'BAD_INPUT')).toHaveLength(ROWS / 2);
	expect(codes.filter((code) => code === 'NOT_FOUND')).toHaveLength(ROWS / 2);
	expect(stage.simulator.counters.accountsMade).toBe(0);
	expect(log.join('\n')).not.toMatch(/unhandled|out of memory/i);
});

/** Every other row has a bad IFSC; the customers of the others don't exist. */
function workflow(): Workflow {
	const rows = Array.from({ length: ROWS }, (_, index) => ({
		customer_id: `customer_${index % 1000}`,
		account_number: String(100_000_000_000 + index),
		ifsc: index % 2 === 0 ? 'HDFC0001234' : 'HDFC',
	}));
	const parameters = { operation: 'create', accountSource: 'input' };
	const onError = 'continueRegularOutput';
	const create = nodeOf('Create', 'n8n-nodes-juspay.juspay', parameters, { onError });
	const nodes = [nodeOf('Start', 'manualTrigger'), nodeOf('Rows', 'noOp'), create];
	return chainOf('All rows fail', nodes, { Rows: rows });
}
