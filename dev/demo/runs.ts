/** How `npm start` runs each example: it prepares what the example needs, executes it, and shows what it did. */
import { randomBytes } from 'node:crypto';
import { itemsOf, type Execution, type Workflow } from '../n8n';
import { until } from '../until';
import { accountReport } from './accounts';
import { submitForm } from './form';
import { importExample, type Fitting } from './import';
import { clickIn, openMailbox } from './mail';
import { connectAssistant, valuesOf } from './mcp';
import { withTablesForSheets } from './sheets';
import { showAccounts, showAlerts, showRows, showTable } from './show';
import type { Outcome, RunExample, Stage } from './stage';
import { exampleCsv, exampleRows, sheetRows, type Row, type Sheet } from './tables';

const DAILY = 'Every Day at 9';
const TABLE = 'Juspay accounts';
const ALERT_WITHIN_MS = 20_000;

const hintsOf = ({ nodes }: Execution, node: string) =>
	(nodes[node] ?? [])
		// The node puts its hints into one box, where n8n shows HTML.
		.flatMap(({ hints }) => hints.flatMap((hint) => hint.split('<br>')))
		.map((hint) => `  > ${hint}`)
		.join('\n');

/**
 * Executes the example twice, as "Execute workflow" in the editor does: as it is imported, a dry run, and then for real.
 * Follows each account to the end of its branch.
 */
export const onboardCustomerAccounts: RunExample = async (stage, workflow, say) => {
	const { client, simulator } = stage;
	const node = 'Create and Validate';
	const execute = async (forReal: boolean) => {
		const { id } = await importExample(stage, workflow, { forReal });
		const execution = await client.run(id, DAILY);
		return { workflowId: id, execution, hints: hintsOf(execution, node) };
	};
	say('First as imported: the option Dry Run is on');
	const dry = await execute(false);
	const changed = simulator.counters.accountsMade;
	say(`${dry.hints}\nThat changed nothing at Juspay: ${changed} accounts created.`);
	say('\nNow with Dry Run switched off …');
	const { workflowId, execution, hints } = await execute(true);
	const report = accountReport(execution, workflow, node);
	const ok =
		dry.execution.status === 'success' &&
		changed === 0 &&
		execution.status === 'success' &&
		report.rows.length > 0 &&
		report.rows.length === report.expected;
	return { ok, shown: [showAccounts(report), hints].join('\n'), workflowId, execution };
};

/** What an example finds in its Data Table, and how it is executed. */
interface TableRun extends Fitting {
	sheet: Sheet;
	trigger: string;
	name?: string;
	/** Which rows an alert is sent for afterwards; default: none. */
	alerts?: (row: Row) => boolean;
	/** What a person does while it runs. */
	meanwhile?: (running: Promise<Execution>) => Promise<void>;
}

/** Executes an example on a Data Table, and shows what it wrote back and whom it alerted. */
async function onTable(stage: Stage, workflow: Workflow, run: TableRun): Promise<Outcome> {
	const { client, tables, simulator, alerts } = stage;
	const { sheet, trigger, meanwhile, name = TABLE } = run;
	const table = { id: await tables.put(name, sheet), name };
	const { id } = await importExample(stage, workflow, { ...run, table });
	const running = client.run(id, trigger);
	await meanwhile?.(running);
	const execution = await running;
	const rows = await tables.rows(table.id);
	const alerted = rows.filter(run.alerts ?? (() => false)).length;
	await alerts.atLeast(alerted, ALERT_WITHIN_MS);
	const ok =
		execution.status === 'success' &&
		rows.length === sheet.rows.length &&
		rows.every(({ status }) => status) &&
		alerts.received.length === alerted &&
		simulator.counters.duplicatesMade === 0;
	const columns = ['customer_ref', 'customer_id', 'customer_account_id', 'status', 'problem'];
	const shown = [
		showRows(rows, columns),
		...(run.alerts ? [showAlerts(alerts.received)] : []),
	].join('\n');
	const links = { 'Data Table': tables.addressOf(table.id) };
	return { ok, shown, workflowId: id, execution, links };
}

/** Rows of accounts that are there already, one of each customer. */
async function rowsOf(
	{ simulator }: Stage,
	status: string,
	accounts: Array<[customer: string, vpa: string, statusNow: string]>,
): Promise<Sheet> {
	const { columns } = await exampleRows();
	const rows = accounts.map(
		([customer, vpa, statusNow]): Row => ({
			customer_ref: customer,
			vpa,
			status,
			customer_id: customer,
			customer_account_id: simulator.seedAccount(customer, { vpa }, statusNow),
		}),
	);
	return { columns, rows };
}

/** Rows that come with the example become customers with accounts. */
export const scheduledOnboarding: RunExample = async (stage, workflow, say) => {
	const { simulator } = stage;
	const sheet = await exampleRows();
	say(
		`The Data Table "${TABLE}" has ${sheet.rows.length} new rows; Juspay knows none of the customers`,
	);
	simulator.configure({ anyCustomer: false });
	const needsPerson = ({ problem }: Row) => Boolean(problem);
	const run = { sheet, trigger: DAILY, forReal: true, alerts: needsPerson };
	return await onTable(stage, workflow, run).finally(() =>
		simulator.configure({ anyCustomer: true }),
	);
};

/** Rows whose penny drop was under way get the status of now. */
export const recheckPendingAccounts: RunExample = async (stage, workflow, say) => {
	const sheet = await rowsOf(stage, 'PENDING', [
		['customer_asha', 'asha.rao@upi', 'ACTIVE'],
		['customer_bharat', 'bharat@upi', 'FAILURE'],
		['customer_chitra', 'chitra@okbank', 'PENDING'],
	]);
	say(`The Data Table "${TABLE}" has ${sheet.rows.length} rows that are PENDING`);
	const alerts = ({ status }: Row) => status === 'FAILURE';
	return await onTable(stage, workflow, { sheet, trigger: 'Every 15 Minutes', alerts });
};

/** Rows whose validation failed are validated again. */
export const validateFailedAgain: RunExample = async (stage, workflow, say) => {
	const sheet = await rowsOf(stage, 'FAILURE', [
		['customer_asha', 'asha.rao@upi', 'FAILURE'],
		['customer_bharat', 'pending.bharat@upi', 'FAILURE'],
		['customer_chitra', 'failure.chitra@okbank', 'FAILURE'],
	]);
	say(`The Data Table "${TABLE}" has ${sheet.rows.length} rows whose validation failed`);
	return await onTable(stage, workflow, {
		sheet,
		trigger: 'When You Click Execute',
		forReal: true,
	});
};

/** The demo has no Google account: a Data Table takes the place of the sheet. */
export const googleSheets: RunExample = async (stage, workflow, say) => {
	const name = 'Juspay accounts (in place of a Google Sheet)';
	say('There is no Google account here: a Data Table takes the place of the sheet');
	const sheet = await sheetRows();
	const onTables = withTablesForSheets(workflow);
	return await onTable(stage, onTables, { sheet, name, trigger: DAILY, forReal: true });
};

/** Gives the example new rows, reads the email that it sends, and approves. */
export const approveBeforeValidating: RunExample = async (stage, workflow, say) => {
	const { client } = stage;
	const mailbox = await openMailbox();
	try {
		const type = 'smtp';
		const { credential: data } = mailbox;
		const credential = await client.putCredential({ name: 'SMTP account', type, data });
		const meanwhile = async (running: Promise<Execution>) => {
			const mail = await Promise.race([mailbox.first(), running.then(() => '')]);
			say(`An email has arrived: ${/^Subject: (.*)$/m.exec(mail)?.[1] ?? ''}`);
			await clickIn(client, mail, 'Approve');
			say('Approved; the accounts are created and validated now …');
		};
		const sheet = await exampleRows();
		const run = { sheet, trigger: DAILY, credential, meanwhile, forReal: true };
		return await onTable(stage, workflow, run);
	} finally {
		await mailbox.close();
	}
};

/** Activates the example, lets two penny drops end at Juspay, one of them badly, and waits for the alert. */
export const alertOnValidationFailure: RunExample = async (stage, workflow, say) => {
	const { simulator, alerts } = stage;
	const chitra = 'customer_chitra';
	simulator.seedAccount('customer_asha', { vpa: 'failed.before@upi' }, 'FAILURE');
	const good = simulator.seedAccount('customer_bharat', { vpa: 'bharat@upi' }, 'PENDING');
	const details = { accountNumber: '50100123450002', ifsc: 'ICIC0004321' };
	const bad = simulator.seedAccount(chitra, details, 'PENDING');
	say('Juspay has one account that failed before, and two whose penny drop is under way');
	const { id } = await importExample(stage, workflow);
	await stage.activate(id);
	// n8n says that a workflow is active before its first look, at three customers, is over.
	await until('the first look', () => simulator.counters.requests.listAccounts >= 3);
	say('The workflow is active: it looked once, and learned where things stand');
	simulator.setStatus(good, 'ACTIVE');
	simulator.setStatus(bad, 'FAILURE');
	say(
		'One penny drop has ended well, the other one has failed; waiting for the next look (a minute at most) …',
	);
	// n8n polls once a minute, at a second of its own choice.
	await alerts.atLeast(1, 90_000);
	const [alert = '', ...others] = alerts.received;
	const ok = others.length === 0 && alert.includes(chitra);
	return { ok, shown: showAlerts(alerts.received), workflowId: id };
};

/** Imports an example with a form, for real, and activates it. */
async function activated(stage: Stage, workflow: Workflow, path: string) {
	const { id } = await importExample(stage, workflow, { forReal: true });
	await stage.activate(id);
	const form = `${stage.url}/form/${path}`;
	return { form, found: { workflowId: id, links: { Form: form } } };
}

/** Uploads the CSV file that comes with the example, and shows the file that comes back. */
export const csvInCsvOut: RunExample = async (stage, workflow, say) => {
	const { form, found } = await activated(stage, workflow, 'accounts-csv');
	say(`The form is at ${form}; uploading examples/bank-accounts.csv …`);
	const { title, message, file = '' } = await submitForm(form, [await exampleCsv()]);
	const ok = title === 'Finished' && file.trim().split('\n').length === 6;
	return { ok, shown: [`${title}: ${message}`, '', file.trim()].join('\n'), ...found };
};

/** What people type into the form, by the page that should come last. */
const ENTRIES = {
	'Account verified': ['customer_asha', '026291800001194', 'HDFC0001234', 'Asha Rao'],
	'Please check the details': ['customer_chitra', '50100123450002', 'ICIC0004321', 'Chitra Iyer'],
	'Please correct the details': ['customer_devi', '30987654321098', 'SBINO001234', 'Devi Nair'],
};

/** Fills in the example's form three times as a browser would, and shows the pages that came last. */
export const formToVerifiedAccount: RunExample = async (stage, workflow, say) => {
	const { form, found } = await activated(stage, workflow, 'bank-account');
	stage.simulator.configure({ validationMs: 2_000 });
	say(`The form is at ${form}; filling it in three times, as a browser would …`);
	const shown: string[][] = [];
	let ok = true;
	for (const [title, values] of Object.entries(ENTRIES)) {
		const last = await submitForm(form, values);
		shown.push([...values, last.title, last.message]);
		ok &&= last.title === title;
	}
	const head = ['Customer number', 'Account number', 'IFSC', 'Name', 'Last page', 'What it says'];
	return { ok, shown: showTable(head, shown), ...found };
};

/** Executes the example for real, and shows who was created and whom the alerts are about. */
export const verifyUpiIds: RunExample = async (stage, workflow, say) => {
	say('Four rows: two UPI IDs that exist, one that does not, and one without an @');
	const { id } = await importExample(stage, workflow, { forReal: true });
	const execution = await stage.client.run(id, DAILY);
	const statuses = stage.simulator.accounts().map(({ status }) => status);
	const messages = ['Alert: UPI ID Not Valid', 'Alert: Not Verified', 'Alert: Not Created']
		.flatMap((node) => itemsOf(execution, node))
		.map(({ json }) => `  > ${String(json.message)}`);
	const ok = execution.status === 'success' && statuses.length === 2 && messages.length === 2;
	const created = `${statuses.length} accounts at Juspay: ${statuses.join(', ')}`;
	return { ok, shown: [created, ...messages].join('\n'), workflowId: id, execution };
};

/** Activates the example and calls its tools with the official MCP client, as an AI assistant would. */
export const aiTool: RunExample = async (stage, workflow, say) => {
	const { client, simulator, url } = stage;
	const customer = 'customer_asha';
	const token = randomBytes(24).toString('hex');
	const type = 'httpBearerAuth';
	const credential = await client.putCredential({ name: 'MCP token', type, data: { token } });
	const { id } = await importExample(stage, workflow, { credential, forReal: true });
	await stage.activate(id);
	simulator.seedAccount(customer, { vpa: 'asha.rao@upi' }, 'ACTIVE');
	const server = `${url}/mcp/juspay`;
	say(`The tools are at ${server}; calling them with the official MCP client …\n`);
	const assistant = await connectAssistant(server, token);
	try {
		const shown = (await assistant.tools()).map(
			(tool) => `Tool ${tool.name}(${valuesOf(tool).join(', ')}): ${tool.description}`,
		);
		const register = { customer_id: customer, upi_id: 'asha.second@upi' };
		let ok = true;
		for (const [tool, values] of [
			['Add_UPI_ID', register],
			['Add_UPI_ID', register],
			['List_Accounts', { customer_id: customer }],
		] as const) {
			const { text, failed } = await assistant.call(tool, values);
			shown.push('', `${tool} ${JSON.stringify(values)}\n  -> ${text}`);
			ok &&= !failed;
		}
		ok &&= simulator.accounts(customer).length === 2;
		const links = { 'MCP server': `${server} (bearer token ${token})` };
		return { ok, shown: shown.join('\n'), workflowId: id, links };
	} finally {
		await assistant.close();
	}
};
