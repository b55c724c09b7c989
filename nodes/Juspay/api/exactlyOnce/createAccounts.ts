import type { Account } from '../../accounts/account';
import { chunk, halves } from '../../accounts/group';
import { identityOf, isIdentifiable } from '../../accounts/identity';
import { Ledger } from '../../accounts/ledger';
import type { Entry, Settled } from '../../accounts/ledger';
import type { JuspayClient, Result } from '../client';
import type { RequestSettings } from '../contract';
import type { Failure } from '../errors';

/** What became of one account: it is there, or why not. */
export type Made = Settled | { failure: Failure };

/** What a create is to do for one customer. */
export interface CreateOrder {
	customerId: string;
	/** In input order; the same account may stand here several times. */
	accounts: readonly Account[];
	/** Also start each new account's validation. */
	validate: boolean;
	/** `reuse`: an account that is there already is returned; `create`: every one is made. */
	onExisting: 'reuse' | 'create';
	/** How many accounts travel in one request at most. */
	perRequest: number;
	settings: RequestSettings;
}

/**
 * Makes a customer's accounts, each exactly once. One request at a time for one customer.
 *
 * @returns what became of each account, in the order given
 */
export async function createAccounts(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	return order.onExisting === 'reuse'
		? await createMissing(client, order)
		: await createAll(client, order);
}

/** Entries that travel together, and how often that was tried with an outcome that nobody knew. */
interface Batch {
	entries: Entry[];
	tries: number;
}

/**
 * Lists what the customer has, creates only what is missing, and after every outcome that is not plainly good looks
 * again before anything is sent once more.
 */
async function createMissing(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	const ledger = new Ledger<Failure>(order.accounts);
	const first = await look(client, order, ledger, 'existing');
	if (!first.ok) ledger.fail(ledger.missing(), first.failure);

	let queue: Batch[] = chunk(ledger.missing(), order.perRequest).map((entries) => ({
		entries,
		tries: 0,
	}));
	for (let batch = queue.shift(); batch; batch = queue.shift()) {
		const { entries, tries } = batch;
		const answer = await client.createAccounts(
			order.customerId,
			entries.map(([, account]) => account),
			order.validate,
			order.settings,
		);
		if (answer.ok) ledger.settleCreated(entries, answer.value);
		if (ledger.missing(entries).length === 0) continue;
		const failure = answer.ok ? INCOMPLETE : answer.failure;
		if (failure.happened === 'no' && failure.scope !== 'account') {
			// What keeps this request from going through keeps the customer's others too.
			ledger.fail(ledger.missing(), failure);
			break;
		}
		if (isFinal(failure, entries)) {
			ledger.fail(entries, failure);
			continue;
		}
		// From here on nobody knows for sure which of these were made: look before anything is sent again.
		if (failure.happened === 'unknown') await client.pauseAfter(tries + 1, failure);
		const seen = await look(client, order, ledger, isThere(failure) ? 'existing' : 'created');
		if (!seen.ok) {
			ledger.fail(entries, mayExist(failure));
			continue;
		}
		const left = ledger.missing(entries);
		if (failure.happened === 'no') {
			if (entries.length === 1) ledger.fail(left, failure);
			else queue = [...split(left), ...queue];
		} else if (tries >= client.maxRetries || client.stopped) {
			ledger.fail(left, notFound(failure));
		} else if (left.length > 0) {
			queue.unshift({ entries: left, tries: tries + 1 });
		}
	}
	return ledger.answers(INCOMPLETE);
}

/** Enters into the books what the customer has by now. */
async function look(
	client: JuspayClient,
	{ customerId, settings }: CreateOrder,
	ledger: Ledger<Failure>,
	outcome: Settled['outcome'],
): Promise<Result<void>> {
	const listed = await client.listAccounts(customerId, settings.routingId);
	if (!listed.ok) return listed;
	ledger.settle(listed.value, outcome);
	const hidden = listed.value.filter((account) => !isIdentifiable(account)).length;
	return hidden > 0 && ledger.missing().length > 0
		? { ok: false, failure: cannotTell(hidden) }
		: { ok: true, value: undefined };
}

function isThere({ code }: Failure): boolean {
	return code === 'ALREADY_EXISTS';
}

/** A refusal of one account alone, unless it says that the account is there: then a look brings its ID. */
function isFinal(failure: Failure, entries: Entry[]): boolean {
	return failure.happened === 'no' && entries.length === 1 && !isThere(failure);
}

/** One of them is refused: halve, until it stands alone. */
function split(entries: Entry[]): Batch[] {
	if (entries.length === 0) return [];
	const parts = entries.length === 1 ? [entries] : halves(entries);
	return parts.map((part) => ({ entries: part, tries: 0 }));
}

/** Makes every account, also one that is there already; so nothing that may have happened is ever repeated. */
async function createAll(client: JuspayClient, order: CreateOrder): Promise<Made[]> {
	const made: Made[] = order.accounts.map(() => ({ failure: INCOMPLETE }));
	const queue = chunk([...order.accounts.entries()], order.perRequest);
	for (let entries = queue.shift(); entries; entries = queue.shift()) {
		const answer = await client.createAccounts(
			order.customerId,
			entries.map(([, account]) => account),
			order.validate,
			order.settings,
		);
		if (answer.ok) {
			const unclaimed = [...answer.value];
			for (const [index, account] of entries) {
				const at = unclaimed.findIndex((it) => identityOf(it) === identityOf(account));
				const [found] = at < 0 ? [] : unclaimed.splice(at, 1);
				made[index] = found
					? { account: found, outcome: 'created' }
					: { failure: mayExist(INCOMPLETE) };
			}
			continue;
		}
		const { failure } = answer;
		if (failure.happened === 'no' && failure.scope === 'account' && entries.length > 1) {
			queue.unshift(...halves(entries));
			continue;
		}
		const explained = failure.happened === 'no' ? failure : mayExist(failure);
		for (const [index] of entries) made[index] = { failure: explained };
		if (failure.happened === 'no' && failure.scope !== 'account') {
			for (const [index] of queue.flat()) made[index] = { failure };
			break;
		}
	}
	return made;
}

/** Juspay answered well, but named fewer accounts than were sent. */
const INCOMPLETE: Failure = {
	code: 'INCOMPLETE_ANSWER',
	message: "Juspay's answer leaves this account out",
	description: '',
	happened: 'unknown',
	scope: 'customer',
};

/** For a customer some of whose accounts Juspay lists without the details that tell them apart. */
function cannotTell(hidden: number): Failure {
	return {
		code: 'CANNOT_TELL',
		message: `Juspay lists ${hidden} of the customer's accounts without account number, so the node can't tell whether this one is among them`,
		description:
			"Nothing was created, so that nothing is made twice. Look at the customer's accounts with Get Many; set If Account Exists to Create Another only where the account is not there.",
		happened: 'no',
		scope: 'customer',
	};
}

/** For an account of which nobody knows whether it was made. */
function mayExist(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The account may have been created`,
		description:
			`Before you create it again, use Get Many for this customer to see whether it is there; or set If Account Exists to Reuse, which looks by itself. ${failure.description}`.trim(),
		happened: 'unknown',
	};
}

/** For an account that was asked for, may have been lost on the way, and was not there on the last look. */
function notFound(failure: Failure): Failure {
	return {
		...failure,
		message: `${failure.message}. The account was not there when the node looked afterwards`,
		description:
			`Run the workflow again: it looks first and creates only what is missing. ${failure.description}`.trim(),
	};
}
