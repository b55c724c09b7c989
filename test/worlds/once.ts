import { identity, nearIdentity } from './accounts';
import { isShownInFull } from './dialect';
import type { Breach } from './law';
import type { Played } from './play';
import type { Drop, Kept, Sent } from './truth';

/**
 * Of two copies the one that was asked for later is one too many, unless it was asked for with Create Another.
 *
 * Three exceptions:
 * - An account whose validation has failed never blocks a create, so that a corrected row goes through. Where List
 *   doesn't show it in full, the same account and a corrected one look alike.
 * - Where List never shows anything, a process learns it from its first create, and can't before.
 * - A request with several accounts that is refused, and makes some of them all the same, is followed by one look. Where
 *   that look is stale or shows nothing, its parts are sent: a second look would cost each bad row two seconds.
 */
export function madeOnce(played: Played): Breach[] {
	const { juspay, executions } = played;
	const { truth } = juspay;
	const { dialect } = played.world;
	const breaches: Breach[] = [];
	const trials = new Set<number>();
	for (const kept of truth.kept) {
		const { by, order } = kept.sent;
		if (by?.work.onExisting !== 'reuse') continue;
		const earlier = sameAs(kept, truth.kept).filter(
			(other) =>
				other.sent.order < order ||
				(other.sent.order === order && truth.kept.indexOf(other) < truth.kept.indexOf(kept)),
		);
		if (earlier.length === 0) continue;
		const hasFailed = ({ states }: Kept) =>
			states.some(({ status, from }) => status === 'FAILURE' && from <= kept.sent.at);
		if (!isShownInFull(dialect, kept.account) && earlier.every(hasFailed)) continue;
		if (!dialect.blind && earlier.every(({ sent }) => isBeyondLooks(played, sent))) continue;
		if (dialect.blind && kept.sent.refused) continue;
		if (dialect.blind && isTrial(kept, earlier, trials)) continue;
		const ids = earlier.map(({ id, sent }) => `${id} by ${sent.by?.name ?? 'nobody'}`).join(', ');
		breaches.push({
			law: 'madeOnce',
			what: `${identity(kept.account)}: ${kept.id} by ${by.name}, though there is ${ids}`,
		});
	}
	for (const execution of executions) {
		if (execution.work.onExisting === 'reuse') continue;
		// Accounts that differ in leading zeros alone can't be told apart where a list leaves zeros out.
		const alike = new Set(execution.wanted.map(({ account }) => nearIdentity(account)));
		for (const which of alike) {
			const isIt = ({ account }: Pick<Kept, 'account'>) => nearIdentity(account) === which;
			const asked = execution.wanted.filter(isIt).length;
			const made = truth.kept.filter(
				(kept) => kept.sent.by === execution && isIt(kept) && !isBeyondLooks(played, kept.sent),
			).length;
			if (made > asked) {
				const what = `${which}: made ${made} times by ${execution.name}, which asked for ${asked}`;
				breaches.push({ law: 'madeOnce', what });
			}
		}
	}
	return breaches;
}

/**
 * Whether no look shows what a request has made: a stale one shows nothing of a request that was refused all the same,
 * and a list that never shows anything shows nothing of one whose answer was lost.
 */
export function isBeyondLooks(
	{ world: { dialect, fates } }: Played,
	{ refused = false, vague = false }: Sent,
): boolean {
	const isStale = fates.some(({ kind }) => kind === 'stale');
	return dialect.blind ? refused || vague : refused && isStale;
}

/**
 * Whether this was made by the one request that shows a process what an empty list is worth, and doubles nothing that
 * a reuse is known to have made. A request that was refused teaches nothing of lists, and whoever was cancelled did not come to look.
 *
 * @param trials - which requests of this world were such a trial: one at most, and another where its look failed
 */
function isTrial(
	{ sent: { order, by, vague } }: Kept,
	earlier: Kept[],
	trials: Set<number>,
): boolean {
	const isUnknown = ({ sent: { refused, vague, by: maker } }: Kept) =>
		refused || vague || maker?.cancelledAt !== undefined || maker?.work.onExisting !== 'reuse';
	if (!earlier.every(isUnknown)) return false;
	// Whose answer was lost, or nobody waited for, did not come to look.
	if (vague || by?.cancelledAt !== undefined) return true;
	return trials.add(order).size <= 2;
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
 * A penny drop after another one is right only where that one had failed, and Validate was asked for again on purpose.
 */
export function paidOnce({ juspay: { truth } }: Played): Breach[] {
	const breaches: Breach[] = [];
	for (const { id, drops } of truth.kept) {
		for (const [index, drop] of drops.entries()) {
			const { by } = drop.sent;
			if (!by) continue;
			const isEarlier = (other: Drop, at: number) =>
				other.sent.order < drop.sent.order || (other.sent.order === drop.sent.order && at < index);
			const mayPay = (other: Drop) =>
				by.work.operation === 'validate' && other.ends === 'FAILURE' && wasKnown(other, drop);
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
