import type { Browser, Locator, Page } from 'playwright-core';
import type { Owner } from '../../dev/n8n';

/** A busy machine takes its time; what never comes still fails in a minute. */
const PATIENCE_MS = 60_000;

/** How often the list of nodes is searched for the same words. */
const SEARCHES = 6;

async function succeeds(action: Promise<void>): Promise<boolean> {
	return await action.then(
		() => true,
		() => false,
	);
}

/** n8n's editor in a browser, moved as a person moves it. Everything is found by the names that n8n gives its own tests. */
export class Editor {
	private constructor(
		readonly page: Page,
		private readonly url: string,
	) {}

	/** Opens the editor in a window of its own and signs in through the form. */
	static async signIn(browser: Browser, url: string, owner: Owner): Promise<Editor> {
		const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
		context.setDefaultTimeout(PATIENCE_MS);
		const page = await context.newPage();
		await page.goto(`${url}/signin`);
		await page.locator('input[name=emailOrLdapLoginId]').fill(owner.email);
		await page.locator('input[name=password]').fill(owner.password);
		await page.getByTestId('form-submit-button').click();
		await page.getByTestId('main-sidebar-settings').waitFor();
		return new Editor(page, url);
	}

	/** The same person, in another tab: what is open in this one stays as it is. */
	async newTab(): Promise<Editor> {
		return new Editor(await this.page.context().newPage(), this.url);
	}

	/** The window of the node that is open. */
	get node(): Locator {
		return this.page.getByTestId('ndv');
	}

	/** What the open node gave out. */
	get output(): Locator {
		return this.node.getByTestId('output-panel');
	}

	/** The list of nodes that opens at the right. */
	get nodeList(): Locator {
		return this.page.getByTestId('node-creator');
	}

	/** The window of the credential that is open. */
	get credential(): Locator {
		return this.page.getByTestId('editCredential-modal');
	}

	/** A node on the canvas. */
	canvasNode(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The input of a field in the open window, e.g. `customerId`; where there are several, the first of them. */
	field(name: string, index = 0): Locator {
		return this.page.getByTestId(`parameter-input-${name}`).nth(index);
	}

	/** Fills in a text field. */
	async fill(name: string, value: string, index = 0): Promise<void> {
		const field = this.field(name, index);
		await field.locator('input, textarea').first().fill(value);
	}

	/** Chooses in a field with options. */
	async choose(name: string, option: string): Promise<void> {
		await this.field(name).click();
		await this.chooseOption(option);
	}

	/** Chooses from the list of options that is open. */
	async chooseOption(option: string): Promise<void> {
		const text = this.page.getByText(option, { exact: true });
		await this.page.getByRole('option').filter({ has: text, visible: true }).click();
	}

	/** Opens the window for a new credential. */
	async newCredential(type: string): Promise<void> {
		await this.page.goto(`${this.url}/home/credentials`);
		await this.page.getByTestId('add-resource-credential').click();
		await this.page.getByTestId('new-credential-type-select').locator('input').fill(type);
		await this.chooseOption(type);
		await this.page.getByTestId('new-credential-type-button').click();
		await this.credential.waitFor();
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.getByTestId('canvas-plus-button').waitFor();
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** Opens the list of nodes at the first "+" of the canvas, and searches it until it offers a node. */
	async searchNodes(words: string, offered: string): Promise<void> {
		const plus = this.page.getByTestId('canvas-plus-button');
		const next = this.page.getByTestId('canvas-handle-plus');
		const search = this.nodeList.getByTestId('node-creator-search-bar');
		// The list may be closing still, and the canvas moving: a click then opens nothing. And n8n may set the list up anew
		// after the words have been typed: then they are gone.
		for (let left = SEARCHES; left > 0; left--) {
			if (!(await succeeds(search.fill(words, { timeout: 2_000 })))) {
				await plus.or(next).first().click();
				await succeeds(search.fill(words, { timeout: 2_000 }));
			}
			const wait = left > 1 ? { timeout: 5_000 } : {};
			if (await succeeds(this.listed(offered).waitFor(wait))) return;
		}
		throw new Error(
			`"${words}" doesn't find "${offered}"; the list shows "${await this.nodeList.innerText()}"`,
		);
	}

	/** An entry of the list of nodes: a node, or one of its actions. */
	listed(name: string): Locator {
		return this.nodeList
			.getByTestId('node-creator-item-name')
			.filter({ has: this.page.getByText(name, { exact: true }) })
			.or(this.nodeList.getByText(name, { exact: true }))
			.first();
	}

	/** The names of the nodes in the list. */
	async nodeItems(): Promise<string[]> {
		return await this.nodeList.getByTestId('node-creator-item-name').allInnerTexts();
	}

	/** Adds an account to the form of Create. */
	async addAccount(type: string): Promise<void> {
		await this.node
			.getByTestId('fixed-collection-accounts')
			.getByPlaceholder('Add Account')
			.click();
		await this.chooseOption(type);
	}

	/** Adds an option to the open node's Options. */
	async addOption(name: string): Promise<void> {
		await this.node.getByPlaceholder('Add option').click();
		await this.chooseOption(name);
	}

	/** Chooses what the open node does on an error, and returns to its parameters. */
	async setOnError(option: string): Promise<void> {
		await this.node.getByTestId('tab-settings').click();
		await this.choose('onError', option);
		await this.node.getByTestId('tab-params').click();
	}

	/** Opens the list of a resource locator; gives what it offers. */
	async openLocator(name: string): Promise<string[]> {
		await this.node.getByTestId(`resource-locator-${name}`).getByTestId('rlc-input').click();
		await this.page.getByTestId('rlc-item').first().waitFor();
		return await this.page.getByTestId('rlc-item').allInnerTexts();
	}

	/** A column of the table that the open node gave out. */
	async outputColumn(name: string): Promise<string[]> {
		const table = this.output.locator('table');
		const head = table.locator('th');
		await head.filter({ has: this.page.getByText(name, { exact: true }) }).waitFor();
		const heads = (await head.allInnerTexts()).map((text) => text.trim());
		const cells = table.locator(`tbody td:nth-child(${heads.indexOf(name) + 1})`);
		return (await cells.allInnerTexts()).map((text) => text.trim());
	}

	/** What stands at a node's outputs on the canvas: label, and number of items. */
	async outputLabels(name: string): Promise<string[]> {
		const handles = this.canvasNode(name).getByTestId('canvas-node-output-handle');
		return (await handles.allInnerTexts()).map((text) => text.trim().replace(/\s+/g, ' '));
	}

	/** Chooses how the open node's resource mapper maps. */
	async chooseMapping(mode: string): Promise<void> {
		await this.node.getByTestId('mapping-mode-select').locator('input').click();
		await this.page.getByRole('option').filter({ hasText: mode, visible: true }).click();
	}

	/** Drags a field of the input into a field of the open node, as slowly as a person. */
	async drag(column: string, into: Locator): Promise<void> {
		const dropped = this.node.getByText(`$json['${column}']`).first();
		for (let tries = 0; tries < 3 && !(await dropped.isVisible()); tries++) {
			await this.dragOnce(column, into);
			await dropped.waitFor({ timeout: 3_000 }).catch(() => undefined);
		}
		// n8n saves a mapped field a moment after it shows it.
		await this.page.waitForTimeout(1_000);
	}

	private async dragOnce(column: string, into: Locator): Promise<void> {
		const input = this.node.getByTestId('ndv-input-panel');
		const pill = input.locator('[data-target="mappable"]').getByText(column, { exact: true });
		await into.scrollIntoViewIfNeeded();
		const [from, to] = [await pill.boundingBox(), await into.boundingBox()];
		if (!from || !to) throw new Error(`"${column}" can't be dragged`);
		await this.page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 20 });
		await this.page.waitForTimeout(200);
		await this.page.mouse.up();
	}

	/** Scrolls the open node's parameters back to the first. */
	async scrollToTop(): Promise<void> {
		await this.field('resource').scrollIntoViewIfNeeded();
		await this.node.getByTestId('credentials-label').scrollIntoViewIfNeeded();
	}

	/** Makes room for the output of the open node, at the cost of its input. */
	async widenOutput(pixels: number): Promise<void> {
		const handle = await this.node.getByTestId('panel-drag-button').boundingBox();
		if (!handle) throw new Error('The open node has no handle to move its panels');
		const y = handle.y + handle.height / 2;
		await this.page.mouse.move(handle.x + handle.width / 2, y);
		await this.page.mouse.down();
		await this.page.mouse.move(handle.x + handle.width / 2 - pixels, y, { steps: 8 });
		await this.page.mouse.up();
	}

	async openNode(name: string): Promise<void> {
		await this.canvasNode(name).dblclick();
		await this.node.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.node.getByTestId('ndv-close-button').click();
		await this.node.waitFor({ state: 'hidden' });
	}

	/** Executes the open node, and those before it where they have not run; waits for the end. */
	async executeNode(): Promise<void> {
		await this.node.getByTestId('node-execute-button').click();
		await this.toast().waitFor();
		await this.dismissToasts();
	}

	/** Lets a model define the first field of the open tool that it may define. */
	async letModelDefineFirst(): Promise<void> {
		await this.node.getByTestId('from-ai-override-button').first().click();
	}

	/** Executes the open tool with what a model would give for its only field. */
	async executeTool(value: string): Promise<void> {
		await this.node.getByTestId('node-execute-button').click();
		const form = this.page.getByRole('dialog').filter({ hasText: 'Provide the data' });
		await form.getByRole('textbox').fill(value);
		await form.getByRole('button', { name: 'Execute step' }).click();
		await form.waitFor({ state: 'hidden' });
	}

	/** Executes the workflow from the canvas; waits for the end. */
	async executeWorkflow(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
		await this.toast().waitFor();
		await this.dismissToasts();
	}

	/** Closes what n8n says in the corner. */
	async dismissToasts(): Promise<void> {
		const close = this.page.locator('.el-notification__closeBtn');
		while ((await close.count()) > 0) {
			await close
				.first()
				.click({ timeout: 2_000 })
				.catch(() => undefined);
		}
	}

	/** Shows the whole workflow on the canvas, and larger than n8n would where it is small. */
	async zoomToFit({ steps = 0 } = {}): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
		for (let step = 0; step < steps; step++) {
			await this.page.getByTestId('zoom-in-button').click();
		}
		// At the edge, where no node is: takes the frame from the one that was open last.
		await this.page.locator('.vue-flow__pane').click({ position: { x: 12, y: 200 } });
	}

	private toast(): Locator {
		return this.page.locator('.el-notification').first();
	}
}
