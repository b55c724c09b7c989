import type { StoredAccount } from '../../dev/simulator/simulator';

/** Exists, and has no accounts. */
export const NONE = 'customer_3344';

/** Nobody has this ID. */
export const NOBODY = 'cst_nobody';

/** Has one account. Juspay's ID of the customer. */
const ONE = 'cst_asha_verma';

/** Has ten accounts: a page that looks full. The merchant's own ID, as that of all others. */
const TEN = 'customer_1122';

/** Has more accounts than a page of ten. */
const TWELVE = 'customer_7788';

/** Has an account that Juspay refuses beside one that it takes. */
const REFUSED = 'customer_5566';

/** The customers of the rows. */
export const CUSTOMERS = [ONE, TEN, TWELVE, REFUSED];

/** One row of the input. */
export type Row =
	| { customer: string; accountNumber: string; ifsc: string }
	| { customer: string; vpa: string };

const bank = (customer: string, accountNumber: string, ifsc = 'AABF0008032'): Row => ({
	customer,
	accountNumber,
	ifsc,
});
const upi = (customer: string, vpa: string): Row => ({ customer, vpa });

/** What is to be created: with leading zeros and without, with two kinds, and with numbers that end alike. */
export const ROWS: Row[] = [
	bank(ONE, '026291800001191'),
	bank(TEN, '026291800001201'),
	bank(TEN, '526291800001202', 'HDFC0000053'),
	// The simulator fails its validation.
	bank(TEN, '026291800000002', 'SBIN0008752'),
	upi(TEN, '9164326296@upi'),
	bank(TEN, '00123456789'),
	// Twins: the same once the middle is masked.
	bank(TEN, '777700001111204', 'YESB0000262'),
	bank(TEN, '777700002221204', 'YESB0000262'),
	// Ends like the number of another row, at another bank.
	bank(TEN, '126291800001201', 'CITI0000001'),
	upi(TEN, 'asha.verma@okbank'),
	// More digits than a number has in JavaScript.
	bank(TEN, '912345678901234567', 'ICIC0000104'),
	...Array.from({ length: 12 }, (_, at) => bank(TWELVE, `3000500070${1000 + 7 * at}`)),
	bank(REFUSED, '426291800001191'),
	// The simulator refuses the request that contains it.
	bank(REFUSED, '426291800000009'),
];

/** How many of the rows Juspay takes. */
export const ACCEPTED = ROWS.length - 1;

/** The row that an account of the simulator belongs to; -1: none. */
export function rowOf(account: StoredAccount): number {
	return ROWS.findIndex((row) =>
		'vpa' in row
			? account.vpa === row.vpa
			: account.accountNumber === row.accountNumber && account.ifsc === row.ifsc,
	);
}

const SECRETS = ROWS.map((row) => {
	if ('vpa' in row) return row.vpa;
	return row.accountNumber.replace(/^0+/, '');
});

/** Which of the texts contain a whole account number, UPI ID or the key. */
export function telling(texts: string[], key: string): string[] {
	return texts.filter((text) => [key, ...SECRETS].some((secret) => text.includes(secret)));
}
