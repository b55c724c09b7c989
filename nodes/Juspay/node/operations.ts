import type {
	IDisplayOptions,
	INodeOutputConfiguration,
	INodeParameters,
	INodeProperties,
} from 'n8n-workflow';
import { ownFailure } from '../http/failure';
import { groupBy } from '../lists';
import { customer } from './customer';
import { create } from './customerAccount/create';
import { deletion } from './customerAccount/delete';
import { get } from './customerAccount/get';
import { getAll } from './customerAccount/getAll';
import { validate } from './customerAccount/validate';
import type { Operation, Resource } from './operation';
import { OPTIONS, OPTIONS_OF_ALL } from './options';
import { subjectFields } from './results';
import { withToolFields } from './tool';
import { upiId } from './upiId';

const customerAccount: Resource = {
	value: 'customerAccount',
	label: 'Customer Account',
	noun: 'account',
	operations: [create, deletion, get, getAll, validate],
	itemFields: ['ifsc', 'beneficiaryName', 'lastValidated', 'validation', 'dryRun', 'deleted'],
	failed: subjectFields,
};

/**
 * The one table of what the node can do. The editor's form, the canvas and the run derive from it: a new operation is a
 * file with its {@link Operation}, and a row in its resource's list.
 */
export const RESOURCES: readonly Resource[] = [customer, customerAccount, upiId];

/** An operation with the resource that it belongs to. */
export interface Chosen {
	resource: Resource;
	operation: Operation;
}

/** Every operation of every resource. */
export const ALL: readonly Chosen[] = RESOURCES.flatMap((resource) =>
	resource.operations.map((operation) => ({ resource, operation })),
);

/** The operation that a workflow names; undefined for one that isn't there. */
export function operationOf(resource: unknown, operation: unknown): Chosen | undefined {
	return ALL.find((it) => it.resource.value === resource && it.operation.value === operation);
}

const keyOf = ({ resource, operation }: Chosen) => `${resource.value} ${operation.value}`;

/** What the canvas calls each operation. */
const TITLES = Object.fromEntries(
	ALL.map((it) => [keyOf(it), `${it.operation.label}: ${it.resource.label}`]),
);

const CAN_BE_DRY = ALL.filter((it) => it.operation.options.includes('dryRun')).map(keyOf);

/**
 * The subtitle on the canvas: the operation, and whether it is a dry run where that is certain. Of an expression n8n
 * knows nothing before the run.
 */
export const subtitle = `={{ ((key) => ((${JSON.stringify(TITLES)})[key] ?? "") + (${JSON.stringify(CAN_BE_DRY)}.includes(key) && /^\\s*(true|1|yes)\\s*$/i.test(String($rawParameter["options"]?.dryRun)) ? " (Dry Run)" : ""))($parameter.resource + " " + $parameter.operation) }}`;

type Names = Record<string, readonly string[]>;

/** The outputs under One Output per Status of the operations that have them. */
const NAMES: Names = Object.fromEntries(
	ALL.flatMap((chosen) => {
		const { branches } = chosen.operation.returns ?? {};
		return branches ? [[keyOf(chosen), branches.names]] : [];
	}),
);

/**
 * n8n evaluates this function's text as an expression, so it uses nothing from outside itself, and no two closing
 * braces in a row.
 */
function outputsIn(parameter: INodeParameters, names: Names): INodeOutputConfiguration[] {
	const branches = names[`${String(parameter.resource)} ${String(parameter.operation)}`];
	if (!branches || parameter.outputMode !== 'byStatus') return [{ type: 'main' }];
	return branches.map((displayName) => ({ type: 'main', displayName }));
}

/** The node's outputs on the canvas, by its parameters. */
export function outputsOf(parameter: INodeParameters): INodeOutputConfiguration[] {
	return outputsIn(parameter, NAMES);
}

/** The same for n8n, as an expression. */
export const outputs: `={{${string}}}` = `={{ (${outputsIn.toString()})($parameter, ${JSON.stringify(NAMES)}) }}`;

/** What every failed item says of what happened. */
const ERROR = ['error', 'errorHint', 'errorCode', 'juspayCode', 'juspayRequestId', 'field', 'row'];

/** The name of every field that a resource's items may have: an input field of that name comes out as `input_…`. */
export function outputFieldsOf({ itemFields, failed }: Resource): ReadonlySet<string> {
	const about = failed({ item: 0, subject: {}, failure: ownFailure('INTERNAL', '', '') });
	return new Set([...ERROR, ...Object.keys(about), ...itemFields]);
}

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
