/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports -- the demo runs on a developer's machine, never inside n8n */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Owner } from '../n8n';

/** A row, by column. */
export type Row = Record<string, string | null>;

/** What n8n adds to each row. */
const ADDED_COLUMNS = ['id', 'createdAt', 'updatedAt'];

/** Rows as a person has them in a file. */
export interface Sheet {
	columns: string[];
	rows: Row[];
}

/** The rows that come with the examples, as a person would import them. Simple CSV: no quotes, no line breaks in cells. */
export async function exampleRows(): Promise<Sheet> {
	const file = await readFile(resolve(__dirname, '../../examples/juspay-accounts.csv'), 'utf8');
	const [columns = [], ...lines] = file
		.trim()
		.split('\n')
		.map((line) => line.split(','));
	const rows = lines.map((cells) =>
		Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
	);
	return { columns, rows };
}

/** n8n's Data Tables in the owner's personal project, over `/rest`: the same for n8n 1.123 and 2.x. */
export class DataTables {
	private cookie = '';

	/** n8n ties a session to the browser that opened it. */
	private readonly browserId = randomUUID();

	private project = '';

	private constructor(private readonly url: string) {}

	/** @param owner - set up already: `N8nClient.signIn` does it */
	static async signIn(url: string, owner: Owner): Promise<DataTables> {
		const tables = new DataTables(url);
		const { email: emailOrLdapLoginId, password } = owner;
		await tables.rest('POST', '/login', { emailOrLdapLoginId, password });
		const { id } = await tables.rest<{ id: string }>('GET', '/projects/personal');
		tables.project = id;
		return tables;
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
		await this.insert(id, rows);
		return id;
	}

	/** Adds rows to a table. */
	async insert(id: string, rows: Row[]): Promise<void> {
		if (rows.length > 0) {
			await this.inProject('POST', `/${id}/insert`, { data: rows, returnType: 'count' });
		}
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

	private inProject<T>(method: string, path: string, body?: unknown): Promise<T> {
		return this.rest(method, `/projects/${this.project}/data-tables${path}`, body);
	}

	private async rest<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: {
				'browser-id': this.browserId,
				cookie: this.cookie,
				...(body === undefined ? {} : { 'content-type': 'application/json' }),
			},
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const answer = await response.text();
		if (!response.ok) {
			throw new Error(
				`n8n answered ${response.status} to ${method} ${path}: ${answer.slice(0, 300)}`,
			);
		}
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		return (JSON.parse(answer) as { data: T }).data;
	}
}
