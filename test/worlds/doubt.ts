import type { Execution, Played } from './play';
import { LATEST_LIST_MS, PATIENCE_MS, RECORDED_MS, REMEMBERED_MS } from './scenario';
import { isDeleted, stateAt } from './truth';
import type { Kept } from './truth';
import type { Told } from './world';

/** How long before a create the look may lie that it rests on, in milliseconds. */
const LATEST_LOOK_MS = 60_000;

/** The lists that executions of a process got whole by a time, in the order in which they were asked for. */
function listsBy({ juspay: { story } }: Played, time: number, process: number): Told[] {
	return story.filter(
		({ listed, by, answer, answeredAt = Infinity, listedAt = answeredAt }) =>
			listed && by.process === process && answer?.kind === 'answered' && listedAt <= time,
	);
}

/** The pages of lists that executions of a process got by a time, also of lists that were not read to their end. */
function pagesBy({ juspay: { story } }: Played, time: number, process: number): Told[] {
	return story.filter(
		({ shown, by, answer, answeredAt = Infinity }) =>
			shown && by.process === process && answer?.kind === 'answered' && answeredAt <= time,
	);
}

/** Whether two lists are of one customer, however it is called. */
function isOf({ juspay }: Played, { asked }: Told, customer: number): boolean {
	return juspay.customerOf(asked.customerId) === customer;
}

/**
 * How long after it was sent a create in doubt must not be sent again, by what lists had shown to its process by a time.
 * Where the code under test could count in two ways, the shorter one.
 */
function doubtLasts(played: Played, time: number, process: number): number {
	const lists = listsBy(played, time, process);
	const pages = pagesBy(played, time, process);
	let lag = 0;
	/** The youngest age of which lists are known to show what is new. */
	let youngest = Infinity;
	for (const { id, sent, customer, madeAt } of played.juspay.truth.kept) {
		if (sent.by?.process !== process) continue;
		const its = lists.filter((told) => isOf(played, told, customer));
		for (const page of pages) {
			if (page.shown?.has(id)) youngest = Math.min(youngest, page.at - madeAt);
		}
		if (!its.some(({ listed }) => listed?.has(id))) continue;
		const first = its.find(({ listed, at }) => listed?.has(id) || (listed && at > madeAt));
		youngest = Math.min(youngest, (first?.at ?? Infinity) - madeAt);
		// Of what a request has made that was refused, or whose answer was lost, nobody knows when.
		if (sent.refused || sent.vague || sent.accepted) continue;
		const { customerId, work } = sent.by;
		// What a list under another routing ID shows says nothing of how late those under its own are.
		const last = its
			.map(({ listed, by }) => listed?.has(id) && by.work.routingId === work.routingId)
			.lastIndexOf(true);
		const knownAt = knownFrom(played, sent.order, madeAt);
		for (const { at, listed, asked, fate, by } of its.slice(0, Math.max(0, last))) {
			// A list with an entry that nobody can read lacks nothing for certain.
			if (fate.kind === 'errorEntry') continue;
			// Nobody can know that a list under another name, or another routing ID, should have shown it.
			const isItsList =
				asked.customerId === customerId &&
				by.work.routingId === work.routingId &&
				'offset' in asked &&
				asked.offset === 0;
			if (isItsList && !listed?.has(id) && at > knownAt) lag = Math.max(lag, at - knownAt);
		}
	}
	const lasts = 2 * Math.min(lag, LATEST_LIST_MS) + PATIENCE_MS;
	if (youngest <= PATIENCE_MS) return lasts;
	return Math.max(lasts, Math.min(LATEST_LIST_MS, youngest + PATIENCE_MS));
}

/** When a process could know of an account that a request made. */
function knownFrom({ juspay: { story } }: Played, order: number, madeAt: number): number {
	return Math.max(madeAt, story[order]?.answeredAt ?? madeAt);
}

/**
 * Whether a process may take a create in doubt for one without effect: it is older than its doubt lasts, and the last two
 * lists that were taken later lack what it made.
 *
 * @param made - what it made; undefined: nothing
 */
export function wasRuledOut(
	played: Played,
	sentAt: number,
	made: Kept | undefined,
	customer: number,
	time: number,
	process: number,
): boolean {
	const lasts = doubtLasts(played, time, process);
	const later = listsBy(played, time, process).filter(
		(told) => told.at - sentAt > lasts && isOf(played, told, customer),
	);
	const lastTwo = later.slice(-2);
	return lastTwo.length === 2 && lastTwo.every(({ listed }) => !made || !listed?.has(made.id));
}

/** Whether lists of this world don't show an account as it stands at a time, or stood a moment ago. */
export function isHidden({ world }: Played, kept: Kept, time: number): boolean {
	const { dialect, climate } = world;
	if (dialect.blind) return true;
	if (climate.shows === 'all') return false;
	const from = time - climate.statusLag - climate.cachedFor - LATEST_LOOK_MS;
	const shown = kept.states.filter((state) => state.from > from && state.from <= time);
	const before = stateAt(kept, from);
	const statuses = [...(before ? [before] : []), ...shown].map(({ status }) => status);
	return statuses.some((status) =>
		climate.shows === 'active' ? status !== 'ACTIVE' : status === 'FAILURE',
	);
}

/** Whether lists of this world may lack what is there, for a while or for ever. */
export function isLate({ world: { climate, fates } }: Played): boolean {
	const { listLag, otherReplica = 0, cachedFor } = climate;
	return listLag + otherReplica + cachedFor > 0 || fates.some(({ kind }) => kind === 'stale');
}

/**
 * Whether an execution can't know, when it sends a create, that an account is there: nobody told its process, and no list
 * shows it.
 */
export function isUnknowable(played: Played, kept: Kept, at: number, who: Execution): boolean {
	const { sent, customer } = kept;
	const { by, vague = false, accepted = false, refused = false } = sent;
	if (isDeleted(kept, at)) return true;
	if (!by) return isHidden(played, kept, at);
	const isOpen = isLate(played) || isHidden(played, kept, at) || vague || accepted || refused;
	// What a process knows of its creates it knows by the customer's name.
	if (by.customerId !== who.customerId) return isOpen;
	// Another process knows for a while that it was sent.
	if (by.process !== who.process && at - sent.at >= RECORDED_MS) return isOpen;
	if (at - sent.at >= REMEMBERED_MS && (isHidden(played, kept, at) || isLate(played))) return true;
	if (refused) return isLate(played) || isHidden(played, kept, at);
	if (accepted || !vague) return false;
	return wasRuledOut(played, sent.at, kept, customer, at, by.process) || isHidden(played, kept, at);
}
