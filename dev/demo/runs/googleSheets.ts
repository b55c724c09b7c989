import { importExample } from '../import';
import { withTablesForSheets } from '../sheets';
import { showRows } from '../show';
import type { RunExample } from '../stage';
import { exampleRows, type Sheet } from '../tables';

const TABLE = 'Juspay accounts (in place of a Google Sheet)';

/** The example rows as n8n reads them from a Google Sheet: with the number of each row. */
export async function sheetRows(): Promise<Sheet> {
	const { columns, rows } = await exampleRows();
	return {
		columns: ['row_number', ...columns],
		// The first row of a sheet has the names of its columns.
		rows: rows.map((row, index) => ({ ...row, row_number: String(index + 2) })),
	};
}

/** Executes the example on a Data Table, since the demo has no Google account, and shows what it wrote back. */
export const googleSheets: RunExample = async (stage, workflow, say) => {
	const { client, tables, simulator } = stage;
	const table = { id: await tables.put(TABLE, await sheetRows()), name: TABLE };
	say('There is no Google account here: a Data Table takes the place of the sheet');
	const onTable = withTablesForSheets(workflow);
	const { id } = await importExample(stage, onTable, { table, forReal: true });
	const execution = await client.run(id, 'Every Day at 9');

	const rows = await tables.rows(table.id);
	const ok =
		execution.status === 'success' &&
		rows.every(({ status }) => status) &&
		simulator.counters.accountsMade === 4 &&
		simulator.counters.duplicatesMade === 0;
	const columns = ['row_number', 'customer_ref', 'customer_account_id', 'status', 'problem'];
	const links = { 'Data Table': tables.addressOf(table.id) };
	return { ok, shown: showRows(rows, columns), workflowId: id, execution, links };
};
