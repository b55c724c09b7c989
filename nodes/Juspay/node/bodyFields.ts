import { isBlank } from '../account/check';
import type { Checked } from '../account/check';
import { namedColumn } from '../account/columns';
import type { RequestSettings } from '../account/types';
import { isOwnField } from '../http/ownFields';

/** Extra fields of a request. Those without a value are left out; those that the node sends itself are refused. */
export function checkBodyFields(
	field: string,
	given: unknown,
): Checked<RequestSettings['bodyFields']> {
	const refuse = (wrong: string, fix: string): Checked<never> => ({
		problem: { field, wrong, fix },
	});
	const entries = entriesOf(given);
	if (!entries) return refuse('is not a list of fields', 'Add the fields under Options.');
	const fields: RequestSettings['bodyFields'] = [];
	for (const { name: rawName, value } of entries) {
		const name = typeof rawName === 'string' ? rawName.trim() : '';
		if (name === '') {
			return refuse('contains a field without a name', 'Name the field, or remove it.');
		}
		// Money and accounts have one door: a second amount, account or command would pass every check.
		if (isOwnField(name)) {
			return refuse(
				`contains the field "${namedColumn(name)}", which the node sends itself`,
				"Remove it. Use the node's own fields and options: 'Validate on Create' or the operation Validate to validate accounts, 'Validation Amount', 'Gateway ID'.",
			);
		}
		if (isBlank(value)) continue;
		fields.push({ name, value: typeof value === 'string' ? value : JSON.stringify(value) });
	}
	return { value: fields };
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(given: unknown): Array<Record<string, unknown>> | undefined {
	if (!isRecord(given)) return undefined;
	const entries = [given.field ?? []].flat();
	return entries.every(isRecord) ? entries : undefined;
}
