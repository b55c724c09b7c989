import type { Fault } from '../../dev/simulator/simulator';
import { failedAccount, simplifiedAccount } from './expected';
import { ASHA, byId, idsOf, IFSC, itemsFor, numberEnding, RAVI, stage, statusesOf } from './stage';
import type { Asked } from './stage';

// What comes out counts here, not how long the node looks before it does.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const on = stage();

/** An account of Asha's; a validation comes to ACTIVE unless the last digits say otherwise. */
const account = (status: string, lastFour = '1191', customer = ASHA) =>
	on.simulator.seedAccount(customer, { accountNumber: numberEnding(lastFour), ifsc: IFSC }, status);

const validate = async (id: string, { parameters, ...asked }: Asked = {}) =>
	await on.run('validate', { ...asked, parameters: { ...byId(id), ...parameters } });

/** Validates the account in each item's column `id`. */
const validateEach = async (ids: string[], asked: Asked = {}) =>
	await validate('={{ $json.id }}', { items: itemsFor(ids), ...asked });

const EVERY_ITEM = 'continueRegularOutput';

describe('validating an account', () => {
	it('sends one penny drop and returns the account as it stands then', async () => {
		const id = account('CREATED');
		const result = await validate(id);
		expect(result.status).toBe('success');
		expect(result.items()).toEqual([
			simplifiedAccount(on.simulator.accounts(ASHA)[0], 'XXXXXXXXXXX1191', {
				customerAccountId: id,
				validationStatus: 'ACTIVE',
				validation: 'started',
			}),
		]);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it("returns Juspay's own object where Simplify is off", async () => {
		const id = account('CREATED');
		const [item] = (await validate(id, { parameters: { simplify: false } })).items();
		expect(item).toMatchObject({
			object: 'customer_account',
			id,
			validation_status: 'ACTIVE',
			account_details: { account_number: numberEnding('1191') },
		});
	});

	it.each(['PENDING', 'ACTIVE', 'IN_REVIEW'])(
		'returns one that is %s as it stands and moves no money',
		async (status) => {
			const id = account(status);
			const result = await validate(id);
			expect(statusesOf(result)).toEqual([status]);
			expect(result.items()).toEqual([expect.objectContaining({ validation: 'notNeeded' })]);
			expect(on.sent('validateAccount')).toEqual([]);
		},
	);

	it('validates again one whose validation failed', async () => {
		const id = account('FAILURE');
		expect(statusesOf(await validate(id))).toEqual(['ACTIVE']);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('returns, and does not fail, one whose validation comes to FAILURE', async () => {
		const result = await validate(account('CREATED', '0002'));
		expect(result.status).toBe('success');
		expect(statusesOf(result)).toEqual(['FAILURE']);
	});

	it('takes the ID with blanks around it', async () => {
		const id = account('CREATED');
		expect(idsOf(await validate(`  ${id}\n`))).toEqual([id]);
	});
});

describe('many items', () => {
	it('are validated each, for several customers, and keep their order and pairing', async () => {
		const ids = [
			account('CREATED'),
			account('CREATED', '1192', RAVI),
			account('ACTIVE', '1193'),
			account('CREATED', '0002', RAVI),
		];
		const result = await validate('={{ $json.id }}', {
			items: ids.map((id, index) => ({ id, customer: index % 2 ? RAVI : ASHA })),
			parameters: { customerId: '={{ $json.customer }}' },
		});
		expect(idsOf(result)).toEqual(ids);
		expect(statusesOf(result)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'FAILURE']);
		expect(result.pairedWith()).toEqual([0, 1, 2, 3]);
		expect(on.simulator.counters.validationsStarted).toBe(3);
	});

	it('of one customer are looked up with one list, not one by one', async () => {
		await validateEach([account('CREATED'), account('CREATED', '1192'), account('ACTIVE', '1193')]);
		expect(on.sent('listAccounts')).toHaveLength(1);
		expect(on.sent('getAccount')).toEqual([]);
	});

	it('that name the same account cost one penny drop, and each has its answer', async () => {
		const [one, other] = [account('CREATED', '0002'), account('CREATED')];
		const result = await validateEach([one, other, one, one]);
		expect(idsOf(result)).toEqual([one, other, one, one]);
		expect(statusesOf(result)).toEqual(['FAILURE', 'ACTIVE', 'FAILURE', 'FAILURE']);
		expect(result.items().map(({ validation }) => validation)).toEqual([
			'started',
			'started',
			'notNeeded',
			'notNeeded',
		]);
		expect(result.pairedWith()).toEqual([0, 1, 2, 3]);
		expect(on.simulator.counters).toMatchObject({ validationsStarted: 2, validationsRepeated: 0 });
	});

	it('that name the same account with other options still cost one penny drop', async () => {
		const id = account('CREATED');
		const result = await validateEach([id, id], {
			parameters: { options: { validationAmount: '={{ $itemIndex + 1 }}' } },
		});
		expect(statusesOf(result)).toEqual(['ACTIVE', 'ACTIVE']);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it("that name the same account by either of its customer's IDs cost one penny drop", async () => {
		const id = account('CREATED');
		const result = await validate(id, {
			items: [{ customer: ASHA }, { customer: `reference_of_${ASHA}` }],
			parameters: { customerId: '={{ $json.customer }}' },
		});
		expect(statusesOf(result)).toEqual(['ACTIVE', 'ACTIVE']);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('that name the same account with other routing IDs cost one penny drop', async () => {
		const id = account('CREATED');
		await validateEach([id, id], {
			parameters: { options: { routingId: '=guest_{{ $itemIndex }}' } },
		});
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});

	it('of which one can not be validated go through otherwise, where the user chose to continue', async () => {
		const ids = [account('CREATED'), 'banh_nobody_has_this', account('CREATED', '0009')];
		const result = await validateEach(ids, { onError: EVERY_ITEM });
		// The one that is refused is there all the same, and its item says how it stands.
		expect(statusesOf(result)).toEqual(['ACTIVE', null, 'CREATED']);
		expect(result.items()[1]).toEqual(
			failedAccount({
				error: 'Juspay has no account banh_nobody_has_this for customer cst_asha',
				errorHint: expect.stringMatching(/^Check the ID/),
				errorCode: 'NOT_FOUND',
				juspayCode: 'RESOURCE_NOT_FOUND',
				row: 2,
				customerId: ASHA,
				customerAccountId: 'banh_nobody_has_this',
			}),
		);
		expect(result.items()[2]).toEqual(
			failedAccount({
				errorCode: 'SETUP',
				juspayCode: 'INVALID_ACCOUNT_DETAILS',
				row: 3,
				customerId: ASHA,
				customerAccountId: ids[2],
				validationStatus: 'CREATED',
				type: 'bankAccount',
				account: 'XXXXXXXXXXX0009',
			}),
		);
		expect(result.pairedWith()).toEqual([0, 1, 2]);
	});

	it('of which one can not be read stop the workflow before any money moves', async () => {
		const result = await validateEach([account('CREATED'), '026291800001191 or so']);
		expect(result.status).toBe('error');
		expect(result.error?.message).toBe(
			"'Customer Account' is not an account ID, row 2 of 2 [item 1]",
		);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('are unlimited in number, yet bounded in flight', async () => {
		on.simulator.configure({ latencyMs: 25 });
		const customers = Array.from({ length: 12 }, (_, index) => `cst_many_${index}`);
		const ids = customers.map((customer) => account('CREATED', '1191', customer));
		const result = await validate('={{ $json.id }}', {
			items: ids.map((id, index) => ({ id, customer: customers[index] })),
			parameters: { customerId: '={{ $json.customer }}', options: { concurrency: 3 } },
		});
		expect(idsOf(result)).toEqual(ids);
		expect(on.simulator.counters.validationsStarted).toBe(12);
		expect(on.simulator.counters.peakInFlight).toBe(3);
	});
});

describe('Retry On Fail', () => {
	it('is refused before anything is sent: n8n would pay for a second penny drop', async () => {
		const result = await validate(account('FAILURE', '0002'), {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
		});
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/^'Retry On Fail' is on.* \[item 0\]$/);
		expect(result.error?.description).toMatch(/Turn it off in the node's Settings/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('is refused for every item where the user chose to continue', async () => {
		const result = await validateEach([account('CREATED'), account('CREATED', '1192')], {
			retryOnFail: true,
			maxTries: 2,
			waitBetweenTries: 1,
			onError: 'continueErrorOutput',
		});
		expect(result.outputs.map((items) => items.length)).toEqual([0, 2]);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('what goes along with a validation', () => {
	it('is what the options say', async () => {
		await validate(account('CREATED'), {
			parameters: {
				options: {
					validationAmount: '2.50',
					gatewayId: '16',
					routingId: 'guest_7',
					bodyFields: { field: [{ name: 'metadata.source', value: 'sheet 4' }] },
				},
			},
		});
		const [request] = on.sent('validateAccount');
		expect(request?.form).toEqual({
			amount: '2.50',
			gateway_id: '16',
			'metadata.source': 'sheet 4',
		});
		expect(request?.headers['x-routing-id']).toBe('guest_7');
	});

	it('is nothing where the options are left alone', async () => {
		await validate(account('CREATED'));
		const [request] = on.sent('validateAccount');
		expect(request?.form).toEqual({});
		expect(request?.headers['x-routing-id']).toBe(ASHA);
	});

	it('may differ from item to item', async () => {
		await validateEach([account('CREATED'), account('CREATED', '1192')], {
			parameters: {
				options: {
					validationAmount: '={{ $itemIndex + 1 }}',
					bodyFields: { field: [{ name: 'udf1', value: '={{ $json.id }}' }] },
				},
			},
		});
		const forms = on.sent('validateAccount').map(({ form }) => form);
		expect(forms.map(({ amount }) => amount)).toEqual(['1', '2']);
		expect(new Set(forms.map(({ udf1 }) => udf1)).size).toBe(2);
	});

	it.each(['0', '-1', '1,50', '1.234', 'one'])('is checked: no amount of "%s"', async (amount) => {
		const result = await validate(account('CREATED'), {
			parameters: { options: { validationAmount: amount } },
		});
		expect(result.error?.message).toMatch(/^'Validation Amount' .* \[item 0\]$/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});
});

describe('a validation whose outcome nobody knows', () => {
	const LOST_AFTER = ['dropAfter', 'htmlAfter', 'brokenJson', 'emptyBody'] as const;

	it.each(LOST_AFTER)('is looked up and not sent again: %s', async (kind) => {
		const id = account('CREATED');
		on.simulator.addFault({ call: 'validateAccount', kind, times: 1 });
		const result = await validate(id);
		expect(statusesOf(result)).toEqual(['ACTIVE']);
		expect(on.sent('validateAccount')).toHaveLength(1);
		expect(on.sent('getAccount').length).toBeGreaterThanOrEqual(2);
	});

	// While Juspay shows CREATED, nothing shows that the penny drop was not started.
	it.each<[string, Fault]>([
		['a connection that goes', { kind: 'dropBefore' }],
		["a proxy's page", { kind: 'html' }],
		['status 500', { kind: 'status', status: 500 }],
		['status 503', { kind: 'status', status: 503 }],
	])('is never sent again while Juspay says CREATED: %s', async (_, fault) => {
		const id = account('CREATED');
		on.simulator.addFault({ ...fault, call: 'validateAccount', times: 1 });
		const result = await validate(id);
		expect(result.error?.message).toMatch(/may have been started \[item 0\]$/);
		// A new run could pay again for what is under way.
		expect(result.error?.description).toMatch(/Use Get in a few minutes/);
		expect(result.error?.description).not.toMatch(/again later/);
		expect(on.sent('validateAccount')).toHaveLength(1);
		const again = await validate(id);
		expect(again.error?.message).toMatch(
			/^A penny drop for this account was requested on .* UTC, and Juspay shows no result yet\. The validation may have been started \[item 0\]$/,
		);
		expect(on.sent('validateAccount')).toHaveLength(1);
	});

	it('is never sent again to an account that stood at FAILURE before', async () => {
		const id = account('FAILURE', '0002');
		on.simulator.addFault({ call: 'validateAccount', kind: 'dropBefore' });
		const result = await validate(id);
		expect(result.error?.message).toMatch(/The validation may have been started/);
		expect(result.error?.description).toMatch(/Use Get in a few minutes/);
		expect(on.sent('validateAccount')).toHaveLength(1);
	});

	it('is never sent again after a time-out, even where Juspay still says CREATED', async () => {
		const id = account('CREATED');
		on.simulator.addFault({ call: 'validateAccount', kind: 'hang' });
		const result = await validate(id, { parameters: { options: { timeout: 1 } } });
		expect(result.error?.message).toMatch(
			/^Juspay did not answer within 1 seconds? \(validate the account\)/,
		);
		expect(result.error?.message).toMatch(/The validation may have been started/);
		expect(on.sent('validateAccount')).toHaveLength(1);
	}, 15_000);

	it("is never sent again after a proxy's time-out", async () => {
		on.simulator.addFault({ call: 'validateAccount', kind: 'status', status: 504 });
		const result = await validate(account('CREATED'));
		expect(result.error?.message).toMatch(/The validation may have been started/);
		expect(on.sent('validateAccount')).toHaveLength(1);
	}, 15_000);

	it('is found after a time-out, where it was only slow', async () => {
		const id = account('CREATED');
		on.simulator.addFault({ call: 'validateAccount', kind: 'lateEffect', forMs: 1500, times: 1 });
		const result = await validate(id, { parameters: { options: { timeout: 1 } } });
		expect(statusesOf(result)).toEqual(['ACTIVE']);
		expect(on.simulator.counters).toMatchObject({ validationsStarted: 1, validationsRepeated: 0 });
	}, 15_000);

	it('is not sent again where the look fails too', async () => {
		const id = account('CREATED');
		on.simulator.addFault({ call: 'validateAccount', kind: 'dropBefore' });
		on.simulator.addFault({ call: 'getAccount', kind: 'status', status: 500, skip: 1 });
		const result = await validate(id, { parameters: { options: { maxRetries: 0 } } });
		expect(result.error?.message).toMatch(/The validation may have been started/);
		expect(on.sent('validateAccount')).toHaveLength(1);
	});

	it('costs nothing where even the first look fails', async () => {
		on.simulator.addFault({ call: 'getAccount', kind: 'status', status: 500 });
		const result = await validate(account('CREATED'), {
			parameters: { options: { maxRetries: 0 } },
		});
		expect(result.status).toBe('error');
		expect(on.sent('validateAccount')).toEqual([]);
	});

	it('is sent again after "too many requests", which turns it away at the door', async () => {
		on.simulator.addFault({
			call: 'validateAccount',
			kind: 'status',
			status: 429,
			retryAfter: '0',
			times: 2,
		});
		expect(statusesOf(await validate(account('CREATED')))).toEqual(['ACTIVE']);
		expect(on.simulator.counters.validationsStarted).toBe(1);
	});
});
