/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- this runs on a developer's machine, never inside n8n */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { openStage, OWNER, type Stage } from '../../dev/n8n';
import { startChromium } from './chromium';
import { Editor } from './editor';
import { takeLastLook, takePicture } from './pictures';
import { INSTALL_WITHIN_MS, packed, readWorkflow } from './stage';

const PAGE = readFileSync(resolve(__dirname, '../../docs/demo.md'), 'utf8');
const CREATE = 'Create customer accounts';
const TOOL = 'Juspay Tool';

let stage: Stage;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
	browser = await startChromium();
	const env = { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai' };
	// As a community node: the stage does what n8n does when somebody clicks Install.
	stage = await openStage({ ...packed(), juspay: { anyCustomer: true }, env });
	editor = await Editor.signIn(browser, stage.url, OWNER);
}, INSTALL_WITHIN_MS);

afterAll(async () => {
	await browser?.close();
	await stage?.close();
});

/** The steps of the page, in its order: what is done, on one line. */
const titles = [...PAGE.matchAll(/^\d+\. \*\*([^*]+)\*\*/gm)].map(([, title = '']) =>
	title.replace(/\s+/g, ' ').replace(/\.$/, ''),
);

/** What the page says to type or look for in a step. */
function given(title: string): string {
	const [, value] = /`([^`]+)`/.exec(title) ?? [];
	if (value === undefined) throw new Error(`The page gives no value in "${title}"`);
	return value;
}

/** What one of the open node's outputs has in a column. */
async function onOutput(label: string, column: string): Promise<string[]> {
	await editor.output.getByText(`${label} Branch (1 item)`).click();
	return await editor.outputColumn(column);
}

const STEPS: Array<[title: RegExp, work: (title: string) => Promise<void>]> = [
	[
		/^Open Settings > Community nodes/,
		async (title) => {
			await editor.page.goto(`${stage.url}/settings/community-nodes`);
			await editor.page.getByRole('button', { name: 'Install a community node' }).click();
			const dialog = editor.page.getByRole('dialog');
			await dialog.getByRole('textbox').first().fill(given(title));
			// Installed already, by the stage: the registry has no such package yet.
			expect(given(title)).toBe(stage.node.name);
		},
	],
	[
		/create a Juspay API credential/,
		async (title) => {
			await editor.newCredential('Juspay API');
			await editor.choose('environment', 'Custom');
			await editor.fill('baseUrl', stage.simulator.url);
			await editor.fill('apiKey', given(title));
			await editor.credential.getByTestId('credential-save-button').click();
			await editor.credential.getByText('More details').click();
			await editor.credential.getByText(/Juspay rejected the API key/).waitFor();
		},
	],
	[
		/^Enter the right API key/,
		async () => {
			await editor.fill('apiKey', stage.simulator.apiKey);
			await editor.credential.getByTestId('credential-save-button').click();
			await editor.credential.getByText('Connection tested successfully').waitFor();
			expect(stage.simulator.counters).toMatchObject({ customersMade: 0, accountsMade: 0 });
		},
	],
	[
		/^Import the workflow/,
		async () => {
			const workflow = await readWorkflow('docs/demo-workflow.json');
			const { id } = await stage.client.putWorkflow(workflow);
			editor = await editor.newTab();
			await editor.openWorkflow(id);
		},
	],
	[
		/^After New Rows, add Juspay/,
		async () => {
			await editor.searchNodes('Juspay', 'Juspay');
			await editor.listed('Juspay').click();
			await editor.listed(CREATE).click();
			await editor.node.waitFor();
		},
	],
	[
		/^Set Accounts From/,
		async () => {
			await editor.choose('accountSource', 'Input Columns');
			await editor.node.getByText('The names need not be the same').waitFor();
		},
	],
	[
		/^Turn on Validate on Create/,
		async () => {
			await editor.field('validateOnCreate').click();
			await editor.node.getByText(/^Validation moves money/).waitFor();
		},
	],
	[/^Set Output Mode/, async () => await editor.choose('outputMode', 'One Output per Status')],
	[
		/^Add the option Dry Run/,
		async () => {
			await editor.addOption('Dry Run');
			await editor.executeNode();
			const error = editor.output.getByTestId('node-error-message');
			expect(await error.innerText()).toBe(
				"'IFSC' has the letter O as its fifth character, where a zero belongs, row 4 of 4 [item 3]",
			);
			expect(stage.simulator.counters.accountsMade).toBe(0);
		},
	],
	[
		/^In Settings, set On Error/,
		async () => {
			await editor.setOnError('Continue (using error output)');
			await editor.executeNode();
			const said = 'Dry run: 3 accounts would be created, 1 row has errors; 3 penny drops (₹3).';
			await editor.output.getByText(said).waitFor();
			await editor.output.getByText('Pending Branch (3 items)').click();
			expect(await editor.outputColumn('outcome')).toEqual(Array(3).fill('wouldCreate'));
			expect(stage.simulator.counters.accountsMade).toBe(0);
		},
	],
	[
		/^Turn off Dry Run/,
		async () => {
			await editor.field('dryRun').click();
			await editor.executeNode();
			expect(await onOutput('Active', 'account')).toEqual(['XXXXXXXXXXX1191']);
			expect(await onOutput('Pending', 'validationStatus')).toEqual(['PENDING']);
			expect(await onOutput('Failure', 'validationStatus')).toEqual(['FAILURE']);
			expect(stage.simulator.counters).toMatchObject({ accountsMade: 3, validationsStarted: 3 });
		},
	],
	[
		/^Show the Error output/,
		async () => {
			expect(await onOutput('Error', 'errorCode')).toEqual(['BAD_INPUT']);
			const [hint] = await editor.outputColumn('errorHint');
			expect(hint).toContain('An IFSC is four letters, a zero, then six letters or digits');
		},
	],
	[
		/^Execute the step again/,
		async () => {
			await editor.executeNode();
			await editor.output.getByText(/3 already existed/).waitFor();
			expect(stage.simulator.counters).toMatchObject({ accountsMade: 3, validationsStarted: 3 });
		},
	],
	[
		/^Close the node/,
		async () => {
			await editor.closeNode();
			await editor.zoomToFit();
			expect(await editor.outputLabels(CREATE)).toEqual([
				'Active 1 item',
				'Pending 1 item',
				'Failure 1 item',
				'Error 1 item',
			]);
		},
	],
	[
		/add an MCP Server Trigger/,
		async () => {
			editor = await editor.newTab();
			await editor.newWorkflow();
			await editor.searchNodes('MCP Server Trigger', 'MCP Server Trigger');
			await editor.listed('MCP Server Trigger').click();
			await editor.closeNode();
			await editor.searchNodes('Juspay', TOOL);
			await editor.listed(TOOL).click();
			await editor.node.waitFor();
		},
	],
	[
		/^Set the operation to Get Many/,
		async () => {
			await editor.choose('operation', 'Get Many');
			await editor.letModelDefineFirst();
			await editor.node.getByText('Defined automatically by the').waitFor();
			// Return All and Limit, but not Simplify.
			expect(await editor.node.getByTestId('from-ai-override-button').count()).toBe(2);
		},
	],
	[
		/^Execute the step with the customer/,
		async (title) => {
			await editor.executeTool(given(title));
			await editor.output.getByText('XXXXXXXXXXX1191').waitFor();
			await editor.output.getByText('XXXXXXXXXX0003').waitFor();
		},
	],
];

describe('docs/demo.md', () => {
	it('takes five minutes at most', () => {
		const times = [...PAGE.matchAll(/^## .*\((\d):(\d\d)\)$/gm)];
		expect(times.length).toBe(PAGE.match(/^## /gm)?.length);
		const seconds = times.map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest));
		expect(seconds.reduce((sum, time) => sum + time, 0)).toBeLessThanOrEqual(300);
	});

	it('has the steps that are tried here, in this order', () => {
		expect(titles.map((title, index) => STEPS[index]?.[0].test(title))).toEqual(
			STEPS.map(() => true),
		);
	});

	let failed: string | undefined;

	it.each(titles.map((title, index) => [index + 1, title] as const))(
		'%i. %s',
		async (step, title) => {
			if (failed !== undefined) throw new Error(`Not tried, since "${failed}" has failed.`);
			try {
				await STEPS[step - 1]?.[1](title);
				await takePicture(editor.page, `demo-${step}`);
			} catch (error) {
				failed = title;
				(error as Error).message += `\nPicture: ${await takeLastLook(editor.page, `demo-${step}`)}`;
				throw error;
			}
		},
	);
});
