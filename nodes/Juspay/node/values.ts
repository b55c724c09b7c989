import type { INodeProperties } from 'n8n-workflow';
import { number, oneOf } from '../account/kinds';
import type { Bounds, Kind } from '../account/kinds';

/** A value that the user sets: how the editor shows it, and how the node reads it. */
export interface Value<T> {
	field: INodeProperties;
	kind: Kind<T>;
	/** Where the workflow doesn't have it. */
	absent: T;
	/** Where it is there and nothing is in it. */
	empty: T;
	/**
	 * Decides about money or duplicates: an expression that gives nothing is not understood, so that a safety switch never
	 * reads "no value" as "off".
	 */
	isStrict?: boolean;
}

type Details<T> = Partial<Omit<Value<T>, 'field' | 'kind'>>;

/** @param fallback - where the workflow doesn't have it, and where nothing is in it, unless `details` say otherwise */
export function value<T>(
	field: INodeProperties,
	kind: Kind<T>,
	fallback: T,
	details: Details<T> = {},
): Value<T> {
	return { field, kind, absent: fallback, empty: fallback, ...details };
}

/** One of the choices that a field offers. */
export function choice<T extends string>(
	field: INodeProperties,
	fallback: T,
	details: Details<T> = {},
): Value<T> {
	const choices = field.options as Array<{ name: string; value: T }>;
	return value(field, oneOf(choices), fallback, details);
}

/** A number: its field shows the limits, and what is beyond them is refused. Its default is the field's. */
export function numeric<T extends number | undefined = number>(
	{ displayName, name, ...shown }: Omit<INodeProperties, 'type' | 'default' | 'typeOptions'>,
	limits: Bounds & { default: number },
	details: Details<T | number> = {},
): Value<T | number> {
	const { min, max, default: preset } = limits;
	const typeOptions = { minValue: min, ...(max !== undefined && { maxValue: max }) };
	const field: INodeProperties = {
		displayName,
		name,
		type: 'number',
		default: preset,
		typeOptions,
		...shown,
	};
	return value<T | number>(field, number(limits), preset, details);
}
