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
});
