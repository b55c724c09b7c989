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
});

describe('an account ID that can be none', () => {
	it.each([
		['an account number with blanks', '0262 9180 0004 321', /is not an account ID/, /banh_/],
		['a path', '../../other', /is not an account ID/, /banh_/],
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
