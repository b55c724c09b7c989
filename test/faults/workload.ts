import type { IDataObject } from 'n8n-workflow';
import type { AccountDetails } from '../simulator/simulator';

/** An account that an input item asks for. */
export interface Wanted {
	/** Index of the input item. */
	item: number;
	customerId: string;
	account: AccountDetails;
	/** The simulator refuses it, and with it the whole request. */
	bad?: boolean;
}

/** Rows of a sheet, and what they ask for, in the order in which it must come out. */
export interface Workload {
	customers: string[];
	items: IDataObject[];
	wanted: Wanted[];
}

/** What makes two accounts of one customer the same one. */
export function identityOf(account: Partial<Record<'accountNumber' | 'ifsc' | 'vpa', string>>) {
	return account.vpa === undefined
		? `${account.accountNumber} ${account.ifsc?.toUpperCase()}`
		: account.vpa.toLowerCase();
}

/** The row shapes take turns: a bank account, both, a UPI ID. */
const SHAPES: Array<Array<'bank' | 'upi'>> = [['bank'], ['bank', 'upi'], ['upi']];

/**
 * Rows of a sheet, with customers mixed: the first row of each, then the second of each, and so on.
 *
 * @param perCustomer - accounts of each customer; a multiple of four comes out even
 * @param handle - how UPI IDs start; the simulator's magic words work
 * @param bad - whether each customer's second account is one that is refused
 * @param tag - makes these accounts others than those of another workload
 */
export function makeWorkload(
	customerCount: number,
	perCustomer: number,
	{ handle = 'payer', tag = 1, bad = false } = {},
): Workload {
	const pad = (number: number, length: number) => String(number).padStart(length, '0');
	const isBad = (index: number) => bad && index === 1;
	const account = (kind: 'bank' | 'upi', customer: number, index: number): AccountDetails =>
		kind === 'upi'
			? { vpa: `${isBad(index) ? 'reject' : handle}${tag}c${customer}a${index}@okbank` }
			: {
					accountNumber: `5${pad(tag, 2)}${pad(customer, 5)}${pad(index, 5)}${isBad(index) ? '0009' : '0011'}`,
					ifsc: `HDFC0${pad(customer % 1000, 6)}`,
				};
	const customers = Array.from({ length: customerCount }, (_, index) => `cst_${tag}c${index}`);
	const made = customers.map(() => 0);
	const workload: Workload = { customers, items: [], wanted: [] };
	for (let round = 0; made.some((count) => count < perCustomer); round++) {
		for (const [customer, customerId] of customers.entries()) {
			const row: IDataObject = { customer_id: customerId, note: `row ${round}` };
			for (const kind of SHAPES[round % SHAPES.length] ?? []) {
				const index = made[customer] ?? 0;
				if (index >= perCustomer) break;
				made[customer] = index + 1;
				const details = account(kind, customer, index);
				workload.wanted.push({
					item: workload.items.length,
					customerId,
					account: details,
					...(isBad(index) && { bad: true }),
				});
				if ('vpa' in details) row.vpa = details.vpa;
				else Object.assign(row, { account_number: details.accountNumber, ifsc: details.ifsc });
			}
			workload.items.push(row);
		}
	}
	return workload;
}
