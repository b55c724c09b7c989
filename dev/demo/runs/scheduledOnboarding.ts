import { importExample } from '../import';
import { showAlerts, showRows } from '../show';
import type { RunExample } from '../stage';
import { exampleRows } from '../tables';

export const TABLE = 'Juspay accounts';

const ALERT_WITHIN_MS = 20_000;

/** Gives the example a Data Table with the rows that come with it, executes it, and shows what it wrote back. */
export const scheduledOnboarding: RunExample = async (stage, workflow, say) => {
	const { client, tables, simulator, alerts } = stage;
	const sheet = await exampleRows();
	const table = { id: await tables.put(TABLE, sheet), name: TABLE };
	say(
		`The Data Table "${TABLE}" has ${sheet.rows.length} new rows; Juspay knows none of the customers`,
	);
	const { id } = await importExample(stage, workflow, { table, forReal: true });

	simulator.configure({ anyCustomer: false });
	const execution = await client
		.run(id, 'Every Day at 9')
		.finally(() => simulator.configure({ anyCustomer: true }));

	const rows = await tables.rows(table.id);
	const needPerson = rows.filter(({ problem }) => problem);
	await alerts.atLeast(needPerson.length, ALERT_WITHIN_MS);
	const ok =
		execution.status === 'success' &&
		rows.length === sheet.rows.length &&
		rows.every(({ status }) => status) &&
		alerts.received.length === needPerson.length &&
		simulator.counters.duplicatesMade === 0;
	const shown = [
		showRows(rows, ['customer_ref', 'customer_id', 'customer_account_id', 'status', 'problem']),
		showAlerts(alerts.received),
	].join('\n');
	const links = { 'Data Table': tables.addressOf(table.id) };
	return { ok, shown, workflowId: id, execution, links };
};
