import { ASHA, bank, IFSC, numberEnding, RAVI, stage, statusesOf } from './stage';

// Doubts are settled by looking for a while.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const on = stage();

describe('an expression in each field', () => {
	it('of Create with accounts defined below gives each item its own', async () => {
		const result = await on.run('create', {
			items: [
				{
					c: ASHA,
					number: numberEnding('1191'),
					code: 'AABF0008032',
					name: 'Asha Rao',
					bank: '12',
					upi: 'asha@upi',
					validate: true,
					exists: 'reuse',
					simple: true,
					routing: 'guest_a',
					gateway: '16',
					reference: 'ref_a',
					amount: 2,
					tag: 'a',
				},
				{
					c: RAVI,
					number: numberEnding('1192'),
					code: 'SBIN0001234',
					name: 'Ravi Iyer',
					bank: '13',
					upi: 'ravi@upi',
					validate: false,
					exists: 'create',
					simple: false,
					routing: 'guest_b',
					gateway: '17',
					reference: 'ref_b',
					amount: 3,
					tag: 'b',
				},
			],
			parameters: {
				customerId: '={{ $json.c }}',
				accounts: {
					bankAccount: [
						{
							accountNumber: '={{ $json.number }}',
							ifsc: '={{ $json.code }}',
							beneficiaryName: '={{ $json.name }}',
							bankCode: '={{ $json.bank }}',
						},
					],
					upi: [{ vpa: '={{ $json.upi }}' }],
				},
				validateOnCreate: '={{ $json.validate }}',
				onExisting: '={{ $json.exists }}',
				simplify: '={{ $json.simple }}',
				options: {
					routingId: '={{ $json.routing }}',
					gatewayId: '={{ $json.gateway }}',
					gatewayReferenceId: '={{ $json.reference }}',
					validationAmount: '={{ $json.amount }}',
					bodyFields: { field: [{ name: '=udf{{ $itemIndex }}', value: '={{ $json.tag }}' }] },
				},
			},
		});
		expect(result.error).toBeUndefined();
		expect(result.pairedWith()).toEqual([0, 0, 1, 1]);
		expect(result.items().map((item) => item.outcome ?? item.object)).toEqual([
			'created',
			'created',
			'customer_account',
			'customer_account',
		]);
		const [first, second] = on.sent('createAccounts').sort((a, b) => a.path.localeCompare(b.path));
		expect(first).toMatchObject({
			path: `/customers/${ASHA}/accounts`,
			headers: { 'x-routing-id': 'guest_a' },
			form: {
				account_details: JSON.stringify([
					{
						bank_code: '12',
						bank_account: {
							account_number: numberEnding('1191'),
							ifsc: 'AABF0008032',
							beneficiary_name: 'Asha Rao',
						},
					},
					{ upi: { vpa: 'asha@upi' } },
				]),
				gateway_id: '16',
				gateway_reference_id: 'ref_a',
				udf0: 'a',
			},
		});
		expect(second).toMatchObject({
			path: `/customers/${RAVI}/accounts`,
			headers: { 'x-routing-id': 'guest_b' },
			form: { gateway_id: '17', gateway_reference_id: 'ref_b', udf1: 'b' },
		});
		// The penny drops are calls of their own, with what belongs to them.
		for (const sent of [first, second]) {
			expect(sent?.form).not.toHaveProperty('command');
			expect(sent?.form).not.toHaveProperty('amount');
		}
		expect(
			on
				.sent('validateAccount')
				.map(({ path, form, headers }) => [path.split('/')[2], headers['x-routing-id'], form]),
		).toEqual([0, 1].map(() => [ASHA, 'guest_a', { gateway_id: '16', amount: '2', udf0: 'a' }]));
		// Each is looked at: several accounts in one request may have to be told apart later. Asha's once more: hers is the
		// first create that rests on an empty list.
		expect(
			on
				.sent('listAccounts')
				.map(({ path }) => path.split('/')[2])
				.sort(),
		).toEqual([ASHA, ASHA, RAVI]);
	});

	it('of Create keeps apart what one customer is to have with other settings', async () => {
		on.simulator.configure({ latencyMs: 10 });
		const result = await on.run('create', {
			items: [
				{ ...bank('1191'), gateway: '16', validate: true, amount: 1 },
				{ ...bank('1192'), gateway: '17', validate: true, amount: 1 },
				{ ...bank('1193'), gateway: '16', validate: false, amount: 1 },
				{ ...bank('1194'), gateway: '16', validate: true, amount: 1 },
				{ ...bank('1195'), gateway: '16', validate: true, amount: 2 },
			],
			parameters: {
				accountSource: 'json',
				accountsJson: '={{ $json }}',
				validateOnCreate: '={{ $json.validate }}',
				options: { gatewayId: '={{ $json.gateway }}', validationAmount: '={{ $json.amount }}' },
			},
		});
		expect(statusesOf(result)).toEqual(['ACTIVE', 'ACTIVE', 'CREATED', 'ACTIVE', 'ACTIVE']);
		expect(
			on.simulator
				.accounts()
				.map(({ accountNumber, fields, validationAmount, validationsStarted }) => [
					accountNumber?.slice(-4),
					fields.gateway_id,
					validationAmount,
					validationsStarted,
				])
				.sort(),
		).toEqual([
			['1191', '16', '1', 1],
			['1192', '17', '1', 1],
			['1193', '16', '1', 0],
			['1194', '16', '1', 1],
			['1195', '16', '2', 1],
		]);
		expect(on.sent('createAccounts')).toHaveLength(4);
		expect(on.simulator.counters.peakCreatesPerCustomer).toBe(1);
	});
});

describe('many customers in one run', () => {
	const CUSTOMERS = Array.from({ length: 60 }, (_, index) => `cst_many_${index}`);
	/** Three rows for each customer, the customers mixed. */
	const rows = () =>
		['1191', '0002', '1193'].flatMap((lastFour) =>
			CUSTOMERS.map((customer_id) => ({
				customer_id,
				account_number: numberEnding(lastFour),
				ifsc: IFSC,
			})),
		);

	beforeEach(() => on.simulator.seedCustomers(CUSTOMERS));

	it('cost one look, one create and one call for each penny drop, and come out in the order of the rows', async () => {
		on.simulator.configure({ latencyMs: 25 });
		const result = await on.run('create', {
			items: rows(),
			downstream: "={{ $('Start').item.json.customer_id }}",
			parameters: { customerId: '', accountSource: 'input', validateOnCreate: true },
		});
		expect(result.downstream()).toEqual(rows().map(({ customer_id }) => customer_id));
		expect(result.items().map(({ customerId }) => customerId)).toEqual(result.downstream());
		expect(result.pairedWith()).toEqual(rows().map((_, item) => item));
		expect(on.simulator.counters).toMatchObject({
			requestsTotal: 60 + 60 + 180,
			accountsMade: 180,
			duplicatesMade: 0,
			validationsStarted: 180,
			peakCreatesPerCustomer: 1,
		});
		expect(on.simulator.counters.peakInFlight).toBeLessThanOrEqual(50);
		expect(on.simulator.counters.peakInFlight).toBeGreaterThan(5);
	});
});

describe('everything at once', () => {
	it('by status, with error output, waiting, faults, many customers: each account once, each item answered', async () => {
		on.simulator.configure({ validationMs: 20, latencyMs: 2 });
		const customers = Array.from({ length: 12 }, (_, index) => `cst_all_${index}`);
		on.simulator.seedCustomers(customers);
		for (const kind of ['dropAfter', 'htmlAfter', 'dropBefore', 'half', 'reordered'] as const) {
			on.simulator.addFault({ call: 'createAccounts', kind, times: 2, skip: 1 });
		}
		on.simulator.addFault({ call: 'listAccounts', kind: 'dropBefore', times: 4, skip: 8 });
		on.simulator.addFault({
			call: 'listAccounts',
			kind: 'status',
			status: 429,
			retryAfter: '0',
			times: 2,
			skip: 4,
		});
		const items = [...customers, 'cst_nobody'].map((c) => ({
			c,
			accounts: [bank('1191'), bank('0002'), bank('0003'), bank('0009'), { vpa: 'asha@upi' }],
		}));
		const result = await on.run('create', {
			items,
			onError: 'continueErrorOutput',
			downstream: "={{ $('Start').item.json.c }}",
			parameters: {
				customerId: '={{ $json.c }}',
				accountSource: 'json',
				accountsJson: '={{ $json.accounts }}',
				validateOnCreate: true,
				outputMode: 'byStatus',
				options: { waitForValidation: 10 },
			},
		});
		const all = customers.map((_, item) => item);
		expect([0, 1, 2, 3].map((output) => result.pairedWith(output))).toEqual([
			all.flatMap((item) => [item, item]),
			all,
			all,
			[...all, ...items[12]!.accounts.map(() => 12)],
		]);
		expect(new Set(statusesOf(result, 0))).toEqual(new Set(['ACTIVE']));
		expect(new Set(statusesOf(result, 1))).toEqual(new Set(['PENDING']));
		expect(new Set(statusesOf(result, 2))).toEqual(new Set(['FAILURE']));
		expect(on.simulator.counters).toMatchObject({
			accountsMade: 48,
			duplicatesMade: 0,
			validationsStarted: 48,
			validationsRepeated: 0,
		});
	}, 30_000);
});
