import { ASHA, bank, byId, IFSC, itemsFor, linesOf, numberEnding, stage } from './stage';
import type { Asked } from './stage';

// Doubts are settled by looking for a while.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

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

/** Gives Asha an account for each of these statuses. */
const seedEach = (statuses: string[]) =>
	statuses.map((status, index) =>
		on.simulator.seedAccount(
			ASHA,
			{ accountNumber: numberEnding(`119${index}`), ifsc: IFSC },
			status,
		),
	);

const validate = async (ids: string[], { parameters, ...asked }: Asked = {}) =>
	await on.run('validate', {
		items: itemsFor(ids),
		...asked,
		parameters: { ...byId('={{ $json.id }}'), ...parameters },
	});

const MIX = [bank('1191'), bank('0002'), bank('0003'), { vpa: '9164326296@upi' }];

const PENDING_HELP =
	"1 account is still pending. To get the result, add the option 'Wait for Validation', run this step again in a few minutes (it costs nothing), or start a workflow with the Juspay Trigger.";

describe('what the output pane says after a run', () => {
	it('is how many were created, how they stand, what was paid for, and what to do about pending ones', async () => {
		const { hints } = await create(MIX);
		expect(hints).toEqual([{ message: expect.any(String), location: 'outputPane' }]);
		expect(linesOf({ hints })).toEqual([
			'4 accounts: 4 created. Validation: 2 active, 1 pending, 1 failed.',
			'Penny drops: 4 started (₹4).',
			PENDING_HELP,
		]);
	});

	it('is how many existed already, and that they cost nothing', async () => {
		await create(MIX.slice(0, 2));
		expect(linesOf(await create(MIX))).toEqual([
			'4 accounts: 2 created, 2 already existed. Validation: 2 active, 1 pending, 1 failed.',
			'Penny drops: 2 started (₹2), 2 not needed.',
			PENDING_HELP,
		]);
	});

	it('is nothing about money where no money moved', async () => {
		await create(MIX.slice(0, 2));
		expect(linesOf(await create(MIX.slice(0, 2)))).toEqual([
			'2 accounts: 2 already existed. Validation: 1 active, 1 failed.',
		]);
	});

	it('is how many are not validated', async () => {
		expect(linesOf(await create(MIX, { parameters: { validateOnCreate: false } }))).toEqual([
			"4 accounts created, not validated. Turn on 'Validate on Create' to validate them.",
		]);
		const one = await create([bank('0005')], { parameters: { validateOnCreate: false } });
		expect(linesOf(one)).toEqual([
			"1 account created, not validated. Turn on 'Validate on Create' to validate it.",
		]);
	});

	it.each([
		[{ validateOnCreate: false }, [MIX[0]], '1 account: 1 already existed. Validation: 1 active.'],
		[{ validateOnCreate: true }, [MIX[1], bank('0011')], /^2 accounts: 2 created/],
	])(
		'advises no validation that was asked for, or of what exists: %j',
		async (parameters, accounts, said) => {
			await create([bank('1191')]);
			const [line] = linesOf(await create(accounts as object[], { parameters }));
			expect(line).toMatch(said);
			expect(line).not.toContain('Turn on');
		},
	);

	it('is how many had errors, where the user chose to continue', async () => {
		const one = await create([bank('1191'), bank('0009')], { onError: 'continueErrorOutput' });
		expect(linesOf(one)).toEqual([
			'2 accounts: 1 created, 1 with an error. Validation: 1 active.',
			'Penny drops: 1 started (₹1).',
		]);
		const two = await create([{ vpa: 'nonsense' }, { vpa: 'other nonsense' }, bank('1191')], {
			onError: 'continueErrorOutput',
		});
		expect(linesOf(two)).toEqual([
			'3 accounts: 1 already existed, 2 with errors. Validation: 1 active.',
		]);
	});

	it('is how many validations were started, and how many were not', async () => {
		const ids = seedEach(['CREATED', 'ACTIVE', 'PENDING', 'FAILURE', 'ACTIVE']);
		expect(linesOf(await validate(ids))).toEqual([
			'5 accounts. Validation: 4 active, 1 pending.',
			'Penny drops: 2 started (₹2), 3 not needed.',
			PENDING_HELP,
		]);
	});

	it('is how many validations were refused, and which are in doubt', async () => {
		const [fine = '', refused = '', doubtful = ''] = [
			...seedEach(['CREATED']),
			on.simulator.seedAccount(ASHA, { accountNumber: numberEnding('0009'), ifsc: IFSC }),
			on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }),
		];
		on.simulator.addFault({ call: 'validateAccount', kind: 'dropBefore', skip: 2 });
		const result = await validate([fine, refused, doubtful, doubtful], {
			onError: 'continueErrorOutput',
			parameters: { options: { concurrency: 1 } },
		});
		expect(linesOf(result)).toEqual([
			'4 accounts: 1 returned, 3 with errors. Validation: 1 active.',
			`Penny drops: 1 started (₹1), 1 refused, 1 in doubt (${doubtful}).`,
		]);
	});

	it('adds up the amounts that the user chose', async () => {
		const ids = seedEach(['CREATED', 'CREATED', 'ACTIVE']);
		const result = await validate(ids, {
			parameters: { options: { validationAmount: '={{ ["2.50", "1.05", "9"][$itemIndex] }}' } },
		});
		expect(linesOf(result)[1]).toBe('Penny drops: 2 started (₹3.55), 1 not needed.');
	});

	it('is how the accounts of Get Many stand', async () => {
		await create(MIX);
		expect(linesOf(await on.run('getAll'))).toEqual([
			'4 accounts. Validation: 2 active, 1 pending, 1 failed.',
			'1 account is still pending. To get the result, run this step again in a few minutes (it costs nothing) or start a workflow with the Juspay Trigger.',
		]);
	});

	it('advises no wait where the step has waited', async () => {
		const [id = ''] = seedEach(['PENDING']);
		const result = await on.run('get', {
			parameters: { ...byId(id), options: { waitForValidation: 0.01 } },
		});
		expect(linesOf(result)[1]).toBe(
			'1 account is still pending after the wait. To get the result, run this step again in a few minutes (it costs nothing) or start a workflow with the Juspay Trigger.',
		);
	});

	it('advises no second run that would create or pay again', async () => {
		const another = await create(MIX, { parameters: { onExisting: 'create' } });
		const [first = '', second = ''] = seedEach(['PENDING', 'PENDING']);
		on.simulator.seedAccount(ASHA, { accountNumber: numberEnding('0002'), ifsc: IFSC });
		const failing = on.simulator
			.accounts()
			.find(({ accountNumber }) => accountNumber?.endsWith('0002'));
		const validated = await validate([first, second, failing?.id ?? ''], {
			onError: 'continueRegularOutput',
		});
		for (const result of [another, validated]) {
			const pending = linesOf(result).find((line) => line.includes('still pending'));
			expect(pending).toContain('use Get Many in a few minutes');
			expect(pending).not.toContain('run this step again');
		}
	});

	it('is how many customers were created', async () => {
		const result = await on.run('create', {
			items: [{ id: 'customer_0001' }, { id: 'customer_0002' }, { id: 'customer_0001' }],
			parameters: { resource: 'customer', objectReferenceId: '={{ $json.id }}' },
		});
		expect(linesOf(result)).toEqual(['3 customers: 2 created, 1 already existed.']);
	});

	it('accounts for every account, a status unknown so far included', async () => {
		const [line] = linesOf(await create([...MIX, bank('0005')]));
		expect(line).toBe(
			'5 accounts: 5 created. Validation: 2 active, 1 pending, 1 failed, 1 in another status.',
		);
	});

	it('is nothing where there is nothing', async () => {
		expect((await on.run('getAll')).hints).toEqual([]);
	});

	it('is how many were deleted', async () => {
		const ids = [
			on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }),
			on.simulator.seedAccount(ASHA, { vpa: 'rao@upi' }),
		];
		const result = await on.run('delete', {
			items: itemsFor([...ids, 'no ID']),
			onError: 'continueErrorOutput',
			parameters: byId('={{ $json.id }}'),
		});
		expect(linesOf(result)).toEqual(['3 accounts: 2 deleted, 1 with an error.']);
	});

	it('is how many were not there to be deleted', async () => {
		const id = on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' });
		const result = await on.run('delete', {
			items: itemsFor([id, 'banh_nowhere']),
			parameters: byId('={{ $json.id }}'),
		});
		expect(linesOf(result)).toEqual(['2 accounts: 1 deleted, 1 not found.']);
	});

	it('holds numbers and never an account, a customer or an ID', async () => {
		const result = await create([...MIX, bank('0009'), { vpa: 'nonsense' }], {
			onError: 'continueRegularOutput',
		});
		const text = linesOf(result).join('\n');
		expect(text).toMatch(/^6 accounts: /);
		expect(text).not.toMatch(/\d{2}|@|XX|cst_|banh_|AABF/);
	});
});
