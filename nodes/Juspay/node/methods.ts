import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	ResourceMapperFields,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { CustomerAccount } from '../account/types';
import { BadInput, checkId, isBlank, orBadInput } from '../account/check';
import { COLUMN_FIELDS } from '../account/headers';
import { maskAccount, masked } from '../account/mask';
import { accountsOfCustomer, openSession } from '../once';
import { apiError } from '../http/failure';

/** Interactive: fail fast. */
const CLIENT_OPTIONS = { concurrency: 1, timeout: 15, maxRetries: 1 };

/** A longer beneficiary name would push the account and its status out of the list. */
const LONGEST_NAME = 20;

/**
 * The accounts of the customer chosen in the node, as choices of the Customer Account field, e.g.
 * "Asha Rao · XXXX1191 · Active".
 *
 * @param filter - what the user typed; matched against what is shown, the account's ID and its type
 * @throws NodeOperationError or NodeApiError with what to do, where the list can't be loaded
 */
export async function searchCustomerAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	// n8n shows the message alone of these.
	const given = this.getCurrentNodeParameter('customerId');
	if (isBlank(given) || String(given).startsWith('=')) {
		throw new NodeOperationError(
			this.getNode(),
			"Enter the 'Customer ID' first. If it is an expression, run the previous node or select By ID.",
		);
	}
	const customerId = orBadInput(() => checkId('Customer ID', given));
	if (customerId instanceof BadInput) {
		throw new NodeOperationError(this.getNode(), `${customerId.message}. ${customerId.fix}`);
	}
	const session = await openSession(this, CLIENT_OPTIONS);
	const listed = await accountsOfCustomer(session, customerId, '');
	if (!listed.ok) throw apiError(this.getNode(), listed.failure);
	const sought = filter.trim().toLowerCase();
	const results = listed.value
		.filter((account) => searchText(account).includes(sought))
		.map((account) => ({ name: entryOf(account), value: account.id }));
	return { results };
}

function entryOf(account: CustomerAccount): string {
	const shown = [
		masked(account.beneficiaryName, LONGEST_NAME),
		shortMask(account) || account.id,
		inWords(account.status),
	];
	return shown.filter((part) => part !== '').join(' · ');
}

/** The masked account without its length: `XXXX1191`, `91***96@upi`. */
function shortMask(account: CustomerAccount): string {
	return maskAccount(account)
		.replace(/X{5,}/, 'XXXX')
		.replace(/\*{4,}/, '***');
}

/** `IN_REVIEW` as "In Review". */
function inWords(status: string): string {
	return status
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join(' ');
}

function searchText(account: CustomerAccount): string {
	const { id, type, status, beneficiaryName } = account;
	const typeName = type === 'upi' ? 'UPI ID' : 'Bank Account';
	return [entryOf(account), beneficiaryName, maskAccount(account), typeName, status, id]
		.join(' ')
		.toLowerCase();
}

/** The columns that Create reads from a row. They are the same for everyone: nothing is asked of Juspay. */
export async function getAccountColumns(
	this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	return {
		fields: COLUMN_FIELDS.map(({ name, label }) => ({
			id: name,
			displayName: label,
			type: 'string',
			required: name === 'customerId',
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
		})),
	};
}
