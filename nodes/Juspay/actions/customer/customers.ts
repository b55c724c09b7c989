import type { IDataObject } from 'n8n-workflow';
import {
	checkCountryCode,
	checkEmail,
	checkHeaderText,
	checkId,
	checkLine,
	checkMobileNumber,
	checkObjectReferenceId,
} from '../../domain/check';
import type { Checked } from '../../domain/check';
import type { Result } from '../../api/client';
import type { Customer, CustomerDetails } from '../../domain/customer';
import * as exactlyOnce from '../../api/exactlyOnce';
import type { CustomerResult, CustomerOrder } from '../../api/exactlyOnce';
import { forEachConcurrently, groupBy } from '../../lists';
import { badInput, unreadable } from '../results';
import type { FailedResult, ItemResult } from '../results';
import type { Run } from '../run';

/** One item's customer, read and checked. */
interface ItemOrder extends CustomerOrder {
	item: number;
	onExisting: 'reuse' | 'create';
}

type Ask = (
	order: ItemOrder,
) => Promise<Result<Omit<CustomerResult, 'outcome'> & Partial<CustomerResult>>>;

function isOrder(order: ItemOrder | FailedResult): order is ItemOrder {
	return 'details' in order;
}

const NO_DETAILS: CustomerDetails = {
	mobileNumber: '',
	mobileCountryCode: '',
	emailAddress: '',
	firstName: '',
	lastName: '',
};

function checkDetails(
	given: Partial<Record<keyof CustomerDetails, unknown>>,
): Checked<CustomerDetails> {
	const code = checkCountryCode(given.mobileCountryCode);
	if ('problem' in code) return code;
	const mobile = checkMobileNumber(given.mobileNumber, code.value);
	if ('problem' in mobile) return mobile;
	const email = checkEmail(given.emailAddress);
	if ('problem' in email) return email;
	const first = checkLine('First Name', given.firstName);
	if ('problem' in first) return first;
	const last = checkLine('Last Name', given.lastName);
	if ('problem' in last) return last;
	return {
		value: {
			mobileNumber: mobile.value,
			mobileCountryCode: code.value,
			emailAddress: email.value,
			firstName: first.value,
			lastName: last.value,
		},
	};
}

function readOrder(
	run: Run,
	item: number,
	operation: 'create' | 'get' | 'update',
): ItemOrder | FailedResult {
	const id =
		operation === 'create'
			? checkObjectReferenceId(run.read('objectReferenceId', item))
			: checkId('Customer ID', run.read('customerId', item));
	if ('problem' in id) return badInput(item, id.problem);
	const concerned = { customerId: id.value };
	const routing = checkHeaderText('Routing ID', run.options(item).routingId);
	if ('problem' in routing) return badInput(item, routing.problem, concerned);
	const details =
		operation === 'get'
			? { value: NO_DETAILS }
			: checkDetails(run.read('customerDetails', item, {}) as Partial<CustomerDetails>);
	if ('problem' in details) return badInput(item, details.problem, concerned);
	if (operation === 'update' && Object.values(details.value).every((value) => value === '')) {
		return badInput(
			item,
			{
				field: 'Customer Details',
				wrong: 'hold nothing to update',
				fix: 'Add at least one detail; an empty one is left as it is.',
			},
			concerned,
		);
	}
	return {
		item,
		customerId: id.value,
		routingId: routing.value,
		details: details.value,
		onExisting: run.read('onExisting', item, 'reuse') === 'create' ? 'create' : 'reuse',
	};
}

/** Works on each item's customer; one customer's items go one after the other, so that none is made twice. */
async function forEachCustomer(
	run: Run,
	operation: 'create' | 'get' | 'update',
	ask: Ask,
): Promise<ItemResult[]> {
	const orders = [...run.items.keys()].map((item) => {
		try {
			return readOrder(run, item, operation);
		} catch (thrown) {
			return unreadable(item, thrown);
		}
	});
	const refused = orders.filter((order): order is FailedResult => !isOrder(order));
	if (refused.length > 0 && !run.keepGoing) return refused;

	const results: Array<ItemResult | undefined> = orders.map((order) =>
		isOrder(order) ? undefined : order,
	);
	const customers = groupBy(orders.filter(isOrder), ({ customerId }) => customerId);
	await forEachConcurrently(customers, run.concurrency, async (group) => {
		for (const order of group) {
			const answer = await ask(order);
			results[order.item] = answer.ok
				? {
						item: order.item,
						json: shown(run, order.item, answer.value.customer, answer.value.outcome),
						outcome: answer.value.outcome,
					}
				: {
						item: order.item,
						failure: answer.failure,
						concerned: { customerId: order.customerId },
					};
			if (!run.keepGoing && !answer.ok) return 'stop';
		}
		return 'continue';
	});
	return results.filter((it) => it !== undefined);
}

function shown(run: Run, item: number, customer: Customer, outcome?: string): IDataObject {
	if (run.read('simplify', item, true) === false) return customer.raw as IDataObject;
	const details: Record<string, string> = {
		customerId: customer.id,
		objectReferenceId: customer.objectReferenceId,
		firstName: customer.firstName,
		lastName: customer.lastName,
		emailAddress: customer.emailAddress,
		mobileCountryCode: customer.mobileCountryCode,
		mobileNumber: customer.mobileNumber,
		outcome: outcome ?? '',
		dateCreated: customer.dateCreated,
		lastUpdated: customer.lastUpdated,
	};
	return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== ''));
}

/** Creates each item's customer, once for each object reference ID. */
export async function create(run: Run): Promise<ItemResult[]> {
	return await forEachCustomer(
		run,
		'create',
		async (order) => await exactlyOnce.createCustomer(await run.client, order),
	);
}

/** Gets each item's customer. */
export async function get(run: Run): Promise<ItemResult[]> {
	return await forEachCustomer(run, 'get', async ({ customerId, routingId }) =>
		asMade(await (await run.client).getCustomer(customerId, routingId)),
	);
}

/** Updates each item's customer, in the order of the items. */
export async function update(run: Run): Promise<ItemResult[]> {
	return await forEachCustomer(run, 'update', async (order) =>
		asMade(await exactlyOnce.updateCustomer(await run.client, order)),
	);
}

function asMade(got: Result<Customer>): Result<{ customer: Customer }> {
	return got.ok ? { ok: true, value: { customer: got.value } } : got;
}
