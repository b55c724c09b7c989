import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeOperation, properties } from './node';
import { outputsOf } from './node/outputs';
import { searchCustomerAccounts } from './node/listSearch';
import { getAccountColumns } from './node/resourceMapping';

export class Juspay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay',
		name: 'juspay',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ create: "Create", delete: "Delete", get: "Get", getAll: "Get Many", update: "Update", validate: "Validate" })[$parameter.operation] + ": " + ($parameter.resource === "customer" ? "Customer" : "Customer Account") }}',
		description:
			"Add customers' bank accounts and UPI IDs, validate them with a penny drop, and see what a run will cost before it runs",
		defaults: { name: 'Juspay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: `={{ (${outputsOf.toString()})($parameter) }}`,
		credentials: [{ name: 'juspayApi', required: true }],
		properties,
	};

	methods = {
		listSearch: { searchCustomerAccounts },
		resourceMapping: { getAccountColumns },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this);
	}
}
