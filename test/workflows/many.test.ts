import type { IDataObject } from 'n8n-workflow';
import { ASHA, byId, stage } from './stage';
import type { Asked } from './stage';

/** More rows than a call may have arguments: nothing is spread, and every row has its item. */

const on = stage();

const COUNT = 130_000;

const rows = Array.from({ length: COUNT }, (_, index): IDataObject => ({ vpa: `p${index}@upi` }));

const WAIT = { waitForValidation: 1 };

it.each<[string, string, () => Asked]>([
	[
		'a Get that waits',
		'get',
		() => ({
			parameters: {
				...byId(on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' }, 'ACTIVE')),
				options: WAIT,
			},
		}),
	],
	[
		'a dry run of Validate',
		'validate',
		() => ({
			parameters: {
				...byId(on.simulator.seedAccount(ASHA, { vpa: 'asha@upi' })),
				options: { ...WAIT, dryRun: true, maxValidations: 1 },
			},
		}),
	],
])('%s answers 130,000 rows', async (_, operation, asked) => {
	const { parameters } = asked();
	const result = await on.run(operation, { items: rows, collect: false, parameters });
	expect(result.error).toBeUndefined();
	expect(result.outputs[0]).toHaveLength(COUNT);
	expect(result.outputs[0]?.at(-1)?.pairedItem).toEqual({ item: COUNT - 1 });
	expect(on.simulator.counters.validationsStarted).toBe(0);
});

it('130,000 rows that fail say each why', async () => {
	const result = await on.run('get', {
		items: rows,
		collect: false,
		onError: 'continueRegularOutput',
		parameters: byId('no ID'),
	});
	expect(result.outputs[0]).toHaveLength(COUNT);
	expect(result.outputs[0]?.at(-1)?.json).toMatchObject({ errorCode: 'BAD_INPUT', row: COUNT });
	expect(JSON.stringify(result.hints)).not.toContain('call stack');
});
