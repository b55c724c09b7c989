import { isBlank, refuse } from '../account/check';
import { namedColumn } from '../account/columns';
import { listIn } from '../account/kinds';
import type { Kind } from '../account/kinds';
import type { RequestSettings } from '../account/types';
import { trimBlanks, visible } from '../account/text';
import { isSentField } from '../once';
import { isRecord } from './parameters';

/**
 * A penny drop is a token amount, 1 INR by default. More than this is a slip, e.g. a column of salaries, and would be
 * paid to every account.
 */
const HIGHEST_AMOUNT = 10;

/** A sum of money in INR, with at most two decimals. */
export const amount: Kind<string> = (field, value) => {
	const fix = `Enter rupees as a plain number up to ${HIGHEST_AMOUNT}, e.g. 1 or 1.50.`;
	if (isBlank(value)) refuse(field, 'has no value', fix);
	const isText = typeof value === 'string' || typeof value === 'number';
	const text = isText ? trimBlanks(visible(String(value))) : '';
	const isAmount = /^\d{1,6}(\.\d{1,2})?$/.test(text) && Number(text) > 0;
	if (!isAmount) refuse(field, 'is not an amount of money', fix);
	if (Number(text) <= HIGHEST_AMOUNT) return text;
	return refuse(field, `is more than ${HIGHEST_AMOUNT} INR, too much for a penny drop`, fix);
};

/** Extra fields of a request. Those without a value are left out; those that the node sends itself are refused. */
export const bodyFields: Kind<RequestSettings['bodyFields']> = (field, given) => {
	const entries = isRecord(given) ? [given.field ?? []].flat() : [given];
	if (!entries.every(isRecord)) {
		return refuse(field, 'is not a list of fields', 'Add the fields under Options.');
	}
	return entries.flatMap(({ name: rawName, value }) => {
		const name = typeof rawName === 'string' ? rawName.trim() : '';
		if (name === '') {
			refuse(field, 'contains a field without a name', 'Name the field, or remove it.');
		}
		// Money and accounts have one door: a second amount, account or command would pass every check.
		if (isSentField(name)) {
			refuse(
				field,
				`contains the field "${namedColumn(name)}", which the node sends itself`,
				"Remove it. Use the node's own fields and options: 'Validate on Create' or the operation Validate to validate accounts, 'Validation Amount', 'Gateway ID'.",
			);
		}
		if (isBlank(value)) return [];
		return [{ name, value: typeof value === 'string' ? value : JSON.stringify(value) }];
	});
};

/** Names of input fields: a list, or text with commas, semicolons or lines between them. */
export const fieldNames: Kind<string[]> = (field, value) => {
	const list = listOf(value);
	if (Array.isArray(list) && list.every((name) => ['string', 'number'].includes(typeof name))) {
		const names = list.map((name) => String(name).trim()).filter((name) => name !== '');
		return [...new Set(names)];
	}
	const fix = 'Enter the names of the fields, separated by commas, or * for all.';
	return refuse(field, 'is not a list of names', fix);
};

function listOf(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	return text.startsWith('[') ? listIn(text) : text.split(/[,;\r\n]+/);
}
