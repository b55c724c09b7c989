import fc from 'fast-check';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = [...'0123456789'];

const textOf = (characters: string[], minLength: number, maxLength: number) =>
	fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });

/** Account numbers as they should be: 9 to 18 digits. */
export const accountNumbers = textOf(DIGITS, 9, 18);

/** IFSCs as they should be. */
export const ifscs = fc
	.tuple(textOf(LETTERS, 4, 4), textOf([...LETTERS, ...DIGITS], 6, 6))
	.map(([bank, branch]) => `${bank}0${branch}`);

/** UPI IDs as they should be, in any case. */
export const vpas = fc
	.tuple(
		textOf([...LETTERS, ...DIGITS, ...'abcxyz._-'], 2, 30),
		textOf([...LETTERS, ...'abcxyz'], 2, 12),
	)
	.map(([handle, provider]) => `${handle}@${provider}`);

/** Blanks as people paste them around values. */
export const blanks = textOf([' ', '\t', '\n', '\u00a0', '\u200b', '\ufeff'], 0, 3);

/**
 * Text of any characters at all. Not by fast-check's unit `binary`, which takes each test file a second to set up.
 *
 * @param maxLength - in characters
 */
export const anyText = (maxLength?: number) =>
	fc.string({
		unit: fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
		...(maxLength !== undefined && { maxLength }),
	});

/** Anything that an expression may give, a user may type or a spreadsheet may hold. */
export const anything = fc.oneof(
	fc.anything({ withBigInt: true }),
	anyText(),
	fc.double(),
	accountNumbers,
	vpas,
	fc.constantFrom(null, undefined, '', ' ', '1.23E+15', "'026291800004321", 2 ** 53, -1, 1e21),
);
