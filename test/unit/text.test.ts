import {
	asPlainText,
	cut,
	fold,
	hasOnlyBlanks,
	trimBlanks,
	trimEndOf,
} from '../../nodes/Juspay/account/text';

describe('blanks', () => {
	it.each([
		['', true],
		[' \t\r\n', true],
		['\u00a0\u200b\u200c\u200d\u2060\ufeff', true],
		[' x ', false],
		['-', false],
	])('are all there is in %j: %j', (text, expected) => {
		expect(hasOnlyBlanks(text)).toBe(expected);
	});

	it.each([
		['', ''],
		['   ', ''],
		[' \u200b asha rao\u00a0\n', 'asha rao'],
		['asha', 'asha'],
		[' a', 'a'],
		['a ', 'a'],
	])('go from both ends of %j: %j', (text, trimmed) => {
		expect(trimBlanks(text)).toBe(trimmed);
	});
});

describe('the end of a text', () => {
	it.each([
		['Not found. . ', '. ', 'Not found'],
		['...', '.', ''],
		['', '.', ''],
		['https://x//', '/', 'https://x'],
		['as it is', '.', 'as it is'],
		['.5', '.', '.5'],
	])('of %j goes without %j', (text, characters, left) => {
		expect(trimEndOf(text, characters)).toBe(left);
	});
});

describe('a text that is too long', () => {
	it.each([
		['abcde', 5, 'abcde'],
		['abcdef', 5, 'abcd…'],
		['abc😀def', 5, 'abc…'],
		['ab😀def', 5, 'ab😀…'],
		['😀abcdef', 5, '😀ab…'],
	])('is cut, but not within a character: %j', (text, longest, shown) => {
		expect(cut(text, longest)).toBe(shown);
	});
});

describe('plain text', () => {
	it('brings no HTML and no Markdown with it, and stays readable', () => {
		expect(asPlainText('<b>x</b> ![a](b) [c](d)')).toBe('‹b›x‹/b› ![a] (b) [c] (d)');
	});
});

describe('a text as a person reads it', () => {
	it.each([
		['० ९ ٣ ０ ⁵ ①', '0 9 3 0 5 1'],
		['a\u200bb\u00adc\ufffdd', 'abcd'],
		['one\r\n two\u2028three\u0000%20&nbsp;four', 'one two three four'],
		['ｆｕｌｌ', 'full'],
		['as it is', 'as it is'],
	])('%j is %j', (text, read) => {
		expect(fold(text)).toBe(read);
	});
});
