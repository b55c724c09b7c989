import { encodeText } from './encodings';

/** A secret that was found where it must not be. */
export interface Leak {
	/** How it was written there, e.g. `base64`. */
	written: string;
	/** What stands around it; the secret itself left out. */
	around: string;
}

const AROUND = 60;

/**
 * Searches texts for secrets, in every way in which they may be written there.
 *
 * @param texts - e.g. lines of a log
 * @param secrets - API keys, account numbers, UPI IDs
 */
export function findLeaks(texts: Iterable<string>, secrets: readonly string[]): Leak[] {
	const needles = new Map(
		secrets.flatMap((secret) =>
			Object.entries(encodeText(secret))
				.reverse()
				.map(([written, text]): [string, string] => [text.toLowerCase(), written]),
		),
	);
	const leaks: Leak[] = [];
	for (const text of texts) {
		const folded = text.toLowerCase();
		for (const [needle, written] of needles) {
			const at = folded.indexOf(needle);
			if (at < 0) continue;
			const before = text.slice(Math.max(0, at - AROUND), at);
			const after = text.slice(at + needle.length, at + needle.length + AROUND);
			leaks.push({ written, around: `${before}…${after}` });
		}
	}
	return leaks;
}
