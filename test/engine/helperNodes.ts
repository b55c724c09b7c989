import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

/** Type of the node that tests start from; what it emits is pinned to it. */
export const START_TYPE = 'n8n-nodes-juspay-test.start';

/** Type of the node that hangs on each output of the node under test. */
export const COLLECT_TYPE = 'n8n-nodes-juspay-test.collect';

/** The node on which n8n's credentials tester runs the Test button's request. */
export const NO_OP_TYPE = 'n8n-nodes-base.noOp';

/** Name of the start node in the short forms; expressions may say `$('Start')`. */
export const START_NAME = 'Start';

function description(
	displayName: string,
	properties: INodeTypeDescription['properties'] = [],
): INodeTypeDescription {
	return {
		displayName,
		name: displayName,
		group: ['transform'],
		version: 1,
		description: 'Exists in tests only',
		defaults: { name: displayName },
		inputs: displayName === START_NAME ? [] : ['main'],
		outputs: ['main'],
		properties,
	};
}

/** Hands on what it is given: the engine's one empty item, unless items are pinned to it. */
export class Start implements INodeType {
	description = description(START_NAME);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Does nothing, like n8n's own. */
export class NoOp implements INodeType {
	description = description('No Operation');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** What {@link Collect} found out about one item that reached it. */
export interface Collected extends IDataObject {
	/** Index of the Start item that n8n resolves this one to, or n8n's words on why it can't. */
	startItem: number | string;
	/** What the test's own expression gave for this item, or n8n's words on why it can't. */
	value: IDataObject[string];
}

/**
 * Stands where a user's next node stands, and does what hurts there: for each item it evaluates
 * expressions that n8n can resolve through correct `pairedItem`s only.
 */
export class Collect implements INodeType {
	description = description('Collect', [
		{
			displayName: 'Start Item',
			name: 'startItem',
			type: 'number',
			// Start's items carry their own index as `pairedItem`, see `startItems`.
			default: `={{ $('${START_NAME}').item.pairedItem.item }}`,
		},
		{ displayName: 'Value', name: 'value', type: 'string', default: '' },
	]);

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const read = <T>(name: string, item: number): T | string => {
			try {
				return this.getNodeParameter(name, item, undefined, { skipValidation: true }) as T;
			} catch (error) {
				return (error as Error).message;
			}
		};
		return [
			this.getInputData().map((_, item) => {
				const json: Collected = {
					startItem: read<number>('startItem', item),
					value: read('value', item),
				};
				return { json, pairedItem: item };
			}),
		];
	}
}

/** The items for the start node: copies, so that a run can't change the test's own. */
export function startItems(items: IDataObject[]): INodeExecutionData[] {
	return items.map((json, item) => ({ json: structuredClone(json), pairedItem: { item } }));
}
