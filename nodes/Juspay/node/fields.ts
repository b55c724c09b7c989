import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { checkId, isNumeric, isRecord } from '../account/check';
import { boolean } from '../account/kinds';
import type { Returned } from './operation';
import type { Branches } from './results';
import { OPTIONS } from './options';
import { readable } from './run';
import type { Run } from './run';
import { choice, value } from './values';

/** Fields that several operations share. */

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

/** The customer that an item is about, from a parameter. */
export function readCustomerId(
	run: Run,
	item: number,
	{ name, displayName } = customerId,
	check = checkId,
): string {
	const given = run.read(name, item);
	if (isNumeric(given)) noteNumber(run, 'A customer ID');
	return check(displayName, given);
}

/** What to do about digits that came as a number. */
export const AS_TEXT =
	'Format the column as plain text at its source (in Google Sheets: Format > Number > Plain text).';

/** Tells that digits came as a number, as spreadsheets give them: without leading zeros. */
export function noteNumber(run: Run, what: string): void {
	run.note(`${what} is a number instead of text, so a leading zero may be missing. ${AS_TEXT}`);
}

/** Simplified or raw. */
export const SIMPLIFY = value(
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	boolean,
	true,
);

/** Whether an item is to come out simplified; where that can't be read, it has ended before. */
export function isSimplified(run: Run, item: number): boolean {
	return readable(() => run.value(SIMPLIFY, item)) ?? true;
}

/** Whether an item is a dry run's, as far as that is known: where another option can't be read, by what is saved. */
export function isDryRun(run: Run, item: number): boolean {
	const { dryRun } = OPTIONS;
	const saved = run.saved('options');
	return (
		readable(() => run.option(dryRun, item)) ??
		readable(() => dryRun.kind('', isRecord(saved) && saved.dryRun)) ??
		false
	);
}

const SINGLE = { name: 'Single Output', value: 'single' };

/** The choice of one output per status; each operation describes its own. */
export const BY_STATUS = { name: 'One Output per Status', value: 'byStatus' };

/** Where items leave the node. {@link returnsByStatus} adds what is said of them. */
export const OUTPUT_MODE = choice<'single' | 'byStatus'>(
	{
		displayName: 'Output Mode',
		name: 'outputMode',
		type: 'options',
		noDataExpression: true,
		default: 'single',
		description: 'Where to send the items',
		options: [SINGLE, BY_STATUS],
	},
	'single',
);

/**
 * What an operation returns whose items may leave by one output per status.
 *
 * @param items - what they are, in the plural
 * @param secrets - what raw output shows in full
 * @param byStatus - the choice of one output per status
 */
export function returnsByStatus(
	items: string,
	secrets: string,
	byStatus: INodePropertyOptions,
	branches: Branches,
): Returned {
	return {
		fields: [
			{
				...SIMPLIFY.field,
				hint: `Turning this off outputs full ${secrets}, which n8n saves with the execution.`,
			},
			{
				...OUTPUT_MODE.field,
				description: `Where to send the ${items}`,
				options: [{ ...SINGLE, description: `All ${items} on one output` }, byStatus],
			},
			// n8n keeps wires by their output's position: one from Active to a payout may lead there from elsewhere.
			{
				displayName: 'Changing this moves existing wires: check each one',
				name: 'outputModeNotice',
				type: 'notice',
				default: '',
			},
		],
		branches,
	};
}
