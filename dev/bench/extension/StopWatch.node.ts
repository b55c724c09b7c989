/* eslint-disable @n8n/community-nodes/node-usable-as-tool, @n8n/community-nodes/icon-validation, @n8n/community-nodes/require-node-description-fields, @n8n/community-nodes/node-connection-type-literal, @n8n/community-nodes/missing-paired-item -- for the bench only: nobody sees this node, and n8n-workflow is not there at run time */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	IRunExecutionData,
} from 'n8n-workflow';
import type { Order, Reading } from './order';
import { end } from './probe';

/** Ends what Rows began: gives out one item that says how the nodes in between did. */
export class StopWatch implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Stop Watch',
		name: 'stopWatch',
		group: ['transform'],
		version: 1,
		description: 'Sums up the nodes before it',
		defaults: { name: 'Stop Watch' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { accounts, profile } = this.evaluateExpression(
			"{{ $('Webhook').first().json.body }}",
			0,
		) as unknown as Order;
		const spent = end(this.getExecutionId(), profile);
		const items = this.getInputData();
		const answered = new Set(items.filter(isAnswer).map(rowOf)).size;
		const failed = items.find((item) => !isAnswer(item));
		const reading: Reading = {
			...spent,
			milliseconds: executionTime(this),
			answered,
			unanswered: accounts - answered,
			...(failed && { error: messageOf(failed) }),
		};
		return [[{ json: reading as unknown as IDataObject }]];
	}
}

/** True for an item with an account's ID: as the Juspay node gives it out, or as Juspay itself does. */
function isAnswer({ json }: INodeExecutionData): boolean {
	return typeof (json.customerAccountId ?? json.id) === 'string';
}

function messageOf({ json }: INodeExecutionData): string {
	const error = (json.error ?? json) as string | { message?: string };
	if (typeof error === 'string') return error;
	return error.message ?? JSON.stringify(error).slice(0, 300);
}

function rowOf({ pairedItem }: INodeExecutionData): number | undefined {
	const first = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof first === 'object' ? first.item : first;
}

/** What n8n has noted for the measured nodes: the figures that the editor shows. */
function executionTime(functions: IExecuteFunctions): number {
	const { runExecutionData } = functions as unknown as { runExecutionData: IRunExecutionData };
	const runs = Object.entries(runExecutionData.resultData.runData)
		.filter(([name]) => name.startsWith('Measured'))
		.flatMap(([, ofNode]) => ofNode);
	return runs.reduce((sum, run) => sum + run.executionTime, 0);
}
