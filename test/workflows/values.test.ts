import type { IDataObject, INodeParameters } from 'n8n-workflow';
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
