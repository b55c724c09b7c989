import type {
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { executeOperation, properties } from './actions';
import { juspayApiTest } from './methods/credentialTest';

export class Juspay implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay',
		name: 'juspay',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: "Register customers' bank accounts and UPI IDs with Juspay and validate them",
		defaults: { name: 'Juspay' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'juspayApi', required: true, testedBy: 'juspayApiTest' }],
		properties,
	};

	methods = { credentialTest: { juspayApiTest } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await executeOperation(this);
	}
}
