/**
 * Something that the person at the keyboard can put right (no network, no disk, a busy port).
 * Whoever shows it shows its sentence alone: a stack trace would only hide it.
 */
export class Problem extends Error {
	override readonly name = 'Problem';
}
