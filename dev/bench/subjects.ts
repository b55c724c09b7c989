import type { INodeParameters } from 'n8n-workflow';
import type { CredentialChoice, MeasuredNode } from './workflows';

/** What n8n and the simulator have for the measured nodes. */
export interface Surroundings {
	/** The address of the simulator, or of the TLS front before it. */
	url: string;
	juspayApi: CredentialChoice;
	httpBasicAuth: CredentialChoice;
}

/** A way to create the accounts of many rows in n8n. */
export interface Subject {
	/** For tables and charts. */
	name: string;
	/** Also the workflow's name. */
	id: string;
	/** The most requests it has in flight. */
	atOnce: number;
	/** How many requests it sends for each row, where each row goes for itself. */
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
		perRow: 1,
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

/** This node, reading the rows' columns. */
export const JUSPAY = juspay('Juspay node', 'juspay', { accountSource: 'input' });

/** The same, told to create without looking. */
export const JUSPAY_CREATE = juspay('Juspay node', 'juspay-create', {
	accountSource: 'input',
	onExisting: 'create',
});

/** The same with hardly any requests: what remains is its own work. */
export const JUSPAY_FEW_REQUESTS = juspay('Juspay node', 'juspay-few-requests', {
	accountSource: 'input',
	options: { accountsPerRequest: 500 },
});

/** The same, which also starts each account's validation. */
export const JUSPAY_VALIDATED: Subject = {
	...juspay('Juspay node', 'juspay-validated', { accountSource: 'input', validateOnCreate: true }),
	validates: true,
};

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

/** This node with Map Each Column Manually: a column dropped into each field. */
export const JUSPAY_MAPPED = juspay('Juspay node, mapped manually', 'juspay-mapped', {
	accountSource: 'input',
	columns: {
		mappingMode: 'defineBelow',
		value: { customerId: '={{ $json.customer_id }}', ...account() },
		matchingColumns: [],
		schema: [],
	},
});

/** This node with Define Below: a column dropped into each field. */
export const JUSPAY_EXPRESSIONS = juspay(
	'Juspay node, Define Below',
	'juspay-expressions',
	defineBelow(),
);

/** The same with expressions that only n8n can evaluate. */
export const JUSPAY_EVALUATED = juspay(
	'Juspay node, evaluated expressions',
	'juspay-evaluated',
	defineBelow('.trim()'),
);

/** An HTTP Request node that sends a form to Juspay, below the row's customer. */
function post(
	{ url, httpBasicAuth }: Surroundings,
	path: string,
	more: { headers?: INodeParameters[] } & INodeParameters,
): MeasuredNode {
	const { headers = [], ...others } = more;
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
			...others,
		},
	};
}

const ACCOUNT_DETAILS =
	'={{ JSON.stringify([{ bank_account: { account_number: $json.account_number, ifsc: $json.ifsc, beneficiary_name: $json.beneficiary_name } }]) }}';

function createRequest(around: Surroundings, options: INodeParameters): MeasuredNode {
	return post(around, 'accounts', {
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: { parameters: [{ name: 'account_details', value: ACCOUNT_DETAILS }] },
		options,
	});
}

/** Validates each account that the node before it has created. */
function validateRequest(around: Surroundings): MeasuredNode {
	return post(around, 'customer-accounts/{{ $json.id }}/validate', {
		// It has no body, but Juspay wants to know the kind of it.
		headers: [{ name: 'content-type', value: 'application/x-www-form-urlencoded' }],
	});
}

function httpRequest(name: string, id: string, options: INodeParameters): Subject {
	return {
		name,
		id,
		atOnce: Infinity,
		perRow: 1,
		nodes: (around) => [createRequest(around, options)],
	};
}

const batching = (batchSize: number, batchInterval: number): INodeParameters => ({
	batching: { batch: { batchSize, batchInterval } },
});

/** n8n's HTTP Request node as it stands after filling in address, credential, header and body. */
export const HTTP_REQUEST = httpRequest('HTTP Request', 'http-request', {});

/** n8n's HTTP Request node with its batching: see docs/benchmarks.md for the choice of the interval. */
export const HTTP_REQUEST_BATCHED = httpRequest(
	'HTTP Request, batching',
	'http-request-batched',
	batching(50, 1),
);

/** n8n's HTTP Request node with its batching set by hand to what a server allows: 20 requests a second. */
export const HTTP_REQUEST_PACED = httpRequest(
	'HTTP Request, 20 each second',
	'http-request-paced',
	batching(20, 1_000),
);

/** Two of n8n's HTTP Request nodes: one creates the accounts, the next one validates each. */
export const HTTP_REQUEST_VALIDATED: Subject = {
	name: 'HTTP Request',
	id: 'http-request-validated',
	atOnce: Infinity,
	perRow: 2,
	validates: true,
	nodes: (around) => [createRequest(around, {}), validateRequest(around)],
};

/** A node that awaits one request for each item. */
export const ITEM_BY_ITEM: Subject = {
	name: 'Item by item',
	id: 'item-by-item',
	atOnce: 1,
	perRow: 1,
	nodes: ({ url, juspayApi }) => [
		{
			type: 'CUSTOM.itemByItem',
			typeVersion: 1,
			credentials: { juspayApi },
			parameters: { baseUrl: url, customerId: '={{ $json.customer_id }}', ...account() },
		},
	],
};

function sameRequests(id: string, listFirst: boolean): Subject {
	return {
		name: 'Its requests alone',
		id,
		atOnce: 50,
		perRow: 1,
		nodes: ({ url, juspayApi }) => [
			{
				type: 'CUSTOM.sameRequests',
				typeVersion: 1,
				credentials: { juspayApi },
				parameters: { baseUrl: url, listFirst },
			},
		],
	};
}

/** A node that sends what {@link JUSPAY} sends, and does nothing else. */
export const SAME_REQUESTS = sameRequests('juspay-same-requests', true);

/** A node that sends what {@link JUSPAY_CREATE} sends, and does nothing else. */
export const SAME_CREATES = sameRequests('juspay-same-creates', false);

/** All of them: each gets a workflow. */
export const SUBJECTS = [
	JUSPAY,
	JUSPAY_CREATE,
	JUSPAY_FEW_REQUESTS,
	JUSPAY_VALIDATED,
	JUSPAY_MAPPED,
	JUSPAY_EXPRESSIONS,
	JUSPAY_EVALUATED,
	HTTP_REQUEST,
	HTTP_REQUEST_BATCHED,
	HTTP_REQUEST_PACED,
	HTTP_REQUEST_VALIDATED,
	ITEM_BY_ITEM,
	SAME_REQUESTS,
	SAME_CREATES,
];
