import {
	HTTP_REQUEST,
	HTTP_REQUEST_BATCHED,
	HTTP_REQUEST_PACED,
	JUSPAY,
	JUSPAY_CREATE,
	JUSPAY_EXPRESSIONS,
	type Subject,
} from './subjects';

/** How long the simulator takes for an answer. */
export const LATENCY_MS = 100;

/** Accounts to be made, and who makes them. */
export interface Work {
	id: 'few' | 'create' | 'many' | 'large' | 'rerun' | 'limited';
	accounts: number;
	customers: number;
	/** For a title: what is particular about it. */
	about: string;
	/** Who does it, and how often. */
	entries: Entry[];
	/** How many dependent requests the Juspay node needs for each customer. */
	steps: number;
	/** The simulator answers 429 beyond so many requests in a second. */
	requestsPerSecond?: number;
}

/** One subject in one work. */
export interface Entry {
	subject: Subject;
	runs: number;
	/** It waits most of its time, and so may run while the node that goes item by item does. */
	waits?: boolean;
}

/** The works and how often each is run. */
export interface Plan {
	works: Work[];
	/** Rows for the node that goes item by item, which is run apart; what it takes for more is reckoned from these. */
	itemByItem: { accounts: number; runs: number };
	/** Rows and runs for the node's own cost. */
	ownCost: { accounts: number; customers: number; runs: number };
}

/** The whole bench. */
export const FULL: Plan = plan(1, { node: 5, others: 3, once: 1 });

/** A fifth of the rows, each once: to see whether the bench itself works. */
export const QUICK: Plan = plan(1 / 5, { node: 1, others: 1, once: 1 });

function plan(scale: number, runs: { node: number; others: number; once: number }): Plan {
	const size = (accounts: number, customers: number) => ({
		accounts: accounts * scale,
		customers: customers * scale,
	});
	const node = (subject: Subject) => ({ subject, runs: runs.node });
	const other = (subject: Subject) => ({ subject, runs: runs.others });
	const once = (subject: Subject) => ({ subject, runs: runs.once });
	return {
		works: [
			{
				id: 'few',
				...size(1_000, 100),
				about: 'reuse',
				steps: 2,
				entries: [
					node(JUSPAY),
					other(JUSPAY_EXPRESSIONS),
					other(HTTP_REQUEST),
					other(HTTP_REQUEST_BATCHED),
				],
			},
			{
				id: 'create',
				...size(1_000, 1_000),
				about: 'create',
				steps: 1,
				entries: [node(JUSPAY_CREATE), other(HTTP_REQUEST)],
			},
			{
				id: 'many',
				...size(1_000, 1_000),
				about: 'reuse',
				steps: 2,
				entries: [node(JUSPAY), other(HTTP_REQUEST)],
			},
			{
				id: 'large',
				...size(10_000, 1_000),
				about: 'reuse',
				steps: 2,
				entries: [other(JUSPAY), other(HTTP_REQUEST), other(HTTP_REQUEST_BATCHED)],
			},
			{
				id: 'rerun',
				...size(10_000, 1_000),
				about: 'again, when all exist',
				steps: 1,
				entries: [other(JUSPAY), once(HTTP_REQUEST)],
			},
			{
				id: 'limited',
				...size(400, 200),
				about: 'a server that allows 20 requests a second',
				steps: 2,
				requestsPerSecond: 20,
				entries: [
					{ ...other(JUSPAY), waits: true },
					other(HTTP_REQUEST),
					other(HTTP_REQUEST_BATCHED),
					{ ...other(HTTP_REQUEST_PACED), waits: true },
				],
			},
		],
		itemByItem: { accounts: 1_000 * scale, runs: runs.others },
		ownCost: { ...size(10_000, 20), runs: runs.node },
	};
}

/** A work in words. */
export function titleOf({ accounts, customers, about }: Work): string {
	return `${count(accounts)} accounts of ${count(customers)} customers, ${about}`;
}

/** A number with its thousands apart. */
export function count(number: number): string {
	return Math.round(number).toLocaleString('en-US');
}

/**
 * The least time the network allows: waves of requests, one after the other, each of one latency. Where the server
 * limits the pace, the time that its limit takes.
 *
 * @returns milliseconds
 */
export function limitOf(work: Work, subject: Subject): number {
	const isJuspay = subject.id.startsWith('juspay');
	const chains = isJuspay ? work.customers : work.accounts;
	const steps = isJuspay ? work.steps : 1;
	if (work.requestsPerSecond !== undefined) {
		// The first second's worth goes at once.
		const seconds = (chains * steps) / work.requestsPerSecond - 1;
		return seconds * 1_000 + LATENCY_MS;
	}
	const waves = Math.max(1, Math.ceil(chains / subject.atOnce));
	return waves * steps * LATENCY_MS;
}
