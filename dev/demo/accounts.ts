import {
	cameFrom,
	inputItemsOf,
	itemAt,
	itemsOf,
	traceBack,
	type Execution,
	type ItemPlace,
	type Workflow,
} from '../n8n';

/** What became of one account in an execution. Everything in it was read from what n8n stored. */
export interface AccountRow {
	/** Number of the item that brought the account to the Juspay node, from 0 as in n8n's own messages. */
	item: number;
	/** The customer as that item names it; Juspay's answer may hold its own `cst_…` ID. */
	customerId: string;
	/** Masked by the node. */
	account: string;
	customerAccountId: string;
	/** Juspay's validation status, or the error's code. */
	status: string;
	/** Name of the last node that the account came to. */
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
 * Follows each account through an execution: from the item that the Juspay node gave out for it to the node at the
 * end of its branch. An account that got lost on the way has no row.
 *
 * @param workflow - tells which nodes end a branch
 * @param juspay - name of the Juspay node
 */
export function accountReport(
	execution: Execution,
	workflow: Workflow,
	juspay: string,
): AccountReport {
	const rows = Object.keys(execution.nodes)
		.filter((node) => endsBranch(workflow, node))
		.flatMap((node) => itemsOf(execution, node))
		.flatMap((end) => rowOf(execution, end, juspay) ?? [])
		.sort((a, b) => a.item - b.item || a.place - b.place)
		.map(({ row }) => row);
	const expected = inputItemsOf(execution, juspay)
		.map(({ json }) => (Array.isArray(json.accounts) ? json.accounts.length : 0))
		.reduce((sum, count) => sum + count, 0);
	return { rows, expected };
}

function endsBranch(workflow: Workflow, node: string): boolean {
	const outputs = workflow.connections[node]?.main ?? [];
	return outputs.every((targets) => (targets ?? []).length === 0);
}

/** A row, and what puts it into its order: the input item, then the account's place among what came out. */
interface OrderedRow {
	item: number;
	place: number;
	row: AccountRow;
}

function rowOf(execution: Execution, end: ItemPlace, juspay: string): OrderedRow | undefined {
	const given = traceBack(execution, end, juspay);
	const input = given && cameFrom(execution, given);
	if (!input) return undefined;
	const account = itemAt(execution, given)?.json ?? {};
	const message = itemAt(execution, end)?.json.message;
	const row = {
		item: input.index,
		customerId: text(itemAt(execution, input)?.json.customerId),
		account: text(account.account),
		customerAccountId: text(account.customerAccountId),
		status: text(account.validationStatus ?? account.errorCode),
		branch: end.node,
		...(typeof message === 'string' ? { message } : {}),
	};
	return { item: input.index, place: given.index, row };
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
