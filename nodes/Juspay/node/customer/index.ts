import type { Resource } from '../operation';
import { subjectFields } from '../results';
import { create } from './create';
import { get } from './get';
import { update } from './update';

/** What the node can do with customers. */
export const customer: Resource = {
	value: 'customer',
	label: 'Customer',
	noun: 'customer',
	operations: [create, get, update],
	itemFields: [
		...['objectReferenceId', 'firstName', 'lastName', 'emailAddress', 'mobileCountryCode'],
		...['mobileNumber', 'dateCreated', 'lastUpdated', 'dryRun'],
	],
	failed: subjectFields,
};
