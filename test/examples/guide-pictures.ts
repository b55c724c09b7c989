/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- this runs on a developer's machine, never inside n8n */
/**
 * Takes the pictures of docs/guide.md by doing what it says, in a real n8n against the simulator:
 *
 *     npx tsx test/examples/guide-pictures.ts
 */
import { resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { readExample } from '../../dev/demo/examples';
import { importExample } from '../../dev/demo/import';
import { openStage, type Stage } from '../../dev/demo/stage';
import { OWNER } from '../../dev/n8n';
import { startChromium } from '../e2e/chromium';
import { Editor } from '../e2e/editor';
import pack from '../e2e/pack';
import { packed } from '../e2e/stage';

const PROJECT = resolve(__dirname, '../..');
const TABLE = 'Juspay accounts';

/** Wide enough for a whole workflow, small enough to be read in a page of text. */
const CANVAS = { width: 1500, height: 800 };
const WINDOW = { width: 1300, height: 760 };

async function takePicture(page: Page, name: string, of?: Locator, height?: number): Promise<void> {
	await page.mouse.move(700, 4);
	await page.waitForTimeout(1_000);
	const path = resolve(PROJECT, `docs/images/guide-${name}.png`);
	const options = { path, animations: 'disabled', caret: 'hide' } as const;
	if (of) await of.screenshot(options);
	else {
		const { width = 0, height: whole = 0 } = page.viewportSize() ?? {};
		await page.screenshot({ ...options, clip: { x: 0, y: 0, width, height: height ?? whole } });
	}
	console.log(path);
}

/** Makes the Data Table from the example's file; returns its ID. */
async function importRows({ page }: Editor, { tables }: Stage): Promise<string> {
	await page.setViewportSize(WINDOW);
	await page.goto(tables.addressOf(''));
	await page.getByTestId('add-resource-dataTable').click();
	await page.getByPlaceholder('Enter data table name').fill(TABLE);
	await page.getByTestId('import-csv-option').click();
	const file = page.locator('input[type=file]').first();
	await file.setInputFiles(resolve(PROJECT, 'examples/juspay-accounts.csv'));
	await page.getByTestId('proceed-from-select-button').click();
	const dialog = page.getByTestId('addDataTableModal-modal');
	await page.getByTestId('column-type-10').waitFor();
	await takePicture(page, 'import-csv', dialog);
	await page.getByTestId('confirm-add-data-table-button').click();
	await page.waitForURL(/datatables\/\w{16}$/);
	return page.url().split('/').at(-1) ?? '';
}

/** The nodes in which a person chooses the Data Table after the import. */
const WITH_TABLE = ['New Rows', 'Save Result'];

async function onboarding(editor: Editor, stage: Stage): Promise<void> {
	const { page } = editor;
	const table = await importRows(editor, stage);
	const example = await readExample({ name: 'scheduled-onboarding' });
	const { id } = await importExample(stage, example, { forReal: true });
	await editor.openWorkflow(id);
	await editor.zoomToFit();
	for (const node of WITH_TABLE) {
		await editor.openNode(node);
		await editor.openLocator('dataTableId');
		if (node === WITH_TABLE[0]) await takePicture(page, 'choose-table');
		await page.getByTestId('rlc-item').getByText(TABLE).click();
		await editor.closeNode();
	}

	stage.simulator.configure({ anyCustomer: false });
	await page.setViewportSize(CANVAS);
	await editor.zoomToFit();
	await editor.executeWorkflow();
	await takePicture(page, 'onboarding');

	await page.setViewportSize(WINDOW);
	await page.goto(stage.tables.addressOf(table));
	await page.getByText('FAILURE').first().waitFor();
	await takePicture(page, 'rows', undefined, 340);
}

async function alert(editor: Editor, stage: Stage): Promise<void> {
	const { page } = editor;
	stage.simulator.configure({ anyCustomer: true });
	const { id } = await importExample(
		stage,
		await readExample({ name: 'alert-on-validation-failure' }),
	);
	await page.setViewportSize({ width: 1300, height: 760 });
	await editor.openWorkflow(id);
	await editor.zoomToFit();
	await takePicture(page, 'alert');
	await editor.openNode('Validation Failed');
	await editor.executeNode();
	await takePicture(page, 'trigger');
}

async function main(): Promise<void> {
	await pack();
	// Without n8n's own assistant, whose buttons would be in every picture.
	const stage = await openStage({
		...packed(),
		env: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai' },
	});
	const browser = await startChromium();
	try {
		const editor = await Editor.signIn(browser, stage.url, OWNER);
		await editor.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
		await onboarding(editor, stage);
		await alert(editor, stage);
	} finally {
		await browser.close();
		await stage.close();
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
