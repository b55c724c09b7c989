/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- compares the README with the table */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { create, send, type Seen } from '../../dev/simulator/caller';
import {
	DIALECT_NAMES,
	DIALECTS,
	numericId,
	simulatorControl,
	startSimulator,
	type AccountDetails,
	type DialectName,
	type Simulator,
} from '../../dev/simulator/simulator';

const BANK = { accountNumber: '026291800001191', ifsc: 'AABF0008032', beneficiaryName: 'test' };
const UPI = { vpa: '9164326296@upi' };
const REJECTED = { vpa: 'reject@upi' };

let simulator: Simulator;

beforeAll(async () => {
	simulator = await startSimulator({ customers: ['customer_1122'] });
});

afterEach(() => {
	simulator.configure({ dialect: undefined, pageSize: undefined });
	simulator.reset();
});

afterAll(async () => await simulator.close());

/** What is asked, and of which accounts; Create makes them, the other calls find them there. */
interface Question {
	call: 'create' | 'list' | 'get' | 'validate' | 'delete' | 'unknown';
	accounts?: AccountDetails[];
	/** Of the accounts that are there; default CREATED. */
	status?: string;
	query?: string;
	pageSize?: number;
	/** Which of the customer's IDs is sent; default the merchant's. */
	by?: 'cst';
}

/** An exact answer; status 200 unless said, `body` undefined: none at all. */
interface Expected {
	status?: number;
	body: unknown;
}

/** Puts names in the place of what differs from run to run. */
function plain(text: string, ids: string[]): string {
	let result = text
		.replaceAll(simulator.customers()[0]?.id ?? '', 'cst_0')
		.replace(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"T"');
	for (const [position, id] of ids.entries()) {
		result = result
			.replaceAll(id, `banh_${position}`)
			.replaceAll(String(numericId(id)), String(100 + position));
	}
	return result;
}

async function ask(
	{ call, accounts = [], status, query = '', pageSize, by }: Question,
	dialect: DialectName[],
): Promise<{ status: number; text: string }> {
	simulator.reset();
	simulator.configure({ dialect, pageSize });
	const customer = by === 'cst' ? (simulator.customers()[0]?.id ?? '') : 'customer_1122';
	let answer: Seen;
	let ids: string[] = [];
	if (call === 'create') {
		answer = await create(simulator, accounts, {}, customer);
		ids = simulator.accounts().map(({ id }) => id);
	} else {
		ids = accounts.map((account) => simulator.seedAccount(customer, account, status));
		const base = `/customers/${customer}/customer-accounts`;
		const [id = 'banh_none'] = ids;
		// By the ID as the dialect writes it: an answer's ID must be good for the next call.
		const named = dialect.includes('id-number') ? String(numericId(id)) : id;
		const [method, path, body] = {
			list: ['GET', `${base}/list${query}`, undefined] as const,
			get: ['GET', `${base}/${named}`, undefined] as const,
			validate: ['POST', `${base}/${named}/validate`, {}] as const,
			delete: ['POST', `${base}/${named}`, { command: 'delete' }] as const,
			unknown: ['GET', '/unknown', undefined] as const,
		}[call];
		answer = await send(simulator, method, path, { body });
	}
	return { status: answer.status, text: plain(answer.text, ids) };
}

const BANK_DETAILS = {
	account_number: BANK.accountNumber,
	beneficiary_name: 'test',
	ifsc: BANK.ifsc,
	bank_name: 'AABF Bank',
};

/** An account as the simulator has it, changed; the details as given, or none for `undefined`. */
function account(
	position: number,
	details: object | undefined,
	change: Record<string, unknown> = {},
): object {
	return {
		object: 'customer_account',
		id: `banh_${position}`,
		customer_id: 'cst_0',
		date_created: 'T',
		...(details && { account_details: details }),
		validation_amount: '1',
		currency: 'INR',
		validation_status: 'CREATED',
		last_validated: 'T',
		...change,
	};
}

function without(body: object, name: string): object {
	return Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));
}

const NESTED = { bank_account: BANK_DETAILS };
const NOT_FOUND = {
	status: 'invalid_request_error',
	error_code: 'object_not_found',
	error_message: 'Nothing was found under this ID.',
	error_info: {
		code: 'RESOURCE_NOT_FOUND',
		user_message: 'The request can not be processed.',
		developer_message: 'There is no such customer or account.',
		category: 'USER_ERROR',
	},
};

const list = (accounts: object[], totals: object = {}): object => ({
	object: 'list',
	list: accounts,
	total: accounts.length,
	offset: 0,
	count: accounts.length,
	...totals,
});

const noAccounts = (body: unknown, status = 200): Array<[Question, Expected]> => [
	[{ call: 'list' }, { status, body }],
	// Only without accounts.
	[{ call: 'list', accounts: [UPI] }, { body: list([account(0, UPI)]) }],
	[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI) }],
];

const TOTALS = { total: 1, offset: 0, count: 1 };

const envelope = (
	created: (accounts: object[]) => unknown,
	listed: (accounts: object[]) => unknown,
): Array<[Question, Expected]> => [
	[{ call: 'create', accounts: [BANK] }, { body: created([account(0, BANK_DETAILS)]) }],
	[
		{ call: 'create', accounts: [BANK, UPI] },
		{ body: created([account(0, BANK_DETAILS), account(1, UPI)]) },
	],
	[{ call: 'list', accounts: [BANK] }, { body: listed([account(0, NESTED)]) }],
];

const place = (bank: object, upi: object): Array<[Question, Expected]> => [
	[{ call: 'create', accounts: [BANK, UPI] }, { body: [account(0, bank), account(1, upi)] }],
	[{ call: 'list', accounts: [BANK, UPI] }, { body: list([account(0, bank), account(1, upi)]) }],
	[{ call: 'get', accounts: [UPI] }, { body: account(0, upi) }],
	[
		{ call: 'validate', accounts: [UPI] },
		{ body: account(0, upi, { validation_status: 'ACTIVE' }) },
	],
];

/** What stands in the place of BANK's details and of a UPI ID. */
const details = (bank: object, vpa = UPI.vpa): Array<[Question, Expected]> => [
	[{ call: 'create', accounts: [BANK, UPI] }, { body: [account(0, bank), account(1, { vpa })] }],
	[
		{ call: 'list', accounts: [UPI, BANK] },
		{ body: list([account(0, { vpa }), account(1, { bank_account: bank })]) },
	],
	[{ call: 'get', accounts: [BANK] }, { body: account(0, bank) }],
];

const number = (accountNumber: string, vpa?: string): Array<[Question, Expected]> =>
	details({ ...BANK_DETAILS, account_number: accountNumber }, vpa);

/** A status in place of another; where the case changes, that of FAILURE and of Delete too. */
const status = (
	from: string,
	to: string,
	[failure, deleted] = ['FAILURE', 'DELETED'],
): Array<[Question, Expected]> => {
	const change = { validation_status: to };
	return [
		[{ call: 'get', accounts: [UPI], status: from }, { body: account(0, UPI, change) }],
		[{ call: 'list', accounts: [UPI], status: from }, { body: list([account(0, UPI, change)]) }],
		[
			{ call: 'get', accounts: [UPI], status: 'FAILURE' },
			{ body: account(0, UPI, { validation_status: failure }) },
		],
		[{ call: 'delete', accounts: [UPI] }, { body: { status: deleted, id: 'banh_0' } }],
	];
};

const totals = (total: unknown): Array<[Question, Expected]> => [
	[
		{ call: 'list', accounts: [UPI, BANK, UPI], pageSize: 2 },
		{ body: { ...list([account(0, UPI), account(1, NESTED)]), total } },
	],
	[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI) }],
];

const createStatus = (code: number): Array<[Question, Expected]> => [
	[
		{ call: 'create', accounts: [UPI] },
		{ status: code, body: code === 204 ? undefined : account(0, UPI) },
	],
	[{ call: 'list', accounts: [UPI] }, { body: list([account(0, UPI)]) }],
	[{ call: 'unknown' }, { status: 404, body: undefined }],
];

const THREE = [{ vpa: 'a1@upi' }, { vpa: 'b1@upi' }, { vpa: 'c1@upi' }];
const pageOfThree = (from: number, to: number, offset: number) =>
	list(
		THREE.slice(from, to).map((upi, position) => account(from + position, upi)),
		{ total: 3, offset },
	);

const refusedEntry = {
	error_code: 'invalid_request',
	error_message: 'Account details were rejected by the gateway.',
	error_info: {
		code: 'INVALID_ACCOUNT_DETAILS',
		user_message: 'The account could not be added.',
		developer_message: 'Account details were rejected by the gateway.',
		category: 'CONFIG_ERROR',
	},
};

const REFUSED_OFFSET = {
	status: 'error',
	error_code: 'invalid_request',
	error_message: 'offset is not a field of this call.',
	error_info: {
		code: 'INVALID_INPUT',
		user_message: 'Invalid request.',
		developer_message: 'offset is not a field of this call.',
		category: 'USER_ERROR',
	},
};

interface RefusalBody {
	status: string;
	error_code: string;
	error_message: string;
	error_info: { code: string; user_message: string; developer_message: string; category: string };
}

/** How a missing account is refused; no other answer changes. */
const refused = (
	form: (body: RefusalBody, status: number) => object,
): Array<[Question, Expected]> => [
	[{ call: 'get' }, { status: 404, body: form(NOT_FOUND, 404) }],
	[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI) }],
	[{ call: 'unknown' }, { status: 404, body: undefined }],
];

/** What is asked in each dialect, and the whole of what comes back. A dialect can't be left out. */
const CASES: Record<DialectName, Array<[Question, Expected]>> = {
	'empty-array': noAccounts([]),
	'empty-object': noAccounts({}),
	'empty-null': noAccounts(null),
	'empty-list-null': noAccounts({ object: 'list', list: null }),
	'empty-no-list': noAccounts({ object: 'list', total: 0, offset: 0, count: 0 }),
	'empty-204': noAccounts(undefined, 204),
	'empty-404': noAccounts(NOT_FOUND, 404),
	'empty-404-info': noAccounts({ error_info: { code: 'RESOURCE_NOT_FOUND' } }, 404),

	'bare-array': envelope(
		(accounts) => accounts,
		(accounts) => accounts,
	),
	'under-list': envelope(
		(accounts) => ({ object: 'list', list: accounts }),
		(accounts) => ({ object: 'list', list: accounts, ...TOTALS }),
	),
	'under-data': envelope(
		(data) => ({ object: 'list', data }),
		(data) => ({ object: 'list', data, ...TOTALS }),
	),
	'under-accounts': envelope(
		(accounts) => ({ accounts }),
		(accounts) => ({ accounts, ...TOTALS }),
	),
	'under-customer-accounts': envelope(
		(accounts) => ({ customer_accounts: accounts }),
		(accounts) => ({ customer_accounts: accounts }),
	),
	'data-list': envelope(
		(accounts) => ({ data: { object: 'list', list: accounts } }),
		(accounts) => ({ data: { object: 'list', list: accounts, ...TOTALS } }),
	),
	'response-accounts': envelope(
		(accounts) => ({ response: { accounts } }),
		(accounts) => ({ response: { accounts } }),
	),
	'one-object': [
		...envelope(
			(accounts) => (accounts.length === 1 ? accounts[0] : accounts),
			([only]) => only,
		),
		[
			{ call: 'list', accounts: [UPI, BANK], pageSize: 1 },
			{ body: list([account(0, UPI)], { total: 2 }) },
		],
		[{ call: 'list' }, { body: list([]) }],
	],

	'details-flat': [
		[
			{ call: 'create', accounts: [BANK, UPI] },
			{ body: [account(0, undefined, BANK_DETAILS), account(1, undefined, UPI)] },
		],
		[{ call: 'list', accounts: [BANK] }, { body: list([account(0, undefined, BANK_DETAILS)]) }],
		[{ call: 'get', accounts: [UPI] }, { body: account(0, undefined, UPI) }],
	],
	'details-direct': place(BANK_DETAILS, UPI),
	'details-nested': place(NESTED, { upi: UPI }),
	'details-deep': place({ details: NESTED }, { details: { upi: UPI } }),
	'vpa-beside-empty-bank': place(NESTED, { ...UPI, bank_account: {} }),
	'bank-beside-empty-upi': place({ ...NESTED, upi: {} }, { upi: UPI }),
	'upi-text': place(NESTED, { upi: UPI.vpa }),

	'number-json': [
		[
			{ call: 'get', accounts: [{ ...BANK, accountNumber: '000000000' }] },
			{ body: account(0, { ...BANK_DETAILS, account_number: 0 }) },
		],
		...details({ ...BANK_DETAILS, account_number: 26291800001191 }),
	],
	'number-no-zeros': number('26291800001191'),
	'number-masked': number('XXXXXXXXXXX1191', '91******96@upi'),
	'number-masked-stars': number('***********1191', '91******96@upi'),
	'number-masked-middle': number('0262XXXXXXX1191', '91******96@upi'),
	'number-masked-short': number('xxxx-xxxx-1191', '91******96@upi'),
	'number-last-four': number('1191'),
	'number-absent': details(without(BANK_DETAILS, 'account_number')),
	'ifsc-merged': [
		...details({ ...BANK_DETAILS, ifsc: 'AABF0991967' }),
		[
			{ call: 'get', accounts: [{ ...BANK, ifsc: 'AABF0A1Z9M5' }] },
			{ body: account(0, { ...BANK_DETAILS, ifsc: 'AABF0Z8A0N4' }) },
		],
	],

	'id-number': [
		[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI, { id: 100 }) }],
		[
			{ call: 'list', accounts: [UPI, BANK] },
			{ body: list([account(0, UPI, { id: 100 }), account(1, NESTED, { id: 101 })]) },
		],
		[{ call: 'get', accounts: [UPI] }, { body: account(0, UPI, { id: 100 }) }],
		[
			{ call: 'validate', accounts: [UPI] },
			{ body: account(0, UPI, { id: 100, validation_status: 'ACTIVE' }) },
		],
		[{ call: 'delete', accounts: [UPI] }, { body: { status: 'DELETED', id: 100 } }],
	],
	'status-success': [
		...status('ACTIVE', 'SUCCESS'),
		[
			{ call: 'validate', accounts: [UPI] },
			{ body: account(0, UPI, { validation_status: 'SUCCESS' }) },
		],
	],
	'status-in-review': status('PENDING', 'IN_REVIEW'),
	'status-lower-case': status('PENDING', 'pending', ['failure', 'deleted']),
	'status-mixed-case': status('PENDING', 'Pending', ['Failure', 'Deleted']),
	'customer-id-as-sent': [
		[{ call: 'get', accounts: [UPI] }, { body: account(0, UPI, { customer_id: 'customer_1122' }) }],
		[{ call: 'create', accounts: [UPI], by: 'cst' }, { body: account(0, UPI) }],
	],
	'customer-id-other': [
		[{ call: 'get', accounts: [UPI] }, { body: account(0, UPI) }],
		[
			{ call: 'create', accounts: [UPI], by: 'cst' },
			{ body: account(0, UPI, { customer_id: 'customer_1122' }) },
		],
	],
	'customer-id-absent': [
		[{ call: 'create', accounts: [UPI] }, { body: without(account(0, UPI), 'customer_id') }],
		[{ call: 'list', accounts: [UPI] }, { body: list([without(account(0, UPI), 'customer_id')]) }],
	],
	'create-without-details': [
		[
			{ call: 'create', accounts: [UPI, BANK] },
			{ body: [account(0, undefined), account(1, undefined)] },
		],
		[{ call: 'list', accounts: [UPI] }, { body: list([account(0, UPI)]) }],
		[{ call: 'get', accounts: [UPI] }, { body: account(0, UPI) }],
	],
	'last-validated-null': [
		[
			{ call: 'list', accounts: [UPI] },
			{ body: list([account(0, UPI, { last_validated: null })]) },
		],
		[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI, { last_validated: null }) }],
		[
			{ call: 'get', accounts: [UPI], status: 'ACTIVE' },
			{ body: account(0, UPI, { validation_status: 'ACTIVE' }) },
		],
	],
	'list-last-validated-null': [
		[
			{ call: 'list', accounts: [UPI], status: 'ACTIVE' },
			{
				body: list([account(0, UPI, { validation_status: 'ACTIVE', last_validated: null })]),
			},
		],
		[{ call: 'get', accounts: [UPI] }, { body: account(0, UPI) }],
	],
	'amount-number': [
		[
			{ call: 'list', accounts: [UPI] },
			{ body: list([account(0, UPI, { validation_amount: 1 })]) },
		],
		[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI, { validation_amount: 1 }) }],
	],

	'order-reversed': [
		[
			{ call: 'create', accounts: [UPI, BANK] },
			{ body: [account(1, BANK_DETAILS), account(0, UPI)] },
		],
		[
			{ call: 'list', accounts: [UPI, BANK] },
			{ body: list([account(1, NESTED), account(0, UPI)]) },
		],
		[
			{ call: 'list', accounts: [UPI, BANK], pageSize: 1, query: '?offset=1' },
			{ body: list([account(0, UPI)], { total: 2, offset: 1 }) },
		],
	],
	'total-text': totals('3'),
	'total-absent': [
		[
			{ call: 'list', accounts: [UPI, BANK, UPI] },
			{ body: without(list([account(0, UPI), account(1, NESTED), account(2, UPI)]), 'total') },
		],
	],
	'total-low': [...totals(2), [{ call: 'list' }, { body: list([]) }]],
	'total-high': [...totals(4), [{ call: 'list' }, { body: { ...list([]), total: 1 } }]],
	'total-of-page': totals(2),
	'offset-ignored': [
		[
			{ call: 'list', accounts: THREE, pageSize: 2, query: '?offset=2' },
			{ body: pageOfThree(0, 2, 0) },
		],
		[{ call: 'list', accounts: THREE, pageSize: 2 }, { body: pageOfThree(0, 2, 0) }],
	],
	'offset-ignored-all': [
		[
			{ call: 'list', accounts: THREE, pageSize: 2, query: '?offset=2&count=1' },
			{ body: pageOfThree(0, 3, 0) },
		],
	],
	'offset-400': [
		[
			{ call: 'list', accounts: THREE, pageSize: 2, query: '?offset=2' },
			{ status: 400, body: REFUSED_OFFSET },
		],
		[{ call: 'list', accounts: THREE, pageSize: 2 }, { body: pageOfThree(0, 2, 0) }],
	],
	'offset-404': [
		[
			{ call: 'list', accounts: THREE, pageSize: 2, query: '?offset=2' },
			{ status: 404, body: NOT_FOUND },
		],
		[{ call: 'list', accounts: THREE, pageSize: 2 }, { body: pageOfThree(0, 2, 0) }],
	],

	'create-201': createStatus(201),
	'create-202': createStatus(202),
	'create-204': createStatus(204),
	'delete-predecessor': [
		[
			{ call: 'delete', accounts: [UPI] },
			{ body: { bank_account_id: 'banh_0', bank_account_status: 'deleted' } },
		],
		[{ call: 'delete' }, { status: 404, body: NOT_FOUND }],
	],
	'partial-success': [
		[
			{ call: 'create', accounts: [UPI, REJECTED, BANK] },
			{ body: [account(0, UPI), refusedEntry, account(1, BANK_DETAILS)] },
		],
		[{ call: 'create', accounts: [REJECTED] }, { body: refusedEntry }],
		[
			{ call: 'create', accounts: [{ vpa: 'bad' }, UPI] },
			{
				body: [
					{
						error_code: 'invalid_request',
						error_message: 'Invalid account details: account_details[0].upi.vpa.',
						error_info: {
							code: 'INVALID_INPUT',
							user_message: 'Invalid request.',
							developer_message: 'Invalid account details: account_details[0].upi.vpa.',
							category: 'USER_ERROR',
							fields: [{ field_name: 'account_details[0].upi.vpa', reason: 'INVALID' }],
						},
					},
					account(0, UPI),
				],
			},
		],
	],
	'refusals-info-only': refused(({ error_info }) => ({ error_info })),
	'refusals-no-info': refused((body) =>
		Object.fromEntries(Object.entries(body).filter(([key]) => key !== 'error_info')),
	),
	'refusals-info-text': refused(({ error_info, ...body }) => ({
		...body,
		error_info: JSON.stringify(error_info),
	})),
	'refusals-camel': refused(({ status, error_code, error_message, error_info }) => ({
		status,
		errorCode: error_code,
		errorMessage: error_message,
		errorInfo: {
			code: error_info.code,
			userMessage: error_info.user_message,
			developerMessage: error_info.developer_message,
			category: error_info.category,
		},
	})),
	'refusals-wrapped': refused(({ status, error_code, error_message }, code) => ({
		response: {
			errorCode: error_code,
			errorMessage: error_message,
			status,
			error: true,
		},
		code,
	})),
	'refusals-general': refused(({ error_info, ...body }) => ({
		...body,
		error_message: error_info.developer_message,
		error_info: {
			...error_info,
			developer_message: 'Invalid request params.',
			user_message: 'Invalid request params. Check your input.',
			request_id: 'sim-request-1',
		},
	})),
	'missing-400': [
		[
			{ call: 'get' },
			{
				status: 400,
				body: {
					status: 'error',
					error_code: 'invalid_request',
					error_message: 'Customer not found',
				},
			},
		],
		[{ call: 'unknown' }, { status: 404, body: undefined }],
		[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI) }],
	],
	'refusals-200': [
		[{ call: 'get' }, { body: NOT_FOUND }],
		[{ call: 'create', accounts: [UPI, REJECTED] }, { body: { status: 'error', ...refusedEntry } }],
		[{ call: 'create', accounts: [UPI] }, { body: account(0, UPI) }],
	],
};

describe.each(DIALECT_NAMES)('%s', (name) => {
	test.each(CASES[name])('%j', async (question, { status: code = 200, body }) => {
		const { status: seen, text } = await ask(question, [name]);
		expect(seen).toBe(code);
		if (body === undefined) expect(text).toBe('');
		else expect(JSON.parse(text)).toStrictEqual(body);
	});

	test('is not how the simulator answers by itself', async () => {
		const differs: boolean[] = [];
		for (const [question] of CASES[name]) {
			const own = await ask(question, []);
			const inDialect = await ask(question, [name]);
			differs.push(own.status !== inDialect.status || own.text !== inDialect.text);
		}
		expect(differs).toContain(true);
	});

	test('is described in one line', () => {
		expect(DIALECTS[name].description).toMatch(/^[^\n]{4,90}$/);
	});
});

describe('what a body does not show', () => {
	test('number-json writes every digit', async () => {
		simulator.configure({ dialect: 'number-json' });
		const { text } = await create(simulator, [{ ...BANK, accountNumber: '123456789012345678' }]);
		expect(text).toMatch('"account_number":123456789012345678,');
	});

	test('create-204 creates', async () => {
		simulator.configure({ dialect: 'create-204' });
		const { headers } = await create(simulator, [UPI, BANK]);
		expect(headers.get('content-type')).toBeNull();
		expect(simulator.accounts()).toMatchObject([UPI, BANK]);
	});

	test('partial-success makes the good ones only, and counts them', async () => {
		simulator.configure({ dialect: 'partial-success' });
		await create(simulator, [REJECTED, UPI, { vpa: 'bad' }], { command: 'validate' });
		expect(simulator.accounts()).toMatchObject([{ ...UPI, status: 'ACTIVE' }]);
		expect(simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
	});

	test('offset-ignored has pages of pageSize, one is all there ever is', async () => {
		const question: Question = { call: 'list', accounts: THREE, pageSize: 2 };
		const first = await ask(question, ['offset-ignored']);
		expect(await ask({ ...question, query: '?offset=1' }, ['offset-ignored'])).toEqual(first);
	});

	test('ifsc-merged keeps apart what is apart, and is another branch than the one sent', async () => {
		simulator.configure({ dialect: 'ifsc-merged' });
		const sent = ['AABF0008032', 'AABF0008033', 'AABF00080A3', 'AABF0991967'];
		const { json } = await create(
			simulator,
			sent.map((ifsc) => ({ ...BANK, ifsc })),
		);
		const seen = (json as Array<{ account_details: { ifsc: string } }>).map(
			(one) => one.account_details.ifsc,
		);
		expect(new Set(seen).size).toBe(sent.length);
		for (const [position, ifsc] of seen.entries()) {
			expect(ifsc).toMatch(/^AABF0[A-Z0-9]{6}$/);
			expect(ifsc).not.toBe(sent[position]);
		}
	});

	test('id-number: another customer has no such account, and both forms find it', async () => {
		simulator.configure({ dialect: 'id-number' });
		const id = simulator.seedAccount('customer_1122', UPI);
		simulator.seedCustomers(['customer_2']);
		const get = async (customer: string, account: string | number) =>
			(await send(simulator, 'GET', `/customers/${customer}/customer-accounts/${account}`)).status;
		expect(await get('customer_1122', numericId(id))).toBe(200);
		expect(await get('customer_1122', id)).toBe(200);
		expect(await get('customer_2', numericId(id))).toBe(404);
		expect(Number.isSafeInteger(numericId(id))).toBe(true);
	});

	test('a fault strikes the accounts before the dialect has its say', async () => {
		simulator.configure({ dialect: ['response-accounts', 'create-201'] });
		simulator.addFault({ kind: 'half' });
		const { status: code, json } = await create(simulator, [UPI, BANK]);
		expect([code, json]).toMatchObject([201, { response: { accounts: [{}] } }]);
		expect((json as { response: { accounts: object[] } }).response.accounts).toHaveLength(1);
	});
});

test('the README lists them as they are', () => {
	const readme =
		readFileSync(join(__dirname, '../../dev/simulator/README.md'), 'utf8').split(
			'\n## Dialects',
		)[1] ?? '';
	const rows = [...readme.matchAll(/^\| `([a-z0-9-]+)` +\| (.+?) +\|$/gm)].map(
		([, name, description]) => [name, description?.replaceAll('\\', '')],
	);
	expect(rows).toEqual(DIALECT_NAMES.map((name) => [name, DIALECTS[name].description]));
});

describe('choosing', () => {
	test('several are combined, in whatever order they are named', async () => {
		const names: DialectName[] = [
			'details-deep',
			'status-success',
			'status-lower-case',
			'under-accounts',
			'total-text',
			'number-absent',
			'id-number',
		];
		const question: Question = { call: 'list', accounts: [BANK], status: 'ACTIVE' };
		for (const combined of [names, [...names].reverse()]) {
			const { text } = await ask(question, combined);
			expect(JSON.parse(text)).toStrictEqual({
				accounts: [
					account(
						0,
						{ details: { bank_account: without(BANK_DETAILS, 'account_number') } },
						{ id: 100, validation_status: 'success' },
					),
				],
				total: '1',
				offset: 0,
				count: 1,
			});
		}
	});

	test('at the start, and back to none', async () => {
		const other = await startSimulator({
			customers: ['customer_1122'],
			dialect: ['empty-404', 'refusals-200'],
		});
		const answer = async () =>
			await send(other, 'GET', '/customers/customer_1122/customer-accounts/list');
		expect([(await answer()).status, (await answer()).json]).toEqual([200, NOT_FOUND]);
		other.reset();
		expect((await answer()).json).toEqual(NOT_FOUND);
		for (const none of [undefined, []]) {
			other.configure({ dialect: 'empty-null' });
			expect((await answer()).json).toBeNull();
			other.configure({ dialect: none });
			expect((await answer()).json).toEqual(list([]));
		}
		await other.close();
	});

	test('over the control', async () => {
		const control = simulatorControl(simulator.url);
		const answer = async () =>
			(await send(simulator, 'GET', '/customers/customer_1122/customer-accounts/list')).json;
		await control.configure({ dialect: ['empty-array'] });
		expect(await answer()).toEqual([]);
		await expect(control.configure({ dialect: 'empty-arrey' as never })).rejects.toThrow(
			/no dialect empty-arrey\. Dialects: empty-array, .*refusals-200/,
		);
		expect(await answer()).toEqual([]);
		await control.configure({ dialect: null });
		expect(await answer()).toEqual(list([]));
	});

	test.each([
		['empty-arrey', 'There is no dialect empty-arrey. Dialects: empty-array, empty-object,'],
		[['under-list', 'toString'], 'There is no dialect toString. Dialects: '],
		[[undefined], 'There is no dialect undefined'],
		[7, 'There is no dialect 7'],
		[['upi-text', 'details-flat'], "details-flat and upi-text can't be combined"],
	])('%j is refused', async (dialect, why) => {
		expect(() => simulator.configure({ dialect: dialect as never })).toThrow(why);
		await expect(startSimulator({ dialect: dialect as never })).rejects.toThrow(why);
	});
});
