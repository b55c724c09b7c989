import { checkHeaderText, textOf } from '../account/check';
import type { Checked, Problem } from '../account/check';
import { checkAll } from '../account/checkAll';
import type { RequestSettings } from '../account/settings';
import type { Options } from './options';

/** Reads and checks what an item's options add to its requests. */
export function requestSettings(options: Options): Checked<RequestSettings> {
	return checkAll({
		routingId: checkHeaderText('Routing ID', options.routingId),
		gatewayId: textOf('Gateway ID', options.gatewayId),
		gatewayReferenceId: textOf('Gateway Reference ID', options.gatewayReferenceId),
		validationAmount: checkAmount(options.validationAmount),
		bodyFields: checkBodyFields(options.bodyFields),
	});
}

/**
 * A penny drop is a token amount, 1 INR by default. More than this is a slip, e.g. a column of salaries, and would be
 * paid to every account.
 */
const HIGHEST_AMOUNT = 10;

/** A sum of money in INR, with at most two decimals. */
function checkAmount(value: unknown): Checked<string> {
	const text = typeof value === 'number' ? String(value) : String(value ?? '').trim();
	const isAmount = /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) > 0;
	if (text === '' || (isAmount && Number(text) <= HIGHEST_AMOUNT)) return { value: text };
	return {
		problem: {
			field: 'Validation Amount',
			wrong: isAmount
				? `is more than ${HIGHEST_AMOUNT} INR, too much for a penny drop`
				: 'is not an amount of money',
			fix: `Enter rupees as a plain number up to ${HIGHEST_AMOUNT}, e.g. 1 or 1.50.`,
		},
	};
}

function checkBodyFields(given: Options['bodyFields']): Checked<RequestSettings['bodyFields']> {
	const fields = (given?.field ?? []).map(({ name, value }) => ({
		name: String(name ?? '').trim(),
		value: typeof value === 'string' ? value : JSON.stringify(value ?? ''),
	}));
	const refuse = (wrong: string, fix: string): { problem: Problem } => ({
		problem: { field: 'Body Fields', wrong, fix },
	});
	if (fields.some(({ name }) => name === '')) {
		return refuse('contains a field without a name', 'Name the field, or remove it.');
	}
	// The node itself decides when a validation is started: a second one costs money again.
	if (fields.some(({ name }) => name.toLowerCase() === 'command')) {
		return refuse(
			'contains the field "command"',
			"Remove it. To validate accounts, turn on 'Validate on Create', or use the operation Validate.",
		);
	}
	return { value: fields };
}
