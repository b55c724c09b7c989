/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { N8nClient } from '../n8n';

/** A row, by column. */
export type Row = Record<string, string | null>;

/** What n8n adds to each row. */
const ADDED_COLUMNS = ['id', 'createdAt', 'updatedAt'];

/** Rows as a person has them in a file. */
export interface Sheet {
	columns: string[];
	rows: Row[];
}

const EXAMPLES = resolve(__dirname, '../../examples');

/** The rows that come with the examples, as a person would import them. Simple CSV: no quotes, no line breaks in cells. */
export async function exampleRows(): Promise<Sheet> {
	const file = await readFile(join(EXAMPLES, 'juspay-accounts.csv'), 'utf8');
	const [columns = [], ...lines] = file
		.trim()
		.split('\n')
		.map((line) => line.split(','));
	const rows = lines.map((cells) =>
		Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
	);
	return { columns, rows };
}

/** Those rows as n8n reads them from a Google Sheet: with the number of each row. */
export async function sheetRows(): Promise<Sheet> {
	const { columns, rows } = await exampleRows();
	return {
		columns: ['row_number', ...columns],
		// The first row of a sheet has the names of its columns.
		rows: rows.map((row, index) => ({ ...row, row_number: String(index + 2) })),
	};
}

/** The file that comes with the example csv-in-csv-out. */
export async function exampleCsv(): Promise<File> {
	const content = await readFile(join(EXAMPLES, 'bank-accounts.csv'));
	return new File([content], 'bank-accounts.csv', { type: 'text/csv' });
}

/** n8n's Data Tables in the owner's personal project, over `/rest`: the same for n8n 1.123 and 2.x. */
export class DataTables {
	private constructor(
		private readonly client: N8nClient,
		private readonly url: string,
		private readonly project: string,
	) {}

	/** @param url - of n8n, for people */
	static async of(client: N8nClient, url: string): Promise<DataTables> {
		const { id } = await client.rest<{ id: string }>('GET', '/projects/personal');
		return new DataTables(client, url, id);
	}

	/**
	 * Makes a table with these rows; one of the same name goes.
	 *
	 * @returns its ID
	 */
	async put(name: string, { columns, rows }: Sheet): Promise<string> {
		const { data: present } = await this.inProject<{ data: Array<{ id: string; name: string }> }>(
			'GET',
			'',
		);
		for (const same of present.filter((table) => table.name === name)) {
			await this.inProject('DELETE', `/${same.id}`);
		}
		const { id } = await this.inProject<{ id: string }>('POST', '', {
			name,
			columns: columns.map((column) => ({ name: column, type: 'string' })),
		});
		await this.inProject('POST', `/${id}/insert`, { data: rows, returnType: 'count' });
		return id;
	}

	/** Changes the rows whose column has this value. */
	async update(id: string, column: string, value: string, data: Row): Promise<void> {
		const filter = {
			type: 'and',
			filters: [{ columnName: column, condition: 'eq', value }],
		};
		await this.inProject('PATCH', `/${id}/rows`, { filter, data });
	}

	/** A table's rows, the oldest first, without what n8n adds to them. */
	async rows(id: string): Promise<Row[]> {
		const { data } = await this.inProject<{ data: Array<Record<string, string | null>> }>(
			'GET',
			`/${id}/rows?take=250`,
		);
		const isOwn = ([column]: [string, unknown]) => !ADDED_COLUMNS.includes(column);
		return data
			.sort((a, b) => Number(a.id) - Number(b.id))
			.map((row) => Object.fromEntries(Object.entries(row).filter(isOwn)));
	}

	/** Where a person finds a table in the editor. */
	addressOf(id: string): string {
		return `${this.url}/projects/${this.project}/datatables/${id}`;
	}

	private async inProject<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await this.client.rest(method, `/projects/${this.project}/data-tables${path}`, body);
	}
}
