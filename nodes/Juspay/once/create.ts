import { nearKey } from '../account/identity';
import type { BankAccount, CustomerAccount, UpiId, Account } from '../account/types';
import { chunk } from '../lists';
import { createAccounts as createCall } from '../wire/contract';
import { onEmptyList } from './emptyLists';
import { checkCustomer, findExisting } from './existing';
import type { Batch, CreateOrder } from './creation';
import { Creation, recordOf } from './creation';
import type { CreateResult, WantedAccount } from './ledger';
import * as messages from './messages';
import type { Session } from './session';
import { assignAnswered, settleAccepted, settleLate } from './settleAccepted';
import { settleRefused } from './settleRefused';
import { settleUnknown } from './settleUnknown';
import { withTurn } from './turn';
import { startValidations } from './validate';

export type { CreateOrder } from './creation';
export type { CreateResult } from './ledger';

/**
 * Creates a customer's accounts, each exactly once, and validates them if asked to: takes the customer's turn, looks which
 * accounts exist, creates what is missing one request at a time, and sends nothing again without proof that it had no
 * effect.
 *
 * @returns the result for each account, in the given order
 */
export async function createAccounts(
	session: Session,
	order: CreateOrder,
): Promise<CreateResult[]> {
	if (order.onExisting === 'create' && !order.dryRun && (await session.isRerun())) {
		return order.accounts.map(() => ({ failure: messages.RERUN }));
	}
	const done = await withTurn(session, order.customerId, async (turn) => {
		const creation = new Creation(session, order, turn);
		await findExisting(creation);
		if (order.dryRun) await planMissing(creation);
		else await createMissing(creation);
		if (order.validate) await validateCreated(creation);
		return creation.ledger.results(messages.INCOMPLETE);
	});
	return done.ok ? done.value : order.accounts.map(() => ({ failure: done.failure }));
}

/** Creates the accounts that don't exist, one request at a time. */
async function createMissing(creation: Creation): Promise<void> {
	const { session, order, ledger } = creation;
	// Without IDs to compare, only the refusal of a single account is certain.
	const perRequest = creation.hasBaseline ? order.perRequest : 1;
	for (let turn = nextToCreate(creation); turn.length > 0; turn = nextToCreate(creation)) {
		const queue: Batch[] = chunk(turn, perRequest).map((entries) => ({ entries, tries: 0 }));
		for (let batch = queue.shift(); batch; batch = queue.shift()) {
			if (ledger.open(batch.entries).length === 0 || session.client.stopped) continue;
			queue.unshift(...(await sendIfAllowed(creation, batch)));
		}
		if (session.client.stopped) creation.fail(ledger.open(), messages.STOPPED);
		// Whatever is left of this turn would never end otherwise.
		creation.fail(turn, messages.INCOMPLETE);
		failSimilar(creation);
	}
}

/** The open entries, but of those with the same number only the first: whether it becomes an account decides about the others. */
function nextToCreate({ ledger, order }: Creation): WantedAccount[] {
	const open = ledger.open();
	if (order.onExisting === 'create') return open;
	const taken = new Set<string>();
	return open.filter(({ wanted }) => {
		const key = nearKey(wanted);
		return !taken.has(key) && taken.add(key);
	});
}

/** Fails the open entries whose number this order has created, or may have created, with another IFSC. */
function failSimilar(creation: Creation): void {
	const { ledger } = creation;
	const ended = new Map(ledger.ended().map((entry) => [nearKey(entry.wanted), entry.result]));
	for (const entry of ledger.open()) {
		const result = ended.get(nearKey(entry.wanted));
		if (!result) continue;
		if (!('failure' in result)) creation.fail([entry], messages.similar(result.account, 'near'));
		else creation.fail([entry], messages.similarInDoubt(result.failure));
	}
}

/** Sends a batch, unless it rests on an empty list that may be worth nothing; returns what to send next. */
async function sendIfAllowed(creation: Creation, batch: Batch): Promise<Batch[]> {
	if (!creation.restsOnEmptyList) return await send(creation, batch);
	const next = await onEmptyList(creation, async () => await send(creation, batch));
	if (Array.isArray(next)) return next;
	creation.fail(creation.ledger.open(), next);
	return [];
}

/** Sends what is still open of a batch in one request and settles the outcome; returns what to send next. */
async function send(creation: Creation, batch: Batch): Promise<Batch[]> {
	const { session, order, ledger, turn } = creation;
	const { client } = session;
	// An account that was sent before may have settled others too.
	const entries = await unclaimed(creation, ledger.open(batch.entries));
	if (entries.length === 0 || client.stopped) return [];
	const sent: Batch = { ...batch, entries };
	const sendPart = async (part: Batch) => await send(creation, part);
	const accounts = entries.map((entry) => entry.wanted);
	const call = createCall(order.customerId, accounts, order.settings);
	const answer = await client
		.send(call, {
			onSend: () => creation.sent(entries),
			late: (result) => turn.hold(result.then((it) => settleLate(creation, entries, it))),
		})
		.finally(() => creation.lost(entries));
	if (!answer.ok) {
		return answer.failure.effect === 'none'
			? await settleRefused(creation, sent, answer.failure, sendPart)
			: await settleUnknown(creation, sent, answer.failure, sendPart);
	}
	const { accounts: shown, refusals } = answer.value;
	// Beside accounts, one that is refused is as if it had been sent alone; else, behind a 2xx, a refusal is no proof.
	const status = shown.length > 0 ? 400 : 200;
	const failures = refusals.map((body) => client.refusal(body, call, status));
	const assigned = assignAnswered(creation, sent, shown, failures);
	if (assigned.refusal) return await settleUnknown(creation, sent, assigned.refusal, sendPart);
	await settleAccepted(creation, sent, assigned.created);
	return [];
}

/** Records that entries are about to be sent, and fails those that another n8n process has sent before. */
async function unclaimed(creation: Creation, entries: WantedAccount[]): Promise<WantedAccount[]> {
	const { session, order } = creation;
	const whatOf = ({ wanted }: WantedAccount) => recordOf(order.customerId, wanted);
	const sendsAnyway = order.onExisting === 'create';
	const foreign = await session.record.claim(entries.map(whatOf), 'quarter', sendsAnyway);
	if (sendsAnyway) return entries;
	for (const entry of entries) {
		const settlesAt = foreign.get(whatOf(entry));
		if (settlesAt !== undefined) creation.fail([entry], messages.sentByOthers(settlesAt));
	}
	return creation.ledger.open(entries);
}

/** For a dry run: settles the missing accounts as they would be created. Changes nothing. */
async function planMissing(creation: Creation): Promise<void> {
	const { order, ledger } = creation;
	if (creation.isListMissing || order.onExisting === 'create') await checkCustomer(creation);
	for (let turn = nextToCreate(creation); turn.length > 0; turn = nextToCreate(creation)) {
		for (const entry of turn) {
			ledger.settle(entry, accountToCreate(entry.wanted, order.customerId), 'wouldCreate');
		}
		failSimilar(creation);
	}
}

/** An account that does not exist yet: without an ID and a status. */
function accountToCreate(wanted: Account, customerId: string): CustomerAccount {
	const {
		accountNumber = '',
		ifsc = '',
		beneficiaryName = '',
		vpa = '',
	} = wanted as Partial<BankAccount & UpiId>;
	return {
		id: '',
		customerId,
		type: wanted.type,
		accountNumber,
		ifsc,
		beneficiaryName,
		vpa,
		status: '',
		dateCreated: '',
		lastValidated: '',
		raw: {},
	};
}

/** Validates the accounts that were created, and the existing ones that were never validated. */
async function validateCreated({ session, turn, order, ledger }: Creation): Promise<void> {
	const existing = ledger.existing();
	const due = existing.filter(
		({ account: { status }, outcome }) =>
			status === 'CREATED' || (outcome !== 'existing' && status === ''),
	);
	for (const { entry, account, outcome } of existing) {
		entry.result = { account, outcome, validation: 'notNeeded' };
	}
	const results = await startValidations(
		session,
		turn,
		due.map(({ account }) => ({ ...order, customerAccountId: account.id, before: account })),
	);
	for (const [index, { entry, account, outcome }] of due.entries()) {
		const result = results[index];
		if (!result) continue;
		if (result.ok) {
			ledger.settle(entry, result.value.account, outcome);
			const { validation } = result.value;
			entry.result = { account, outcome, ...entry.result, validation };
		} else entry.result = { ...result, account: result.account ?? account, outcome };
	}
}
