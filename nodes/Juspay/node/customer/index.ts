import { checkId, checkObjectReferenceId } from '../../account/check';
import type { Checked } from '../../account/check';
import type { CustomerDetails } from '../../account/types';
import { oneOf } from '../../account/kinds';
import { createCustomer, getCustomer, updateCustomer, upsertCustomer } from '../../once';
import { customerId, simplify } from '../fields';
import type { Operation, Resource, Returned } from '../operation';
import { subjectFields } from '../results';
import { parameter } from '../values';
import { found, readDetails, runCustomers } from './customers';
import { customerDetails, objectReferenceId, onExisting } from './fields';

/** What the operations on customers return. */
const CUSTOMERS: Returned = { fields: [simplify] };

const IF_EXISTS = parameter(
	'If Customer Exists',
	'onExisting',
	oneOf<'create' | 'reuse'>([
		{ value: 'create', label: "Don't Check First" },
		{ value: 'reuse', label: 'Return Existing' },
	]),
	'reuse',
	true,
);

/** Creates each item's customer, once per object reference ID. */
const create: Operation = {
	value: 'create',
	label: 'Create',
	action: 'Create customer',
	description: 'Add a customer under your own ID, or return the existing customer',
	fields: [objectReferenceId, customerDetails, onExisting],
	options: ['dryRun'],
	returns: CUSTOMERS,
	execute: async (run) =>
		await runCustomers(run, {
			read: (item) => ({
				customerId: checkObjectReferenceId(run.read('objectReferenceId', item)),
				details: readDetails(run, item),
				onExisting: run.value(IF_EXISTS, item),
			}),
			work: createCustomer,
		}),
};

/** Creates each item's customer, or updates the one that is there; a customer's items in their order. */
const upsert: Operation = {
	value: 'upsert',
	label: 'Create or Update',
	action: 'Create or update customer',
	description: 'Add a customer under your own ID, or change the details of the existing customer',
	fields: [objectReferenceId, customerDetails],
	options: [],
	returns: CUSTOMERS,
	execute: async (run) =>
		await runCustomers(run, {
			read: (item) => ({
				customerId: checkObjectReferenceId(run.read('objectReferenceId', item)),
				details: readDetails(run, item),
			}),
			work: upsertCustomer,
		}),
};

/** Gets each item's customer. */
const get: Operation = {
	value: 'get',
	label: 'Get',
	action: 'Get customer',
	description: "Retrieve a customer by Juspay's ID or by your own",
	fields: [customerId],
	options: [],
	returns: CUSTOMERS,
	execute: async (run) =>
		await runCustomers(run, {
			read: (item) => ({ customerId: checkId('Customer ID', run.read('customerId', item)) }),
			work: async (session, request) =>
				found(await getCustomer(session, request.customerId, request.routingId)),
		}),
};

/** Updates each item's customer, in the order of the items. */
const update: Operation = {
	value: 'update',
	label: 'Update',
	action: 'Update customer',
	description: "Change a customer's name, email address or mobile number",
	fields: [customerId, customerDetails],
	options: [],
	returns: CUSTOMERS,
	execute: async (run) =>
		await runCustomers(run, {
			read: (item) => ({
				customerId: checkId('Customer ID', run.read('customerId', item)),
				details: notEmpty(readDetails(run, item)),
			}),
			work: async (session, request) => found(await updateCustomer(session, request)),
		}),
};

function notEmpty(details: Checked<CustomerDetails>): Checked<CustomerDetails> {
	if ('problem' in details || Object.values(details.value).some((it) => it !== '')) return details;
	return {
		problem: {
			field: 'Customer Details',
			wrong: 'contains nothing to update',
			fix: 'Add at least one detail. Empty details stay unchanged.',
		},
	};
}

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
