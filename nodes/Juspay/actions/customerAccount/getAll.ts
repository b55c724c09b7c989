import type { INodeProperties } from 'n8n-workflow';
import type { CustomerAccount } from '../../domain/account';
import { checkHeaderText, checkId } from '../../domain/check';
import { accountsOfCustomer } from '../../api/customerAccounts';
import { forEachConcurrently, groupBy } from '../../lists';
import { forAccounts } from '../fields';
import { badInput, unreadable } from '../results';
import type { FailedResult, ItemResult } from '../results';
import { numberWithin } from '../run';
import type { Run } from '../run';
import { finish } from './handled';
import type { Handled } from './handled';

/** The fields of Get Many, in the order of the editor. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: forAccounts(['getAll']),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: forAccounts(['getAll'], { returnAll: [false] }),
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: forAccounts(['getAll']),
		options: [
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
			{
				displayName: 'Validation Status',
				name: 'validationStatus',
				type: 'multiOptions',
				default: [],
				description: 'Return only accounts whose validation stands so',
				options: [
					{ name: 'Active', value: 'ACTIVE', description: 'Validated with the details given' },
					{ name: 'Created', value: 'CREATED', description: 'Not validated so far' },
					{
						name: 'Failure',
						value: 'FAILURE',
						description: 'Validated, and the details are wrong',
					},
					{ name: 'Pending', value: 'PENDING', description: 'The penny drop is under way' },
				],
			},
		],
	},
];

interface Filters {
	type?: string;
	validationStatus?: string[];
}

/** What one item asks for. */
interface Query {
	item: number;
	customerId: string;
	routingId: string;
	/** How many accounts at most. */
	limit: number;
	matches(account: CustomerAccount): boolean;
}

function isQuery(query: Query | FailedResult): query is Query {
	return 'matches' in query;
}

function readQuery(run: Run, item: number): Query | FailedResult {
	const customer = checkId('Customer ID', run.read('customerId', item));
	if ('problem' in customer) return badInput(item, customer.problem);
	const routing = checkHeaderText('Routing ID', run.options(item).routingId);
	if ('problem' in routing) return badInput(item, routing.problem, { customerId: customer.value });
	const { type, validationStatus = [] } = run.read('filters', item, {}) as Filters;
	const statuses = new Set([validationStatus].flat());
	return {
		item,
		customerId: customer.value,
		routingId: routing.value,
		limit:
			run.read('returnAll', item, false) === true
				? Infinity
				: Math.floor(numberWithin(run.read('limit', item, 50), 50, 1, Infinity)),
		matches: (account) =>
			(!type || account.type === type) && (statuses.size === 0 || statuses.has(account.status)),
	};
}

/** Gets the accounts of each item's customer; one that several items name is listed once. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const queries = [...run.items.keys()].map((item) => {
		try {
			return readQuery(run, item);
		} catch (thrown) {
			return unreadable(item, thrown);
		}
	});
	const refused = queries.filter((query): query is FailedResult => !isQuery(query));
	if (refused.length > 0 && !run.keepGoing) return refused;

	const handled: Handled[][] = queries.map((query) => (isQuery(query) ? [] : [query]));
	const customers = groupBy(queries.filter(isQuery), ({ customerId, routingId }) =>
		JSON.stringify([customerId, routingId]),
	);
	await forEachConcurrently(customers, run.concurrency, async (group) => {
		const [first] = group;
		if (!first) return 'continue';
		const { customerId, routingId } = first;
		const listed = await accountsOfCustomer(await run.client, customerId, routingId, (accounts) =>
			group.every(({ limit, matches }) => accounts.filter(matches).length >= limit),
		);
		for (const { item, limit, matches } of group) {
			handled[item] = listed.ok
				? listed.value
						.filter(matches)
						.slice(0, limit)
						.map((account) => ({ item, customerId, routingId, account }))
				: [{ item, failure: listed.failure, concerned: { customerId } }];
		}
		return run.keepGoing || listed.ok ? 'continue' : 'stop';
	});
	return await finish(run, handled.flat());
}
