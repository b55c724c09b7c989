/** A number of so many digits where JSON has its values: only such an answer is worth a second look. */
const LONG_NUMBER = /(?:^|[[:,\s-])\d{16}/;

/** Strings, to be left alone, and numbers. A string that never ends is one too, so that no quote is looked at twice. */
const TOKENS = /"(?:[^"\\]|\\.)*"?|-?\d[\d.eE+-]*/gs;

/**
 * Parses JSON and keeps all digits of whole numbers: one that JavaScript can't hold comes out as a string. An account
 * number that is sent as a number would otherwise become another one.
 *
 * @returns undefined where the text is no JSON
 */
export function parseJson(text: string): unknown {
	try {
		const parsed = JSON.parse(text) as unknown;
		if (!LONG_NUMBER.test(text)) return parsed;
		return JSON.parse(text.replace(TOKENS, quoted)) as unknown;
	} catch {
		return undefined;
	}
}

function quoted(token: string): string {
	return /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
