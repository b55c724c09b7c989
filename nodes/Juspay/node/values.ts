import type { INodeProperties } from 'n8n-workflow';
import { boolean, oneOf } from '../account/kinds';
import type { Bounds, Kind } from '../account/kinds';

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

/** A parameter whose default is the same where the workflow doesn't have it. */
export function parameter<T>(
	label: string,
	name: string,
	kind: Kind<T>,
	fallback: T,
	isStrict = false,
): Value<T> {
	return { name, label, kind, absent: fallback, empty: fallback, isStrict };
}

/** Bounds of a number that a user can set: its field shows them, and what is beyond them is refused. */
export type Limits = Bounds & { default: number };

/** What a number's field needs of its limits. */
export function numberField({
	default: value,
	min,
	max,
}: Limits): Pick<INodeProperties, 'type' | 'default' | 'typeOptions'> {
	return {
		type: 'number',
		default: value,
		typeOptions: { minValue: min, ...(max !== undefined && { maxValue: max }) },
	};
}

const accountSource = oneOf<'fields' | 'input' | 'json'>([
	{ value: 'fields', label: 'Define Below' },
	{ value: 'input', label: 'Input Columns' },
	{ value: 'json', label: 'JSON' },
]);

const onExisting = oneOf<'create' | 'reuse'>([
	{ value: 'create', label: 'Create Another' },
	{ value: 'reuse', label: 'Reuse' },
]);

const outputMode = oneOf<'single' | 'byStatus'>([
	{ value: 'single', label: 'Single Output' },
	{ value: 'byStatus', label: 'One Output per Status' },
]);

/** The parameters that the run or several files read, beside texts, each with its kind. */
export const PARAMETERS = {
	accountSource: parameter('Accounts From', 'accountSource', accountSource, 'fields'),
	onExisting: parameter('If Account Exists', 'onExisting', onExisting, 'reuse', true),
	outputMode: parameter('Output Mode', 'outputMode', outputMode, 'single'),
	simplify: parameter('Simplify', 'simplify', boolean, true),
	validateOnCreate: parameter('Validate on Create', 'validateOnCreate', boolean, false, true),
} as const;
