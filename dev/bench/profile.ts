/* eslint-disable @n8n/community-nodes/no-restricted-imports -- this runs on a developer's machine, never inside n8n */
import { readFile } from 'node:fs/promises';
import type { Profiler } from 'node:inspector';

/** Who the time of n8n's main thread goes to, in milliseconds. */
export type Shares = Record<string, number>;

const OURS = 'this node';

/** Who a frame belongs to, by its file. */
const OWNERS: Array<[file: RegExp, owner: string]> = [
	[/n8n-nodes-juspay\/dist|PlainRequests\.node/, OURS],
	[
		/^node:(?:net|https?|tls|_http|_tls|internal\/(?:tls|http|net|stream_base))/,
		'Node: TLS, sockets and HTTP',
	],
	[/^(?:node:|$)/, 'Node: streams, events and timers'],
	[/./, "n8n's request function and axios"],
];

const SPECIAL: Record<string, string> = {
	'(garbage collector)': 'garbage collection',
	'(idle)': 'nothing: it waits',
};

/**
 * Reads where the time of a measured node went, between its first sample and its last.
 *
 * @param file - a CPU profile as V8 writes it
 */
export async function sharesOf(file: string): Promise<Shares> {
	const profile = JSON.parse(await readFile(file, 'utf8')) as Profiler.Profile;
	const { nodes, samples = [], timeDeltas = [] } = profile;
	const parents = new Map(
		nodes.flatMap((parent) => (parent.children ?? []).map((child) => [child, parent])),
	);
	const frames = new Map(nodes.map((frame) => [frame.id, frame]));
	const owners = samples.map((id) => ownerOf(frames.get(id), parents));
	const [first, last] = [owners.indexOf(OURS), owners.lastIndexOf(OURS)];
	const shares: Shares = {};
	for (const [index, owner] of owners.entries()) {
		if (index < first || index > last) continue;
		shares[owner] = (shares[owner] ?? 0) + (timeDeltas[index] ?? 0) / 1_000;
	}
	return shares;
}

/** What runs is its innermost frame; a function of Node or V8 that has no file counts to who called it. */
function ownerOf(
	innermost: Profiler.ProfileNode | undefined,
	parents: ReadonlyMap<number, Profiler.ProfileNode>,
): string {
	const special = SPECIAL[innermost?.callFrame.functionName ?? ''];
	if (special) return special;
	let frame = innermost;
	while (frame?.callFrame.url === '') frame = parents.get(frame.id);
	const url = frame?.callFrame.url ?? '';
	return OWNERS.find(([pattern]) => pattern.test(url))?.[1] ?? '';
}
