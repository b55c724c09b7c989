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
				(it) =>
					readBy.some(({ resource }) => resource === it.resource) &&
					readBy.some(({ operation }) => operation.value === it.operation.value),
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

/** What the canvas calls each operation, by {@link keyOf}. */
const TITLES = Object.fromEntries(
	ALL.map(({ resource, operation }) => [
		`${resource.value} ${operation.value}`,
		`${operation.label}: ${resource.label}`,
	]),
);

const CAN_BE_DRY = ALL.filter(({ operation }) => operation.options.includes('dryRun')).map(
	({ resource, operation }) => `${resource.value} ${operation.value}`,
);

/**
 * The subtitle on the canvas: the operation, and whether it is a dry run where that is certain. Of an expression n8n
 * knows nothing before the run.
 */
export const subtitle = `={{ ((key) => ((${JSON.stringify(TITLES)})[key] ?? "") + (${JSON.stringify(CAN_BE_DRY)}.includes(key) && /^\\s*(true|1|yes)\\s*$/i.test(String($rawParameter["options"]?.dryRun)) ? " (Dry Run)" : ""))($parameter.resource + " " + $parameter.operation) }}`;
