import { ASHA, byId, IFSC, itemsFor, numberEnding, stage } from './stage';
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
});
