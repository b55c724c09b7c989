import type { INodeOutputConfiguration, INodeParameters } from 'n8n-workflow';

/**
 * The node's outputs on the canvas. n8n evaluates this function's text as an expression, so it uses nothing from
 * outside itself, and no two closing braces in a row.
 *
 * @param parameter - the node's parameters
 */
export function outputsOf(parameter: INodeParameters): INodeOutputConfiguration[] {
	const returnsAccounts =
		parameter.resource === 'customerAccount' && parameter.operation !== 'delete';
	if (!returnsAccounts || parameter.outputMode !== 'byStatus') return [{ type: 'main' }];
	const names = ['Active', 'Pending', 'Failure'];
	return names.map((displayName) => ({ type: 'main', displayName }));
}
