import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runAsTool } from '../engine';
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

	it('creates nothing twice when the model calls again', async () => {
		const args = { customer_id: ASHA, accounts: ACCOUNTS };
		await call(via, CREATE, args);
		const result = await call(via, CREATE, args);
		expect((result.response as IDataObject[]).map(({ outcome }) => outcome)).toEqual([
			'existing',
			'existing',
			'existing',
		]);
		expect(on.simulator.counters).toMatchObject({ accountsMade: 3, validationsStarted: 3 });
	});

	it('gets the account that the model names', async () => {
		const id = on.simulator.seedAccount(ASHA, { vpa: '9164326296@upi' }, 'ACTIVE');
		const result = await call(
			via,
			{
				operation: 'get',
				customerId: CUSTOMER,
				...byId("={{ $fromAI('account_id', 'ID of the account', 'string') }}"),
			},
			{ customer_id: ASHA, account_id: id },
		);
		expect(result.response).toEqual([
			expect.objectContaining({ customerAccountId: id, account: '91******96@upi' }),
		]);
	});

	it('tells the model in a sentence what is wrong with its values', async () => {
		const result = await call(via, CREATE, {
			customer_id: ASHA,
			accounts: [{ accountNumber: numberEnding('1191'), ifsc: 'AABF08032' }],
		});
		expect(result.error?.message).toMatch(/'IFSC' has 9 characters instead of 11/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('tells the model in a sentence what Juspay refused', async () => {
		const result = await call(via, CREATE, { customer_id: 'cst_nobody', accounts: ACCOUNTS });
		expect(result.error?.message).toMatch(/Juspay has no customer cst_nobody/);
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
				error: expect.stringMatching(/did not accept the request/),
				errorCode: 'INVALID_ACCOUNT_DETAILS',
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

describe('the node in a workflow with its own name', () => {
	it('is no tool because of a name that ends in Tool', async () => {
		const ids = [on.simulator.seedAccount(ASHA, { vpa: 'failure@upi' }, 'FAILURE')];
		const result = await on.run('getAll', { parameters: { outputMode: 'byStatus' } });
		expect(idsOf(result, 2)).toEqual(ids);
	});
});
