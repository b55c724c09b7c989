import type { INodeProperties } from 'n8n-workflow';
import { numberField } from './limits';

const bodyFields: INodeProperties = {
	displayName: 'Body Fields',
	name: 'bodyFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	description:
		'Extra fields to send as is, for example metadata. Fields that the node sends itself are refused.',
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. metadata.source',
					description: 'Name of the field in the request',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					description: 'Value of the field',
				},
			],
		},
	],
};

/** Advanced settings, as each operation's list of options shows them. */
export const optionFields: readonly INodeProperties[] = [
	{
		displayName: 'Accounts per Request',
		name: 'accountsPerRequest',
		...numberField('accountsPerRequest'),
		description: "Maximum number of a customer's accounts to send in one request",
	},
	bodyFields,
	{
		displayName: 'Concurrency',
		name: 'concurrency',
		...numberField('concurrency'),
		description:
			'Maximum number of simultaneous requests. The node slows down by itself when Juspay asks for it.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		description:
			'Whether to only check and look up everything, without changing anything in Juspay. The output shows what would happen and what it would cost.',
	},
	{
		displayName: 'Gateway ID',
		name: 'gatewayId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 16',
		description: 'The gateway that validates the account, if not the one configured in Juspay',
	},
	{
		displayName: 'Gateway Reference ID',
		name: 'gatewayReferenceId',
		type: 'string',
		default: '',
		description: 'Identifies one of several configurations of the same gateway',
	},
	{
		displayName: 'Keep Fields',
		name: 'keepFields',
		type: 'string',
		requiresDataPath: 'multiple',
		default: '',
		placeholder: 'e.g. row_number, email',
		description:
			"Input fields to carry into the output items, e.g. a row's ID: their names separated by commas, dragged from the input, or * for all. One named like an output field comes out as input_name.",
	},
	{
		displayName: 'Max Retries',
		name: 'maxRetries',
		...numberField('maxRetries'),
		description:
			'Maximum number of retries per request. Before retrying, the node checks whether the request already went through.',
	},
	{
		displayName: 'Max Validations',
		name: 'maxValidations',
		...numberField('maxValidations'),
		description:
			'Maximum number of penny drops in this run. If there would be more, the run stops before anything is created or validated.',
	},
	{
		displayName: 'Routing ID',
		name: 'routingId',
		type: 'string',
		default: '',
		placeholder: 'e.g. customer_1122',
		description:
			'Sent as x-routing-ID instead of the customer ID, e.g. for a guest checkout. Use the same value for every request for a customer.',
	},
	{
		displayName: 'Timeout (Seconds)',
		name: 'timeout',
		...numberField('timeout'),
		description: 'Maximum time to wait for the answer to one request',
	},
	{
		displayName: 'Validate Again If in Doubt',
		name: 'validateInDoubt',
		type: 'boolean',
		default: true,
		description:
			'Whether to send a validation although an earlier one of this account is in doubt. If that one went through after all, you pay for a second penny drop.',
	},
	{
		displayName: 'Validation Amount',
		name: 'validationAmount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1',
		description: 'Amount of the penny drop in INR, at most 10. By default, Juspay sends 1 INR.',
	},
	{
		displayName: 'Wait for Validation (Seconds)',
		name: 'waitForValidation',
		...numberField('waitForValidation'),
		description:
			'Maximum time to wait until validations finish. Accounts still pending after that are returned as PENDING.',
	},
];
