import type { CustomerAccount } from '../account/types';
import type { JuspayClient, Result } from '../http/client';

/**
 * The accounts of a customer that must exist. Juspay may answer 404 for a customer without accounts: only the customer
 * itself shows which it is.
 *
 * @param stopWhen - stops reading further pages once it returns true
 */
export async function accountsOfCustomer(
	client: JuspayClient,
	customerId: string,
	routingId: string,
	stopWhen?: (accounts: CustomerAccount[]) => boolean,
): Promise<Result<CustomerAccount[]>> {
	const listed = await client.listAccounts(customerId, routingId, stopWhen);
	if (!listed.ok) return listed;
	if (!listed.value.missing) return { ok: true, value: listed.value.accounts };
	const customer = await client.getCustomer(customerId, routingId);
	return customer.ok ? { ok: true, value: [] } : customer;
}
