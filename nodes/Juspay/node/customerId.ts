import type { INodeProperties } from 'n8n-workflow';
import { checkId } from '../account/check';
import type { Checked } from '../account/check';
import type { Run } from './run';

/** The customer that an operation is about. */
export const customerId: INodeProperties = {
	displayName: 'Customer ID',
	name: 'customerId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer_1122',
	description: "Juspay's ID of the customer, or your own ID of it (object reference ID)",
};

/** What to do about digits that came as a number. */
export const AS_TEXT =
	'Format the column as plain text at its source (in Google Sheets: Format > Number > Plain text).';

/** Tells that digits came as a number, as spreadsheets give them: without leading zeros. */
export function noteNumber(run: Run, what: string): void {
	run.note(`${what} is a number instead of text, so a leading zero may be missing. ${AS_TEXT}`);
}

/** The customer that an item is about, from the parameter. */
export function readCustomerId(run: Run, item: number): Checked<string> {
	const given = run.read('customerId', item);
	if (typeof given === 'number') noteNumber(run, 'A customer ID');
	return checkId('Customer ID', given);
}
