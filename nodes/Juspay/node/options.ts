import type { INodeProperties } from 'n8n-workflow';
import { numberField, numberWithin } from './limits';

/** The node's "Options", as far as they are set. */
export interface Options {
	routingId?: unknown;
	gatewayId?: unknown;
	gatewayReferenceId?: unknown;
	validationAmount?: unknown;
	/** Seconds. */
	waitForValidation?: unknown;
	/** Names of input fields, separated by commas. */
	keepFields?: unknown;
	dryRun?: unknown;
	maxValidations?: unknown;
	accountsPerRequest?: unknown;
	concurrency?: unknown;
	/** Seconds. */
	timeout?: unknown;
	maxRetries?: unknown;
	bodyFields?: { field?: Array<{ name: string; value: unknown }> };
}

/** Maximum number of a customer's accounts in one request. */
export function accountsPerRequest({ accountsPerRequest: given }: Options): number {
	return Math.floor(numberWithin('accountsPerRequest', given));
}

/** How long to wait for validations, in milliseconds; 0 where the option is not set. */
export function waitMs({ waitForValidation: given }: Options): number {
	return given === undefined ? 0 : numberWithin('waitForValidation', given) * 1000;
}

/** Whether nothing is to be changed at Juspay. Only a clear no lets money move: an expression may give any value. */
export function isDryRun({ dryRun }: Options): boolean {
	return ![undefined, null, false, 'false', ''].includes(dryRun as string);
}

/** Maximum number of penny drops in a run; undefined where the option is not set. */
export function maxValidations({ maxValidations: given }: Options): number | undefined {
	return given === undefined ? undefined : Math.floor(numberWithin('maxValidations', given));
}

/** The input fields to carry into the output. */
export function keptFields({ keepFields: given }: Options): string[] {
	const names = Array.isArray(given) ? given : String(given ?? '').split(',');
	return names.map((name) => String(name).trim()).filter((name) => name !== '');
}

const showFor = (operations: string[]) => ({
	show: { '/resource': ['customerAccount'], '/operation': operations },
});

const bodyFields: INodeProperties = {
	displayName: 'Body Fields',
	name: 'bodyFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Field',
	default: {},
	description:
		'Extra fields to send as is, for example metadata, or a field whose name differs for your account',
	displayOptions: showFor(['create', 'validate']),
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

/** Advanced settings, each shown for the operations that it applies to. */
export const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Accounts per Request',
			name: 'accountsPerRequest',
			...numberField('accountsPerRequest'),
			description: "Maximum number of a customer's accounts to send in one request",
			displayOptions: showFor(['create']),
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
			displayOptions: showFor(['create', 'validate']),
		},
		{
			displayName: 'Gateway ID',
			name: 'gatewayId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 16',
			description: 'The gateway that validates the account, if not the one configured in Juspay',
			displayOptions: showFor(['create', 'validate']),
		},
		{
			displayName: 'Gateway Reference ID',
			name: 'gatewayReferenceId',
			type: 'string',
			default: '',
			description: 'Identifies one of several configurations of the same gateway',
			displayOptions: showFor(['create']),
		},
		{
			displayName: 'Keep Fields',
			name: 'keepFields',
			type: 'string',
			requiresDataPath: 'multiple',
			default: '',
			placeholder: 'e.g. row_number, email',
			description:
				"Input fields to carry into the output items, e.g. a row's ID. Enter their names separated by commas, or drag them from the input.",
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
			displayOptions: showFor(['create', 'validate']),
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
			displayName: 'Validation Amount',
			name: 'validationAmount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'Amount of the penny drop in INR, at most 10. By default, Juspay sends 1 INR.',
			displayOptions: showFor(['create', 'validate']),
		},
		{
			displayName: 'Wait for Validation (Seconds)',
			name: 'waitForValidation',
			...numberField('waitForValidation'),
			description:
				'Maximum time to wait until validations finish. Accounts still pending after that are returned as PENDING.',
			displayOptions: showFor(['create', 'get', 'validate']),
		},
	],
};
