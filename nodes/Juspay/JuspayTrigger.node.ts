import type {
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IPollFunctions,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import type { KnownStatus } from './account/status';
import { pollChanges } from './trigger/poll';

/** What users choose under Trigger On, by the saved value. */
const EVENT_NAMES: Record<Lowercase<KnownStatus>, string> = {
	active: 'Account Active',
	created: 'Account Created',
	failure: 'Validation Failed',
	pending: 'Validation Pending',
};

export class JuspayTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Juspay Trigger',
		name: 'juspayTrigger',
		icon: { light: 'file:juspay.svg', dark: 'file:juspay.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: `={{ [$parameter["events"]].flat().map((event) => (${JSON.stringify(EVENT_NAMES)})[event]).join(", ") }}`,
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
				placeholder: 'e.g. cst_zqqmw0v4exbhvv2l',
				description:
					'The customers whose accounts to watch: one per line, separated by commas, or an expression that returns an array',
			},
			{
				displayName: 'Trigger On',
				name: 'events',
				type: 'multiOptions',
				required: true,
				default: ['active', 'failure'],
				description: 'The changes that start the workflow',
				options: [
					{
						name: EVENT_NAMES.active,
						value: 'active',
						description: 'The bank account or UPI ID was validated',
					},
					{
						name: EVENT_NAMES.created,
						value: 'created',
						description: 'The account was added and is not validated yet',
					},
					{
						name: EVENT_NAMES.failure,
						value: 'failure',
						description: 'The validation of the account failed',
					},
					{
						name: EVENT_NAMES.pending,
						value: 'pending',
						description: 'The penny drop is in progress',
					},
				],
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
