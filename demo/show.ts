import Table from 'cli-table3';
import type { AccountReport } from './accounts';

/** The accounts of an execution as a table for the terminal, one line for each, and the messages below it. */
export function showAccounts({ rows, expected }: AccountReport): string {
	const table = new Table({
		head: ['Item', 'Customer', 'Account', 'Account ID', 'Status', 'Branch'],
		// No colours: the table goes into logs and files, too.
		style: { head: [], border: [] },
	});
	for (const row of rows) {
		table.push([
			row.item,
			row.customerId,
			row.account,
			row.customerAccountId,
			row.status,
			row.branch,
		]);
	}
	const messages = rows.flatMap(({ message }) => (message === undefined ? [] : [`  ! ${message}`]));
	const lost = expected - rows.length;
	return [
		table.toString(),
		...messages,
		...(lost === 0 ? [] : [`  ! ${expected} accounts went in, ${rows.length} came out.`]),
	].join('\n');
}
