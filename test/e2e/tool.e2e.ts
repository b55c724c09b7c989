import type { IDataObject } from 'n8n-workflow';
import { connectAssistant, type Assistant } from '../../dev/demo/mcp';
import { nodeOf, openStage, type Stage, type Workflow } from '../../dev/n8n';
import { INSTALL_WITHIN_MS, packed } from './stage';

const CUSTOMER =
	"={{ $fromAI('customer_id', 'ID of the customer at Juspay, e.g. cst_…', 'string') }}";
const CREATE = 'Create_customer_accounts';
const GET = 'Get_customer_account';
const VERIFY = 'Verify_UPI_IDs';

let stage: Stage;
let mcp: Assistant;

beforeAll(async () => {
	stage = await openStage({ ...packed(), juspay: { customers: ['customer_1122'] } });
	const { id } = await stage.importWorkflow(SERVER);
	await stage.client.activate(id);
	mcp = await connectAssistant(`${stage.url}/mcp/juspay`);
}, INSTALL_WITHIN_MS);

afterAll(async () => {
	await mcp?.close();
	await stage?.close();
});

/** Calls a tool as a model does; gives what the model gets to read. */
async function call(name: string, args: Record<string, unknown>): Promise<string> {
	return (await mcp.call(name, args)).text;
}

/** The accounts that a tool answers with. */
async function accounts(name: string, args: Record<string, unknown>): Promise<IDataObject[]> {
	return JSON.parse(await call(name, args)) as IDataObject[];
}

it('shows a model what each tool does and what to give it', async () => {
	const named = new Map((await mcp.tools()).map((tool) => [tool.name, tool]));
	expect([...named.keys()].sort()).toEqual([CREATE, GET, VERIFY]);
	expect(named.get(CREATE)).toMatchObject({
		description: 'Create customer accounts in Juspay',
		inputSchema: {
			properties: {
				customer_id: { type: 'string', description: 'ID of the customer at Juspay, e.g. cst_…' },
				account_number: { type: 'string', description: '9 to 18 digits, as text' },
				ifsc: { type: 'string' },
			},
			required: ['customer_id', 'account_number', 'ifsc'],
		},
	});
	expect(named.get(GET)).toMatchObject({
		description: 'Get customer account in Juspay',
		inputSchema: { required: ['customer_id', 'account_id'] },
	});
	expect(named.get(VERIFY)).toMatchObject({
		description: 'Verify UPI ID in Juspay',
		inputSchema: { required: ['upi_id'] },
	});
});

it('tells a model which UPI ID exists, without a penny drop', async () => {
	const { accountsMade, validationsStarted } = stage.simulator.counters;
	expect(await accounts(VERIFY, { upi_id: 'asha@upi' })).toEqual([
		expect.objectContaining({ valid: true, status: 'VALID' }),
	]);
	expect(await accounts(VERIFY, { upi_id: 'invalid.ravi@upi' })).toEqual([
		expect.objectContaining({ valid: false, status: 'INVALID' }),
	]);
	expect(stage.simulator.counters).toMatchObject({ accountsMade, validationsStarted });
});

it('creates an account for a model, once, and reads its status', async () => {
	const args = {
		customer_id: 'customer_1122',
		account_number: '026291800001191',
		ifsc: 'HDFC0001234',
	};
	const [created] = await accounts(CREATE, args);
	expect(created).toMatchObject({
		outcome: 'created',
		account: 'XXXXXXXXXXX1191',
		validationStatus: 'ACTIVE',
	});
	expect(await accounts(CREATE, args)).toEqual([
		expect.objectContaining({
			outcome: 'existing',
			customerAccountId: created?.customerAccountId,
		}),
	]);
	const account_id = created?.customerAccountId;
	expect(await accounts(GET, { customer_id: 'customer_1122', account_id })).toEqual([
		expect.objectContaining({ customerAccountId: account_id, validationStatus: 'ACTIVE' }),
	]);
	expect(stage.simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
});

it('tells a model in a sentence what to correct', async () => {
	const answer = await call(CREATE, {
		customer_id: 'customer_1122',
		account_number: '026291800001191',
		ifsc: 'HDFCO001234',
	});
	expect(answer).toContain("'IFSC' has the letter O as its fifth character, where a zero belongs");
	expect(answer).toContain('An IFSC is four letters, a zero');
});

it("tells a model Juspay's own words", async () => {
	stage.simulator.addFault({
		call: 'listAccounts',
		kind: 'status',
		status: 400,
		body: { error_info: { code: 'INVALID_INPUT', developer_message: 'Customer is blocked' } },
		times: 1,
	});
	const args = {
		customer_id: 'customer_1122',
		account_number: '50100123450001',
		ifsc: 'HDFC0001234',
	};
	expect(await call(CREATE, args)).toMatch(/Customer is blocked.*code INVALID_INPUT/s);
});

const TRIGGER = 'MCP Server Trigger';

const tools = {
	'Create customer accounts': {
		operation: 'create',
		customerId: CUSTOMER,
		accounts: {
			bankAccount: [
				{
					accountNumber: "={{ $fromAI('account_number', '9 to 18 digits, as text', 'string') }}",
					ifsc: "={{ $fromAI('ifsc', 'Code of the bank branch', 'string') }}",
				},
			],
		},
		validateOnCreate: true,
	},
	'Get customer account': {
		operation: 'get',
		customerId: CUSTOMER,
		customerAccountId: {
			__rl: true,
			mode: 'id',
			value: "={{ $fromAI('account_id', 'ID of the account, e.g. banh_…', 'string') }}",
		},
	},
	'Verify UPI IDs': {
		resource: 'upiId',
		operation: 'verify',
		vpa: "={{ $fromAI('upi_id', 'UPI ID, e.g. asha@upi', 'string') }}",
	},
};

const SERVER: Workflow = {
	name: 'Juspay for models',
	nodes: [
		nodeOf(
			TRIGGER,
			'@n8n/n8n-nodes-langchain.mcpTrigger',
			{ path: 'juspay' },
			{ typeVersion: 2, webhookId: 'webhook-mcp' },
		),
		...Object.entries(tools).map(([name, parameters]) =>
			nodeOf(name, 'n8n-nodes-juspay.juspayTool', parameters),
		),
	],
	connections: Object.fromEntries(
		Object.keys(tools).map((name) => [
			name,
			{ ai_tool: [[{ node: TRIGGER, type: 'ai_tool', index: 0 }]] },
		]),
	),
	settings: { executionOrder: 'v1' },
};
