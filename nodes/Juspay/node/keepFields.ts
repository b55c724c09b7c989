import type { GenericValue, IDataObject } from 'n8n-workflow';
import { keptFields } from './options';
import { rowOf } from './run';
import type { Run } from './run';

/**
 * Gives the input fields that an item's output is to carry, by the name that the user gave. A name with dots is a path
 * where there is no field of that name; what an item lacks is null, so that each has the same fields. An item whose
 * options can't be read keeps none: that it failed is what must come out.
 */
export function keepFields(run: Run): (item: number) => IDataObject {
	return (item) => {
		const row = rowOf(run, item);
		return Object.fromEntries(
			namesFor(run, item).map((name) => [name, fieldOf(row, name)]),
		) as IDataObject;
	};
}

function namesFor(run: Run, item: number): string[] {
	try {
		return keptFields(run.options(item));
	} catch {
		return [];
	}
}

function fieldOf(row: IDataObject, name: string): GenericValue | IDataObject {
	if (Object.hasOwn(row, name)) return row[name] as GenericValue;
	let value: unknown = row;
	for (const key of name.split('.')) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
		value = (value as IDataObject)[key];
	}
	return value as GenericValue;
}
