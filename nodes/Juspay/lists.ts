/** Groups entries by key, in order of first appearance; within a group they keep their order. */
export function groupBy<T>(entries: Iterable<T>, keyOf: (entry: T) => string): T[][] {
	return [...groupsBy(entries, keyOf).values()];
}

/** The groups of {@link groupBy}, each under its key. */
export function groupsBy<T>(entries: Iterable<T>, keyOf: (entry: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const entry of entries) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return groups;
}

/** Cuts a list into pieces of at most `size`. */
export function chunk<T>(list: readonly T[], size: number): T[][] {
	const pieces: T[][] = [];
	for (let start = 0; start < list.length; start += size)
		pieces.push(list.slice(start, start + size));
	return pieces;
}

/** Cuts a list in half; of an odd one, the first half is longer. */
export function halves<T>(list: readonly T[]): [T[], T[]] {
	const middle = Math.ceil(list.length / 2);
	return [list.slice(0, middle), list.slice(middle)];
}

/**
 * Works through a list in its order.
 *
 * @param concurrency - maximum number of entries worked on at the same time
 * @param work - handles one entry; after a `stop` no further entries are started, those under way are finished
 */
export async function forEachConcurrently<T>(
	list: readonly T[],
	concurrency: number,
	work: (entry: T) => Promise<'continue' | 'stop'>,
): Promise<void> {
	const entries = list.values();
	let isStopped = false;
	const worker = async () => {
		while (!isStopped) {
			const { done, value } = entries.next();
			if (done) return;
			if ((await work(value)) === 'stop') isStopped = true;
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, list.length) }, worker));
}

/** Where the oldest entry of a map is: to look for it from the start takes long where many before it were deleted. */
const oldest = new WeakMap<object, Iterator<unknown>>();

/** Forgets the oldest entries of a map beyond `most`: a Map keeps its order. */
export function forgetOldest<K>(
	map: Map<K, unknown>,
	most: number,
	forget: (key: K) => unknown = (key) => map.delete(key),
): void {
	// What it keeps of a map that isn't full would grow.
	if (map.size < most) oldest.delete(map);
	while (map.size > most) {
		const keys = (oldest.get(map) as Iterator<K> | undefined) ?? map.keys();
		oldest.set(map, keys);
		const { done, value } = keys.next();
		if (done) oldest.delete(map);
		else forget(value);
	}
}

/** Sets an entry as the newest of a map, and forgets its oldest ones beyond `most`. */
export function setNewest<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
	map.delete(key);
	map.set(key, value);
	forgetOldest(map, most);
}
