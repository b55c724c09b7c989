import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeOperation } from './node';
import { getAccountColumns, searchCustomerAccounts } from './node/methods';
import { outputs, properties, subtitle } from './node/operations';

export class Juspay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay',
		name: 'juspay',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle,
		description:
			"Add customers' bank accounts and UPI IDs, validate them with a penny drop, and see what a run will cost before it runs",
		defaults: { name: 'Juspay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs,
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
