import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ASHA, bank, byId, RAVI, stage } from './stage';
import type { Asked } from './stage';

const on = stage();

const ACCOUNTS = JSON.stringify([bank('1191'), { vpa: '9164326296@upi' }]);

/** Creates two accounts for the customer in each item's column `c`, and keeps fields of the item. */
const create = async (
	items: IDataObject[],
	keepFields: unknown,
	{ parameters, ...asked }: Asked = {},
) =>
	await on.run('create', {
		items,
		...asked,
		parameters: {
			customerId: '={{ $json.c }}',
			accountSource: 'json',
			accountsJson: ACCOUNTS,
			options: { keepFields } as INodeParameters,
			...parameters,
		},
	});

/** A value that can't be evaluated for an item without the column. */
const needs = (column: string) =>
	`={{ $json.${column} !== undefined ? $json.${column} : $('Nowhere').item.json.${column} }}`;

describe('the kept fields', () => {
	it('come out with each account of their item, and nothing else of the input does', async () => {
		const items = [
			{ c: ASHA, row_number: 2, email: 'asha@example.com', note: 'not kept' },
			{ c: RAVI, row_number: 3, email: 'ravi@example.com', note: 'not kept' },
		];
		const kept = await create(items, 'row_number, email');
		expect(kept.pairedWith()).toEqual([0, 0, 1, 1]);
		const without = await create(items, '');
		expect(kept.items()).toEqual(
			without.items().map((item, index) => ({
				...item,
				outcome: 'created',
				row_number: index < 2 ? 2 : 3,
				email: index < 2 ? 'asha@example.com' : 'ravi@example.com',
			})),
		);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'come out with an account that failed: %s',
		async (onError) => {
			const items = [
				{ c: ASHA, row_number: 2 },
				{ c: 'cst_nobody', row_number: 3 },
				{ c: '', row_number: 4 },
			];
			const result = await create(items, 'row_number', { onError });
			const failed = result.outputs.flatMap((_, output) =>
				result.items(output).filter(({ error }) => error !== undefined),
			);
			expect(failed.map(({ row_number, errorCode }) => [row_number, errorCode])).toEqual([
				[3, 'NOT_FOUND'],
				[3, 'NOT_FOUND'],
				[4, 'BAD_INPUT'],
				[4, 'BAD_INPUT'],
			]);
		},
	);

	it('are found by name or path, as the item itself has them, null where there is nothing', async () => {
		const row = {
			'row.number': 8,
			row: { number: 7, text: 'no path' },
			rows: [{ number: 1 }, { number: 2 }],
			place: { number: 7, list: [1] },
			no: false,
			blank: '',
			nothing: null,
		};
		const expected = {
			'row.number': 8,
			'place.number': 7,
			'row.text.length': null,
			'rows.1.number': 2,
			place: { number: 7, list: [1] },
			no: false,
			blank: '',
			nothing: null,
			missing: null,
			// What every object has is nobody's field.
			...{ constructor: null, 'constructor.name': null, toString: null, 'c.length': null },
		};
		const result = await create(
			[{ c: ASHA, ...row }],
			`__proto__, ${Object.keys(expected).join()}`,
		);
		expect(result.items()).toHaveLength(2);
		for (const item of result.items()) {
			expect(item).toMatchObject(expected);
			expect(Object.getOwnPropertyDescriptor(item, '__proto__')?.value).toBeNull();
			expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
		}
	});

	it("never replace the node's own", async () => {
		const items = [
			{ c: ASHA, customerAccountId: 'mine', outcome: 'mine', ifsc: 'mine', error: 'mine' },
			{ c: 'cst_nobody', customerId: 'mine', error: 'mine', errorHint: 'mine' },
		];
		const names = 'customerAccountId, outcome, ifsc, customerId, error, errorHint';
		const result = await create(items, names, { onError: 'continueRegularOutput' });
		const [bankAccount, upi, failed] = result.items();
		expect(bankAccount).toMatchObject({
			customerId: ASHA,
			outcome: 'created',
			ifsc: 'AABF0008032',
		});
		expect(bankAccount?.customerAccountId).toBe(on.simulator.accounts(ASHA)[0]?.id);
		expect(upi?.ifsc).toBeNull();
		expect(failed?.customerId).toBe('cst_nobody');
		expect([failed?.error, failed?.errorHint]).not.toContain('mine');
	});

	it('come out beside raw data too', async () => {
		const result = await create([{ c: ASHA, line: 2 }], 'line', {
			parameters: { simplify: false, options: { keepFields: 'line' } },
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ object: 'customer_account', line: 2 }),
			expect.objectContaining({ object: 'customer_account', line: 2 }),
		]);
	});

	it('come out of every operation', async () => {
		const items = [{ line: 2 }];
		const [id = ''] = [on.simulator.seedAccount(ASHA, { vpa: '9164326296@upi' })];
		for (const operation of ['get', 'getAll', 'validate', 'delete']) {
			const parameters = { ...byId(id), options: { keepFields: 'line' } };
			const result = await on.run(operation, { items, parameters });
			expect([operation, result.items()]).toEqual([
				operation,
				[expect.objectContaining({ line: 2, customerAccountId: id })],
			]);
		}
		for (const operation of ['create', 'get', 'update']) {
			const result = await on.run(operation, {
				items,
				parameters: {
					resource: 'customer',
					customerId: ASHA,
					objectReferenceId: 'customer_1122',
					customerDetails: { firstName: 'Asha' },
					options: { keepFields: 'line' },
				},
			});
			expect([operation, result.items()]).toEqual([
				operation,
				[expect.objectContaining({ line: 2, customerId: expect.any(String) })],
			]);
		}
	});

	it('come out as input_… where they are named like an output field, on every item alike', async () => {
		const items = [
			{ c: ASHA, row: 7, ifsc: 'mine' },
			{ c: 'cst_nobody', row: 8, ifsc: 'mine' },
		];
		const result = await create(items, 'row, ifsc', { onError: 'continueRegularOutput' });
		expect(
			result.items().map(({ row, input_row, input_ifsc }) => [row, input_row, input_ifsc]),
		).toEqual([
			[undefined, 7, 'mine'],
			[undefined, 7, 'mine'],
			[2, 8, 'mine'],
			[2, 8, 'mine'],
		]);
	});
});

describe('an expression that can not be evaluated for one item', () => {
	// n8n lets the input pass as if all had gone well where a node throws and the user chose to continue. kinds.test has
	// every option.
	it('fails that item alone where it decides how a customer is created', async () => {
		const result = await on.run('create', {
			items: [{ ref: 'customer_0001', x: 'reuse' }, { ref: 'customer_0002' }],
			onError: 'continueErrorOutput',
			parameters: {
				resource: 'customer',
				objectReferenceId: '={{ $json.ref }}',
				onExisting: needs('x'),
			},
		});
		expect(result.items(0)).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(result.pairedWith(0)).toEqual([0]);
		expect(result.items(1)).toEqual([expect.objectContaining({ errorCode: 'BAD_INPUT' })]);
		expect(result.pairedWith(1)).toEqual([1]);
		expect(on.simulator.counters.customersMade).toBe(1);
	});
});
