import type { GenericValue, IDataObject } from 'n8n-workflow';
import { headersOf, namedColumn } from '../account/columns';
import { readable, rowOf, rowsOf } from './run';
import type { Run } from './run';
import { OPTIONS } from './options';
import { fieldPath, valueAt } from './parameters';

/** Stands for all input fields. */
const ALL = '*';

/** Input fields to carry into the output. */
interface KeptFields {
	/**
	 * The fields of an item, by the name that the user gave. A name with dots is a path where there is no field of that
	 * name; what an item lacks is null, so that each has the same fields. An item whose options can't be read keeps none.
	 */
	of(item: number): IDataObject;
	/** What to say of fields that no item has. */
	hints(): string[];
}

/** Opens the input fields that the items' outputs are to carry. */
export function keepFields(run: Run): KeptFields {
	const sought = new Set<string>();
	const found = new Set<string>();
	let headers: string[] | undefined;
	const namesFor = (item: number): string[] => {
		const names = keptNames(run, item);
		if (!names.includes(ALL)) return names;
		headers ??= headersOf(rowsOf(run));
		return [...new Set([...headers, ...names.filter((name) => name !== ALL)])];
	};
	return {
		of: (item) => {
			const row = rowOf(run, item);
			const kept: Array<[string, GenericValue | IDataObject]> = [];
			for (const name of namesFor(item)) {
				const value = fieldOf(row, name);
				sought.add(name);
				if (value !== undefined) found.add(name);
				kept.push([name, value ?? null]);
			}
			return Object.fromEntries(kept) as IDataObject;
		},
		hints: () => {
			const missing = [...sought].filter((name) => !found.has(name)).slice(0, 20);
			const named = missing.map((name) => `"${namedColumn(name)}"`).join(', ');
			return missing.length > 0 ? [`'Keep Fields' asks for what no item has: ${named}.`] : [];
		},
	};
}

/** The names that an item's Keep Fields has; none where it can't be read. */
export function keptNames(run: Run, item: number): string[] {
	return readable(() => run.option(OPTIONS.keepFields, item)) ?? [];
}

/** A field by its name, or by a path as n8n writes it where one is dragged: `rows[0].email`, `place['Pin code']`. */
function fieldOf(row: IDataObject, name: string): GenericValue | IDataObject | undefined {
	if (Object.hasOwn(row, name)) return row[name] as GenericValue;
	const path = fieldPath(`={{ $json${name.startsWith('[') ? '' : '.'}${name} }}`);
	return valueAt(row, path ?? name.split('.')) as GenericValue;
}
