import type { Resource } from '../operation';
import { subjectFields } from '../results';
import { create } from './create';
import { get } from './get';
import { update } from './update';
import { upsert } from './upsert';

/** What the node can do with customers. */
export const customer: Resource = {
	value: 'customer',
	label: 'Customer',
	noun: 'customer',
	operations: [create, upsert, get, update],
	itemFields: [
		...['objectReferenceId', 'firstName', 'lastName', 'emailAddress', 'mobileCountryCode'],
		...['mobileNumber', 'dateCreated', 'lastUpdated', 'dryRun'],
	],
	failed: subjectFields,
};
