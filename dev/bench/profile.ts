/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';

/** Who the time of n8n's main thread goes to. */
export const SHARES = [
	'this node',
	"n8n's request function and axios",
	'Node: TLS, sockets and HTTP',
	'Node: streams, events and timers',
	'garbage collection',
	'nothing: it waits',
] as const;

export type Share = (typeof SHARES)[number];

/** Milliseconds for each of them. */
export type Shares = Record<Share, number>;

type Frame = Profiler.ProfileNode;

/** Files of the measured nodes: the Juspay node, and the one that sends its requests alone. */
const MEASURED = /n8n-nodes-juspay\/dist|SameRequests\.node/;

const CONNECTION = /^node:(?:net|https?|tls|_http|_tls|internal\/(?:tls|http|net|stream_base))/;

/**
 * Reads where the time of a measured node went, between its first sample and its last.
 *
 * @param file - a CPU profile as V8 writes it
 */
export async function sharesOf(file: string): Promise<Shares> {
	const profile = JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile;
	const { nodes, samples = [], timeDeltas = [] } = profile;
	const frames = new Map(nodes.map((frame) => [frame.id, frame]));
	const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((it) => [it, id])));
	const stackOf = (id: number | undefined): Frame[] => {
		const frame = id === undefined ? undefined : frames.get(id);
		return frame ? [frame, ...stackOf(parents.get(frame.id))] : [];
	};
	const shareOf = new Map(nodes.map(({ id }) => [id, shareOfStack(stackOf(id))]));
	const isMeasured = (id: number) => shareOf.get(id) === 'this node';

	const shares = Object.fromEntries(SHARES.map((share) => [share, 0])) as Shares;
	const own = samples.flatMap((id, index) => (isMeasured(id) ? [index] : []));
	const [first = 0] = own;
	for (const [index, id] of samples.slice(0, (own.at(-1) ?? -1) + 1).entries()) {
		const share = shareOf.get(id);
		if (share && index >= first) shares[share] += (timeDeltas[index] ?? 0) / 1_000;
	}
	return shares;
}

/** What runs is its innermost frame; a function of Node or V8 that has no file counts to who called it. */
function shareOfStack(stack: Frame[]): Share {
	const [innermost] = stack;
	const name = innermost?.callFrame.functionName;
	if (name === '(garbage collector)') return 'garbage collection';
	if (name === '(idle)') return 'nothing: it waits';
	const url = stack.find(({ callFrame }) => callFrame.url !== '')?.callFrame.url ?? '';
	if (MEASURED.test(url)) return 'this node';
	if (CONNECTION.test(url)) return 'Node: TLS, sockets and HTTP';
	if (url.startsWith('node:') || url === '') return 'Node: streams, events and timers';
	return "n8n's request function and axios";
}
