import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { checkId } from '../domain/check';
import { maskAccount } from '../domain/mask';
import { accountsOfCustomer } from '../api/customerAccounts';
import { JuspayClient } from '../api/client';

/** For a person who waits in front of a list. */
const PATIENCE = { concurrency: 1, timeout: 15, maxRetries: 1 };

/**
 * The accounts of the customer chosen in the node, as choices of the Customer Account field: masked, with type and
 * status.
 *
 * @param filter - what the user typed; matched against all that is shown
 * @throws NodeOperationError or NodeApiError with what to do, where the list can't be had
 */
export async function searchCustomerAccounts(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const chosen = this.getCurrentNodeParameter('customerId');
	const customer = checkId('Customer ID', chosen);
	if ('problem' in customer) {
		throw new NodeOperationError(this.getNode(), 'Fill in Customer ID first', {
			description: customer.problem.fix,
		});
	}
	if (customer.value.startsWith('=')) {
		throw new NodeOperationError(this.getNode(), 'The list needs a fixed Customer ID', {
			description:
				'Its expression has no value yet. Run the node before this one, or choose By ID.',
		});
	}
	const client = await JuspayClient.open(this, PATIENCE);
	const listed = await accountsOfCustomer(client, customer.value, '');
	if (!listed.ok) {
		const { message, description, code } = listed.failure;
		throw new NodeApiError(this.getNode(), { code }, { message, description });
	}
	const results = listed.value.map((account) => ({
		name: `${maskAccount(account)} · ${account.type === 'upi' ? 'UPI ID' : 'Bank Account'} · ${account.status}`,
		value: account.id,
	}));
	const sought = filter.trim().toLowerCase();
	return {
		results: results.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(sought)),
	};
}
