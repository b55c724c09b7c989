import type { INodeParameters } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { startChromium } from './chromium';
import { Editor } from './editor';
import { takePicture } from './pictures';
import { chainOf, nodeOf, openStage, OWNER, type Stage } from '../../dev/n8n';
import { INSTALL_WITHIN_MS, packed } from './stage';

const CUSTOMER = 'customer_asha';

let stage: Stage;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	browser = await startChromium();
	const env = { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai' };
	stage = await openStage({ ...packed(), juspay: { anyCustomer: true }, env });
	editor = await Editor.signIn(browser, stage.url, OWNER);
}, INSTALL_WITHIN_MS);

afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

/** Opens a workflow with one node, in the window of that node. */
async function open(name: string, type: string, parameters: INodeParameters): Promise<void> {
	const node = nodeOf(name, `n8n-nodes-juspay.${type}`, parameters);
	const { id } = await stage.importWorkflow(chainOf(name, [node]));
	editor = await editor.newTab();
	await editor.openWorkflow(id);
	await editor.openNode(name);
}

describe('the list of nodes', () => {
	it.each(['verify bank account', 'penny-less', 'bank verification', 'UPI', 'IFSC'])(
		'finds the pair by "%s", with a text that sells both',
		async (words) => {
			if (words === 'verify bank account') await editor.newWorkflow();
			await editor.searchNodes(words, 'Juspay');
			expect(await editor.nodeList.innerText()).toContain(
				"Add and validate customers' bank accounts and UPI IDs, and see what a run will cost before it runs. Or start a workflow when a validation status changes",
			);
			if (words === 'IFSC') await takePicture(editor.page, 'panel');
		},
	);

	it('offers what starts a workflow by the names under Trigger On', async () => {
		await editor.listed('Juspay').click();
		await editor.nodeList.getByText('On account active').first().waitFor();
		await takePicture(editor.page, 'panel-actions');
		expect(await editor.nodeList.innerText()).toMatch(
			/On account active\s+On account created\s+On validation failed\s+On validation pending/,
		);
	});
});

describe('Fetch Test Event', () => {
	it('says that there is none yet, and shows one as soon as there is', async () => {
		stage.simulator.seedAccount(CUSTOMER, { vpa: 'asha@upi' }, 'PENDING');
		await open('Juspay Trigger', 'juspayTrigger', { customerIds: CUSTOMER });
		await editor.executeNode();
		const message = editor.output.getByTestId('node-error-message');
		expect(await message.innerText()).toBe("No account has a status selected in 'Trigger On' yet");
		await takePicture(editor.page, 'no-test-event');

		stage.simulator.seedAccount(CUSTOMER, { vpa: 'rao@upi' }, 'ACTIVE');
		await editor.executeNode();
		await editor.output.getByText('1 item').waitFor();
		expect(await editor.outputColumn('validationStatus')).toEqual(['ACTIVE']);
		expect(await editor.outputColumn('customerId')).toEqual([CUSTOMER]);
		await takePicture(editor.page, 'test-event');
		await editor.closeNode();
		expect(await editor.canvasNode('Juspay Trigger').innerText()).toContain(
			'Account Active, Validation Failed',
		);
	});
});

describe("the list of a customer's accounts", () => {
	const GET = { operation: 'get', customerAccountId: { __rl: true, mode: 'list', value: '' } };
	const openList = async () => {
		await editor.node
			.getByTestId('resource-locator-customerAccountId')
			.getByTestId('rlc-input')
			.click();
	};

	it.each([
		['is empty', ''],
		['is an expression without a value', '={{ $json.id }}'],
	])('says what to do where Customer ID %s', async (name, customerId) => {
		await open('Get customer account', 'juspay', { ...GET, customerId });
		await openList();
		const message = editor.page.getByTestId('rlc-error-message').filter({ visible: true });
		expect(await message.innerText()).toBe(
			"Enter the 'Customer ID' first. If it is an expression, run the previous node or select By ID.",
		);
		await takePicture(editor.page, `locator-${name.replaceAll(' ', '-')}`);
	});

	it('says what to do where Juspay has no list', async () => {
		const body = { error_info: { code: 'UNAUTHORIZED' } };
		stage.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 403, body });
		await open('Get customer account', 'juspay', { ...GET, customerId: CUSTOMER });
		await openList();
		const message = editor.page.getByTestId('rlc-error-message').filter({ visible: true });
		expect(await message.innerText()).toBe('The API key is not allowed to list accounts');
		await editor.page
			.getByText(/Check 'Merchant ID'/)
			.filter({ visible: true })
			.waitFor();
		await takePicture(editor.page, 'locator-refused');
		stage.simulator.clearFaults();
	});

	it('shows each account by name, last digits and status, not cut', async () => {
		const beneficiaryName = 'Venkatanarasimharajuvaripeta';
		stage.simulator.seedAccount(
			'customer_long',
			{ accountNumber: '026291800001191', ifsc: 'HDFC0001234', beneficiaryName },
			'ACTIVE',
		);
		await open('Get customer account', 'juspay', { ...GET, customerId: 'customer_long' });
		await openList();
		const item = editor.page.getByTestId('rlc-item').filter({ visible: true }).first();
		expect((await item.innerText()).trim()).toBe('Venkatanarasimharaj… · XXXX1191 · Active');
		const isCut = await item.evaluate((element) =>
			[element, ...element.querySelectorAll('*')].some((it) => it.scrollWidth > it.clientWidth + 1),
		);
		await takePicture(editor.page, 'locator-long');
		expect(isCut).toBe(false);
	});
});

/** In the page: the fields of the open form that have n8n's button to let a model define them. */
const OFFERED_TO_MODELS = `[...document.querySelectorAll('[data-test-id=from-ai-override-button]')].map((button) => {
	const field = '[data-test-id^=parameter-input-]:not([data-test-id=parameter-input-field])';
	let at = button;
	while (!at.querySelector(field)) at = at.parentElement;
	return at.querySelector(field).dataset.testId.replace('parameter-input-', '');
})`;

describe('the form of the tool', () => {
	it('lets a model define the values of an account, and nothing that moves money or unmasks', async () => {
		await open('Create customer accounts', 'juspayTool', {
			operation: 'create',
			accounts: { bankAccount: [{ accountNumber: '', ifsc: '' }] },
			options: { dryRun: true, validationAmount: '1' },
		});
		await editor.field('validateOnCreate').waitFor();
		await takePicture(editor.page, 'tool-form');
		const offered = await editor.page.evaluate<string[]>(OFFERED_TO_MODELS);
		expect(offered).toEqual(['customerId', 'accountNumber', 'ifsc', 'beneficiaryName', 'bankCode']);
		expect(await editor.node.getByTestId('parameter-input-outputMode').count()).toBe(0);
	});
});
