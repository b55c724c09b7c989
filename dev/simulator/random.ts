/** Numbers in [0, 1) that come out the same for the same seed (mulberry32). */
export type Dice = () => number;

/** @param seed any integer */
export function seededDice(seed: number): Dice {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
	};
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Sixteen letters and digits, the length of Juspay's own. */
export function randomId(prefix: 'banh_' | 'cst_', dice: Dice): string {
	// Juspay's customer IDs are lower case throughout, its account IDs are not.
	const range = prefix === 'cst_' ? 36 : 62;
	let id: string = prefix;
	for (let length = 0; length < 16; length++) id += LETTERS[Math.floor(dice() * range)];
	return id;
}

/** The same items in another order; as long as there are two or more, never in the order given. */
export function shuffled<T>(items: readonly T[], dice: Dice): T[] {
	const left = [...items];
	const result: T[] = [];
	while (left.length > 0) result.push(...left.splice(Math.floor(dice() * left.length), 1));
	const unchanged = result.every((item, position) => item === items[position]);
	return unchanged ? [...result.slice(1), ...result.slice(0, 1)] : result;
}
