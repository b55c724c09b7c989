import { itemsOf, type Execution, type Workflow } from '../n8n';

/** What became of one account in an execution. Everything in it was read from what n8n stored. */
interface AccountRow {
	/** Number of the item that brought the account to the Juspay node, from 0 as in n8n's own messages. */
	item: number;
	/** The customer as that item names it. */
	customerId: string;
	/** Masked by the node. */
	account: string;
	customerAccountId: string;
	/** Juspay's validation status, or the error's code. */
	status: string;
	/** Name of the node that the account came to. */
	branch: string;
	/** The message that this node made for it, if it makes one. */
	message?: string;
}

/** The accounts of an execution, and how many there should be. */
export interface AccountReport {
	rows: AccountRow[];
	/** How many accounts went into the Juspay node. */
	expected: number;
}

/**
 * What became of each account: on which output the Juspay node gave it out, and what the node there made of it. An
 * account that got lost on the way has no row.
 *
 * @param juspay - name of the Juspay node
 */
export function accountReport(
	execution: Execution,
	{ connections }: Workflow,
	juspay: string,
): AccountReport {
	const outputs = execution.nodes[juspay]?.[0]?.outputs ?? [];
	const rows = outputs.flatMap((items, output) => {
		const branch = connections[juspay]?.main?.[output]?.[0]?.node ?? '';
		return items.slice(0, itemsOf(execution, branch).length).map(({ json, pairedItem }, index) => {
			const message = itemsOf(execution, branch)[index]?.json.message;
			return {
				item: (pairedItem as { item: number }).item,
				customerId: text(json.customerId),
				account: text(json.account),
				customerAccountId: text(json.customerAccountId),
				status: text(json.validationStatus ?? json.errorCode),
				branch,
				...(typeof message === 'string' && { message }),
			};
		});
	});
	const [before = ''] = Object.keys(connections).filter((name) =>
		connections[name]?.main?.flat().some((wire) => wire?.node === juspay),
	);
	const expected = itemsOf(execution, before)
		.map(({ json }) => (Array.isArray(json.accounts) ? json.accounts.length : 0))
		.reduce((sum, count) => sum + count, 0);
	return { rows: rows.sort((a, b) => a.item - b.item), expected };
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
