import type { IDataObject } from 'n8n-workflow';
import type { AccountDetails } from '../../dev/simulator/simulator';

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
interface Workload {
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

const shapeOf = (round: number) => SHAPES[round % SHAPES.length] ?? [];

/** Customers whose rows alternate: near enough to be worked on at once, were each row on its own. */
const MIXED = 3;

/**
 * Rows of a sheet, with customers mixed three at a time: the first row of each, the second of each, and so on.
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
	const workload: Workload = { customers, items: [], wanted: [] };
	const addRow = (customer: number, round: number, from: number) => {
		const customerId = customers[customer] as string;
		const row: IDataObject = { customer_id: customerId, note: `row ${round}` };
		const kinds = shapeOf(round).slice(0, perCustomer - from);
		for (const [offset, kind] of kinds.entries()) {
			const details = account(kind, customer, from + offset);
			const isRefused = isBad(from + offset) && { bad: true };
			const item = workload.items.length;
			workload.wanted.push({ item, customerId, account: details, ...isRefused });
			if ('vpa' in details) row.vpa = details.vpa;
			else Object.assign(row, { account_number: details.accountNumber, ifsc: details.ifsc });
		}
		workload.items.push(row);
	};
	for (let first = 0; first < customerCount; first += MIXED) {
		const last = Math.min(first + MIXED, customerCount);
		for (let round = 0, from = 0; from < perCustomer; from += shapeOf(round++).length) {
			for (let customer = first; customer < last; customer++) addRow(customer, round, from);
		}
	}
	return workload;
}
