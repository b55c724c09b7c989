import type { Checked } from './check';

/** The values of several checks, by name. */
type Values<T> = { [K in keyof T]: T[K] extends Checked<infer V> ? V : never };

/** The values of several checks, or the first problem among them. */
export function checkAll<T extends Record<string, Checked<unknown>>>(
	checks: T,
): Checked<Values<T>> {
	const values: Record<string, unknown> = {};
	for (const [name, checked] of Object.entries(checks)) {
		if ('problem' in checked) return checked;
		values[name] = checked.value;
	}
	return { value: values as Values<T> };
}
