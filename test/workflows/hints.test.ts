import { ASHA, bank, byId, IFSC, itemsFor, numberEnding, stage } from './stage';
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
		},
	});

const MIX = [bank('1191'), bank('0002'), bank('0003'), { vpa: '9164326296@upi' }];

describe('what the output pane says after a run', () => {
	it('is how many were created and how they stand', async () => {
		const { hints } = await create(MIX);
		expect(hints).toEqual([
			{
				message:
					'4 accounts: 4 created, 4 sent for validation, 2 active, 1 pending, 1 with validation status FAILURE',
				location: 'outputPane',
			},
		]);
	});

	it('is how many existed already', async () => {
		await create(MIX.slice(0, 2));
		const [hint] = (await create(MIX)).hints;
		expect(hint?.message).toMatch(/^4 accounts: 2 created, 2 existing already, /);
	});

	it('is how many are not validated', async () => {
		const [hint] = (await create(MIX, { parameters: { validateOnCreate: false } })).hints;
		expect(hint?.message).toBe('4 accounts: 4 created, 4 not validated');
	});

	it('is how many could not be handled, where the user chose to continue', async () => {
		const [hint] = (await create([bank('1191'), bank('0009')], { onError: 'continueErrorOutput' }))
			.hints;
		expect(hint?.message).toBe(
			'2 accounts: 1 created, 1 sent for validation, 1 active, 1 could not be handled',
		);
	});

	it('is how many validations were started, and how many were not', async () => {
		const ids = ['CREATED', 'ACTIVE', 'PENDING', 'FAILURE', 'ACTIVE'].map((status, index) =>
			on.simulator.seedAccount(
				ASHA,
				{ accountNumber: numberEnding(`119${index}`), ifsc: IFSC },
				status,
			),
		);
		const { hints } = await on.run('validate', {
			items: itemsFor(ids),
			parameters: byId('={{ $json.id }}'),
		});
		expect(hints[0]?.message).toBe(
			'5 accounts: 2 sent for validation, 3 validated or pending before, not validated again, 4 active, 1 pending',
		);
	});

	it('is how the accounts of Get Many stand', async () => {
		await create(MIX);
		const [hint] = (await on.run('getAll')).hints;
		expect(hint?.message).toBe('4 accounts: 2 active, 1 pending, 1 with validation status FAILURE');
	});

	it('is how many customers were created', async () => {
		const { hints } = await on.run('create', {
			items: [{ id: 'customer_0001' }, { id: 'customer_0002' }, { id: 'customer_0001' }],
			parameters: { resource: 'customer', objectReferenceId: '={{ $json.id }}' },
		});
		expect(hints.map(({ message }) => message)).toEqual([
			'3 customers: 2 created, 1 existing already',
		]);
	});

	it('counts accounts of all outputs', async () => {
		const [hint] = (await create(MIX, { parameters: { outputMode: 'byStatus' } })).hints;
		expect(hint?.message).toMatch(/^4 accounts: 4 created/);
	});

	it('accounts for every account, a status unknown so far included', async () => {
		const [hint] = (await create([...MIX, bank('0005')])).hints;
		const [, parts = ''] = (hint?.message ?? '').split('5 created, 5 sent for validation, ');
		const sum = parts.split(', ').reduce((total, part) => total + parseInt(part, 10), 0);
		expect(sum).toBe(5);
	});

	it('is nothing for a single account, which speaks for itself', async () => {
		expect((await create([bank('1191')])).hints).toEqual([]);
	});

	it('is nothing where there is nothing', async () => {
		expect((await on.run('getAll')).hints).toEqual([]);
	});

	it('is nothing after a delete that has nothing to tell', async () => {
		const ids = [
			on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }),
			on.simulator.seedAccount(ASHA, { vpa: 'rao@upi' }),
		];
		const { hints } = await on.run('delete', {
			items: itemsFor(ids),
			parameters: byId('={{ $json.id }}'),
		});
		expect(hints).toEqual([]);
	});

	it('holds numbers and never an account, a customer or an ID', async () => {
		const result = await create([...MIX, bank('0009'), { vpa: 'nonsense' }], {
			onError: 'continueRegularOutput',
		});
		const [hint] = result.hints;
		expect(hint?.message).toMatch(/^6 accounts: /);
		expect(hint?.message).not.toMatch(/\d{2}|@|XX|cst_|banh_|AABF/);
	});
});
