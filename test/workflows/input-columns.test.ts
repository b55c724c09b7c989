import type { IDataObject } from 'n8n-workflow';
import { ASHA, IFSC, numberEnding, RAVI, stage } from './stage';
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

	it('may hold only a bank account, only a UPI ID, or both', async () => {
		const result = await create([row(), row({ vpa: VPA }), { customer_id: ASHA, vpa: 'rao@upi' }]);
		expect(result.items().map(({ account, type }) => [type, account])).toEqual([
			['bankAccount', 'XXXXXXXXXXX1191'],
			['bankAccount', 'XXXXXXXXXXX1191'],
			['upi', '91******96@upi'],
			['upi', expect.stringContaining('@upi')],
		]);
		expect(result.pairedWith()).toEqual([0, 1, 1, 2]);
		expect(on.simulator.counters).toMatchObject({ accountsMade: 3, duplicatesMade: 0 });
	});

	it('may leave cells empty, as sheets and databases do', async () => {
		await create([
			row({ vpa: '', beneficiary_name: '' }),
			{ customer_id: RAVI, account_number: null, ifsc: null, vpa: VPA },
			{ customer_id: RAVI, account_number: '  ', ifsc: '', vpa: 'ravi@upi' },
		]);
		expect(there()).toEqual([
			{ customerId: ASHA, accountNumber: NUMBER, ifsc: IFSC },
			{ customerId: RAVI, vpa: VPA },
			{ customerId: RAVI, vpa: 'ravi@upi' },
		]);
	});

	it('may hold any other columns: they are not sent', async () => {
		const result = await create([
			row({ row_number: 2, salary: 90_000, gateway_id: 'x', notes: {} }),
		]);
		expect(result.status).toBe('success');
		expect(Object.keys(on.sent('createAccounts')[0]?.form ?? {})).toEqual(['account_details']);
	});

	it('may hold numbers where text is meant, as spreadsheets give them', async () => {
		await create([row({ account_number: 1234567890123, bank_code: 12, customer_id: ASHA })]);
		expect(there()).toEqual([
			{ customerId: ASHA, accountNumber: '1234567890123', ifsc: IFSC, bankCode: '12' },
		]);
	});

	it('may have blanks around values, lower-case IFSCs and an apostrophe before digits', async () => {
		await create([
			row({
				customer_id: ` ${ASHA} `,
				account_number: `  '${NUMBER} `,
				ifsc: ' aabf0008032\u00a0',
				beneficiary_name: ' Asha  Rao ',
			}),
		]);
		expect(there()).toEqual([
			{ customerId: ASHA, accountNumber: NUMBER, ifsc: IFSC, beneficiaryName: 'Asha Rao' },
		]);
	});

	it('keep leading zeros', async () => {
		await create([row({ account_number: '000291800001191' })]);
		expect(there()).toEqual([expect.objectContaining({ accountNumber: '000291800001191' })]);
	});

	it('of one customer travel in one request', async () => {
		await create(
			Array.from({ length: 30 }, (_, index) =>
				row({ account_number: numberEnding(String(2000 + index)) }),
			),
		);
		expect(on.sent('createAccounts')).toHaveLength(1);
		expect(on.simulator.counters.accountsMade).toBe(30);
	});
});

describe('the columns', () => {
	const OTHERS = {
		columns: {
			customerId: 'Kunde',
			accountNumber: 'A/C No.',
			ifsc: 'IFSC Code',
			beneficiaryName: 'Name',
			bankCode: 'Code',
			vpa: 'UPI',
		},
	};

	it('may have other names', async () => {
		await create(
			[
				{
					Kunde: ASHA,
					'A/C No.': NUMBER,
					'IFSC Code': IFSC,
					Name: 'Asha Rao',
					Code: '12',
					UPI: VPA,
				},
			],
			{ parameters: OTHERS },
		);
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

	it('that are not named keep their usual names', async () => {
		await create([{ Kunde: ASHA, account_number: NUMBER, ifsc: IFSC }], {
			parameters: { columns: { customerId: 'Kunde' } },
		});
		expect(there()).toEqual([{ customerId: ASHA, accountNumber: NUMBER, ifsc: IFSC }]);
	});

	it('may lie deeper, along dotted paths; a whole name with a dot in it comes first', async () => {
		await create([{ customer: { id: ASHA }, bank: { number: NUMBER }, 'bank.ifsc': IFSC }], {
			parameters: {
				columns: { customerId: 'customer.id', accountNumber: 'bank.number', ifsc: 'bank.ifsc' },
			},
		});
		expect(there()).toEqual([{ customerId: ASHA, accountNumber: NUMBER, ifsc: IFSC }]);
	});

	it('may be typed with blanks around them', async () => {
		await create([{ Kunde: ASHA, vpa: VPA }], {
			parameters: { columns: { customerId: ' Kunde ' } },
		});
		expect(there()).toEqual([{ customerId: ASHA, vpa: VPA }]);
	});

	it('named empty mean the usual ones', async () => {
		await create([row()], { parameters: { columns: { customerId: '', accountNumber: ' ' } } });
		expect(there()).toHaveLength(1);
	});

	it.each([
		['customer ID', { Customer: ASHA, vpa: VPA }, {}, 'customer_id', 'Customer, vpa'],
		[
			'account',
			{ customer_id: ASHA, number: NUMBER, code: IFSC },
			{},
			'account_number" or "vpa',
			'customer_id, number, code',
		],
		[
			'IFSC',
			{ customer_id: ASHA, account_number: NUMBER, code: IFSC },
			{},
			'ifsc',
			'customer_id, account_number, code',
		],
		['customer ID', row(), { customerId: 'Kunde' }, 'Kunde', 'customer_id, account_number, ifsc'],
	])(
		'that hold no %s are named, with the columns that there are',
		async (_, item, columns, missing, available) => {
			const result = await create([item, item], { parameters: { columns } });
			expect(result.error?.message).toBe(
				`'Columns' name a column that no item has: "${missing}" [item 0]`,
			);
			expect(result.error?.description).toContain(
				`The items have: ${available}. Choose the right one under Columns.`,
			);
			expect(on.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it.each([
		['vpa', 'UPI Id'],
		['beneficiaryName', 'Holder'],
		['bankCode', 'Bank'],
	])(
		'that the user chose for %s and no item has are named, not silently left out',
		async (name, column) => {
			const result = await create([row(), row({ account_number: numberEnding('1192') })], {
				parameters: { columns: { [name]: column } },
			});
			// A failure or a hint: either tells.
			const told = [result.error?.message, ...result.hints.map(({ message }) => message)];
			expect(told.join('\n')).toContain(`"${column}"`);
		},
	);

	it('may be there in some rows only', async () => {
		const result = await create([row(), { customer_id: RAVI, vpa: VPA }], {
			parameters: { columns: { vpa: 'vpa' } },
		});
		expect(result.status).toBe('success');
		expect(there()).toHaveLength(2);
	});

	it('name no values in their message', async () => {
		const result = await create([{ Customer: ASHA, account_number: NUMBER }]);
		expect(JSON.stringify(result.error)).not.toContain(NUMBER);
	});

	it('are missing for every row alike, where the user chose to continue', async () => {
		const result = await create([{ Customer: ASHA, vpa: VPA }, { vpa: VPA }], GO_ON);
		expect(result.outputs.map((items) => items.length)).toEqual([0, 2]);
		expect(result.pairedWith(1)).toEqual([0, 1]);
	});
});

describe('a row that can not be used', () => {
	it('stops the workflow before anything is sent, with its number and what to do', async () => {
		const result = await create([row(), row({ ifsc: 'AABF008032' })]);
		expect(result.error?.message).toBe("'IFSC' has 10 characters instead of 11 [item 1]");
		expect(result.error?.description).toMatch(/Nothing was sent to Juspay for it/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('becomes a failed item where the user chose to continue; the others go through', async () => {
		const result = await create(
			[
				row(),
				row({ account_number: '' }),
				row({ account_number: 1.23e21 }),
				{ customer_id: ASHA },
				row({ customer_id: '' }),
				{ customer_id: ASHA, vpa: 'asha@example.com' },
				row({ account_number: numberEnding('1192') }),
			],
			GO_ON,
		);
		expect(result.pairedWith(0)).toEqual([0, 6]);
		expect(result.pairedWith(1)).toEqual([1, 2, 3, 4, 5]);
		expect(result.items(1).map(({ error }) => error)).toEqual([
			"'Account Number' is empty [item 1]",
			expect.stringMatching(/^'Account Number' .*number.* \[item 2\]$/),
			expect.stringMatching(/^'Row' .*no account.*"account_number" and "vpa".* \[item 3\]$/),
			"'Customer ID' is empty [item 4]",
			expect.stringMatching(/^'UPI ID' looks like an e-?mail address \[item 5\]$/),
		]);
		expect(new Set(result.items(1).map(({ errorCode }) => errorCode))).toEqual(
			new Set(['BAD_INPUT']),
		);
	});

	it('fails for its UPI ID alone, where its bank account is right', async () => {
		const result = await create([row({ vpa: 'no-at-sign' })], GO_ON);
		expect(result.items(0)).toEqual([expect.objectContaining({ type: 'bankAccount' })]);
		expect(result.items(1)).toEqual([
			expect.objectContaining({ error: "'UPI ID' has no @ [item 0]", field: 'UPI ID' }),
		]);
	});

	it('that is empty altogether says that the row is empty, not that an ID is missing', async () => {
		const result = await create(
			[row(), { customer_id: '', account_number: '', ifsc: '', vpa: '' }, {}],
			GO_ON,
		);
		expect(result.items(0)).toHaveLength(1);
		for (const { error } of result.items(1)) expect(error).toMatch(/^'Row' .*no account/);
		expect(result.items(1)).toHaveLength(2);
	});
});

describe('no rows', () => {
	it('that hold anything say so', async () => {
		const result = await create([{}, {}]);
		expect(result.error?.message).toMatch(
			/^'Columns' name a column that no item has.* \[item 0\]$/,
		);
		expect(result.error?.description).toMatch(
			/The items are empty: check the node before this one/,
		);
	});
});
