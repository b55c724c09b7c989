import { ASHA, byId, IFSC, itemsFor, numberEnding, RAVI, stage } from './stage';
import type { Asked } from './stage';

// The words count here, not how long the node looks before it says them.
jest.mock('../../nodes/Juspay/http/clock', () => jest.requireActual('../fastClock'));

const on = stage();

const account = (lastFour = '1191', customer = ASHA) =>
	on.simulator.seedAccount(customer, { accountNumber: numberEnding(lastFour), ifsc: IFSC });

const deleteEach = async (ids: string[], { parameters, ...asked }: Asked = {}) =>
	await on.run('delete', {
		items: itemsFor(ids),
		...asked,
		parameters: { ...byId('={{ $json.id }}'), ...parameters },
	});

const deleted = (id: string, customerId = ASHA) => ({
	deleted: true,
	outcome: 'deleted',
	customerAccountId: id,
	customerId,
});

describe('deleting an account', () => {
	it('says so, and it is gone', async () => {
		const [id, other] = [account(), account('1192')];
		const result = await deleteEach([id]);
		expect(result.items()).toEqual([deleted(id)]);
		expect(on.simulator.accounts().map((left) => left.id)).toEqual([other]);
	});

	it('is no failure the second time', async () => {
		const id = account();
		await deleteEach([id]);
		const result = await deleteEach([id]);
		expect(result.status).toBe('success');
		expect(result.items()).toEqual([deleted(id)]);
		expect(on.simulator.counters.deletesDone).toBe(1);
	});

	it('is a failure where the customer is unknown', async () => {
		const result = await deleteEach([account()], { parameters: { customerId: 'cst_nobody' } });
		expect(result.error?.message).toBe('Juspay has no customer cst_nobody [item 0]');
		expect(on.simulator.accounts()).toHaveLength(1);
	});

	it("never touches another customer's account", async () => {
		await deleteEach([account('1191', RAVI)]);
		expect(on.simulator.accounts(RAVI)).toHaveLength(1);
	});

	it('asks nothing but the delete itself where all goes well', async () => {
		await deleteEach([account()]);
		expect(on.simulator.counters.requestsTotal).toBe(1);
		expect(on.sent('deleteAccount')[0]?.form).toEqual({ command: 'delete' });
	});

	it('needs an account ID, not an account number with something around it', async () => {
		const result = await deleteEach(['account 0262918']);
		expect(result.error?.message).toBe("'Customer Account' is not an account ID [item 0]");
		expect(result.error?.description).toMatch(/not the account number/);
		expect(on.simulator.counters.requestsTotal).toBe(0);
	});

	it('needs an account ID at all', async () => {
		const result = await deleteEach([account(), '']);
		expect(result.error?.message).toBe("'Customer Account' is empty, row 2 of 2 [item 1]");
		expect(on.simulator.accounts()).toHaveLength(1);
	});
});

describe('many items', () => {
	it('are deleted each, paired and in their order', async () => {
		const ids = [account(), account('1192'), account('1193')];
		const result = await deleteEach(ids);
		expect(result.items()).toEqual(ids.map((id) => deleted(id)));
		expect(result.pairedWith()).toEqual([0, 1, 2]);
		expect(on.simulator.accounts()).toEqual([]);
	});

	it('that name the same account delete it once, and each says so', async () => {
		const id = account();
		const result = await deleteEach([id, id]);
		expect(result.items()).toEqual([deleted(id), deleted(id)]);
		expect(on.sent('deleteAccount')).toHaveLength(1);
	});

	it('go through beside one that fails, where the user chose to continue', async () => {
		const id = account();
		const result = await deleteEach([id, 'no ID'], { onError: 'continueErrorOutput' });
		expect(result.items(0)).toEqual([deleted(id)]);
		expect(result.items(1)).toEqual([
			expect.objectContaining({ errorCode: 'BAD_INPUT', customerId: ASHA }),
		]);
		expect(result.pairedWith(1)).toEqual([1]);
	});
});

describe('a delete whose outcome nobody knows', () => {
	it.each(['dropAfter', 'htmlAfter', 'brokenJson', 'emptyBody'] as const)(
		'is settled by looking: %s',
		async (kind) => {
			const id = account();
			on.simulator.addFault({ call: 'deleteAccount', kind, times: 1 });
			const result = await deleteEach([id]);
			expect(result.items()).toEqual([deleted(id)]);
			expect(on.sent('deleteAccount')).toHaveLength(1);
			expect(on.sent('getAccount')).toHaveLength(1);
		},
	);

	it.each(['dropBefore', 'html'] as const)(
		'is sent again where the account is still there: %s',
		async (kind) => {
			const id = account();
			on.simulator.addFault({ call: 'deleteAccount', kind, times: 1 });
			expect((await deleteEach([id])).items()).toEqual([deleted(id)]);
			expect(on.simulator.accounts()).toEqual([]);
		},
	);

	it('says that it may not have happened, where nothing settles it', async () => {
		on.simulator.addFault({ call: 'deleteAccount', kind: 'status', status: 500 });
		const result = await deleteEach([account()], { parameters: { options: { maxRetries: 1 } } });
		expect(result.error?.message).toMatch(/The account may not have been deleted/);
		expect(result.error?.description).toMatch(/Deleting an account again has no further effect/);
		expect(on.sent('deleteAccount')).toHaveLength(2);
	});

	it('never says deleted where the look fails', async () => {
		on.simulator.addFault({ call: 'deleteAccount', kind: 'dropAfter' });
		on.simulator.addFault({ call: 'getAccount', kind: 'status', status: 500 });
		const result = await deleteEach([account()], { parameters: { options: { maxRetries: 0 } } });
		expect(result.error?.message).toMatch(/may not have been deleted/);
	});

	it('is no success for an unknown customer, though a look finds nothing there', async () => {
		on.simulator.addFault({ call: 'deleteAccount', kind: 'dropBefore', times: 1 });
		const result = await deleteEach([account()], { parameters: { customerId: 'cst_nobody' } });
		expect(result.status).toBe('error');
	});

	it("takes a proxy's 404 page for no proof that the account is gone", async () => {
		const id = account();
		on.simulator.addFault({ call: 'deleteAccount', kind: 'html' });
		on.simulator.addFault({ call: 'getAccount', kind: 'status', status: 404, body: '<html/>' });
		expect((await deleteEach([id])).status).toBe('error');
	});
});
