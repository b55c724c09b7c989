import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { simplifiedCustomer } from './expected';
import { stage } from './stage';
import type { Asked } from './stage';

// The words count here, not how long the node looks before it says them.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const on = stage({ customers: [] });

const REFERENCE = 'customer_1122';

const DETAILS = {
	firstName: 'Asha',
	lastName: 'Rao',
	emailAddress: 'asha@example.com',
	mobileCountryCode: '91',
	mobileNumber: '9876543210',
};

const run = async (operation: string, { parameters, ...asked }: Asked = {}) =>
	await on.run(operation, { ...asked, parameters: { resource: 'customer', ...parameters } });

/** Creates a customer for each item's column `ref`. */
const createEach = async (refs: unknown[], { parameters, ...asked }: Asked = {}) =>
	await run('create', {
		items: refs.map((ref) => ({ ref }) as IDataObject),
		...asked,
		parameters: { objectReferenceId: '={{ $json.ref }}', ...parameters },
	});

const create = async (asked: Asked = {}) => await createEach([REFERENCE], asked);

const outcomes = (result: { items(): IDataObject[] }) =>
	result.items().map(({ outcome }) => outcome);

describe('creating a customer', () => {
	it('registers the details and gives them out with both IDs', async () => {
		const result = await create({ parameters: { customerDetails: DETAILS } });
		const [customer] = on.simulator.customers();
		expect(result.items()).toEqual([
			{ ...simplifiedCustomer(customer, 'created'), objectReferenceId: REFERENCE, ...DETAILS },
		]);
		expect(customer).toMatchObject({ objectReferenceId: REFERENCE, ...DETAILS });
	});

	it('sends another routing ID where one is given', async () => {
		await create({ parameters: { options: { routingId: 'guest_7' } } });
		for (const { headers } of on.simulator.requests()) {
			expect(headers['x-routing-id']).toBe('guest_7');
		}
	});

	it("returns Juspay's own object where Simplify is off", async () => {
		const [item] = (await create({ parameters: { simplify: false } })).items();
		expect(item).toMatchObject({
			object: 'customer',
			id: on.simulator.customers()[0]?.id,
			object_reference_id: REFERENCE,
		});
		expect(item).not.toHaveProperty('outcome');
	});
});

describe('a dry run of Create', () => {
	const DRY = { options: { dryRun: true } };

	it('says which customers would be created, and creates none', async () => {
		await create({ parameters: { customerDetails: DETAILS } });
		const before = on.simulator.requests().length;
		const result = await createEach([REFERENCE, 'customer_3344', 'customer_3344'], {
			parameters: { ...DRY, customerDetails: { firstName: 'Ravi' } },
		});
		expect(outcomes(result)).toEqual(['existing', 'wouldCreate', 'existing']);
		expect(result.items().map(({ dryRun }) => dryRun)).toEqual([true, true, true]);
		expect(result.items()[1]).toMatchObject({
			customerId: null,
			objectReferenceId: 'customer_3344',
			firstName: 'Ravi',
		});
		const sent = on.simulator.requests().slice(before);
		expect(sent.every(({ method }) => method === 'GET')).toBe(true);
		expect(result.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^Dry run: 1 customer would be created, 1 exists, 1 duplicates another row\.$/,
			),
		]);
	});

	it("looks even where the check is off, and has no object of Juspay's to show", async () => {
		const result = await create({
			parameters: { ...DRY, simplify: false, onExisting: 'create' },
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ outcome: 'wouldCreate', dryRun: true, customerId: null }),
		]);
		expect(on.sent('createCustomer')).toEqual([]);
	});
});

describe('creating or updating a customer', () => {
	const upsert = async (customerDetails: IDataObject, refs: unknown[] = [REFERENCE]) =>
		await run('upsert', {
			items: refs.map((ref) => ({ ref }) as IDataObject),
			parameters: {
				objectReferenceId: '={{ $json.ref }}',
				customerDetails: customerDetails as INodeParameters,
			},
		});

	it('changes the details given, and leaves the others as they are', async () => {
		await upsert(DETAILS);
		const result = await upsert({ firstName: 'Ravi' });
		expect(outcomes(result)).toEqual(['updated']);
		expect(result.items()[0]).toMatchObject({ ...DETAILS, firstName: 'Ravi' });
		expect(on.simulator.customers()).toHaveLength(1);
		expect(on.sent('updateCustomer').map(({ form }) => form)).toEqual([{ first_name: 'Ravi' }]);
	});

	it('of one customer in two rows creates one', async () => {
		const result = await upsert({ firstName: 'Asha' }, [REFERENCE, REFERENCE, 'customer_3344']);
		expect(outcomes(result)).toEqual(['created', 'updated', 'created']);
		expect(on.simulator.counters.customersMade).toBe(2);
		expect(result.hints.map(({ message }) => message)).toEqual([
			'3 customers: 2 created, 1 updated.',
		]);
	});
});

describe('the same object reference ID', () => {
	it('in several items makes one customer, and each item has it', async () => {
		const result = await createEach([REFERENCE, 'customer_3344', REFERENCE, ` ${REFERENCE} `]);
		expect(outcomes(result)).toEqual(['created', 'created', 'existing', 'existing']);
		expect(new Set(result.items().map(({ customerId }) => customerId)).size).toBe(2);
		expect(result.pairedWith()).toEqual([0, 1, 2, 3]);
		expect(on.sent('createCustomer')).toHaveLength(2);
	});

	it('is refused for the second item alone, where the user chose to continue', async () => {
		const result = await createEach([REFERENCE, REFERENCE], {
			onError: 'continueErrorOutput',
			parameters: { onExisting: 'create' },
		});
		expect(result.items(0)).toEqual([expect.objectContaining({ outcome: 'created' })]);
		expect(result.items(1)).toEqual([
			expect.objectContaining({ errorCode: 'ALREADY_EXISTS', customerId: REFERENCE }),
		]);
		expect([result.pairedWith(0), result.pairedWith(1)]).toEqual([[0], [1]]);
	});
});

describe('what is checked before anything is sent', () => {
	// unit/check-customer has the other values, and the words.
	it.each([
		['short', DETAILS, 'Your Customer ID'],
		[REFERENCE, { mobileNumber: '987654321' }, 'Mobile Number'],
		[REFERENCE, { mobileCountryCode: 'IN' }, 'Mobile Country Code'],
		[REFERENCE, { emailAddress: 'asha@example' }, 'Email Address'],
	])('an ID of %j with %j', async (ref, customerDetails, field) => {
		const result = await createEach(['customer_3344', ref], { parameters: { customerDetails } });
		expect(result.error?.message.startsWith(`'${field}' `)).toBe(true);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('getting a customer', () => {
	it('gives the same keys always, null where Juspay says nothing, and nothing about accounts', async () => {
		on.simulator.seedCustomers(['cst_asha']);
		const result = await run('get', { parameters: { customerId: 'cst_asha' } });
		expect(result.items()).toEqual([
			{
				customerId: 'cst_asha',
				objectReferenceId: 'reference_of_cst_asha',
				firstName: null,
				lastName: null,
				emailAddress: null,
				mobileCountryCode: expect.any(String),
				mobileNumber: null,
				outcome: null,
				dateCreated: expect.any(String),
				lastUpdated: expect.any(String),
			},
		]);
		expect(result.items()).toEqual([simplifiedCustomer(on.simulator.customers()[0])]);
	});

	it('gives many, in order and paired, and goes on beside one that is not there', async () => {
		const ids = Array.from({ length: 9 }, (_, index) => `cst_many_${index}`);
		on.simulator.seedCustomers(ids);
		on.simulator.configure({ latencyMs: 25 });
		const asked = [...ids.slice(0, 4), 'cst_nobody', ...ids.slice(4)];
		const result = await run('get', {
			items: asked.map((c) => ({ c })),
			onError: 'continueErrorOutput',
			parameters: { customerId: '={{ $json.c }}', options: { concurrency: 4 } },
		});
		expect(result.items(0).map(({ customerId }) => customerId)).toEqual(ids);
		expect(result.pairedWith(0)).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
		expect(result.pairedWith(1)).toEqual([4]);
		expect(on.simulator.counters.peakInFlight).toBe(4);
	});
});

describe('updating a customer', () => {
	const update = async (customerDetails: IDataObject, asked: Asked = {}) =>
		await run('update', {
			...asked,
			parameters: {
				customerId: 'cst_asha',
				customerDetails: customerDetails as Record<string, string>,
				...asked.parameters,
			},
		});

	beforeEach(() => on.simulator.seedCustomers(['cst_asha']));

	it('changes what is filled in and leaves the rest', async () => {
		await update(DETAILS);
		const result = await update({ firstName: 'Usha', lastName: '' });
		expect(result.items()).toEqual([
			expect.objectContaining({ customerId: 'cst_asha', ...DETAILS, firstName: 'Usha' }),
		]);
		expect(on.sent('updateCustomer')[1]?.form).toEqual({ first_name: 'Usha' });
	});

	it.each([{}, { firstName: '' }, { emailAddress: '  ' }])(
		'needs something to update: %j',
		async (details) => {
			const result = await update(details);
			expect(result.error?.message).toMatch(/^'Customer Details' .*nothing to update \[item 0\]$/);
			expect(on.simulator.counters.requestsTotal).toBe(0);
		},
	);

	it('of one customer by several items happens in their order: the last one counts', async () => {
		// The first one takes long: others sent meanwhile would be overtaken by it.
		on.simulator.addFault({ call: 'updateCustomer', kind: 'lateEffect', forMs: 100, times: 1 });
		const result = await run('update', {
			items: ['Uma', 'Usha', 'Asha'].map((name) => ({ name })),
			parameters: {
				customerId: 'cst_asha',
				customerDetails: { firstName: '={{ $json.name }}' },
			},
		});
		expect(result.items().map(({ firstName }) => firstName)).toEqual(['Uma', 'Usha', 'Asha']);
		expect(on.simulator.customers()[0]?.firstName).toBe('Asha');
	});

	it("returns Juspay's own object where Simplify is off", async () => {
		const [item] = (
			await update({ firstName: 'Usha' }, { parameters: { simplify: false } })
		).items();
		expect(item).toMatchObject({ object: 'customer', id: 'cst_asha', first_name: 'Usha' });
	});
});

describe('an expression in each field', () => {
	it('gives each item its own customer', async () => {
		const rows = [
			{ ref: 'customer_0001', first: 'Asha', mail: 'asha@example.com', mobile: '9876543210' },
			{ ref: 'customer_0002', first: 'Ravi', mail: 'ravi@example.com', mobile: '9876543211' },
		];
		const result = await run('create', {
			items: rows.map((row, index) => ({ ...row, simple: index === 0, mode: 'reuse' })),
			parameters: {
				objectReferenceId: '={{ $json.ref }}',
				customerDetails: {
					firstName: '={{ $json.first }}',
					emailAddress: '={{ $json.mail }}',
					mobileNumber: '={{ $json.mobile }}',
				},
				onExisting: '={{ $json.mode }}',
				simplify: '={{ $json.simple }}',
			},
		});
		expect(result.items()).toEqual([
			expect.objectContaining({ objectReferenceId: 'customer_0001', firstName: 'Asha' }),
			expect.objectContaining({ object_reference_id: 'customer_0002', first_name: 'Ravi' }),
		]);
		expect(on.simulator.customers().map(({ emailAddress }) => emailAddress)).toEqual([
			'asha@example.com',
			'ravi@example.com',
		]);
	});
});
