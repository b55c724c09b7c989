import fc from 'fast-check';
import * as contract from '../../nodes/Juspay/wire/contract';
import {
	readAccount,
	readAccounts,
	readCreated,
	readCustomer,
	readDeleted,
	readVerification,
} from '../../nodes/Juspay/wire/read';
import { isRefusal } from '../../nodes/Juspay/wire/refusal';
import { bank, SETTINGS, upi } from './accounts';

const BANK = { ...bank('026291800001191', 'AABF0008032', 'test'), bankCode: 'JP_HDFC' };
const UPI = upi('9164326296@upi');
const ASHA = {
	mobileNumber: '9876543210',
	mobileCountryCode: '91',
	emailAddress: 'asha@example.com',
	firstName: 'Asha',
	lastName: 'Rao',
};

const DETAILS = {
	account_number: '026291800001191',
	beneficiary_name: 'test',
	ifsc: 'AABF0008032',
	bank_code: '12',
	bank_name: 'SBI',
};
const WIRE = {
	object: 'customer_account',
	id: 'banh_1',
	customer_id: 'cst_1',
	date_created: '2023-06-06T13:28:20Z',
	account_details: DETAILS,
	validation_amount: '1',
	currency: 'INR',
	validation_status: 'CREATED',
	last_validated: '2023-06-06T13:28:21Z',
};
const OTHER = { ...WIRE, id: 'banh_2' };
const ERROR = { error_info: { code: 'INVALID_ACCOUNT_DETAILS' } };

function without(object: object, ...keys: string[]): object {
	return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Something with objects around it. */
const wrapped = (depth: number, inner: object): object =>
	depth === 0 ? inner : { result: wrapped(depth - 1, inner) };

/** What an answer is read as, in short. */
function read(body: unknown, customerId = 'cst_1') {
	const found = readAccounts(body, customerId);
	if (!found) return undefined;
	const { accounts, refusals, entries } = found;
	const unread = entries - accounts.length - refusals.length;
	return { ...found, unread, accounts: accounts.map(({ id }) => id) };
}

describe('the hosts', () => {
	it('are the ones that Juspay names', () => {
		expect(contract.HOSTS).toEqual({
			production: 'https://api.juspay.in',
			sandbox: 'https://sandbox.juspay.in',
		});
	});
});

describe('a call', () => {
	it.each([
		['create', contract.createAccounts('c', [UPI], SETTINGS), 'POST /customers/c/accounts'],
		['list', contract.listAccounts('c', '', 0), 'GET /customers/c/customer-accounts/list'],
		[
			'next page',
			contract.listAccounts('c', '', 20),
			'GET /customers/c/customer-accounts/list?offset=20',
		],
		['get', contract.getAccount('c', 'a', ''), 'GET /customers/c/customer-accounts/a'],
		[
			'validate',
			contract.validateAccount('c', 'a', SETTINGS),
			'POST /customers/c/customer-accounts/a/validate',
		],
		['delete', contract.deleteAccount('c', 'a', ''), 'POST /customers/c/customer-accounts/a'],
		['customer', contract.getCustomer('c', ''), 'GET /customers/c'],
	])('to %s goes where Juspay says, with the customer as routing ID', (_, call, line) => {
		expect(`${call.method} ${call.path}`).toBe(line);
		expect(call.routingId).toBe('c');
		expect(call.form === undefined).toBe(call.method === 'GET');
	});

	it.each([
		['create', contract.createAccounts('c', [UPI], { ...SETTINGS, routingId: 'r' })],
		['list', contract.listAccounts('c', 'r', 0)],
		['get', contract.getAccount('c', 'a', 'r')],
		['validate', contract.validateAccount('c', 'a', { ...SETTINGS, routingId: 'r' })],
		['delete', contract.deleteAccount('c', 'a', 'r')],
		['customer', contract.getCustomer('c', 'r')],
	])('to %s takes the routing ID that the merchant chose', (_, call) => {
		expect(call.routingId).toBe('r');
	});

	it('keeps IDs whole in its path, whatever is in them', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (customer, account) => {
				const { path } = contract.getAccount(customer, account, '');
				expect(path.split('/').map(decodeURIComponent)).toEqual([
					'',
					'customers',
					customer,
					'customer-accounts',
					account,
				]);
				expect(path).not.toMatch(/[?#\s]/);
			}),
		);
	});
});

describe('the form of a create', () => {
	it('contains the accounts as one JSON text, in order, the bank code beside the bank account', () => {
		const { form } = contract.createAccounts('c', [BANK, UPI], SETTINGS);
		expect(Object.keys(form ?? {})).toEqual(['account_details']);
		expect(JSON.parse(form?.account_details ?? '')).toEqual([
			{
				bank_code: 'JP_HDFC',
				bank_account: {
					account_number: '026291800001191',
					ifsc: 'AABF0008032',
					beneficiary_name: 'test',
				},
			},
			{ upi: { vpa: '9164326296@upi' } },
		]);
	});

	it('leaves out what an account does not have', () => {
		const { form } = contract.createAccounts('c', [bank('123456789', 'AABF0008032')], SETTINGS);
		expect(form?.account_details).toBe(
			'[{"bank_account":{"account_number":"123456789","ifsc":"AABF0008032"}}]',
		);
	});

	it('never asks for a validation: neither by a command nor by an amount', () => {
		const settings = {
			...SETTINGS,
			gatewayId: '16',
			gatewayReferenceId: 'ref',
			validationAmount: '2',
		};
		expect(contract.createAccounts('c', [], settings).form).toEqual({
			account_details: '[]',
			gateway_id: '16',
			gateway_reference_id: 'ref',
		});
	});

	it('takes the fields that a merchant adds, also in place of its own', () => {
		const bodyFields = [
			{ name: 'metadata.source', value: 'n8n' },
			{ name: 'gateway_id', value: '' },
		];
		const settings = { ...SETTINGS, gatewayId: '16', bodyFields };
		expect(contract.createAccounts('c', [], settings).form).toEqual({
			account_details: '[]',
			gateway_id: '',
			'metadata.source': 'n8n',
		});
	});
});

describe('the form of a validation', () => {
	it.each([
		[SETTINGS, {}],
		[
			{ ...SETTINGS, gatewayId: '16', validationAmount: '2', gatewayReferenceId: 'ref' },
			{ gateway_id: '16', amount: '2' },
		],
	])('names gateway and amount where they are set: %#', (settings, form) => {
		expect(contract.validateAccount('c', 'a', settings).form).toEqual(form);
	});
});

describe('an account in an answer', () => {
	const READ = {
		id: 'banh_1',
		customerId: 'cst_1',
		type: 'bankAccount',
		accountNumber: '026291800001191',
		ifsc: 'AABF0008032',
		beneficiaryName: 'test',
		vpa: '',
		status: 'CREATED',
		dateCreated: '2023-06-06T13:28:20Z',
		lastValidated: '2023-06-06T13:28:21Z',
	};
	const bare = without(WIRE, 'account_details');

	it.each<[string, object]>([
		['in account_details', WIRE],
		['flat on the object', { ...bare, ...DETAILS }],
		['one level deeper', { ...bare, account_details: { bank_account: DETAILS } }],
		[
			'two levels deeper',
			{ ...bare, account_details: { details: { bank_account: DETAILS, upi: {} } } },
		],
		['beside an empty UPI ID', { ...bare, account_details: { bank_account: DETAILS, upi: {} } }],
		['beside an empty vpa', { ...bare, account_details: { bank_account: DETAILS, vpa: '' } }],
		['in upper case statuses or not', { ...WIRE, validation_status: ' created ' }],
		["under the predecessor's ID", { ...without(WIRE, 'id'), bank_account_id: 'banh_1' }],
		[
			'beside objects that are no details',
			{
				metadata: { account_number: '1', vpa: 'a@b' },
				customer: { ifsc: 'x', beneficiary_name: 'x' },
				...WIRE,
			},
		],
	])('is read with its details %s', (_, wire) => {
		expect(readAccount(wire, 'c', 'banh_1')).toEqual({ ...READ, raw: wire });
	});

	it.each<[string, object]>([
		['in account_details', { account_details: { vpa: '9164326296@upi' } }],
		['flat on the object', { vpa: '9164326296@upi' }],
		['one level deeper', { account_details: { upi: { vpa: '9164326296@upi' } } }],
		['as text', { account_details: { upi: '9164326296@upi' } }],
		[
			'beside an empty bank account',
			{ account_details: { bank_account: {}, vpa: '9164326296@upi' } },
		],
		[
			'beside a bank account of empty texts',
			{
				account_details: {
					bank_account: { account_number: '', ifsc: null },
					vpa: '9164326296@upi',
				},
			},
		],
	])('is a UPI ID with its details %s', (_, details) => {
		expect(readAccount({ ...bare, ...details }, 'c', 'banh_1')).toMatchObject({
			type: 'upi',
			vpa: '9164326296@upi',
			accountNumber: '',
			ifsc: '',
		});
	});

	it.each<[string, object, object]>([
		['a number as a number', { account_number: 123456789 }, { accountNumber: '123456789' }],
		['a number in part', { account_number: 'XXXX1191' }, { accountNumber: 'XXXX1191' }],
		['no number', { account_number: null, ifsc: 'A' }, { accountNumber: '', type: 'bankAccount' }],
		['a name only', { beneficiary_name: 'test' }, { type: '', beneficiaryName: 'test' }],
		['`upi: true`', { upi: true, ifsc: 'A' }, { vpa: '', type: 'bankAccount' }],
	])('shows %s', (_, account_details, expected) => {
		expect(readAccount({ ...bare, account_details }, 'c', 'banh_1')).toMatchObject(expected);
	});

	it.each([
		['as text', '12', '12'],
		['as a number', 12, '12'],
		['as a big number', 12n, '12'],
	])('has its ID %s', (_, id, asked) => {
		expect(readAccount({ ...WIRE, id }, 'c', asked)?.id).toBe('12');
	});

	it.each<[string, object]>([
		['absent', without(WIRE, 'last_validated', 'customer_id', 'date_created')],
		['null', { ...WIRE, last_validated: null, customer_id: null, date_created: null }],
		['empty', { ...WIRE, last_validated: '', customer_id: '', date_created: '' }],
	])('may have no last validation, no customer and no date: %s', (_, wire) => {
		expect(readAccount(wire, 'c', 'banh_1')).toMatchObject({
			customerId: 'c',
			lastValidated: '',
			dateCreated: '',
		});
	});

	it.each<[string, unknown]>([
		['undefined', undefined],
		['null', null],
		['text', 'banh_1'],
		['an empty array', []],
		['an empty object', {}],
		['an empty ID', { ...WIRE, id: '' }],
		['an ID that is an object', { ...WIRE, id: {} }],
		['another ID', OTHER],
		['neither details nor status', { id: 'banh_1', customer_id: 'cst_1' }],
		['empty details and no status', { id: 'banh_1', account_details: { bank_account: {} } }],
		['an error beside an ID', { ...WIRE, error_code: 'INVALID_INPUT' }],
		['two accounts', [WIRE, OTHER]],
		["another customer's account", { ...WIRE, customer_id: 'cst_2' }],
	])('is none where there is %s', (_, wire) => {
		expect(readAccount(wire, 'cst_1', 'banh_1')).toBeUndefined();
	});

	it.each<[string, unknown]>([
		['alone in an array', [WIRE]],
		['alone in a list', { list: [WIRE], total: 1 }],
		['under another key', { customer_account: WIRE }],
	])('may come %s', (_, body) => {
		expect(readAccount(body, 'c', 'banh_1')?.id).toBe('banh_1');
	});
});

describe('the accounts in an answer', () => {
	const BOTH = ['banh_1', 'banh_2'];

	it.each<[string, unknown, string[], number | undefined]>([
		['a bare array', [WIRE, OTHER], BOTH, undefined],
		['`list`', { object: 'list', list: [WIRE, OTHER], total: 2, offset: 0, count: 2 }, BOTH, 2],
		['`data`', { data: [WIRE, OTHER] }, BOTH, undefined],
		['`accounts`', { accounts: [WIRE, OTHER] }, BOTH, undefined],
		['another single key', { object: 'list', customer_accounts: [WIRE, OTHER] }, BOTH, undefined],
		['a key beside another', { paging: { limit: 2 }, results: [WIRE, OTHER] }, BOTH, undefined],
		['one wrapper deeper', { status: 'ok', payload: { list: [WIRE, OTHER], total: 2 } }, BOTH, 2],
		...['total_count', 'totalCount', 'total_records', 'totalItems', 'total_results'].map(
			(key): [string, unknown, string[], number] => [
				key,
				{ list: [WIRE, OTHER], [key]: 5 },
				BOTH,
				5,
			],
		),
		['a summary', { rows: [WIRE, OTHER], summary: { count: 2, totalCount: 5 } }, BOTH, 5],
		['amounts', { list: [WIRE, OTHER], total_amount: 5 }, BOTH, undefined],
		['one wrapper deeper, the total outside', { total: 7, data: { list: [WIRE] } }, ['banh_1'], 7],
		['two wrappers deeper', { response: { payload: { accounts: [WIRE] } } }, ['banh_1'], undefined],
		['the object itself', WIRE, ['banh_1'], undefined],
		['the object under a key', { account: WIRE }, ['banh_1'], undefined],
		['an empty list key beside one', { data: null, accounts: [WIRE] }, ['banh_1'], undefined],
		['an empty list beside a full one', { list: [], accounts: [WIRE] }, ['banh_1'], undefined],
		['an empty list in an answer with an ID of its own', { id: 'req_1', list: [] }, [], undefined],
		['a wrapper with an ID', { id: 'req_1', data: { list: [WIRE] } }, ['banh_1'], undefined],
		['a list beside an ID', { id: 'req_1', list: [WIRE] }, ['banh_1'], undefined],
		['an object with a list key of its own', { ...WIRE, data: null }, ['banh_1'], undefined],
		['an empty array', [], [], undefined],
		['an empty list', { list: [], total: 0 }, [], 0],
		['null', null, [], undefined],
		['{}', {}, [], undefined],
		['`list: null`', { list: null }, [], undefined],
		['a total of 0 without a list', { object: 'list', total: 0 }, [], 0],
		['three wrappers deeper', wrapped(3, { list: [WIRE] }), ['banh_1'], undefined],
		['beside `list` as text', { list: 'all', items: [WIRE] }, ['banh_1'], undefined],
		['in `data`, without `list`', { list: null, data: { list: [WIRE] } }, ['banh_1'], undefined],
		['an empty list in a wrapper', { result: { list: [] } }, [], undefined],
		['a list with a blank total', { list: [WIRE], total: ' ' }, ['banh_1'], undefined],
	])('are read from %s', (_, body, ids, total) => {
		expect(read(body)).toMatchObject({
			accounts: ids,
			refusals: [],
			unread: 0,
			entries: ids.length,
			total,
			hasMore: false,
			isTroubled: false,
		});
	});

	it('are read beside a word of trouble, which is told', () => {
		const found = read({ status: 'failed', list: [WIRE] });
		expect(found).toMatchObject({ accounts: ['banh_1'], isTroubled: true });
	});

	it.each<[string, unknown]>([
		['undefined', undefined],
		['text', '<html>'],
		['a number', 7],
		['`list` as text', { list: 'x' }],
		['two lists', { new: [WIRE], old: [OTHER] }],
		['two objects', { new: WIRE, old: OTHER }],
		['an object without an ID', { status: 'ok', message: 'done' }],
		['a total without a list', { object: 'list', total: 3 }],
		['wrappers without end', { a: { b: { c: { d: { e: [WIRE] } } } } }],
		['four wrappers', wrapped(4, { list: [WIRE] })],
		['an empty object under a key that is no list', { meta: {} }],
		['a word of trouble beside nothing', { status: 'error', data: null }],
		['an error of another kind', { error: 'Service down', list: [] }],
		['a total of none beside a word of trouble', { status: 'FAILED', total: 0 }],
	])('are not there in %s', (_, body) => {
		expect(read(body)).toBeUndefined();
	});

	it.each<[unknown, number | undefined]>([
		['7', 7],
		[7, 7],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
		['many', undefined],
		[-1, undefined],
		[1.5, undefined],
		[{}, undefined],
	])('are %j in all: %j', (total, expected) => {
		expect(read({ list: [WIRE], total })?.total).toBe(expected);
	});

	it.each<[string, unknown, accounts: string[], refusals: number, unread: number]>([
		['an error object beside an account', [WIRE, ERROR], ['banh_1'], 1, 0],
		['an error object with an ID', [{ ...WIRE, ...ERROR }, OTHER], ['banh_2'], 1, 0],
		['an error in place of the accounts', { status: 'error', error_code: 'x' }, [], 1, 0],
		[
			'an error beside an empty list',
			{ error_code: 'x', error_message: 'y', data: null },
			[],
			1,
			0,
		],
		['entries that are none', [WIRE, null, 'x', {}, { id: 'banh_3' }], ['banh_1'], 0, 4],
		['a UPI ID without a status', { id: 'banh_1', vpa: 'asha@upi' }, ['banh_1'], 0, 0],
		[
			'the name of a bank without a status',
			{ id: 'banh_1', account_details: { bank_name: 'SBI' } },
			['banh_1'],
			0,
			0,
		],
		['empty details alone', { id: 'banh_1', vpa: '' }, [], 0, 1],
		['an ID alone', { id: 'banh_1' }, [], 0, 1],
		[
			'an account with an empty error_info',
			[{ ...WIRE, error_info: {}, error_code: null }],
			['banh_1'],
			0,
			0,
		],
		[
			'an account with an error_info in which nothing stands',
			[{ ...WIRE, error_info: { code: '', user_message: null, fields: [] } }],
			['banh_1'],
			0,
			0,
		],
	])('are told from %s', (_, body, accounts, refusals, unread) => {
		const found = read(body);
		expect(found).toMatchObject({ accounts, unread });
		expect(found?.refusals).toHaveLength(refusals);
	});

	it('have one whose validation has failed, and that says why', () => {
		const failed = { ...WIRE, validation_status: 'Failure', error_message: 'Closed', ...ERROR };
		expect(read([failed])).toMatchObject({ accounts: ['banh_1'], unread: 0, refusals: [] });
		expect(readAccount(failed, 'cst_1', 'banh_1')?.status).toBe('FAILURE');
		const { read: readValidated } = contract.validateAccount('cst_1', 'banh_1', SETTINGS);
		expect(readValidated({ status: 200, headers: {}, body: failed })).toBeUndefined();
	});

	it.each([{ user_message: 'Validated' }, { response: ERROR }, { error: ERROR }])(
		'have one beside which stands %j',
		(beside) => {
			expect(read([{ ...WIRE, ...beside }])).toMatchObject({ accounts: ['banh_1'], refusals: [] });
			expect(readAccount({ ...WIRE, ...beside }, 'cst_1', 'banh_1')?.status).toBe('CREATED');
		},
	);

	const of = (id: string, customer_id?: string) => ({
		id,
		validation_status: 'CREATED',
		...(customer_id !== undefined && { customer_id }),
	});

	it.each<[string, string, object[], string[]]>([
		['all named as asked', 'ref', [of('1', 'ref'), of('2', 'ref')], ['1', '2']],
		["all by the customer's other ID", 'ref', [of('1', 'cst_1'), of('2', 'cst_1')], ['1', '2']],
		["asked for by Juspay's ID, named by the merchant's", 'cst_1', [of('1', 'ref')], ['1']],
		['named by none', 'ref', [of('1'), of('2')], ['1', '2']],
		['some named by the other ID, some by none', 'ref', [of('1', 'cst_1'), of('2')], ['1', '2']],
		['entries that differ', 'ref', [of('1', 'ref'), of('2', 'other')], ['1']],
		['two letter cases of one ID', 'Ref', [of('1', 'ref'), of('2', 'REF')], ['1', '2']],
		["two letter cases of Juspay's ID", 'cst_A', [of('1', 'cst_a')], ['1']],
		['entries that differ, none as asked', 'ref', [of('1', 'cst_1'), of('2', 'cst_2')], []],
		["another of Juspay's IDs", 'cst_1', [of('1', 'cst_2')], []],
	])("are the customer's, with %s", (_, customerId, body, ids) => {
		const found = read(body, customerId);
		expect(found?.accounts).toEqual(ids);
		expect(found?.unread).toBe(body.length - ids.length);
	});
});

describe('hostile answers', () => {
	const nested = (depth: number, inner: string) =>
		'{"list":'.repeat(depth) + inner + '}'.repeat(depth);

	it.each([
		['nested deeply', nested(5000, '[]')],
		['with details nested deeply', `[{"id":"1","x":${'{"x":'.repeat(5000)}1${'}'.repeat(5001)}]`],
		['an array of arrays', `${'['.repeat(5000)}${']'.repeat(5000)}`],
	])('%s are read without a crash', (_, json) => {
		expect(readAccounts(JSON.parse(json), 'c')?.accounts ?? []).toEqual([]);
	});

	it('an object of very many parts is read in time, and a detail is cut', () => {
		const parts = Object.fromEntries(
			Array.from({ length: 50_000 }, (_, index) => [`part${index}`, { a: { b: {} } }]),
		);
		const body = [
			{ id: '1', validation_status: 'CREATED', vpa: `${'a'.repeat(1e6)}@upi`, ...parts },
		];
		const started = performance.now();
		const [account] = readAccounts(body, 'c')?.accounts ?? [];
		expect(account?.vpa.length).toBeLessThanOrEqual(300);
		expect(performance.now() - started).toBeLessThan(3000);
	});

	it.each(['__proto__', 'constructor', 'toString'])('the key %s is nothing special', (key) => {
		const json = `{"${key}":{"error_code":"x","id":"banh_9","vpa":"a@b"},"id":"banh_1","validation_status":"ACTIVE"}`;
		expect(readAccount(JSON.parse(json), 'c', 'banh_1')?.status).toBe('ACTIVE');
		expect(isRefusal(JSON.parse(`{"${key}":{"error_code":"x"}}`))).toBe(false);
		expect(({} as Record<string, unknown>).error_code).toBeUndefined();
	});
});

describe('a deletion', () => {
	it.each<[unknown, boolean]>([
		[{ status: 'DELETED', id: 'banh_1' }, true],
		[{ status: 'deleted' }, true],
		[{ bank_account_id: 'banh_1', bank_account_status: 'deleted ' }, true],
		...['account', 'customer_account', 'validation'].map((it): [unknown, boolean] => [
			{ [`${it}_status`]: 'DELETED' },
			true,
		]),
		[{ id: 'banh_1', deleted: true }, true],
		[{ id: 'banh_1', deleted: 'True ' }, true],
		[{ id: 'banh_1', deleted: 'no' }, false],
		[{ status: 'success', data: { status: 'DELETED', id: 'banh_1' } }, true],
		[{ status: 'success', data: { status: 'DELETED', id: 'banh_2' } }, false],
		[{ status: 'DELETED', id: 'banh_2' }, false],
		[{ bank_account_id: 'banh_2', bank_account_status: 'deleted' }, false],
		[{ status: 'error' }, false],
		[WIRE, false],
		[[{ status: 'DELETED' }], false],
		[undefined, false],
	])('answered with %j: %j', (body, deleted) => {
		expect(readDeleted(body, 'banh_1')).toBe(deleted);
	});
});

const NO_DETAILS = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: '',
	lastName: '',
};

describe('a call about a customer', () => {
	const FORM = {
		mobile_number: '9876543210',
		mobile_country_code: '91',
		email_address: 'asha@example.com',
		first_name: 'Asha',
		last_name: 'Rao',
	};

	it.each([
		[
			'creates it under its own ID',
			contract.createCustomer('customer_1122', ASHA, ''),
			'POST /customers',
			{ object_reference_id: 'customer_1122', ...FORM },
		],
		[
			'creates it with its ID alone',
			contract.createCustomer('customer_1122', NO_DETAILS, ''),
			'POST /customers',
			{ object_reference_id: 'customer_1122' },
		],
		[
			'updates what is given',
			contract.updateCustomer('customer_1122', { ...NO_DETAILS, firstName: 'Asha' }, ''),
			'POST /customers/customer_1122',
			{ first_name: 'Asha' },
		],
	])('%s', (_, call, line, form) => {
		expect(`${call.method} ${call.path}`).toBe(line);
		expect(call).toMatchObject({ customerId: 'customer_1122', routingId: 'customer_1122' });
		expect(call.form).toStrictEqual(form);
	});

	it('takes the routing ID that the merchant chose', () => {
		expect(contract.createCustomer('customer_1122', ASHA, 'r').routingId).toBe('r');
		expect(contract.updateCustomer('customer_1122', ASHA, 'r').routingId).toBe('r');
	});

	it('is answered with the customer', () => {
		const wire = {
			id: 'cst_1',
			object_reference_id: 'customer_1122',
			...FORM,
			date_created: '2023-06-06T13:28:20Z',
			last_updated: '2023-06-07T13:28:20Z',
		};
		expect(readCustomer(wire)).toEqual({
			id: 'cst_1',
			objectReferenceId: 'customer_1122',
			...ASHA,
			dateCreated: '2023-06-06T13:28:20Z',
			lastUpdated: '2023-06-07T13:28:20Z',
			raw: wire,
		});
	});

	it.each([
		[undefined],
		[[{ id: 'cst_1' }]],
		[{}],
		[{ id: '' }],
		[{ object_reference_id: 'c' }],
		[{ id: 'req-1', error_code: 'x' }],
	])('is not answered with %j', (body) => {
		expect(readCustomer(body)).toBeUndefined();
	});
});

describe('each call', () => {
	it('that deletes says so in its form, and is answered with yes or not at all', () => {
		const { form, read: readAnswer } = contract.deleteAccount('c', 'a', '');
		expect(form).toEqual({ command: 'delete' });
		const answered = { status: 200, headers: {} };
		expect(readAnswer({ ...answered, body: { status: 'DELETED' } })).toBe(true);
		expect(readAnswer({ ...answered, body: { id: 'a' } })).toBeUndefined();
	});

	it('that verifies a UPI ID has it in no header and no path', () => {
		const { method, path, routingId, customerId } = contract.verifyVpa('a@upi', 'm', '');
		expect(`${method} ${path}${routingId}${customerId}`).toBe('POST /v2/upi/verify-vpa');
	});
});

describe('the fields that nobody else may add', () => {
	const keysIn = (value: unknown): string[] =>
		typeof value === 'object' && value !== null
			? Object.entries(value).flatMap(([key, inner]) => [
					...(Array.isArray(value) ? [] : [key]),
					...keysIn(inner),
				])
			: [];

	it('are those of every body at any depth, of headers and paths, and of the amount as answers show it', () => {
		const settings = {
			...SETTINGS,
			gatewayId: '16',
			gatewayReferenceId: 'ref',
			validationAmount: '2',
		};
		const forms = [
			contract.createAccounts('c', [BANK, UPI], settings),
			contract.validateAccount('c', 'a', settings),
			contract.deleteAccount('c', 'a', ''),
			contract.createCustomer('c', ASHA, ''),
			contract.updateCustomer('c', ASHA, ''),
			contract.verifyVpa('a@upi', 'm', ''),
		].map(({ form = {} }) => form);
		const accounts = forms.map((form) => JSON.parse(form.account_details ?? '[]') as unknown);
		const sent = new Set(keysIn([forms, accounts]));
		expect([...contract.SENT_FIELDS].sort()).toEqual(
			[...sent, 'customer_id', 'customer_account_id', 'routing_id', 'validation_amount'].sort(),
		);
	});
});

describe('the details of an account', () => {
	const detailsOf = (more: object) =>
		readAccount({ id: 'banh_1', validation_status: 'CREATED', ...more }, 'c', 'banh_1');
	const nested = (depth: number): object =>
		depth === 0 ? { vpa: 'asha@upi' } : { part: nested(depth - 1) };
	const parts = (count: number) =>
		Object.fromEntries(
			Array.from({ length: count }, (_, index) => [
				`part${index}`,
				index === count - 1 ? { vpa: 'asha@upi' } : {},
			]),
		);

	it.each<[string, object, string]>([
		['three levels deeper', nested(3), 'asha@upi'],
		['four levels deeper', nested(4), ''],
		['in the 20th of its parts', parts(20), 'asha@upi'],
		['in the 21st of its parts', parts(21), ''],
		['in an error about it', { account_details: { error_info: { vpa: 'asha@upi' } } }, ''],
		['in the place of an e-mail address', { email: 'asha@upi' }, ''],
		['as a text that is no UPI ID', { upi: 'yes' }, ''],
	])('that stand %s', (_, more, vpa) => {
		expect(detailsOf(more)?.vpa).toBe(vpa);
	});

	it('are cut also where the UPI ID is a text', () => {
		expect(detailsOf({ upi: `${'a'.repeat(1000)}@upi` })?.vpa).toHaveLength(300);
	});

	it('are empty where Juspay leaves them out', () => {
		expect(detailsOf({})).toMatchObject({ ifsc: '', beneficiaryName: '', accountNumber: '' });
	});
});

describe('a verification', () => {
	const YES = { mandate_details: { is_handle_supported: true } };

	it.each<[object, object]>([
		[
			{ status: ' valid', vpa: 'ASHA@upi ' },
			{ status: 'VALID', customerName: '' },
		],
		[{ status: 'INVALID' }, { status: 'INVALID', mandateSupported: undefined }],
		[{ status: 'VALID', customer_name: ' Asha ' }, { customerName: 'Asha' }],
		[{ status: 'VALID', customer_name: 'verified' }, { customerName: '' }],
		[{ status: 'VALID', customer_name: 'Verified Asha' }, { customerName: 'Verified Asha' }],
		[{ status: 'VALID', customer_name: 'Asha Verified' }, { customerName: 'Asha Verified' }],
		[{ status: 'VALID', ...YES }, { mandateSupported: true }],
		...['true ', 'FALSE ', 'maybe'].map((is_handle_supported, index): [object, object] => [
			{ status: 'VALID', mandate_details: { is_handle_supported } },
			{ mandateSupported: [true, false, undefined][index] },
		]),
	])('of %j says %j', (body, said) => {
		expect(readVerification(body, 'asha@upi')).toMatchObject(said);
	});

	it.each([
		[undefined],
		[{ status: 'VALID', error_code: 'x' }],
		[{ status: 'VALID', vpa: 'ravi@upi' }],
		[{ status: 'PENDING' }],
	])('says nothing in %j', (body) => {
		expect(readVerification(body, 'asha@upi')).toBeUndefined();
	});
});

describe("a create's answer", () => {
	const NONE = { accounts: [], refusals: [] };

	it.each<[string, number, boolean | undefined, object | undefined]>([
		['no content', 204, undefined, NONE],
		['an empty 200', 200, true, NONE],
		['a page in HTML', 200, undefined, undefined],
	])('without JSON: %s', (_, status, isEmpty, expected) => {
		const answer = { status, headers: {}, body: undefined, ...(isEmpty && { isEmpty }) };
		expect(readCreated(answer, 'c')).toEqual(expected);
	});
});

describe('a list', () => {
	it.each([
		'Success',
		'successful',
		'ok ',
		'Okay',
		'done',
		'complete',
		'COMPLETED',
		'00',
		200,
		' ',
	])('without accounts is one with the status %j', (status) => {
		expect(read({ list: [], status })).toMatchObject({ entries: 0 });
	});

	it.each(['unsuccessful', 'success?', '2999', '2x0', '20x', 'completing'])(
		'without accounts is none with the status %j',
		(status) => {
			expect(read({ list: [], status })).toBeUndefined();
		},
	);

	it.each<[object, boolean]>([
		[{ response_code: 'FAILURE' }, false],
		[{ responseCode: 'SUCCESS' }, true],
		[{ status_code: 500 }, false],
		[{ statusCode: 200 }, true],
		[{ errors: [{ code: 'X' }] }, false],
		[{ errors: [] }, true],
	])('without accounts, beside %j, is one: %j; with accounts it always is', (beside, isList) => {
		expect(read({ list: [], ...beside }) !== undefined).toBe(isList);
		const full = { list: [WIRE] };
		for (const body of [
			{ ...full, ...beside },
			{ data: full, ...beside },
		]) {
			expect(read(body)).toMatchObject({ accounts: [{}], isTroubled: false });
		}
	});

	it.each<[object, boolean]>([
		...[
			...['has_more', 'hasNext', 'end_cursor', 'next', 'nextPageToken', 'next_url'],
			...['hasNextPage', 'has_next_page', 'has_more_pages', 'more', 'is_truncated', 'truncated'],
			'partial',
		].map((key): [object, boolean] => [{ [key]: 'x' }, true]),
		...['pagination', 'page_info', 'pageInfo', 'meta', 'links', '_links', 'paging'].map(
			(key): [object, boolean] => [{ [key]: { next: '/2' } }, true],
		),
		...['was_next', 'next_due', 'no-cursor'].map((key): [object, boolean] => [{ [key]: 1 }, false]),
		...[false, 0, '0', 'False', 'null', null].map((next): [object, boolean] => [{ next }, false]),
		[{ next: 'page0' }, true],
		[{ next: 'falsetto' }, true],
		...['start_cursor', 'prev_cursor'].map((key): [object, boolean] => [{ [key]: 'x' }, false]),
		[{ page_info: { end_cursor: 'x', has_next_page: false } }, false],
		[{ page_info: { end_cursor: 'x', has_next_page: true } }, true],
		[{ page_info: { next_cursor: 'x', has_next_page: false } }, true],
	])('beside %j has more: %j', (beside, hasMore) => {
		expect(read({ list: [WIRE], ...beside })?.hasMore).toBe(hasMore);
	});

	it.each<[object, number | undefined]>([
		[{ total_pages: 3 }, 3],
		[{ totalPages: '3' }, 3],
		[{ pages: 2 }, 2],
		[{ pagination: { current_page: 2, total_pages: 3 } }, 3],
		[{ page: 1, web_pages: 2 }, undefined],
		// The entries of this page, maybe.
		[{ page_count: 3 }, undefined],
	])('beside %j has so many pages: %j', (beside, pages) => {
		expect(read({ list: [WIRE], ...beside })?.pages).toBe(pages);
		expect(read({ data: { list: [WIRE], ...beside } })?.pages).toBe(pages);
	});
});
