import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { pollChanges } from './trigger/poll';

export class JuspayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay Trigger',
		name: 'juspayTrigger',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: "Starts the workflow when the validation status of customers' accounts changes",
		eventTriggerDescription: '',
		defaults: { name: 'Juspay Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'juspayApi', required: true }],
		properties: [
			{
				displayName: 'Customer IDs',
				name: 'customerIds',
				type: 'string',
				typeOptions: { rows: 4 },
				required: true,
				default: '',
				placeholder: 'e.g. cst_zqqmw0v4exbhvv2l',
				description:
					'The customers whose accounts to watch: one for each line, separated by commas, or an expression that gives an array',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['active', 'failure'],
				description: 'The validation statuses to report when an account reaches them',
				options: [
					{ name: 'Active', value: 'active', description: 'The account is validated' },
					{
						name: 'Created',
						value: 'created',
						description: 'The account is new, not validated so far',
					},
					{
						name: 'Failure',
						value: 'failure',
						description: 'The validation found the details to be wrong',
					},
					{ name: 'Pending', value: 'pending', description: 'The penny drop is under way' },
				],
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Emit Existing',
						name: 'emitExisting',
						type: 'boolean',
						default: false,
						description:
							'Whether to report accounts that stood so before the workflow was activated. Otherwise the first poll only learns where things stand.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollChanges(this);
	}
}
