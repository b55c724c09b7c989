import { identity, nearIdentity } from './accounts';
import { isShownInFull } from './dialect';
import { isHidden, isLate, isUnknowable, wasRuledOut } from './doubt';
import { isAcceptance } from './faults';
import type { Breach } from './law';
import type { Execution, Played } from './play';
import { DOUBTS, LATEST_LIST_MS, RECORDED_MS, REMEMBERED_MS } from './scenario';
import { isDeleted } from './truth';
import type { Drop, Kept, Sent } from './truth';
import type { Told } from './world';

/**
 * Of two copies the one that was asked for later is one too many, unless it was asked for with Create Another, or the
 * process could not know of the earlier one (see the README).
 *
 * An account whose validation has failed never blocks a create, so that a corrected row goes through. Where List
 * doesn't show it in full, the same account and a corrected one look alike.
 */
export function madeOnce(played: Played): Breach[] {
	const { truth } = played.juspay;
	const { dialect } = played.world;
	const breaches: Breach[] = [];
	for (const kept of truth.kept) {
		const { by, order, at } = kept.sent;
		if (by?.work.onExisting !== 'reuse') continue;
		const hasFailed = ({ states }: Kept) =>
			states.some(({ status, from }) => status === 'FAILURE' && from <= at);
		const earlier = sameAs(kept, truth.kept).filter(
			(other) =>
				(other.sent.order < order ||
					(other.sent.order === order && truth.kept.indexOf(other) < truth.kept.indexOf(kept))) &&
				!(hasFailed(other) && !isShownInFull(dialect, kept.account)) &&
				!isOtherTurn(played, other, kept) &&
				!isUnknowable(played, other, at, by),
		);
		if (earlier.length === 0) continue;
		const ids = earlier.map(({ id, sent }) => `${id} by ${sent.by?.name ?? 'nobody'}`).join(', ');
		breaches.push({
			law: 'madeOnce',
			what: `${identity(kept.account)}: ${kept.id} by ${by.name}, though there is ${ids}`,
		});
	}
	for (const execution of played.executions) {
		if (execution.work.onExisting !== 'reuse') breaches.push(...madeAsAsked(played, execution));
	}
	return [...breaches, ...sentAgain(played)];
}

/** Whether two executions that call a customer by two names were at it at the same time: each has its own turn. */
function isOtherTurn(
	{ juspay: { story } }: Played,
	{ sent: one }: Kept,
	{ sent: other }: Kept,
): boolean {
	if (!one.by || !other.by) return false;
	if (one.by.customerId.toLowerCase() === other.by.customerId.toLowerCase()) return false;
	// One that was stopped has left its request under way.
	const end = ({ by, order }: Sent) =>
		Math.max(by?.endedAt ?? Infinity, story[order]?.answeredAt ?? Infinity);
	return end(one) > other.by.startedAt && end(other) > one.by.startedAt;
}

function madeAsAsked(played: Played, execution: Execution): Breach[] {
	const breaches: Breach[] = [];
	// Accounts that differ in leading zeros alone can't be told apart where a list leaves zeros out.
	const alike = new Set(execution.wanted.map(({ account }) => nearIdentity(account)));
	for (const which of alike) {
		const isIt = ({ account }: Pick<Kept, 'account'>) => nearIdentity(account) === which;
		const asked = execution.wanted.filter(isIt).length;
		const made = played.juspay.truth.kept.filter(
			(kept) => kept.sent.by === execution && isIt(kept) && !isBeyondLooks(played, kept),
		).length;
		if (made > asked) {
			const what = `${which}: made ${made} times by ${execution.name}, which asked for ${asked}`;
			breaches.push({ law: 'madeOnce', what });
		}
	}
	return breaches;
}

/** Whether looks may not show in time what a request has made: it was refused or lost, and lists are late or lack it. */
export function isBeyondLooks(played: Played, kept: Kept): boolean {
	const { refused = false, vague = false, accepted = false, at } = kept.sent;
	if (!refused && !vague && !accepted) return false;
	const isOfTwoNames = played.executions.some(
		({ work, customerId }) =>
			work.customer === kept.customer && customerId !== kept.sent.by?.customerId,
	);
	return (
		isOfTwoNames || isLate(played) || isHidden(played, kept, at) || isHidden(played, kept, Infinity)
	);
}

/** Creates that are sent again before what they may have made is ruled out, whether or not they made it. */
function sentAgain(played: Played): Breach[] {
	const { story } = played.juspay;
	const breaches: Breach[] = [];
	const doubts: Told[] = [];
	for (const told of story) {
		const { asked, by } = told;
		if (asked.to !== 'create') continue;
		if (by.work.onExisting === 'reuse') {
			for (const account of asked.accounts) {
				const which = identity(account);
				const earlier = doubts.find(
					(doubt) =>
						doubt.by.customerId === by.customerId &&
						'accounts' in doubt.asked &&
						doubt.asked.accounts.some((other) => identity(other) === which) &&
						!isSettled(played, doubt, which, told),
				);
				if (earlier) {
					breaches.push({
						law: 'madeOnce',
						what: `${which}: ${by.name} sends it again, though what ${earlier.by.name} sent is in doubt`,
					});
				}
			}
		}
		if (DOUBTS.has(told.fate.kind)) doubts.push(told);
	}
	return breaches;
}

/** Whether a create that left it open what it made no longer keeps another one from making an account. */
function isSettled(played: Played, doubt: Told, which: string, { at: time, by }: Told): boolean {
	const { juspay } = played;
	const customer = juspay.customerOf(doubt.asked.customerId);
	const isIt = (kept: Kept) => kept.customer === customer && identity(kept.account) === which;
	// Deleted since, which shows that it was there.
	if (juspay.truth.kept.some((kept) => isIt(kept) && isDeleted(kept, time))) return true;
	const made = juspay.truth.kept.find(
		(kept) => isIt(kept) && juspay.story[kept.sent.order] === doubt,
	);
	const lasts = by.process === doubt.by.process ? REMEMBERED_MS : RECORDED_MS;
	if (time - doubt.at >= lasts) return true;
	if (isAcceptance(doubt.fate)) return false;
	const { process, endedAt = Infinity } = doubt.by;
	// By what was known then: lists of later runs may show that lists are later than any before.
	return [endedAt, time].some(
		(moment) => moment <= time && wasRuledOut(played, doubt.at, made, customer, moment, process),
	);
}

function sameAs(kept: Kept, all: Kept[]): Kept[] {
	return all.filter(
		(other) =>
			other !== kept &&
			other.customer === kept.customer &&
			identity(other.account) === identity(kept.account),
	);
}

/**
 * A penny drop after another one is right only where that one had failed and Validate was asked for again on purpose,
 * where it is no longer remembered, or where the user has opened the door for what is in doubt.
 */
export function paidOnce(played: Played): Breach[] {
	const { truth } = played.juspay;
	const breaches: Breach[] = [];
	for (const { id, drops } of truth.kept) {
		for (const [index, drop] of drops.entries()) {
			const { by } = drop.sent;
			if (!by) continue;
			const isEarlier = (other: Drop, at: number) =>
				other.sent.order < drop.sent.order || (other.sent.order === drop.sent.order && at < index);
			const isBetween = (one: Drop, other: Drop) =>
				drops.indexOf(one) >= drops.indexOf(other) && drops.indexOf(one) < index;
			const mayPay = (other: Drop) =>
				// The last one that ended says how the account stands.
				(by.work.operation === 'validate' &&
					drops.some(
						(one) => isBetween(one, other) && one.ends === 'FAILURE' && wasKnown(one, drop),
					)) ||
				drop.sent.at - other.sent.at >= REMEMBERED_MS ||
				isDoorOpen(played, played.juspay.story[drop.sent.order], other.sent.at);
			const wrong = drops.find((other, at) => isEarlier(other, at) && !mayPay(other));
			if (wrong) {
				breaches.push({
					law: 'paidOnce',
					what: `${id} is paid for by ${by.name}, though ${wrong.sent.by?.name ?? 'somebody'} did before`,
				});
			} else if (by.work.operation === 'create') {
				breaches.push({
					law: 'paidOnce',
					what: `${id} is paid for by ${by.name}, which only creates`,
				});
			}
		}
	}
	return [...breaches, ...validatedAgain(played), ...tooManyPennies(played)];
}

/** An execution starts no more penny drops than it may. */
function tooManyPennies({ executions, juspay: { truth } }: Played): Breach[] {
	const drops = truth.kept.flatMap((kept) => kept.drops);
	return executions.flatMap((execution) => {
		const { mostPennies = Infinity } = execution.work;
		const paid = drops.filter(({ sent }) => sent.by === execution).length;
		const what = `${execution.name} starts ${paid} penny drops, and may start ${mostPennies}`;
		return paid > mostPennies ? [{ law: 'paidOnce' as const, what }] : [];
	});
}

/** Validations that are sent again while it is in doubt what became of them, whether or not a penny was dropped. */
function validatedAgain(played: Played): Breach[] {
	const { story, truth } = played.juspay;
	const sent = story.filter(({ asked }) => asked.to === 'validate');
	return sent.flatMap((told, index) => {
		if (!('id' in told.asked)) return [];
		const { id } = told.asked;
		const kept = truth.kept.find((one) => one.id === id);
		const doubt = sent
			.slice(0, index)
			.find(
				({ asked, at, fate }) =>
					'id' in asked &&
					asked.id === id &&
					DOUBTS.has(fate.kind) &&
					told.at - at < REMEMBERED_MS &&
					!(kept && hasMoved(kept, at, told.at)) &&
					!isDoorOpen(played, told, at),
			);
		return doubt
			? [
					{
						law: 'paidOnce' as const,
						what: `${id}: ${told.by.name} sends its validation again, though that of ${doubt.by.name} is in doubt`,
					},
				]
			: [];
	});
}

function hasMoved({ states }: Kept, after: number, until: number): boolean {
	return states.some(({ from }) => from > after && from <= until);
}

/**
 * Whether the user has said that a validation in doubt may be sent again: for one older than this execution and ten
 * minutes, after a Get of this execution that shows the account unmoved, once.
 */
function isDoorOpen({ juspay }: Played, told: Told | undefined, doubtAt: number): boolean {
	if (!told || !('id' in told.asked)) return false;
	const { by, at } = told;
	const { id } = told.asked;
	if (!by.work.validateInDoubt || doubtAt >= by.startedAt) return false;
	if (at - doubtAt < LATEST_LIST_MS) return false;
	const its = juspay.story.filter(
		({ by: who, asked, order }) =>
			who === by && 'id' in asked && asked.id === id && order < told.order,
	);
	if (its.some(({ asked, answer }) => asked.to === 'validate' && !hasNotArrived(answer))) {
		return false;
	}
	return its.some(
		({ asked, answer, answeredAt = Infinity }) =>
			asked.to === 'get' &&
			answeredAt <= at &&
			answer?.kind === 'answered' &&
			answer.status === 200 &&
			!/"(?:pending|active)"/i.test(JSON.stringify(answer.body)),
	);
}

/** Whether a request was turned away by a rate limiter, or there was no connection. */
function hasNotArrived(answer: Told['answer']): boolean {
	return answer?.kind === 'unreachable' || (answer?.kind === 'answered' && answer.status === 429);
}

/** A customer is changed by one execution at a time, also where one that was stopped has left a request under way. */
export function oneTurn({ juspay: { story } }: Played): Breach[] {
	const breaches: Breach[] = [];
	const changing = story.filter(({ asked }) => asked.to !== 'list' && asked.to !== 'get');
	for (const [index, told] of changing.entries()) {
		const name = told.asked.customerId.toLowerCase();
		const other = changing
			.slice(0, index)
			.find(
				({ by, asked, answeredAt = Infinity }) =>
					by !== told.by &&
					by.process === told.by.process &&
					asked.customerId.toLowerCase() === name &&
					answeredAt > told.at,
			);
		if (other) {
			breaches.push({
				law: 'oneTurn',
				what: `${told.by.name} sends ${told.asked.to} while ${other.by.name} has ${other.asked.to} under way`,
			});
		}
	}
	return breaches;
}

/**
 * Whether a penny drop had ended before the next one was sent, and whoever asked for the next one could know of it: an
 * execution that waits for its turn takes over what the one before it has brought.
 */
function wasKnown({ endsAt = Infinity, sent: { by: before } }: Drop, { sent }: Drop): boolean {
	const startedAt = sent.by?.startedAt ?? -Infinity;
	const didOverlap = before !== undefined && (before.endedAt ?? Infinity) > startedAt;
	return endsAt <= sent.at && (!didOverlap || endsAt <= startedAt);
}
