/**
 * Every workflow of examples/ is imported into a real n8n and executed there; what it has done is looked at outside of
 * it. The one that waits for n8n's polls has a file of its own, alert.e2e.ts.
 */
import { accountReport } from '../../dev/demo/accounts';
import { readExample } from '../../dev/demo/examples';
import { submitForm } from '../../dev/demo/form';
import { importExample, type Fitting } from '../../dev/demo/import';
import { clickIn, openMailbox, type Mailbox } from '../../dev/demo/mail';
import { connectAssistant, valuesOf } from '../../dev/demo/mcp';
import { withTablesForSheets } from '../../dev/demo/sheets';
import { exampleCsv, exampleRows, sheetRows, type Row } from '../../dev/demo/tables';
import { openStage, type Stage } from '../../dev/demo/stage';
import { itemsOf, type N8nVersion, type StoredWorkflow } from '../../dev/n8n';
import { INSTALL_WITHIN_MS, packed } from '../e2e/stage';
import { loopRows } from './loop';

/** What the output pane says in its one box, a line per hint. */
const linesOf = ({ hints }: { hints: string[] }) => hints.flatMap((hint) => hint.split('<br>'));

const VERSIONS: N8nVersion[] = ['v2', 'v1'];

describe.each(VERSIONS)('the examples, in n8n %s', (version) => {
	let stage: Stage;

	beforeAll(async () => {
		stage = await openStage({ ...packed(), version });
	}, INSTALL_WITHIN_MS);

	afterAll(async () => {
		await stage?.close();
	});

	beforeEach(() => {
		stage.simulator.reset();
		stage.simulator.configure({ anyCustomer: true, validationMs: 0 });
		stage.alerts.received.length = 0;
	});

	afterEach(() => {
		expect(stage.simulator.counters).toMatchObject({
			duplicatesMade: 0,
			validationsWhileUnsettled: 0,
		});
	});

	/** Imports an example and switches its Dry Run off, unless told otherwise. */
	async function imported(name: string, fitting?: Fitting): Promise<StoredWorkflow> {
		return await importExample(stage, await readExample({ name }), { forReal: true, ...fitting });
	}

	/** Executes a workflow, which must not end red. */
	async function succeed(id: string, trigger: string): Promise<void> {
		const { status, error } = await stage.client.run(id, trigger);
		expect({ status, error }).toEqual({ status: 'success', error: undefined });
	}

	/** Makes a Data Table, and imports the example that works on it. */
	async function importedOnTable(name: string, rows: Row[], fitting?: Fitting) {
		const { columns } = await exampleRows();
		const table = { id: await stage.tables.put('Juspay accounts', { columns, rows }), name: '' };
		const { id } = await imported(name, { table, ...fitting });
		const now = async () => await stage.tables.rows(table.id);
		return { id, now, table: table.id };
	}

	it('onboard-customer-accounts: as imported, says what it would do and cost, and changes nothing', async () => {
		const { id } = await imported('onboard-customer-accounts', { forReal: false });
		const execution = await stage.client.run(id, 'Every Day at 9');
		expect(execution.status).toBe('success');
		expect(execution.nodes['Create and Validate']?.flatMap(linesOf)).toEqual(
			expect.arrayContaining([
				'Dry run: 5 accounts would be created, 1 row has errors; 5 penny drops (₹5).',
			]),
		);
		expect(stage.simulator.counters).toMatchObject({ accountsMade: 0, validationsStarted: 0 });
	});

	it('onboard-customer-accounts: each account ends on the branch of its status', async () => {
		const workflow = await imported('onboard-customer-accounts');
		const execution = await stage.client.run(workflow.id, 'Every Day at 9');
		const { rows, expected } = accountReport(execution, workflow, 'Create and Validate');
		expect(execution.status).toBe('success');
		expect(rows).toHaveLength(expected);
		expect(rows.map(({ status, branch }) => `${status}: ${branch}`)).toEqual([
			'ACTIVE: Ready for Payouts',
			'ACTIVE: Ready for Payouts',
			'PENDING: Wait for Penny Drop',
			'ACTIVE: Ready for Payouts',
			'FAILURE: Alert: Validation Failed',
			'BAD_INPUT: Alert: Not Finished',
		]);
		const made = stage.simulator.accounts().map(({ id }) => id);
		expect(rows.flatMap(({ customerAccountId }) => customerAccountId || []).sort()).toEqual(
			made.sort(),
		);
	});

	describe('scheduled-onboarding', () => {
		it('as imported, says what it would do and cost, changes no row and no customer, and sends no alert', async () => {
			const { client, simulator, alerts } = stage;
			// None of the customers is there yet.
			simulator.configure({ anyCustomer: false });
			const { rows } = await exampleRows();
			const { id, now } = await importedOnTable('scheduled-onboarding', rows, {
				forReal: false,
			});
			const before = await now();
			const execution = await client.run(id, 'Every Day at 9');
			expect(execution.status).toBe('success');
			expect(execution.nodes['Create and Validate']?.flatMap(linesOf)).toEqual(
				expect.arrayContaining([
					'Dry run: 4 accounts would be created, 1 row has errors; 4 penny drops (₹4).',
				]),
			);
			expect(await now()).toEqual(before);
			expect(alerts.received).toEqual([]);
			expect(simulator.counters).toMatchObject({
				customersMade: 0,
				accountsMade: 0,
				validationsStarted: 0,
			});
		});

		it('writes IDs and status back, alerts once for each row that needs a person, and does nothing twice', async () => {
			const { simulator, client, alerts } = stage;
			simulator.configure({ anyCustomer: false });
			const { rows } = await exampleRows();
			const { id, now, table } = await importedOnTable('scheduled-onboarding', [
				...rows,
				// Typed into the table by hand: cells without a value; and an ID that is too short.
				{ customer_ref: 'customer_esha', first_name: 'Esha', vpa: 'esha@upi' },
				{ customer_ref: 'short', first_name: 'Farid', vpa: 'farid@upi' },
			]);
			const run = async () => {
				const { status, error } = await client.run(id, 'Every Day at 9');
				expect({ status, error }).toEqual({ status: 'success', error: undefined });
				return await now();
			};

			const first = await run();
			expect(first.map(({ customer_ref: ref, status }) => `${ref}: ${status}`)).toEqual([
				'customer_asha: ACTIVE',
				'customer_asha: ACTIVE',
				'customer_bharat: PENDING',
				'customer_chitra: FAILURE',
				'customer_devi: ERROR',
				'customer_esha: ACTIVE',
				'short: ERROR',
			]);
			const made = new Map(simulator.accounts().map((account) => [account.id, account]));
			const withAccount = first.filter(({ customer_account_id: account }) => account);
			expect(withAccount).toHaveLength(5);
			expect(made.size).toBe(5);
			for (const row of withAccount) {
				const account = made.get(row.customer_account_id ?? '');
				expect(account).toMatchObject({ status: row.status, customerId: row.customer_id });
				expect(account?.vpa ?? account?.accountNumber).toBe(
					row.vpa || row.account_number?.replaceAll(' ', ''),
				);
			}
			expect(
				simulator
					.customers()
					.map((customer) => customer.objectReferenceId)
					.sort(),
			).toEqual([
				'customer_asha',
				'customer_bharat',
				'customer_chitra',
				'customer_devi',
				'customer_esha',
			]);
			const expectedAlerts = [
				expect.stringMatching(/^customer_chitra: Validation failed for XXXXXXXXXX0002/),
				expect.stringMatching(/^customer_devi: .?IFSC.? has the letter O/),
				expect.stringMatching(/^short: .?Your Customer ID/),
			];
			expect([...alerts.received].sort()).toEqual(expectedAlerts);
			expect(simulator.counters).toMatchObject({ accountsMade: 5, validationsStarted: 5 });

			// The next day there is nothing to do.
			const requests = simulator.counters.requestsTotal;
			expect(await run()).toEqual(first);
			expect(simulator.counters.requestsTotal).toBe(requests);
			expect(alerts.received).toHaveLength(3);

			// A person corrects one row, and has all of the others tried again, too.
			await stage.tables.update(table, 'customer_ref', 'customer_devi', { ifsc: 'SBIN0001234' });
			for (const row of first) {
				await stage.tables.update(table, 'customer_ref', row.customer_ref ?? '', { status: '' });
			}
			const again = await run();
			expect(again.map(({ status }) => status)).toEqual([
				'ACTIVE',
				'ACTIVE',
				'PENDING',
				'FAILURE',
				'ACTIVE',
				'ACTIVE',
				'ERROR',
			]);
			const ids = (all: Row[]) => all.map((row) => row.customer_account_id).filter(Boolean);
			expect(ids(again)).toEqual(expect.arrayContaining(ids(first)));
			expect(again[4]).toMatchObject({
				problem: '',
				customer_account_id: expect.stringMatching(/^banh_/),
			});
			expect(simulator.counters).toMatchObject({
				accountsMade: 6,
				validationsStarted: 6,
				customersMade: 5,
			});
		});
	});

	it('recheck-pending-accounts: updates what has moved, alerts once, and starts no validation', async () => {
		const { simulator, client, alerts } = stage;
		const row = (customer: string, status: string, account: string): Row => ({
			customer_ref: customer,
			customer_id: customer,
			customer_account_id: account,
			status,
		});
		const seed = (customer: string, vpa: string, status: string) =>
			simulator.seedAccount(customer, { vpa }, status);
		const { id, now } = await importedOnTable('recheck-pending-accounts', [
			row('customer_asha', 'PENDING', seed('customer_asha', 'asha@upi', 'ACTIVE')),
			row('customer_bharat', 'PENDING', seed('customer_bharat', 'bharat@upi', 'FAILURE')),
			row('customer_chitra', 'PENDING', seed('customer_chitra', 'chitra@upi', 'PENDING')),
			row('customer_devi', 'PENDING', 'banh_unknown000000'),
			row('customer_esha', 'ACTIVE', seed('customer_esha', 'esha@upi', 'FAILURE')),
			{ customer_ref: 'customer_farid', status: 'ERROR' },
		]);
		const run = async () => {
			const { status, error } = await client.run(id, 'Every 15 Minutes');
			expect({ status, error }).toEqual({ status: 'success', error: undefined });
			return (await now()).map(({ status: written }) => written);
		};

		const expected = ['ACTIVE', 'FAILURE', 'PENDING', 'PENDING', 'ACTIVE', 'ERROR'];
		expect(await run()).toEqual(expected);
		expect([...alerts.received].sort()).toEqual([
			expect.stringMatching(/^customer_bharat: Validation failed for b\*+t@upi/),
			expect.stringMatching(/^customer_devi: .*Juspay/),
		]);
		expect(simulator.counters).toMatchObject({ validationsStarted: 0, accountsMade: 0 });

		// The next run asks about the two that are left, and says again that one of them can't be read.
		const reads = simulator.counters.requests.getAccount;
		expect(await run()).toEqual(expected);
		expect(simulator.counters.requests.getAccount - reads).toBe(2);
		expect(alerts.received.filter((alert) => alert.startsWith('customer_bharat'))).toHaveLength(1);
	});

	it('validate-failed-again: pays once more for each that failed, and for none in a dry run', async () => {
		const { simulator } = stage;
		const failed = (customer: string, vpa: string): Row => ({
			customer_ref: customer,
			customer_id: customer,
			customer_account_id: simulator.seedAccount(customer, { vpa }, 'FAILURE'),
			status: 'FAILURE',
			problem: 'Validation failed',
		});
		const rows = [
			failed('customer_asha', 'asha@upi'),
			failed('customer_bharat', 'pending.bharat@upi'),
			failed('customer_chitra', 'failure.chitra@upi'),
			{ ...failed('customer_devi', 'devi@upi'), status: 'ACTIVE', problem: '' },
			{ ...failed('customer_esha', 'esha@upi'), customer_account_id: 'banh_unknown000000' },
		];
		const dry = await importedOnTable('validate-failed-again', rows, { forReal: false });
		await succeed(dry.id, 'When You Click Execute');
		// What was wrong stays in the rows.
		expect((await dry.now()).map(({ status, problem }) => ({ status, problem }))).toEqual(
			rows.map(({ status, problem }) => ({ status, problem })),
		);
		expect(simulator.counters.validationsStarted).toBe(0);

		const { id, now } = await importedOnTable('validate-failed-again', rows);
		await succeed(id, 'When You Click Execute');
		const after = (await now()).map(({ status, problem }) => `${status}: ${problem}`);
		expect(after).toEqual([
			'ACTIVE: ',
			'PENDING: ',
			expect.stringMatching(/^FAILURE: Validation failed again for f/),
			'ACTIVE: ',
			expect.stringMatching(/^FAILURE: Juspay /),
		]);
		expect(simulator.counters).toMatchObject({ validationsStarted: 3, accountsMade: 0 });
	});

	describe('approve-before-validating', () => {
		let mailbox: Mailbox;

		beforeEach(async () => {
			mailbox = await openMailbox();
		});

		afterEach(async () => {
			await mailbox.close();
		});

		/** Starts the example with the rows that come with it; resolves when its email is there. */
		async function asked() {
			const { rows } = await exampleRows();
			const type = 'smtp';
			const { credential: data } = mailbox;
			const credential = await stage.client.putCredential({ name: 'SMTP account', type, data });
			const fitting = { credential: { ...credential, type } };
			const { id, now } = await importedOnTable('approve-before-validating', rows, fitting);
			const running = stage.client.run(id, 'Every Day at 9');
			const mail = await Promise.race([
				mailbox.first(),
				running.then((execution) => JSON.stringify(execution)),
			]);
			return { running, mail, now, id };
		}

		it('asks with what it would cost, and creates what was approved', async () => {
			const { simulator } = stage;
			const { running, mail, now, id } = await asked();
			expect(mail).toMatch(/^Subject: 4 penny drops to approve$/m);
			expect(mail).toMatch(/Accounts to create: 4\s+Existing accounts: 0/);
			expect(mail).toContain('Penny drops: 4, ₹4 in all');
			expect(mail).toMatch(
				/Rows with errors: 1\s+- customer_devi, X+0? ?\d\d\d?\d?: .?IFSC.? has the letter O/,
			);
			expect(simulator.counters).toMatchObject({ accountsMade: 0, validationsStarted: 0 });
			await clickIn(stage.client, mail, 'Approve');
			expect(await running).toMatchObject({ status: 'success' });
			expect((await now()).map(({ status }) => status)).toEqual([
				'ACTIVE',
				'ACTIVE',
				'PENDING',
				'FAILURE',
				'ERROR',
			]);
			expect(simulator.counters).toMatchObject({ accountsMade: 4, validationsStarted: 4 });

			// The next day there is nothing to pay for, and nobody is asked.
			await succeed(id, 'Every Day at 9');
			expect(mailbox.received).toHaveLength(1);
		});

		it('does nothing when it is declined', async () => {
			const { running, mail, now } = await asked();
			await clickIn(stage.client, mail, 'Decline');
			expect(await running).toMatchObject({ status: 'success' });
			expect((await now()).map(({ status }) => status)).toEqual(Array(5).fill(''));
			expect(stage.simulator.counters).toMatchObject({ accountsMade: 0, validationsStarted: 0 });
		});
	});

	it('csv-in-csv-out: gives each row back with its result or what is wrong', async () => {
		const { simulator, url } = stage;
		const dry = await imported('csv-in-csv-out', { forReal: false });
		await stage.activate(dry.id);
		const form = `${url}/form/accounts-csv`;
		expect(await submitForm(form, [await exampleCsv()])).toMatchObject({
			title: 'Dry run finished',
			message: expect.stringMatching(/^5 accounts: 1 with errors, 4 would be created\. /),
			file: expect.stringMatching(/\ncustomer_asha,026291800001191,.*,WOULD BE CREATED,/),
		});
		expect(simulator.counters.accountsMade).toBe(0);

		const { id } = await imported('csv-in-csv-out');
		await stage.activate(id);
		const csv = await exampleCsv();
		const { title, message, file = '' } = await submitForm(form, [csv]);
		expect(title).toBe('Finished');
		expect(message).toMatch(/^5 accounts: 2 validated, 1 pending, 1 failed, 1 with errors\. /);
		const [head, ...lines] = file
			.replace(/^\uFEFF/, '')
			.trim()
			.split('\n');
		const [givenHead, ...given] = (await csv.text()).trim().split('\n');
		expect(head).toBe(`${givenHead},Result For,Account ID,Status,Problem`);
		expect(lines.map((line, row) => line.startsWith(`${given[row]},`))).toEqual(
			Array(5).fill(true),
		);
		expect(lines).toEqual([
			expect.stringMatching(/,XXXXXXXXXXX1191,banh_\w+,ACTIVE,$/),
			expect.stringMatching(/,a\*+o@upi,banh_\w+,ACTIVE,$/),
			expect.stringMatching(/,pe\*+at@upi,banh_\w+,PENDING,$/),
			expect.stringMatching(/,X+0002,banh_\w+,FAILURE,The bank did not confirm the account\./),
			expect.stringMatching(/,X+1098,,ERROR,.*IFSC.* has the letter O/),
		]);
		expect(simulator.counters).toMatchObject({ accountsMade: 4, validationsStarted: 4 });
		await stage.client.deactivate(id);
	});

	it('google-sheets: writes back into the rows, with Data Tables in place of the sheet', async () => {
		const { simulator, client } = stage;
		const workflow = await readExample({ name: 'google-sheets' });
		// As it is, n8n takes it and knows what it says of each Google Sheets node.
		const { id: original } = await importExample(stage, workflow);
		expect((await client.workflow(original)).nodes).toHaveLength(workflow.nodes.length);

		const table = {
			id: await stage.tables.put('In place of a sheet', await sheetRows()),
			name: '',
		};
		const onTable = withTablesForSheets(workflow);
		const { id } = await importExample(stage, onTable, { table, forReal: true });
		const now = async () =>
			(await stage.tables.rows(table.id)).map(({ row_number: row, status }) => `${row}: ${status}`);
		await succeed(id, 'Every Day at 9');
		const expected = ['2: ACTIVE', '3: ACTIVE', '4: PENDING', '5: FAILURE', '6: ERROR'];
		expect(await now()).toEqual(expected);
		const requests = simulator.counters.requestsTotal;
		await succeed(id, 'Every Day at 9');
		expect(await now()).toEqual(expected);
		expect(simulator.counters).toMatchObject({ requestsTotal: requests, accountsMade: 4 });
	});

	it('docs/progress.md: a loop handles each batch once, and saves its rows before the next one begins', async () => {
		const { simulator, client, tables } = stage;
		const rows = await loopRows(tables);
		const { id } = await stage.importWorkflow(rows.workflow);
		const execution = await client.run(id, 'Start');
		expect({ status: execution.status, error: execution.error }).toEqual({
			status: 'success',
			error: undefined,
		});
		const sizes = (execution.nodes.Juspay ?? []).map(({ outputs }) => outputs[0]?.length);
		expect(sizes).toEqual([2, 2, 1]);
		expect(execution.nodes['After All']).toHaveLength(1);
		expect((await rows.now()).map(({ status }) => status)).toEqual([
			'ACTIVE',
			'ACTIVE',
			'PENDING',
			'FAILURE',
			'ERROR',
		]);
		expect(simulator.counters).toMatchObject({ accountsMade: 4, validationsStarted: 4 });
	});

	it('form-to-verified-account: the last page says what the bank said, and sending twice pays once', async () => {
		const { simulator, url } = stage;
		const { id } = await imported('form-to-verified-account');
		await stage.activate(id);
		simulator.configure({ validationMs: 2_000 });
		const form = `${url}/form/bank-account`;
		const asha = ['customer_asha', '026291800001191', 'HDFC0001234', 'Asha Rao'];
		const verified = {
			title: 'Account verified',
			message: 'Your bank has confirmed the account XXXXXXXXXXX1191. Nothing else is needed.',
		};
		expect(await submitForm(form, asha)).toEqual(verified);
		expect(await submitForm(form, asha)).toEqual(verified);
		expect(simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
		expect(simulator.accounts('customer_asha')).toMatchObject([
			{ accountNumber: '026291800001191', beneficiaryName: 'Asha Rao', status: 'ACTIVE' },
		]);

		const chitra = ['customer_chitra', '50100123450002', 'ICIC0004321', 'Chitra Iyer'];
		expect(await submitForm(form, chitra)).toMatchObject({ title: 'Please check the details' });
		const devi = ['customer_devi', '30987654321098', 'SBINO001234', 'Devi Nair'];
		expect(await submitForm(form, devi)).toEqual({
			title: 'Please correct the details',
			message: expect.stringMatching(
				/^.?IFSC.? has the letter O as its fifth character.*Please correct it and fill in the form again\.$/,
			),
		});
		expect(simulator.counters.accountsMade).toBe(2);

		// What only the merchant can mend is not put to the customer.
		simulator.configure({ anyCustomer: false });
		const unknown = ['customer_farid', '50100123450003', 'ICIC0004321', 'Farid Khan'];
		expect(await submitForm(form, unknown)).toEqual({
			title: 'Please try again later',
			message:
				'We could not check the account just now. Please check your customer number, or try again later.',
		});
		await stage.client.deactivate(id);
	});

	it('verify-upi-ids: pays only for what exists, and alerts with the rest', async () => {
		const { id } = await imported('verify-upi-ids');
		const execution = await stage.client.run(id, 'Every Day at 9');
		expect(execution.status).toBe('success');
		const messages = (node: string) => itemsOf(execution, node).map(({ json }) => json.message);
		expect(stage.simulator.accounts().map(({ status }) => status)).toEqual(['ACTIVE', 'PENDING']);
		expect(stage.simulator.counters).toMatchObject({ accountsMade: 2, validationsStarted: 2 });
		expect(itemsOf(execution, 'Your Next Step')).toHaveLength(2);
		expect(messages('Alert: Not Finished')).toEqual([]);
		expect(messages('Alert: UPI ID Not Valid')).toEqual([
			expect.stringMatching(/^Juspay doesn't know UPI ID .*\*.*@okbank of customer_chitra\./),
		]);
		expect(messages('Alert: Not Verified')).toEqual([
			expect.stringMatching(/^UPI ID of customer_devi could not be verified: .*'UPI ID'/),
		]);
	});

	it('ai-tool: an MCP client gets the tools, calls them, and is let in by its token only', async () => {
		const { simulator, url } = stage;
		const type = 'httpBearerAuth';
		const data = { token: 'a-token-for-tests' };
		const credential = await stage.client.putCredential({ name: 'MCP token', type, data });
		const { id } = await imported('ai-tool', { credential: { ...credential, type } });
		await stage.activate(id);
		const known = simulator.seedAccount('customer_asha', { vpa: 'asha@upi' }, 'ACTIVE');
		const server = `${url}/mcp/juspay`;

		const assistant = await connectAssistant(server, data.token);
		const tools = await assistant.tools();
		expect(tools.map((tool) => `${tool.name}(${valuesOf(tool).join()})`).sort()).toEqual([
			'Add_Bank_Account(customer_id,account_number,ifsc,beneficiary_name)',
			'Add_UPI_ID(customer_id,upi_id)',
			'List_Accounts(customer_id)',
		]);
		const add = async () =>
			await assistant.call('Add_Bank_Account', {
				customer_id: 'customer_asha',
				account_number: '026291800001191',
				ifsc: 'HDFC0001234',
				beneficiary_name: 'Asha Rao',
			});
		expect(JSON.parse((await add()).text)).toEqual([
			expect.objectContaining({ outcome: 'created', account: 'XXXXXXXXXXX1191' }),
		]);
		expect(JSON.parse((await add()).text)).toEqual([
			expect.objectContaining({ outcome: 'existing', validationStatus: 'CREATED' }),
		]);
		const existing = await assistant.call('Add_UPI_ID', {
			customer_id: 'customer_asha',
			upi_id: 'asha@upi',
		});
		expect(JSON.parse(existing.text)).toEqual([
			expect.objectContaining({ outcome: 'existing', customerAccountId: known }),
		]);
		const list = await assistant.call('List_Accounts', { customer_id: 'customer_asha' });
		expect(JSON.parse(list.text)).toEqual([
			expect.objectContaining({ customerAccountId: known, validationStatus: 'ACTIVE' }),
			expect.objectContaining({ account: 'XXXXXXXXXXX1191' }),
		]);
		expect(simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 0 });
		await assistant.close();

		await expect(connectAssistant(server, 'another-token')).rejects.toThrow();
		await stage.client.deactivate(id);
	});
});
