import type { INode, INodeParameters } from 'n8n-workflow';
import type { Credential, Workflow } from '../n8n';

/** What n8n has for the measured nodes. */
interface Surroundings {
	/** The address of the simulator, or of the TLS front before it. */
	url: string;
	juspayApi: Credential;
	httpBasicAuth: Credential;
}

type MeasuredNode = Pick<INode, 'type' | 'typeVersion' | 'parameters' | 'credentials'>;

/** A way to create the accounts of many rows in n8n. */
export interface Subject {
	/** For tables and charts. */
	name: string;
	/** Also the workflow's name. */
	id: string;
	/** The most requests it has in flight. */
	atOnce: number;
	/** How many requests it sends for each row, one after the other; 0: it sends one chain for each customer. */
	perRow: number;
	/** Whether it starts a validation of each account. */
	validates?: boolean;
	/** The nodes to be measured, one after the other. */
	nodes(around: Surroundings): MeasuredNode[];
}

function juspay(name: string, id: string, parameters: INodeParameters): Subject {
	return {
		name,
		id,
		atOnce: 50,
		perRow: 0,
		...(parameters.validateOnCreate === true && { validates: true }),
		nodes: ({ juspayApi }) => [
			{
				type: 'n8n-nodes-juspay.juspay',
				typeVersion: 1,
				credentials: { juspayApi },
				parameters: { resource: 'customerAccount', operation: 'create', ...parameters },
			},
		],
	};
}

const fromColumns = (id: string, more: INodeParameters = {}) =>
	juspay('Juspay node', id, { accountSource: 'input', ...more });

/** A bank account's fields as expressions; `more` is what each does with its column. */
const account = (more = '') => ({
	accountNumber: `={{ $json.account_number${more} }}`,
	ifsc: `={{ $json.ifsc${more} }}`,
	beneficiaryName: `={{ $json.beneficiary_name${more} }}`,
});

const defineBelow = (more = ''): INodeParameters => ({
	accountSource: 'fields',
	customerId: `={{ $json.customer_id${more} }}`,
	accounts: { bankAccount: [account(more)] },
});

/** An HTTP Request node that sends a form to Juspay, below the row's customer. */
function post(
	{ url, httpBasicAuth }: Surroundings,
	path: string,
	{ headers = [], ...more }: { headers?: INodeParameters[] } & INodeParameters,
): MeasuredNode {
	return {
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		credentials: { httpBasicAuth },
		parameters: {
			method: 'POST',
			url: `=${url}/customers/{{ $json.customer_id }}/${path}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBasicAuth',
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'x-routing-id', value: '={{ $json.customer_id }}' }, ...headers],
			},
			options: {},
			...more,
		},
	};
}

const ACCOUNT_DETAILS =
	'={{ JSON.stringify([{ bank_account: { account_number: $json.account_number, ifsc: $json.ifsc, beneficiary_name: $json.beneficiary_name } }]) }}';

const createRequest = (around: Surroundings, options: INodeParameters = {}) =>
	post(around, 'accounts', {
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: { parameters: [{ name: 'account_details', value: ACCOUNT_DETAILS }] },
		options,
	});

/** Validates each account that the node before it has created. */
const validateRequest = (around: Surroundings) =>
	post(around, 'customer-accounts/{{ $json.id }}/validate', {
		// It has no body, but Juspay wants to know the kind of it.
		headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded' }],
	});

function httpRequest(name: string, id: string, batch?: INodeParameters): Subject {
	const options = batch ? { batching: { batch } } : {};
	const nodes = (around: Surroundings) => [createRequest(around, options)];
	return { name, id, atOnce: Infinity, perRow: 1, nodes };
}

/** What the Juspay node's requests, or those of a node that goes row by row, take without the node. */
function plain(
	name: string,
	id: string,
	parameters: INodeParameters & { atOnce: number },
): Subject {
	return {
		name,
		id,
		atOnce: parameters.atOnce,
		perRow: parameters.rowByRow ? 1 : 0,
		nodes: ({ url, juspayApi }) => [
			{
				type: 'CUSTOM.plainRequests',
				typeVersion: 1,
				credentials: { juspayApi },
				parameters: { baseUrl: url, ...parameters },
			},
		],
	};
}

/** All of them: each gets a workflow. */
export const SUBJECTS = {
	juspay: fromColumns('juspay'),
	/** Told to create without looking. */
	juspayCreate: fromColumns('juspay-create', { onExisting: 'create' }),
	/** With hardly any requests: what remains is its own work. */
	juspayFewRequests: fromColumns('juspay-few-requests', { options: { accountsPerRequest: 500 } }),
	juspayValidated: fromColumns('juspay-validated', { validateOnCreate: true }),
	juspayMapped: juspay('Juspay node, mapped manually', 'juspay-mapped', {
		accountSource: 'input',
		columns: {
			mappingMode: 'defineBelow',
			value: { customerId: '={{ $json.customer_id }}', ...account() },
			matchingColumns: [],
			schema: [],
		},
	}),
	juspayDefineBelow: juspay('Juspay node, Define Below', 'juspay-expressions', defineBelow()),
	/** With expressions that only n8n can evaluate. */
	juspayEvaluated: juspay(
		'Juspay node, evaluated expressions',
		'juspay-evaluated',
		defineBelow('.trim()'),
	),
	sameRequests: plain('Its requests alone', 'same-requests', { atOnce: 50 }),
	sameCreates: plain('Its requests alone', 'same-creates', { atOnce: 50, listFirst: false }),
	itemByItem: plain('Item by item', 'item-by-item', {
		atOnce: 1,
		listFirst: false,
		rowByRow: true,
	}),
	/** As it stands after filling in address, credential, header and body. */
	httpRequest: httpRequest('HTTP Request', 'http-request'),
	httpRequestBatched: httpRequest('HTTP Request, batching', 'http-request-batched', {
		batchSize: 50,
		batchInterval: 1,
	}),
	/** Set by hand to what a server allows: 20 requests a second. */
	httpRequestPaced: httpRequest('HTTP Request, 20 each second', 'http-request-paced', {
		batchSize: 20,
		batchInterval: 1_000,
	}),
	/** One node creates the accounts, the next one validates each. */
	httpRequestValidated: {
		...httpRequest('HTTP Request', 'http-request-validated'),
		perRow: 2,
		validates: true,
		nodes: (around: Surroundings) => [createRequest(around), validateRequest(around)],
	} satisfies Subject,
};

/**
 * Webhook, rows, the nodes to be measured, stop watch. It runs as an activated workflow does, not as from the editor,
 * where each request would also be reported to the browser; and nothing of it is stored.
 *
 * @param name - of the workflow, and the path of its webhook
 */
export function benchWorkflow(name: string, measured: MeasuredNode[]): Workflow {
	const helper = (type: string) => ({ type, typeVersion: 1, parameters: {} });
	const webhook = {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: name,
		parameters: { httpMethod: 'POST', path: name, responseMode: 'lastNode', options: {} },
	};
	const nodes = Object.entries({
		Webhook: webhook,
		Rows: helper('CUSTOM.rows'),
		// Each row that fails comes out as an item, so that it can be counted.
		...Object.fromEntries(
			measured.map((node, index) => [
				`Measured ${index + 1}`,
				{ ...node, onError: 'continueRegularOutput' as const },
			]),
		),
		'Stop Watch': helper('CUSTOM.stopWatch'),
	}).map(
		([its, node], column): INode => ({
			...node,
			name: its,
			id: `node-${column}`,
			position: [column * 200, 0],
		}),
	);
	const links = nodes.slice(0, -1).map(({ name: from }, index) => {
		const target = { node: nodes[index + 1]?.name ?? '', type: 'main' as const, index: 0 };
		return [from, { main: [[target]] }];
	});
	return {
		name,
		nodes,
		connections: Object.fromEntries(links),
		settings: { saveDataSuccessExecution: 'none', executionOrder: 'v1' },
	};
}
