import { itemAt, itemsOf } from '../../n8n';
import { importExample } from '../import';
import type { RunExample } from '../stage';

const TRIGGER = 'Every Day at 9';

/** The alerts of the example, and how many of its four rows each is for. */
const ALERTS = { 'Alert: UPI ID Not Valid': 1, 'Alert: Not Verified': 1, 'Alert: Not Created': 0 };

/** Executes the example for real, and shows who was created and whom the alerts are about. */
export const verifyUpiIds: RunExample = async (stage, workflow, say) => {
	const { client, simulator } = stage;
	say('Four rows: two UPI IDs that exist, one that does not, and one without an @');
	const { id } = await importExample(stage, workflow, { forReal: true });
	const execution = await client.run(id, TRIGGER);
	const accounts = simulator.accounts();
	const alerts = Object.keys(ALERTS).map((node) => ({
		node,
		messages: itemsOf(execution, node).map((place) =>
			String(itemAt(execution, place)?.json.message),
		),
	}));
	const ok =
		execution.status === 'success' &&
		accounts.length === 2 &&
		simulator.counters.validationsStarted === 2 &&
		alerts.every(({ node, messages }) => messages.length === ALERTS[node as keyof typeof ALERTS]);
	const shown = [
		`${accounts.length} accounts at Juspay: ${accounts.map(({ status }) => status).join(', ')}`,
		...alerts.flatMap(({ messages }) => messages.map((message) => `  > ${message}`)),
	].join('\n');
	return { ok, shown, workflowId: id, execution };
};
