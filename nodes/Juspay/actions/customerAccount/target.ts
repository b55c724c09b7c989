import { checkId } from '../../domain/check';
import type { Checked, Problem } from '../../domain/check';
import type { CustomerAccount } from '../../domain/account';
import { maskAccount, maskText } from '../../domain/mask';
import type { Failure } from '../../api/words';
import type { AccountOrder } from '../../api/exactlyOnce';
import { forEachConcurrently, groupBy } from '../../lists';
import { badInput, unreadable } from '../results';
import type { Concerned, FailedResult } from '../results';
import type { Run } from '../run';
import { requestSettings } from '../settings';

/** The one account that an item asks something about. */
export interface Target extends AccountOrder {
	item: number;
}

function isTarget(target: Target | FailedResult): target is Target {
	return 'settings' in target;
}

/** Reads and checks which account each item is about, before anything is sent. */
function readTargets(run: Run): Array<Target | FailedResult> {
	return [...run.items.keys()].map((item) => {
		try {
			return readTarget(run, item);
		} catch (thrown) {
			return unreadable(item, thrown);
		}
	});
}

function readTarget(run: Run, item: number): Target | FailedResult {
	const customer = checkId('Customer ID', run.read('customerId', item));
	if ('problem' in customer) return badInput(item, customer.problem);
	const customerId = customer.value;
	const account = checkAccountId(run.read('customerAccountId', item, '', { extractValue: true }));
	if ('problem' in account) return badInput(item, account.problem, { customerId });
	const settings = requestSettings(run.options(item));
	if ('problem' in settings) return badInput(item, settings.problem, { customerId });
	return { item, customerId, customerAccountId: account.value, settings: settings.value };
}

/** Juspay's IDs look like `banh_…`; no more is asked of them than that they can be one. */
function checkAccountId(value: unknown): Checked<string> {
	const field = 'Customer Account';
	const id = checkId(field, value);
	if ('problem' in id || /^[\w-]{4,}$/.test(id.value)) return id;
	return {
		problem: {
			field,
			wrong: 'is no account ID',
			fix: "Give Juspay's ID of the account, e.g. banh_kGvx5TGUmkRVC2dH, not the account number.",
		},
	};
}

/** What came of a target; a failure says how the account stands, where that is known. */
type Worked<T> =
	| { ok: true; value: T }
	| { ok: false; failure: Failure; account?: CustomerAccount };

/** What an operation does with targets. */
export interface TargetWork<T> {
	/** Items whose word is the same are about the same account: it is worked on once, for the first of them. */
	same(target: Target): string;
	/** Accounts whose word is the same are worked on together. */
	together(target: Target): string;
	/** Does it, for targets that all differ; gives an answer for each, in their order. */
	work(targets: Target[]): Promise<Array<Worked<T>>>;
	/** Refuses every item for the same reason, before anything is sent. */
	refuse?: Problem;
}

/**
 * Does something to each item's account. An account that several items name is worked on once, and each item gets
 * its answer.
 *
 * @returns for each item that was handled, in input order, what `shape` makes of its answer, or its failure
 */
export async function handleTargets<T, R>(
	run: Run,
	{ same, together, work, refuse }: TargetWork<T>,
	shape: (target: Target, value: T, isFirst: boolean) => R,
): Promise<Array<R | FailedResult>> {
	const targets = readTargets(run).map((it) => (refuse ? badInput(it.item, refuse) : it));
	const refused = targets.filter((it): it is FailedResult => !isTarget(it));
	if (refused.length > 0 && !run.keepGoing) return refused;

	const handled: Array<R | FailedResult | undefined> = targets.map((it) =>
		isTarget(it) ? undefined : it,
	);
	const accounts = groupBy(targets.filter(isTarget), same);
	const groups = groupBy(accounts, ([first]) => together(first as Target));
	await forEachConcurrently(groups, run.concurrency, async (group) => {
		const answers = await work(group.map(([first]) => first as Target));
		for (const [index, answer] of answers.entries()) {
			for (const [place, target] of (group[index] ?? []).entries()) {
				const { item, customerId, customerAccountId } = target;
				// An account number given in place of an ID stays out of the output.
				const concerned = { customerId, customerAccountId: maskText(customerAccountId) };
				handled[item] = answer.ok
					? shape(target, answer.value, place === 0)
					: {
							item,
							failure: answer.failure,
							concerned: answer.account ? asThere(answer.account, concerned) : concerned,
						};
			}
		}
		return run.keepGoing || answers.every(({ ok }) => ok) ? 'continue' : 'stop';
	});
	return handled.filter((it) => it !== undefined);
}

/** An account that is there although something went wrong with it, for a failed item. */
export function asThere(account: CustomerAccount, concerned: Concerned): Concerned {
	return {
		...concerned,
		customerAccountId: account.id,
		validationStatus: account.status,
		type: account.type,
		account: maskAccount(account),
	};
}

/** Items that ask for the same account of the same customer in the same way. */
export function sameAsked({ customerId, customerAccountId, settings }: Target): string {
	return JSON.stringify([customerId, customerAccountId, settings]);
}

/** Items that name the same account, however they name its customer and whatever goes along. */
export function sameAccount({ customerAccountId }: Target): string {
	return customerAccountId;
}
