import { failedAccount, simplifiedAccount } from './expected';
import { BANK, MASKED_BANK, MASKED_UPI, UPI, useJuspay } from './juspay';

const juspay = useJuspay();

/** Number or UPI ID of each account that a customer has. */
const accountsOf = (customer: string) =>
	juspay.simulator.accounts(customer).map(({ accountNumber, vpa }) => accountNumber ?? vpa);

describe('accounts defined in the form', () => {
	it('are created, bank accounts first, each as an item of its own', async () => {
		const result = await juspay.create({
			customerId: 'cst_one',
			accounts: {
				bankAccount: [{ ...BANK, beneficiaryName: 'Asha Rao', bankCode: '12' }],
				upi: [UPI],
			},
		});
		expect(result.error).toBeUndefined();
		const [bank, upi] = juspay.simulator.accounts('cst_one');
		expect(bank).toMatchObject({ ...BANK, beneficiaryName: 'Asha Rao', bankCode: '12' });
		expect(upi).toMatchObject(UPI);
		expect(result.items()).toEqual([
			simplifiedAccount(bank, MASKED_BANK, { outcome: 'created' }),
			simplifiedAccount(upi, MASKED_UPI, { outcome: 'created' }),
		]);
		expect(result.pairedWith()).toEqual([0, 0]);
	});

	it('take each value from the item by an expression', async () => {
		const items = [
			{ c: 'cst_one', n: '026291800000011', i: 'AABF0008032', b: 'Asha', k: '1', v: 'asha@upi' },
			{ c: 'cst_two', n: '026291800000022', i: 'HDFC0000022', b: 'Ravi', k: '2', v: 'ravi@upi' },
		];
		const result = await juspay.create(
			{
				customerId: '={{ $json.c }}',
				accounts: {
					bankAccount: [
						{
							accountNumber: '={{ $json.n }}',
							ifsc: '={{ $json.i }}',
							beneficiaryName: '={{ $json.b }}',
							bankCode: '={{ $json.k }}',
						},
					],
					upi: [{ vpa: '={{ $json.v }}' }],
				},
			},
			{ items },
		);
		expect(result.items().map(({ account, customerId }) => [customerId, account])).toEqual([
			['cst_one', 'XXXXXXXXXXX0011'],
			['cst_one', '****@upi'],
			['cst_two', 'XXXXXXXXXXX0022'],
			['cst_two', '****@upi'],
		]);
		for (const { c, n, i, b, k, v } of items) {
			expect(juspay.simulator.accounts(c)).toEqual([
				expect.objectContaining({ accountNumber: n, ifsc: i, beneficiaryName: b, bankCode: k }),
				expect.objectContaining({ vpa: v }),
			]);
		}
	});

	it('may be written down once and hold for every item', async () => {
		const items = [{ c: 'cst_one' }, { c: 'cst_two' }];
		const parameters = { customerId: '={{ $json.c }}', accounts: { upi: [UPI] } };
		const result = await juspay.create(parameters, { items });
		expect(result.items().map(({ customerId }) => customerId)).toEqual(['cst_one', 'cst_two']);
		expect([accountsOf('cst_one'), accountsOf('cst_two')]).toEqual([[UPI.vpa], [UPI.vpa]]);
	});
});

describe('accounts given as JSON', () => {
	it.each([
		['an array from an expression', '={{ $json.accounts }}', [BANK, UPI]],
		['text from an expression', '={{ $json.accounts }}', JSON.stringify([BANK, UPI])],
		['text in the node', JSON.stringify([BANK, UPI]), []],
		[
			"Juspay's own keys",
			'={{ $json.accounts }}',
			[{ account_number: BANK.accountNumber, ifsc: BANK.ifsc }, UPI],
		],
		['one entry that holds both', '={{ $json.accounts }}', [{ ...BANK, ...UPI }]],
	])('are created from %s', async (_, accountsJson, accounts) => {
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }], {
			parameters: { accountsJson },
		});
		expect(result.error).toBeUndefined();
		expect(result.items().map(({ type, account }) => [type, account])).toEqual([
			['bankAccount', MASKED_BANK],
			['upi', MASKED_UPI],
		]);
		expect(accountsOf('cst_one')).toEqual([BANK.accountNumber, UPI.vpa]);
	});
});

describe('accounts in the columns of the input', () => {
	it('are created, row by row', async () => {
		const rows = [
			{ customer_id: 'cst_one', account_number: BANK.accountNumber, ifsc: BANK.ifsc, vpa: UPI.vpa },
			{ customer_id: 'cst_two', account_number: '', ifsc: '', vpa: 'ravi@upi' },
		];
		const result = await juspay.create({ accountSource: 'input' }, { items: rows });
		expect(result.items().map(({ account }) => account)).toEqual([
			MASKED_BANK,
			MASKED_UPI,
			'****@upi',
		]);
		expect(result.pairedWith()).toEqual([0, 0, 1]);
	});
});

describe('many items', () => {
	const items = [
		{ customer: 'cst_one', accounts: [{ vpa: 'first@upi' }, { vpa: 'second@upi' }] },
		{ customer: 'cst_two', accounts: [{ vpa: 'third@upi' }] },
		{ customer: 'cst_one', accounts: [BANK] },
		{ customer: 'cst_three', accounts: [{ vpa: 'fourth@upi' }] },
		{ customer: 'cst_two', accounts: [{ vpa: 'fifth@upi' }, { vpa: 'sixth@upi' }] },
	];

	it('travel in one request for each customer, as an array of its accounts', async () => {
		await juspay.createEach(items);
		const sent = juspay.creates().map(({ customer, accounts }) => [customer, accounts]);
		expect(Object.fromEntries(sent)).toEqual({
			cst_one: ['first@upi', 'second@upi', BANK.accountNumber],
			cst_two: ['third@upi', 'fifth@upi', 'sixth@upi'],
			cst_three: ['fourth@upi'],
		});
		expect(sent).toHaveLength(3);
	});

	it('come out in the order of the input, each paired with its own', async () => {
		const result = await juspay.createEach(items, {
			downstream: "={{ $('Start').item.json.customer }}",
		});
		expect(result.items().map(({ account }) => account)).toEqual([
			'f***t@upi',
			's****d@upi',
			't***d@upi',
			MASKED_BANK,
			'f****h@upi',
			'f***h@upi',
			's***h@upi',
		]);
		expect(result.pairedWith()).toEqual([0, 0, 1, 2, 3, 4, 4]);
		expect(result.downstream()).toEqual(result.items().map(({ customerId }) => customerId));
	});

	it('each get their own account, also when Juspay answers in another order', async () => {
		juspay.simulator.addFault({ call: ['createAccounts', 'listAccounts'], kind: 'reordered' });
		const accounts = Array.from({ length: 12 }, (_, index) => ({
			vpa: `person${index}.x${index}@upi`,
		}));
		const result = await juspay.createEach(
			accounts.map((account) => ({ customer: 'cst_one', accounts: [account] })),
		);
		const made = juspay.simulator.accounts('cst_one');
		expect(result.items().map(({ customerAccountId }) => customerAccountId)).toEqual(
			accounts.map(({ vpa }) => made.find((account) => account.vpa === vpa)?.id),
		);
		expect(result.pairedWith()).toEqual(accounts.map((_, index) => index));
	});

	it('travel in several requests where there are more accounts than may go in one', async () => {
		const accounts = Array.from({ length: 5 }, (_, index) => ({ vpa: `person${index}@upi` }));
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }], {
			parameters: { options: { accountsPerRequest: 2 } },
		});
		expect(juspay.creates().map((sent) => sent.accounts)).toEqual([
			['person0@upi', 'person1@upi'],
			['person2@upi', 'person3@upi'],
			['person4@upi'],
		]);
		expect(result.items()).toHaveLength(5);
	});

	it('of one customer travel apart where their settings differ', async () => {
		const route = (routingId: string, vpa: string) => ({
			customer: 'cst_one',
			accounts: [{ vpa }],
			routingId,
		});
		const result = await juspay.createEach(
			[route('a', 'first@upi'), route('b', 'second@upi'), route('a', 'third@upi')],
			{ parameters: { options: { routingId: '={{ $json.routingId }}' } } },
		);
		const sent = juspay
			.creates()
			.map(({ accounts, headers }) => [headers['x-routing-id'], accounts]);
		expect(sent).toEqual([
			['a', ['first@upi', 'third@upi']],
			['b', ['second@upi']],
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2]);
		expect(juspay.simulator.counters.peakCreatesPerCustomer).toBe(1);
	});
});

describe('an account that the customer has already', () => {
	it('is returned and not made again', async () => {
		const id = juspay.simulator.seedAccount('cst_one', BANK, 'ACTIVE');
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [BANK, UPI] }]);
		expect(result.items()).toEqual([
			expect.objectContaining({
				customerAccountId: id,
				outcome: 'existing',
				validationStatus: 'ACTIVE',
			}),
			expect.objectContaining({ account: MASKED_UPI, outcome: 'created' }),
		]);
		expect(juspay.creates().map(({ accounts }) => accounts)).toEqual([[UPI.vpa]]);
	});

	it('is the same in another case, nested deeper or not', async () => {
		juspay.simulator.configure({ nestBankDetails: false });
		juspay.simulator.seedAccount('cst_one', { vpa: 'Asha.Rao@OkBank' });
		juspay.simulator.seedAccount('cst_one', BANK);
		const accounts = [{ vpa: 'asha.rao@okbank' }, { ...BANK, ifsc: 'aabf0008032' }];
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }]);
		expect(result.items().map(({ outcome }) => outcome)).toEqual(['existing', 'existing']);
		expect(juspay.simulator.counters.accountsMade).toBe(0);
	});

	it('is created once where several items ask for it', async () => {
		const item = { customer: 'cst_one', accounts: [UPI] };
		const result = await juspay.createEach([
			item,
			{ ...item, accounts: [{ vpa: '9164326296@UPI' }] },
		]);
		expect(result.items().map(({ outcome }) => outcome)).toEqual(['created', 'existing']);
		expect(new Set(result.items().map(({ customerAccountId }) => customerAccountId)).size).toBe(1);
		expect(juspay.simulator.counters).toMatchObject({ accountsMade: 1, duplicatesMade: 0 });
	});

	it('is made again when the user says so', async () => {
		juspay.simulator.seedAccount('cst_one', UPI);
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [UPI] }], {
			parameters: { onExisting: 'create' },
		});
		expect(result.items()).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(juspay.simulator.accounts('cst_one')).toHaveLength(2);
		expect(juspay.simulator.counters.requests.listAccounts).toBe(0);
	});
});

describe('validation', () => {
	const accounts = [UPI, { vpa: 'failure@upi' }, { vpa: 'pending@upi' }];

	it('is not started unless asked for', async () => {
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }]);
		expect(result.items().map(({ validationStatus }) => validationStatus)).toEqual([
			'CREATED',
			'CREATED',
			'CREATED',
		]);
		expect(juspay.simulator.counters.validationsStarted).toBe(0);
	});

	it('is started with the create, and its outcome comes out', async () => {
		const result = await juspay.createEach([{ customer: 'cst_one', accounts }], {
			parameters: { validateOnCreate: true },
		});
		expect(result.items().map(({ validationStatus }) => validationStatus)).toEqual([
			'ACTIVE',
			'FAILURE',
			'PENDING',
		]);
		expect(juspay.simulator.counters).toMatchObject({
			validationsStarted: 3,
			validationsRepeated: 0,
		});
	});

	it('may differ for each item', async () => {
		const items = [
			{ customer: 'cst_one', accounts: [{ vpa: 'first@upi' }], check: true },
			{ customer: 'cst_one', accounts: [{ vpa: 'second@upi' }], check: false },
		];
		const result = await juspay.createEach(items, {
			parameters: { validateOnCreate: '={{ $json.check }}' },
		});
		expect(result.items().map(({ validationStatus }) => validationStatus)).toEqual([
			'ACTIVE',
			'CREATED',
		]);
	});
});

describe('without Simplify', () => {
	it("Juspay's object comes out as it came", async () => {
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [BANK] }], {
			parameters: { simplify: false },
		});
		const [account] = juspay.simulator.accounts('cst_one');
		expect(result.items()).toEqual([
			{
				object: 'customer_account',
				id: account?.id,
				customer_id: 'cst_one',
				date_created: account?.dateCreated,
				account_details: {
					account_number: BANK.accountNumber,
					ifsc: BANK.ifsc,
					bank_name: 'AABF Bank',
				},
				validation_amount: '1',
				currency: 'INR',
				validation_status: 'CREATED',
				last_validated: account?.lastValidated,
			},
		]);
	});
});

describe('when one of many can not be handled', () => {
	const items = [
		{ customer: 'cst_one', accounts: [UPI], note: 'first' },
		{ customer: 'cst_nobody', accounts: [BANK, { vpa: 'ravi.k@upi' }], note: 'second' },
		{ customer: 'cst_one', accounts: [BANK], note: 'third' },
		{
			customer: 'cst_two',
			accounts: [{ vpa: 'rejected@upi' }, { vpa: 'fine.one@upi' }],
			note: 'fourth',
		},
	];
	const nobody = {
		error: 'Juspay has no customer cst_nobody',
		errorHint: expect.stringMatching(/Check the ID.*code RESOURCE_NOT_FOUND/) as string,
		errorCode: 'NOT_FOUND',
		juspayCode: 'RESOURCE_NOT_FOUND',
		row: 2,
		customerId: 'cst_nobody',
	};
	const failed = [
		failedAccount({
			...nobody,
			type: 'bankAccount',
			account: MASKED_BANK,
		}),
		failedAccount({ ...nobody, type: 'upi', account: 'r****k@upi' }),
		failedAccount({
			error: expect.stringMatching(/^Juspay rejected the request/) as string,
			errorHint: expect.stringContaining('code INVALID_ACCOUNT_DETAILS') as string,
			errorCode: 'SETUP',
			juspayCode: 'INVALID_ACCOUNT_DETAILS',
			row: 4,
			customerId: 'cst_two',
			type: 'upi',
			account: 'r******d@upi',
		}),
	];

	it('and the user chose to continue, each becomes an item in its place, and all others go through', async () => {
		const result = await juspay.createEach(items, { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(result.items()).toEqual([
			expect.objectContaining({ account: MASKED_UPI, outcome: 'created' }),
			failed[0],
			failed[1],
			expect.objectContaining({ account: MASKED_BANK, outcome: 'created' }),
			failed[2],
			expect.objectContaining({ account: 'f******e@upi', outcome: 'created' }),
		]);
		expect(result.pairedWith()).toEqual([0, 1, 1, 2, 3, 3]);
	});

	it('and the user chose the error output, each goes there with its input, and all others do not', async () => {
		const result = await juspay.createEach(items, { onError: 'continueErrorOutput' });
		expect(result.status).toBe('success');
		expect(result.items(0).map(({ account }) => account)).toEqual([
			MASKED_UPI,
			MASKED_BANK,
			'f******e@upi',
		]);
		expect(result.pairedWith(0)).toEqual([0, 2, 3]);
		expect(result.items(1)).toEqual([
			{ ...items[1], ...failed[0] },
			{ ...items[1], ...failed[1] },
			{ ...items[3], ...failed[2] },
		]);
		expect(result.pairedWith(1)).toEqual([1, 1, 3]);
	});

	it('and the user chose nothing, the workflow stops and names the item', async () => {
		const result = await juspay.createEach(items);
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe('Juspay has no customer cst_nobody, row 2 of 4 [item 1]');
		expect(result.error).toMatchObject({ context: { itemIndex: 1 }, httpCode: '404' });
		expect(result.error?.description).toMatch(/Check the ID.*code RESOURCE_NOT_FOUND/);
		expect(result.error?.description).toMatch(
			/ 2 more with errors: Juspay rejected the request.*, row 4 of 4 \[item 3\]\. 3 went through\.$/,
		);
		expect(result.items()).toEqual([]);
	});

	it('every account that could be made is there all the same', async () => {
		await juspay.createEach(items, { onError: 'continueRegularOutput' });
		expect(accountsOf('cst_one')).toEqual([UPI.vpa, BANK.accountNumber]);
		expect(accountsOf('cst_two')).toEqual(['fine.one@upi']);
		expect(juspay.simulator.counters.duplicatesMade).toBe(0);
	});
});
