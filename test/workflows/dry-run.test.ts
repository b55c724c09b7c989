import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { ASHA, bank, byId, IFSC, itemsFor, linesOf, numberEnding, RAVI, stage } from './stage';
import type { Asked } from './stage';

const on = stage();

const create = async (accounts: object[], { parameters, ...asked }: Asked = {}) =>
	await on.run('create', {
		...asked,
		parameters: {
			accountSource: 'json',
			accountsJson: JSON.stringify(accounts),
			validateOnCreate: true,
			...parameters,
			options: { dryRun: true, ...(parameters?.options as object) },
		},
	});

const seed = (lastFour: string, status = 'CREATED') =>
	on.simulator.seedAccount(ASHA, { accountNumber: numberEnding(lastFour), ifsc: IFSC }, status);

/** Calls that change something at Juspay. */
const changes = () => on.simulator.requests().filter(({ method }) => method !== 'GET');

const EACH = { onError: 'continueRegularOutput' } as const;

describe('a dry run of Create', () => {
	it('changes nothing, and says per account what would happen', async () => {
		const id = seed('0001');
		const { status, ...result } = await create([bank('0001'), bank('0002'), { vpa: 'asha@upi' }]);
		expect(status).toBe('success');
		expect(changes()).toEqual([]);
		expect(result.items()).toEqual([
			expect.objectContaining({
				customerAccountId: id,
				customerId: ASHA,
				validationStatus: 'CREATED',
				outcome: 'existing',
				validation: 'wouldStart',
			}),
			{
				account: 'XXXXXXXXXXX0002',
				validationStatus: null,
				customerId: ASHA,
				customerAccountId: null,
				type: 'bankAccount',
				ifsc: IFSC,
				beneficiaryName: null,
				lastValidated: null,
				outcome: 'wouldCreate',
				validation: 'wouldStart',
				dryRun: true,
			},
			expect.objectContaining({ type: 'upi', account: '****@upi', outcome: 'wouldCreate' }),
		]);
	});

	it('sums up in the output pane, with what it would cost', async () => {
		seed('0001', 'ACTIVE');
		const result = await create([bank('0001'), bank('0002'), bank('0003'), { vpa: 'nonsense' }], {
			...EACH,
			parameters: { options: { validationAmount: '1.50' } },
		});
		expect(linesOf(result)[0]).toBe(
			'Dry run: 2 accounts would be created, 1 exists, 1 row has errors; 2 penny drops (₹3).',
		);
		expect(changes()).toEqual([]);
	});

	it('calls the duplicate of another row that, whether the account exists or would be created', async () => {
		seed('0001', 'ACTIVE');
		const result = await create(['0001', '0002', '0002', '0001', '0001'].map(bank));
		expect(linesOf(result)[0]).toBe(
			'Dry run: 1 account would be created, 1 exists, 3 duplicate other rows; 1 penny drop (₹1).',
		);
	});

	it('waits for nothing', async () => {
		const id = seed('0001', 'PENDING');
		const begun = Date.now();
		const waits = { parameters: { options: { waitForValidation: 20 } } };
		await create([bank('0001'), bank('0002')], waits);
		await on.run('validate', {
			parameters: { ...byId(id), options: { dryRun: true, waitForValidation: 20 } },
		});
		expect(Date.now() - begun).toBeLessThan(5000);
	});

	it('gives the simplified form of an account that does not exist yet, also where Simplify is off', async () => {
		const [item] = (await create([bank('0001')], { parameters: { simplify: false } })).items();
		expect(item).toMatchObject({ outcome: 'wouldCreate', account: 'XXXXXXXXXXX0001' });
	});

	describe('after a dry run of Customer: Create', () => {
		/** What Customer: Create says of customers in a dry run, with fields of the rows kept. */
		const plannedCustomers = async (refs: string[]) =>
			(
				await on.run('create', {
					...EACH,
					items: refs.map((ref, row) => ({ ref, number: numberEnding(`001${row}`) })),
					parameters: {
						resource: 'customer',
						objectReferenceId: '={{ $json.ref }}',
						options: { dryRun: true, keepFields: 'ref, number' },
					},
				})
			).items();

		const createFor = async (items: Asked['items'], dryRun = true) =>
			await on.run('create', {
				...EACH,
				items,
				parameters: {
					customerId: '={{ $json.customerId ?? $json.ref }}',
					accountSource: 'json',
					accountsJson: `={{ JSON.stringify([{ accountNumber: $json.number, ifsc: '${IFSC}' }]) }}`,
					validateOnCreate: true,
					options: { dryRun },
				},
			});

		it('plans the accounts of customers that would be created, several rows of one included', async () => {
			const result = await createFor(
				await plannedCustomers(['customer_new', 'customer_new', 'customer_other']),
			);
			expect(result.items().map(({ outcome, customerId }) => [outcome, customerId])).toEqual([
				['wouldCreate', 'customer_new'],
				['wouldCreate', 'customer_new'],
				['wouldCreate', 'customer_other'],
			]);
			expect(linesOf(result)[0]).toBe('Dry run: 3 accounts would be created; 3 penny drops (₹3).');
			expect(changes()).toEqual([]);
		});

		it('plans them where each row comes in a batch of its own', async () => {
			const rows = await plannedCustomers(['customer_new', 'customer_new']);
			for (const row of rows) {
				expect((await createFor([row])).items()).toEqual([
					expect.objectContaining({ outcome: 'wouldCreate' }),
				]);
			}
		});

		it('plans them also where every account is created', async () => {
			const [row] = await plannedCustomers(['customer_new']);
			const result = await create([bank('0001')], {
				items: [row ?? {}],
				parameters: { customerId: 'customer_new', onExisting: 'create' },
			});
			expect(result.items()).toEqual([expect.objectContaining({ outcome: 'wouldCreate' })]);
		});

		it('names a customer that is missing where no row says that it would be created', async () => {
			const rows = [
				...(await plannedCustomers(['customer_new'])),
				{ ref: 'customer_none', number: numberEnding('0020') },
			];
			expect((await createFor(rows)).items()).toEqual([
				expect.objectContaining({ outcome: 'wouldCreate' }),
				expect.objectContaining({ error: expect.stringContaining('customer_none') }),
			]);
		});

		it('plans nothing for a customer that could not be handled', async () => {
			const [row] = await plannedCustomers(['short']);
			expect(row).toMatchObject({ errorCode: 'BAD_INPUT', dryRun: true });
			const result = await createFor([{ ...row, customerId: undefined, ref: 'customer_none' }]);
			expect(result.items()).toEqual([expect.objectContaining({ errorCode: 'NOT_FOUND' })]);
		});

		it('counts for nothing where the accounts are created for real', async () => {
			const rows = await plannedCustomers(['customer_new']);
			expect((await createFor(rows, false)).items()).toEqual([
				expect.objectContaining({ error: expect.stringContaining('customer_new') }),
			]);
		});
	});
});

describe('a dry run of Validate', () => {
	const validate = async (ids: string[], asked: Asked = {}) =>
		await on.run('validate', {
			items: itemsFor(ids),
			...asked,
			parameters: { ...byId('={{ $json.id }}'), options: { dryRun: true } },
		});

	it('moves no money, and says which accounts it would pay for', async () => {
		const ids = ['CREATED', 'ACTIVE', 'PENDING', 'FAILURE'].map((status, index) =>
			seed(`000${index}`, status),
		);
		const result = await validate([...ids, ids[0] as string, 'banh_nowhere'], EACH);
		expect(changes()).toEqual([]);
		expect(result.items().map(({ validation }) => validation)).toEqual([
			'wouldStart',
			'notNeeded',
			'notNeeded',
			'wouldStart',
			'notNeeded',
			undefined,
		]);
		for (const item of result.items()) expect(item.dryRun).toBe(true);
		expect(linesOf(result)[0]).toBe(
			'Dry run: 4 exist, 1 duplicates another row, 1 row has errors; 2 penny drops (₹2).',
		);
	});
});

describe('whatever the rows, a dry run', () => {
	const oneOf = (...values: unknown[]) => fc.constantFrom(...values);
	const row = fc.record(
		{
			customer: oneOf('a', 'a', 'b', 'cst_nobody', ''),
			accountNumber: oneOf('1191', '1191', '0002', '0003', 'x').map((it) =>
				numberEnding(String(it)),
			),
			ifsc: oneOf(IFSC, IFSC, 'SBIN0001234', ''),
			vpa: oneOf('', '', 'asha@upi', 'ASHA@upi', 'failure@upi'),
			validate: oneOf(true, true, false, null),
			exists: oneOf('reuse', 'reuse', 'create'),
			gateway: oneOf('', '16', ['x']),
		},
		{ requiredKeys: ['customer', 'validate', 'exists'] },
	);
	/** What is said of each account; in a dry run, what would be. */
	const saidBy = (items: IDataObject[]) =>
		items.map(({ errorCode, outcome, validation }) =>
			[errorCode ?? outcome, validation ?? null].map((it) => {
				if (it === 'wouldCreate') return 'created';
				if (it === 'wouldStart') return 'started';
				return it === 'alreadyStarted' ? 'notNeeded' : it;
			}),
		);
	let worlds = 0;

	it('says what the run does then', async () => {
		const holds = async (rows: object[], maxValidations: number | undefined) => {
			const customers = { a: `cst_a${++worlds}`, b: `cst_b${worlds}` };
			on.simulator.seedCustomers(Object.values(customers));
			on.simulator.seedAccount(customers.b, { vpa: 'asha@upi' });
			on.simulator.seedAccount(customers.b, { vpa: 'failure@upi' }, 'ACTIVE');
			const run = async (dryRun: boolean) =>
				await on.run('create', {
					...EACH,
					items: rows.map((it) => ({ ...it, customers })),
					parameters: {
						accountSource: 'input',
						columns: {
							mappingMode: 'defineBelow',
							value: {
								customerId: '={{ $json.customers[$json.customer] ?? $json.customer }}',
								...{ accountNumber: '={{ $json.accountNumber }}', ifsc: '={{ $json.ifsc }}' },
								vpa: '={{ $json.vpa }}',
							},
						},
						validateOnCreate: '={{ $json.validate }}',
						onExisting: '={{ $json.exists }}',
						options: {
							...{ dryRun, gatewayId: '={{ $json.gateway }}' },
							...(maxValidations && { maxValidations }),
						},
					},
				});
			const planned = (await run(true)).items();
			const { accountsMade, validationsStarted } = on.simulator.counters;
			expect(saidBy(planned)).toEqual(saidBy((await run(false)).items()));
			const now = on.simulator.counters;
			const count = (said: string) =>
				planned.filter(({ outcome, validation }) => [outcome, validation].includes(said)).length;
			expect(now.accountsMade - accountsMade).toBe(count('wouldCreate'));
			expect(now.validationsStarted - validationsStarted).toBe(count('wouldStart'));
		};
		const rows = fc.array(row, { minLength: 2, maxLength: 6 });
		const property = fc.asyncProperty(rows, fc.constantFrom(undefined, 50), holds);
		await fc.assert(property, { numRuns: 40, seed: 1 });
	});
});

describe('what could not be handled in a dry run', () => {
	const DRY = { dryRun: true };
	const CASES: Array<[string, string, INodeParameters]> = [
		['a customer without an ID', 'validate', { customerId: '={{ $json.c }}', ...byId('banh_x1') }],
		['an account without an ID', 'validate', byId('={{ $json.id }}')],
		['an account that is not there', 'validate', byId('banh_nowhere')],
		['no account', 'create', { accountSource: 'json', accountsJson: '[]' }],
		['no column', 'create', { accountSource: 'input' }],
		['If Account Exists', 'create', { onExisting: '={{ $json.c }}' }],
		[
			'an expression beside it',
			'create',
			{ options: { ...DRY, routingId: "={{ $('Nowhere').item.json.x }}" } },
		],
		['a short ID', 'create', { resource: 'customer', objectReferenceId: 'short' }],
		[
			'a bad detail',
			'create',
			{
				resource: 'customer',
				objectReferenceId: 'customer_1122',
				customerDetails: { emailAddress: 'x' },
			},
		],
	];

	it.each(CASES)('says that it was one: %s', async (_, operation, parameters) => {
		const accounts = { bankAccount: [bank('0001')] };
		const result = await on.run(operation, {
			...EACH,
			parameters: { accounts, options: DRY, ...parameters },
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ error: expect.any(String), outcome: 'error', dryRun: true }),
		]);
		expect(linesOf(result)[0]).toMatch(/^Dry run: 1 row has errors/);
	});

	it('says so of a customer that Juspay would not show', async () => {
		on.simulator.addFault({ call: 'getCustomer', kind: 'status', status: 403 });
		const result = await on.run('create', {
			...EACH,
			parameters: { resource: 'customer', objectReferenceId: 'customer_1122', options: DRY },
		});
		expect(result.items()).toEqual([expect.objectContaining({ outcome: 'error', dryRun: true })]);
	});

	it('says nothing of it where Dry Run itself can not be read', async () => {
		const result = await create([bank('0001')], {
			...EACH,
			parameters: { options: { dryRun: '={{ $json.nothing }}' } },
		});
		expect(result.items()).toEqual([expect.objectContaining({ field: 'Dry Run' })]);
		expect(result.items()[0]).not.toHaveProperty('dryRun');
	});
});

describe('Max Validations', () => {
	const capped = (maxValidations: number) => ({
		parameters: { options: { dryRun: false, maxValidations } },
	});

	it('stops before anything is created or validated where more penny drops would be started', async () => {
		seed('0001');
		const result = await create([bank('0001'), bank('0002'), bank('0003')], capped(2));
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe(
			"3 penny drops would be started, but 'Max Validations' is 2",
		);
		expect(changes()).toEqual([]);
	});

	it('gives each account its message where the user chose to continue', async () => {
		const id = seed('0001');
		const accounts = [bank('0001'), bank('0002'), { vpa: 'nonsense' }];
		const result = await create(accounts, { ...EACH, ...capped(1) });
		const said = { errorCode: 'TOO_MANY_VALIDATIONS', type: 'bankAccount' };
		expect(result.items()).toMatchObject([
			{ ...said, account: 'XXXXXXXXXXX0001', customerAccountId: id, outcome: 'existing' },
			{ ...said, account: 'XXXXXXXXXXX0002', customerAccountId: null, outcome: 'error' },
			{ errorCode: 'BAD_INPUT' },
		]);
		expect(changes()).toEqual([]);
	});

	it('counts one penny drop per account, however many rows name it', async () => {
		const result = await create([bank('1191'), bank('1191')], capped(1));
		expect(result.status).toBe('success');
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('needs no look where nothing is to be validated', async () => {
		const result = await create([bank('1191')], {
			parameters: { validateOnCreate: false, options: { dryRun: false, maxValidations: 0 } },
		});
		expect(result.items()).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(on.sent('listAccounts')).toHaveLength(1);
	});

	it.each([true, false])(
		'holds where the first look at a customer fails (the user chose to continue: %s)',
		async (continues) => {
			const items = [ASHA, RAVI].map((customer) => ({ customer }));
			on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 503, times: 1 });
			const result = await create([bank('1191')], {
				items,
				...(continues && EACH),
				parameters: {
					customerId: '={{ $json.customer }}',
					options: { dryRun: false, maxValidations: 1, maxRetries: 0, concurrency: 1 },
				},
			});
			expect(on.simulator.counters.validationsStarted).toBe(1);
			if (!continues) {
				expect(result.error?.message).toMatch(
					/^'Max Validations' is 1, and this account's penny drop/,
				);
				return;
			}
			expect(result.items()).toMatchObject([
				{ outcome: 'created', validation: 'started' },
				{ outcome: 'created', errorCode: 'TOO_MANY_VALIDATIONS' },
			]);
			const again = await create([bank('1191')], {
				items,
				parameters: {
					customerId: '={{ $json.customer }}',
					options: { dryRun: false, maxValidations: 1 },
				},
			});
			expect(again.items()).toMatchObject([{ outcome: 'existing' }, { validation: 'started' }]);
			expect(on.simulator.counters.validationsStarted).toBe(2);
		},
	);

	it("holds over n8n's retries of the step", async () => {
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 503, times: 1 });
		const result = await create([bank('1191')], {
			items: [ASHA, RAVI].map((customer) => ({ customer })),
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
			parameters: {
				customerId: '={{ $json.customer }}',
				options: { dryRun: false, maxValidations: 1, maxRetries: 0, concurrency: 1 },
			},
		});
		expect(result.error?.message).toMatch(/^'Max Validations' is 1, and this account's penny drop/);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('looks at every customer before it counts, also where one fails', async () => {
		on.simulator.addFault({ call: 'listAccounts', kind: 'status', status: 503, times: 1 });
		const result = await create([bank('1191'), bank('0002')], {
			items: [ASHA, RAVI].map((customer) => ({ customer })),
			parameters: {
				customerId: '={{ $json.customer }}',
				options: { dryRun: false, maxValidations: 1, maxRetries: 0, concurrency: 1 },
			},
		});
		expect(result.error?.description).toContain('2 penny drops would be started');
		expect(changes()).toEqual([]);
	});

	it('counts the penny drop of a row whose account a dry row would create', async () => {
		const result = await create([bank('0001')], {
			...EACH,
			items: [{ dry: true }, { dry: false }],
			parameters: { options: { dryRun: '={{ $json.dry }}', maxValidations: 0 } },
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ outcome: 'wouldCreate' }),
			expect.objectContaining({ errorCode: 'TOO_MANY_VALIDATIONS' }),
		]);
		expect(changes()).toEqual([]);
	});

	it('counts one penny drop for rows with other settings too', async () => {
		const result = await create([bank('1191')], {
			items: [{ gateway: '16' }, { gateway: '17' }],
			parameters: {
				options: { dryRun: false, maxValidations: 1, gatewayId: '={{ $json.gateway }}' },
			},
		});
		expect(result.status).toBe('success');
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('counts once what is looked at twice in a dry run', async () => {
		const id = seed('0001');
		const limited = { dryRun: true, maxValidations: 5 };
		const validated = await on.run('validate', { parameters: { ...byId(id), options: limited } });
		const created = await create([bank('0001')], { parameters: { options: limited } });
		for (const result of [validated, created]) {
			expect(result.items()).toEqual([expect.objectContaining({ validation: 'wouldStart' })]);
			expect(linesOf(result)[0]).toMatch(/; 1 penny drop \(₹1\)\.$/);
		}
	});

	it('holds for Validate too', async () => {
		const ids = [seed('0001'), seed('0002', 'FAILURE'), seed('0003', 'ACTIVE')];
		const validate = async (maxValidations: number) =>
			await on.run('validate', {
				items: itemsFor(ids),
				parameters: { ...byId('={{ $json.id }}'), options: { maxValidations } },
			});
		expect((await validate(1)).status).toBe('error');
		expect(changes()).toEqual([]);
		expect((await validate(2)).status).toBe('success');
		expect(on.simulator.counters.validationsStarted).toBe(2);
	});
});
