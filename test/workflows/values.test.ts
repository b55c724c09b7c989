import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../dev/simulator/simulator';
import { credentialFor, runOn, using } from '../simulated';
import { ASHA, IFSC, linesOf, numberEnding, RAVI, stage } from './stage';

/** Values as workflows give them: read as meant, or refused. */

const on = stage();

const BANK = { accountNumber: numberEnding('4321'), ifsc: IFSC };
const json = (accounts: unknown) => ({
	accountSource: 'json',
	accountsJson: JSON.stringify(accounts),
});

const create = async (
	parameters: INodeParameters,
	items: IDataObject[] = [{}],
	more: object = {},
) =>
	await on.run('create', {
		items,
		onError: 'continueRegularOutput',
		parameters: { ...json([BANK]), ...parameters },
		...more,
	});

const codes = (items: IDataObject[]) => items.map(({ errorCode, field }) => [errorCode, field]);

it.each(['dryRun', 'maxValidations', 'validationAmount', 'validateInDoubt'])(
	'an expression that gives nothing is no value for %s',
	async (name) => {
		const result = await create({ validateOnCreate: true, options: { [name]: '={{ $json.v }}' } }, [
			{},
			{ v: null },
			{ v: '' },
			{ v: 'two' },
		]);
		for (const item of result.items()) expect(item).toMatchObject({ errorCode: 'BAD_INPUT' });
		expect(new Set(result.items().map(({ field }) => field)).size).toBe(1);
		expect(on.simulator.requests()).toEqual([]);
	},
);

it.each(['validateOnCreate', 'onExisting'])(
	'an expression that gives nothing is no value for %s',
	async (name) => {
		const result = await create({ [name]: '={{ $json.v }}' }, [{}, { v: null }, { v: 'x' }]);
		for (const item of result.items()) expect(item).toMatchObject({ errorCode: 'BAD_INPUT' });
		expect(on.simulator.requests()).toEqual([]);
	},
);

it.each(['={{ true }} ', "={{ 'TRUE' }}", '={{ 1 }}', 'true'])(
	'%j validates on create',
	async (validateOnCreate) => {
		const [item] = (await create({ validateOnCreate })).items();
		expect(item).toMatchObject({ outcome: 'created', validation: 'started' });
	},
);

it('says of a run that is dry in part what is true of each', async () => {
	const result = await create(
		{
			...json([]),
			accountsJson: '={{ [{ vpa: $json.vpa }] }}',
			options: { dryRun: '={{ $json.dry }}' },
		},
		[
			{ dry: true, vpa: 'asha@upi' },
			{ dry: false, vpa: 'ravi@upi' },
		],
	);
	expect(result.items()).toEqual([
		expect.objectContaining({ outcome: 'wouldCreate', dryRun: true }),
		expect.not.objectContaining({ dryRun: true }),
	]);
	const hints = linesOf(result);
	expect(hints).toContainEqual(expect.stringMatching(/^Dry run: 1 account would be created/));
	expect(hints).toContainEqual(expect.stringMatching(/^1 account created/));
});

it('a row whose option can not be evaluated ends alone, in its field', async () => {
	const result = await create(
		{ options: { routingId: "={{ $json.ok ? '' : $('Nowhere').item.json.x }}" } },
		[{ ok: false }, { ok: true }],
	);
	expect(result.items()).toEqual([
		expect.objectContaining({ errorCode: 'BAD_INPUT', field: 'Routing ID', row: 1 }),
		expect.objectContaining({ outcome: 'created' }),
	]);
});

it('a UPI ID is created beside an account number that came as a number', async () => {
	const result = await on.run('create', {
		items: [{ customer_id: ASHA, account_number: 26291800004321, ifsc: IFSC, vpa: 'asha@upi' }],
		onError: 'continueRegularOutput',
		parameters: { accountSource: 'input', validateOnCreate: true },
	});
	expect(result.items()).toEqual([
		expect.objectContaining({ errorCode: 'BAD_INPUT', field: 'Account Number' }),
		expect.objectContaining({ type: 'upi', outcome: 'created' }),
	]);
});

it('rows with other columns don’t end each other, blank ones are skipped', async () => {
	const result = await on.run('create', {
		items: [
			{ customer_id: ASHA, vpa: 'asha@upi' },
			{ customer_id: RAVI, account_number: numberEnding('4321') },
			{ customer_id: '', vpa: null, row_number: 4 },
			{ customer_id: '', vpa: null, other: 'x' },
		],
		onError: 'continueRegularOutput',
		parameters: { accountSource: 'input' },
	});
	expect(codes(result.items())).toEqual([
		[undefined, undefined],
		['BAD_INPUT', 'IFSC'],
		['BAD_INPUT', null],
	]);
	const hints = result.hints.map(({ message }) => message).join('\n');
	expect(hints).toContain('1 blank row was skipped.');
	expect(hints).toMatch(/Columns used: Customer ID ← customer_id.*Not used: other/);
});

it('blanks beside an expression don’t hide that an account number is a number', async () => {
	const result = await on.run('create', {
		items: [{ customer_id: ASHA, no: 26291800004321 }],
		parameters: {
			accountSource: 'input',
			validateOnCreate: true,
			columns: {
				mappingMode: 'defineBelow',
				value: {
					customerId: '={{ $json.customer_id }}',
					accountNumber: '={{ $json.no }} ',
					ifsc: IFSC,
				},
			},
		},
	});
	expect(result.error?.message).toContain("'Account Number' is a number");
});

it.each(['amount', 'Amount ', 'account_details[0]', 'gateway_id', 'command.x', 'mobile_number'])(
	'Body Fields refuse %j',
	async (name) => {
		const options = { bodyFields: { field: [{ name, value: '50000' }] } };
		expect(codes((await create({ options })).items())).toEqual([['BAD_INPUT', 'Body Fields']]);
		expect(on.simulator.requests()).toEqual([]);
	},
);

it('Keep Fields named like an output field come out as input_…, * as all, and what is not there is named', async () => {
	const result = await create({ options: { keepFields: '*, nowhere' } }, [
		{ account: 'mine', x: 1 },
	]);
	expect(result.items()[0]).toMatchObject({ input_account: 'mine', x: 1, nowhere: null });
	expect(result.hints.map(({ message }) => message).join()).toMatch(/no item has: "nowhere"/);
});

it('reads JSON in the forms that people and models write', async () => {
	for (const accountsJson of [
		`\ufeff${JSON.stringify([BANK])}`,
		JSON.stringify(JSON.stringify([BANK])),
		JSON.stringify({ accounts: [BANK] }),
		`[{\u00a0"account_number": "${BANK.accountNumber}", "IFSC Code": "${IFSC}", "name": "Asha Rao"}]`,
	]) {
		const [item] = (await create({ accountsJson })).items();
		expect(item).toMatchObject({ customerAccountId: expect.any(String) as unknown });
	}
});

it('says where a run stops', async () => {
	const result = await on.run('create', {
		items: [{ ifsc: IFSC }, { ifsc: 'no' }],
		parameters: {
			accounts: { bankAccount: [{ accountNumber: BANK.accountNumber, ifsc: '={{ $json.ifsc }}' }] },
		},
	});
	expect(result.error?.message).toContain('row 2 of 2 [item 1]');
});

describe.each<[string, unknown]>([
	['a number', 26291800004321],
	['zero', 0],
])('an account number that is %s', (_, accountNumber) => {
	it.each<[string, INodeParameters]>([
		['JSON', json([{ accountNumber, ifsc: IFSC, vpa: 'asha@upi' }] as never)],
		[
			'Input Columns in a dry run',
			{ accountSource: 'input', validateOnCreate: true, options: { dryRun: true } },
		],
	])('ends alone beside its UPI ID, in %s', async (_source, parameters) => {
		const items = [
			{ customer_id: ASHA, account_number: accountNumber, ifsc: IFSC, vpa: 'asha@upi' },
		];
		const result = await create(parameters, items as IDataObject[]);
		expect(result.items()).toEqual([
			expect.objectContaining({ errorCode: 'BAD_INPUT', field: 'Account Number' }),
			expect.objectContaining({ type: 'upi' }),
		]);
	});
});

it('one number under two IFSCs in one run costs one penny drop', async () => {
	const accountNumber = BANK.accountNumber;
	const result = await create({
		...json([
			{ accountNumber, ifsc: 'VIJB0001234' },
			{ accountNumber, ifsc: 'BARB0VJ1234' },
		]),
		validateOnCreate: true,
	});
	expect(result.items()).toEqual([
		expect.objectContaining({ outcome: 'created', ifsc: 'VIJB0001234', validation: 'started' }),
		expect.objectContaining({ errorCode: 'SIMILAR_ACCOUNT' }),
	]);
	expect(on.simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
});

it('blanks beside an expression don’t change what Get Many returns', async () => {
	for (let index = 0; index < 60; index++) {
		const status = index % 2 ? 'ACTIVE' : 'FAILURE';
		on.simulator.seedAccount(ASHA, { vpa: `person${index}@upi` }, status);
	}
	const count = async (parameters: INodeParameters) =>
		(await on.run('getAll', { parameters })).items().length;
	expect(await count({ returnAll: '={{ true }} ' })).toBe(60);
	for (const validationStatus of ["={{ ['ACTIVE', 'PENDING'] }} ", 'active', 'ACTIVE,PENDING']) {
		expect(await count({ returnAll: true, filters: { validationStatus } })).toBe(30);
	}
});

it('blanks beside an expression don’t change what becomes of an existing account', async () => {
	on.simulator.seedAccount(ASHA, BANK);
	const result = await create({ onExisting: "={{ 'create' }} " });
	expect(result.items()).toEqual([expect.objectContaining({ outcome: 'created' })]);
});

it.each([0, -1, 'all', 1.5])('a limit of %j is refused', async (limit) => {
	const result = await on.run('getAll', {
		onError: 'continueRegularOutput',
		parameters: { returnAll: false, limit },
	});
	expect(codes(result.items())).toEqual([['BAD_INPUT', 'Limit']]);
	expect(on.simulator.requests()).toEqual([]);
});

it.each([1122, '1122', ' 1122 '])('a merchant ID of %j is sent', async (merchantId) => {
	const credential = credentialFor(on.simulator, { merchantId });
	await runOn(on.simulator, { operation: 'getAll', customerId: ASHA }, { credential });
	expect(on.simulator.requests().map(({ headers }) => headers['x-merchantid'])).toEqual(['1122']);
});

it('an API key that is a number is sent as text', async () => {
	await using(startSimulator({ apiKey: '1234567890', customers: [ASHA] }), async (simulator) => {
		const credential = credentialFor(simulator, { apiKey: 1234567890 });
		const result = await runOn(
			simulator,
			{ operation: 'getAll', customerId: ASHA },
			{ credential },
		);
		expect(result.error).toBeUndefined();
	});
});

it.each(['PRODUCTION', 'prod'])(
	'an environment of %j is refused, and the three named',
	async (environment) => {
		const credential = credentialFor(on.simulator, { environment });
		const { error } = await runOn(
			on.simulator,
			{ operation: 'getAll', customerId: ASHA },
			{ credential },
		);
		const said = `${error?.message} ${error?.description}`;
		for (const name of ['Sandbox', 'Production', 'Custom']) expect(said).toContain(name);
	},
);

it('Retry On Fail with Continue keeps the books of the first try', async () => {
	const result = await create(
		{
			...json([]),
			accountsJson: `={{ [{ accountNumber: '${BANK.accountNumber}', ifsc: $json.ifsc }] }}`,
			validateOnCreate: true,
		},
		[{ ifsc: 'no' }, { ifsc: IFSC }],
		{ retryOnFail: true, maxTries: 3, waitBetweenTries: 0 },
	);
	expect(result.items()).toEqual([
		expect.objectContaining({ errorCode: 'BAD_INPUT', row: 1 }),
		expect.objectContaining({ outcome: 'created', validation: 'started' }),
	]);
	expect(result.hints.map(({ message }) => message).join()).toContain('Penny drops: 1 started');
	expect(on.simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
});

it('headers and keys that look like ours are read, or named', async () => {
	const result = await on.run('create', {
		items: [
			{
				customer_id: ASHA,
				...{ account_number: BANK.accountNumber, ifsc: IFSC },
				'Beneficiary Name (as per passbook)': 'Asha Rao',
				'VPA / UPI ID': 'asha@upi',
			},
		],
		parameters: { accountSource: 'input' },
	});
	const read = result.items().map(({ type, beneficiaryName }) => [type, beneficiaryName]);
	expect(read).toEqual([
		['bankAccount', 'Asha Rao'],
		['upi', null],
	]);
	await create({ customerId: RAVI, ...json([{ ...BANK, name: 'Ravi Rao' }] as never) });
	expect(on.simulator.accounts(RAVI)).toEqual([
		expect.objectContaining({ beneficiaryName: 'Ravi Rao' }),
	]);
});

it.each(['\u202d$\u202c', '\u200e$', '\u2068$\u2069', '$\u00ad', '$\ufe0f', '\u200b$\u0000'])(
	'what can’t be seen beside a number is removed: %j',
	async (around) => {
		const accountNumber = around.replace('$', BANK.accountNumber);
		const beneficiaryName = '\u202aAsha\u200e \u0000Rao\u202c';
		await create(json([{ accountNumber, ifsc: IFSC, beneficiaryName }]));
		expect(on.simulator.accounts(ASHA)).toEqual([
			expect.objectContaining({ ...BANK, beneficiaryName: 'Asha Rao' }),
		]);
	},
);

it('Body Fields leave out what has no value', async () => {
	const options = { bodyFields: { field: [{ name: 'metadata.source', value: '={{ $json.v }}' }] } };
	await create({ options, ...json([]), accountsJson: '={{ [{ vpa: $json.vpa }] }}' }, [
		{ v: null, vpa: 'a.one@upi' },
		{ vpa: 'b.two@upi' },
		{ v: '', vpa: 'c.three@upi' },
	]);
	expect(on.simulator.accounts(ASHA)).toHaveLength(3);
	for (const { form } of on.sent('createAccounts'))
		expect(form).not.toHaveProperty('metadata.source');
});
