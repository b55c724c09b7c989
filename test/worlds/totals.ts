import type { Played } from './play';
import { isAcceptance } from './faults';
import { DOUBTS, REMEMBERED_MS } from './scenario';
import { isDeleted } from './truth';

/** What happened in all worlds together: shows that they are not empty. */
export class Totals {
	worlds = 0;
	executions = 0;
	calls = 0;
	/** Calls to which something happened. */
	faults = 0;
	/** Effects that came after the answer, or after the request was lost. */
	lateEffects = 0;
	made = 0;
	paid = 0;
	items = 0;
	/** Messages by which nothing happened. */
	refusals = 0;
	/** Messages that leave open whether it happened. */
	openMessages = 0;
	/** Creates of which nobody knew, and whose account came out as an item. */
	doubtsSettled = 0;
	/** Creates of which nobody knew, that had no effect, and were made by the same execution after that. */
	madeAfterDoubt = 0;
	cancelled = 0;
	/** Worlds in which two executions were under way at the same time for the same customer. */
	overlaps = 0;
	again = 0;
	/** Worlds whose lists lack new accounts for a while, or some for good. */
	lateLists = 0;
	hiddenAccounts = 0;
	/** Lists that lacked an account which was there. */
	lackingLists = 0;
	/** Creates that were accepted and not answered with what they made, and those of them that were done later. */
	accepted = 0;
	acceptedDone = 0;
	/** Accounts that went back to CREATED. */
	wentBack = 0;
	/** Worlds in which a customer was called by two names. */
	twoNames = 0;
	/** Requests that came too soon for one a second. */
	tooSoon = 0;
	/** Accounts that were deleted. */
	deleted = 0;
	/** Changing requests that were under way when their execution was stopped. */
	settledBehind = 0;
	/** Worlds in which n8n was restarted. */
	restarts = 0;
	/** Executions that began more than a day after the one before. */
	dayLater = 0;
	/** Runs with a Juspay that is well again. */
	finally = 0;
	/** The longest execution, in seconds of its own time, and the most requests of one. */
	longest = 0;
	mostRequests = 0;

	add(played: Played): void {
		const { juspay, executions } = played;
		this.addClimate(played);
		this.worlds++;
		this.executions += executions.length;
		this.calls += juspay.story.length;
		for (const { by, asked, fate, answeredAt = Infinity, effects } of juspay.story) {
			if (fate.kind !== 'well') this.faults++;
			this.lateEffects += effects.filter(({ at }) => at > answeredAt).length;
			if (asked.to !== 'create' || !DOUBTS.has(fate.kind)) continue;
			if (by.rows?.some(({ id }) => effects.some((effect) => effect.id === id)))
				this.doubtsSettled++;
			if (effects.length === 0 && by.rows?.some(({ outcome }) => outcome === 'created')) {
				this.madeAfterDoubt++;
			}
		}
		for (const { sent, drops } of juspay.truth.kept) {
			if (sent.by) this.made++;
			this.paid += drops.filter((drop) => drop.sent.by !== undefined).length;
		}
		const [first, second] = executions;
		if (first && second?.name === 'second' && first.work.customer === second.work.customer) {
			const { startedAt: one, endedAt: oneEnd = Infinity } = first;
			const { startedAt: other, endedAt: otherEnd = Infinity } = second;
			if (one < otherEnd && other < oneEnd) this.overlaps++;
		}
		for (const { name, rows = [], cancelledAt, startedAt, endedAt, requests } of executions) {
			if (name === 'third' || name === 'fourth') this.again++;
			if (name === 'finally' || name === 'at last') this.finally++;
			if (cancelledAt !== undefined) this.cancelled++;
			this.mostRequests = Math.max(this.mostRequests, requests);
			this.longest = Math.max(this.longest, ((endedAt ?? startedAt) - startedAt) / 1000);
			for (const { failure } of rows) {
				if (!failure) this.items++;
				else if (failure.effect === 'none') this.refusals++;
				else this.openMessages++;
			}
		}
	}

	private addClimate({ world, juspay, executions }: Played): void {
		const { listLag, otherReplica, cachedFor, shows } = world.climate;
		if (listLag > 0 || otherReplica !== undefined || cachedFor > 0) this.lateLists++;
		if (shows !== 'all' || world.dialect.blind) this.hiddenAccounts++;
		if (new Set(executions.map(({ customerId }) => customerId)).size > 1) this.twoNames++;
		if (executions.some(({ process }) => process > 0)) this.restarts++;
		for (const {
			at,
			by,
			asked,
			fate,
			answeredAt = Infinity,
			effects,
			isTooSoon,
			listed,
		} of juspay.story) {
			if (isTooSoon) this.tooSoon++;
			this.deleted += effects.filter(({ what }) => what === 'deleted').length;
			const customer = juspay.customerOf(asked.customerId);
			if (
				listed &&
				juspay.truth.of(customer, at).some((kept) => !isDeleted(kept, at) && !listed.has(kept.id))
			) {
				this.lackingLists++;
			}
			const isChange = asked.to !== 'list' && asked.to !== 'get';
			const { cancelledAt = Infinity } = by;
			if (isChange && at <= cancelledAt && answeredAt > cancelledAt) this.settledBehind++;
			if (asked.to !== 'create' || !isAcceptance(fate)) continue;
			this.accepted++;
			if (effects.length > 0) this.acceptedDone++;
		}
		this.wentBack += juspay.truth.kept.filter(({ states }) =>
			states.some(({ status }, index) => status === 'CREATED' && index > 0),
		).length;
		this.dayLater += executions.filter(
			({ startedAt }, index) =>
				startedAt - (executions[index - 1]?.endedAt ?? startedAt) >= REMEMBERED_MS,
		).length;
	}
}
