import { BadInput } from '../account/check';
import type { Outcome } from '../account/output';
import type { CustomerAccount } from '../account/types';
import { forEachConcurrently, groupBy } from '../lists';
import type { Failure } from '../http/failure';
import { ownFailure } from '../http/failure';
import { isDryRun, OUTPUT_MODE, SIMPLIFY } from './fields';
import { existingAccount, isFailed, nothingSent, unforeseen } from './results';
import type { FailedResult, Subject } from './results';
import type { Run } from './run';

/** What an item asks for, read and checked. */
export interface Request {
	item: number;
	/** Whether it only looks up what would happen. */
	dryRun?: boolean;
}

/** What is known of something that an item asks for, while it is read: for its message, should it not be readable. */
export interface Known {
	item: number;
	subject: Subject;
	/** Which of the item's accounts it is, e.g. "2nd bank account". */
	place?: string;
	/** Whether other accounts of its row may be sent all the same. */
	isPart?: boolean;
	dryRun: boolean;
	/** Where every item has the same fault: its message names none. */
	isForAll?: boolean;
}

/** What came of a request; with a failure the account, where it is there all the same and its validation failed. */
export type Answer<V> =
	| { ok: true; value: V }
	| { ok: false; failure: Failure; account?: CustomerAccount; outcome?: Outcome };

/** A request that was done. */
export interface Done<R, V> {
	request: R;
	value: V;
}

/** What became of a request. */
export type Ended<R, V> = Done<R, V> | FailedResult;

/** What an operation does with items. */
export interface Steps<R extends Request, V> {
	/** Whether nothing is changed: then a failure doesn't keep the others from being looked at. */
	looksOnly?: boolean;
	/** True for an item that asks for nothing, such as a blank row. */
	skips?(item: number): boolean;
	/**
	 * Reads and checks what an item asks for. What is thrown ends the item; of several requests, each that can't be read
	 * ends alone, {@link refused}.
	 *
	 * @param known - the item, to be filled in with what is known of it by then
	 * @throws BadInput
	 */
	read(known: Known): R | Array<R | FailedResult>;
	/** Requests with the same key get the same answer: only the first of them is worked on. */
	sameKey?(request: R): string;
	/** Requests with the same key are worked on together, groups side by side. */
	groupKey(request: R): string;
	/** What a request is about, for its failure. */
	subjectOf(request: R): Subject;
	/** Works on requests that all differ; gives an answer per request, in their order; none for one that was not begun. */
	work(requests: R[]): Promise<Array<Answer<V> | undefined>>;
}

/**
 * Reads and checks all items before anything is sent, then works on them. Unless the user chose to continue, bad input
 * stops everything before the first request, and an answer that is a failure starts no further group.
 *
 * @returns what became of each request, in input order; without those that were not begun
 */
export async function runItems<R extends Request, V>(
	run: Run,
	{ looksOnly, skips, read, sameKey, groupKey, subjectOf, work }: Steps<R, V>,
): Promise<Array<Ended<R, V>>> {
	const all = [...run.items.keys()].flatMap((item) =>
		skips?.(item) ? [] : readItem(run, item, read),
	);
	const refused = all.filter(isFailed);
	if (refused.length > 0 && !run.continueOnFail) return refused;

	const answers = new Map<R | FailedResult, Answer<V>>();
	const requests = all.filter((it): it is R => !isFailed(it));
	const same = sameKey ? groupBy(requests, sameKey) : requests.map((request) => [request]);
	const groups = groupBy(same, ([first]) => groupKey(first as R));
	await forEachConcurrently(groups, groupsAtOnce(run), async (group) => {
		const answered = await workOn(
			run,
			group.map(([first]) => first as R),
			work,
		);
		for (const [index, answer] of answered.entries()) {
			if (answer) for (const request of group[index] ?? []) answers.set(request, answer);
		}
		const isDone = answered.every((answer) => answer?.ok);
		return run.continueOnFail || looksOnly || isDone ? 'continue' : 'stop';
	});
	return all.flatMap((request): Array<Ended<R, V>> => {
		if (isFailed(request)) return [request];
		const answer = answers.get(request);
		if (!answer) return [];
		if (answer.ok) return [{ request, value: answer.value }];
		const { failure, account, outcome } = answer;
		const known = account && existingAccount(account, outcome);
		const subject = { ...subjectOf(request), ...known };
		const { item, dryRun } = request;
		return [{ item, failure, subject, isValidation: account !== undefined, dryRun }];
	});
}

/**
 * While one group waits for n8n's database or looks what became of a create, another one's request goes: with twice as
 * many groups under way as requests, none of these is idle.
 */
const groupsAtOnce = ({ concurrency }: Run) => (concurrency > 1 ? 2 * concurrency : 1);

/** Works on a group. Whatever goes wrong unforeseen ends these requests alone: what others did must not get lost. */
async function workOn<R extends Request, V>(
	run: Run,
	requests: R[],
	work: Steps<R, V>['work'],
): Promise<Array<Answer<V> | undefined>> {
	try {
		return await work(requests);
	} catch (thrown) {
		const failure = unforeseen(thrown, run.isSessionUsed);
		return requests.map(() => ({ ok: false, failure }));
	}
}

function readItem<R extends Request>(
	run: Run,
	item: number,
	read: Steps<R, unknown>['read'],
): Array<R | FailedResult> {
	const known: Known = { item, subject: {}, dryRun: isDryRun(run, item) };
	try {
		// Needed only afterwards, but what can't be read must show before anything is sent.
		run.value(SIMPLIFY, item);
		run.value(OUTPUT_MODE, item);
		const requests = read(known);
		return Array.isArray(requests) ? requests : [requests];
	} catch (thrown) {
		if (thrown instanceof BadInput) return [refused(known, thrown)];
		const { subject, dryRun } = known;
		return [{ item, failure: unforeseen(thrown, false), subject, dryRun }];
	}
}

/** Puts bad input into words: what is wrong, in which of the item's accounts, and what to do. */
export function refused(
	{ item, subject, place, isPart, dryRun, isForAll }: Known,
	{ field, message, fix }: BadInput,
): FailedResult {
	const failure = ownFailure(
		'BAD_INPUT',
		place ? `${message} (${place})` : message,
		`${fix} ${nothingSent(isPart)}`,
		{ scope: isForAll ? 'everyone' : 'account' },
	);
	return { item, failure, subject, dryRun, ...(field && { field }) };
}
