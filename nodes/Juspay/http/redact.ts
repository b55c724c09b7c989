import { masked } from '../account/mask';
import { asPlainText, cut, trimEndOf } from '../account/text';

const NAMED: Record<string, string> = {
	'&': 'amp',
	'<': 'lt',
	'>': 'gt',
	'"': 'quot',
	"'": 'apos',
};

/** A secret, each of its characters as it is or as URLs, JSON and HTML write it. */
function patternOf(secret: string): string {
	return (
		[...secret]
			.map((character) => {
				const code = character.charCodeAt(0);
				const hex = code.toString(16);
				const name = NAMED[character];
				return [
					// JSON puts a backslash before some characters, JSON within JSON three.
					/\w/.test(character) ? character : String.raw`\\{0,3}\u${hex.padStart(4, '0')}`,
					`%(?:25)?${hex}`,
					String.raw`\\{1,3}u00${hex}`,
					`&#(?:0?${code}|x${hex});`,
					...(name ? [`&${name};`] : []),
				].join('|');
			})
			.map((forms) => `(?:${forms})`)
			// In groups, or over several lines.
			.join('[\\s-]?')
	);
}

/** Thousands of failures may be worded in one run, all with the same secrets. */
const expressions = new WeakMap<readonly string[], RegExp>();

/** One expression for all of them, the longest first: a shorter one may be a part of it. */
function expressionOf(secrets: readonly string[]): RegExp {
	const known = expressions.get(secrets);
	if (known) return known;
	const longestFirst = secrets
		.filter((secret) => secret !== '')
		.sort((one, other) => other.length - one.length);
	// Without secrets, one that matches nothing.
	const expression = new RegExp(longestFirst.map(patternOf).join('|') || '(?!)', 'gi');
	expressions.set(secrets, expression);
	return expression;
}

/** A character of a secret takes at most this many: `\\u0026`. */
const LONGEST_FORM = 8;

/**
 * Words from outside as one line that may be shown: cut before anything else, without secrets in any writing, accounts
 * masked, without a full stop at the end.
 *
 * @param words - Juspay's words, or a proxy's
 * @param secrets - what must never be shown, as `secretsOf` gives it
 * @param longest - the length of what comes out, at most
 * @param readable - the ID of a customer, which isn't masked
 */
export function showable(
	words: string,
	secrets: readonly string[],
	longest = 500,
	readable = '',
): string {
	const expression = expressionOf(secrets);
	const margin = Math.max(64, ...secrets.map(({ length }) => length * LONGEST_FORM));
	const text = masked(
		words,
		longest,
		(folded) => folded.replace(expression, '***'),
		margin,
		readable,
	);
	return cut(asPlainText(trimEndOf(text.trim(), '. ')), longest);
}
