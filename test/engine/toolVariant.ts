import type { INodeProperties, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes, UnexpectedError } from 'n8n-workflow';

/**
 * The tool form of a node (`juspayTool`), made the way n8n's `convertNodeToAiTool` makes it
 * (packages/cli/src/tool-generation/ai-tools.ts): no inputs, one `ai_tool` output, and a
 * description for the model. The function itself lives in the `n8n` package, which tests do
 * not install.
 *
 * @throws When the node does not say `usableAsTool`, as n8n does.
 */
export function toolVariant(node: INodeType): INodeType {
	if (!node.description.usableAsTool) {
		throw new UnexpectedError('Node cannot be used as a tool', {
			extra: { nodeType: node.description.name },
		});
	}
	const { usableAsTool, ...description } = node.description;
	const replacements = typeof usableAsTool === 'object' ? usableAsTool.replacements : undefined;
	const chooses = description.properties.some(({ name }) =>
		['resource', 'operation'].includes(name),
	);
	const descriptionType: INodeProperties = {
		displayName: 'Tool Description',
		name: 'descriptionType',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Set Automatically', value: 'auto' },
			{ name: 'Set Manually', value: 'manual' },
		],
		default: 'auto',
	};
	const toolDescription: INodeProperties = {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		default: description.description,
		required: true,
		...(chooses && { displayOptions: { show: { descriptionType: ['manual'] } } }),
	};
	// Inherits from the node, so that `execute` and `methods` are the node's own.
	const tool = Object.create(node) as INodeType;
	tool.description = {
		...description,
		...replacements,
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [...(chooses ? [descriptionType] : []), toolDescription, ...description.properties],
	};
	return tool;
}
