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
