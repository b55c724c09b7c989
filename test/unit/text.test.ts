import {
	asPlainText,
	cut,
	fold,
	hasOnlyBlanks,
	trimBlanks,
	trimEndOf,
	visible,
	visibleName,
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
		[' \u2800 asha rao\u00a0\n', 'asha rao'],
		['asha', 'asha'],
		[' a', 'a'],
		['a ', 'a'],
	])('go from both ends of %j: %j', (text, trimmed) => {
		expect(trimBlanks(text)).toBe(trimmed);
	});
});

describe('what takes no room', () => {
	const marks = [
		...['\u0000', '\u001b', '\u00ad', '\u034f', '\u061c', '\u115f', '\u17b4', '\u180e', '\u200b'],
		...['\u200e', '\u200f', '\u202a', '\u202c', '\u202d', '\u202e', '\u2060', '\u2066', '\u2069'],
		...['\u3164', '\ufe0f', '\ufeff', '\uffa0', '\ud83d', '\u{e0061}'],
	];

	it.each(marks)('is not there: %j', (mark) => {
		expect(visible(`${mark}026${mark}29${mark}`)).toBe('02629');
		expect(visibleName(`${mark}Asha ${mark}Rao${mark}`)).toBe('Asha Rao');
		expect(hasOnlyBlanks(` ${mark}`)).toBe(true);
	});

	it('leaves everything else', () => {
		const text = 'Asha O’Rão 😀 क्षमा\t\n\u00a0';
		expect(visible(text)).toBe(text);
		expect(visibleName(text)).toBe(text);
	});

	it.each([
		['क्\u200dषमा', 'क्\u200dषमा'],
		['র\u200d্যাব', 'র\u200d্যাব'],
		['രാജന്\u200d', 'രാജന്\u200d'],
		['क्\u200c\u200dष', 'क्\u200cष'],
		['\u200dAsha\u200d Rao\u200c', 'Asha Rao'],
		['क\u200d', 'क'],
		['क्\u200b\u200dष', 'क्\u200dष'],
	])('keeps the joiners that spell a name: %j', (name, kept) => {
		expect(visibleName(name)).toBe(kept);
		expect(visible(name)).not.toMatch(/[\u200c\u200d]/);
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
