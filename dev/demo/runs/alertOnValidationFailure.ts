import { importExample } from '../import';
import { showAlerts } from '../show';
import type { RunExample } from '../stage';
import { until } from '../../until';

/** n8n polls once a minute, at a second of its own choice. */
const POLL_WITHIN_MS = 90_000;

/** How many the example watches. */
const CUSTOMERS = 3;

/** Activates the example, lets two penny drops end at Juspay, one of them badly, and waits for the alert. */
export const alertOnValidationFailure: RunExample = async (stage, workflow, say) => {
	const { simulator, alerts } = stage;
	const chitra = 'customer_chitra';
	simulator.seedAccount('customer_asha', { vpa: 'failed.before@upi' }, 'FAILURE');
	const good = simulator.seedAccount('customer_bharat', { vpa: 'bharat@upi' }, 'PENDING');
	const bad = simulator.seedAccount(
		chitra,
		{ accountNumber: '50100123450002', ifsc: 'ICIC0004321' },
		'PENDING',
	);
	say('Juspay has one account that failed before, and two whose penny drop is under way');

	const { id } = await importExample(stage, workflow);
	await stage.activate(id);
	// n8n says that a workflow is active before its first look is over.
	const looked = () => simulator.counters.requests.listAccounts >= CUSTOMERS;
	await until('the first look', looked);
	say('The workflow is active: it looked once, and learned where things stand');
	simulator.setStatus(good, 'ACTIVE');
	simulator.setStatus(bad, 'FAILURE');
	say(
		'One penny drop has ended well, the other one has failed; waiting for the next look (a minute at most) …',
	);
	await alerts.atLeast(1, POLL_WITHIN_MS);

	const [alert = ''] = alerts.received;
	const ok = alerts.received.length === 1 && alert.includes(chitra);
	return { ok, shown: showAlerts(alerts.received), workflowId: id };
};
