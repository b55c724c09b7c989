import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';
import { ownFailure } from '../http/failure';
import { customer } from './customer';
import { customerAccount } from './customerAccount';
import type { Operation, Resource } from './operation';
import { upiId } from './upiId';

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
