/** The example that starts by n8n's polls, executed in real n8ns, which wait for them side by side. */
import { readExample } from '../../dev/demo/examples';
import { importExample } from '../../dev/demo/import';
import { openStage, type Stage } from '../../dev/demo/stage';
import type { N8nVersion } from '../../dev/n8n';
import { until } from '../../dev/until';
import { INSTALL_WITHIN_MS, packed, polledOften } from '../e2e/stage';

const VERSIONS: N8nVersion[] = ['v2', 'v1'];

/** Every ten seconds, and a busy machine starts n8n in a minute. */
const POLLS_WITHIN_MS = 150_000;

it.concurrent.each(VERSIONS)(
	'alert-on-validation-failure, in n8n %s: one alert for each failure, also for one while n8n was down',
	async (version) => {
		const stage = await openStage({ ...packed(), version });
		try {
			await failures(stage);
		} finally {
			await stage.close();
		}
	},
	INSTALL_WITHIN_MS + 4 * POLLS_WITHIN_MS,
);

async function failures(stage: Stage): Promise<void> {
	const { simulator, alerts } = stage;
	const account = (customer: string, status: string) =>
		simulator.seedAccount(customer, { vpa: `${customer}@upi` }, status);
	account('customer_asha', 'FAILURE');
	const bharat = account('customer_bharat', 'PENDING');
	const chitra = account('customer_chitra', 'PENDING');
	// Each look asks about each of the three customers.
	const looks = () => simulator.counters.requests.listAccounts / 3;
	const looked = async (times: number) => {
		const from = looks();
		await until(`${times} looks`, () => looks() >= from + times, { withinMs: POLLS_WITHIN_MS });
	};

	const example = await readExample({ name: 'alert-on-validation-failure' });
	const { id } = await importExample(stage, polledOften(example), { forReal: true });
	await stage.activate(id);
	await looked(1);
	simulator.setStatus(bharat, 'FAILURE');
	expect(await alerts.atLeast(1, POLLS_WITHIN_MS)).toBe(true);

	await stage.restart(() => simulator.setStatus(chitra, 'FAILURE'));
	expect(await alerts.atLeast(2, POLLS_WITHIN_MS)).toBe(true);
	await looked(1);
	expect(alerts.received).toEqual([
		expect.stringContaining('of customer customer_bharat'),
		expect.stringContaining('of customer customer_chitra'),
	]);
	await stage.client.deactivate(id);
	expect(simulator.counters).toMatchObject({ duplicatesMade: 0, validationsWhileUnsettled: 0 });
}
