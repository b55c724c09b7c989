import { SUBJECTS, type Subject } from './subjects';

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
const LOOPBACK: Network = { name: 'loopback', serverMs: 100 };

/** TLS from a distance: 20 ms is n8n in the same country, 80 ms in Europe, 150 ms in America. */
function tls(roundTripMs: number): Network {
	return { name: `TLS, ${roundTripMs} ms away`, serverMs: 20, roundTripMs };
}

/** Accounts to be made, and who makes them. */
export interface Work {
	accounts: number;
	customers: number;
	/** For a title: what is particular about it. */
	about: string;
	network: Network;
	/** Who does it, and how often; the first is judged. */
	subjects: Array<[subject: Subject, runs: number]>;
	/** What the Juspay node sends for each customer, and how many of these requests wait for one another. */
	steps: { requests: number; inTurn: number };
	/** The simulator answers 429 beyond so many requests in a second. */
	requestsPerSecond?: number;
	/** All accounts are there before it begins. */
	allExist?: boolean;
	/** HTTP Request's time divided by the node's, at least. */
	timesFaster?: number;
}

/** What the project has set out to reach in every work to which it applies. */
export const WANTED = {
	/** The node's time divided by that of its requests alone, at most. */
	timesAlone: 1.03,
	/** Its time with columns mapped by hand divided by that with columns found by name, at most. */
	timesIfMapped: 1.2,
	/** The most memory of n8n's process, with 100,000 accounts. */
	gigabytes: 1.5,
	/** The most CPU of n8n's process for each account, in milliseconds, where there are hardly any requests. */
	cpuPerAccount: 0.2,
};

const {
	juspay,
	juspayCreate,
	juspayDefineBelow,
	juspayEvaluated,
	juspayFewRequests,
	juspayMapped,
	juspayValidated,
	sameRequests,
	sameCreates,
	itemByItem,
	httpRequest,
	httpRequestBatched,
	httpRequestPaced,
	httpRequestValidated,
} = SUBJECTS;

/** Ten accounts for each customer: one list, then one create. */
const reuse = (accounts: number, network: Network, more: Partial<Work> = {}): Work => ({
	accounts,
	customers: accounts / 10,
	about: 'reuse',
	network,
	steps: { requests: 2, inTurn: 2 },
	subjects: [],
	...more,
});

/** A list, then 50 accounts in a request, one request at a time. */
const ofOneCustomer = (accounts: number, runs: number): Work => {
	const requests = 1 + Math.ceil(accounts / 50);
	const steps = { requests, inTurn: requests };
	return reuse(accounts, LOOPBACK, { customers: 1, steps, subjects: [[juspay, runs]] });
};

const withHttp = (runs = 5): Work['subjects'] => [
	[juspay, 5],
	[sameRequests, 5],
	[httpRequest, runs],
];

/** The parts of the bench, each a section of the page. */
export const PLAN = {
	targets: [
		reuse(1_000, tls(80), { subjects: withHttp(), timesFaster: 5.5 }),
		reuse(1_000, LOOPBACK, {
			subjects: [...withHttp(), [juspayMapped, 5], [itemByItem, 1]],
			timesFaster: 7.5,
		}),
		reuse(1_000, tls(80), {
			customers: 1_000,
			about: 'create',
			steps: { requests: 1, inTurn: 1 },
			subjects: [
				[juspayCreate, 5],
				[sameCreates, 5],
				[httpRequest, 5],
			],
		}),
		reuse(10_000, tls(80), { subjects: withHttp(3), timesFaster: 5.5 }),
		reuse(1_000, tls(80), {
			about: 'created and validated',
			// A list, a create, and ten validations side by side.
			steps: { requests: 12, inTurn: 3 },
			subjects: [
				[juspayValidated, 5],
				[httpRequestValidated, 5],
			],
		}),
	],
	distance: [20, 150].map((roundTripMs) =>
		reuse(1_000, tls(roundTripMs), { subjects: withHttp(3) }),
	),
	more: [
		reuse(1_000, LOOPBACK, {
			about: 'reuse, other ways to read the rows',
			subjects: [
				[juspayDefineBelow, 5],
				[juspayEvaluated, 5],
				[httpRequestBatched, 5],
			],
		}),
		reuse(1_000, LOOPBACK, {
			about: 'again, when all exist',
			allExist: true,
			subjects: [
				[juspay, 5],
				[httpRequest, 3],
			],
		}),
		reuse(400, LOOPBACK, {
			customers: 200,
			about: 'a server that allows 20 requests a second',
			requestsPerSecond: 20,
			subjects: [
				[juspay, 3],
				[httpRequest, 3],
				[httpRequestPaced, 3],
			],
		}),
		reuse(
			10_000,
			{ ...LOOPBACK, serverMs: 0 },
			{
				customers: 20,
				about: "in few requests without latency: the node's own work",
				// 500 accounts in each.
				steps: { requests: 2, inTurn: 2 },
				subjects: [[juspayFewRequests, 5]],
			},
		),
	],
	growth: [
		...[100, 300, 1_000, 3_000, 10_000].map((n) => reuse(n, LOOPBACK, { subjects: [[juspay, 5]] })),
		reuse(30_000, LOOPBACK, { subjects: [[juspay, 3]] }),
		reuse(100_000, LOOPBACK, {
			subjects: [
				[juspay, 3],
				[sameRequests, 3],
			],
		}),
		...[10, 100, 1_000].map((n) => ofOneCustomer(n, 5)),
		ofOneCustomer(10_000, 3),
	],
	profile: [
		reuse(1_000, tls(80), {
			subjects: [
				[juspay, 1],
				[sameRequests, 1],
			],
		}),
	],
} satisfies Record<string, Work[]>;

/** A part of the bench. */
export type Part = keyof typeof PLAN;

/** The names of all parts, in the order of the page. */
export const PARTS = Object.keys(PLAN) as Part[];

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
export function limitOf(work: Work, { perRow, atOnce }: Subject, connections: number): number {
	const chains = perRow === 0 ? work.customers : work.accounts;
	const { requests, inTurn } = perRow === 0 ? work.steps : { requests: perRow, inTurn: perRow };
	const { serverMs, roundTripMs = 0 } = work.network;
	// A connection takes a round trip, and its handshake another.
	const oneRequest = serverMs + roundTripMs * (1 + 2 * connections);
	if (work.requestsPerSecond !== undefined) {
		// The first second's worth goes at once.
		const seconds = (chains * requests) / work.requestsPerSecond - 1;
		return seconds * 1_000 + oneRequest;
	}
	const inChains = inTurn * Math.max(1, Math.ceil(chains / atOnce));
	const inAll = Math.ceil((chains * requests) / atOnce);
	return Math.max(inChains, inAll) * oneRequest;
}
