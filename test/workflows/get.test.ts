import { failedAccount, simplifiedAccount } from './expected';
import { BANK, MASKED_BANK, MASKED_UPI, UPI, useJuspay } from './juspay';

const juspay = useJuspay();

describe('getting an account', () => {
	it('gives it with its status, masked, and without an outcome', async () => {
		const id = juspay.simulator.seedAccount(
			'cst_one',
			{ ...BANK, beneficiaryName: 'Asha' },
			'ACTIVE',
		);
		const [account] = juspay.simulator.accounts('cst_one');
		const result = await juspay.get('cst_one', id);
		expect(result.items()).toEqual([
			simplifiedAccount(account, MASKED_BANK, {
				customerAccountId: id,
				validationStatus: 'ACTIVE',
				beneficiaryName: 'Asha',
			}),
		]);
		expect(juspay.requestLines()).toEqual([`GET /customers/cst_one/customer-accounts/${id}`]);
		expect(result.pairedWith()).toEqual([0]);
	});

	it.each(['CREATED', 'PENDING', 'ACTIVE', 'FAILURE', 'IN_REVIEW'])(
		'gives the status %s as it is',
		async (status) => {
			const id = juspay.simulator.seedAccount('cst_one', UPI, status);
			const result = await juspay.get('cst_one', id);
			expect(result.items()).toEqual([expect.objectContaining({ validationStatus: status })]);
		},
	);

	it("gives Juspay's object as it came, without Simplify", async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		const result = await juspay.get('cst_one', id, { parameters: { simplify: false } });
		expect(result.items()).toEqual([
			expect.objectContaining({ id, object: 'customer_account', account_details: UPI }),
		]);
	});

	it('reads customer and account from each item, in the order of the input', async () => {
		const first = juspay.simulator.seedAccount('cst_one', BANK);
		const second = juspay.simulator.seedAccount('cst_two', UPI);
		const items = [
			{ c: 'cst_two', a: second },
			{ c: 'cst_one', a: ` ${first}\n` },
			{ c: 'cst_two', a: second },
		];
		const result = await juspay.get('={{ $json.c }}', '={{ $json.a }}', { items });
		expect(result.items().map(({ account }) => account)).toEqual([
			MASKED_UPI,
			MASKED_BANK,
			MASKED_UPI,
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2]);
	});

	it('asks once for an account that several items name', async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		await juspay.get('cst_one', id, { items: [{}, {}, {}] });
		expect(juspay.simulator.counters.requests.getAccount).toBe(1);
	});

	it('finds a customer by either ID', async () => {
		const id = juspay.simulator.seedAccount('customer_1122', UPI);
		const result = await juspay.get('customer_1122', id);
		expect(result.items()).toEqual([expect.objectContaining({ customerAccountId: id })]);
	});
});

describe('when one of many accounts is not there', () => {
	const itemsFor = (id: string) => [
		{ c: 'cst_one', a: id },
		{ c: 'cst_two', a: id },
		{ c: 'cst_one', a: id },
	];
	const failed = failedAccount({
		error: expect.stringMatching(/^Juspay has no account banh_\w+ for customer cst_two$/) as string,
		errorHint: expect.stringMatching(/^Check the ID/) as string,
		errorCode: 'NOT_FOUND',
		juspayCode: 'RESOURCE_NOT_FOUND',
		row: 2,
		customerId: 'cst_two',
	});

	it('and the user chose to continue, it becomes an item in its place', async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		const result = await juspay.get('={{ $json.c }}', '={{ $json.a }}', {
			items: itemsFor(id),
			onError: 'continueRegularOutput',
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ customerAccountId: id }),
			{ ...failed, customerAccountId: id },
			expect.objectContaining({ customerAccountId: id }),
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2]);
	});

	it('and the user chose the error output, it goes there with its input', async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		const items = itemsFor(id);
		const result = await juspay.get('={{ $json.c }}', '={{ $json.a }}', {
			items,
			onError: 'continueErrorOutput',
		});
		expect(result.pairedWith(0)).toEqual([0, 2]);
		expect(result.items(1)).toEqual([{ ...items[1], ...failed, customerAccountId: id }]);
		expect(result.pairedWith(1)).toEqual([1]);
	});

	it('and the user chose nothing, the workflow stops and names the item', async () => {
		const id = juspay.simulator.seedAccount('cst_one', UPI);
		const result = await juspay.get('={{ $json.c }}', '={{ $json.a }}', { items: itemsFor(id) });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ context: { itemIndex: 1 }, httpCode: '404' });
		expect(result.error?.message).toMatch(
			/^Juspay has no account banh_\w+ for customer cst_two, row 2 of 3 \[item 1\]$/,
		);
		expect(result.error?.description).toMatch(/^Check the ID.* 2 went through\.$/);
	});
});

describe('an account ID that can be none', () => {
	it.each([
		['an account number with blanks', '0262 9180 0004 321', /is not an account ID/, /banh_/],
		['a path', '../../other', /is not an account ID/, /banh_/],
		['dots', '..', /dots/, /Customer Account/],
		['blanks', ' ', /is empty/, /Customer Account/],
		['two lines', 'banh_1\nbanh_2', /a line break/, /Remove the line break/],
	])('is refused before anything is sent: %s', async (_, id, wrong, fix) => {
		const result = await juspay.get('cst_one', '={{ $json.id }}', {
			items: [{ id }],
			onError: 'continueRegularOutput',
		});
		expect(result.items()).toEqual([
			failedAccount({
				error: expect.stringMatching(/^'Customer Account' /) as string,
				errorHint: expect.stringMatching(fix) as string,
				field: 'Customer Account',
				customerId: 'cst_one',
			}),
		]);
		expect(result.items()[0]?.error).toMatch(wrong);
		expect(juspay.simulator.counters.requestsTotal).toBe(0);
	});
});
