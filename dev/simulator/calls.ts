import { readAccountDetails } from './account-details';
import { accountBody, customerBody, listBody } from './bodies';
import type { Tally } from './counters';
import { orderIn, pageIn, type AccountBody, type Answer, type Dialect } from './dialects';
import { badField, notFound, refusal } from './errors';
import { courseOf, type Course } from './outcomes';
import type { AccountRecord, CustomerFields, CustomerRecord, Store } from './store';
import type { AccountDetails, Call, SimulatorSettings } from './types';

/** What a call is about, decoded. */
export interface CallInput {
	customerId: string;
	accountId: string;
	form: Record<string, string>;
	query: Record<string, unknown>;
}

/** What a call changes and looks at. */
interface CallContext {
	store: Store;
	tally: Tally;
	settings: SimulatorSettings;
	/** Those of the settings. */
	dialects: readonly Dialect[];
}

function bodyOf(account: AccountRecord): AccountBody {
	return accountBody({ ...account, customerId: account.customer.profile.id });
}

function isFree(name: string): boolean {
	return name.startsWith('metadata') || name.startsWith('udf');
}

/** Juspay ignores a misspelt field; here it must show. */
function refuseUnknownFields(form: Record<string, string>, known: string[]): void {
	for (const name of Object.keys(form)) {
		if (!known.includes(name) && !isFree(name)) {
			throw badField(name, 'INVALID', `${name} is not a field of this call.`);
		}
	}
}

function readAmount(form: Record<string, string>): string {
	const amount = form.amount ?? '1';
	if (!/^\d+(\.\d+)?$/.test(amount) || !(Number(amount) > 0)) {
		throw badField('amount', 'INVALID', 'amount must be a positive number.');
	}
	return amount;
}

function readNumber(
	query: Record<string, unknown>,
	name: string,
	least: number,
): number | undefined {
	const value = query[name];
	if (value === undefined) return undefined;
	if (typeof value !== 'string' || !/^\d{1,9}$/.test(value) || Number(value) < least) {
		throw badField(name, 'INVALID', `${name} must be a whole number from ${least}.`);
	}
	return Number(value);
}

function customerOf({ store, settings }: CallContext, id: string): CustomerRecord {
	const customer = store.findCustomer(id);
	if (customer) return customer;
	if (!settings.anyCustomer || id === '' || id.startsWith('missing')) throw notFound();
	return store.ensureCustomer(id);
}

function accountOf(context: CallContext, input: CallInput): AccountRecord {
	const customer = customerOf(context, input.customerId);
	const account = context.store.findAccount(input.accountId);
	// Another customer's account is as unknown as none.
	if (account?.customer !== customer) throw notFound();
	return account;
}

/** How an account's validation would go; throws Refusal for one that is bad. */
function courseIn({ settings }: CallContext, details: AccountDetails): Course {
	const course = courseOf(details, settings.validationMs);
	if (course) return course;
	// As Juspay may do it: which of the accounts it was is not said.
	throw refusal(400, 'INVALID_ACCOUNT_DETAILS', 'Account details were rejected by the gateway.');
}

/** Counts a penny drop that is about to be started. */
function countValidation({ tally }: CallContext, account: AccountRecord): void {
	tally.counters.validationsStarted++;
	if (account.validationsStarted === 1) tally.counters.validationsRepeated++;
	if (account.unsettled) tally.counters.validationsWhileUnsettled++;
}

function createAccounts(context: CallContext, { customerId, form }: CallInput): Answer {
	const { store, tally, settings } = context;
	const customer = customerOf(context, customerId);
	const validates = form.command === 'validate';
	if (form.command !== undefined && !validates) {
		throw refusal(400, 'INVALID_ACTION', 'command must be validate.', [
			{ field_name: 'command', reason: 'INVALID' },
		]);
	}
	const known = ['account_details', 'gateway_id', 'gateway_reference_id', 'command'];
	refuseUnknownFields(form, validates ? [...known, 'amount'] : known);
	const amount = readAmount(form);
	const orders = readAccountDetails(form.account_details, settings.bankCodeInside).map(
		(details) => ({ details, course: courseIn(context, details) }),
	);
	const fields = Object.fromEntries(
		Object.entries(form).filter(([name]) => isFree(name) || name.startsWith('gateway_')),
	);
	const accounts = orders.map(({ details, course }) => {
		if (store.hasSame(customer, details)) tally.counters.duplicatesMade++;
		const account = store.addAccount(customer, details, fields);
		tally.counters.accountsMade++;
		if (validates) {
			countValidation(context, account);
			store.startValidation(account, amount, course);
		}
		return bodyOf(account);
	});
	return {
		accounts: [...orderIn(context.dialects, accounts)],
		whole: accounts.length,
		wrap: (named) => {
			const [only] = named;
			// Shape follows what was sent, so that an answer cut in half is still an array.
			return accounts.length === 1 && only ? only : named;
		},
	};
}

/** The accounts that List knows of at this moment. */
function listedAccounts(
	{ store, settings }: CallContext,
	customer: CustomerRecord,
): readonly AccountRecord[] {
	const accounts = store.accountsOf(customer);
	const { listDelayMs, listHidesCreated } = settings;
	if (listDelayMs === 0 && !listHidesCreated) return accounts;
	const createdBy = Date.now() - listDelayMs;
	return accounts.filter(
		({ createdAt, status }) =>
			createdAt <= createdBy && !(listHidesCreated && status === 'CREATED'),
	);
}

function listAccounts(context: CallContext, { customerId, query }: CallInput): Answer {
	const { settings } = context;
	const customer = customerOf(context, customerId);
	const offset = readNumber(query, 'offset', 0) ?? 0;
	const { pageSize = Infinity } = settings;
	const count = Math.min(readNumber(query, 'count', 1) ?? pageSize, pageSize);
	const accounts = orderIn(context.dialects, listedAccounts(context, customer));
	const page = pageIn(context.dialects, { offset, count });
	return {
		accounts: accounts.slice(page.offset, page.offset + page.count).map(bodyOf),
		whole: accounts.length,
		totals: { total: accounts.length, offset: page.offset },
		wrap: listBody,
	};
}

function getAccount(context: CallContext, input: CallInput): Answer {
	return { account: bodyOf(accountOf(context, input)) };
}

function validateAccount(context: CallContext, input: CallInput): Answer {
	const account = accountOf(context, input);
	refuseUnknownFields(input.form, ['gateway_id', 'amount']);
	const amount = readAmount(input.form);
	const course = courseIn(context, account.details);
	const { store, settings } = context;
	countValidation(context, account);
	if (settings.validateStaysCreated) store.startUnseenValidation(account);
	else store.startValidation(account, amount, course);
	return { account: bodyOf(account) };
}

function deleteAccount(context: CallContext, input: CallInput): Answer {
	const account = accountOf(context, input);
	refuseUnknownFields(input.form, ['command']);
	if (input.form.command === undefined) {
		throw badField('command', 'MISSING', 'command is missing.');
	}
	if (input.form.command !== 'delete') {
		throw refusal(400, 'INVALID_ACTION', 'command must be delete.', [
			{ field_name: 'command', reason: 'INVALID' },
		]);
	}
	context.store.removeAccount(account);
	context.tally.counters.deletesDone++;
	return { body: { status: 'DELETED', id: account.id } };
}

function readCustomerFields(form: Record<string, string>): CustomerFields {
	if (form.mobile_number !== undefined && !/^\d{10}$/.test(form.mobile_number)) {
		throw badField('mobile_number', 'INVALID', 'mobile_number must be ten digits.');
	}
	if (form.email_address !== undefined && !/^[^@\s]+@[^@\s]+$/.test(form.email_address)) {
		throw badField('email_address', 'INVALID', 'email_address must be an address.');
	}
	const given: Array<[keyof CustomerFields, string | undefined]> = [
		['mobileCountryCode', form.mobile_country_code],
		['mobileNumber', form.mobile_number],
		['emailAddress', form.email_address],
		['firstName', form.first_name],
		['lastName', form.last_name],
	];
	return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

function createCustomer({ store, tally }: CallContext, { form }: CallInput): Answer {
	const reference = form.object_reference_id;
	if (!reference) {
		throw badField('object_reference_id', 'MISSING', 'object_reference_id is missing.');
	}
	if (reference.length < 8) {
		throw badField(
			'object_reference_id',
			'INVALID',
			'object_reference_id must have at least 8 characters.',
		);
	}
	const fields = readCustomerFields(form);
	if (store.findCustomer(reference)) {
		throw refusal(400, 'ALREADY_EXISTS', 'A customer with this object_reference_id exists.');
	}
	tally.counters.customersMade++;
	return { body: customerBody(store.addCustomer(reference, fields).profile) };
}

function getCustomer(context: CallContext, { customerId }: CallInput): Answer {
	return { body: customerBody(customerOf(context, customerId).profile) };
}

function updateCustomer(context: CallContext, { customerId, form }: CallInput): Answer {
	const customer = customerOf(context, customerId);
	const reference = form.object_reference_id;
	if (reference !== undefined && reference !== customer.profile.objectReferenceId) {
		throw badField('object_reference_id', 'INVALID', 'object_reference_id can not change.');
	}
	context.store.updateCustomer(customer, readCustomerFields(form));
	return { body: customerBody(customer.profile) };
}

/** Of a phone number Juspay only says that it is verified. */
function nameAt(vpa: string): string {
	return /^(?:\d+)@/.test(vpa) ? 'verified' : 'Asha Rao';
}

/** Verify VPA: nothing changes. A handle with `invalid` doesn't exist; `@nomandate` takes no mandates. */
function verifyVpa({ settings }: CallContext, { form }: CallInput): Answer {
	refuseUnknownFields(form, ['vpa', 'merchant_id']);
	const { vpa, merchant_id: merchantId } = form;
	if (!vpa) throw badField('vpa', 'MISSING', 'vpa is missing.');
	if (!merchantId) throw badField('merchant_id', 'MISSING', 'merchant_id is missing.');
	if (settings.merchantId !== undefined && merchantId !== settings.merchantId) {
		throw badField('merchant_id', 'INVALID', 'merchant_id does not belong to this key.');
	}
	if (!/^[\w.-]+@[\w.-]+$/.test(vpa)) throw badField('vpa', 'INVALID', 'vpa is not a VPA.');
	const isValid = !vpa.toLowerCase().startsWith('invalid');
	return {
		body: {
			vpa,
			status: isValid ? 'VALID' : 'INVALID',
			...(isValid && {
				customer_name: nameAt(vpa),
				mandate_details: { is_handle_supported: !/@nomandate$/i.test(vpa) },
			}),
		},
	};
}

/** What each call does once it has been let in. All throw Refusal before they change anything. */
export const EFFECTS: Record<Call, (context: CallContext, input: CallInput) => Answer> = {
	createAccounts,
	listAccounts,
	getAccount,
	validateAccount,
	deleteAccount,
	createCustomer,
	getCustomer,
	updateCustomer,
	verifyVpa,
	unknown: () => {
		throw notFound();
	},
};
