import type { INodeProperties } from 'n8n-workflow';
import { isBlank } from '../../account/check';
import type { Problem } from '../../account/check';
import {
	checkMappings,
	COLUMN_FIELDS,
	findColumns,
	headersOf,
	missingColumns,
} from '../../account/columns';
import type { ColumnName, Mapping } from '../../account/columns';
import { fieldPath, valueAt } from '../parameters';
import { rowOf } from '../run';
import type { Run } from '../run';
import { showFor } from './fields';

/** The parameter as n8n's resource mapper saves it. */
interface ColumnsValue {
	mappingMode?: string;
	value?: Partial<Record<ColumnName, unknown>> | null;
}

const INPUT_COLUMNS = showFor(['create'], { accountSource: ['input'] });

/** Some of each field's headers, to show the user what is found. */
const examples = COLUMN_FIELDS.map(({ label, headers }) => {
	const some = headers.flatMap((tier) => tier.slice(0, 2)).slice(0, 3);
	return `<li>${label}: ${some.join(', ')}</li>`;
}).join('');

/** Which columns of the input items contain the accounts, where each item is a row. */
export const columnFields: INodeProperties[] = [
	{
		displayName: 'Columns',
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'autoMapInputData', value: null },
		description:
			'The columns of the input items. A row may contain a bank account, a UPI ID, or both.',
		typeOptions: {
			resourceMapper: {
				resourceMapperMethod: 'getAccountColumns',
				mode: 'add',
				valuesLabel: 'Accounts to Create',
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: true,
				supportAutoMap: true,
				multiKeyMatch: false,
				hideNoDataError: true,
			},
		},
		displayOptions: INPUT_COLUMNS,
	},
	{
		displayName: `Other usual names work too, whatever their case, spaces, _ and -. For example:<ul>${examples}</ul>`,
		name: 'columnsNotice',
		type: 'notice',
		default: '',
		displayOptions: showFor(['create'], {
			accountSource: ['input'],
			'/columns.mappingMode': ['autoMapInputData'],
		}),
	},
];

/** Where a row's values come from. */
export interface ColumnReader {
	/** The values of an item, by field. */
	values(item: number): Partial<Record<ColumnName, unknown>>;
	/** What is wrong for all items alike. */
	problem?: Problem;
}

/** Finds the columns of the input, or reads how the user mapped them. */
export function openColumns(run: Run): ColumnReader {
	const saved = (run.saved('columns') ?? {}) as ColumnsValue;
	const reader = saved.mappingMode === 'defineBelow' ? mapped(run, saved) : found(run);
	return { ...reader, values: lastOf(reader.values) };
}

function found(run: Run): ColumnReader {
	const headers = headersOf(run.items.map(({ json }) => json));
	const result = findColumns(headers);
	if ('problem' in result) return { values: () => ({}), problem: result.problem };
	const columns = Object.entries(result.columns) as Array<[ColumnName, string]>;
	return {
		values: (item) => {
			const row = rowOf(run, item);
			const values: Partial<Record<ColumnName, unknown>> = {};
			for (const [name, header] of columns) {
				if (Object.hasOwn(row, header)) values[name] = row[header];
			}
			return values;
		},
		problem: missingColumns(result.columns, headers),
	};
}

function mapped(run: Run, { value }: ColumnsValue): ColumnReader {
	const given = value ?? {};
	const mappings = COLUMN_FIELDS.map(({ name }) => name)
		.filter((name) => !isBlank(given[name]))
		.map((name) => mappingOf(name, given[name]));
	const rows = run.items.map(({ json }) => json);
	const isThere = (path: readonly string[]) => rows.some((row) => valueAt(row, path) !== undefined);
	return {
		values: (item) => (run.read('columns', item) as ColumnsValue).value ?? {},
		problem: checkMappings(mappings, headersOf(rows), isThere),
	};
}

function mappingOf(name: ColumnName, saved: unknown): Mapping {
	if (typeof saved !== 'string') return { name };
	return saved.startsWith('=') ? { name, path: fieldPath(saved) } : { name, text: saved.trim() };
}

/** Reads an item once, though it is asked for twice: for its customer and for its accounts. */
function lastOf<T>(read: (item: number) => T): (item: number) => T {
	let last: { item: number; value: T } | undefined;
	return (item) => {
		if (last?.item !== item) last = { item, value: read(item) };
		return last.value;
	};
}
