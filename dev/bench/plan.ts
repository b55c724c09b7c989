import {
	HTTP_REQUEST,
	HTTP_REQUEST_BATCHED,
	HTTP_REQUEST_PACED,
	HTTP_REQUEST_VALIDATED,
	JUSPAY,
	JUSPAY_CREATE,
	JUSPAY_EVALUATED,
	JUSPAY_EXPRESSIONS,
	JUSPAY_MAPPED,
	JUSPAY_VALIDATED,
	SAME_CREATES,
	SAME_REQUESTS,
	type Subject,
} from './subjects';

/** How far Juspay is from n8n. */
export interface Network {
	/** For titles. */
	name: string;
	/** How long the server takes for an answer, in milliseconds. */
	serverMs: number;
	/** Over TLS, with round trips of so many milliseconds; undefined: plain HTTP on loopback. */
	roundTripMs?: number;
}

/** Plain HTTP on one machine: nobody's network, but the least that comes between a node and its figures. */
export const LOOPBACK: Network = { name: 'loopback', serverMs: 100 };

/** TLS from a distance: 20 ms is n8n in the same country, 80 ms in Europe, 150 ms in America. */
function tls(roundTripMs: number): Network {
	return { name: `TLS, ${roundTripMs} ms away`, serverMs: 20, roundTripMs };
}

/** The parts of the bench, each with results of its own. */
export const PARTS = ['targets', 'distance', 'more', 'growth'] as const;

export type Part = (typeof PARTS)[number];

/** Accounts to be made, and who makes them. */
export interface Work {
	id: string;
	accounts: number;
	customers: number;
	/** For a title: what is particular about it. */
	about: string;
	network: Network;
	/** Who does it, and how often; the first is judged. */
	entries: Entry[];
	/** What the Juspay node needs for each customer: requests, and how many of them wait for one another. */
	steps: { requests: number; inTurn: number };
	/** The simulator answers 429 beyond so many requests in a second. */
	requestsPerSecond?: number;
	/** Also say where the time of the Juspay node goes. */
	profile?: boolean;
	/** All accounts are there before it begins. */
	allExist?: boolean;
	wanted?: Wanted;
}

/** What the project has set out to reach with a work. */
export interface Wanted {
	/** HTTP Request's time divided by the node's, at least; 0: only to be told. */
	timesFaster?: number;
	/** The node's time divided by what the network allows, at most. */
	timesLimit?: number;
	/** The most memory of n8n's process, in bytes. */
	memory?: number;
	/** The time of another subject divided by that of the first, at most. */
	timesFirst?: { subject: Subject; most: number };
}

/** One subject in one work. */
export interface Entry {
	subject: Subject;
	runs: number;
	/** It waits most of its time, and so may run while the node that goes item by item does. */
	waits?: boolean;
}

/** The works of a part and how often each is run. */
export interface Plan {
	works: Work[];
	/** Rows for the node that goes item by item, which is run apart; what it takes for more is extrapolated. */
	itemByItem?: { accounts: number; runs: number };
	/** Rows and runs for the node's own cost. */
	ownCost?: { accounts: number; customers: number; runs: number };
}

/** Reuse: one list for each customer, then one create. */
const REUSE = { requests: 2, inTurn: 2 };

/** What the node sends for one customer by default: a list, then 50 accounts in a request, one request at a time. */
function ofOneCustomer(accounts: number): Work['steps'] {
	const requests = 1 + Math.ceil(accounts / 50);
	return { requests, inTurn: requests };
}

const GB = 1_000_000_000;

/**
 * The plan of a part.
 *
 * @param quick - a fifth of the rows, each once: to see whether the bench itself works
 */
export function planOf(part: Part, quick: boolean): Plan {
	const scale = quick ? 1 / 5 : 1;
	const runs = (count: number) => (quick ? 1 : count);
	const size = (accounts: number, customers: number) => ({
		accounts: Math.max(1, accounts * scale),
		customers: Math.max(1, customers * scale),
	});
	const of = (subject: Subject, count = 5) => ({ subject, runs: runs(count) });

	const targets: Plan = {
		works: [
			{
				id: 'few-tls-80',
				...size(1_000, 100),
				about: 'reuse',
				network: tls(80),
				steps: REUSE,
				entries: [of(JUSPAY), of(SAME_REQUESTS), of(HTTP_REQUEST)],
				profile: true,
				wanted: { timesFaster: 5.5, timesLimit: 1.08 },
			},
			{
				id: 'few',
				...size(1_000, 100),
				about: 'reuse',
				network: LOOPBACK,
				steps: REUSE,
				entries: [of(JUSPAY), of(JUSPAY_MAPPED), of(SAME_REQUESTS), of(HTTP_REQUEST)],
				wanted: {
					timesFaster: 7.5,
					timesLimit: 1.15,
					timesFirst: { subject: JUSPAY_MAPPED, most: 1.2 },
				},
			},
			{
				id: 'create-tls-80',
				...size(1_000, 1_000),
				about: 'create',
				network: tls(80),
				steps: { requests: 1, inTurn: 1 },
				entries: [of(JUSPAY_CREATE), of(SAME_CREATES), of(HTTP_REQUEST)],
				wanted: { timesFaster: 1, timesLimit: 1.06 },
			},
			{
				id: 'large-tls-80',
				...size(10_000, 1_000),
				about: 'reuse',
				network: tls(80),
				steps: REUSE,
				entries: [of(JUSPAY), of(SAME_REQUESTS, 3), of(HTTP_REQUEST)],
				wanted: { timesFaster: 5.5, timesLimit: 1.06 },
			},
			{
				id: 'validated-tls-80',
				...size(1_000, 100),
				about: 'created and validated',
				network: tls(80),
				// A list, a create, and ten validations side by side.
				steps: { requests: 12, inTurn: 3 },
				entries: [of(JUSPAY_VALIDATED), of(HTTP_REQUEST_VALIDATED)],
				wanted: { timesFaster: 0, timesLimit: 1.15 },
			},
			{
				id: 'hundred-thousand',
				...size(100_000, 10_000),
				about: 'reuse',
				network: LOOPBACK,
				steps: REUSE,
				entries: [of(JUSPAY)],
				wanted: { timesLimit: 1.12, memory: 3 * GB },
			},
		],
	};

	const distance: Plan = {
		works: [20, 150].map(
			(roundTripMs): Work => ({
				id: `few-tls-${roundTripMs}`,
				...size(1_000, 100),
				about: 'reuse',
				network: tls(roundTripMs),
				steps: REUSE,
				entries: [of(JUSPAY), of(HTTP_REQUEST, 3)],
			}),
		),
	};

	const more: Plan = {
		works: [
			{
				id: 'ways',
				...size(1_000, 100),
				about: 'reuse, other ways to read the rows',
				network: LOOPBACK,
				steps: REUSE,
				entries: [of(JUSPAY_EXPRESSIONS), of(JUSPAY_EVALUATED), of(HTTP_REQUEST_BATCHED)],
			},
			{
				id: 'rerun',
				...size(1_000, 100),
				about: 'again, when all exist',
				network: LOOPBACK,
				// A list of ten accounts looks full, so that the node asks for more.
				steps: { requests: 2, inTurn: 2 },
				entries: [of(JUSPAY), of(HTTP_REQUEST, 3)],
				allExist: true,
			},
			{
				id: 'limited',
				...size(400, 200),
				about: 'a server that allows 20 requests a second',
				network: LOOPBACK,
				steps: REUSE,
				requestsPerSecond: 20,
				entries: [
					{ ...of(JUSPAY, 3), waits: true },
					of(HTTP_REQUEST, 3),
					{ ...of(HTTP_REQUEST_PACED, 3), waits: true },
				],
			},
		],
		itemByItem: { accounts: 1_000 * scale, runs: runs(3) },
		ownCost: { ...size(10_000, 20), runs: runs(5) },
	};

	const growing = (id: string, accounts: number, customers: number, count: number): Work => ({
		id: `${id}-${accounts}`,
		...size(accounts, customers),
		about: 'reuse',
		network: LOOPBACK,
		steps: id === 'one-customer' ? ofOneCustomer(accounts * scale) : REUSE,
		entries: [of(JUSPAY, count)],
	});
	const growth: Plan = {
		works: [
			...[100, 300, 1_000, 3_000, 10_000].map((n) => growing('grow', n, n / 10, 5)),
			growing('grow', 30_000, 3_000, 3),
			...[10, 100, 1_000].map((n) => growing('one-customer', n, 1, 5)),
			growing('one-customer', 10_000, 1, 3),
		],
	};
	return { targets, distance, more, growth }[part];
}

/** A work in words. */
export function titleOf({ accounts, customers, about, network }: Work): string {
	const ofCustomers = customers === 1 ? 'one customer' : `${count(customers)} customers`;
	return `${count(accounts)} accounts of ${ofCustomers}, ${about} (${network.name})`;
}

/** A number with its thousands apart. */
export function count(number: number): string {
	return Math.round(number).toLocaleString('en-US');
}

/**
 * The least time the network allows: waves of requests, one after the other. Where the server limits the pace, the time
 * that its limit takes.
 *
 * @param connections - how many connections the subject opens for each request
 * @returns milliseconds
 */
export function limitOf(work: Work, subject: Subject, connections: number): number {
	const isJuspay = subject.id.startsWith('juspay');
	const chains = isJuspay ? work.customers : work.accounts;
	const { requests, inTurn } = isJuspay
		? work.steps
		: { requests: subject.perRow, inTurn: subject.perRow };
	const { serverMs, roundTripMs = 0 } = work.network;
	// A connection takes a round trip, and its handshake another.
	const oneRequest = serverMs + roundTripMs * (1 + 2 * connections);
	if (work.requestsPerSecond !== undefined) {
		// The first second's worth goes at once.
		const seconds = (chains * requests) / work.requestsPerSecond - 1;
		return seconds * 1_000 + oneRequest;
	}
	const inChains = inTurn * Math.max(1, Math.ceil(chains / subject.atOnce));
	const inAll = Math.ceil((chains * requests) / subject.atOnce);
	return Math.max(inChains, inAll) * oneRequest;
}
