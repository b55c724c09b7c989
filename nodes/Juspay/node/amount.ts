import { isBlank } from '../account/check';
import type { Checked } from '../account/check';
import { trimBlanks, visible } from '../account/text';

/**
 * A penny drop is a token amount, 1 INR by default. More than this is a slip, e.g. a column of salaries, and would be
 * paid to every account.
 */
const HIGHEST_AMOUNT = 10;

const FIX = `Enter rupees as a plain number up to ${HIGHEST_AMOUNT}, e.g. 1 or 1.50.`;

/** A sum of money in INR, with at most two decimals. */
export function checkAmount(field: string, value: unknown): Checked<string> {
	if (isBlank(value)) return { problem: { field, wrong: 'has no value', fix: FIX } };
	const isText = typeof value === 'string' || typeof value === 'number';
	const text = isText ? trimBlanks(visible(String(value))) : '';
	const isAmount = /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) > 0;
	if (isAmount && Number(text) <= HIGHEST_AMOUNT) return { value: text };
	const wrong = isAmount
		? `is more than ${HIGHEST_AMOUNT} INR, too much for a penny drop`
		: 'is not an amount of money';
	return { problem: { field, wrong, fix: FIX } };
}
