import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OPTIONS } from '../../nodes/Juspay/node/options';
import { ASHA, IFSC, linesOf, numberEnding, stage } from './stage';

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

it('Keep Fields named like an output field come out as input_…, * as all, and what is not there is named', async () => {
	const result = await create({ options: { keepFields: '*, nowhere' } }, [
		{ account: 'mine', x: 1 },
	]);
	expect(result.items()[0]).toMatchObject({ input_account: 'mine', x: 1, nowhere: null });
	expect(result.hints.map(({ message }) => message).join()).toMatch(/no item has: "nowhere"/);
});

it('Keep Fields lose nothing after two nodes that keep all', async () => {
	const row = { account: 'mine', input_account: 'first', input_input_account: 'deep' };
	const result = await create({ options: { keepFields: '*' } }, [row]);
	expect(result.items()[0]).toMatchObject({
		input_account: 'mine',
		input_input_account: 'first',
		input_input_input_account: 'deep',
	});
});

it('Keep Fields read the paths that dragging gives', async () => {
	const row = { rows: [{ mail: 'a@b.in' }], place: { 'Pin. code': '560001' } };
	const names = "rows[0].mail, place['Pin. code']";
	const result = await create({ options: { keepFields: names } }, [row]);
	expect(result.items()[0]).toMatchObject({
		'rows[0].mail': 'a@b.in',
		"place['Pin. code']": '560001',
	});
});

describe.each<[string, unknown]>([['a number', 26291800004321]])(
	'an account number that is %s',
	(_, accountNumber) => {
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
	},
);

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

it.each([0, -1, 'all', 1.5])('a limit of %j is refused', async (limit) => {
	const result = await on.run('getAll', {
		onError: 'continueRegularOutput',
		parameters: { returnAll: false, limit },
	});
	expect(codes(result.items())).toEqual([['BAD_INPUT', 'Limit']]);
	expect(on.simulator.requests()).toEqual([]);
});

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

it('Body Fields give dates and numbers as text, and refuse what has none', () => {
	const read = (value: unknown) =>
		OPTIONS.bodyFields.kind('Body Fields', { field: [{ name: 'udf1', value }] })[0]?.value;
	expect(read(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
	expect([1.5, false, 10n, ['a', 1], { a: 1 }].map(read)).toEqual([
		...['1.5', 'false', '10', '["a",1]', '{"a":1}'],
	]);
	for (const value of [NaN, () => 1]) expect(() => read(value)).toThrow("can't be sent");
});

it('of two values for one field in JSON none is guessed, and of two lists none is lost', async () => {
	const twice = { account_number: numberEnding('0001'), bank_account: { account_number: '1' } };
	const result = await create({
		accountsJson: JSON.stringify({ accounts: [twice], data: [{ vpa: 'asha@upi' }] }),
	});
	expect(codes(result.items())).toEqual([
		['BAD_INPUT', 'Accounts (JSON)'],
		[undefined, undefined],
	]);
});

it('a list or an object in place of an account is not shown as one', async () => {
	const nothing = Object.assign(Object.create(null) as object, { a: 1 });
	const accountsJson = [{ vpa: nothing }, { account_number: [BANK.accountNumber], ifsc: IFSC }];
	const result = await create({ accountsJson: '={{ $json.accounts }}' }, [
		{ accounts: accountsJson } as never,
	]);
	expect(result.items().map(({ errorCode, type, account }) => [errorCode, type, account])).toEqual([
		['BAD_INPUT', 'upi', null],
		['BAD_INPUT', 'bankAccount', null],
	]);
});

it('what is wrong with an expression of a row is said of each of its accounts', async () => {
	const accounts = [BANK, { vpa: 'asha@upi' }];
	const result = await create({
		...json(accounts),
		validateOnCreate: "={{ $('Nowhere').item.json.x }}",
	});
	expect(result.items()).toEqual(
		['bankAccount', 'upi'].map((type) =>
			expect.objectContaining({ field: 'Validate on Create', type, customerId: ASHA }),
		),
	);
});

it('a blank row is not skipped where its account comes from another node', async () => {
	const items = [{ x: 1 }, {}];
	const columns = {
		mappingMode: 'defineBelow',
		value: { customerId: ASHA, vpa: '={{ "person" + $itemIndex + "@upi" }}' },
	};
	const result = await create({ accountSource: 'input', columns }, items);
	expect(result.items().map(({ outcome }) => outcome)).toEqual(['created', 'created']);
});

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
