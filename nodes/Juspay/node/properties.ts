import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { groupBy } from '../lists';
import type { Resource } from './operation';
import type { Chosen } from './operations';
import { ALL, RESOURCES } from './operations';
import { OPTIONS, OPTIONS_OF_ALL } from './options';
import { withToolFields } from './tool';

/** Adds to a field's conditions those that come first. */
function shownFor(
	field: INodeProperties,
	first: NonNullable<IDisplayOptions['show']>,
): INodeProperties {
	const { show, ...other } = field.displayOptions ?? {};
	return { ...field, displayOptions: { ...other, show: { ...first, ...show } } };
}

/** A resource's fields, each once, shown for the operations that have it, in the order of each of them. */
function fieldsOf({ value: resource, operations }: Resource): INodeProperties[] {
	const all: Array<{ field: INodeProperties; operation: string[] }> = [];
	for (const { value, fields, returns } of operations) {
		let place = 0;
		for (const field of [...fields, ...(returns?.fields ?? [])]) {
			const at = all.findIndex((it) => it.field === field);
			if (at < 0) all.splice(place++, 0, { field, operation: [value] });
			else {
				all[at]?.operation.push(value);
				place = at + 1;
			}
		}
	}
	return all.map(({ field, operation }) => shownFor(field, { resource: [resource], operation }));
}

/** The options, each shown for the operations that read it. */
function options(): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: Object.values(OPTIONS).flatMap(({ field }) => {
			if (OPTIONS_OF_ALL.some((name) => name === field.name)) return [field];
			const reads = ({ operation }: Chosen) => operation.options.some((it) => it === field.name);
			const readBy = ALL.filter(reads);
			// Two conditions of n8n's side by side stand for all their combinations.
			const all = ALL.filter(
				(chosen) =>
					readBy.some(({ resource }) => resource === chosen.resource) &&
					readBy.some(({ operation }) => operation.value === chosen.operation.value),
			);
			const groups = all.every(reads)
				? [readBy]
				: groupBy(readBy, ({ resource }) => resource.value);
			return groups.map((group) => shownFor(field, conditionOf(group)));
		}),
	};
}

/** Shows an option for these operations. */
function conditionOf(chosen: readonly Chosen[]): NonNullable<IDisplayOptions['show']> {
	return {
		'/resource': [...new Set(chosen.map(({ resource }) => resource.value))],
		'/operation': [...new Set(chosen.map(({ operation }) => operation.value))],
	};
}

/** The choice of a resource's operation. */
function operationField({ value, operations }: Resource): INodeProperties {
	const first = operations[0]?.value;
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: first,
		displayOptions: { show: { resource: [value] } },
		options: operations.map((it) => ({
			name: it.label,
			value: it.value,
			action: it.action,
			description: it.description,
		})),
	};
}

/** The node's parameters, in the order of the editor. */
export const properties: INodeProperties[] = withToolFields([
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'customerAccount',
		options: RESOURCES.map(({ value, label }) => ({ name: label, value })),
	},
	...RESOURCES.map(operationField),
	...RESOURCES.flatMap(fieldsOf),
	options(),
]);

/** The names of the parameters, by those that are saved. */
const LABELS = new Map(labelsIn(properties));

function labelsIn(fields: readonly INodeProperties[]): Array<[string, string]> {
	return fields.flatMap(({ name, displayName, type, options = [] }): Array<[string, string]> => {
		const inner = options.flatMap((part) => {
			if ('values' in part) return labelsIn(part.values);
			return 'type' in part ? labelsIn([part]) : [];
		});
		return type === 'notice' ? inner : [[name, displayName], ...inner];
	});
}

/** The label of the innermost part of a path that has one: `options.bodyFields.field[0].value`, `columns.value.ifsc`. */
export function labelOf(path: string): string | undefined {
	const names = path.split(/[.[\]]+/);
	const name = names[0] === 'options' ? names[1] : names.filter(isLabelled).at(-1);
	return LABELS.get(name ?? '') ?? LABELS.get(names[0] ?? '');
}

function isLabelled(name: string): boolean {
	return LABELS.has(name) && !['value', 'field', 'name'].includes(name);
}
