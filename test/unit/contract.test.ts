import fc from 'fast-check';
import type { Account } from '../../nodes/Juspay/accounts/account';
import * as contract from '../../nodes/Juspay/api/contract';

const SETTINGS: contract.RequestSettings = {
	routingId: '',
	gatewayId: '',
	gatewayReferenceId: '',
	validationAmount: '',
	bodyFields: [],
};
const BANK: Account = {
	type: 'bankAccount',
	accountNumber: '026291800001191',
	ifsc: 'AABF0008032',
	beneficiaryName: 'test',
	bankCode: '12',
};
const UPI: Account = { type: 'upi', vpa: '9164326296@upi' };

const WIRE = {
	object: 'customer_account',
	id: 'banh_1',
	customer_id: 'cst_1',
	date_created: '2023-06-06T13:28:20Z',
	account_details: {
		account_number: '026291800001191',
		beneficiary_name: 'test',
		ifsc: 'AABF0008032',
		bank_code: '12',
		bank_name: 'SBI',
	},
	validation_amount: '1',
	currency: 'INR',
	validation_status: 'CREATED',
	last_validated: '2023-06-06T13:28:21Z',
};

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
		['create', contract.createAccounts('c', [UPI], false, SETTINGS), 'POST /customers/c/accounts'],
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
		['create', contract.createAccounts('c', [UPI], false, { ...SETTINGS, routingId: 'r' })],
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
	it('holds the accounts as one JSON text, in order', () => {
		const { form } = contract.createAccounts('c', [BANK, UPI], false, SETTINGS);
		expect(Object.keys(form ?? {})).toEqual(['account_details']);
		expect(JSON.parse(form?.account_details ?? '')).toEqual([
			{
				bank_account: {
					account_number: '026291800001191',
					ifsc: 'AABF0008032',
					beneficiary_name: 'test',
					bank_code: '12',
				},
			},
			{ upi: { vpa: '9164326296@upi' } },
		]);
	});

	it('leaves out what an account does not have', () => {
		const { form } = contract.createAccounts(
			'c',
			[{ type: 'bankAccount', accountNumber: '123456789', ifsc: 'AABF0008032' }],
			false,
			SETTINGS,
		);
		expect(form?.account_details).toBe(
			'[{"bank_account":{"account_number":"123456789","ifsc":"AABF0008032"}}]',
		);
	});

	it('holds gateway, amount and command only where they are set, the last two only to validate', () => {
		const settings = {
			...SETTINGS,
			gatewayId: '16',
			gatewayReferenceId: 'ref',
			validationAmount: '2',
		};
		expect(contract.createAccounts('c', [], false, settings).form).toEqual({
			account_details: '[]',
			gateway_id: '16',
			gateway_reference_id: 'ref',
		});
		expect(contract.createAccounts('c', [], true, settings).form).toEqual({
			account_details: '[]',
			gateway_id: '16',
			gateway_reference_id: 'ref',
			command: 'validate',
			amount: '2',
		});
		expect(contract.createAccounts('c', [], true, SETTINGS).form).toEqual({
			account_details: '[]',
			command: 'validate',
		});
	});

	it('takes the fields that a merchant adds, also in place of its own', () => {
		const bodyFields = [
			{ name: 'metadata.source', value: 'n8n' },
			{ name: 'gateway_id', value: '' },
		];
		const settings = { ...SETTINGS, gatewayId: '16', bodyFields };
		expect(contract.createAccounts('c', [], false, settings).form).toEqual({
			account_details: '[]',
			gateway_id: '',
			'metadata.source': 'n8n',
		});
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
	const { account_details: details } = WIRE;

	it.each([
		['flat', WIRE],
		['one level deeper', { ...WIRE, account_details: { bank_account: details } }],
	])('is read with its details %s', (_, wire) => {
		expect(contract.readAccount(wire, 'c')).toEqual({ ...READ, raw: wire });
	});

	it.each([
		['flat', { vpa: '9164326296@upi' }],
		['one level deeper', { upi: { vpa: '9164326296@upi' } }],
	])('is a UPI ID with its details %s', (_, account_details) => {
		expect(contract.readAccount({ ...WIRE, account_details }, 'c')).toMatchObject({
			type: 'upi',
			vpa: '9164326296@upi',
			accountNumber: '',
		});
	});

	it('belongs to the customer who was asked about where it names none', () => {
		expect(contract.readAccount({ id: 'banh_1' }, 'c')).toMatchObject({
			customerId: 'c',
			status: '',
		});
	});

	it.each([[undefined], [null], ['banh_1'], [[]], [{}], [{ id: '' }], [{ id: {} }]])(
		'is none where there is no ID: %j',
		(wire) => {
			expect(contract.readAccount(wire, 'c')).toBeUndefined();
		},
	);
});

describe('the accounts in an answer', () => {
	const other = { ...WIRE, id: 'banh_2' };

	it.each([
		['a bare array', [WIRE, other], ['banh_1', 'banh_2']],
		['a list', { object: 'list', list: [WIRE, other] }, ['banh_1', 'banh_2']],
		['the object itself', WIRE, ['banh_1']],
		['an empty array', [], []],
		['an array with something else in it', [WIRE, null, 'x', {}], ['banh_1']],
	])('are read from %s', (_, body, ids) => {
		expect(contract.readAccounts(body, 'c')?.map(({ id }) => id)).toEqual(ids);
	});

	it.each([[undefined], [null], ['<html>'], [{}], [{ list: 'x' }], [7]])(
		'are not there in %j',
		(body) => {
			expect(contract.readAccounts(body, 'c')).toBeUndefined();
		},
	);
});

describe('a page of a list', () => {
	it('says how many entries it had, and how many there are', () => {
		const body = { object: 'list', list: [WIRE], total: 7, offset: 0, count: 1 };
		expect(contract.readPage(body, 'c')).toMatchObject({ entries: 1, total: 7 });
		expect(contract.readPage(body, 'c')?.accounts).toHaveLength(1);
	});

	it('with an entry that names no account can not be read: what it leaves out could be made twice', () => {
		expect(contract.readPage({ list: [WIRE, {}], total: 2 }, 'c')).toBeUndefined();
	});

	it.each([[[WIRE]], [{ list: [WIRE] }], [{ list: [WIRE], total: 'many' }]])(
		'may keep the total to itself: %#',
		(body) => {
			expect(contract.readPage(body, 'c')).toMatchObject({ entries: 1, total: undefined });
		},
	);
});

describe("Juspay's words on what went wrong", () => {
	it('are read from all the places in which they stand', () => {
		const body = {
			status: 'error',
			error_code: 'access_denied',
			error_message: 'outer',
			error_info: {
				code: 'UNAUTHENTICATED',
				user_message: 'for users',
				developer_message: 'for developers',
				category: 'USER_ERROR',
				fields: [{ field_name: 'ifsc', reason: 'MISSING' }, { reason: 'X' }, null],
			},
		};
		expect(contract.readError(body)).toEqual({
			code: 'UNAUTHENTICATED',
			category: 'USER_ERROR',
			message: 'for developers',
			fields: [
				{ name: 'ifsc', reason: 'MISSING' },
				{ name: '', reason: 'X' },
				{ name: '', reason: '' },
			],
		});
	});

	it.each([
		[{ error_code: 'object_not_found' }, 'OBJECT_NOT_FOUND', ''],
		[{ error_message: 'outer', error_info: { user_message: 'for users' } }, '', 'for users'],
		[{ error_message: 'outer' }, '', 'outer'],
		[{ error_info: 'x', error_message: 5 }, '', '5'],
		['<html>', '', ''],
		[undefined, '', ''],
		[[], '', ''],
	])('may be missing in part: %j', (body, code, message) => {
		expect(contract.readError(body)).toEqual({ code, message, category: '', fields: [] });
	});

	it('are looked for in anything without a throw', () => {
		fc.assert(
			fc.property(fc.anything(), (body) => {
				expect(typeof contract.readError(body).code).toBe('string');
				contract.readAccounts(body, 'c');
				contract.readPage(body, 'c');
			}),
		);
	});
});

describe('a deletion', () => {
	it.each([
		[{ status: 'DELETED', id: 'banh_1' }, true],
		[{ status: 'deleted' }, true],
		[{ status: 'error' }, false],
		[undefined, false],
	])('answered with %j: %j', (body, deleted) => {
		expect(contract.readDeleted(body)).toBe(deleted);
	});
});
