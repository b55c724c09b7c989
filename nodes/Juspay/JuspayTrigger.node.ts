import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { EVENTS } from './account/status';
import { pollChanges } from './trigger/poll';

/** Labels of the events, by the letters of what a user or an expression may have given: the saved value, or the label. */
const LABELS = Object.fromEntries(
	EVENTS.flatMap(({ value, name }) =>
		[value, name].map((given) => [given.toLowerCase().replace(/[^a-z]/g, ''), name]),
	),
);

export class JuspayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay Trigger',
		name: 'juspayTrigger',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ String($parameter["events"] ?? "").split(/[,;\\n]/).map((event) => (${JSON.stringify(LABELS)})[event.toLowerCase().replace(/[^a-z]/g, "")]).filter(Boolean).join(", ") }}`,
		// n8n's node panel lists the trigger and the node as one, with this description.
		description:
			"Add and validate customers' bank accounts and UPI IDs, and see what a run will cost before it runs. Or start a workflow when a validation status changes",
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
				placeholder: 'e.g. customer_1122',
				description:
					'The customers whose accounts to watch: one per line, separated by commas, or an expression that returns an array. A poll reads up to about 2,000 customers, the next one goes on from there. For customers in a table, a schedule that reads the table scales better.',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['active', 'failure'],
				options: EVENTS.map(({ name, value, description }) => ({ name, value, description })),
			},
			{
				displayName: 'Simplify',
				name: 'simplify',
				type: 'boolean',
				default: true,
				description:
					'Whether to return a simplified version of the response instead of the raw data',
				hint: 'Turning this off outputs full account numbers, which n8n saves with the execution.',
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
							'Whether to report accounts that already have one of these statuses when the workflow is activated. If off, the first poll only records the current statuses.',
					},
				],
			},
		],
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollChanges(this);
	}
}
