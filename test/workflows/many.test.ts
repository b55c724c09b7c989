import type { IDataObject } from 'n8n-workflow';
import { ASHA, byId, stage } from './stage';

/** More rows than a call may have arguments: nothing is spread, and every row has its item. */

const on = stage();

const COUNT = 130_000;

it('130,000 rows that wait for a validation have each an item', async () => {
	const id = on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }, 'ACTIVE');
	const result = await on.run('get', {
		items: Array.from({ length: COUNT }, (_, row): IDataObject => ({ row })),
		collect: false,
		parameters: { ...byId(id), options: { waitForValidation: 1 } },
	});
	expect(result.error).toBeUndefined();
	expect(result.outputs[0]).toHaveLength(COUNT);
	expect(result.outputs[0]?.at(-1)).toMatchObject({
		json: { validationStatus: 'ACTIVE' },
		pairedItem: { item: COUNT - 1 },
	});
	expect(on.sent('getAccount')).toHaveLength(1);
});
