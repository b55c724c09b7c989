import type { Played } from './play';
import { DOUBTS } from './scenario';

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
	/** Runs with a Juspay that is well again. */
	finally = 0;
	/** The longest execution, in seconds of its own time, and the most requests of one. */
	longest = 0;
	mostRequests = 0;

	add({ juspay, executions }: Played): void {
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
}
