import type { Problem } from './check';
import { maskText } from './mask';
import { asPlainText, cut, fold } from './text';

/** What a row of a sheet or database may contain, by the field that it goes to. */
export interface ColumnField {
	name: ColumnName;
	/** As the user sees it. */
	label: string;
	/** Usual headers, without regard to case, blanks and signs. Those of a later list count where there is none of an earlier one. */
	headers: string[][];
}

/** A field of a row. */
export type ColumnName =
	| 'customerId'
	| 'accountNumber'
	| 'ifsc'
	| 'beneficiaryName'
	| 'bankCode'
	| 'vpa';

/** The header of the column for each field that has one. */
export type Columns = Partial<Record<ColumnName, string>>;

type Row = Readonly<Record<string, unknown>>;

/** The fields of a row, in the order of the editor. */
export const COLUMN_FIELDS: readonly ColumnField[] = [
	{
		name: 'customerId',
		label: 'Customer ID',
		headers: [
			['customer_id', 'Cust ID', 'Juspay Customer ID'],
			[
				'Customer Code',
				'Customer No',
				'Customer Number',
				'Customer Ref',
				'Customer Reference',
				'Customer Reference ID',
				'Merchant Customer ID',
				'Cust Code',
				'Cust No',
				'object_reference_id',
			],
			['Customer', 'Cust', 'Client', 'Client ID', 'Client Code', 'User ID'],
		],
	},
	{
		name: 'accountNumber',
		label: 'Account Number',
		headers: [
			[
				'account_number',
				'Account No',
				'A/c No',
				'A/c Number',
				'A/c Num',
				'Acc No',
				'Acc Number',
				'Acc Num',
				'Acct No',
				'Acct Number',
				'Acct Num',
				'Account Num',
				'Bank Account Number',
				'Bank Account No',
				'Bank A/c No',
				'Bank A/c Number',
				'Bank Acc No',
				'Beneficiary Account Number',
				'Beneficiary Account No',
				'Beneficiary A/c No',
				'Customer Account Number',
				'Customer Account No',
			],
			['Account', 'Bank Account'],
		],
	},
	{
		name: 'ifsc',
		label: 'IFSC',
		headers: [
			[
				'ifsc',
				'IFSC Code',
				'IFSC No',
				'Bank IFSC',
				'Bank IFSC Code',
				'Branch IFSC',
				'Branch IFSC Code',
				'Beneficiary IFSC',
				'Beneficiary IFSC Code',
			],
		],
	},
	{
		name: 'beneficiaryName',
		label: 'Beneficiary Name',
		headers: [
			[
				'beneficiary_name',
				'Account Holder Name',
				'Account Holder',
				'A/c Holder Name',
				'Acc Holder Name',
				'Bank Account Holder Name',
				'Account Name',
				'Bank Account Name',
				'Beneficiary',
				'Name on Account',
				'Name at Bank',
				'Name at the Bank',
				'Name as per Bank',
				'Name in Bank',
				'Payee Name',
			],
			['Name', 'Full Name', 'Customer Name'],
		],
	},
	{ name: 'bankCode', label: 'Bank Code', headers: [['bank_code', 'Juspay Bank Code']] },
	{
		name: 'vpa',
		label: 'UPI ID',
		headers: [
			['vpa', 'UPI ID', 'UPI VPA', 'UPI Address', 'VPA ID', 'Virtual Payment Address'],
			['UPI'],
		],
	},
];

/** No header that means something is longer. */
const LONGEST_HEADER = 100;

/** A header without case, blanks and signs: `A/c No.` and `AC_NO` are the same. */
function plainHeader(header: string): string {
	return fold(header.slice(0, LONGEST_HEADER))
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

const MEANINGS = COLUMN_FIELDS.map(({ name, label, headers }) => ({
	name,
	label,
	tiers: headers.map((tier) => new Set(tier.map(plainHeader))),
}));

/** A header for a message. It comes from outside: where a sheet has no header, it is somebody's account. */
export function namedColumn(header: string): string {
	return asPlainText(cut(maskText(header), 60));
}

const quoted = (header: string) => `"${namedColumn(header)}"`;

const labelOf = (name: ColumnName) =>
	COLUMN_FIELDS.find((field) => field.name === name)?.label ?? name;

/** Every header that any row has, in the order of their first appearance. */
export function headersOf(rows: readonly Row[]): string[] {
	return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/**
 * Finds the columns by their usual headers.
 *
 * @returns the header for each field that has one, or why that can't be told
 */
export function findColumns(
	headers: readonly string[],
): { columns: Columns } | { problem: Problem } {
	const known = headers.map((header) => [header, plainHeader(header)] as const);
	const columns: Columns = {};
	const ambiguous: string[] = [];
	for (const { name, label, tiers } of MEANINGS) {
		const hits = tiers
			.map((tier) => known.filter(([, plain]) => tier.has(plain)).map(([header]) => header))
			.find((found) => found.length > 0);
		if (!hits) continue;
		columns[name] = hits[0];
		if (hits.length > 1) ambiguous.push(`'${label}' (${hits.map(quoted).join(' and ')})`);
	}
	if (ambiguous.length === 0) return { columns };
	return {
		problem: {
			field: 'Columns',
			wrong: `is ambiguous: the items have more than one column for ${ambiguous.join(', for ')}`,
			fix: "Rename or remove one of them, or set 'Mapping Column Mode' to Map Each Column Manually.",
		},
	};
}

/** The labels of fields that have no column although accounts can't be created without them. */
function missingLabels(has: (name: ColumnName) => boolean): string[] {
	const missing: string[] = has('customerId') ? [] : [labelOf('customerId')];
	if (!has('accountNumber') && !has('ifsc') && !has('vpa')) {
		missing.push('Account Number and IFSC (or UPI ID)');
	} else if (has('accountNumber') !== has('ifsc')) {
		missing.push(labelOf(has('ifsc') ? 'accountNumber' : 'ifsc'));
	}
	return missing;
}

/** What the user sees of the input's headers, to choose from. */
function available(headers: readonly string[]): string {
	const shown = headers.slice(0, 20).map(quoted).join(', ');
	return `The items have the columns ${shown}${headers.length > 20 ? ', …' : ''}.`;
}

/** Says which columns are missing, all at once, and which there are. */
export function missingColumns(columns: Columns, headers: readonly string[]): Problem | undefined {
	const missing = missingLabels((name) => columns[name] !== undefined);
	if (missing.length === 0) return undefined;
	if (headers.length === 0) {
		return {
			field: 'Columns',
			wrong: "can't be found: the items are empty",
			fix: 'Check the node before this one.',
		};
	}
	return {
		field: 'Columns',
		wrong: `can't be found: no item has a column for ${missing.join(', ')}`,
		fix: `${available(headers)} Rename them, or set 'Mapping Column Mode' to Map Each Column Manually.`,
	};
}

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
): Problem | undefined {
	const missing = missingLabels((name) => mappings.some((mapping) => mapping.name === name));
	if (missing.length > 0) {
		return {
			field: 'Columns',
			wrong: `has no value for ${missing.join(', ')}`,
			fix: "Drag the columns from the input into these fields, or set 'Mapping Column Mode' to Map Automatically.",
		};
	}
	const absent = mappings.filter(({ path }) => path && !isThere(path));
	if (absent.length > 0) {
		const named = absent.map(
			({ name, path = [] }) => `${quoted(path.join('.'))} (${labelOf(name)})`,
		);
		return {
			field: 'Columns',
			wrong: `uses ${named.length > 1 ? 'columns' : 'a column'} that no item has: ${named.join(', ')}`,
			fix: headers.length > 0 ? available(headers) : 'Check the node before this one.',
		};
	}
	const typed = mappings.find(({ text }) => text !== undefined && headers.includes(text));
	if (!typed) return undefined;
	return {
		field: 'Columns',
		wrong: `contains the name of a column instead of its value: ${quoted(typed.text ?? '')} (${labelOf(typed.name)})`,
		fix: 'Drag the column from the input into this field.',
	};
}
