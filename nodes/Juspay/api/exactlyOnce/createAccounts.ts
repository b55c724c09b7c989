import type { Account, CustomerAccount } from '../../domain/account';
import { assign, byIdentity, identityOf, likeness, nearSearch } from '../../domain/identity';
import type { Outcome } from '../../domain/output';
import type { RequestSettings } from '../../domain/settings';
import { chunk, halves } from '../../lists';
import type { CreateAnswer, JuspayClient } from '../client';
import type { Kind } from '../meaning';
import type { Failure } from '../words';
import type { CreateResult, WantedAccount } from './wantedAccounts';
import { accountToCreate, WantedAccounts } from './wantedAccounts';
import * as messages from './createMessages';
import { lookUntilSettled } from './lookAgain';
import { KnownAccounts } from './knownAccounts';
import type { CustomerLock } from './customerLocks';
import { startValidations } from './validateAccounts';

/** What a create is to do for one customer. */
export interface CreateOrder {
	customerId: string;
	/** In input order; the same account may stand here several times. */
	accounts: readonly Account[];
	/** Also validate each account that is new, or was never validated. */
	validate: boolean;
	/** Only look up what would happen. */
	dryRun?: boolean;
	/** `reuse`: an account that is already there is returned; `create`: every one is created. */
	onExisting: 'reuse' | 'create';
	/** Maximum number of accounts in one request. */
	perRequest: number;
	settings: RequestSettings;
	/** How long to look for what became of a validation in doubt, in milliseconds; default 12 seconds. */
	lookForMs?: number;
}

/**
 * Creates a customer's accounts, each exactly once, and validates them where that is asked for: takes its turn with
 * the customer, looks at what is there, creates what is missing one request at a time, and sends nothing again
 * without proof that it had no effect.
 *
 * @returns what became of each account, in the order given
 */
export async function createAccounts(
	client: JuspayClient,
	order: CreateOrder,
): Promise<CreateResult[]> {
	const done = await client.withLock(
		order.customerId,
		async (lock) => await new Creation(client, order, lock).run(),
	);
	return done.ok ? done.value : order.accounts.map(() => ({ failure: done.failure }));
}

/** Accounts that are sent in one request. */
interface Batch {
	entries: WantedAccount[];
	/** How often they were sent and then shown not to be there. */
	tries: number;
	/** Part of a batch that was refused. */
	isPart?: boolean;
}

/** Refusals that don't depend on the accounts: the request wasn't worked on at all. */
const AT_THE_DOOR = new Set<Kind>([
	'stopped',
	'unusable',
	'unreachable',
	'throttled',
	'keyRejected',
	'badOrigin',
	'forbidden',
	'missing',
]);

class Creation {
	private readonly wanted: WantedAccounts;

	private readonly known: KnownAccounts;

	/** Whether accounts of an earlier request of this turn, which is in doubt, may appear yet. */
	private othersMayAppear = false;

	private restsOnEmptyList = false;

	/** Whether the request under way is the first that rests on an empty list. */
	private isTrial = false;

	/** Whether Juspay has answered a create with a 2xx. */
	private isAccepted = false;

	constructor(
		private readonly client: JuspayClient,
		private readonly order: CreateOrder,
		private readonly lock: CustomerLock,
	) {
		this.wanted = new WantedAccounts(order.accounts, order.onExisting === 'reuse');
		const { customerId, settings } = order;
		this.known = new KnownAccounts(client, customerId, settings.routingId, lock.createdBefore);
	}

	async run(): Promise<CreateResult[]> {
		await this.lookBefore();
		if (this.order.dryRun) return await this.plan();
		await this.createMissing();
		const { created } = this.known;
		if (created.size > 0) this.lock.noteCreated(created);
		if (this.order.validate) await this.validate();
		return this.wanted.results(messages.INCOMPLETE);
	}

	/** Finds what is there, and what may be there and therefore can't be created. */
	private async lookBefore(): Promise<void> {
		const { wanted, order, known } = this;
		const reuses = order.onExisting === 'reuse';
		// Create Another looks only where a request with several accounts may have to be told apart later.
		if (!reuses && Math.min(order.perRequest, order.accounts.length) < 2) return;
		const listed = await known.listBaseline();
		if (!Array.isArray(listed)) {
			if (reuses) wanted.fail(wanted.open(), messages.cannotLook(listed));
			return;
		}
		if (!reuses) return;
		this.restsOnEmptyList = listed.length === 0;
		const { emptyLists } = this.client.state;
		if (known.isListMissing && !emptyLists.isTrusted) await this.checkCustomer();
		const there = byIdentity(listed);
		const findNear = nearSearch(listed);
		for (const entry of wanted.open()) {
			const [account, ...others] = there.get(identityOf(entry.wanted)) ?? [];
			if (account) {
				wanted.settle(entry, account, 'existing');
				this.noteOddities(entry.wanted, account, others);
				continue;
			}
			const near = findNear(entry.wanted);
			if (near) wanted.fail([entry], messages.similar(near.account, near.likeness));
		}
	}

	/** What would be created, and which validations would be started. Changes nothing. */
	private async plan(): Promise<CreateResult[]> {
		const { wanted, order, known } = this;
		if (known.isListMissing || order.onExisting === 'create') await this.checkCustomer();
		for (const entry of wanted.open()) {
			wanted.settle(entry, accountToCreate(entry.wanted, order.customerId), 'wouldCreate');
		}
		if (order.validate) await this.validate();
		return wanted.results(messages.INCOMPLETE);
	}

	/**
	 * A 404 in place of a list may mean that the customer is missing. Where creates wait for one another, asking for the
	 * customer first spares the others the wait.
	 */
	private async checkCustomer(): Promise<void> {
		const { wanted, client, order } = this;
		const customer = await client.getCustomer(order.customerId, order.settings.routingId);
		if (!customer.ok && customer.failure.kind === 'missing') {
			wanted.fail(wanted.open(), customer.failure);
		}
	}

	private noteOddities(
		wanted: Account,
		{ id, accountNumber }: CustomerAccount,
		others: CustomerAccount[],
	): void {
		if (others.length > 0) {
			this.client.note(messages.twice(this.order.customerId, [id, ...others.map((it) => it.id)]));
		}
		if (wanted.type === 'bankAccount' && accountNumber !== wanted.accountNumber) {
			this.client.note(messages.otherZeros(id));
		}
	}

	private async createMissing(): Promise<void> {
		const { wanted, client, order } = this;
		// Where nothing can be told by IDs, an account alone is the only one whose refusal is certain.
		const perRequest = this.known.hasBaseline ? order.perRequest : 1;
		const queue: Batch[] = chunk(wanted.open(), perRequest).map((entries) => ({
			entries,
			tries: 0,
		}));
		for (let batch = queue.shift(); batch; batch = queue.shift()) {
			const entries = wanted.open(batch.entries);
			if (entries.length === 0 || client.stopped) continue;
			const permit = this.restsOnEmptyList
				? await client.state.emptyLists.admit(order.customerId, client.stopping)
				: 'trusted';
			if (permit === 'refused') {
				if (!client.stopped) wanted.fail(wanted.open(), messages.EMPTY_LIST);
				continue;
			}
			this.isTrial = permit === 'trial';
			try {
				queue.unshift(...(await this.send({ ...batch, entries })));
				if (this.isTrial) this.endTrial(await this.isShownByList());
			} finally {
				this.endTrial(undefined);
			}
		}
		if (client.stopped) wanted.fail(wanted.open(), messages.STOPPED);
	}

	/** Lets the creates go on that wait for what this one shows about empty lists. */
	private endTrial(isShown: boolean | undefined): void {
		if (!this.isTrial) return;
		this.isTrial = false;
		const { emptyLists } = this.client.state;
		if (isShown === undefined && this.isAccepted) emptyLists.leaveUnseen(this.order.customerId);
		emptyLists.conclude(isShown, this.known.expected);
	}

	/** Sends what is still open of a batch: an account sent before it may have settled the others too. */
	private async sendOpen(batch: Batch): Promise<Batch[]> {
		const entries = this.wanted.open(batch.entries);
		return entries.length > 0 && !this.client.stopped ? await this.send({ ...batch, entries }) : [];
	}

	/** Sends one request and settles its outcome; gives what is to be sent next. */
	private async send(batch: Batch): Promise<Batch[]> {
		const { customerId, settings } = this.order;
		const accounts = batch.entries.map(({ wanted }) => wanted);
		const answer = await this.client.createAccounts(customerId, accounts, settings);
		if (answer.ok) return await this.takeIn(batch, answer.value);
		return answer.failure.effect === 'none'
			? await this.takeRefusal(batch, answer.failure)
			: await this.settleDoubt(batch, answer.failure);
	}

	/** A 2xx: the accounts are those with new IDs, and nothing is ever sent again. */
	private async takeIn(batch: Batch, { accounts, refusals }: CreateAnswer): Promise<Batch[]> {
		const { wanted, client, known } = this;
		const { entries } = batch;
		const fresh = known.unassigned(accounts);
		known.addCreated(fresh);
		this.give(entries, fresh);
		// Juspay may answer with an account that is already there instead of creating it again.
		const returned = accounts.filter((account) => known.isExcluded(account));
		this.give(entries, returned, 'existing', true);
		const [refusal] = refusals;
		this.isAccepted ||= !refusal || accounts.length > 0;
		if (refusal && accounts.length === 0) return await this.takeRefusal(batch, refusal);
		if (refusal && refusals.length >= wanted.open(entries).length) {
			wanted.fail(entries, messages.sameOrGeneral(refusals));
		}
		if (wanted.open(entries).length === 0) return [];
		let listed: CustomerAccount[] = [];
		if (known.hasBaseline) {
			await lookUntilSettled(
				client,
				async () => {
					const seen = await known.list();
					if (!Array.isArray(seen)) return undefined;
					listed = seen;
					// What is new in a list may belong to an earlier request.
					this.give(entries, known.unassigned(seen), 'created', this.othersMayAppear);
					return wanted.open(entries).length === 0 || undefined;
				},
				{ immediately: true },
			);
		}
		const left = wanted.open(entries);
		const unclear = known
			.unassigned(listed.length > 0 ? listed : fresh)
			.filter((account) => left.some(({ wanted }) => likeness(account, wanted) !== 'different'));
		known.exclude(unclear);
		// Each is known to be created only where there is a new ID for each.
		const isEach = unclear.length >= left.length && !this.othersMayAppear;
		if (!isEach) this.leaveDoubt();
		const ids = idsOf(unclear);
		wanted.fail(entries, isEach ? messages.unclear(ids) : messages.leftOut(ids));
		return [];
	}

	/** A refusal. Of several accounts it proves nothing about each: look before parts of them are sent. */
	private async takeRefusal(batch: Batch, refusal: Failure): Promise<Batch[]> {
		const { wanted, known } = this;
		const { entries } = batch;
		const isCertain =
			refusal.effect === 'none' && (entries.length === 1 || AT_THE_DOOR.has(refusal.kind));
		if (isCertain && refusal.kind !== 'exists') {
			// What keeps this request from going through may keep the customer's others too.
			wanted.fail(refusal.scope === 'account' ? entries : wanted.open(), refusal);
			return [];
		}
		const listed = known.hasBaseline ? await known.listUntilCurrent() : undefined;
		if (!Array.isArray(listed)) {
			const isDoubt = refusal.effect === 'unknown' || listed !== undefined;
			if (isDoubt) this.leaveDoubt();
			wanted.fail(entries, isDoubt ? messages.mayExist(refusal) : refusal);
			return [];
		}
		const outcome = refusal.kind === 'exists' ? 'existing' : 'created';
		this.give(entries, known.unassigned(listed), outcome, true);
		return await this.sendParts(batch, refusal, listed);
	}

	/** Sends what was refused and isn't there in smaller requests, until each bad account stands alone. */
	private async sendParts(
		batch: Batch,
		refusal: Failure,
		listed: CustomerAccount[],
	): Promise<Batch[]> {
		const { wanted } = this;
		this.withhold(batch.entries, listed, refusal);
		const left = wanted.open(batch.entries);
		if (batch.entries.length === 1 || refusal.scope !== 'account') {
			wanted.fail(refusal.scope === 'account' ? left : wanted.open(), refusal);
			return [];
		}
		const part = (entries: WantedAccount[]): Batch => ({ entries, tries: 0, isPart: true });
		if (left.length <= 1) return left.length === 0 ? [] : [part(left)];
		if (batch.isPart || left.length <= 3) return halves(left).map(part);
		// Three alone show whether all are refused for one reason: then the others needn't be sent at all.
		const middle = left[Math.floor(left.length / 2)] as WantedAccount;
		const samples = [left[0], middle, left.at(-1)] as WantedAccount[];
		const again: Batch[] = [];
		for (const sample of wanted.open(samples)) again.push(...(await this.sendOpen(part([sample]))));
		const failures = samples.map(({ result }) =>
			result && 'failure' in result ? result.failure : undefined,
		);
		const [first] = failures;
		const rest = wanted.open(left).filter((entry) => !samples.includes(entry));
		if (first?.reason && failures.every((it) => it?.reason === first.reason)) {
			wanted.fail(rest, first);
		}
		const open = wanted.open(rest);
		return [...again, ...(open.length > 1 ? halves(open) : [open]).map(part)];
	}

	/** An answer that was lost, or says nothing of what happened: only lists can show it. */
	private async settleDoubt(batch: Batch, failure: Failure): Promise<Batch[]> {
		const { wanted, client, known } = this;
		const { entries, tries } = batch;
		const { emptyLists } = client.state;
		// Sent once only, it isn't our own request that Juspay speaks of.
		const outcome = failure.kind === 'exists' && tries === 0 ? 'existing' : 'created';
		// Another customer's create shows sooner what an empty list is worth.
		this.endTrial(undefined);
		let newest: CustomerAccount[] = [];
		let last: CustomerAccount[] | undefined;
		let proof: CustomerAccount[] | undefined;
		if (known.hasBaseline) {
			await lookUntilSettled(client, async () => {
				const seen = await known.list();
				const listed = Array.isArray(seen) ? seen : undefined;
				const ours = known.unassigned(listed ?? []);
				if (this.give(entries, ours, outcome, true) > 0) emptyLists.trust();
				// Two complete lists in a row with the same accounts.
				proof = listed && last && sameIds(listed, last) ? listed : undefined;
				last = listed;
				newest = listed ?? newest;
				return wanted.open(entries).length === 0 || undefined;
			});
		}
		if (wanted.open(entries).length === 0) return [];
		this.withhold(entries, newest, failure);
		const missing = wanted.open(entries);
		if (missing.length === 0) return [];
		// While nobody knows what an empty list is worth, it is proof for one more try: that one will show it.
		const isWorthless = proof?.length === 0 && !emptyLists.isTrusted && tries > 0;
		if (!proof || client.stopped || isWorthless) {
			this.leaveDoubt();
			wanted.fail(missing, messages.mayExist(failure));
			return [];
		}
		if (!failure.transient) return await this.sendParts(batch, failure, proof);
		if (tries < client.maxRetries) return [{ entries: missing, tries: tries + 1 }];
		wanted.fail(missing, messages.notFound(failure));
		return [];
	}

	/** Holds back every account that one of the new ones may be: no proof that it wasn't created. */
	private withhold(
		entries: readonly WantedAccount[],
		listed: CustomerAccount[],
		failure: Failure,
	): void {
		const fresh = this.known.unassigned(listed);
		for (const entry of this.wanted.open(entries)) {
			const alike = fresh.filter((account) => likeness(account, entry.wanted) !== 'different');
			if (alike.length === 0) continue;
			this.wanted.fail([entry], messages.mayExist(failure, idsOf(alike)));
			this.known.exclude(alike);
		}
	}

	/** Leaves it to the next turn that a create of this one may still take effect. */
	private leaveDoubt(): void {
		this.othersMayAppear = true;
		this.lock.noteDoubt();
	}

	/** Validates what was created, and what was never validated. */
	private async validate(): Promise<void> {
		const { client, order, wanted, lock } = this;
		const there = wanted.existing();
		const due = there.filter(
			({ account: { status }, outcome }) =>
				status === 'CREATED' || (outcome !== 'existing' && status === ''),
		);
		for (const { entry, account, outcome } of there) {
			entry.result = { account, outcome, validation: 'notNeeded' };
		}
		const results = await startValidations(
			client,
			lock,
			due.map(({ account }) => ({ ...order, customerAccountId: account.id, before: account })),
		);
		for (const [index, { entry, account, outcome }] of due.entries()) {
			const result = results[index];
			if (!result) continue;
			if (result.ok) {
				wanted.settle(entry, result.value.account, outcome);
				const { validation } = result.value;
				entry.result = { account, outcome, ...entry.result, validation };
			} else entry.result = { ...result, account: result.account ?? account, outcome };
		}
	}

	/** Whether the list shows what was created; undefined where nothing was, or the list can't be read. */
	private async isShownByList(): Promise<boolean | undefined> {
		const { known } = this;
		if (!this.isAccepted && known.expected.size === 0) return undefined;
		const seen = await known.listUntilCurrent();
		if (Array.isArray(seen)) return seen.length > 0;
		return seen === messages.STALE && !this.client.stopped ? false : undefined;
	}

	/** Gives accounts to the rows that they belong to; returns how many. */
	private give(
		entries: readonly WantedAccount[],
		accounts: readonly CustomerAccount[],
		outcome: Outcome = 'created',
		onlyInFull = false,
	): number {
		const assigned = assign(this.wanted.open(entries), accounts, onlyInFull);
		for (const [entry, account] of assigned) {
			this.wanted.settle(entry, account, outcome);
			this.known.assign(account, outcome === 'created');
		}
		return assigned.size;
	}
}

function idsOf(accounts: readonly CustomerAccount[]): string[] {
	return accounts.map(({ id }) => id);
}

function sameIds(one: CustomerAccount[], other: CustomerAccount[]): boolean {
	const ids = new Set(one.map(({ id }) => id));
	return one.length === other.length && other.every(({ id }) => ids.has(id));
}
