import type { Account, CustomerAccount } from '../../account/types';
import { byIdentity, identityOf, nearSearch } from '../../account/identity';
import type { Creation } from './creation';
import * as messages from './messages';

/** Lists the customer's accounts before the first create. Settles those that exist, and fails those that may exist. */
export async function findExisting(creation: Creation): Promise<void> {
	const { client, order, known, wanted } = creation;
	const reuses = order.onExisting === 'reuse';
	// Create Another only looks if it may have to tell the accounts of one request apart later.
	if (!reuses && Math.min(order.perRequest, order.accounts.length) < 2) return;
	const listed = await known.listBaseline();
	if (!Array.isArray(listed)) {
		if (reuses) wanted.fail(wanted.open(), messages.cannotLook(listed));
		return;
	}
	if (!reuses) return;
	creation.restsOnEmptyList = listed.length === 0;
	if (known.isListMissing && !client.state.emptyLists.isTrusted) await checkCustomer(creation);
	const existing = byIdentity(listed);
	const findNear = nearSearch(listed);
	for (const entry of wanted.open()) {
		const [account, ...others] = existing.get(identityOf(entry.wanted)) ?? [];
		if (account) {
			wanted.settle(entry, account, 'existing');
			noteOddities(creation, entry.wanted, account, others);
			continue;
		}
		const near = findNear(entry.wanted);
		if (near) wanted.fail([entry], messages.similar(near.account, near.likeness));
	}
}

/**
 * A 404 in place of a list may mean that the customer is missing. While creates wait for one another, getting the
 * customer first spares the others the wait.
 */
export async function checkCustomer({ client, order, wanted }: Creation): Promise<void> {
	const customer = await client.getCustomer(order.customerId, order.settings.routingId);
	if (!customer.ok && customer.failure.kind === 'missing') {
		wanted.fail(wanted.open(), customer.failure);
	}
}

function noteOddities(
	{ client, order }: Creation,
	wanted: Account,
	{ id, accountNumber }: CustomerAccount,
	others: CustomerAccount[],
): void {
	if (others.length > 0) {
		client.note(messages.twice(order.customerId, [id, ...others.map((it) => it.id)]));
	}
	if (wanted.type === 'bankAccount' && accountNumber !== wanted.accountNumber) {
		client.note(messages.otherZeros(id));
	}
}
