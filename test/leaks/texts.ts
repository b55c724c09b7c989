/**
 * Every text in a value, wherever it stands: in errors, in properties that can't be enumerated, in keys.
 *
 * @param skip - properties not to look into, by name and the object that has them
 */
export function textsIn(
	value: unknown,
	skip: (name: string, owner: object) => boolean = () => false,
	seen = new Set<unknown>(),
): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	const inside: unknown[] =
		value instanceof Map ? [...value.entries()] : value instanceof Set ? [...value] : [];
	for (const name of Reflect.ownKeys(value)) {
		if (typeof name === 'string') {
			if (skip(name, value)) continue;
			if (!/^\d+$/.test(name)) inside.push(name);
		}
		inside.push((value as Record<string | symbol, unknown>)[name]);
	}
	return inside.flatMap((entry) => textsIn(entry, skip, seen));
}
