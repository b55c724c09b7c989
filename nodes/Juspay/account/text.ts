/**
 * What takes no room, the one list for all fields: control characters, the marks and isolates of writing directions,
 * soft hyphens, variation selectors, fillers, zero-width characters, halves of characters.
 */
const INVISIBLE = String.raw`\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\p{Cs}\p{Default_Ignorable_Code_Point}`;

/** The two of them that spell: they join letters, or keep them apart. */
const JOINER = String.raw`[\u200c\u200d]`;
const LETTER = String.raw`[\p{L}\p{M}]`;

const HIDDEN = new RegExp(`[${INVISIBLE}]`, 'gu');
const HIDDEN_BUT_JOINERS = new RegExp(`(?!${JOINER})[${INVISIBLE}]`, 'gu');

/** Signs that take a letter's vowel away. A joiner after one makes a letter of its own, also at a word's end. */
const VIRAMA = String.raw`[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]`;

/** A joiner that joins nothing. */
const STRAY_JOINER = new RegExp(
	String.raw`(?<!${LETTER})${JOINER}|(?<!${VIRAMA})${JOINER}(?!${LETTER})`,
	'gu',
);

/** Text without what takes no room. */
export function visible(text: string): string {
	return text.replace(HIDDEN, '');
}

/** A name without what takes no room; joiners between its letters stay: Hindi, Bengali and Malayalam spell with them. */
export function visibleName(name: string): string {
	return name.replace(HIDDEN_BUT_JOINERS, '').replace(STRAY_JOINER, '');
}

/** Blanks as people paste them: ordinary, non-breaking, the empty braille pattern. */
const BLANK = String.raw`\s\u2800`;

/** Blanks of every kind, wherever they are. */
export const BLANKS = new RegExp(`[${BLANK}]`, 'g');

const NOT_BLANK = new RegExp(`[^${BLANK}${INVISIBLE}]`, 'u');

/** True for text that contains nothing to be seen. */
export function hasOnlyBlanks(text: string): boolean {
	return !NOT_BLANK.test(text);
}

const IS_BLANK = new RegExp(`[${BLANK}]`);

/** Removes blanks of every kind from both ends. Walks inward: a regular expression needs quadratic time for this. */
export function trimBlanks(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && IS_BLANK.test(text.charAt(start))) start++;
	while (end > start && IS_BLANK.test(text.charAt(end - 1))) end--;
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

/** What hides between visible characters of a text to be masked: also formatting, private and unassigned ones. */
const HIDING = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\ufffc\ufffd]/gu;

/**
 * Text as a person reads it, in one line: full width, superscripts and digits of other scripts become ASCII, invisible
 * characters go, blanks in a row become one. Cut the text before.
 */
export function fold(text: string): string {
	return text
		.normalize('NFKC')
		.replace(HIDING, '')
		.replace(/[^\P{Nd}0-9]/gu, asciiDigit)
		.replace(/(?:[\s\p{Cc}\u2800]|%20|&nbsp;)+/giu, ' ');
}
