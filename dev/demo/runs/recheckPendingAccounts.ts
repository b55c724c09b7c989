import { importExample } from '../import';
import { showAlerts, showRows } from '../show';
import type { RunExample } from '../stage';
import { exampleRows, type Row } from '../tables';
import { TABLE } from './scheduledOnboarding';

const ALERT_WITHIN_MS = 20_000;
const COLUMNS = ['customer_ref', 'customer_account_id', 'status', 'problem'];

/** Gives the example rows whose penny drop was under way, lets it look at them, and shows what it wrote back. */
export const recheckPendingAccounts: RunExample = async (stage, workflow, say) => {
	const { client, tables, simulator, alerts } = stage;
	const { columns } = await exampleRows();
	const pending = (customer: string, vpa: string, now: string): Row => ({
		customer_ref: customer,
		vpa,
		status: 'PENDING',
		customer_id: customer,
		customer_account_id: simulator.seedAccount(customer, { vpa }, now),
	});
	const rows = [
		pending('customer_asha', 'asha.rao@upi', 'ACTIVE'),
		pending('customer_bharat', 'bharat@upi', 'FAILURE'),
		pending('customer_chitra', 'chitra@okbank', 'PENDING'),
	];
	const table = { id: await tables.put(TABLE, { columns, rows }), name: TABLE };
	say(`The Data Table "${TABLE}" as it is before:`);
	say(showRows(await tables.rows(table.id), COLUMNS));

	const { id } = await importExample(stage, workflow, { table });
	const execution = await client.run(id, 'Every 15 Minutes');

	const after = await tables.rows(table.id);
	const failed = after.filter(({ status }) => status === 'FAILURE');
	await alerts.atLeast(failed.length, ALERT_WITHIN_MS);
	const statusNow = new Map(simulator.accounts().map((account) => [account.id, account.status]));
	const ok =
		execution.status === 'success' &&
		after.length === rows.length &&
		after.every((row) => row.status === statusNow.get(row.customer_account_id ?? '')) &&
		alerts.received.length === failed.length &&
		simulator.counters.validationsStarted === 0;
	const shown = [showRows(after, COLUMNS), showAlerts(alerts.received)].join('\n');
	const links = { 'Data Table': tables.addressOf(table.id) };
	return { ok, shown, workflowId: id, execution, links };
};
