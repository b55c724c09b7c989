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
export function tls(roundTripMs: number): Network {
	return { name: `TLS, ${roundTripMs} ms away`, serverMs: 20, roundTripMs };
}

/**
 * How long a request takes at least.
 *
 * @param connections - how many connections are opened for it: each takes a round trip, and its handshake another
 */
export function requestMs({ serverMs, roundTripMs = 0 }: Network, connections: number): number {
	return serverMs + roundTripMs * (1 + 2 * connections);
}
