import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';
import { executeOperation } from '../../nodes/Juspay/node';
import { row } from './rows';
import type { Row } from './rows';

/** How the node is set, and what it gets. */
interface Setting {
	parameters?: INodeParameters;
	rows?: IDataObject[];
	retryOnFail?: boolean;
	alwaysOutputData?: boolean;
	/** Whether n8n's On Error lets the run go on; default true. */
	continues?: boolean;
}

/** What n8n gives to a node that it executes, as far as ours asks for it. Juspay has no accounts. */
export function functionsFor(setting: Setting, hints: string[] = []): IExecuteFunctions {
	const { parameters = {}, rows = [{}], retryOnFail = false, continues = true } = setting;
	const node = {
		name: 'Juspay',
		type: 'n8n-nodes-juspay.juspay',
		alwaysOutputData: setting.alwaysOutputData ?? false,
		parameters,
		retryOnFail,
	};
	return {
		getNode: () => node,
		getInputData: () => rows.map((json) => ({ json })),
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			parameters[name] ?? fallback,
		getCurrentNodeParameter: (name: string) => parameters[name],
		getWorkflowDataProxy: (item: number) => ({ $json: rows[item] }),
		getExecutionId: () => '1',
		getCredentials: async () => ({ environment: 'sandbox', apiKey: 'key' }),
		getExecutionCancelSignal: () => undefined,
		continueOnFail: () => continues,
		addExecutionHints: (...shown: Array<{ message: string }>) =>
			hints.push(...shown.map(({ message }) => message)),
		helpers: {
			httpRequestWithAuthentication: async () => ({
				statusCode: 200,
				headers: {},
				body: '{"list":[],"total":0}',
			}),
		},
	} as unknown as IExecuteFunctions;
}

const ACCOUNT = { resource: 'customerAccount', customerId: 'customer_1122' };

/** What Create reads as JSON. */
export const json = (accounts: unknown): INodeParameters => ({
	accountSource: 'json',
	accountsJson: accounts as string,
});

/** The failed items of a run, as rows. */
export async function failedItems(operation: string, setting: Setting): Promise<Row[]> {
	const parameters = { ...ACCOUNT, operation, ...setting.parameters };
	const [items = []] = await executeOperation(functionsFor({ ...setting, parameters }));
	return items.map(({ json: { error, errorCode, errorHint } }) => {
		if (!error) throw new RangeError(`${operation} has not failed`);
		const message = String(error).replace(/ \[item \d+\]$/, '');
		const todo = String(errorHint).replace(/ Nothing was sent to Juspay for this row\.$/, '');
		return row(message, String(errorCode), todo);
	});
}

/** What the output pane says after a run. */
export async function hintsOf(operation: string, setting: Setting): Promise<string[]> {
	const hints: string[] = [];
	const parameters = { ...ACCOUNT, operation, ...setting.parameters };
	await executeOperation(functionsFor({ ...setting, parameters }, hints));
	return hints.flatMap((hint) => hint.split('<br>'));
}

/** What a run throws that may not go on. */
export async function thrownBy(work: () => unknown): Promise<Row> {
	try {
		await work();
	} catch (thrown) {
		const { message, description } = thrown as { message: string; description?: string };
		return row(message, '', description ?? '');
	}
	throw new RangeError('Nothing was thrown');
}
