import { ownFailure } from './failures';
import type { Resource } from './operation';

/** What every failed item says of what happened. */
const ERROR = ['error', 'errorHint', 'errorCode', 'juspayCode', 'juspayRequestId', 'field', 'row'];

/** The name of every field that a resource's items may have: an input field of that name comes out as `input_…`. */
export function outputFieldsOf({ itemFields, failed }: Resource): ReadonlySet<string> {
	const about = failed({ item: 0, subject: {}, failure: ownFailure('INTERNAL', '', '') });
	return new Set([...ERROR, ...Object.keys(about), ...itemFields]);
}
