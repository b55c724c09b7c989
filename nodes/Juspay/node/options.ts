import type { INodeProperties } from 'n8n-workflow';
import { checkHeaderText, textOf } from '../account/check';
import { boolean, number } from '../account/kinds';
import type { Kind } from '../account/kinds';
import type { RequestSettings } from '../account/types';
import { amount, bodyFields, fieldNames } from './optionKinds';
import { numberField } from './values';
import type { Limits, Value } from './values';

/** An option: how the editor shows it, and how it is read. */
interface Option<T> extends Value<T> {
	field: INodeProperties;
}

/** @param absent - what counts where the option is not added, and by default where nothing is in it */
function option<T>(
	field: INodeProperties,
	kind: Kind<T>,
	absent: T,
	more: Partial<Value<T>> = {},
): Option<T> {
	const { name, displayName: label } = field;
	return { field, name, label, kind, absent, empty: absent, ...more };
}

/** A number within its limits; its default counts where the option is not added, unless `more` says otherwise. */
function numberOption<T extends number | undefined = number>(
	{ description, ...named }: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	limits: Limits,
	more: { absent?: T; isStrict?: boolean } = {},
): Option<T | number> {
	const field = { ...named, ...numberField(limits), description };
	return option<T | number>(field, number(limits), limits.default, more);
}

/** The node's options, in the order of the editor. */
export const OPTIONS = {
	accountsPerRequest: numberOption(
		{
			displayName: 'Accounts per Request',
			name: 'accountsPerRequest',
			description: "Maximum number of a customer's accounts to send in one request",
		},
		{ default: 50, min: 1, max: 500 },
	),
	bodyFields: option<RequestSettings['bodyFields']>(
		{
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
		},
		bodyFields,
		[],
	),
	concurrency: numberOption(
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			description:
				'Maximum number of simultaneous requests. The node slows down by itself when Juspay asks for it.',
		},
		{ default: 50, min: 1, max: 100 },
	),
	dryRun: option(
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: true,
			description:
				'Whether to only check and look up everything, without changing anything in Juspay. The output shows what would happen and what it would cost.',
		},
		boolean,
		false,
		{ empty: true, isStrict: true },
	),
	gatewayId: option(
		{
			displayName: 'Gateway ID',
			name: 'gatewayId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 16',
			description: 'The gateway that validates the account, if not the one configured in Juspay',
		},
		textOf,
		'',
	),
	gatewayReferenceId: option(
		{
			displayName: 'Gateway Reference ID',
			name: 'gatewayReferenceId',
			type: 'string',
			default: '',
			description: 'Identifies one of several configurations of the same gateway',
		},
		textOf,
		'',
	),
	keepFields: option(
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
		fieldNames,
		[],
	),
	maxRetries: numberOption(
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			description:
				'Maximum number of retries per request. Before retrying, the node checks whether the request already went through.',
		},
		{ default: 3, min: 0, max: 10 },
	),
	maxValidations: numberOption<undefined>(
		{
			displayName: 'Max Validations',
			name: 'maxValidations',
			description:
				'Maximum number of penny drops in this run. If there would be more, the run stops before anything is created or validated.',
		},
		{ default: 100, min: 0 },
		{ absent: undefined, isStrict: true },
	),
	routingId: option(
		{
			displayName: 'Routing ID',
			name: 'routingId',
			type: 'string',
			default: '',
			placeholder: 'e.g. customer_1122',
			description:
				'Sent as x-routing-ID instead of the customer ID, e.g. for a guest checkout. Use the same value for every request for a customer.',
		},
		checkHeaderText,
		'',
	),
	timeout: numberOption(
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			description: 'Maximum time to wait for the answer to one request',
		},
		{ default: 30, min: 1, max: 600, fractions: true },
	),
	validateInDoubt: option(
		{
			displayName: 'Validate Again If in Doubt',
			name: 'validateInDoubt',
			type: 'boolean',
			default: true,
			description:
				'Whether to send a validation although an earlier one of this account is in doubt. If that one went through after all, you pay for a second penny drop.',
		},
		boolean,
		false,
		{ isStrict: true },
	),
	validationAmount: option(
		{
			displayName: 'Validation Amount',
			name: 'validationAmount',
			type: 'string',
			default: '',
			placeholder: 'e.g. 1',
			description: 'Amount of the penny drop in INR, at most 10. By default, Juspay sends 1 INR.',
		},
		amount,
		'',
		{ isStrict: true },
	),
	waitForValidation: numberOption(
		{
			displayName: 'Wait for Validation (Seconds)',
			name: 'waitForValidation',
			description:
				'Maximum time to wait until validations finish. Accounts still pending after that are returned as PENDING.',
		},
		{ default: 60, min: 0, max: 3600, fractions: true },
		{ absent: 0 },
	),
} as const;

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

/** The options that every operation reads. */
export const OPTIONS_OF_ALL: readonly OptionName[] = [
	'concurrency',
	'keepFields',
	'maxRetries',
	'routingId',
	'timeout',
];

/** The options of one item, read and checked. */
export interface Settings {
	/** Only look up what would happen. */
	dryRun: boolean;
	/** Maximum number of a customer's accounts in one request. */
	perRequest: number;
	/** How long to wait for validations, in milliseconds; a dry run waits for nothing. */
	waitMs: number;
	/** Whether a validation is sent although an earlier one is in doubt. */
	validateInDoubt: boolean;
	request: RequestSettings;
}

/**
 * Reads all options of an item. What concerns the whole run is read for each item all the same: one in which it can't be
 * read ends alone.
 *
 * @param read - reads one of them, or throws
 */
export function readSettings(read: <T>(option: Value<T>) => T): Settings {
	const dryRun = read(OPTIONS.dryRun);
	read(OPTIONS.maxValidations);
	const settings = {
		dryRun,
		validateInDoubt: read(OPTIONS.validateInDoubt),
		perRequest: read(OPTIONS.accountsPerRequest),
		waitMs: read(OPTIONS.waitForValidation) * (dryRun ? 0 : 1000),
		request: {
			routingId: read(OPTIONS.routingId),
			gatewayId: read(OPTIONS.gatewayId),
			gatewayReferenceId: read(OPTIONS.gatewayReferenceId),
			validationAmount: read(OPTIONS.validationAmount),
			bodyFields: read(OPTIONS.bodyFields),
		},
	};
	for (const name of ['concurrency', 'timeout', 'maxRetries', 'keepFields'] as const) {
		read<unknown>(OPTIONS[name]);
	}
	return settings;
}
