/* eslint-disable @n8n/community-nodes/icon-validation, @n8n/community-nodes/missing-paired-item -- for the bench only: nobody sees this node */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	IRunExecutionData,
} from 'n8n-workflow';
import { describeNode, end, type Order, type Reading } from './probe';

/** Ends what Rows began: gives out one item that says how the nodes in between did. */
export class StopWatch implements INodeType {
	description = describeNode('stopWatch');

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const order = this.evaluateExpression("{{ $('Webhook').first().json.body }}", 0);
		const spent = end(order as unknown as Order);
		const items = this.getInputData();
		const failed = items.find((item) => !isAnswer(item));
		const reading: Reading = {
			...spent,
			milliseconds: executionTime(this),
			answered: new Set(items.filter(isAnswer).map(rowOf)).size,
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
	const text = typeof error === 'string' ? error : (error.message ?? JSON.stringify(error));
	return text.slice(0, 160);
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
