import { boolean, listIn, number, oneOf, severalOf } from '../account/kinds';
import type { Kind } from '../account/kinds';
import { KNOWN_STATUSES, STATUSES } from '../account/status';
import { checkHeaderText, textOf } from '../account/check';
import type { RequestSettings } from '../account/types';
import { checkBodyFields } from './bodyFields';
import { checkAmount } from './amount';
import { LIMITS } from './limits';
import type { Limit } from './limits';

/** How one of the node's values is read. */
export interface Value<T> {
	name: string;
	/** As the editor shows it. */
	label: string;
	kind: Kind<T>;
	/** Where the workflow doesn't have it. */
	absent: T;
	/** Where it is there and nothing is in it: its default in the editor. */
	empty: T;
	/**
	 * Decides about money or duplicates: an expression that gives nothing is not understood, so that a safety switch never
	 * reads "no value" as "off".
	 */
	isStrict?: boolean;
}

const within = (limit: Limit): Kind<number> => number(LIMITS[limit]);

const onExisting = (create: string, reuse: string) =>
	oneOf<'create' | 'reuse'>([
		{ value: 'create', label: create },
		{ value: 'reuse', label: reuse },
	]);

type Parameter<T> = Value<T>;
const parameter = <T>(label: string, name: string, kind: Kind<T>, fallback: T, isStrict = false) =>
	({
		name,
		label,
		kind,
		absent: fallback,
		empty: fallback,
		isStrict,
	}) as const satisfies Parameter<T>;

/** The node's parameters beside its texts, each with its kind. */
export const PARAMETERS = {
	accountSource: parameter(
		'Accounts From',
		'accountSource',
		oneOf<'fields' | 'input' | 'json'>([
			{ value: 'fields', label: 'Define Below' },
			{ value: 'input', label: 'Input Columns' },
			{ value: 'json', label: 'JSON' },
		]),
		'fields',
	),
	customerExisting: parameter(
		'If Customer Exists',
		'onExisting',
		onExisting("Don't Check First", 'Return Existing'),
		'reuse',
		true,
	),
	limit: parameter('Limit', 'limit', within('limit'), LIMITS.limit.default),
	onExisting: parameter(
		'If Account Exists',
		'onExisting',
		onExisting('Create Another', 'Reuse'),
		'reuse',
		true,
	),
	outputMode: parameter(
		'Output Mode',
		'outputMode',
		oneOf<'single' | 'byStatus'>([
			{ value: 'single', label: 'Single Output' },
			{ value: 'byStatus', label: 'One Output per Status' },
		]),
		'single',
	),
	returnAll: parameter('Return All', 'returnAll', boolean, false),
	simplify: parameter('Simplify', 'simplify', boolean, true),
	validateOnCreate: parameter('Validate on Create', 'validateOnCreate', boolean, false, true),
} as const;

/** What Get Many's filters are read by. */
export const FILTERS = {
	type: parameter(
		'Type',
		'type',
		oneOf([
			{ value: 'bankAccount', label: 'Bank Account' },
			{ value: 'upi', label: 'UPI ID' },
		]),
		'',
	),
	validationStatus: parameter<string[]>(
		'Validation Status',
		'validationStatus',
		severalOf(KNOWN_STATUSES.map((value) => ({ value, label: STATUSES[value].label }))),
		[],
	),
} as const;

/** Names of input fields: a list, or text with commas, semicolons or lines between them. */
const names: Kind<string[]> = (field, value) => {
	if (typeof value === 'string' && !value.trim().startsWith('[')) {
		return { value: listed(value.split(/[,;\r\n]+/)) };
	}
	const list = typeof value === 'string' ? listIn(value.trim()) : value;
	if (Array.isArray(list) && list.every((name) => ['string', 'number'].includes(typeof name))) {
		return { value: listed(list.map(String)) };
	}
	const fix = 'Enter the names of the fields, separated by commas, or * for all.';
	return { problem: { field, wrong: 'is not a list of names', fix } };
};

const listed = (given: string[]) => [
	...new Set(given.map((name) => name.trim()).filter((name) => name !== '')),
];

const option = <T>(
	label: string,
	name: string,
	kind: Kind<T>,
	absent: T,
	more: Partial<Value<T>> = {},
) => ({
	name,
	label,
	kind,
	absent,
	empty: absent,
	...more,
});

/** The node's options, each with its kind. */
export const OPTIONS = {
	accountsPerRequest: option(
		'Accounts per Request',
		'accountsPerRequest',
		within('accountsPerRequest'),
		LIMITS.accountsPerRequest.default,
	),
	bodyFields: option<RequestSettings['bodyFields']>(
		'Body Fields',
		'bodyFields',
		checkBodyFields,
		[],
	),
	concurrency: option(
		'Concurrency',
		'concurrency',
		within('concurrency'),
		LIMITS.concurrency.default,
	),
	dryRun: option('Dry Run', 'dryRun', boolean, false, { empty: true, isStrict: true }),
	gatewayId: option('Gateway ID', 'gatewayId', textOf, ''),
	gatewayReferenceId: option('Gateway Reference ID', 'gatewayReferenceId', textOf, ''),
	keepFields: option('Keep Fields', 'keepFields', names, []),
	maxRetries: option('Max Retries', 'maxRetries', within('maxRetries'), LIMITS.maxRetries.default),
	maxValidations: option<number | undefined>(
		'Max Validations',
		'maxValidations',
		within('maxValidations'),
		undefined,
		{ empty: LIMITS.maxValidations.default, isStrict: true },
	),
	routingId: option('Routing ID', 'routingId', checkHeaderText, ''),
	timeout: option('Timeout (Seconds)', 'timeout', within('timeout'), LIMITS.timeout.default),
	validateInDoubt: option('Validate Again If in Doubt', 'validateInDoubt', boolean, false, {
		isStrict: true,
	}),
	validationAmount: option('Validation Amount', 'validationAmount', checkAmount, '', {
		isStrict: true,
	}),
	waitForValidation: option(
		'Wait for Validation (Seconds)',
		'waitForValidation',
		within('waitForValidation'),
		0,
		{ empty: LIMITS.waitForValidation.default },
	),
} as const;

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

/** The options that every operation reads. */
export const OPTIONS_OF_ALL = [
	'concurrency',
	'keepFields',
	'maxRetries',
	'routingId',
	'timeout',
] as const satisfies readonly OptionName[];
