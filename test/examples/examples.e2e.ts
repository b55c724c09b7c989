/** Every workflow of examples/ is imported into a real n8n and executed there; what it has done is looked at outside of it. */
import { accountReport } from '../../dev/demo/accounts';
import { readExample } from '../../dev/demo/examples';
import { submitForm } from '../../dev/demo/form';
import { importExample, type Fitting } from '../../dev/demo/import';
import { connectAssistant } from '../../dev/demo/mcp';
import { exampleRows, type Row } from '../../dev/demo/tables';
import { openStage, type Stage } from '../../dev/demo/stage';
import type { N8nVersion, StoredWorkflow } from '../../dev/n8n';
import { until } from '../../dev/until';
import { INSTALL_WITHIN_MS, packed } from '../e2e/stage';

const VERSIONS: N8nVersion[] = ['v2', 'v1'];

/** n8n polls once a minute. */
const POLLS_WITHIN_MS = 150_000;

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
		expect(stage.simulator.counters).toMatchObject({ duplicatesMade: 0, validationsRepeated: 0 });
	});

	async function imported(name: string, fitting?: Fitting): Promise<StoredWorkflow> {
		return await importExample(stage, await readExample({ name }), fitting);
	}

	/** Makes a Data Table, and imports the example that works on it. */
	async function importedOnTable(name: string, rows: Row[]) {
		const { columns } = await exampleRows();
		const table = { id: await stage.tables.put('Juspay accounts', { columns, rows }), name: '' };
		const { id } = await imported(name, { table });
		const now = async () => await stage.tables.rows(table.id);
		return { id, now, table: table.id };
	}

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
			'FAILURE: Alert: Validation Failed',
			'ACTIVE: Ready for Payouts',
			'BAD_INPUT: Alert: Not Created',
		]);
		const made = stage.simulator.accounts().map(({ id }) => id);
		expect(rows.flatMap(({ customerAccountId }) => customerAccountId || []).sort()).toEqual(
			made.sort(),
		);
	});

	describe('scheduled-onboarding', () => {
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
				expect.stringMatching(/^customer_devi: IFSC has the letter O/),
				expect.stringMatching(/^short: Object Reference ID /),
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

	it('nightly-recheck: updates what has moved, alerts once, and starts no validation', async () => {
		const { simulator, client, alerts } = stage;
		const row = (customer: string, status: string, account: string): Row => ({
			customer_ref: customer,
			customer_id: customer,
			customer_account_id: account,
			status,
		});
		const seed = (customer: string, vpa: string, status: string) =>
			simulator.seedAccount(customer, { vpa }, status);
		const { id, now } = await importedOnTable('nightly-recheck', [
			row('customer_asha', 'PENDING', seed('customer_asha', 'asha@upi', 'ACTIVE')),
			row('customer_bharat', 'PENDING', seed('customer_bharat', 'bharat@upi', 'FAILURE')),
			row('customer_chitra', 'PENDING', seed('customer_chitra', 'chitra@upi', 'PENDING')),
			row('customer_devi', 'PENDING', 'banh_unknown000000'),
			row('customer_esha', 'ACTIVE', seed('customer_esha', 'esha@upi', 'FAILURE')),
			{ customer_ref: 'customer_farid', status: 'ERROR' },
		]);
		const run = async () => {
			const { status, error } = await client.run(id, 'Every Night at 2');
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

		// The next night asks about the two that are left, and says again that one of them can't be read.
		const reads = simulator.counters.requests.getAccount;
		expect(await run()).toEqual(expected);
		expect(simulator.counters.requests.getAccount - reads).toBe(2);
		expect(alerts.received.filter((alert) => alert.startsWith('customer_bharat'))).toHaveLength(1);
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
			message: 'The bank has confirmed the account XXXXXXXXXXX1191.',
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
			title: 'This did not work',
			message: expect.stringMatching(/^IFSC has the letter O as its fifth character/),
		});
		expect(simulator.counters.accountsMade).toBe(2);
		await stage.client.deactivate(id);
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
		expect(tools.map(({ name, values }) => `${name}(${values.join()})`).sort()).toEqual([
			'List_Accounts(customer_id)',
			'Register_Accounts(customer_id,accounts)',
		]);
		const register = async () =>
			await assistant.call('Register_Accounts', {
				customer_id: 'customer_asha',
				accounts: [{ accountNumber: '026291800001191', ifsc: 'HDFC0001234' }],
			});
		expect(JSON.parse((await register()).text)).toEqual([
			expect.objectContaining({ outcome: 'created', account: 'XXXXXXXXXXX1191' }),
		]);
		expect(JSON.parse((await register()).text)).toEqual([
			expect.objectContaining({ outcome: 'existing', validationStatus: 'CREATED' }),
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

	it(
		'alert-on-validation-failure: one alert for each failure, also for one while n8n was down',
		async () => {
			const { simulator, alerts } = stage;
			const account = (customer: string, status: string) =>
				simulator.seedAccount(customer, { vpa: `${customer}@upi` }, status);
			account('customer_asha', 'FAILURE');
			const bharat = account('customer_bharat', 'PENDING');
			const chitra = account('customer_chitra', 'PENDING');
			// Each look asks about each of the three customers.
			const looks = () => simulator.counters.requests.listAccounts / 3;
			const looked = async (times: number) => {
				const from = looks();
				await until(`${times} looks`, () => looks() >= from + times, { withinMs: POLLS_WITHIN_MS });
			};

			const { id } = await imported('alert-on-validation-failure');
			await stage.activate(id);
			await looked(1);
			simulator.setStatus(bharat, 'FAILURE');
			expect(await alerts.atLeast(1, POLLS_WITHIN_MS)).toBe(true);

			await stage.restart(() => simulator.setStatus(chitra, 'FAILURE'));
			expect(await alerts.atLeast(2, POLLS_WITHIN_MS)).toBe(true);
			await looked(1);
			expect(alerts.received).toEqual([
				expect.stringContaining('of customer customer_bharat'),
				expect.stringContaining('of customer customer_chitra'),
			]);
			await stage.client.deactivate(id);
		},
		3 * POLLS_WITHIN_MS,
	);
});
