import { ASHA, byId, IFSC, linesOf, stage } from './stage';

const on = stage();

const ROW = { customer_id: ASHA, account_number: 26291800001191, ifsc: IFSC };

const fromColumns = async (row: object, validateOnCreate: boolean) =>
	await on.run('create', {
		items: [{ ...row }],
		onError: 'continueRegularOutput',
		parameters: { accountSource: 'input', validateOnCreate },
	});

describe('an account number that arrives as a number', () => {
	it('is created with a warning, since a leading zero may be missing', async () => {
		const result = await fromColumns(ROW, false);
		expect(result.items()).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(linesOf(result)).toContainEqual(
			expect.stringMatching(/leading zero may be missing.*Plain text/),
		);
	});

	it('gets no penny drop: the message says how to format the column', async () => {
		const [item] = (await fromColumns(ROW, true)).items();
		expect(item).toMatchObject({
			error: "'Account Number' is a number, so a leading zero may be missing",
			errorHint: expect.stringMatching(/plain text at its source.*'Validate on Create'/),
			field: 'Account Number',
		});
		expect(on.sent('createAccounts')).toEqual([]);
	});

	it.each(['={{ $json.account_number }}', '={{ BigInt($json.account_number) }}'])(
		'is treated the same from an expression in the form: %s',
		async (accountNumber) => {
			const result = await on.run('create', {
				items: [{ ...ROW }],
				parameters: {
					accounts: { bankAccount: [{ accountNumber, ifsc: IFSC }] },
					validateOnCreate: true,
				},
			});
			expect(result.error?.message).toContain('is a number');
		},
	);
});

describe('a customer ID that arrives as a number', () => {
	const NUMERIC = 11223344;
	const numbered = { ...ROW, customer_id: NUMERIC, account_number: '026291800001191' };
	beforeEach(() => on.simulator.seedCustomers([String(NUMERIC)]));

	it('is accepted with a warning, since a leading zero may be missing', async () => {
		const result = await fromColumns(numbered, false);
		expect(result.items()).toEqual([
			expect.objectContaining({ outcome: 'created', customerId: String(NUMERIC) }),
		]);
		expect(linesOf(result)).toContainEqual(
			expect.stringMatching(/^A customer ID is a number.*leading zero may be missing.*Plain text/),
		);
	});

	it('gets no penny drop, neither from a column nor from an expression', async () => {
		const [item] = (await fromColumns(numbered, true)).items();
		expect(item).toMatchObject({
			error: "'Customer ID' is a number, so a leading zero may be missing",
			errorHint: expect.stringMatching(/plain text at its source.*'Validate on Create'/),
			field: 'Customer ID',
			account: 'XXXXXXXXXXX1191',
		});
		const result = await on.run('create', {
			items: [numbered],
			parameters: {
				customerId: '={{ $json.customer_id }}',
				accounts: { bankAccount: [{ accountNumber: '026291800001191', ifsc: IFSC }] },
				validateOnCreate: true,
			},
		});
		expect(result.error?.message).toContain("'Customer ID' is a number");
		expect(on.simulator.requests()).toEqual([]);
	});

	it('is accepted with a warning by operations on customers too', async () => {
		const parameters = {
			objectReferenceId: '={{ $json.c }}',
			customerId: '={{ BigInt($json.c) }}',
		};
		for (const operation of ['create', 'get']) {
			const result = await on.run(operation, {
				items: [{ c: NUMERIC }],
				parameters: { resource: 'customer', ...parameters },
			});
			expect(result.status).toBe('success');
			expect(linesOf(result)).toContainEqual(expect.stringMatching(/^A customer ID is a number/));
		}
	});

	it.each(['get', 'getAll', 'delete'])(
		'is accepted with a warning by %s too',
		async (operation) => {
			const id = on.simulator.seedAccount(String(NUMERIC), { vpa: 'asha@upi' });
			const result = await on.run(operation, {
				items: [{ customer: NUMERIC }],
				parameters: { customerId: '={{ $json.customer }}', ...byId(id) },
			});
			expect(result.status).toBe('success');
			expect(linesOf(result)).toContainEqual(expect.stringMatching(/^A customer ID is a number/));
		},
	);
});
