import { setNewest } from '../lists';
import { fold } from './text';

/** A field of a row. */
export type ColumnName =
	| 'customerId'
	| 'accountNumber'
	| 'ifsc'
	| 'beneficiaryName'
	| 'bankCode'
	| 'vpa';

/** What a row of a sheet or database may contain, by the field that it goes to. */
interface ColumnField {
	name: ColumnName;
	/** As the user sees it. */
	label: string;
	/** Usual headers, without regard to case, blanks and signs. */
	headers: string[][];
}

/** One line per tier: its headers count where there is none of an earlier line. */
const tiers = (...lines: string[]) => lines.map((line) => line.split(', '));

/** The fields of a row, in the order of the editor. */
export const COLUMN_FIELDS: readonly ColumnField[] = [
	{
		name: 'customerId',
		label: 'Customer ID',
		headers: tiers(
			'customer_id, Cust ID, Juspay Customer ID',
			'Customer Code, Customer No, Customer Number, Customer Ref, Customer Reference, Customer Reference ID, Merchant Customer ID, Cust Code, Cust No, object_reference_id',
			'Customer, Cust, Client, Client ID, Client Code, User ID',
		),
	},
	{
		name: 'accountNumber',
		label: 'Account Number',
		headers: tiers(
			'account_number, Account No, A/c No, A/c Number, A/c Num, Acc No, Acc Number, Acc Num, Acct No, Acct Number, Acct Num, Account Num, Bank Account Number, Bank Account No, Bank A/c No, Bank A/c Number, Bank Acc No, Beneficiary Account Number, Beneficiary Account No, Beneficiary A/c No, Beneficiary A/c Number, Customer Account Number, Customer Account No',
			'Account, Bank Account, A/c, Bank A/c',
		),
	},
	{
		name: 'ifsc',
		label: 'IFSC',
		headers: tiers(
			'ifsc, IFSC Code, IFS Code, IFSC No, Bank IFSC, Bank IFSC Code, Branch IFSC, Branch IFSC Code, Beneficiary IFSC, Beneficiary IFSC Code',
		),
	},
	{
		name: 'beneficiaryName',
		label: 'Beneficiary Name',
		headers: tiers(
			'beneficiary_name, Account Holder Name, Account Holder, A/c Holder Name, Acc Holder Name, Bank Account Holder Name, Account Name, Bank Account Name, Beneficiary, Name on Account, Name at Bank, Name at the Bank, Name as per Bank, Name in Bank, Payee Name',
			'Name, Full Name, Customer Name',
		),
	},
	{ name: 'bankCode', label: 'Bank Code', headers: tiers('bank_code, Juspay Bank Code') },
	{
		name: 'vpa',
		label: 'UPI ID',
		headers: tiers(
			'vpa, UPI ID, UPI VPA, UPI Address, UPI Handle, VPA ID, Virtual Payment Address, Beneficiary UPI ID, Beneficiary VPA, Customer UPI ID, Customer VPA',
			'UPI, Beneficiary UPI',
		),
	},
];

/** A field's name as the user sees it. */
export const labelOf = (name: ColumnName) =>
	COLUMN_FIELDS.find((field) => field.name === name)?.label ?? name;

/** No header that means something is longer. */
const LONGEST_HEADER = 100;

/** A header without case, blanks and signs: `A/c No.` and `AC_NO` are the same. */
function plainHeader(header: string): string {
	return fold(header)
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** What a header means: the field, and how usual it is for it, 0 the most. */
interface Meaning {
	name: ColumnName;
	tier: number;
}

const MEANINGS = new Map(
	COLUMN_FIELDS.flatMap(({ name, headers }) =>
		headers.flatMap((line, tier) =>
			line.map((header): [string, Meaning] => [plainHeader(header), { name, tier }]),
		),
	),
);

/** Headers repeat from row to row and from entry to entry. */
const known = new Map<string, Meaning | undefined>();
const MOST_KNOWN = 5000;

/** What a header of a sheet or a key of JSON means. */
export function meaningOf(header: string): Meaning | undefined {
	if (!known.has(header)) {
		setNewest(known, header, read(header.slice(0, LONGEST_HEADER)), MOST_KNOWN);
	}
	return known.get(header);
}

/** As a whole; without what stands in brackets; or two names for one thing: "VPA / UPI ID". */
function read(header: string): Meaning | undefined {
	const bare = header.replace(/\([^()]*\)|\[[^[\]]*\]/g, '');
	const whole = MEANINGS.get(plainHeader(header)) ?? MEANINGS.get(plainHeader(bare));
	if (whole) return whole;
	const [first, ...others] = bare.split(/[/|,]/).map((part) => MEANINGS.get(plainHeader(part)));
	return others.every((it) => it?.name === first?.name) ? first : undefined;
}

/** How many letters may differ from a usual header, by its length: of a short one, only two that have changed places. */
const tolerance = ({ length }: string) => (length < 6 ? 0 : length < 10 ? 1 : 2);

/** What only a header of this field contains, e.g. "RTGS/IFSC Code". */
const TELLING: ReadonlyArray<[RegExp, ColumnName]> = [
	[/ifsc/, 'ifsc'],
	[/vpa|upiid/, 'vpa'],
];

/**
 * The field whose usual header is nearest to this one, if it is near enough to be a slip of the pen, or of which it
 * contains the usual word.
 */
export function nearly(header: string): ColumnName | undefined {
	const plain = plainHeader(header.slice(0, LONGEST_HEADER));
	let nearest: ColumnName | undefined;
	let least = 3;
	for (const [other, { name }] of MEANINGS) {
		const isSwapped = areSwapped(plain, other);
		const far = isSwapped ? 1 : distance(plain, other);
		if (far >= least || (far > tolerance(other) && !isSwapped)) continue;
		nearest = name;
		least = far;
	}
	return nearest ?? TELLING.find(([word]) => word.test(plain))?.[1];
}

/** Whether two texts are the same but for two neighbouring letters that have changed places. */
function areSwapped(one: string, other: string): boolean {
	let at = 0;
	while (at < one.length && one.charAt(at) === other.charAt(at)) at++;
	const swapped = `${other.slice(0, at)}${other.charAt(at + 1)}${other.charAt(at)}${other.slice(at + 2)}`;
	return one.length >= 4 && one === swapped;
}

/** How many letters must be added, taken away or replaced to make one text of the other; 3 for all that is more. */
function distance(one: string, other: string): number {
	if (Math.abs(one.length - other.length) > 2) return 3;
	let before = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let row = 1; row <= one.length; row++) {
		const now = [row];
		for (let column = 1; column <= other.length; column++) {
			const isSame = one.charAt(row - 1) === other.charAt(column - 1);
			now[column] = Math.min(
				(before[column] ?? 3) + 1,
				(now[column - 1] ?? 3) + 1,
				(before[column - 1] ?? 3) + (isSame ? 0 : 1),
			);
		}
		before = now;
	}
	return Math.min(before[other.length] ?? 3, 3);
}
