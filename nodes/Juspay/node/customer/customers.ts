import type { IDataObject } from 'n8n-workflow';
import {
	checkCountryCode,
	checkEmail,
	checkLine,
	checkMobileNumber,
	checkAll,
} from '../../account/check';
import type { Checked } from '../../account/check';
import type { Customer, CustomerDetails } from '../../account/types';
import type { Outcome } from '../../account/output';
import type { Result } from '../../http/client';
import type { CustomerToCreate, Session } from '../../once';
import { runItems } from '../items';
import type { Answer, Done, Refusal, Request } from '../items';
import { isFailed } from '../results';
import type { DoneResult, ItemResult } from '../results';
import { isSimplified } from '../run';
import type { Run } from '../run';
import { openSettings } from '../settings';
import type { Settings } from '../settings';

/** One item's customer, read and checked. */
interface CustomerRequest extends Request, CustomerToCreate {}

/** A customer to be returned. */
interface CustomerFound {
	customer: Customer;
	/** Create only. */
	outcome?: Outcome;
}

/** What an operation does with each item's customer. */
interface CustomerSteps {
	read(item: number): {
		customerId: Checked<string>;
		details?: Checked<CustomerDetails>;
		onExisting?: Checked<'reuse' | 'create'>;
	};
	work(session: Session, request: CustomerRequest): Promise<Result<CustomerFound>>;
}

/** A customer that was asked for or changed, without a word on how it came to be there. */
export function found(got: Result<Customer>): Result<CustomerFound> {
	return got.ok ? { ok: true, value: { customer: got.value } } : got;
}

const NO_DETAILS: CustomerDetails = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: '',
	lastName: '',
};

/** Reads and checks the details of an item's customer; what isn't given is empty. */
export function readDetails(run: Run, item: number): Checked<CustomerDetails> {
	const given = run.collection('customerDetails', item);
	const mobileCountryCode = checkCountryCode(given.mobileCountryCode);
	if ('problem' in mobileCountryCode) return mobileCountryCode;
	return checkAll({
		mobileCountryCode,
		mobileNumber: checkMobileNumber(given.mobileNumber, mobileCountryCode.value),
		emailAddress: checkEmail(given.emailAddress),
		firstName: checkLine('First Name', given.firstName),
		lastName: checkLine('Last Name', given.lastName),
	});
}

/** Works on each item's customer; a customer's items go one after the other, so that none is created twice. */
export async function runCustomers(run: Run, { read, work }: CustomerSteps): Promise<ItemResult[]> {
	const settingsOf = openSettings(run);
	const results = await runItems<CustomerRequest, CustomerFound>(run, {
		read: (item) => [readRequest(settingsOf(item), item, read(item))],
		groupKey: ({ customerId }) => customerId,
		subjectOf: ({ customerId }) => ({ customerId }),
		work: async (requests) => {
			const answers: Array<Answer<CustomerFound>> = [];
			for (const request of requests) {
				const done = await work(await run.session, request);
				answers.push(done);
				if (!done.ok && !run.continueOnFail) break;
			}
			return answers;
		},
	});
	const planned = new Set<string>();
	return results.map((result) => (isFailed(result) ? result : resultOf(run, result, planned)));
}

function readRequest(
	settings: Checked<Settings>,
	item: number,
	{
		customerId: id,
		details = { value: NO_DETAILS },
		onExisting = { value: 'reuse' },
	}: ReturnType<CustomerSteps['read']>,
): CustomerRequest | Refusal {
	if ('problem' in id) return id;
	const customerId = id.value;
	const checked = checkAll({ settings, details, onExisting });
	if ('problem' in checked) {
		const dryRun = 'value' in settings && settings.value.dryRun;
		return { ...checked, subject: { customerId }, ...(dryRun && { dryRun }) };
	}
	const { settings: options, ...rest } = checked.value;
	const { dryRun } = options;
	return { item, customerId, routingId: options.request.routingId, dryRun, ...rest };
}

/** @param planned - customers that an earlier row of this dry run would create: for others they exist then */
function resultOf(
	run: Run,
	{ request: { item, customerId, dryRun }, value }: Done<CustomerRequest, CustomerFound>,
	planned: Set<string>,
): DoneResult {
	const { customer } = value;
	const isDuplicate = value.outcome === 'wouldCreate' && planned.has(customerId);
	if (value.outcome === 'wouldCreate') planned.add(customerId);
	const outcome = isDuplicate ? 'existing' : value.outcome;
	// A customer that only would be created has no object of Juspay's.
	const isSimple = customer.id === '' || isSimplified(run, item);
	const json = isSimple ? simplified(customer, outcome) : (customer.raw as IDataObject);
	return { item, json, outcome, ...(dryRun && { dryRun }), ...(isDuplicate && { isDuplicate }) };
}

function simplified(customer: Customer, outcome?: Outcome): IDataObject {
	return {
		customerId: customer.id || null,
		objectReferenceId: customer.objectReferenceId || null,
		firstName: customer.firstName || null,
		lastName: customer.lastName || null,
		emailAddress: customer.emailAddress || null,
		mobileCountryCode: customer.mobileCountryCode || null,
		mobileNumber: customer.mobileNumber || null,
		outcome: outcome ?? null,
		dateCreated: customer.dateCreated || null,
		lastUpdated: customer.lastUpdated || null,
	};
}
