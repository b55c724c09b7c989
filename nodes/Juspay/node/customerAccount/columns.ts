import type { IDataObject } from 'n8n-workflow';
import { isBlank, isRecord } from '../../account/check';
import type { BadInput } from '../../account/check';
import {
	absentColumns,
	checkMappings,
	columnsUsed,
	findColumns,
	headersOf,
	missingColumns,
	namedColumn,
} from '../../account/columns';
import { COLUMN_FIELDS, labelOf } from '../../account/headers';
import type { ColumnName } from '../../account/headers';
import type { Mapping } from '../../account/columns';
import { keptNames } from '../keepFields';
import { fieldPath, valueAt, withoutBlanks } from '../parameters';
import { hasRow, rowOf } from '../run';
import type { Run } from '../run';

/** Where a row's values come from. */
interface ColumnReader {
	/** The values of an item, by field. */
	values(item: number): RawRow;
	/** What is wrong for all items alike. */
	problem?: BadInput | undefined;
	/** Which columns are read and which are not, for the output pane. */
	hints: string[];
}

/** The values of a row, by field. */
type RawRow = Partial<Record<ColumnName, unknown>>;

/** Finds the columns of the input, or reads how the user mapped them. */
export function openColumns(run: Run): ColumnReader {
	const saved = run.saved('columns');
	const isMapped = isRecord(saved) && saved.mappingMode === 'defineBelow';
	const reader = isMapped ? mapped(run, saved.value) : found(run);
	return { ...reader, values: lastOf(reader.values) };
}

/** What n8n's Google Sheets adds to a row. */
const ROW_NUMBER = 'row_number';

function rowsOf(run: Run): IDataObject[] {
	return run.items.map((_, item) => rowOf(run, item));
}

/** Columns that carry nothing to Juspay but are of use all the same. */
function isUseful(run: Run, header: string): boolean {
	return header === ROW_NUMBER || keptNames(run, 0).includes(header);
}

function found(run: Run): ColumnReader {
	const rows = rowsOf(run);
	const headers = headersOf(rows);
	const result = findColumns(headers, rows);
	if (result.ambiguous) return { values: () => ({}), problem: result.ambiguous, hints: [] };
	const used = COLUMN_FIELDS.flatMap(({ name, label }) => {
		const header = result.columns[name];
		return header === undefined ? [] : [{ name, label, header }];
	});
	const unused = result.unused.filter((header) => !isUseful(run, header));
	const named = used.map(({ label, header }) => [label, namedColumn(header)] as const);
	return {
		values: (item) => {
			const row = rowOf(run, item);
			const values: RawRow = {};
			for (const { name, header } of used) {
				if (Object.hasOwn(row, header)) values[name] = row[header];
			}
			return values;
		},
		problem: missingColumns(result.columns, headers),
		hints: [columnsUsed(named, unused, (name) => result.columns[name] !== undefined)],
	};
}

function mapped(run: Run, saved: unknown): ColumnReader {
	const given = isRecord(saved) ? saved : {};
	const mappings = COLUMN_FIELDS.map(({ name }) => name)
		.filter((name) => !isBlank(given[name]))
		.map((name) => mappingOf(name, given[name]));
	const rows = rowsOf(run);
	const headers = headersOf(rows);
	const isThere = (path: readonly string[]) => rows.some((row) => valueAt(row, path) !== undefined);
	const absent = mappings.filter(({ path }) => path && !isThere(path));
	const texts = Object.values(given).map(String);
	const unused = headers.filter(
		(header) => !isUseful(run, header) && !texts.some((text) => text.includes(header)),
	);
	const named = mappings.map(({ name, path }) => {
		const from = path ? namedColumn(path.join('.')) : 'as entered in Columns';
		return [labelOf(name), from] as const;
	});
	const isMapped = (name: ColumnName) => mappings.some((mapping) => mapping.name === name);
	return {
		values: (item) => {
			const { value } = run.collection('columns', item);
			return isRecord(value) ? value : {};
		},
		problem: checkMappings(mappings, headers, isThere),
		hints: [
			columnsUsed(named, unused, isMapped),
			...(absent.length > 0 ? [`No item has ${absentColumns(absent).join(', ')}.`] : []),
		],
	};
}

function mappingOf(name: ColumnName, saved: unknown): Mapping {
	if (typeof saved !== 'string') return { name };
	return saved.startsWith('=')
		? { name, path: fieldPath(withoutBlanks(saved)) }
		: { name, text: saved.trim() };
}

/** True for a row that has nothing in any field: sheets and CSVs end in them. */
export function isBlankRow(run: Run, item: number): boolean {
	return (
		hasRow(run, item) &&
		Object.entries(rowOf(run, item)).every(([name, value]) => name === ROW_NUMBER || isBlank(value))
	);
}

/** Reads an item once, though it is asked for twice: for its customer and for its accounts. */
function lastOf<T>(read: (item: number) => T): (item: number) => T {
	let last: { item: number; value: T } | undefined;
	return (item) => {
		if (last?.item !== item) last = { item, value: read(item) };
		return last.value;
	};
}
