import { isBlank, isRecord, refuse } from '../../account/check';
import type { BadInput } from '../../account/check';
import {
	absentColumns,
	checkMappings,
	columnsUsed,
	findColumns,
	headersOf,
	missingColumns,
	namedColumn,
	notUsed,
} from '../../account/columns';
import type { Mapping } from '../../account/columns';
import { COLUMN_FIELDS, labelOf } from '../../account/headers';
import type { ColumnName } from '../../account/headers';
import { fromFields, fromJson, fromRow } from '../../account/read';
import type { FoundAccount, FoundProblem } from '../../account/read';
import { keptNames } from '../keepFields';
import { fieldPath, valueAt, withoutBlanks } from '../parameters';
import { hasRow, readable, rowOf, rowsOf } from '../run';
import type { Run } from '../run';
import { ACCOUNT_SOURCE } from './createFields';

/** Where an item's customer and accounts are read from; what is thrown is bad input, or n8n's. */
export interface Source {
	customerId(item: number): unknown;
	accounts(item: number): Array<FoundAccount | FoundProblem>;
	isJson?: boolean;
	/** What is wrong for all items alike. */
	problem?: BadInput | undefined;
	/** True for an item that asks for nothing. */
	skips?(item: number): boolean;
	/** What to say of the input after the run. */
	hints(): string[];
}

/** Opens the source that the user chose under Accounts From. */
export function openSource(run: Run): Source {
	const from = run.first((item) => run.value(ACCOUNT_SOURCE, item), 'fields');
	if (from === 'input') return fromColumns(run);
	const customerId = (item: number) => run.read('customerId', item);
	if (from === 'json') return { customerId, ...fromText(run) };
	return {
		customerId,
		accounts: (item) => fromFields(run.collection('accounts', item)),
		hints: () => [],
	};
}

function fromText(run: Run): Omit<Source, 'customerId'> {
	const unused = new Set<string>();
	return {
		isJson: true,
		accounts: (item) => {
			const found = fromJson(run.read('accountsJson', item));
			for (const key of found.unused) unused.add(key);
			return found.accounts;
		},
		hints: () => {
			const said = notUsed([...unused], () => false);
			return said === '' ? [] : [`'Accounts (JSON)': ${said}`];
		},
	};
}

function fromColumns(run: Run): Source {
	const saved = run.saved('columns');
	const isMapped = isRecord(saved) && saved.mappingMode === 'defineBelow';
	const { values, problem, hints } = isMapped ? mappedBy(run, saved.value) : foundIn(run);
	// Mapped columns may read another node: what it has for a blank row must not be lost.
	const hasAccount = (item: number) => {
		const { accountNumber, vpa } = readable(() => values(item)) ?? {};
		return !isBlank(accountNumber) || !isBlank(vpa);
	};
	const isBlankItem = run.items.map((_, item) => isBlankRow(run, item) && !hasAccount(item));
	const blank = isBlankItem.filter(Boolean).length;
	// Where nothing else is left, what is wrong with these rows is what must be said.
	const skips = blank < isBlankItem.length;
	const skipped = `${blank} blank row${blank === 1 ? ' was' : 's were'} skipped.`;
	return {
		customerId: (item) => values(item).customerId,
		accounts: (item) => {
			if (hasRow(run, item)) return fromRow(values(item));
			const wrong = 'This item has no JSON, so it has no columns';
			return refuse('', wrong, 'Check the node before this one.');
		},
		problem,
		skips: (item) => skips && (isBlankItem[item] ?? false),
		hints: () => [...hints.filter((hint) => hint !== ''), ...(skips && blank > 0 ? [skipped] : [])],
	};
}

/** The columns that are read. */
interface Columns {
	/** The values of an item, by field. */
	values(item: number): Partial<Record<ColumnName, unknown>>;
	/** What is wrong for all items alike. */
	problem?: BadInput | undefined;
	/** Which columns are read and which are not. */
	hints: string[];
}

/** Columns that are found by their headers. */
function foundIn(run: Run): Columns {
	const rows = rowsOf(run);
	const headers = headersOf(rows);
	const { columns, unused, ambiguous } = findColumns(headers, rows);
	if (ambiguous) return { values: () => ({}), problem: ambiguous, hints: [] };
	const used = COLUMN_FIELDS.flatMap(({ name, label }) => {
		const header = columns[name];
		return header === undefined ? [] : [{ name, label, header }];
	});
	const named = used.map(({ label, header }) => [label, namedColumn(header)] as const);
	return {
		values: (item) => {
			const row = rowOf(run, item);
			const there = used.filter(({ header }) => Object.hasOwn(row, header));
			return Object.fromEntries(there.map(({ name, header }) => [name, row[header]]));
		},
		problem: missingColumns(columns, headers),
		hints: [columnsUsed(named, useless(run, unused), (name) => columns[name] !== undefined)],
	};
}

/** Columns that the user mapped by hand. */
function mappedBy(run: Run, saved: unknown): Columns {
	const given = isRecord(saved) ? saved : {};
	const mappings = COLUMN_FIELDS.filter(({ name }) => !isBlank(given[name])).map(({ name }) =>
		mappingOf(name, given[name]),
	);
	const rows = rowsOf(run);
	const headers = headersOf(rows);
	const isThere = (path: readonly string[]) => rows.some((row) => valueAt(row, path) !== undefined);
	const absent = mappings.filter(({ path }) => path && !isThere(path));
	const texts = Object.values(given).map(String);
	const unused = headers.filter((header) => !texts.some((text) => text.includes(header)));
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
			columnsUsed(named, useless(run, unused), isMapped),
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

/** What n8n's Google Sheets adds to a row. */
const ROW_NUMBER = 'row_number';

/** Unused columns, without those that are of use all the same. */
function useless(run: Run, unused: readonly string[]): string[] {
	const useful = new Set([ROW_NUMBER, ...keptNames(run, 0)]);
	return unused.filter((header) => !useful.has(header));
}

/** True for a row that has nothing in any field: sheets and CSVs end in them. */
function isBlankRow(run: Run, item: number): boolean {
	return (
		hasRow(run, item) &&
		Object.entries(rowOf(run, item)).every(([name, value]) => name === ROW_NUMBER || isBlank(value))
	);
}
