import type { INode, INodeParameters } from 'n8n-workflow';
import type { Workflow } from '../n8n';

/**
 * The same workflow with Data Tables in place of its Google Sheets, for where there is no Google account. A row's number
 * becomes the column `row_number` of the table.
 */
export function withTablesForSheets(workflow: Workflow): Workflow {
	return { ...workflow, nodes: workflow.nodes.map(tableForSheet) };
}

function tableForSheet(node: INode): INode {
	if (node.type !== 'n8n-nodes-base.googleSheets') return node;
	const { id, name, position } = node;
	const { operation, columns } = node.parameters;
	return {
		id,
		name,
		position,
		type: 'n8n-nodes-base.dataTable',
		typeVersion: 1,
		parameters: {
			resource: 'row',
			dataTableId: { __rl: true, mode: 'list', value: '' },
			...(operation === 'read' ? READ : updateOf(columns as INodeParameters)),
			options: {},
		},
	};
}

const READ: INodeParameters = { operation: 'get', filters: {}, returnAll: true };

function updateOf(columns: INodeParameters): INodeParameters {
	const { row_number: keyValue, ...value } = columns.value as INodeParameters;
	const schema = (columns.schema as INodeParameters[]).filter(({ id }) => id !== 'row_number');
	return {
		operation: 'update',
		matchType: 'allConditions',
		filters: { conditions: [{ keyName: 'row_number', condition: 'eq', keyValue }] },
		columns: { ...columns, value, schema, matchingColumns: [] } as INodeParameters,
	};
}
