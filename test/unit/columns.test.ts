import fc from 'fast-check';
import {
	checkMappings,
	columnsUsed,
	findColumns,
	headersOf,
	missingColumns,
	notUsed,
} from '../../nodes/Juspay/account/columns';
import { COLUMN_FIELDS } from '../../nodes/Juspay/account/headers';
import type { ColumnName } from '../../nodes/Juspay/account/headers';
import type { Columns, Mapping } from '../../nodes/Juspay/account/columns';

const foundIn = (...headers: string[]) => {
	const found = findColumns(headers);
	return found.ambiguous ?? found.columns;
};

/** Each field with each header that it is known by. */
const KNOWN = COLUMN_FIELDS.flatMap(({ name, headers }) =>
	headers.flat().map((header): [string, ColumnName] => [header, name]),
);

describe('the usual headers', () => {
	it.each([
		['customer_id', 'customerId'],
		['Customer ID', 'customerId'],
		['CustomerId', 'customerId'],
		['Customer Code', 'customerId'],
		['Cust. ID', 'customerId'],
		['Customer', 'customerId'],
		['Account No', 'accountNumber'],
		['Account No.', 'accountNumber'],
		['A/c No', 'accountNumber'],
		['Acc No', 'accountNumber'],
		['ACCOUNT-NUMBER', 'accountNumber'],
		['Bank Account Number', 'accountNumber'],
		['IFSC', 'ifsc'],
		['IFSC Code', 'ifsc'],
		['ifsc.code', 'ifsc'],
		['Name', 'beneficiaryName'],
		['Account Holder Name', 'beneficiaryName'],
		['Bank Code', 'bankCode'],
		['UPI', 'vpa'],
		['UPI ID', 'vpa'],
		['VPA', 'vpa'],
		['VPA / UPI ID', 'vpa'],
		['VPA (UPI ID)', 'vpa'],
		['A/c No (16 digits)', 'accountNumber'],
		['IFSC [11 letters]', 'ifsc'],
		['\ufeffcustomer_id', 'customerId'],
		[' ifsc ', 'ifsc'],
		['Ｉfsc', 'ifsc'],
	])('%j is the column of %s', (header, name) => {
		expect(findColumns(['city', header])).toStrictEqual({
			columns: { [name]: header },
			unused: ['city'],
		});
	});

	it('are found in any case and with any blanks and signs between their words', () => {
		const between = fc.constantFrom(' ', '_', '-', '.', '', '  ', ' - ', ': ');
		fc.assert(
			fc.property(
				fc.constantFrom(...KNOWN),
				between,
				fc.boolean(),
				([header, name], sign, isUpper) => {
					const spelled = header.replaceAll(/[ _]/g, sign);
					const written = isUpper ? spelled.toUpperCase() : spelled;
					expect(foundIn(written)).toEqual({ [name]: written });
				},
			),
		);
	});

	it('belong to one field each', () => {
		for (const [header, name] of KNOWN) expect(foundIn(header)).toEqual({ [name]: header });
	});

	it.each([
		'Bank',
		'Bank Name',
		'Branch',
		'Amount',
		'row_number',
		'Account Type',
		'status',
		'VPA / City',
		'VPA, IFSC',
		'VPA / City / UPI ID',
		'City / VPA',
		'',
	])('%j is none', (header) => {
		expect(foundIn(header)).toEqual({});
	});

	it.each([
		[['Customer', 'customer_id'], { customerId: 'customer_id' }],
		[['customer_id', 'Customer'], { customerId: 'customer_id' }],
		[['customer_ref', 'customer_id'], { customerId: 'customer_id' }],
		[['Name', 'Beneficiary Name'], { beneficiaryName: 'Beneficiary Name' }],
		[['Account', 'Account No'], { accountNumber: 'Account No' }],
		[['UPI', 'vpa'], { vpa: 'vpa' }],
	])('of %j, the one that means only that counts', (headers, columns) => {
		expect(foundIn(...headers)).toEqual(columns);
	});

	it.each([
		['is empty in every row', [{ IFSC: ' ', ifsc_code: 'A' }, { ifsc_code: 'B' }], 'ifsc_code'],
		[
			'says the same',
			[
				{ IFSC: 'A', ifsc_code: 'A' },
				{ IFSC: null, ifsc_code: '' },
			],
			'IFSC',
		],
		['says something else once', [{ IFSC: 'A', ifsc_code: 'A' }, { IFSC: 'B' }], undefined],
		['is as empty', [{ IFSC: null }, { ifsc_code: '' }], 'IFSC'],
	])('of two, one that %s', (_, rows, ifsc) => {
		const found = findColumns(['IFSC', 'ifsc_code', 'city'], rows);
		expect(found.ambiguous ? {} : found.columns).toStrictEqual(ifsc ? { ifsc } : {});
	});

	it('that are there twice are named, both of them, for every field at once', () => {
		expect(foundIn('Account No', 'customer_id', 'A/C Number', 'IFSC', 'ifsc_code')).toMatchObject({
			field: 'Columns',
			wrong: `is ambiguous: the items have more than one column for 'Account Number' ("Account No" and "A/C Number"), for 'IFSC' ("IFSC" and "ifsc_code")`,
			fix: expect.stringContaining('Map Each Column Manually'),
		});
	});
});

describe('missing columns', () => {
	const ALL: Columns = { customerId: 'c', accountNumber: 'a', ifsc: 'i', vpa: 'v' };
	const without = (...names: ColumnName[]) =>
		Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name as ColumnName)));

	it.each([
		['nothing', [], undefined],
		['the UPI ID', ['vpa'], undefined],
		['the bank account', ['accountNumber', 'ifsc'], undefined],
		['the customer', ['customerId'], 'Customer ID'],
		['the IFSC, beside UPI IDs', ['ifsc'], undefined],
		['the IFSC', ['ifsc', 'vpa'], 'IFSC'],
		['the account number', ['accountNumber', 'vpa'], 'Account Number'],
		['the account', ['accountNumber', 'ifsc', 'vpa'], 'Account Number and IFSC (or UPI ID)'],
		['customer and IFSC', ['customerId', 'ifsc', 'vpa'], 'Customer ID, IFSC'],
	] as Array<[string, ColumnName[], string | undefined]>)(
		'where %s is missing',
		(_, names, missing) => {
			const wrong = missingColumns(without(...names), ['city'])?.wrong;
			expect(wrong).toBe(missing && `No column found for ${missing}`);
		},
	);

	it('are named with those that are there, and never with an account', () => {
		const problem = missingColumns({}, ['City', '026291800004321', 'y'.repeat(1000), '<b>']);
		expect(problem?.fix).toMatch(
			/^The items have the columns "City", "XXXXXXXXXXX4321", "y{59}…", "‹b›"\./,
		);
	});

	it('are named with what could be meant for them', () => {
		const headers = ['Customer', 'Client', 'ISFC'];
		expect(missingColumns({ customerId: 'Customer' }, headers)?.fix).toBe(
			`The items have the columns "Customer", "Client", "ISFC". "Client" could also be Customer ID, which has another column; "ISFC" looks like IFSC. Rename them, or set 'Mapping Column Mode' to Map Each Column Manually.`,
		);
	});

	it('are named alone where none could be meant', () => {
		expect(missingColumns({}, ['City'])).toMatchObject({
			field: 'Columns',
			fix: `The items have the columns "City". Rename them, or set 'Mapping Column Mode' to Map Each Column Manually.`,
		});
	});

	it('of items that are empty point to the node before', () => {
		expect(missingColumns({}, [])).toMatchObject({
			field: 'Columns',
			wrong: "can't be found: the items are empty",
			fix: 'Check the node before this one.',
		});
	});

	it('are looked for in every item', () => {
		expect(headersOf([{ a: 1 }, {}, { b: null, a: 2 }])).toEqual(['a', 'b']);
	});
});

describe('columns mapped by hand', () => {
	const MAPPED: Mapping[] = [
		{ name: 'customerId', path: ['Kunde'] },
		{ name: 'vpa', path: ['bank', 'upi'] },
		{ name: 'bankCode', text: '12' },
		{ name: 'beneficiaryName' },
	];
	const headers = ['Kunde', 'bank'];

	it('fit where some item has each of them', () => {
		expect(checkMappings(MAPPED, headers, () => true)).toBeUndefined();
	});

	it('that no item has are named, all at once', () => {
		expect(checkMappings(MAPPED, headers, () => false)).toMatchObject({
			wrong: 'uses columns that no item has: "Kunde" (Customer ID), "bank.upi" (UPI ID)',
			fix: 'The items have the columns "Kunde", "bank".',
		});
	});

	it('may be absent where no account needs them', () => {
		const isThere = ([first]: readonly string[]) => first !== 'Code';
		const mapped: Mapping[] = [...MAPPED, { name: 'ifsc', path: ['Code'] }];
		expect(checkMappings(mapped, headers, isThere)).toBeUndefined();
	});

	it.each([
		['the items have another column of that meaning: renamed', 'IFSC Code', [], true],
		['that other column is read for another field', 'IFSC Code', ['IFSC Code'], false],
		['the other column means another field', 'UPI ID', [], false],
	])('may be absent, or not: %s', (_, other, bankCode, isRefused) => {
		const mapped: Mapping[] = [
			{ name: 'customerId', path: ['Kunde'] },
			{ name: 'vpa', path: ['bank', 'upi'] },
			{ name: 'ifsc', path: ['Code'] },
			{ name: 'bankCode', path: bankCode },
		];
		const wrong = checkMappings(mapped, ['Kunde', other], ([first]) => first !== 'Code');
		expect(wrong?.wrong).toBe(
			isRefused ? 'uses a column that no item has: "Code" (IFSC)' : undefined,
		);
	});

	it('that lack something are named', () => {
		expect(checkMappings([{ name: 'accountNumber' }], headers, () => true)).toMatchObject({
			wrong: 'has no value for Customer ID, IFSC',
		});
	});

	it("that contain a column's name as text are recognized", () => {
		const typed: Mapping[] = [{ name: 'customerId', text: 'Kunde' }, { name: 'vpa' }];
		expect(checkMappings(typed, headers, () => true)).toMatchObject({
			wrong: 'contains the name of a column instead of its value: "Kunde" (Customer ID)',
		});
	});
});

describe('several columns of one meaning', () => {
	const MASKED = 'as********ao@upi';
	const columnsIn = (rows: Array<Record<string, unknown>>) => {
		const found = findColumns(headersOf(rows), rows);
		return found.ambiguous ? 'ambiguous' : found.columns;
	};

	it.each<[string, Array<Record<string, unknown>>, object | 'ambiguous']>([
		['an own one beside a masked one', [{ upiId: MASKED, vpa: 'asha.rao@upi' }], { vpa: 'vpa' }],
		['an own one that comes first', [{ vpa: 'asha.rao@upi', upiId: MASKED }], { vpa: 'vpa' }],
		['a masked one alone', [{ upiId: MASKED }], { vpa: 'upiId' }],
		[
			'a masked account number',
			[{ account_number: 'XXXXXXXXXXX4321', accountNumber: '026291800004321' }],
			{ accountNumber: 'accountNumber' },
		],
		['a masked one whose own neighbor is empty', [{ upiId: MASKED, vpa: '' }], { vpa: 'upiId' }],
		[
			'one that only some rows have masked',
			[
				{ upiId: MASKED, vpa: 'asha.rao@upi' },
				{ upiId: 'ravi@upi', vpa: 'ravi.k@upi' },
			],
			'ambiguous',
		],
		[
			'an X among digits, which masks nothing',
			[{ upiId: 'XXasha@upi', vpa: 'asha.rao@upi' }],
			'ambiguous',
		],
		[
			"Juspay's ID of the customer whose own ID is there",
			[{ Customer_ID: 'customer_asha', customerId: 'cst_1', objectReferenceId: 'customer_asha' }],
			{ customerId: 'Customer_ID' },
		],
		[
			'an ID that is not the one which Juspay returned',
			[{ Customer_ID: 'customer_asha', customerId: 'cst_1', objectReferenceId: 'customer_ravi' }],
			'ambiguous',
		],
		[
			'another field of a customer that was returned',
			[{ vpa: 'asha@upi', upiId: 'ravi@upi', objectReferenceId: 'asha@upi' }],
			'ambiguous',
		],
	])('%s', (_, rows, expected) => {
		const columns = columnsIn(rows);
		if (expected === 'ambiguous') expect(columns).toBe('ambiguous');
		else expect(columns).toMatchObject(expected);
	});
});

describe('headers that mean something in the end only', () => {
	it.each([
		['Account', 'accountNumber'],
		['Bank Account', 'accountNumber'],
		['Client Code', 'customerId'],
		['Full Name', 'beneficiaryName'],
	])('%j is the column of %s where there is no better one', (header, name) => {
		expect(foundIn(header)).toEqual({ [name]: header });
	});

	it('are not looked for beyond 100 characters', () => {
		expect(foundIn(`${' '.repeat(100)}customer_id`)).toEqual({});
	});

	it.each([
		['Beneficiary Name', ['Payee Name', 'Name at Bank']],
		['Bank Code', ['bank_code', 'Juspay Bank Code']],
		['UPI ID', ['vpa', 'UPI Address']],
	])('are ambiguous for the field as the user sees it: %s', (label, headers) => {
		expect(foundIn(...headers)).toMatchObject({ wrong: expect.stringContaining(`'${label}' (`) });
	});
});

describe('the columns that there are', () => {
	const fixFor = (count: number) =>
		missingColumns(
			{},
			Array.from({ length: count }, (_, index) => `city${index}`),
		)?.fix ?? '';

	it('are named, twenty of them at most, with a sign that there are more', () => {
		expect(fixFor(20)).toMatch(/"city18", "city19"\./);
		expect(fixFor(21)).toMatch(/"city18", "city19", …\./);
	});

	it('are of no help where an IFSC has no account number and no UPI ID beside it', () => {
		expect(missingColumns({ customerId: 'c', ifsc: 'i' }, ['c', 'i'])?.wrong).toMatch(
			/for Account Number$/,
		);
	});

	it('may be none at all', () => {
		const mapped: Mapping[] = [
			{ name: 'customerId', path: ['Kunde'] },
			{ name: 'vpa', text: 'a@upi' },
		];
		expect(checkMappings(mapped, [], () => false)).toMatchObject({
			wrong: 'uses a column that no item has: "Kunde" (Customer ID)',
			fix: expect.stringMatching(/^Check .*\.$/),
		});
	});
});

describe('headers that are nearly usual ones', () => {
	const warned = (header: string) => notUsed([header], () => false);

	it.each([
		['Benificiary Name', 'Beneficiary Name'],
		['Acount Number', 'Account Number'],
		['IFSC Cod', 'IFSC'],
		['ISFC', 'IFSC'],
		['ISFC Code', 'IFSC'],
		['Costumer ID', 'Customer ID'],
		['Acconut No.', 'Account Number'],
		['UPI ADRESS', 'UPI ID'],
		['UPI VPPA', 'UPI ID'],
		['KIFSC Code', 'IFSC'],
		['Bank Account Noe', 'Account Number'],
		['Benefciary Nam', 'Beneficiary Name'],
		['RTGS/IFSC Code', 'IFSC'],
		['Payee VPA', 'UPI ID'],
		['Google Pay UPI ID', 'UPI ID'],
		['Benefiiciary Naame', 'Beneficiary Name'],
	])('are told with what they look like: %s', (header, label) => {
		expect(warned(header)).toContain(`"${header}" looks like ${label}`);
	});

	it.each([
		...[
			'Sl. No',
			'City',
			'Email',
			'Amount',
			'Cost',
			'Mean',
			'VAP',
			'Status',
			'Phone Number',
			'Date',
			'Remarks',
			'UPI Reference No',
		],
		...['Account Type', 'Customer Email', 'Branch', 'Bank', 'Mobile', 'Invoice No', 'PAN', 'GST'],
	])('are few: %s is none', (header) => {
		expect(warned(header)).toBe(`Not used: ${header}.`);
	});

	it.each<[Array<[string, string]>, string[], string]>([
		[
			[
				['Customer ID', 'Kunde'],
				['IFSC', 'Code'],
			],
			[],
			'Columns used: Customer ID ← Kunde, IFSC ← Code.',
		],
		[[['IFSC', 'Code']], ['City'], 'Columns used: IFSC ← Code. Not used: City.'],
		[[], ['City'], 'Not used: City.'],
	])('are told after those that are read: %j', (used, unused, said) => {
		expect(columnsUsed(used, unused, () => false)).toBe(said);
	});

	it('are told all at once, twenty of them at most', () => {
		expect(notUsed([], () => true)).toBe('');
		expect(notUsed(['ISFC', 'Client'], () => true)).toBe(
			'Not used: ISFC, Client. Check the names: "ISFC" looks like IFSC, which has another column; "Client" could also be Customer ID, which has another column.',
		);
		expect(notUsed(Array(21).fill('ISFC'), () => true).match(/looks like/g)).toHaveLength(20);
	});

	it('are found in a moment, however many and long they are', () => {
		const headers = Array.from({ length: 500 }, (_, at) => `Benificiary${'x'.repeat(300)} ${at}`);
		const begun = performance.now();
		expect(notUsed(headers, () => true)).toMatch(/and 480 more\.$/);
		expect(performance.now() - begun).toBeLessThan(1000);
	});
});
