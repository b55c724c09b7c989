import type { Account } from '../../domain/account';
import { checkAccount, checkId } from '../../domain/check';
import type { Problem } from '../../domain/check';
import { fromFields, fromJson, fromRow } from '../../domain/parse';
import type { AccountsField, Found, FoundAccount, FoundProblem } from '../../domain/parse';
import type { RequestSettings } from '../../api/contract';
import { badInput, concernedAccount, unreadable } from '../results';
import type { Concerned, FailedResult } from '../results';
import { accountsPerRequest } from '../run';
import type { Run } from '../run';
import { requestSettings } from '../settings';
import { openColumns } from './columns';

/** One account of one item, read and checked, ready to be made. */
export interface Order {
	item: number;
	/** Where its result goes. */
	slot: number;
	customerId: string;
	account: Account;
	validate: boolean;
	onExisting: 'reuse' | 'create';
	perRequest: number;
	settings: RequestSettings;
	/** The same for orders that may travel in one request. */
	key: string;
}

/** Where an item's customer and accounts are read from. */
interface Source {
	customerId(item: number): unknown;
	accounts(item: number): Found;
	/** What is wrong with every item alike. */
	problem?: Problem;
}

function openSource(run: Run): Source {
	const { read } = run;
	const source = read('accountSource', 0);
	if (source === 'input') {
		const { values, problem } = openColumns(run);
		return {
			customerId: (item) => values(item).customerId,
			accounts: (item) => fromRow(values(item)),
			problem,
		};
	}
	return {
		customerId: (item) => read('customerId', item),
		accounts: (item) =>
			source === 'json'
				? fromJson(read('accountsJson', item))
				: fromFields(read('accounts', item, {}) as AccountsField),
	};
}

/** Reads and checks every account of every item, before anything is sent. */
export function readOrders(run: Run): Array<Order | FailedResult> {
	const source = openSource(run);
	const found: Array<Order | FailedResult> = [];
	for (const item of run.items.keys()) {
		try {
			found.push(...readItem(run, source, item));
		} catch (thrown) {
			found.push(unreadable(item, thrown));
		}
	}
	return found.map((order, slot) => (isOrder(order) ? { ...order, slot } : order));
}

/** Tells an order from an account that can't be made. */
export function isOrder(order: Order | FailedResult): order is Order {
	return 'account' in order;
}

function readItem(run: Run, source: Source, item: number): Array<Order | FailedResult> {
	if (source.problem) return [badInput(item, source.problem)];
	const customer = checkId('Customer ID', source.customerId(item));
	const concerned: Concerned = 'problem' in customer ? {} : { customerId: customer.value };
	const accounts = source.accounts(item);
	if ('problem' in accounts) return [badInput(item, accounts.problem, concerned)];
	if ('problem' in customer) return failEach(item, customer.problem, accounts.accounts);
	const options = run.options(item);
	const settings = requestSettings(options);
	if ('problem' in settings) return failEach(item, settings.problem, accounts.accounts, concerned);
	const onExisting = run.read('onExisting', item, 'reuse') === 'create' ? 'create' : 'reuse';
	if (onExisting === 'create' && run.retriesWhole) {
		return failEach(item, CREATES_AGAIN, accounts.accounts, concerned);
	}
	const shared = {
		item,
		slot: 0,
		customerId: customer.value,
		validate: run.read('validateOnCreate', item, false) === true,
		onExisting,
		perRequest: accountsPerRequest(options),
		settings: settings.value,
	} as const;
	const key = JSON.stringify([shared.validate, onExisting, shared.perRequest, settings.value]);
	return accounts.accounts.map((found) => {
		const { place } = found;
		if ('problem' in found) return badInput(item, found.problem, concerned, place);
		const { type, raw } = found;
		const checked = checkAccount(type, raw);
		return 'problem' in checked
			? badInput(item, checked.problem, { ...concerned, ...concernedAccount(type, raw) }, place)
			: { ...shared, key, account: checked.value };
	});
}

/** n8n's Retry On Fail runs a node again from its beginning. */
const CREATES_AGAIN: Problem = {
	field: 'If Account Exists',
	wrong: 'is set to Create Another while Retry On Fail is on: a retry would create accounts twice',
	fix: "Turn off Retry On Fail in the node's Settings (the node retries by itself what is safe), or set If Account Exists to Reuse.",
};

/** What is wrong with a whole item counts for each of its accounts: each ends as one failure of its own. */
function failEach(
	item: number,
	problem: Problem,
	accounts: Array<FoundAccount | FoundProblem>,
	concerned: Concerned = {},
): FailedResult[] {
	return accounts.map((it) =>
		'problem' in it
			? badInput(item, it.problem, concerned, it.place)
			: badInput(item, problem, { ...concerned, ...concernedAccount(it.type, it.raw) }, it.place),
	);
}
