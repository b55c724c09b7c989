import { importExample } from '../import';
import { showRows } from '../show';
import type { RunExample } from '../stage';
import { exampleRows, type Row } from '../tables';
import { TABLE } from './scheduledOnboarding';

const COLUMNS = ['customer_ref', 'customer_account_id', 'status', 'problem'];

/** Gives the example rows whose validation failed, lets it try again, and shows what it wrote back. */
export const validateFailedAgain: RunExample = async (stage, workflow, say) => {
	const { client, tables, simulator } = stage;
	const { columns } = await exampleRows();
	const failed = (customer: string, vpa: string): Row => ({
		customer_ref: customer,
		vpa,
		status: 'FAILURE',
		customer_id: customer,
		customer_account_id: simulator.seedAccount(customer, { vpa }, 'FAILURE'),
	});
	const rows = [
		failed('customer_asha', 'asha.rao@upi'),
		failed('customer_bharat', 'pending.bharat@upi'),
		failed('customer_chitra', 'failure.chitra@okbank'),
	];
	const table = { id: await tables.put(TABLE, { columns, rows }), name: TABLE };
	say(`The Data Table "${TABLE}" has ${rows.length} rows whose validation failed`);

	const { id } = await importExample(stage, workflow, { table, forReal: true });
	const execution = await client.run(id, 'When You Click Execute');

	const after = await tables.rows(table.id);
	const statusNow = new Map(simulator.accounts().map((account) => [account.id, account.status]));
	const ok =
		execution.status === 'success' &&
		after.every((row) => row.status === statusNow.get(row.customer_account_id ?? '')) &&
		simulator.counters.validationsStarted === rows.length;
	const links = { 'Data Table': tables.addressOf(table.id) };
	return { ok, shown: showRows(after, COLUMNS), workflowId: id, execution, links };
};
