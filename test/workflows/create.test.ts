import { failedAccount, simplifiedAccount } from './expected';
import { BANK, MASKED_BANK, MASKED_UPI, UPI, useJuspay } from './juspay';

const juspay = useJuspay();

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
});

describe('many items', () => {
	const items = [
		{ customer: 'cst_one', accounts: [{ vpa: 'first@upi' }, { vpa: 'second@upi' }] },
		{ customer: 'cst_two', accounts: [{ vpa: 'third@upi' }] },
		{ customer: 'cst_one', accounts: [BANK] },
		{ customer: 'cst_three', accounts: [{ vpa: 'fourth@upi' }] },
		{ customer: 'cst_two', accounts: [{ vpa: 'fifth@upi' }, { vpa: 'sixth@upi' }] },
	];

	it('travel in one request for each customer, and come out in the order of the input, each paired with its own', async () => {
		const result = await juspay.createEach(items, {
			downstream: "={{ $('Start').item.json.customer }}",
		});
		const sent = juspay.creates().map(({ customer, accounts }) => [customer, accounts]);
		expect(sent).toHaveLength(3);
		expect(Object.fromEntries(sent)).toEqual({
			cst_one: ['first@upi', 'second@upi', BANK.accountNumber],
			cst_two: ['third@upi', 'fifth@upi', 'sixth@upi'],
			cst_three: ['fourth@upi'],
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
		expect(juspay.simulator.counters).toMatchObject({ accountsMade: 3, duplicatesMade: 0 });
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
});
