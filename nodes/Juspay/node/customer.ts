import type { IDataObject, INodeProperties } from 'n8n-workflow';
import {
	checkCountryCode,
	checkEmail,
	checkLine,
	checkMobileNumber,
	checkObjectReferenceId,
	refuse,
} from '../account/check';
import type { Outcome } from '../account/output';
import type { Customer, CustomerDetails } from '../account/types';
import type { Result } from '../http/client';
import { createCustomer, getCustomer, updateCustomer, upsertCustomer } from '../once';
import type { CustomerToCreate, Session } from '../once';
import { customerId, isSimplified, readCustomerId, SIMPLIFY } from './fields';
import { runItems } from './items';
import type { Answer, Done, Request } from './items';
import type { Operation, Resource, Returned } from './operation';
import { isFailed, subjectFields } from './results';
import type { DoneResult, ItemResult } from './results';
import type { Run } from './run';
import { choice } from './values';

/** The merchant's own ID of the customer. */
const objectReferenceId: INodeProperties = {
	displayName: 'Your Customer ID',
	name: 'objectReferenceId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. customer_1122',
	description:
		'Your own ID of the customer, at least 8 characters. Juspay calls it object reference ID.',
};

/** What to do if the customer exists. */
const ON_EXISTING = choice<'create' | 'reuse'>(
	{
		displayName: 'If Customer Exists',
		name: 'onExisting',
		type: 'options',
		default: 'reuse',
		description: 'What to do if there already is a customer with this ID',
		options: [
			{
				name: "Don't Check First",
				value: 'create',
				description: 'Create without looking; Juspay rejects an ID already in use',
			},
			{
				name: 'Return Existing',
				value: 'reuse',
				description: 'Return the existing customer',
			},
		],
	},
	'reuse',
	{ isStrict: true },
);

/** What is known of a customer beside its ID. */
const customerDetails: INodeProperties = {
	displayName: 'Customer Details',
	name: 'customerDetails',
	type: 'collection',
	placeholder: 'Add detail',
	default: {},
	options: [
		{
			displayName: 'Email Address',
			name: 'emailAddress',
			type: 'string',
			default: '',
			placeholder: 'e.g. nathan@example.com',
			description: 'Email address of the customer',
		},
		{
			displayName: 'First Name',
			name: 'firstName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Nathan',
			description: 'First name of the customer',
		},
		{
			displayName: 'Last Name',
			name: 'lastName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Kumar',
			description: 'Last name of the customer',
		},
		{
			displayName: 'Mobile Country Code',
			name: 'mobileCountryCode',
			type: 'string',
			default: '91',
			placeholder: 'e.g. 91',
			description: 'Calling code of the country, without a plus',
		},
		{
			displayName: 'Mobile Number',
			name: 'mobileNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 9876543210',
			description: 'Mobile number of the customer, without the country code',
		},
	],
};

/** What the operations on customers return. */
const CUSTOMERS: Returned = { fields: [SIMPLIFY.field] };

/** One item's customer, read and checked. */
type CustomerRequest = Request & CustomerToCreate;

/** A customer to be returned. */
interface CustomerFound {
	customer: Customer;
	/** How it came to be there, of an operation that may create it. */
	outcome?: Outcome;
}

/** What an operation does with each item's customer; each reader throws BadInput. */
interface CustomerSteps {
	readId(run: Run, item: number): string;
	/** By default what is given, if anything. */
	readDetails?(run: Run, item: number): CustomerDetails;
	readOnExisting?(item: number): 'reuse' | 'create';
	work(session: Session, order: CustomerToCreate): Promise<Result<CustomerFound>>;
}

function readObjectReferenceId(run: Run, item: number): string {
	return readCustomerId(run, item, objectReferenceId, (_, given) => checkObjectReferenceId(given));
}

/** Reads and checks the details of an item's customer; what isn't given is empty. */
function readDetails(run: Run, item: number): CustomerDetails {
	const given = run.collection('customerDetails', item);
	const mobileCountryCode = checkCountryCode(given.mobileCountryCode);
	return {
		mobileCountryCode,
		mobileNumber: checkMobileNumber(given.mobileNumber, mobileCountryCode),
		emailAddress: checkEmail(given.emailAddress),
		firstName: checkLine('First Name', given.firstName),
		lastName: checkLine('Last Name', given.lastName),
	};
}

function readSomeDetails(run: Run, item: number): CustomerDetails {
	const details = readDetails(run, item);
	if (Object.values(details).some((detail) => detail !== '')) return details;
	return refuse(
		'Customer Details',
		'contains nothing to update',
		'Add at least one detail. Empty details stay unchanged.',
	);
}

/** A customer that was asked for or changed, without a word on how it came to be there. */
function found(got: Result<Customer>): Result<CustomerFound> {
	return got.ok ? { ok: true, value: { customer: got.value } } : got;
}

/** Works on each item's customer; a customer's items go one after the other, so that none is created twice. */
async function runCustomers(run: Run, steps: CustomerSteps): Promise<ItemResult[]> {
	const results = await runItems<CustomerRequest, CustomerFound>(run, {
		read: (known) => {
			const { item } = known;
			const customerId = (known.subject.customerId = steps.readId(run, item));
			const { dryRun, settings } = run.options(item);
			return {
				item,
				customerId,
				routingId: settings.routingId,
				dryRun,
				details: (steps.readDetails ?? readDetails)(run, item),
				onExisting: steps.readOnExisting?.(item) ?? 'reuse',
			};
		},
		groupKey: ({ customerId }) => customerId,
		subjectOf: ({ customerId }) => ({ customerId }),
		work: async (requests) => {
			const answers: Array<Answer<CustomerFound>> = [];
			for (const request of requests) {
				const done = await steps.work(await run.session, request);
				answers.push(done);
				if (!done.ok && !run.continueOnFail) break;
			}
			return answers;
		},
	});
	const planned = new Set<string>();
	return results.map((result) => (isFailed(result) ? result : resultOf(run, result, planned)));
}

/** @param planned - customers that an earlier row of this dry run would create: for others they exist then */
function resultOf(
	run: Run,
	{ request: { item, customerId, dryRun }, value }: Done<CustomerRequest, CustomerFound>,
	planned: Set<string>,
): DoneResult {
	const { customer: shown } = value;
	const isDuplicate = value.outcome === 'wouldCreate' && planned.has(customerId);
	if (value.outcome === 'wouldCreate') planned.add(customerId);
	const outcome = isDuplicate ? 'existing' : value.outcome;
	// A customer that only would be created has no object of Juspay's.
	const isSimple = shown.id === '' || isSimplified(run, item);
	const json = isSimple ? simplified(shown, outcome) : (shown.raw as IDataObject);
	return { item, json, outcome, dryRun, isDuplicate };
}

function simplified(shown: Customer, outcome?: Outcome): IDataObject {
	return {
		customerId: shown.id || null,
		objectReferenceId: shown.objectReferenceId || null,
		firstName: shown.firstName || null,
		lastName: shown.lastName || null,
		emailAddress: shown.emailAddress || null,
		mobileCountryCode: shown.mobileCountryCode || null,
		mobileNumber: shown.mobileNumber || null,
		outcome: outcome ?? null,
		dateCreated: shown.dateCreated || null,
		lastUpdated: shown.lastUpdated || null,
	};
}

/** Creates each item's customer, once per object reference ID. */
const create: Operation = {
	value: 'create',
	label: 'Create',
	action: 'Create customer',
	description: 'Add a customer under your own ID, or return the existing customer',
	fields: [objectReferenceId, customerDetails, ON_EXISTING.field],
	options: ['dryRun'],
	returns: CUSTOMERS,
	execute: async (run) =>
		await runCustomers(run, {
			readId: readObjectReferenceId,
			readOnExisting: (item) => run.value(ON_EXISTING, item),
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
		await runCustomers(run, { readId: readObjectReferenceId, work: upsertCustomer }),
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
			readId: readCustomerId,
			work: async (session, order) =>
				found(await getCustomer(session, order.customerId, order.routingId)),
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
			readId: readCustomerId,
			readDetails: readSomeDetails,
			work: async (session, order) => found(await updateCustomer(session, order)),
		}),
};

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
