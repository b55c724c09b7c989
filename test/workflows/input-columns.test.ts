import type { IDataObject } from 'n8n-workflow';
import { ASHA, IFSC, linesOf, numberEnding, RAVI, stage } from './stage';
import type { Asked } from './stage';

const on = stage();

const NUMBER = numberEnding('1191');
const VPA = '9164326296@upi';

/** A row with the usual column names. */
const row = (more: IDataObject = {}): IDataObject => ({
	customer_id: ASHA,
	account_number: NUMBER,
	ifsc: IFSC,
	...more,
});

/** Creates the accounts of rows, as they come from a sheet: no Customer ID in the node. */
const create = async (rows: IDataObject[], { parameters, ...asked }: Asked = {}) =>
	await on.run('create', {
		items: rows,
		...asked,
		parameters: { customerId: '', accountSource: 'input', ...parameters },
	});

const GO_ON: Asked = { onError: 'continueErrorOutput' };

/** What Juspay has in the end, without what it makes up itself. */
const there = () =>
	on.simulator
		.accounts()
		.map(({ customerId, accountNumber, ifsc, beneficiaryName, bankCode, vpa }) =>
			JSON.parse(
				JSON.stringify({ customerId, accountNumber, ifsc, beneficiaryName, bankCode, vpa }),
			),
		);

describe('rows with the usual column names', () => {
	it('become accounts without any expression and without a Customer ID in the node', async () => {
		const result = await create([
			row({ beneficiary_name: 'Asha Rao', bank_code: '12' }),
			{ customer_id: RAVI, vpa: VPA },
		]);
		expect(result.error).toBeUndefined();
		expect(there()).toEqual([
			{
				customerId: ASHA,
				accountNumber: NUMBER,
				ifsc: IFSC,
				beneficiaryName: 'Asha Rao',
				bankCode: '12',
			},
			{ customerId: RAVI, vpa: VPA },
		]);
		expect(result.items().map(({ type, outcome }) => [type, outcome])).toEqual([
			['bankAccount', 'created'],
			['upi', 'created'],
		]);
		expect(result.pairedWith()).toEqual([0, 1]);
	});

	it('may hold any other columns: they are not sent', async () => {
		const result = await create([
			row({ row_number: 2, salary: 90_000, gateway_id: 'x', notes: {} }),
		]);
		expect(result.status).toBe('success');
		expect(Object.keys(on.sent('createAccounts')[0]?.form ?? {})).toEqual(['account_details']);
	});
});

describe('columns found by their headers', () => {
	it.each([
		[
			'customer and IFSC',
			{ Kunde: ASHA, 'Account No': NUMBER, code: IFSC },
			'Customer ID, IFSC',
			'"Kunde", "Account No", "code"',
		],
	])('are named in one message where they are missing: %s', async (_, item, missing, available) => {
		const result = await create([item, item]);
		expect(result.error?.message).toBe(`No column found for ${missing}`);
		expect(result.error?.description).toContain(`The items have the columns ${available}.`);
		expect(JSON.stringify(result.error)).not.toContain(NUMBER);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('are named where two could be meant, and nothing is sent', async () => {
		const result = await create([row({ 'Account No': numberEnding('1192') })]);
		expect(result.error?.message).toContain(
			`for 'Account Number' ("account_number" and "Account No")`,
		);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('are missing for every row alike, where the user chose to continue', async () => {
		const result = await create([{ Kunde: ASHA, vpa: VPA }, { vpa: VPA }], GO_ON);
		expect(result.outputs.map((items) => items.length)).toEqual([0, 2]);
		expect(result.pairedWith(1)).toEqual([0, 1]);
	});
});

describe('columns mapped by hand', () => {
	/** As the editor saves what was dropped into the fields. */
	const mapped = (value: IDataObject): Asked => ({
		parameters: {
			columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] } as never,
		},
	});

	const ITEM = {
		Kunde: ASHA,
		bank: { number: NUMBER, codes: [IFSC] },
		'A/C holder': 'Asha Rao',
		upi: ` ${VPA} `,
	};
	const VALUE = {
		customerId: '={{ $json.Kunde }}',
		accountNumber: '={{ $json.bank.number }}',
		ifsc: '={{ $json.bank.codes[0] }}',
		beneficiaryName: "={{ $json['A/C holder'] }}",
		bankCode: '12',
		vpa: '={{ $json.upi.trim() }}',
	};

	it('may be dropped fields, other expressions and fixed values', async () => {
		await create([ITEM], mapped(VALUE));
		expect(there()).toEqual([
			{
				customerId: ASHA,
				accountNumber: NUMBER,
				ifsc: IFSC,
				beneficiaryName: 'Asha Rao',
				bankCode: '12',
			},
			{ customerId: ASHA, vpa: VPA },
		]);
	});

	it('are read from each row, and no other column is', async () => {
		await create(
			[
				{ a: ASHA, b: VPA, account_number: NUMBER, ifsc: IFSC },
				{ a: RAVI, b: 'ravi@upi' },
			],
			mapped({
				customerId: '={{ $json.a }}',
				vpa: '={{ $json.b }}',
				accountNumber: '',
				ifsc: null,
			}),
		);
		expect(there()).toEqual([
			{ customerId: ASHA, vpa: VPA },
			{ customerId: RAVI, vpa: 'ravi@upi' },
		]);
	});

	it.each([['bankCode', 'Bank', 'Bank Code']])(
		'are named where no item has the one for %s, and the rest goes through',
		async (name, column, label) => {
			const value = { ...VALUE, [name]: `={{ $json["${column}"] }}` };
			const result = await create([ITEM], mapped(value));
			expect(result.error).toBeUndefined();
			expect(there()).toContainEqual(
				expect.objectContaining({ accountNumber: NUMBER, ifsc: IFSC }),
			);
			expect(result.hints.map(({ message }) => message).join(' ')).toContain(
				`No item has "${column}" (${label}).`,
			);
		},
	);

	it.each([['ifsc', 'Branch', 'IFSC', { ...VALUE, vpa: '' }]])(
		'stop the run before anything is sent where no item has the one for %s',
		async (name, column, label, others) => {
			const value = { ...others, [name]: `={{ $json["${column}"] }}` };
			const result = await create([ITEM, ITEM], mapped(value));
			expect(result.error?.message).toBe(
				`'Columns' uses a column that no item has: "${column}" (${label})`,
			);
			expect(result.error?.description).toContain('"Kunde", "bank", "A/C holder", "upi"');
			expect(on.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it('stop the run where a column was renamed, although no account needs it', async () => {
		const value = { ...VALUE, beneficiaryName: '={{ $json["Payee"] }}' };
		const result = await create([{ ...ITEM, 'Beneficiary Name': 'Asha Rao' }], mapped(value));
		expect(result.error?.message).toBe(
			`'Columns' uses a column that no item has: "Payee" (Beneficiary Name)`,
		);
		expect(result.error?.description).toContain('"Beneficiary Name"');
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('fail row by row where a row lacks a value', async () => {
		const rows = [ITEM, { ...ITEM, bank: { number: NUMBER } }, { ...ITEM, Kunde: '' }];
		const result = await create(rows, { ...GO_ON, ...mapped(VALUE) });
		expect(result.pairedWith(0)).toEqual([0, 0, 1]);
		expect(result.pairedWith(1)).toEqual([1, 2, 2]);
		expect(result.items(1).map(({ error }) => String(error).split('.')[0])).toEqual([
			"'IFSC' is empty",
			"'Customer ID' is empty",
			"'Customer ID' is empty",
		]);
	});
});

describe('a row that can not be used', () => {
	it('that is empty altogether is skipped and counted, not said to lack an ID', async () => {
		const blank = { customer_id: '', account_number: ' ', ifsc: null, vpa: '', row_number: 3 };
		const result = await create([row(), blank, {}], GO_ON);
		expect(result.outputs.map((items) => items.length)).toEqual([1, 0]);
		expect(linesOf(result)).toContain('2 blank rows were skipped.');
	});

	it('is no blank row while anything stands in it', async () => {
		const result = await create([row(), { customer_id: '', vpa: '', remark: 'x' }], GO_ON);
		expect(result.items(1)).toEqual([
			expect.objectContaining({ error: 'This row has no account number and no UPI ID', row: 2 }),
		]);
	});
});

it('rows without anything in them say so, where there are no others', async () => {
	const result = await create([{}, {}]);
	expect(result.error?.message).toBe("'Columns' can't be found: the items are empty");
	expect(result.error?.description).toMatch(/Check the node before this one/);
});

describe('which columns are read', () => {
	const SHEET = {
		'Sl. No': 1,
		'Customer Code': ASHA,
		'A/c No': NUMBER,
		'IFSC Code': IFSC,
		'Benificiary Name': 'Asha Rao',
		Client: 'Asha Traders',
	};
	const USED =
		/^Columns used: Customer ID ← Customer Code, Account Number ← A\/c No, IFSC ← IFSC Code\./;

	it.each([false, true])('stands in the output pane, in one box; a dry run: %s', async (dryRun) => {
		const result = await create([SHEET], { parameters: { options: { dryRun } } });
		expect(result.hints).toHaveLength(1);
		const line = linesOf(result).find((it) => it.startsWith('Columns used'));
		expect(line).toMatch(USED);
		expect(line).toContain('Not used: Sl. No, Benificiary Name, Client.');
	});

	it('has a name for a column without one, and is not there where there are no columns', async () => {
		const line = linesOf(await create([{ ...SHEET, '': 'x' }])).join();
		expect(line).toContain('Client, "".');
		expect(linesOf(await create([{}], GO_ON)).join()).not.toContain('Columns used');
	});

	it('warns of a header that is nearly a usual one, and of a second one for a field', async () => {
		const line = linesOf(await create([SHEET])).join();
		expect(line).toContain(
			'Check the names: "Benificiary Name" looks like Beneficiary Name; "Client" could also be Customer ID, which has another column.',
		);
	});

	it('also in a run that goes on after a bad row, and by hand', async () => {
		const bad = await create([SHEET, { ...SHEET, 'IFSC Code': 'x' }], GO_ON);
		expect(linesOf(bad).join()).toMatch(/Columns used: .*Not used: Sl\. No/);
		const byHand = await create([SHEET], {
			parameters: {
				columns: {
					mappingMode: 'defineBelow',
					value: {
						customerId: '={{ $json["Customer Code"] }}',
						accountNumber: '={{ $json["A/c No"] }}',
						ifsc: '={{ $json["IFSC Code"] }}',
					},
				},
			},
		});
		expect(linesOf(byHand).join()).toMatch(/Columns used: .*Check the names: "Benificiary Name"/);
	});
});

describe("an existing account's name", () => {
	const NAMED = { beneficiaryName: 'Asha Rao' };
	const seed = (lastFour: string, more: object = NAMED) =>
		on.simulator.seedAccount(
			ASHA,
			{ accountNumber: numberEnding(lastFour), ifsc: IFSC, ...more },
			'ACTIVE',
		);
	const named = (lastFour: string, name: string) =>
		row({ account_number: numberEnding(lastFour), beneficiary_name: name });

	it("is Juspay's, and where the row has another one, a hint counts it", async () => {
		['0001', '0002', '0003'].map((lastFour) => seed(lastFour));
		const result = await create([
			named('0001', 'Ravi Kumar'),
			named('0002', 'ASHA  RAO.'),
			named('0003', 'Rao, Asha'),
		]);
		expect(result.items().map(({ beneficiaryName }) => beneficiaryName)).toEqual(
			Array(3).fill('Asha Rao'),
		);
		expect(linesOf(result)).toContainEqual(
			expect.stringMatching(
				/^1 existing account has another beneficiary name than its row \(row 1\)/,
			),
		);
	});

	it("is null where Juspay shows none, never the row's", async () => {
		seed('0001', {});
		const result = await create([named('0001', 'Ravi Kumar')]);
		expect(result.items()).toEqual([
			expect.objectContaining({ outcome: 'existing', beneficiaryName: null }),
		]);
		expect(linesOf(result).join()).not.toContain('beneficiary name');
	});

	it('counts in a dry run too, and for two rows with one account', async () => {
		seed('0001');
		const rows = ['Ravi Kumar', 'Mohan Das', 'Asha Rao'].map((name) => named('0001', name));
		const twice = [named('0005', 'Asha Rao'), named('0005', 'Ravi Kumar')];
		const result = await create([...rows, ...twice], { parameters: { options: { dryRun: true } } });
		expect(linesOf(result)).toContainEqual(
			expect.stringMatching(/^3 existing accounts have other beneficiary names.*\(rows 1, 2, 5\)/),
		);
		expect(linesOf(result).join()).not.toMatch(/Ravi|Mohan/);
	});
});

describe('leading zeros', () => {
	const NEAR = NUMBER.replace(/^0/, '');

	it('that a row has lost are named, whether the account was there before or an earlier row made it', async () => {
		const hint = /^1 existing account differs from its row in leading zeros only \(row 2\)/;
		const rows = [row(), row({ account_number: NEAR })];
		for (const dryRun of [true, false]) {
			const result = await create(rows, { parameters: { options: { dryRun } } });
			expect(linesOf(result)).toContainEqual(expect.stringMatching(hint));
		}
		const again = await create([row({ account_number: NEAR }), row()]);
		expect(linesOf(again)).toContainEqual(expect.stringMatching(/leading zeros only \(row 1\)/));
		expect(on.simulator.accounts()).toHaveLength(1);
	});

	it('that are the same in every row are not mentioned', async () => {
		const result = await create([row(), row()]);
		expect(linesOf(result).join()).not.toContain('zeros');
	});
});

it('says that nothing was sent for a refused account, not for its row, whose other account was created', async () => {
	const result = await create([row({ account_number: 'none', vpa: VPA })], GO_ON);
	const [failed] = result.items(1);
	expect(failed?.errorHint).toMatch(/Nothing was sent to Juspay for this account\.$/);
	expect(there()).toEqual([{ customerId: ASHA, vpa: VPA }]);
});

describe('a masked column, such as one of Verify, with Keep Fields', () => {
	it.each(['vpa', 'UPI', 'upi_id'])('is not read where the row has its own, %s', async (column) => {
		await create([{ customer_id: ASHA, [column]: VPA, upiId: '91******96@upi' }]);
		expect(there()).toEqual([{ customerId: ASHA, vpa: VPA }]);
	});

	it('is called masked where there is no other', async () => {
		const { error } = await create([{ customer_id: ASHA, upiId: '91******96@upi' }]);
		expect(error?.message).toMatch(/^'UPI ID' is masked/);
	});

	it('stays in doubt where only some of its values are masked', async () => {
		const rows = [VPA, 'asha@upi'].map((vpa) => ({ customer_id: ASHA, vpa, upiId: vpa }));
		const { error } = await create([{ ...rows[0], upiId: '91******96@upi' }, rows[1] ?? {}]);
		expect(error?.message).toMatch(/^'Columns' is ambiguous/);
	});
});

describe('rows that come out of Customer: Create, with Keep Fields', () => {
	const from = (customer: string, customerId: string | null) =>
		row({ customer_id: customer, customerId, objectReferenceId: customer });

	it("name their customer by the row's own column", async () => {
		const result = await create([from(ASHA, 'cst_1'), from(RAVI, null)]);
		expect(result.items().map(({ customerId }) => customerId)).toEqual([ASHA, RAVI]);
	});

	it('are in doubt where that customer is another one', async () => {
		const { error } = await create([{ ...from(ASHA, 'cst_1'), objectReferenceId: RAVI }]);
		expect(error?.message).toMatch(/^'Columns' is ambiguous/);
	});
});
