import type { INodeParameters } from 'n8n-workflow';
import { exampleRows, type DataTables, type Row } from '../../dev/demo/tables';
import { nodeOf, wiresTo, type Workflow } from '../../dev/n8n';

const BATCH = 2;

/** What docs/progress.md tells to build: the example rows in a Data Table, worked through in batches. */
export async function loopRows(tables: DataTables): Promise<{
	workflow: Workflow;
	now: () => Promise<Row[]>;
}> {
	const table = await tables.put('Rows for a loop', await exampleRows());
	const dataTableId = { __rl: true, mode: 'id', value: table };
	return {
		now: async () => await tables.rows(table),
		workflow: {
			name: 'Loop over rows',
			nodes: [
				nodeOf('Start', 'manualTrigger'),
				nodeOf('Rows', 'dataTable', {
					resource: 'row',
					operation: 'get',
					dataTableId,
					filters: {},
					returnAll: true,
				}),
				nodeOf('Loop', 'splitInBatches', { batchSize: BATCH, options: {} }, { typeVersion: 3 }),
				nodeOf('Juspay', 'n8n-nodes-juspay.juspay', JUSPAY, { onError: 'continueRegularOutput' }),
				nodeOf('Save', 'dataTable', {
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
				nodeOf('After All', 'noOp'),
			],
			connections: {
				Start: wiresTo('Rows'),
				Rows: wiresTo('Loop'),
				Loop: wiresTo('After All', 'Juspay'),
				Juspay: wiresTo('Save'),
				Save: wiresTo('Loop'),
			},
			settings: { executionOrder: 'v1' },
		},
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
