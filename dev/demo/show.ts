import Table from 'cli-table3';
import type { AccountReport } from './accounts';
import type { Row } from './tables';

/** The accounts of an execution as a table for the terminal, one line for each, and the messages below it. */
export function showAccounts({ rows, expected }: AccountReport): string {
	const table = showTable(
		['Item', 'Customer', 'Account', 'Account ID', 'Status', 'Branch'],
		rows.map(({ item, customerId, account, customerAccountId, status, branch }) => [
			String(item),
			customerId,
			account,
			customerAccountId,
			status,
			branch,
		]),
	);
	const messages = rows.flatMap(({ message }) => (message === undefined ? [] : [`  ! ${message}`]));
	const lost = expected - rows.length;
	return [
		table,
		...messages,
		...(lost === 0 ? [] : [`  ! ${expected} accounts went in, ${rows.length} came out.`]),
	].join('\n');
}

/** Some columns of a Data Table's rows. */
export function showRows(rows: Row[], columns: string[]): string {
	return showTable(
		columns,
		rows.map((row) => columns.map((column) => row[column] ?? '')),
	);
}

/** The alerts that were received. */
export function showAlerts(received: string[]): string {
	const count = received.length === 1 ? '1 alert' : `${received.length} alerts`;
	return [`${count} received:`, ...received.map((message) => `  ! ${message}`)].join('\n');
}

/** A table for the terminal. Long cells, such as messages, are wrapped. */
export function showTable(head: string[], rows: string[][]): string {
	const width = (column: number) =>
		Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0));
	const table = new Table({
		head,
		colWidths: head.map((_, column) => Math.min(width(column), WIDEST) + 2),
		wordWrap: true,
		// No colours: the table goes into logs and files, too.
		style: { head: [], border: [] },
	});
	table.push(...rows);
	return table.toString();
}

const WIDEST = 48;
