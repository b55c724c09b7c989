import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JuspayResult } from '../engine';
import type { Call, Simulator } from '../../dev/simulator/simulator';
import type { Answered, Problems } from './judge';
import { Held, isFailed, judgeCreated, judgeFailure, judgeOrder } from './judge';
import type { Wanted } from './workload';
import { identityOf, makeWorkload } from './workload';

/** Struck by faults, or run again without any. */
type Round = 'faulty' | 'again';

/** An operation on its way through a simulator, ready to be run twice. */
interface Prepared {
	items: IDataObject[];
	parameters(round: Round): INodeParameters;
	/** Looks at what is there before a run. */
	begin?(): void;
	/** What is wrong with what came out, and with what is there now. */
	judge(result: JuspayResult, round: Round): Problems;
	/** What must never come out, besides the key. */
	secrets: string[];
}

/** Runs the node against the scenario's simulator. */
type RunNode = (parameters: INodeParameters, items: IDataObject[]) => Promise<JuspayResult>;

/** One call of the family, as a user reaches it. */
export interface Scenario {
	name: string;
	/** The calls that faults strike. */
	strikes: Call[];
	/** How many of what is asked for are refused for good. */
	refused?: number;
	/** What is not known is not repeated: such a failure is right. */
	failsWhenUnknown?: boolean;
	/** Settles one doubt after the other, so that it is better begun early. */
	isSlow?: boolean;
	/** More options of the node. */
	options?: IDataObject;
	prepare(simulator: Simulator, run: RunNode): Promise<Prepared> | Prepared;
}

const CUSTOMERS = 6;
const PER_CUSTOMER = 4;

const secretsOf = (wanted: Wanted[]) =>
	wanted.map(({ account }) => ('vpa' in account ? account.vpa : account.accountNumber));

/**
 * Create from rows.
 *
 * @param seeded - how many of its accounts each customer has already
 */
function creating(
	more: INodeParameters,
	{ handle, seeded, bad }: { handle?: string; seeded: number; bad?: boolean },
): Scenario['prepare'] {
	return (simulator) => {
		const { customers, wanted, items } = makeWorkload(CUSTOMERS, PER_CUSTOMER, { handle, bad });
		simulator.seedCustomers(customers);
		for (const id of customers) {
			const own = wanted.filter(({ customerId }) => customerId === id).slice(0, seeded);
			for (const { account } of own) simulator.seedAccount(id, account);
		}
		let there = new Set<Wanted>();
		return {
			items,
			secrets: secretsOf(wanted),
			parameters: (round) => ({
				operation: 'create',
				accountSource: 'input',
				...more,
				// What the node advises to who had every account made and doesn't know about some.
				...(round === 'again' && { onExisting: 'reuse' }),
			}),
			begin: () => {
				const held = new Held(simulator);
				there = new Set(wanted.filter((it) => held.count(it) > 0));
			},
			judge: (result, round) => {
				const { problems, answered } = judgeOrder(result, wanted);
				problems.push(
					...judgeCreated(simulator, answered, {
						had: (it) => there.has(it),
						mayAppear: round === 'again',
						validates: more.validateOnCreate === true,
					}),
				);
				const count = simulator.accounts().length;
				if (count > wanted.length) problems.push(`double: ${count} accounts are there`);
				return problems;
			},
		};
	};
}

/** An item that names an account. */
interface Target extends Wanted {
	id: string;
}

const TARGET: INodeParameters = {
	customerId: '={{ $json.customerId }}',
	customerAccountId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
};

/** Something about accounts that are there. */
function about(
	operation: string,
	judgeEach: (one: Answered<Target>, held: Held, simulator: Simulator) => Problems,
	{
		seed = (simulator, { customerId, account }) => simulator.seedAccount(customerId, account),
		judgeAll = () => [],
	}: {
		seed?: (simulator: Simulator, wanted: Wanted) => string;
		judgeAll?: (simulator: Simulator) => Problems;
	} = {},
): Scenario['prepare'] {
	return (simulator) => {
		const { wanted } = makeWorkload(CUSTOMERS, PER_CUSTOMER);
		const targets = wanted.map((it, item): Target => ({ ...it, item, id: seed(simulator, it) }));
		return {
			items: targets.map(({ customerId, id }) => ({ customerId, id })),
			secrets: secretsOf(wanted),
			parameters: () => ({ operation, ...TARGET }),
			judge: (result) => {
				const { problems, answered } = judgeOrder(result, targets);
				const held = new Held(simulator);
				for (const one of answered) {
					problems.push(
						...(isFailed(one.json) ? judgeFailure(one) : []),
						...judgeEach(one, held, simulator),
					);
				}
				return [...problems, ...judgeAll(simulator)];
			},
		};
	};
}

/** An account that came out is the one that was asked for, as it stands. */
function judgeRead({ asked, json, index }: Answered<Target>, held: Held): Problems {
	if (isFailed(json)) return [];
	const account = held.get(json.customerAccountId);
	if (json.customerAccountId !== asked.id || account === undefined) {
		return [`mixed up: item ${index} names another account`];
	}
	return json.validationStatus === account.status
		? []
		: [`untrue: item ${index} is ${String(json.validationStatus)}, not ${account.status}`];
}

function judgeValidated(one: Answered<Target>, held: Held): Problems {
	const { asked, json, index } = one;
	const started = held.get(asked.id)?.validationsStarted ?? 0;
	if (started > 1) return [`money: ${started} validations for item ${index}`];
	if (!isFailed(json)) {
		const problems = judgeRead(one, held);
		return started === 1 ? problems : [...problems, `lost: item ${index} was not validated`];
	}
	const mayBe = String(json.error).includes('may have been started');
	return started === 1 && !mayBe
		? [`untrue: item ${index} says that no validation was started (${String(json.errorCode)})`]
		: [];
}

function judgeDeleted({ asked, json, index }: Answered<Target>, held: Held): Problems {
	const isThere = held.get(asked.id) !== undefined;
	if (isFailed(json)) {
		const mayNotBe = String(json.error).includes('may not have been deleted');
		return isThere || mayNotBe ? [] : [`untrue: item ${index} is deleted, and fails`];
	}
	const problems: Problems = [];
	if (isThere) problems.push(`lost: item ${index} says deleted, and the account is there`);
	if (json.deleted !== true || json.customerAccountId !== asked.id) {
		problems.push(`mixed up: item ${index} names another account`);
	}
	return problems;
}

/** Accounts whose penny drop is under way, waited for. */
const waiting: Scenario['prepare'] = async (simulator, run) => {
	simulator.configure({ validationMs: 500 });
	const { wanted, items, customers } = makeWorkload(CUSTOMERS, PER_CUSTOMER, { handle: 'slow' });
	simulator.seedCustomers(customers);
	const upis = wanted.filter(({ account }) => 'vpa' in account);
	const began = await run(
		{ operation: 'create', accountSource: 'input', validateOnCreate: true },
		items,
	);
	const ids = began.items().map(({ customerAccountId }) => String(customerAccountId));
	const targets = upis.map(
		(it, item): Target => ({ ...it, item, id: ids[wanted.indexOf(it)] ?? '' }),
	);
	return {
		items: targets.map(({ customerId, id }) => ({ customerId, id })),
		secrets: secretsOf(wanted),
		parameters: () => ({ operation: 'get', ...TARGET }),
		judge: (result) => {
			const { problems, answered } = judgeOrder(result, targets);
			const held = new Held(simulator);
			for (const one of answered) {
				problems.push(...(isFailed(one.json) ? judgeFailure(one) : judgeRead(one, held)));
			}
			return problems;
		},
	};
};

/** All accounts of each customer. */
const gettingMany: Scenario['prepare'] = (simulator) => {
	const { wanted, customers } = makeWorkload(CUSTOMERS, PER_CUSTOMER);
	const ids = wanted.map(({ customerId, account }) => simulator.seedAccount(customerId, account));
	return {
		items: customers.map((customerId) => ({ customerId })),
		secrets: secretsOf(wanted),
		parameters: () => ({
			operation: 'getAll',
			customerId: '={{ $json.customerId }}',
			returnAll: true,
		}),
		judge: (result) => {
			// A customer whose accounts can't be read is one failure in their place.
			const failed = new Set(
				result.items().flatMap((json) => (isFailed(json) ? [json.customerId] : [])),
			);
			const asked = customers.flatMap((customerId, item) => {
				const own = wanted.flatMap((it, index) =>
					it.customerId === customerId ? [{ ...it, item, id: ids[index] ?? '' }] : [],
				);
				return failed.has(customerId) ? own.slice(0, 1) : own;
			});
			const { problems, answered } = judgeOrder(result, asked);
			const held = new Held(simulator);
			const seen = new Set(result.items().map(({ customerAccountId }) => customerAccountId));
			for (const one of answered) {
				if (isFailed(one.json)) problems.push(...judgeFailure(one));
				else if (held.get(one.json.customerAccountId)?.customerId !== one.asked.customerId) {
					problems.push(`mixed up: item ${one.index} is of another customer`);
				}
				if (!failed.has(one.asked.customerId) && !seen.has(one.asked.id)) {
					problems.push(`lost: an account of item ${one.asked.item} did not come out`);
				}
			}
			return problems;
		},
	};
};

interface CustomerAsked {
	item: number;
	customerId: string;
	name: string;
}

/** Something about customers, half of whom are there. */
function aboutCustomers(operation: 'create' | 'get' | 'update'): Scenario['prepare'] {
	return (simulator) => {
		const asked = Array.from(
			{ length: 2 * CUSTOMERS },
			(_, item): CustomerAsked => ({
				item,
				customerId: `customer_${item}_reference`,
				name: `Name ${item}`,
			}),
		);
		const there = asked.filter(({ item }) => operation !== 'create' || item % 2 === 0);
		simulator.seedCustomers(there.map(({ customerId }) => customerId));
		let before = new Set<string>();
		return {
			items: asked.map(({ customerId, name }) => ({ customerId, name })),
			secrets: [],
			parameters: () => ({
				resource: 'customer',
				operation,
				[operation === 'create' ? 'objectReferenceId' : 'customerId']: '={{ $json.customerId }}',
				...(operation !== 'get' && { customerDetails: { firstName: '={{ $json.name }}' } }),
			}),
			begin: () => {
				before = new Set(simulator.customers().map(({ objectReferenceId }) => objectReferenceId));
			},
			judge: (result) => {
				const { problems, answered } = judgeOrder(result, asked);
				const customers = simulator.customers();
				for (const one of answered) {
					const { customerId, name } = one.asked;
					const own = customers.filter(({ objectReferenceId }) => objectReferenceId === customerId);
					if (own.length > 1) problems.push(`double: the customer of item ${one.index}`);
					if (isFailed(one.json)) {
						problems.push(...judgeFailure(one));
						const mayExist = String(one.json.error).includes('may have been created');
						if (own.length > 0 && !before.has(customerId) && !mayExist) {
							problems.push(`untrue: item ${one.index} says the customer was not created`);
						}
						continue;
					}
					if (own[0] === undefined || own[0].id !== one.json.customerId) {
						problems.push(`lost: item ${one.index} names a customer that is not there`);
					}
					if (operation === 'update' && own[0]?.firstName !== name) {
						problems.push(`lost: the update of item ${one.index}`);
					}
				}
				return problems;
			},
		};
	};
}

/** The family, call by call. */
export const SCENARIOS: Scenario[] = [
	{
		name: 'create',
		strikes: ['createAccounts'],
		prepare: creating({}, { seeded: 1 }),
	},
	{
		name: 'create and validate',
		strikes: ['createAccounts', 'validateAccount'],
		failsWhenUnknown: true,
		prepare: creating({ validateOnCreate: true }, { seeded: 1, handle: 'slow' }),
	},
	{
		name: 'create another',
		strikes: ['createAccounts'],
		failsWhenUnknown: true,
		prepare: creating({ onExisting: 'create' }, { seeded: 0 }),
	},
	{
		name: 'list before create',
		strikes: ['listAccounts'],
		prepare: creating({}, { seeded: 3 }),
	},
	{
		name: 'create among bad ones',
		strikes: ['createAccounts', 'listAccounts'],
		refused: CUSTOMERS,
		prepare: creating({}, { seeded: 0, bad: true }),
	},
	{
		name: 'create, one at a time',
		strikes: ['createAccounts', 'listAccounts'],
		isSlow: true,
		options: { accountsPerRequest: 1 },
		prepare: creating({ validateOnCreate: true }, { seeded: 2 }),
	},
	{ name: 'get', strikes: ['getAccount'], prepare: about('get', judgeRead) },
	{ name: 'get many', strikes: ['listAccounts'], prepare: gettingMany },
	{
		name: 'validate',
		strikes: ['validateAccount'],
		failsWhenUnknown: true,
		prepare: about('validate', judgeValidated),
	},
	{
		name: 'look before validate',
		strikes: ['listAccounts', 'getAccount', 'validateAccount'],
		failsWhenUnknown: true,
		prepare: about('validate', judgeValidated),
	},
	{
		name: 'delete',
		strikes: ['deleteAccount'],
		prepare: about('delete', judgeDeleted, {
			seed: (simulator, { customerId, account }) => {
				// Another account of the customer, which must stay.
				if (simulator.accounts(customerId).length === 0) {
					simulator.seedAccount(customerId, { vpa: `${customerId}@stays` });
				}
				return simulator.seedAccount(customerId, account);
			},
			judgeAll: (simulator) => {
				const left = simulator.accounts().filter((it) => identityOf(it).endsWith('@stays'));
				return left.length === CUSTOMERS ? [] : ['lost: an account that nobody deleted is gone'];
			},
		}),
	},
	{
		name: 'wait',
		strikes: ['getAccount', 'listAccounts'],
		options: { waitForValidation: 15 },
		prepare: waiting,
	},
	{
		name: 'customer create',
		strikes: ['createCustomer', 'getCustomer'],
		prepare: aboutCustomers('create'),
	},
	{ name: 'customer get', strikes: ['getCustomer'], prepare: aboutCustomers('get') },
	{ name: 'customer update', strikes: ['updateCustomer'], prepare: aboutCustomers('update') },
];
