import type { Resource } from '../operation';
import { subjectFields } from '../results';
import { create } from './create';
import { deletion } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { validate } from './validate';

/** What the node can do with customer accounts. */
export const customerAccount: Resource = {
	value: 'customerAccount',
	label: 'Customer Account',
	noun: 'account',
	operations: [create, deletion, get, getAll, validate],
	itemFields: ['ifsc', 'beneficiaryName', 'lastValidated', 'validation', 'dryRun', 'deleted'],
	failed: subjectFields,
};
