import type { IDataObject } from 'n8n-workflow';
import { BANK, EMPTY_WORDS, failedItems, UPI, useJuspay } from './juspay';
import { failedAccount } from './expected';

const juspay = useJuspay();

const good = { customer: 'cst_one', accounts: [{ vpa: 'fine.one@upi' }] };
const alsoGood = { customer: 'cst_two', accounts: [{ vpa: 'fine.two@upi' }] };

const NUMBER = BANK.accountNumber;
const MASKED = 'XXXXXXXXXXX4321';
const bank = (change: IDataObject): IDataObject => ({ ...BANK, ...change });
const inItem = (change: IDataObject): IDataObject => ({ ...good, ...change });
const withAccount = (account: IDataObject): IDataObject => inItem({ accounts: [account] });

/** Who is named where the item's account is a UPI ID that is right. */
const FINE = { type: 'upi', account: 'f******e@upi' };
const NOBODY = { type: null, account: null };

/** What is wrong, the item, and what its failed item says of it; unit/check and unit/parse have the other values, and the words. */
const CASES: Array<[string, IDataObject, field: string, named: object]> = [
	['no customer', inItem({ customer: undefined }), 'Customer ID', { ...FINE, customerId: null }],
	[
		'a header smuggled in',
		inItem({ customer: 'cst_one\r\nx-merchantid: m' }),
		'Customer ID',
		{ ...FINE, customerId: null },
	],
	['a routing ID of two lines', inItem({ route: 'a\nb' }), 'Routing ID', FINE],
	['no number', withAccount(bank({ accountNumber: ' ' })), 'Account Number', { account: null }],
	[
		'a short number',
		withAccount(bank({ accountNumber: '1234' })),
		'Account Number',
		{ account: 'XXXX' },
	],
	['a short IFSC', withAccount(bank({ ifsc: 'AABF000803' })), 'IFSC', { account: MASKED }],
	[
		'a name that is an object',
		withAccount(bank({ beneficiaryName: { first: 'Asha' } })),
		'Beneficiary Name',
		{ account: MASKED },
	],
	[
		'a UPI ID without @',
		withAccount({ vpa: '9164326296' }),
		'UPI ID',
		{ type: 'upi', account: '91******96' },
	],
	['no account', inItem({ accounts: [] }), 'Accounts (JSON)', NOBODY],
	[
		'JSON that is none',
		inItem({ accounts: `[{"accountNumber": "${NUMBER}"` }),
		'Accounts (JSON)',
		NOBODY,
	],
];

const run = async (bad: IDataObject[], onError?: 'continueRegularOutput' | 'continueErrorOutput') =>
	await juspay.createEach([good, ...bad, alsoGood], {
		onError,
		parameters: { options: { routingId: '={{ $json.route ?? "" }}' } },
	});

describe('rows that can not be used', () => {
	it('are told, each with its field and whose it is, masked; nothing of them is sent, and the others go through', async () => {
		const result = await run(
			CASES.map(([, bad]) => bad),
			'continueRegularOutput',
		);
		expect(result.pairedWith()).toEqual([...Array(CASES.length + 2).keys()]);
		const failed = failedItems(result);
		expect(failed).toEqual(
			CASES.map(([, , field, named], index) =>
				failedAccount({
					field,
					row: index + 2,
					customerId: 'cst_one',
					type: 'bankAccount',
					...named,
				}),
			),
		);
		for (const [index, { error, errorHint, field }] of failed.entries()) {
			const [what] = CASES[index]!;
			expect([what, error.startsWith(`'${String(field)}' `)]).toEqual([what, true]);
			// n8n pairs the item, so no message names it.
			expect(error).not.toMatch(/\[item|row \d/);
			expect(errorHint).toMatch(/Nothing was sent to Juspay for this row\.$/);
			const text = `${error}\n${errorHint}`;
			expect(text).not.toMatch(EMPTY_WORDS);
			expect(text).not.toMatch(/undefined|\[object|NaN/);
			// Nine digits and more are an account or phone number; the example in the advice is nobody's.
			expect(
				text.replaceAll(/026291800001191|9164326296@upi|9876543210@upi|AABF0008032/g, ''),
			).not.toMatch(/\d{5}/);
		}
		expect(juspay.simulator.accounts().map(({ vpa }) => vpa)).toEqual([
			'fine.one@upi',
			'fine.two@upi',
		]);
		expect(juspay.simulator.counters.requests).toMatchObject({
			createAccounts: 2,
			listAccounts: 2,
		});
	});

	it('stop the workflow with the first before anything is sent, and the description names the next four', async () => {
		const short = (index: number) => withAccount({ vpa: `no-provider-${index}` });
		const result = await run([0, 1, 2, 3, 4, 5].map(short));
		expect(result.error).toMatchObject({
			name: 'NodeOperationError',
			context: { itemIndex: 1 },
			message: "'UPI ID' has no @, row 2 of 8 [item 1]",
		});
		expect(result.error?.description).toMatch(
			/Nothing was sent to Juspay for this row\. 5 more with errors: [^;]+\[item 2\]; [^;]+\[item 3\]; [^;]+\[item 4\]; [^;]+\[item 5\]; …$/,
		);
		expect(juspay.simulator.counters.requestsTotal).toBe(0);
	});

	it('are all named where there are no more than that', async () => {
		const result = await run(['one', 'two', 'three'].map((vpa) => withAccount({ vpa })));
		expect(result.error?.description).toMatch(
			/ 2 more with errors: [^;]+\[item 2\]; [^;]+\[item 3\]\.$/,
		);
	});

	it('go to the error output with the columns of their input', async () => {
		const bad = { ...withAccount(bank({ ifsc: 'no' })), note: 'kept' };
		const result = await run([bad], 'continueErrorOutput');
		expect(result.pairedWith(0)).toEqual([0, 2]);
		expect(result.items(1)).toEqual([
			{
				...bad,
				...failedAccount({
					error: "'IFSC' has 2 characters instead of 11",
					errorHint: expect.stringMatching(/^An IFSC is four letters/) as string,
					field: 'IFSC',
					row: 2,
					customerId: 'cst_one',
					type: 'bankAccount',
					account: MASKED,
				}),
			},
		]);
		expect(result.pairedWith(1)).toEqual([1]);
	});
});

describe('bad accounts among several of an item', () => {
	it('are named by their place, and the others go through in their order', async () => {
		const accounts = [UPI, bank({ ifsc: 'no' }), null, { vpa: 'last.one@upi' }] as IDataObject[];
		const result = await run([inItem({ accounts })], 'continueRegularOutput');
		expect(result.items().slice(1, -1)).toEqual([
			expect.objectContaining({ account: '91******96@upi', outcome: 'created' }),
			expect.objectContaining({
				error: "'IFSC' has 2 characters instead of 11 (2nd account)",
				account: MASKED,
			}),
			expect.objectContaining({
				error: expect.stringMatching(/ \(3rd account\)$/) as string,
				errorCode: 'BAD_INPUT',
			}),
			expect.objectContaining({ account: 'l******e@upi', outcome: 'created' }),
		]);
	});
});

it('a parameter that can not be read is told with its item, and the others go through', async () => {
	const result = await juspay.createEach([good, { customer: 'cst_one' }, alsoGood], {
		parameters: {
			accountsJson: "={{ $json.accounts ? $json.accounts : $('Nowhere').item.json.accounts }}",
		},
		onError: 'continueRegularOutput',
	});
	const [failed, ...more] = failedItems(result);
	expect(more).toEqual([]);
	expect(failed).toMatchObject({ field: 'Accounts (JSON)', errorCode: 'BAD_INPUT' });
	expect(failed?.error).toMatch(/^'Accounts \(JSON\)' can't be read: .+[^\]]$/s);
	expect(failed?.errorHint).toMatch(
		/^Correct the expression\. Nothing was sent to Juspay for this row/,
	);
	expect(juspay.simulator.accounts()).toHaveLength(2);
});
