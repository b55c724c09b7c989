/* eslint-disable @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import type { IDataObject } from 'n8n-workflow';
import type { Browser } from 'playwright-core';
import { withoutDryRun } from '../../dev/demo/import';
import {
	chainOf,
	itemsOf,
	nodeOf,
	openStage,
	OWNER,
	type Stage,
	type Workflow,
} from '../../dev/n8n';
import { startChromium } from './chromium';
import { Editor } from './editor';
import { notePictures, takeLastLook, takePicture } from './pictures';
import { INSTALL_WITHIN_MS, packed, readWorkflow } from './stage';

const CREATE = 'Create customer accounts';
const GET = 'Get customer account';
const ACTIVE_ACCOUNT = 'XXXXXXXXXXX1191';

let stage: Stage;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	browser = await startChromium();
	const env = {
		// Without n8n's own assistant, whose buttons would be in every picture.
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
		GENERIC_TIMEZONE: 'Asia/Kolkata',
	};
	stage = await openStage({ ...packed(), juspay: { anyCustomer: true }, env });
	editor = await Editor.signIn(browser, stage.url, OWNER);
}, INSTALL_WITHIN_MS);

afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

/** The step that failed, if one has. */
let failed: string | undefined;

/** A test that goes on where the one before has ended, as a person would; it shows what it saw when it fails. */
function step(name: string, work: () => Promise<void>): void {
	it(name, async () => {
		if (failed !== undefined) throw new Error(`Not tried, since "${failed}" has failed.`);
		try {
			await work();
		} catch (error) {
			failed = name;
			(error as Error).message += `\nPicture: ${await takeLastLook(editor.page, name)}`;
			throw error;
		}
	});
}

describe('the credential', () => {
	step('says in its window that a key is wrong', async () => {
		await editor.newCredential('Juspay API');
		await editor.choose('environment', 'Custom');
		await editor.fill('baseUrl', stage.simulator.url);
		await editor.fill('apiKey', 'not_the_key');
		await editor.credential.getByTestId('credential-save-button').click();
		await editor.credential.getByText('More details').click();
		const why = editor.credential.getByText(/Juspay rejected the API key/);
		await why.waitFor();
	});

	step('says that a key is good, when it is saved and each time Test is pressed', async () => {
		const good = editor.credential.getByText('Connection tested successfully');
		const accepted = () => stage.simulator.counters.answersByCall.getCustomer['404'] ?? 0;
		await editor.fill('apiKey', stage.simulator.apiKey);
		await editor.credential.getByTestId('credential-save-button').click();
		await good.waitFor();
		expect(accepted()).toBe(1);
		await editor.dismissToasts();
		await takePicture(editor.page, 'credential');

		const again = editor.page.waitForResponse(/\/credentials\/test$/);
		await editor.credential.getByRole('button', { name: 'Retry' }).click();
		expect(await (await again).json()).toMatchObject({
			data: { status: 'OK' },
		});
		await good.waitFor();
		expect(accepted()).toBe(2);
		expect(stage.simulator.counters).toMatchObject({ customersMade: 0, accountsMade: 0 });
	});
});

describe('a new workflow', () => {
	step('finds the node by "Juspay" and by "penny drop", after a schedule', async () => {
		await editor.newWorkflow();
		await editor.searchNodes('schedule', 'Schedule Trigger');
		await editor.listed('Schedule Trigger').click();
		await editor.closeNode();
		for (const words of ['penny drop', 'Juspay']) {
			await editor.searchNodes(words, 'Juspay');
			expect(await editor.nodeItems()).toEqual(['Juspay']);
		}
	});

	step('creates two bank accounts and a UPI ID from the form', async () => {
		await editor.listed('Juspay').click();
		await editor.listed(CREATE).click();
		await editor.node.waitFor();
		await editor.fill('customerId', 'customer_asha');
		await editor.addAccount('Bank Account');
		await editor.fill('accountNumber', '026291800001191');
		await editor.fill('ifsc', 'HDFC0001234');
		await editor.fill('beneficiaryName', 'Asha Rao');
		await editor.addAccount('Bank Account');
		await editor.fill('accountNumber', '50100123450003', 1);
		await editor.fill('ifsc', 'ICIC0004321', 1);
		await editor.fill('beneficiaryName', 'Asha Rao', 1);
		await editor.addAccount('UPI ID');
		await editor.fill('vpa', 'failure.asha@upi');
		await editor.field('validateOnCreate').click();
		await editor.executeNode();

		await editor.output.getByText('3 items').waitFor();
		expect(await editor.outputColumn('account')).toEqual([
			ACTIVE_ACCOUNT,
			'XXXXXXXXXX0003',
			'fa********ha@upi',
		]);
		expect(await editor.outputColumn('validationStatus')).toEqual(['ACTIVE', 'PENDING', 'FAILURE']);
		expect(stage.simulator.counters).toMatchObject({ accountsMade: 3, validationsStarted: 3 });
		// So far that the table shows the columns that matter.
		await editor.widenOutput(226);
		await editor.scrollToTop();
		await takePicture(editor.page, 'editor-create');
	});

	step('shows three labelled outputs for One Output per Status', async () => {
		await editor.choose('outputMode', 'One Output per Status');
		await editor.executeNode();
		for (const label of ['Active', 'Pending', 'Failure']) {
			await editor.output.getByText(`${label} Branch (1 item)`).click();
			expect(await editor.outputColumn('validationStatus')).toEqual([label.toUpperCase()]);
		}
		await editor.closeNode();
		await editor.zoomToFit({ steps: 2 });
		expect(await editor.outputLabels(CREATE)).toEqual([
			'Active 1 item',
			'Pending 1 item',
			'Failure 1 item',
		]);
		expect(stage.simulator.counters.accountsMade).toBe(3);
		await takePicture(editor.page, 'editor-by-status');
	});

	step("gets an account picked from the list of the customer's accounts", async () => {
		await editor.searchNodes('Juspay', 'Juspay');
		await editor.listed('Juspay').click();
		await editor.listed(GET).click();
		await editor.node.waitFor();
		await editor.fill('customerId', 'customer_asha');
		expect(await editor.openLocator('customerAccountId')).toEqual([
			'Asha Rao · XXXX1191 · Active',
			'Asha Rao · XXXX0003 · Pending',
			'fa***ha@upi · Failure',
		]);
		await takePicture(editor.page, 'editor-locator');
		await editor.page.getByTestId('rlc-item').first().click();
		await editor.executeNode();
		await editor.output.getByText('1 item').waitFor();
		expect(await editor.outputColumn('account')).toEqual([ACTIVE_ACCOUNT]);
		await editor.closeNode();
	});

	step('is told which account has a bad IFSC and what to do, before anything is sent', async () => {
		await editor.openNode(CREATE);
		await editor.fill('ifsc', 'HDFCO001234');
		const before = stage.simulator.counters.requestsTotal;
		await editor.executeNode();
		const error = editor.output.getByTestId('node-error-message');
		expect(await error.innerText()).toMatch(
			/^'IFSC' has the letter O as its fifth character.* \(1st bank account\) \[item 0\]$/,
		);
		const description = editor.output.getByTestId('node-error-description');
		expect(await description.innerText()).toContain(
			'An IFSC is four letters, a zero, then six letters or digits',
		);
		expect(stage.simulator.counters.requestsTotal).toBe(before);
		await takePicture(editor.page, 'editor-error');
	});

	step("shows Juspay's words as text, whatever they contain", async () => {
		stage.simulator.addFault({
			call: 'listAccounts',
			kind: 'status',
			status: 400,
			body: {
				error_info: {
					code: 'INVALID_INPUT',
					developer_message:
						'<b id="evil">Bold</b> <img src="evil.png"> <a href="https://evil.example">link</a> [here](https://evil.example)',
				},
			},
		});
		await editor.fill('ifsc', 'HDFC0001234');
		await editor.executeNode();
		const message = editor.output.getByTestId('node-error-message');
		await message.getByText('‹b id="evil"›Bold‹/b›').waitFor();
		const elements = editor.output.locator('#evil, img[src="evil.png"], a[href*="evil.example"]');
		expect(await elements.count()).toBe(0);
		stage.simulator.clearFaults();
		await editor.closeNode();
	});
});

describe('a sheet with ordinary headers', () => {
	const ROWS = [
		{
			'Customer Code': 'customer_devi',
			'Account No': '026291800002222',
			'IFSC Code': 'HDFC0001234',
		},
		{
			'Customer Code': 'customer_esha',
			'Account No': '026291800003333',
			'IFSC Code': 'ICIC0004321',
		},
	];
	const FIELDS = [
		'Customer ID',
		'Account Number',
		'IFSC',
		'Beneficiary Name',
		'Bank Code',
		'UPI ID',
	];

	step('is read by Map Automatically, which says what it looks for', async () => {
		const { id } = await stage.importWorkflow(sheetWorkflow(ROWS));
		editor = await editor.newTab();
		await editor.openWorkflow(id);
		await editor.openNode('Create');
		const names = editor.node.getByText('The names need not be the same').locator('li');
		await names.first().waitFor();
		const labels = (await names.allInnerTexts()).map((text) => text.split(':')[0]);
		expect(labels).toEqual(FIELDS);
		await editor.executeNode();
		await editor.output.getByText('2 items').waitFor();
		expect(await editor.outputColumn('outcome')).toEqual(['created', 'created']);
		await takePicture(editor.page, 'editor-columns');
	});

	step(
		'is mapped by hand with six fields on the screen, into which columns are dropped',
		async () => {
			await editor.chooseMapping('Map Each Column Manually');
			const labels = editor.node.getByTestId('mapping-fields-container').locator('label');
			await editor.field('vpa').waitFor();
			const shown = (await labels.allInnerTexts()).map((text) => text.split('\n')[0]);
			expect(shown).toEqual(['Accounts to Create', ...FIELDS]);
			await editor.drag('Customer Code', editor.field('customerId'));
			await editor.drag('Account No', editor.field('accountNumber'));
			await editor.drag('IFSC Code', editor.field('ifsc'));
			await editor.executeNode();
			await editor.output.getByText('2 items').waitFor();
			expect(await editor.outputColumn('outcome')).toEqual(['existing', 'existing']);
			await takePicture(editor.page, 'editor-mapping');
		},
	);
});

/** Rows as a sheet gives them, and a node that creates their accounts. */
function sheetWorkflow(rows: IDataObject[]): Workflow {
	const create = nodeOf('Create', 'n8n-nodes-juspay.juspay', { accountSource: 'input' });
	const nodes = [nodeOf('Start', 'manualTrigger'), nodeOf('Sheet', 'noOp'), create];
	return chainOf('Sheet', nodes, { Sheet: rows });
}

describe('the example', () => {
	step('runs with Dry Run switched off, and has something on each branch', async () => {
		const example = withoutDryRun(await readWorkflow('examples/onboard-customer-accounts.json'));
		const steps = example.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote');
		const { id } = await stage.importWorkflow(example);
		editor = await editor.newTab();
		await editor.openWorkflow(id);
		await editor.executeWorkflow();
		const [newest] = await stage.client.executions(id);
		const execution = await stage.client.finished(newest?.id ?? '');
		expect(execution.status).toBe('success');
		const empty = steps.filter(({ name }) => itemsOf(execution, name).length === 0);
		expect(empty.map(({ name }) => name)).toEqual([]);
		await editor.zoomToFit();
		await takePicture(editor.page, 'editor-workflow');
		await notePictures();
	});
});
