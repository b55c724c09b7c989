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

/** What is wrong, the item, the field to blame, and what the message must say of it: what is wrong, what to do. */
const CASES: Array<[string, IDataObject, field: string, wrong: RegExp, fix: RegExp]> = [
	['no customer', inItem({ customer: undefined }), 'Customer ID', /is empty/, /Customer ID/],
	['a blank customer', inItem({ customer: ' \u00a0' }), 'Customer ID', /is empty/, /Customer ID/],
	[
		'a customer of two lines',
		inItem({ customer: 'cst_one\nx: y' }),
		'Customer ID',
		/a line break/,
		/Remove the line break/,
	],
	[
		'a header smuggled in',
		inItem({ customer: 'cst_one\r\nx-merchantid: m' }),
		'Customer ID',
		/a line break/,
		/Remove the line break/,
	],
	[
		'a customer with an accent',
		inItem({ customer: 'cst_é' }),
		'Customer ID',
		/characters/,
		/without accents/,
	],
	[
		'a customer in another script',
		inItem({ customer: 'ग्राहक' }),
		'Customer ID',
		/characters/,
		/without accents/,
	],
	['a customer of dots', inItem({ customer: '..' }), 'Customer ID', /dots/, /the Customer ID/],
	['a customer of one dot', inItem({ customer: ' . ' }), 'Customer ID', /dots/, /the Customer ID/],
	[
		'a customer that is an object',
		inItem({ customer: { id: 'cst_one' } }),
		'Customer ID',
		/is of type object, not text/,
		/the value itself, as text/,
	],
	[
		'a customer that is a list',
		inItem({ customer: ['cst_one'] }),
		'Customer ID',
		/is a list, not text/,
		/the value itself, as text/,
	],
	[
		'a routing ID of two lines',
		inItem({ route: 'a\nb' }),
		'Routing ID',
		/a line break/,
		/Remove the line break/,
	],
	[
		'a routing ID with an accent',
		inItem({ route: 'café' }),
		'Routing ID',
		/characters/,
		/without accents/,
	],
	[
		'no account number',
		withAccount(bank({ accountNumber: '' })),
		'Account Number',
		/is empty/,
		/9 to 18 digits/,
	],
	[
		'too few digits',
		withAccount(bank({ accountNumber: '12345678' })),
		'Account Number',
		/has 8 digits instead of 9 to 18/,
		/Check/,
	],
	[
		'too many digits',
		withAccount(bank({ accountNumber: '1234567890123456789' })),
		'Account Number',
		/has 19 digits instead of 9 to 18/,
		/Check/,
	],
	[
		'letters among the digits',
		withAccount(bank({ accountNumber: `${NUMBER}X` })),
		'Account Number',
		/digits/,
		/9 to 18 digits/,
	],
	[
		'scientific notation',
		withAccount(bank({ accountNumber: '2.62918E+13' })),
		'Account Number',
		/in scientific notation/,
		/Format the column as plain text/,
	],
	[
		'a number that lost digits',
		withAccount(bank({ accountNumber: 262918000043219900000 })),
		'Account Number',
		/number/,
		/Format the column as plain text/,
	],
	[
		'a number of seventeen digits',
		withAccount(bank({ accountNumber: 90071992547409920 })),
		'Account Number',
		/number/,
		/Format the column as plain text/,
	],
	[
		'an account number as a number',
		withAccount(bank({ accountNumber: 26291800004321 })),
		'Account Number',
		/is a number/,
		/Put it in quotes/,
	],
	[
		'an account number in a list',
		withAccount(bank({ accountNumber: [NUMBER] })),
		'Account Number',
		/is a list, not text/,
		/the value itself, as text/,
	],
	[
		'no IFSC',
		withAccount({ accountNumber: NUMBER }),
		'IFSC',
		/is empty/,
		/An IFSC is four letters/,
	],
	[
		'a short IFSC',
		withAccount(bank({ ifsc: 'AABF000803' })),
		'IFSC',
		/has 10 characters instead of 11/,
		/An IFSC is four letters/,
	],
	[
		'an O for the zero',
		withAccount(bank({ ifsc: 'AABFO008032' })),
		'IFSC',
		/the letter O as its fifth character/,
		/An IFSC is four letters/,
	],
	[
		'another IFSC that is none',
		withAccount(bank({ ifsc: '1234567890A' })),
		'IFSC',
		/^'IFSC' is not /,
		/An IFSC is four letters/,
	],
	[
		'a name that is an object',
		withAccount(bank({ beneficiaryName: { first: 'Asha' } })),
		'Beneficiary Name',
		/is of type object, not text/,
		/the value itself, as text/,
	],
	['a UPI ID without @', withAccount({ vpa: '9164326296' }), 'UPI ID', /has no @/, /A UPI ID is/],
	[
		'an e-mail address',
		withAccount({ vpa: 'asha@example.com' }),
		'UPI ID',
		/looks like an e-?mail address/,
		/A UPI ID is/,
	],
	[
		'a UPI ID with a blank',
		withAccount({ vpa: '91643 26296@upi' }),
		'UPI ID',
		/^'UPI ID' is not /,
		/A UPI ID is/,
	],
	['no account', inItem({ accounts: [] }), 'Accounts (JSON)', /no account/, /an array/],
	[
		'an account that is empty',
		inItem({ accounts: [{}] }),
		'Accounts (JSON)',
		/has no account number and no UPI ID/,
		/an array/,
	],
	[
		'no accounts at all',
		inItem({ accounts: undefined }),
		'Accounts (JSON)',
		/no account/,
		/an array/,
	],
	[
		'JSON that is none',
		inItem({ accounts: `[{"accountNumber": "${NUMBER}"` }),
		'Accounts (JSON)',
		/is not valid JSON/,
		/an array/,
	],
	[
		'JSON of another kind',
		inItem({ accounts: '"text"' }),
		'Accounts (JSON)',
		/is not valid JSON/,
		/an array/,
	],
	['a number as JSON', inItem({ accounts: '7' }), 'Accounts (JSON)', / /, /an array/],
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
		'%s: the message names item and field, the hint says what to do',
		async (_, bad, field, wrong, fix) => {
			const result = await run(bad, 'continueRegularOutput');
			const [failed, ...more] = failedItems(result);
			expect(more).toEqual([]);
			expect(failed).toMatchObject({ errorCode: 'BAD_INPUT', field, row: 2 });
			expect(failed?.error.startsWith(`'${field}' `)).toBe(true);
			expect(failed?.error).toMatch(wrong);
			expect(failed?.error).not.toMatch(/\[item|row \d/);
			expect(failed?.errorHint).toMatch(fix);
			expect(failed?.errorHint).toMatch(/Nothing was sent to Juspay for this row\.$/);
			const text = textOf(failed as FailedItem);
			expect(text).not.toMatch(EMPTY_WORDS);
			expect(text).not.toMatch(/undefined|\[object|NaN/);
			// Nine digits and more are an account or phone number; the example in the advice is nobody's.
			expect(
				text.replaceAll(/026291800001191|9164326296@upi|9876543210@upi|AABF0008032/g, ''),
			).not.toMatch(/\d{5}/);
		},
	);

	it.each(CASES)('%s: nothing of it is sent, and the other items go through', async (_, bad) => {
		const result = await run(bad, 'continueRegularOutput');
		expect(result.items().map(({ errorCode = 'fine' }) => errorCode)).toEqual([
			'fine',
			'BAD_INPUT',
			'fine',
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2]);
		expect(juspay.simulator.accounts().map(({ vpa }) => vpa)).toEqual([
			'fine.one@upi',
			'fine.two@upi',
		]);
		expect(juspay.simulator.counters.requests).toMatchObject({
			createAccounts: 2,
			listAccounts: 2,
		});
	});

	it.each(CASES)(
		'%s: the workflow stops before anything is sent',
		async (_, bad, field, wrong, fix) => {
			const result = await run(bad);
			expect(result.status).toBe('error');
			expect(result.error).toMatchObject({
				name: 'NodeOperationError',
				context: { itemIndex: 1 },
			});
			expect(result.error?.message.startsWith(`'${field}' `)).toBe(true);
			expect(result.error?.message).toMatch(wrong);
			expect(result.error?.message).toMatch(/, row 2 of 3 \[item 1\]$/);
			expect(result.error?.description).toMatch(fix);
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

describe('values that can be mended are mended', () => {
	it.each<[string, IDataObject, IDataObject]>([
		['blanks around an account number', bank({ accountNumber: ` ${NUMBER}\n` }), BANK],
		[
			'blanks and hyphens in an account number',
			bank({ accountNumber: '0262-9180 0004\u00a0321' }),
			BANK,
		],
		["Excel's apostrophe", bank({ accountNumber: `'${NUMBER}` }), BANK],
		['an IFSC in lower case, with blanks', bank({ ifsc: ' aabf0008032 ' }), BANK],
		['blanks around a UPI ID', { vpa: '\t9164326296@upi\u200b' }, UPI],
		['a bank code as a number', bank({ bankCode: 12 }), bank({ bankCode: '12' })],
		[
			'a name with blanks and a line break',
			bank({ beneficiaryName: ' Asha \n Rao ' }),
			bank({ beneficiaryName: 'Asha Rao' }),
		],
	])('%s', async (_, given, stored) => {
		const result = await juspay.createEach([{ customer: 'cst_one', accounts: [given] }]);
		expect(result.error).toBeUndefined();
		expect(juspay.simulator.accounts('cst_one')).toEqual([expect.objectContaining(stored)]);
	});

	it.each([
		['blanks around a customer ID', '\u00a0cst_one\n'],
		['nothing', 'cst_one'],
	])('%s', async (_, customer) => {
		const result = await juspay.createEach([{ customer, accounts: [UPI] }]);
		expect(result.items()).toEqual([expect.objectContaining({ customerId: 'cst_one' })]);
	});

	it('a customer ID as a number', async () => {
		juspay.simulator.seedCustomers(['1122']);
		const result = await juspay.createEach([{ customer: 1122, accounts: [UPI] }]);
		expect(result.error).toBeUndefined();
		expect(juspay.simulator.accounts('1122')).toHaveLength(1);
	});
});
