import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

/** What becomes of a field where the node is a tool; undefined: it is not there. */
type InTool = (field: INodeProperties) => INodeProperties | undefined;

/**
 * Fields that differ where the node is a tool of an AI agent. There n8n offers a model each field that takes
 * expressions; what moves money or unmasks accounts is a person's choice.
 */
const IN_TOOL: Record<string, InTool> = {
	// A model's call has no rows with columns.
	accountSource: (field) => withoutOption(field, 'input'),
	onExisting: withoutExpressions,
	options: withoutExpressions,
	// A model sees the first output only.
	outputMode: () => undefined,
	outputModeNotice: () => undefined,
	simplify: withoutExpressions,
	validateOnCreate: withoutExpressions,
};

/** Gives those fields that differ in a tool a second form there; in the node they take expressions as ever. */
export function withToolFields(fields: readonly INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => {
		const inTool = IN_TOOL[field.name];
		if (!inTool) return [field];
		const variant = inTool(field);
		return variant ? [inNodeOnly(field), inToolOnly(variant)] : [inNodeOnly(field)];
	});
}

/** Hidden rather than shown on a condition: an n8n that doesn't know `@tool`, such as 1.85, keeps the field. */
function inNodeOnly(field: INodeProperties): INodeProperties {
	const { displayOptions } = field;
	return {
		...field,
		displayOptions: { ...displayOptions, hide: { ...displayOptions?.hide, '@tool': [true] } },
	};
}

function inToolOnly(field: INodeProperties): INodeProperties {
	const { displayOptions } = field;
	return {
		...field,
		displayOptions: { ...displayOptions, show: { ...displayOptions?.show, '@tool': [true] } },
	};
}

/** Without expressions n8n doesn't offer a field to a model, and neither the fields within it. */
function withoutExpressions(field: INodeProperties): INodeProperties {
	const options = field.options?.map((option) => {
		if ('values' in option) return { ...option, values: option.values.map(withoutExpressions) };
		return 'type' in option ? withoutExpressions(option) : option;
	});
	return { ...field, noDataExpression: true, ...(options && { options }) } as INodeProperties;
}

function withoutOption(field: INodeProperties, value: string): INodeProperties {
	const options = field.options?.filter((option) => !('value' in option && option.value === value));
	return { ...field, options } as INodeProperties;
}

/** True where an AI agent runs the node. */
export function isTool(functions: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return functions.getNode().type.endsWith('Tool');
}

/** An agent shows its model an error's message alone, so what to do and Juspay's own words go into it. */
export function forModel(thrown: unknown): unknown {
	const isShown = thrown instanceof NodeApiError || thrown instanceof NodeOperationError;
	if (isShown && thrown.description && !thrown.message.includes(thrown.description)) {
		thrown.message = `${thrown.message}. ${thrown.description}`;
	}
	return thrown;
}
