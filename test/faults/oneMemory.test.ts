import type { Simulator } from '../../dev/simulator/simulator';
import { sleep } from 'n8n-workflow';
import { runOn, startWarmSimulator, using } from '../simulated';
import type { Asked } from '../workflows/stage';

// Real waits, on a machine that may be busy.
jest.setTimeout(60_000);

const CUSTOMER = 'cst_asha';

/** Runs Create and validates, one row. */
async function createAndValidate(simulator: Simulator, asked: Omit<Asked, 'parameters'> = {}) {
	return await runOn(
		simulator,
		{
			operation: 'create',
			customerId: CUSTOMER,
			accountSource: 'json',
			accountsJson: '[{"vpa":"asha@upi"}]',
			validateOnCreate: true,
		},
		asked,
	);
}

const withLateLists = async (ms: number, use: (simulator: Simulator) => Promise<void>) =>
	await using(startWarmSimulator({ customers: [CUSTOMER] }), async (simulator) => {
		simulator.configure({ listDelayMs: ms, validationMs: 60_000 });
		await use(simulator);
	});

describe('lists that show new accounts 20 seconds late', () => {
	it('let nothing be made or paid twice when the workflow runs again', async () => {
		await withLateLists(20_000, async (simulator) => {
			const first = await createAndValidate(simulator);
			expect(first.items()).toMatchObject([{ outcome: 'created', validation: 'started' }]);
			await sleep(2000);
			const second = await createAndValidate(simulator);
			expect(second.items()).toMatchObject([
				{
					outcome: 'existing',
					customerAccountId: first.items()[0]?.customerAccountId,
					validation: expect.stringMatching(/notNeeded|alreadyStarted/),
				},
			]);
			expect(simulator.counters).toMatchObject({ accountsMade: 1, duplicatesMade: 0 });
			expect(simulator.counters.validationsStarted).toBe(1);
		});
	});

	it('do not bring back what was deleted', async () => {
		await withLateLists(20_000, async (simulator) => {
			const [made] = (await createAndValidate(simulator)).items();
			const id = String(made?.customerAccountId);
			const target = {
				customerId: CUSTOMER,
				customerAccountId: { __rl: true, mode: 'id', value: id },
			};
			await runOn(simulator, { operation: 'delete', ...target });
			const [again] = (await createAndValidate(simulator)).items();
			expect(again).toMatchObject({ outcome: 'created' });
			expect(again?.customerAccountId).not.toBe(id);
		});
	});

	it('leave no doubt of what a Stop has kept from the wire', async () => {
		await withLateLists(0, async (simulator) => {
			simulator.addFault({ call: 'listAccounts', kind: 'delay', forMs: 3000, times: 1 });
			const stop = new AbortController();
			const running = createAndValidate(simulator, { signal: stop.signal });
			while (simulator.counters.requests.listAccounts === 0) await sleep(10);
			stop.abort();
			await running;
			expect(simulator.counters.requests.createAccounts).toBe(0);
			const again = await createAndValidate(simulator);
			expect(again.items()).toMatchObject([{ outcome: 'created', validation: 'started' }]);
			expect(simulator.counters).toMatchObject({ accountsMade: 1, validationsStarted: 1 });
		});
	});
});
