import type { Resource } from '../operation';
import { verify } from './verify';

/** What a failed item has beside what happened: the keys of one that was verified. */
const NOTHING_KNOWN = {
	upiId: null,
	valid: null,
	status: null,
	customerName: null,
	mandateSupported: null,
};

/** What the node can do with UPI IDs that belong to no customer yet. */
export const upiId: Resource = {
	value: 'upiId',
	label: 'UPI ID',
	noun: 'UPI ID',
	operations: [verify],
	itemFields: Object.keys(NOTHING_KNOWN),
	failed: () => NOTHING_KNOWN,
};
