import type { Course } from './outcomes';
import { randomId, seededDice, type Dice } from './random';
import type { AccountDetails, StoredAccount, StoredCustomer } from './types';

/** An account as kept: its status may be one that time has already overtaken. */
export interface AccountRecord {
	readonly id: string;
	readonly customer: CustomerRecord;
	readonly details: AccountDetails;
	readonly dateCreated: string;
	readonly fields: Record<string, string>;
	status: string;
	validationAmount: string;
	lastValidated: string;
	validationsStarted: number;
	/** Whether a validation was started that has not reached ACTIVE or FAILURE since. */
	unsettled: boolean;
	/** Unix time in milliseconds; 0: it has always been there. */
	createdAt: number;
	/** The validation under way; `at` is Unix time in milliseconds. */
	due?: { at: number; status: string };
}

/** A customer as kept, with what hangs on it. */
export interface CustomerRecord {
	readonly profile: StoredCustomer;
	/** In the order of creation. */
	readonly accounts: AccountRecord[];
	/** How many live accounts there are with the same identity. */
	readonly identities: Map<string, number>;
}

export type CustomerFields = Partial<Omit<StoredCustomer, 'id' | 'dateCreated' | 'lastUpdated'>>;

/** Juspay's way to write a time: UTC, whole seconds. */
function wireTime(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const SETTLED = ['ACTIVE', 'FAILURE'];

/** What makes two accounts of a customer the same one. */
function identityOf(details: AccountDetails): string {
	return 'vpa' in details
		? details.vpa.toLowerCase()
		: `${details.accountNumber} ${details.ifsc.toUpperCase()}`;
}

/** Customers and their accounts. Knows nothing of HTTP, and refuses nothing. */
export class Store {
	private customersById = new Map<string, CustomerRecord>();

	private customersByReference = new Map<string, CustomerRecord>();

	private accountsById = new Map<string, AccountRecord>();

	private dice: Dice;

	constructor(seed: number) {
		this.dice = seededDice(seed);
	}

	/** Forgets everything but which IDs there were: a node that runs on would take the same ID for the same account. */
	clear(): void {
		this.customersById = new Map();
		this.customersByReference = new Map();
		this.accountsById = new Map();
	}

	/** By either of its IDs. */
	findCustomer(id: string): CustomerRecord | undefined {
		return this.customersById.get(id) ?? this.customersByReference.get(id);
	}

	addCustomer(objectReferenceId: string, fields: CustomerFields = {}): CustomerRecord {
		return this.putCustomer(randomId('cst_', this.dice), { ...fields, objectReferenceId });
	}

	/** Makes a customer that answers to this ID, whichever of the two it is, unless there is one. */
	ensureCustomer(id: string): CustomerRecord {
		const existing = this.findCustomer(id);
		if (existing) return existing;
		// The reference of a customer known by its cst_ ID only is nobody's to guess, but never empty.
		return id.startsWith('cst_')
			? this.putCustomer(id, { objectReferenceId: `reference_of_${id}` })
			: this.addCustomer(id);
	}

	updateCustomer(customer: CustomerRecord, fields: CustomerFields): void {
		Object.assign(customer.profile, fields, { lastUpdated: wireTime(Date.now()) });
	}

	private putCustomer(id: string, fields: CustomerFields): CustomerRecord {
		const now = wireTime(Date.now());
		const customer: CustomerRecord = {
			profile: {
				objectReferenceId: '',
				mobileCountryCode: '91',
				mobileNumber: '',
				emailAddress: '',
				firstName: '',
				lastName: '',
				...fields,
				id,
				dateCreated: now,
				lastUpdated: now,
			},
			accounts: [],
			identities: new Map(),
		};
		this.customersById.set(id, customer);
		this.customersByReference.set(customer.profile.objectReferenceId, customer);
		return customer;
	}

	/** Whether this customer has a live account with the same number and IFSC, or the same VPA. */
	hasSame(customer: CustomerRecord, details: AccountDetails): boolean {
		return customer.identities.has(identityOf(details));
	}

	addAccount(
		customer: CustomerRecord,
		details: AccountDetails,
		fields: Record<string, string> = {},
	): AccountRecord {
		const now = wireTime(Date.now());
		const account: AccountRecord = {
			id: randomId('banh_', this.dice),
			customer,
			details,
			dateCreated: now,
			fields,
			status: 'CREATED',
			validationAmount: '1',
			lastValidated: now,
			validationsStarted: 0,
			unsettled: false,
			createdAt: Date.now(),
		};
		const identity = identityOf(details);
		customer.identities.set(identity, (customer.identities.get(identity) ?? 0) + 1);
		customer.accounts.push(account);
		this.accountsById.set(account.id, account);
		return account;
	}

	/** With its status of this moment. */
	findAccount(id: string): AccountRecord | undefined {
		const account = this.accountsById.get(id);
		if (account) this.settle(account);
		return account;
	}

	/** A customer's accounts, oldest first, with their statuses of this moment. */
	accountsOf(customer: CustomerRecord): readonly AccountRecord[] {
		for (const account of customer.accounts) this.settle(account);
		return customer.accounts;
	}

	removeAccount(account: AccountRecord): void {
		const { accounts, identities } = account.customer;
		const identity = identityOf(account.details);
		const left = (identities.get(identity) ?? 0) - 1;
		if (left > 0) identities.set(identity, left);
		else identities.delete(identity);
		accounts.splice(accounts.indexOf(account), 1);
		this.accountsById.delete(account.id);
	}

	/** Starts a penny drop, also where one is under way: the money moves again. */
	startValidation(account: AccountRecord, amount: string, { status, pendingMs }: Course): void {
		const now = Date.now();
		this.startUnseenValidation(account);
		account.validationAmount = amount;
		account.status = 'PENDING';
		account.lastValidated = wireTime(now);
		account.due = { at: now + pendingMs, status };
		this.settle(account);
	}

	/** Starts a penny drop that nothing on the account shows. */
	startUnseenValidation(account: AccountRecord): void {
		account.validationsStarted++;
		account.unsettled = true;
	}

	/** A status by decree; a validation under way is over. */
	setStatus(account: AccountRecord, status: string): void {
		this.arrive(account, status, Date.now());
	}

	private arrive(account: AccountRecord, status: string, at: number): void {
		account.status = status;
		account.due = undefined;
		account.lastValidated = wireTime(at);
		if (SETTLED.includes(status)) account.unsettled = false;
	}

	/** Time is looked at when an account is, not by a timer each: a bench makes a hundred thousand of them. */
	private settle(account: AccountRecord): void {
		if (!account.due || account.due.at > Date.now()) return;
		this.arrive(account, account.due.status, account.due.at);
	}

	/** Copies, in the order of creation: of one customer, or of all. An unknown customer has none. */
	snapshot(customerId?: string): StoredAccount[] {
		const records =
			customerId === undefined
				? [...this.accountsById.values()]
				: (this.findCustomer(customerId)?.accounts ?? []);
		return records.map((account) => {
			this.settle(account);
			return {
				id: account.id,
				customerId: account.customer.profile.id,
				type: 'vpa' in account.details ? 'upi' : 'bankAccount',
				...account.details,
				status: account.status,
				validationAmount: account.validationAmount,
				dateCreated: account.dateCreated,
				lastValidated: account.lastValidated,
				validationsStarted: account.validationsStarted,
				fields: { ...account.fields },
			};
		});
	}

	/** Copies, in the order of creation. */
	customerSnapshot(): StoredCustomer[] {
		return [...this.customersById.values()].map(({ profile }) => ({ ...profile }));
	}
}
