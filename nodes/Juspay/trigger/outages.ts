import { own } from './changes';

/** For each customer that can't be read: in how many polls in a row, and whether that was reported. */
export type Outages = Record<string, { polls: number; reported?: boolean }>;

/**
 * Keeps track of customers that can't be read. A single poll that fails is no news: the next one follows soon. What
 * stays unreadable is reported once, and again only after it was read in between.
 *
 * @param unread - the customers that this poll could not read
 * @param read - the customers that it read; those it didn't get to keep what is known of them
 * @returns what is known from now on, and the customers to report now
 */
export function outagesAfter(
	before: Outages,
	unread: ReadonlySet<string>,
	read: ReadonlySet<string>,
	watched: readonly string[],
): { outages: Outages; due: string[] } {
	const outages = new Map<string, Outages[string]>();
	const due: string[] = [];
	for (const customerId of watched) {
		const known = own(before, customerId);
		if (read.has(customerId)) continue;
		if (!unread.has(customerId)) {
			if (known) outages.set(customerId, known);
			continue;
		}
		const polls = (known?.polls ?? 0) + 1;
		// Where nothing at all can be read, waiting for a second poll would only hide the reason.
		const isDue = !known?.reported && (polls > 1 || read.size === 0);
		if (isDue) due.push(customerId);
		outages.set(customerId, { polls, ...((isDue || known?.reported) && { reported: true }) });
	}
	return { outages: Object.fromEntries(outages), due };
}
