import type {
	IDataObject,
	INode,
	INodeParameters,
	INodeProperties,
	INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { nodeDescription, JUSPAY_TYPE, runAsTool } from '../engine';
import type { ToolOptions } from '../engine';
import { ASHA, byId, idsOf, IFSC, numberEnding, stage } from './stage';

const on = stage();

const VIA: Array<NonNullable<ToolOptions['via']>> = ['invoke', 'engine'];

/** Lets a model call the node with what it filled in. */
const call = async (
	via: ToolOptions['via'],
	parameters: INodeParameters,
	args: IDataObject,
	more: Partial<ToolOptions> = {},
) =>
	await runAsTool({
		via,
		credential: on.credential,
		args,
		parameters: { resource: 'customerAccount', ...parameters },
		...more,
	});

const CUSTOMER = "={{ $fromAI('customer_id', 'ID of the customer', 'string') }}";

const CREATE: INodeParameters = {
	operation: 'create',
	customerId: CUSTOMER,
	accountSource: 'json',
	accountsJson: "={{ $fromAI('accounts', 'The accounts to create', 'json') }}",
	validateOnCreate: true,
};

/** One account per call, a field of its own for each value. */
const CREATE_ONE: INodeParameters = {
	operation: 'create',
	customerId: CUSTOMER,
	accounts: {
		bankAccount: [
			{
				accountNumber: "={{ $fromAI('account_number', '9 to 18 digits', 'string') }}",
				ifsc: "={{ $fromAI('ifsc', 'Code of the bank branch', 'string') }}",
			},
		],
	},
};

const ACCOUNTS = [
	{ accountNumber: numberEnding('1191'), ifsc: IFSC },
	{ vpa: 'failure@upi' },
	{ vpa: 'pending@upi' },
];

describe.each(VIA)('called by a model (%s)', (via) => {
	it('creates the accounts that the model gives as JSON', async () => {
		const result = await call(via, CREATE, { customer_id: ASHA, accounts: ACCOUNTS });
		expect(result.error).toBeUndefined();
		expect(result.response).toEqual([
			expect.objectContaining({ account: 'XXXXXXXXXXX1191', validationStatus: 'ACTIVE' }),
			expect.objectContaining({ type: 'upi', validationStatus: 'FAILURE' }),
			expect.objectContaining({ type: 'upi', validationStatus: 'PENDING' }),
		]);
		expect(on.simulator.counters).toMatchObject({ accountsMade: 3, validationsStarted: 3 });
	});

	it('shows everything, also where the node would sort by status: a model sees one output', async () => {
		const result = await call(
			via,
			{ ...CREATE, outputMode: 'byStatus' },
			{ customer_id: ASHA, accounts: ACCOUNTS },
		);
		expect(result.response).toHaveLength(3);
	});
});

describe('called by a model', () => {
	const via = 'invoke';

	it.each([
		['its values', ASHA, 'AABF08032', /instead of 11.*An IFSC is four letters/s],
		['what Juspay says', 'cst_nobody', IFSC, /no customer cst_nobody.*Check the ID.*Juspay says:/s],
	])('tells the model what to do about %s', async (_, customer, ifsc, answer) => {
		const result = await call(via, CREATE_ONE, {
			customer_id: customer,
			account_number: numberEnding('1191'),
			ifsc,
		});
		const { message = '' } = result.error ?? {};
		expect(message).toMatch(answer);
		// Once: n8n adds the description to the message where it isn't in it yet.
		expect(message.match(/Check the ID|An IFSC is/g)).toHaveLength(1);
	});

	it('tells the model about the account that failed beside the others, where the user chose to continue', async () => {
		const result = await call(
			via,
			CREATE,
			{ customer_id: ASHA, accounts: [ACCOUNTS[0], { vpa: 'reject@upi' }] },
			{ onError: 'continueRegularOutput' },
		);
		expect(result.response).toEqual([
			expect.objectContaining({ validationStatus: 'ACTIVE' }),
			expect.objectContaining({
				error: expect.stringMatching(/rejected the request/),
				errorCode: 'SETUP',
			}),
		]);
	});

	it.each(['no JSON', [], [{}]])('tells the model how accounts are given: %j', async (accounts) => {
		const parameters = {
			...CREATE,
			accountsJson: "={{ $fromAI('accounts', 'The accounts to create', 'string') }}",
		};
		const result = await call(via, parameters, {
			customer_id: ASHA,
			accounts: typeof accounts === 'string' ? accounts : JSON.stringify(accounts),
		});
		expect(result.error?.message).toMatch(/Accounts \(JSON\)/);
	});
});

describe('what a model sees', () => {
	it.each([
		['create', 'Create customer accounts in Juspay'],
		['get', 'Get customer account in Juspay'],
		['getAll', 'Get many customer accounts in Juspay'],
		['validate', 'Validate customer account in Juspay'],
		['delete', 'Delete customer account in Juspay'],
	])('of %s is a name and a sentence that says what it does', async (operation, description) => {
		const more = operation === 'create' ? CREATE : { operation, customerId: CUSTOMER };
		const needsAccount = ['get', 'validate', 'delete'].includes(operation);
		const result = await call(
			'invoke',
			{ ...more, ...(needsAccount && byId("={{ $fromAI('account_id', 'Its ID', 'string') }}")) },
			{ customer_id: ASHA, accounts: [], account_id: 'banh_1' },
		);
		expect(result.description).toBe(description);
		expect(result.name).toBe('Juspay_Tool');
	});

	it('of the parameters is only what the user gives into its hands', async () => {
		const { schema } = await call('invoke', CREATE, { customer_id: ASHA, accounts: [] });
		expect(schema).toEqual({
			customer_id: 'ID of the customer',
			accounts: 'The accounts to create',
		});
	});
});

describe('the form', () => {
	let juspay: INodeTypeDescription;
	let tool: INodeTypeDescription;
	beforeAll(async () => {
		juspay = await nodeDescription();
		tool = await nodeDescription(`${JUSPAY_TYPE}Tool`);
	});

	/** The fields that the editor shows. */
	const shown = (description: INodeTypeDescription, parameters: INodeParameters) => {
		const node = { type: description.name, typeVersion: 1, parameters } as INode;
		const values = NodeHelpers.getNodeParameters(
			description.properties,
			parameters,
			true,
			false,
			node,
			description,
		) as INodeParameters;
		return description.properties.filter((property) =>
			NodeHelpers.displayParameter(values, property, node, description),
		);
	};
	const OPERATIONS: INodeParameters[] = [
		...['create', 'get', 'getAll', 'validate', 'delete'].map((operation) => ({
			resource: 'customerAccount',
			operation,
		})),
		...['create', 'get', 'update'].map((operation) => ({ resource: 'customer', operation })),
		{ resource: 'upiId', operation: 'verify' },
	];

	/** Fields that n8n's editor offers a model, those in collections included: all that take expressions. */
	const offered = (fields: INodeProperties[]): string[] =>
		fields.flatMap((field) => {
			const within = (field.options ?? []).flatMap((option) => {
				if ('values' in option) return offered(option.values);
				return 'type' in option ? offered([option]) : [];
			});
			const isFixed = field.noDataExpression === true || field.type === 'notice';
			return [...(isFixed ? [] : [field.name]), ...within];
		});

	it.each([
		['create', 'customerId accounts accountNumber ifsc beneficiaryName bankCode vpa'],
		['get', 'customerId customerAccountId'],
		['getAll', 'customerId returnAll limit filters type validationStatus'],
		['validate', 'customerId customerAccountId'],
		['delete', 'customerId customerAccountId'],
	])('of the tool offers a model nothing that moves money or unmasks: %s', (operation, fields) => {
		const parameters = { resource: 'customerAccount', operation, validateOnCreate: true };
		expect(offered(shown(tool, parameters))).toEqual(fields.split(' '));
	});

	it.each(OPERATIONS)(
		'of the tool has the fields of the node, but for Output Mode and its notice: %j',
		(given) => {
			const names = (of: INodeTypeDescription) => shown(of, given).map(({ name }) => name);
			expect(names(tool).filter((name) => name !== 'descriptionType')).toEqual(
				names(juspay).filter((name) => !name.startsWith('outputMode')),
			);
		},
	);

	it('of the tool has one field per value, JSON where a person wants it, and no columns', () => {
		const fields = shown(tool, { resource: 'customerAccount', operation: 'create' });
		const source = fields.find(({ name }) => name === 'accountSource');
		expect(source?.default).toBe('fields');
		expect(source?.options?.map((option) => 'value' in option && option.value)).toEqual([
			'fields',
			'json',
		]);
	});

	it.each(OPERATIONS)('of the node takes expressions in each field, as ever: %j', (given) => {
		const fixed = shown(juspay, { ...given, validateOnCreate: true }).filter(
			({ noDataExpression }) => noDataExpression,
		);
		for (const { name } of fixed) {
			expect(['resource', 'operation', 'accountSource', 'outputMode']).toContain(name);
		}
	});

	it('has each field once in an n8n that does not know @tool, such as 1.85', () => {
		// Such an n8n reads it as the name of a parameter that is not there.
		const text = JSON.stringify(tool.properties).replaceAll('"@tool"', '"unknown"');
		const old = { ...tool, properties: JSON.parse(text) as INodeProperties[] };
		for (const given of OPERATIONS) {
			expect(shown(old, given).map(({ name }) => name)).toEqual([
				'descriptionType',
				...shown(juspay, given).map(({ name }) => name),
			]);
		}
	});
});

describe('the node in a workflow with its own name', () => {
	it('is no tool because of a name that ends in Tool', async () => {
		const ids = [on.simulator.seedAccount(ASHA, { vpa: 'failure@upi' }, 'FAILURE')];
		const result = await on.run('getAll', { parameters: { outputMode: 'byStatus' } });
		expect(idsOf(result, 2)).toEqual(ids);
	});
});
