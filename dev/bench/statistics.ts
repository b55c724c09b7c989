/** The middle one of some numbers; of an even count, the mean of the middle two. */
export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? NaN;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Least and most of some numbers. */
export function range(numbers: readonly number[]): [number, number] {
	return [Math.min(...numbers), Math.max(...numbers)];
}
