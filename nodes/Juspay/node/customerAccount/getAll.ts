import type { INodeProperties } from 'n8n-workflow';
import type { CustomerAccount } from '../../account/types';
import { boolean, severalOf } from '../../account/kinds';
import { STATUS_CHOICES } from '../../account/status';
import { accountsOfCustomer } from '../../once';
import { customerId, readCustomerId } from '../fields';
import { runItems } from '../items';
import type { Ended, Known } from '../items';
import type { Operation } from '../operation';
import { isFailed } from '../results';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { choice, numeric, value } from '../values';
import { ACCOUNTS, finish } from './accounts';
import type { AccountFound, AccountRequest } from './accounts';

const RETURN_ALL = value(
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	boolean,
	false,
);

const LIMIT = numeric(
	{
		displayName: 'Limit',
		name: 'limit',
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	{ default: 50, min: 1 },
);

const TYPE = choice<'bankAccount' | 'upi' | ''>(
	{
		displayName: 'Type',
		name: 'type',
		type: 'options',
		default: 'bankAccount',
		description: 'Return only accounts of this type',
		options: [
			{ name: 'Bank Account', value: 'bankAccount' },
			{ name: 'UPI ID', value: 'upi' },
		],
	},
	'',
);

const VALIDATION_STATUS = value<string[]>(
	{
		displayName: 'Validation Status',
		name: 'validationStatus',
		type: 'multiOptions',
		default: [],
		description: 'Return only accounts with these statuses',
		options: STATUS_CHOICES,
	},
	severalOf(STATUS_CHOICES),
	[],
);

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [TYPE.field, VALIDATION_STATUS.field],
};

/** What one item asks for. */
interface Query extends AccountRequest {
	/** Maximum number of accounts. */
	limit: number;
	matches(account: CustomerAccount): boolean;
}

function readQuery(run: Run, { item, subject }: Known): Query {
	const customerId = (subject.customerId = readCustomerId(run, item));
	const options = run.options(item);
	const returnAll = run.value(RETURN_ALL, item);
	const limit = returnAll ? Infinity : run.value(LIMIT, item);
	const type = run.within('filters', TYPE, item);
	const statuses = new Set<string>(run.within('filters', VALIDATION_STATUS, item));
	return {
		item,
		customerId,
		...options,
		limit,
		matches: (account) =>
			(type === '' || account.type === type) &&
			(statuses.size === 0 || statuses.has(account.status)),
	};
}

/** Gets the accounts of each item's customer; one that several items name is listed once. */
async function execute(run: Run): Promise<ItemResult[]> {
	const results = await runItems<Query, CustomerAccount[]>(run, {
		read: (known) => readQuery(run, known),
		groupKey: ({ customerId, settings }) => JSON.stringify([customerId, settings.routingId]),
		subjectOf: ({ customerId }) => ({ customerId }),
		work: async (queries) => {
			const [first] = queries;
			if (!first) return [];
			const { customerId, settings } = first;
			const isEnough = (accounts: CustomerAccount[]) =>
				queries.every(({ limit, matches }) => accounts.filter(matches).length >= limit);
			const session = await run.session;
			const listed = await accountsOfCustomer(session, customerId, settings.routingId, isEnough);
			return queries.map(({ limit, matches }) =>
				listed.ok ? { ok: true, value: listed.value.filter(matches).slice(0, limit) } : listed,
			);
		},
	});
	const found = results.flatMap((result): Array<Ended<Query, AccountFound>> => {
		if (isFailed(result)) return [result];
		const { request, value: accounts } = result;
		return accounts.map((account) => ({ request, value: { account } }));
	});
	return await finish(run, found);
}

/** Customer Account: Get Many. */
export const getAll: Operation = {
	value: 'getAll',
	label: 'Get Many',
	action: 'Get many customer accounts',
	description: "List a customer's accounts with their validation statuses",
	fields: [customerId, RETURN_ALL.field, LIMIT.field, filters],
	options: [],
	returns: ACCOUNTS,
	execute,
};
