import { BadInput, isBlank } from './check';
import type { ColumnName } from './headers';
import { COLUMN_FIELDS, labelOf, meaningOf, nearly } from './headers';
import { maskText } from './mask';
import { asPlainText, cut } from './text';

/** The header of the column for each field that has one. */
export type Columns = Partial<Record<ColumnName, string>>;

/** What was found among headers. */
interface FoundColumns {
	columns: Columns;
	/** The headers that are not read. */
	unused: string[];
	/** Where a field has more than one column. */
	ambiguous?: BadInput;
}

type Row = Readonly<Record<string, unknown>>;

/** A header for a message. It comes from outside: where a sheet has no header, it is somebody's account. */
export function namedColumn(header: string): string {
	return asPlainText(cut(maskText(header), 60)) || '""';
}

const quoted = (header: string) => `"${namedColumn(header)}"`;

/** Every header that any row has, in the order of their first appearance. */
export function headersOf(rows: readonly Row[]): string[] {
	return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/**
 * Finds the columns by their usual headers. Where one field has two of them, one that is empty in every row doesn't
 * count, and neither does one that says the same in every row.
 *
 * @param advice - where one has two all the same: the field that is to blame, what is wrong, and what to do
 */
export function findColumns(
	headers: readonly string[],
	rows: readonly Row[] = [],
	advice = AMBIGUOUS,
): FoundColumns {
	const columns: Columns = {};
	const ambiguous: string[] = [];
	for (const { name, label } of COLUMN_FIELDS) {
		const [hit, ...others] = hitsFor(name, headers, rows);
		if (hit === undefined) continue;
		columns[name] = hit;
		if (others.length > 0) {
			ambiguous.push(`'${label}' (${[hit, ...others].map(quoted).join(' and ')})`);
		}
	}
	const used = new Set(Object.values(columns));
	const found = { columns, unused: headers.filter((header) => !used.has(header)) };
	if (ambiguous.length === 0) return found;
	const wrong = `is ambiguous: ${advice.twice} for ${ambiguous.join(', for ')}`;
	return { ...found, ambiguous: new BadInput(advice.field, wrong, advice.fix) };
}

const AMBIGUOUS = {
	field: 'Columns',
	twice: 'the items have more than one column',
	fix: "Rename or remove one of them, or set 'Mapping Column Mode' to Map Each Column Manually.",
};

/** The most usual headers for a field, without those that add nothing. */
function hitsFor(name: ColumnName, headers: readonly string[], rows: readonly Row[]): string[] {
	const meant = headers.filter((header) => meaningOf(header)?.name === name);
	let best = Infinity;
	let hits: string[] = [];
	for (const header of withoutMasked(meant, rows)) {
		const meaning = meaningOf(header);
		if (!meaning || meaning.tier > best) continue;
		if (meaning.tier < best) hits = [];
		best = meaning.tier;
		hits.push(header);
	}
	if (hits.length < 2 || rows.length === 0) return hits;
	const filled = hits.filter((header) => rows.some((row) => !isBlank(row[header])));
	const [first = hits[0] ?? '', ...others] = filled;
	// Customer: Create returns Juspay's ID beside the merchant's, which the row's own column has already.
	const isReturned = (row: Row, header: string) =>
		header === 'customerId' && textIn(row, first) === textIn(row, 'objectReferenceId');
	const differs = (row: Row, header: string) =>
		textIn(row, first) !== textIn(row, header) && !isReturned(row, header);
	return [first, ...others.filter((header) => rows.some((row) => differs(row, header)))];
}

/** As this node shows account numbers and UPI IDs. */
const MASKED = /\*\*|^X{3,}\d*$/;

/** Without the columns that this node has masked, where the row has its own: Keep Fields carries one beside the other. */
function withoutMasked(headers: readonly string[], rows: readonly Row[]): readonly string[] {
	if (headers.length < 2) return headers;
	const isMasked = (value: unknown) => typeof value === 'string' && MASKED.test(value);
	const own = headers.filter(
		(header) =>
			!rows.some((row) => isMasked(row[header])) ||
			rows.some((row) => !isBlank(row[header]) && !isMasked(row[header])),
	);
	const isFilled = own.some((header) => rows.some((row) => !isBlank(row[header])));
	return isFilled ? own : headers;
}

function textIn(row: Row, header: string): string | undefined {
	const value = row[header];
	return isBlank(value) ? undefined : JSON.stringify(value);
}

/** More columns than this are counted, not named. */
const MOST_NAMED = 20;

/**
 * Says which columns are read for which field and which are not read, e.g. "Columns used: Customer ID ← Customer Code.
 * Not used: Sl. No."
 *
 * @param used - the label of each field that is read, with what it is read from
 * @param has - whether a field is read
 */
export function columnsUsed(
	used: ReadonlyArray<readonly [label: string, from: string]>,
	unused: readonly string[],
	has: (name: ColumnName) => boolean,
): string {
	const named = used.map(([label, from]) => `${label} ← ${from}`).join(', ');
	return [named && `Columns used: ${named}.`, notUsed(unused, has)]
		.filter((it) => it !== '')
		.join(' ');
}

/** Names columns or keys that are not read, and warns of those that look as if they should be; empty where there are none. */
export function notUsed(unused: readonly string[], has: (name: ColumnName) => boolean): string {
	if (unused.length === 0) return '';
	const named = unused.slice(0, MOST_NAMED).map(namedColumn);
	const more = unused.length - named.length;
	const said = `Not used: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
	const warnings = lookalikes(unused, has);
	return warnings.length > 0 ? `${said} Check the names: ${warnings.join('; ')}.` : said;
}

/** The field that a header may be meant for. */
const looksLike = (header: string) => meaningOf(header)?.name ?? nearly(header);

/** The unused columns that may be meant for a field. */
function lookalikes(unused: readonly string[], has: (name: ColumnName) => boolean): string[] {
	return unused
		.flatMap((header) => {
			const near = looksLike(header);
			if (!near) return [];
			const label = labelOf(near);
			const said = meaningOf(header) ? 'could also be' : 'looks like';
			return [`${quoted(header)} ${said} ${label}${has(near) ? ', which has another column' : ''}`];
		})
		.slice(0, MOST_NAMED);
}

/**
 * The labels of fields that have no column although no account can be created without them. Sources leave out what is
 * empty: with a column for UPI IDs, a missing one for IFSC concerns the rows with an account number only.
 */
function missingLabels(has: (name: ColumnName) => boolean): string[] {
	const missing: string[] = has('customerId') ? [] : [labelOf('customerId')];
	if (!has('accountNumber') && !has('ifsc') && !has('vpa')) {
		missing.push('Account Number and IFSC (or UPI ID)');
	} else if (!has('vpa') && has('accountNumber') !== has('ifsc')) {
		missing.push(labelOf(has('ifsc') ? 'accountNumber' : 'ifsc'));
	}
	return missing;
}

/** What the user sees of the input's headers, to choose from. */
function available(headers: readonly string[]): string {
	const shown = headers.slice(0, MOST_NAMED).map(quoted).join(', ');
	return `The items have the columns ${shown}${headers.length > MOST_NAMED ? ', …' : ''}.`;
}

/** Says which columns are missing, all at once, and which there are. */
export function missingColumns(columns: Columns, headers: readonly string[]): BadInput | undefined {
	const missing = missingLabels((name) => columns[name] !== undefined);
	if (missing.length === 0) return undefined;
	if (headers.length === 0) {
		return new BadInput('Columns', "can't be found: the items are empty", CHECK_BEFORE);
	}
	const used = new Set(Object.values(columns));
	const near = lookalikes(
		headers.filter((header) => !used.has(header)),
		(name) => columns[name] !== undefined,
	);
	const looks = near.length > 0 ? ` ${near.join('; ')}.` : '';
	const wrong = `No column found for ${missing.join(', ')}`;
	const fix = `${available(headers)}${looks} Rename them, or set 'Mapping Column Mode' to Map Each Column Manually.`;
	return new BadInput('Columns', wrong, fix, wrong);
}

const CHECK_BEFORE = 'Check the node before this one.';

/** How one field is mapped by hand. */
export interface Mapping {
	name: ColumnName;
	/** The field of the item that it reads, if that is all it does. */
	path?: readonly string[];
	/** Its text, if it is the same for every item. */
	text?: string;
}

/**
 * Says what is wrong with columns mapped by hand: a field without a mapping, a column that no item has, or a column's
 * name typed where its value belongs.
 *
 * @param isThere - whether any item has something at a path
 */
export function checkMappings(
	mappings: readonly Mapping[],
	headers: readonly string[],
	isThere: (path: readonly string[]) => boolean,
): BadInput | undefined {
	const missing = missingLabels((name) => mappings.some((mapping) => mapping.name === name));
	if (missing.length > 0) {
		return new BadInput(
			'Columns',
			`has no value for ${missing.join(', ')}`,
			"Drag the columns from the input into these fields, or set 'Mapping Column Mode' to Map Automatically.",
		);
	}
	const absent = mappings.filter(({ path }) => path && !isThere(path));
	// Sources leave out what is empty: an optional column may be there in another run, unless it was renamed.
	const isThereFor = (name: ColumnName) =>
		mappings.some((mapping) => mapping.name === name && !absent.includes(mapping));
	const read = new Set(mappings.map(({ path }) => path?.[0]));
	const spare = headers.filter((header) => !read.has(header)).map(looksLike);
	const isRenamed = absent.some(({ name }) => spare.includes(name));
	if (isRenamed || missingLabels(isThereFor).length > 0) {
		const named = absentColumns(absent);
		return new BadInput(
			'Columns',
			`uses ${named.length > 1 ? 'columns' : 'a column'} that no item has: ${named.join(', ')}`,
			headers.length > 0 ? available(headers) : CHECK_BEFORE,
		);
	}
	for (const { name, text } of mappings) {
		if (text === undefined || !headers.includes(text)) continue;
		return new BadInput(
			'Columns',
			`contains the name of a column instead of its value: ${quoted(text)} (${labelOf(name)})`,
			'Drag the column from the input into this field.',
		);
	}
	return undefined;
}

/** Columns mapped by hand that no item has, as a message names them. */
export function absentColumns(absent: readonly Mapping[]): string[] {
	return absent.map(({ name, path = [] }) => `${quoted(path.join('.'))} (${labelOf(name)})`);
}
