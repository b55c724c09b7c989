import type { INode, INodeParameters } from 'n8n-workflow';
import { exampleRows, type DataTables, type Row } from '../../dev/demo/tables';
import type { Workflow } from '../../dev/n8n';

const BATCH = 2;

/** What docs/progress.md tells to build: the example rows in a Data Table, worked through in batches. */
export async function loopRows(tables: DataTables): Promise<{
	workflow: (credential: { id: string; name: string }) => Workflow;
	now: () => Promise<Row[]>;
}> {
	const table = await tables.put('Rows for a loop', await exampleRows());
	const dataTableId = { __rl: true, mode: 'id', value: table };
	return {
		now: async () => await tables.rows(table),
		workflow: (juspayApi) => ({
			name: 'Loop over rows',
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
				node('Rows', 'n8n-nodes-base.dataTable', 1, {
					resource: 'row',
					operation: 'get',
					dataTableId,
					filters: {},
					returnAll: true,
				}),
				node('Loop', 'n8n-nodes-base.splitInBatches', 3, { batchSize: BATCH, options: {} }),
				{
					...node('Juspay', 'n8n-nodes-juspay.juspay', 1, JUSPAY),
					onError: 'continueRegularOutput',
					credentials: { juspayApi },
				},
				node('Save', 'n8n-nodes-base.dataTable', 1, {
					resource: 'row',
					operation: 'update',
					dataTableId,
					matchType: 'allConditions',
					filters: {
						conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }],
					},
					columns: {
						mappingMode: 'defineBelow',
						value: { status: "={{ $json.error ? 'ERROR' : $json.validationStatus }}" },
						matchingColumns: [],
						schema: [],
					},
				}),
				node('After All', 'n8n-nodes-base.noOp', 1, {}),
			],
			connections: {
				Start: wireTo('Rows'),
				Rows: wireTo('Loop'),
				Loop: wireTo('After All', 'Juspay'),
				Juspay: wireTo('Save'),
				Save: wireTo('Loop'),
			},
			settings: { executionOrder: 'v1' },
		}),
	};
}

const JUSPAY: INodeParameters = {
	resource: 'customerAccount',
	operation: 'create',
	accountSource: 'input',
	columns: {
		mappingMode: 'defineBelow',
		value: {
			customerId: '={{ $json.customer_ref }}',
			accountNumber: '={{ $json.account_number }}',
			ifsc: '={{ $json.ifsc }}',
			vpa: '={{ $json.vpa }}',
		},
	},
	validateOnCreate: true,
	options: { keepFields: 'id' },
};

function node(name: string, type: string, typeVersion: number, parameters: INodeParameters): INode {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

/** Wires from a node: one target for each of its outputs. */
function wireTo(...targets: string[]) {
	return { main: targets.map((target) => [{ node: target, type: 'main' as const, index: 0 }]) };
}
