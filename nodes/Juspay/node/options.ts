import { checkHeaderText, isBlank, isRecord, refuse, textOf } from '../account/check';
import { namedColumn } from '../account/columns';
import { amount, boolean, fieldNames } from '../account/kinds';
import type { Kind } from '../account/kinds';
import type { RequestSettings } from '../account/types';
import { isSentField } from '../once';
import { numeric, value } from './values';
import type { Value } from './values';

/** Extra fields of a request. Those without a value are left out; those that the node sends itself are refused. */
const bodyFields: Kind<RequestSettings['bodyFields']> = (field, given) => {
	const entries = isRecord(given) ? [given.field ?? []].flat() : [given];
	if (!entries.every(isRecord)) {
		return refuse(field, 'is not a list of fields', 'Add the fields under Options.');
	}
	return entries.flatMap(({ name: rawName, value }) => {
		const name = typeof rawName === 'string' ? rawName.trim() : '';
		if (name === '') {
			refuse(field, 'contains a field without a name', 'Name the field, or remove it.');
		}
		// Money and accounts have one door: a second amount, account or command would pass every check.
		if (isSentField(name)) {
			refuse(
				field,
				`contains the field "${namedColumn(name)}", which the node sends itself`,
				"Remove it. Use the node's own fields and options: 'Validate on Create' or the operation Validate to validate accounts, 'Validation Amount', 'Gateway ID'.",
			);
		}
		if (isBlank(value)) return [];
		return [{ name, value: bodyText(field, value) }];
	});
};

/** Text as it is, a date as n8n writes it, everything else as JSON. */
function bodyText(field: string, value: unknown): string {
	const json = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
	if (json === undefined || json === 'null') {
		return refuse(field, "contains a value that can't be sent", 'Enter text or a number.');
	}
	return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}

/** The node's options, in the order of the editor. */
export const OPTIONS = {
	accountsPerRequest: numeric(
		{
			displayName: 'Accounts per Request',
			name: 'accountsPerRequest',
			description: "Maximum number of a customer's accounts to send in one request",
		},
		{ default: 50, min: 1, max: 500 },
	),
	bodyFields: value<RequestSettings['bodyFields']>(
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
	concurrency: numeric(
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			description:
				'Maximum number of simultaneous requests. The node slows down by itself when Juspay asks for it.',
		},
		{ default: 50, min: 1, max: 100 },
	),
	dryRun: value(
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
	gatewayId: value(
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
	gatewayReferenceId: value(
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
	keepFields: value(
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
	maxRetries: numeric(
		{
			displayName: 'Max Retries',
			name: 'maxRetries',
			description:
				'Maximum number of retries per request. Before retrying, the node checks whether the request already went through.',
		},
		{ default: 3, min: 0, max: 10 },
	),
	maxValidations: numeric<undefined>(
		{
			displayName: 'Max Validations',
			name: 'maxValidations',
			description:
				'Maximum number of penny drops in this run. If there would be more, the run stops before anything is created or validated.',
		},
		{ default: 100, min: 0 },
		{ absent: undefined, isStrict: true },
	),
	routingId: value(
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
	timeout: numeric(
		{
			displayName: 'Timeout (Seconds)',
			name: 'timeout',
			description: 'Maximum time to wait for the answer to one request',
		},
		{ default: 30, min: 1, max: 600, fractions: true },
	),
	validateInDoubt: value(
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
	validationAmount: value(
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
	waitForValidation: numeric(
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
export interface OptionValues {
	/** Only look up what would happen. */
	dryRun: boolean;
	/** Maximum number of a customer's accounts in one request. */
	perRequest: number;
	/** How long to wait for validations, in milliseconds; a dry run waits for nothing. */
	lookForMs: number;
	/** Whether a validation is sent although an earlier one is in doubt. */
	validateInDoubt: boolean;
	settings: RequestSettings;
}

/**
 * Reads all options of an item. What concerns the whole run is read for each item all the same: one in which it can't be
 * read ends alone.
 *
 * @param read - reads one of them, or throws
 */
export function readOptions(read: <T>(option: Value<T>) => T): OptionValues {
	const dryRun = read(OPTIONS.dryRun);
	read(OPTIONS.maxValidations);
	const values = {
		dryRun,
		validateInDoubt: read(OPTIONS.validateInDoubt),
		perRequest: read(OPTIONS.accountsPerRequest),
		lookForMs: read(OPTIONS.waitForValidation) * (dryRun ? 0 : 1000),
		settings: {
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
	return values;
}
