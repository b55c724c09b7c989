import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';
import { ALL } from './operations';

type Names = Record<string, readonly string[]>;

/** The outputs under One Output per Status of the operations that have them. */
const NAMES: Names = Object.fromEntries(
	ALL.flatMap(({ resource, operation }) => {
		const { branches } = operation.returns ?? {};
		return branches ? [[`${resource.value} ${operation.value}`, branches.names]] : [];
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
