/** Blanks as people paste them: ordinary, non-breaking, zero-width. */
export const BLANK = String.raw`\s\u200b-\u200d\u2060`;

const NOT_BLANK = new RegExp(`[^${BLANK}]`);

/** True for text that contains nothing but blanks. */
export function hasOnlyBlanks(text: string): boolean {
	return !NOT_BLANK.test(text);
}

/** Removes blanks of every kind from both ends. Walks inward: a regular expression needs quadratic time for this. */
export function trimBlanks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && hasOnlyBlanks(text.charAt(start))) start++;
	while (end > start && hasOnlyBlanks(text.charAt(end - 1))) end--;
	return text.slice(start, end);
}

/** Removes characters from the end of a text, as many as there are. */
export function trimEndOf(text: string, characters: string): string {
	let end = text.length;
	while (end > 0 && characters.includes(text.charAt(end - 1))) end--;
	return text.slice(0, end);
}

/**
 * Shortens a text that is too long; an ellipsis shows that something is missing.
 *
 * @param longest - the length of what comes out, at most
 */
export function cut(text: string, longest: number): string {
	if (text.length <= longest) return text;
	const kept = text.slice(0, longest - 1);
	// Half of a character outside the basic plane would be no character at all.
	return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/**
 * Text from outside that n8n's panels show as it is: they render HTML, and chats render Markdown, so a text could bring
 * a link or a picture with it.
 */
export function asPlainText(text: string): string {
	return text.replace(/</g, '‹').replace(/>/g, '›').replace(/\]\(/g, '] (');
}

const isDigit = (codePoint: number) => /\p{Nd}/u.test(String.fromCodePoint(codePoint));

/** The ASCII digit that a digit of any script stands for: each script has its ten in a row. */
function asciiDigit(digit: string): string {
	const codePoint = digit.codePointAt(0) ?? 0;
	let before = 0;
	while (isDigit(codePoint - before - 1)) before++;
	return String(before % 10);
}

/** Takes no room and hides between visible characters: zero-width, formatting, private and unassigned ones. */
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\ufffc\ufffd]/gu;

/**
 * Text as a person reads it, in one line: full width, superscripts and digits of other scripts become ASCII, invisible
 * characters go, blanks in a row become one. Cut the text before.
 */
export function fold(text: string): string {
	return text
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.replace(/[^\P{Nd}0-9]/gu, asciiDigit)
		.replace(/(?:[\s\p{Cc}\u2800]|%20|&nbsp;)+/giu, ' ');
}
