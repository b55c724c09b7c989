import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CustomerAccount } from '../../account/types';
import { checkHeaderText, checkId } from '../../account/check';
import { KNOWN_STATUSES, STATUSES } from '../../account/status';
import { accountsOfCustomer } from '../../once';
import { runItems } from '../items';
import type { Refusal } from '../items';
import { numberField, numberWithin } from '../limits';
import { isFailed } from '../results';
import type { ItemResult } from '../results';
import type { Run } from '../run';
import { showFor } from './fields';
import { finish } from './finish';
import type { AccountRequest } from './finish';

export const description: INodePropertyOptions = {
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many customer accounts',
	description: "List a customer's accounts with their validation statuses",
};

/** The fields of Get Many, in the order of the editor. */
export const fields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
		displayOptions: showFor(['getAll']),
	},
	{
		displayName: 'Limit',
		name: 'limit',
		...numberField('limit'),
		description: 'Max number of results to return',
		displayOptions: showFor(['getAll'], { returnAll: [false] }),
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: showFor(['getAll']),
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
				description: 'Return only accounts with these statuses',
				options: KNOWN_STATUSES.map((status) => {
					const { label, description } = STATUSES[status];
					return { name: label, value: status, description };
				}),
			},
		],
	},
];

/** What one item asks for. */
interface Query extends AccountRequest {
	/** Maximum number of accounts. */
	limit: number;
	matches(account: CustomerAccount): boolean;
}

function readQuery(run: Run, item: number): Query | Refusal {
	const customer = checkId('Customer ID', run.read('customerId', item));
	if ('problem' in customer) return customer;
	const customerId = customer.value;
	const routing = checkHeaderText('Routing ID', run.options(item).routingId);
	if ('problem' in routing) return { ...routing, subject: { customerId } };
	const { type, validationStatus = [] } = run.read('filters', item, {}) as {
		type?: string;
		validationStatus?: string[];
	};
	const statuses = new Set([validationStatus].flat());
	const returnAll = run.read('returnAll', item, false) === true;
	return {
		item,
		customerId,
		settings: { routingId: routing.value },
		limit: returnAll ? Infinity : Math.floor(numberWithin('limit', run.read('limit', item))),
		matches: (account) =>
			(!type || account.type === type) && (statuses.size === 0 || statuses.has(account.status)),
	};
}

/** Gets the accounts of each item's customer; one that several items name is listed once. */
export async function execute(run: Run): Promise<ItemResult[]> {
	const results = await runItems<Query, CustomerAccount[]>(run, {
		read: (item) => [readQuery(run, item)],
		groupKey: ({ customerId, settings }) => JSON.stringify([customerId, settings.routingId]),
		subjectOf: ({ customerId }) => ({ customerId }),
		work: async (queries) => {
			const [first] = queries;
			if (!first) return [];
			const { customerId, settings } = first;
			const isEnough = (accounts: CustomerAccount[]) =>
				queries.every(({ limit, matches }) => accounts.filter(matches).length >= limit);
			const client = await run.client;
			const listed = await accountsOfCustomer(client, customerId, settings.routingId, isEnough);
			return queries.map(({ limit, matches }) =>
				listed.ok
					? { value: listed.value.filter(matches).slice(0, limit) }
					: { failure: listed.failure },
			);
		},
	});
	const found = results.map((it) =>
		isFailed(it) ? [it] : it.value.map((account) => ({ request: it.request, value: { account } })),
	);
	return await finish(run, found.flat());
}
