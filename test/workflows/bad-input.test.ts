import type { IDataObject } from 'n8n-workflow';
import { BANK, EMPTY_WORDS, failedItems, UPI, useJuspay } from './juspay';
import { failedAccount } from './expected';
import type { FailedItem } from './juspay';

const juspay = useJuspay();

const good = { customer: 'cst_one', accounts: [{ vpa: 'fine.one@upi' }] };
const alsoGood = { customer: 'cst_two', accounts: [{ vpa: 'fine.two@upi' }] };

const NUMBER = BANK.accountNumber;
const bank = (change: IDataObject): IDataObject => ({ ...BANK, ...change });
const inItem = (change: IDataObject): IDataObject => ({ ...good, ...change });
const withAccount = (account: IDataObject): IDataObject => inItem({ accounts: [account] });

/** What is wrong, the item and the field to blame; unit/check and unit/parse have the other values, and the words. */
const CASES: Array<[string, IDataObject, field: string]> = [
	['no customer', inItem({ customer: undefined }), 'Customer ID'],
	['a header smuggled in', inItem({ customer: 'cst_one\r\nx-merchantid: m' }), 'Customer ID'],
	['a customer of dots', inItem({ customer: '..' }), 'Customer ID'],
	['a customer that is an object', inItem({ customer: { id: 'cst_one' } }), 'Customer ID'],
	['a routing ID of two lines', inItem({ route: 'a\nb' }), 'Routing ID'],
	['no account number', withAccount(bank({ accountNumber: '' })), 'Account Number'],
	[
		'a number that lost digits',
		withAccount(bank({ accountNumber: 262918000043219900000 })),
		'Account Number',
	],
	[
		'letters among the digits',
		withAccount(bank({ accountNumber: `${NUMBER}X` })),
		'Account Number',
	],
	['no IFSC', withAccount({ accountNumber: NUMBER }), 'IFSC'],
	['a short IFSC', withAccount(bank({ ifsc: 'AABF000803' })), 'IFSC'],
	[
		'a name that is an object',
		withAccount(bank({ beneficiaryName: { first: 'Asha' } })),
		'Beneficiary Name',
	],
	['a UPI ID without @', withAccount({ vpa: '9164326296' }), 'UPI ID'],
	['no account', inItem({ accounts: [] }), 'Accounts (JSON)'],
	['an account that is empty', inItem({ accounts: [{}] }), 'Accounts (JSON)'],
	['no accounts at all', inItem({ accounts: undefined }), 'Accounts (JSON)'],
	['JSON that is none', inItem({ accounts: `[{"accountNumber": "${NUMBER}"` }), 'Accounts (JSON)'],
];

/** What a person reads of a failed item. */
const textOf = ({ error, errorHint }: FailedItem) => `${error}\n${errorHint}`;

const run = async (bad: IDataObject, onError?: 'continueRegularOutput' | 'continueErrorOutput') =>
	await juspay.createEach([good, bad, alsoGood], {
		onError,
		parameters: { options: { routingId: '={{ $json.route ?? "" }}' } },
	});

describe('an item with', () => {
	it.each(CASES)(
		'%s: it is told, nothing of it is sent, and the others go through',
		async (_, bad, field) => {
			const result = await run(bad, 'continueRegularOutput');
			expect(result.items().map(({ errorCode = 'fine' }) => errorCode)).toEqual([
				'fine',
				'BAD_INPUT',
				'fine',
			]);
			expect(result.pairedWith()).toEqual([0, 1, 2]);
			const [failed] = failedItems(result);
			expect(failed).toMatchObject({ field, row: 2 });
			expect(failed?.error.startsWith(`'${field}' `)).toBe(true);
			// n8n pairs the item, so no message names it.
			expect(failed?.error).not.toMatch(/\[item|row \d/);
			expect(failed?.errorHint).toMatch(/Nothing was sent to Juspay for this row\.$/);
			const text = textOf(failed as FailedItem);
			expect(text).not.toMatch(EMPTY_WORDS);
			expect(text).not.toMatch(/undefined|\[object|NaN/);
			// Nine digits and more are an account or phone number; the example in the advice is nobody's.
			expect(
				text.replaceAll(/026291800001191|9164326296@upi|9876543210@upi|AABF0008032/g, ''),
			).not.toMatch(/\d{5}/);
			expect(juspay.simulator.accounts().map(({ vpa }) => vpa)).toEqual([
				'fine.one@upi',
				'fine.two@upi',
			]);
			expect(juspay.simulator.counters.requests).toMatchObject({
				createAccounts: 2,
				listAccounts: 2,
			});
		},
	);

	it.each(CASES.filter((_, index) => index % 5 === 0))(
		'%s: the workflow stops before anything is sent',
		async (_, bad, field) => {
			const result = await run(bad);
			expect(result.status).toBe('error');
			expect(result.error).toMatchObject({
				name: 'NodeOperationError',
				context: { itemIndex: 1 },
			});
			expect(result.error?.message.startsWith(`'${field}' `)).toBe(true);
			expect(result.error?.message).toMatch(/, row 2 of 3 \[item 1\]$/);
			expect(result.error?.description).toMatch(/Nothing was sent to Juspay for this row\.$/);
			expect(juspay.simulator.counters.requestsTotal).toBe(0);
		},
	);
});

describe('several items that can not be used', () => {
	const short = (index: number) => withAccount({ vpa: `no-provider-${index}` });

	it('stop the workflow with the first, and its description names the next four', async () => {
		const result = await juspay.createEach([0, 1, 2, 3, 4, 5].map(short));
		expect(result.error?.message).toMatch(/ \[item 0\]$/);
		expect(result.error?.description).toMatch(
			/ 5 more with errors: [^;]+\[item 1\]; [^;]+\[item 2\]; [^;]+\[item 3\]; [^;]+\[item 4\]; …$/,
		);
	});

	it('are all named where there are no more than that', async () => {
		const result = await juspay.createEach([good, ...[0, 1, 2].map(short)]);
		expect(result.error?.message).toMatch(/ \[item 1\]$/);
		expect(result.error?.description).toMatch(
			/ 2 more with errors: [^;]+\[item 2\]; [^;]+\[item 3\]\.$/,
		);
	});
});

describe('the failed item', () => {
	it.each([
		[
			'a bank account',
			bank({ ifsc: 'no' }),
			{ field: 'IFSC', type: 'bankAccount', account: 'XXXXXXXXXXX4321' },
		],
		[
			'an account number too short to show',
			bank({ accountNumber: '1234' }),
			{ field: 'Account Number', type: 'bankAccount', account: 'XXXX' },
		],
		[
			'a bank account without number',
			bank({ accountNumber: ' ' }),
			{ field: 'Account Number', type: 'bankAccount' },
		],
		[
			'a UPI ID',
			{ vpa: '9164326296@not ok' },
			{ field: 'UPI ID', type: 'upi', account: '91******96@******' },
		],
		[
			'a UPI ID without provider',
			{ vpa: '9164326296' },
			{ field: 'UPI ID', type: 'upi', account: '91******96' },
		],
	])('of %s says whose it is, masked', async (_, account, shown) => {
		const result = await run(withAccount(account), 'continueRegularOutput');
		expect(result.items()[1]).toEqual(failedAccount({ row: 2, customerId: 'cst_one', ...shown }));
	});

	it('goes to the error output with the columns of its input', async () => {
		const bad = { ...withAccount(bank({ ifsc: 'no' })), note: 'kept' };
		const result = await run(bad, 'continueErrorOutput');
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
					account: 'XXXXXXXXXXX4321',
				}),
			},
		]);
		expect(result.pairedWith(1)).toEqual([1]);
	});

	it('is one for each account of an item whose customer is wrong', async () => {
		const result = await run(
			inItem({ customer: '', accounts: [BANK, UPI] }),
			'continueRegularOutput',
		);
		expect(failedItems(result).map(({ type, account }) => [type, account])).toEqual([
			['bankAccount', 'XXXXXXXXXXX4321'],
			['upi', '91******96@upi'],
		]);
		expect(result.pairedWith()).toEqual([0, 1, 1, 2]);
	});
});

describe('one bad account among several of an item', () => {
	const shown = async (accounts: IDataObject[]) =>
		(await run(inItem({ accounts }), 'continueRegularOutput')).items().slice(1, -1);

	it('is named by its place, and the others go through in their order', async () => {
		const items = await shown([UPI, bank({ ifsc: 'no' }), { vpa: 'last.one@upi' }]);
		expect(items).toEqual([
			expect.objectContaining({ account: '91******96@upi', outcome: 'created' }),
			expect.objectContaining({
				error: "'IFSC' has 2 characters instead of 11 (2nd account)",
				account: 'XXXXXXXXXXX4321',
			}),
			expect.objectContaining({ account: 'l******e@upi', outcome: 'created' }),
		]);
	});

	it.each([
		['an empty object', {}],
		['an object of other things', { name: 'Asha' }],
		['blanks', { vpa: ' ', accountNumber: '' }],
		['a text', 'asha@upi'],
		['nothing', null],
	])('that is %s does not hold up the others', async (_, entry) => {
		const items = await shown([UPI, entry as IDataObject, { vpa: 'last.one@upi' }]);
		expect(items).toEqual([
			expect.objectContaining({ account: '91******96@upi', outcome: 'created' }),
			expect.objectContaining({
				error: expect.stringMatching(/ \(2nd account\)$/) as string,
				errorCode: 'BAD_INPUT',
				customerId: 'cst_one',
			}),
			expect.objectContaining({ account: 'l******e@upi', outcome: 'created' }),
		]);
	});

	it('stops the workflow before any of them is sent', async () => {
		const result = await run(inItem({ accounts: [UPI, bank({ ifsc: 'no' })] }));
		expect(result.error?.message).toMatch(/^'IFSC' .* \(2nd account\), row 2 of 3 \[item 1\]$/);
		expect(juspay.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('in the form', () => {
	it('an account is named by its place among its kind', async () => {
		const result = await juspay.create(
			{
				customerId: 'cst_one',
				accounts: { bankAccount: [BANK, { ...BANK, ifsc: 'no' }], upi: [{ vpa: 'no at' }] },
			},
			{ onError: 'continueRegularOutput' },
		);
		expect(failedItems(result).map(({ error }) => error)).toEqual([
			"'IFSC' has 2 characters instead of 11 (2nd bank account)",
			"'UPI ID' has no @",
		]);
		expect(juspay.simulator.accounts('cst_one')).toHaveLength(1);
	});

	it('no account is asked for', async () => {
		const result = await juspay.create(
			{ customerId: 'cst_one', accounts: {} },
			{ onError: 'continueRegularOutput' },
		);
		expect(failedItems(result)).toEqual([
			failedAccount({
				error: "'Accounts' contains no account",
				errorHint: expect.stringMatching(/^Add a bank account/) as string,
				field: 'Accounts',
				customerId: 'cst_one',
			}),
		]);
	});

	it('an empty customer stops the workflow before anything is sent', async () => {
		const result = await juspay.create({ customerId: '', accounts: { upi: [UPI] } });
		expect(result.status).toBe('error');
		expect(juspay.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('a parameter that can not be read', () => {
	it('is told with its item, and the others go through', async () => {
		const result = await juspay.createEach([good, { customer: 'cst_one' }, alsoGood], {
			parameters: {
				accountsJson: "={{ $json.accounts ? $json.accounts : $('Nowhere').item.json.accounts }}",
			},
			onError: 'continueRegularOutput',
		});
		const [failed, ...more] = failedItems(result);
		expect(more).toEqual([]);
		expect(failed?.error).toMatch(/^'Accounts \(JSON\)' can't be read: .+[^\]]$/s);
		expect(failed?.field).toBe('Accounts (JSON)');
		expect(failed?.errorHint).toMatch(
			/^Correct the expression\. Nothing was sent to Juspay for this row/,
		);
		expect(failed?.errorCode).toBe('BAD_INPUT');
		expect(juspay.simulator.accounts()).toHaveLength(2);
	});
});

it('values that can be mended are mended on their way', async () => {
	juspay.simulator.seedCustomers(['1122']);
	const result = await juspay.createEach([
		{
			customer: '\u00a0cst_one\n',
			accounts: [bank({ accountNumber: ' 0262-9180 0004\u00a0321\n' })],
		},
		{ customer: 1122, accounts: [{ vpa: '\t9164326296@upi\u200b' }] },
	]);
	expect(result.items()).toEqual([
		expect.objectContaining({ customerId: 'cst_one' }),
		expect.objectContaining({ customerId: '1122' }),
	]);
	expect(juspay.simulator.accounts()).toEqual([
		expect.objectContaining(BANK),
		expect.objectContaining(UPI),
	]);
});
