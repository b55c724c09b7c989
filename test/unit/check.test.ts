import fc from 'fast-check';
import {
	checkAccount,
	checkAccountNumber,
	checkHeaderText,
	checkId,
	checkIfsc,
	checkLine,
	checkName,
	checkVpa,
	isAccountNumber,
	isBlank,
	orBadInput,
	refuse,
	textOf,
} from '../../nodes/Juspay/account/check';
import { accountNumbers, anything, anyText, blanks, ifscs, vpas } from './arbitraries';
import { checked } from './checked';

/** The checked value, or what is wrong with it in one line. */
function outcome<T>(read: () => T): T | string {
	const ended = checked(read);
	if ('value' in ended) return ended.value;
	const { field, wrong, fix } = ended.problem;
	return `${field} ${wrong}. ${fix}`;
}

const accepts = (read: () => unknown) => 'value' in checked(read);

describe('an account number', () => {
	it.each([
		['as it should be', '026291800004321', '026291800004321'],
		['with blanks around it', '  026291800004321\n', '026291800004321'],
		['with blanks between its digits', '0262 9180 0004 321', '026291800004321'],
		[
			'with a non-breaking and a zero-width blank',
			'0262\u00a09180\u200b0004321',
			'026291800004321',
		],
		['with hyphens', '0262-9180-0004-321', '026291800004321'],
		["with Excel's apostrophe", "'026291800004321", '026291800004321'],
		['as a formula, which keeps zeros in a CSV', ' ="026291800004321" ', '026291800004321'],
		['as a whole number', 26291800004321, '26291800004321'],
		['as a big number', 262918000043219876n, '262918000043219876'],
		['of the fewest digits', '123456789', '123456789'],
		['of the most digits', '123456789012345678', '123456789012345678'],
		['of nothing but zeros in front', '000000001', '000000001'],
	])('%s is taken', (_, given, taken) => {
		expect(outcome(() => checkAccountNumber(given))).toBe(taken);
	});

	it.each([
		['nothing', undefined, /^Account Number is empty/],
		['blanks', ' \u00a0', /^Account Number is empty/],
		[
			'too few digits',
			'12345678',
			/^Account Number has 8 digits instead of 9 to 18.*missing digits/,
		],
		['too many digits', '1234567890123456789', /^Account Number has 19 digits.*extra digits/],
		['letters', '02629180ABC4321', /^Account Number may only contain digits/],
		['digits of another script', '०२६२९१८००००४३२१', /contains digits of another script.*0 to 9/],
		['digits in full width', '０２６２９１８００００４３２１', /contains digits of another script/],
		['one digit of another script', '02629180000432१', /contains digits of another script/],
		['superscripts', '²026291800004321', /contains digits of another script/],
		[
			'far too long',
			'1'.repeat(257),
			/^Account Number is longer than 256 characters.*single Account/,
		],
		['two digits far apart', `1${' '.repeat(300)}1`, /^Account Number is longer than 256/],
		['scientific notation', '2.62918E+13', /scientific notation.*plain text/],
		['scientific notation in small letters', '2.62918e13', /scientific notation.*plain text/],
		['another formula', '="026291800004321"&""', /only contain digits/],
		['a number beyond what a float can hold', 2 ** 53, /lost digits.*plain text/],
		['a number with decimals', 26291800004321.5, /lost digits.*plain text/],
		['a negative number', -262918000, /lost digits.*plain text/],
		['a negative number as text', '-026291800001191', /is a negative number/],
		['zeros', '000000000', /has only zeros/],
		['a number that ends in zeros where a spreadsheet cuts it', 1e15, /lost digits.*plain text/],
		['a number that was in scientific notation', 5.01e13, /lost digits.*plain text/],
		['not a number', Number.NaN, /lost digits.*plain text/],
		['a list', ['026291800004321'], /is a list, not text/],
		['an object', { accountNumber: '026291800004321' }, /is of type object, not text/],
		['a yes or no', true, /is of type boolean, not text/],
		['an apostrophe within', "0262'91800004321", /only contain digits/],
		['letters before scientific notation', 'x2.62918E+13', /only contain digits/],
		['letters after scientific notation', '2.62918E+13x', /only contain digits/],
		['scientific notation with many digits', '26291.8E+9', /scientific notation/],
		['scientific notation without decimals', '262918E+8', /scientific notation/],
		['masked with X', 'XXXXXXXX4321', /^Account Number is masked\. Use the full/],
		['all masked', 'xxxx', /^Account Number is masked/],
		['masked with *', '*1191', /^Account Number is masked/],
		['masked with •', '••••1191', /^Account Number is masked/],
		['letters around digits', 'XX1191X', /^Account Number (?!is masked)/],
		['letters, some of them X', 'AXX1191', /^Account Number (?!is masked)/],
	])('that is %s is refused, with what to do', (_, given, said) => {
		expect(outcome(() => checkAccountNumber(given))).toMatch(said);
	});

	it.each([
		['123456789', true],
		['123456789012345678', true],
		['12345678', false],
		['1234567890123456789', false],
		['customer 123456789', false],
		['123456789 or so', false],
		['', false],
	])('is told from what is no account number: "%s"', (text, expected) => {
		expect(isAccountNumber(text)).toBe(expected);
	});
});

describe('an IFSC', () => {
	it.each([
		['AABF0008032', 'AABF0008032'],
		['aabf0008032', 'AABF0008032'],
		[' AABF 0008032\t', 'AABF0008032'],
		['HdFc0AbC12z', 'HDFC0ABC12Z'],
	])('%j is taken as %s', (given, taken) => {
		expect(outcome(() => checkIfsc(given))).toBe(taken);
	});

	it.each([
		['', /^IFSC is empty/],
		['AABF000803', /^IFSC has 10 characters instead of 11/],
		['AABF00080321', /^IFSC has 12 characters instead of 11/],
		['AABFO008032', /^IFSC has the letter O as its fifth character, where a zero belongs/],
		['AAB10008032', /^IFSC is not valid/],
		['AABF1008032', /^IFSC is not valid/],
		['AABF000803!', /^IFSC is not valid/],
		[12345678901, /^IFSC is not valid/],
		['aabıf008032', /^IFSC contains a character other than A to Z and 0 to 9.*Type it again/],
		['ıABF0008032', /^IFSC contains a character other than A to Z and 0 to 9/],
		['ſABF0008032', /^IFSC contains a character other than A to Z and 0 to 9/],
		['AABF00080ſ2', /^IFSC contains a character other than A to Z and 0 to 9/],
		['ﬀBF0008032', /^IFSC contains a character other than A to Z and 0 to 9/],
		['ßBF0008032', /^IFSC contains a character other than A to Z and 0 to 9/],
		['АABF0008032', /^IFSC contains a character other than A to Z and 0 to 9/],
		['ＡＡＢＦ０００８０３２', /^IFSC contains a character other than A to Z and 0 to 9/],
		['AABF०008032', /^IFSC contains a character other than A to Z and 0 to 9/],
	])('%j is refused, with its form as advice', (given, said) => {
		expect(outcome(() => checkIfsc(given))).toMatch(said);
		expect(outcome(() => checkIfsc(given))).toMatch(
			'four letters, a zero, then six letters or digits',
		);
	});
});

describe('a text in which a value is missing', () => {
	it.each([
		...[
			'undefined',
			'null',
			'NULL',
			'NaN',
			'None',
			'nan',
			'customer_undefined',
			'null-7',
			'Asha undefined',
		],
		...['[object Object]', 'x [object Object]', '#N/A', '#REF!', ' #NAME? ', '#DIV/0!'],
	])('is refused: %j', (given) => {
		for (const check of [checkId, checkLine, checkHeaderText])
			expect(outcome(() => check('Field', given))).toMatch(
				/^Field contains ".+" in place of a value/,
			);
	});

	it.each(['Undefined Rao', 'Nullan', 'Jennifer Null', 'Nan', 'annulled', '#7', 'n/a-12'])(
		'is told from %j',
		(given) => expect(outcome(() => checkLine('Field', given))).toBe(given),
	);
});

describe('a beneficiary’s name', () => {
	it.each(['Asha Rao', 'आशा राव', 'R2 Traders', 'Cafe @ Home', "D'Souza & Co.", ''])(
		'%j is taken',
		(given) => expect(outcome(() => checkName(given))).toBe(given),
	);

	it.each([
		['026291800004321', /^Beneficiary Name contains what looks like an account number.*columns/],
		[26291800004321, /looks like an account number/],
		['A/c 026291800004321', /looks like an account number/],
		['0262 9180-0004', /contains no letters/],
		['9164326296@upi', /is a UPI ID/],
	])('%j is refused: the columns are mixed up', (given, said) => {
		expect(outcome(() => checkName(given))).toMatch(said);
	});
});

describe('a UPI ID', () => {
	it.each([
		['9164326296@upi', '9164326296@upi'],
		[' Priya.Sharma-1_x@okHDFCbank ', 'Priya.Sharma-1_x@okHDFCbank'],
		['p@upi', 'p@upi'],
		['026291800004321@AABF0008032.ifsc.npci', '026291800004321@AABF0008032.ifsc.npci'],
	])('%j is taken, in the case it came', (given, taken) => {
		expect(outcome(() => checkVpa(given))).toBe(taken);
	});

	it.each([
		['', /^UPI ID is empty/],
		['9164326296', /^UPI ID has no @/],
		['priya@example.com', /^UPI ID looks like an email address/],
		['priya@@upi', /^UPI ID is not valid/],
		['@upi', /^UPI ID is not valid/],
		['priya sharma@upi', /^UPI ID is not valid/],
		['priya＠upi', /^UPI ID contains characters outside plain ASCII.*Type it again/],
		['рriya@upi', /^UPI ID contains characters outside plain ASCII/],
		['priya@1upi', /^UPI ID is not valid/],
		[9164326296, /^UPI ID has no @/],
		['priya@upi!', /is not valid/],
		['priya@upi.com!', /is not valid/],
		['priya sharma@example.com', /is not valid/],
	])('%j is refused, with its form as advice', (given, said) => {
		expect(outcome(() => checkVpa(given))).toMatch(said);
		expect(outcome(() => checkVpa(given))).toMatch('a handle, an @ and a provider');
	});
});

it.each(['a**@upi', '****@upi', 'asha@o**'])('a masked UPI ID is called masked: "%s"', (given) => {
	expect(outcome(() => checkVpa(given))).toMatch(/^UPI ID is masked\. Use the full/);
});

describe('an ID', () => {
	it.each([
		['cst_zqqmw0v4exbhvv2l', 'cst_zqqmw0v4exbhvv2l'],
		['  customer_1122\n', 'customer_1122'],
		['a/b c?d%e#f', 'a/b c?d%e#f'],
		['12e45678', '12e45678'],
		[1122, '1122'],
		['...', '...'],
	])('%j is taken', (given, taken) => {
		expect(outcome(() => checkId('Customer ID', given))).toBe(taken);
	});

	it.each([
		[undefined, /^Customer ID is empty.*expression or column/],
		['   ', /^Customer ID is empty/],
		['cst_1\r\nx-merchantid: other', /^Customer ID contains a line break/],
		['cst_1\ncst_2', /^Customer ID contains a line break/],
		['cst_é', /^Customer ID contains characters outside plain ASCII/],
		['cst_é', /^Customer ID contains characters outside plain ASCII/],
		['.', /^Customer ID contains only dots/],
		['..', /^Customer ID contains only dots/],
		[
			'c'.repeat(257),
			/^Customer ID is longer than 256 characters.*Check where the value comes from/,
		],
		[2 ** 60, /^Customer ID is a number that has lost digits/],
		['1.22E+11', /^Customer ID is in scientific notation.*plain text/],
		[' 5e+13 ', /^Customer ID is in scientific notation/],
		[{}, /^Customer ID is of type object/],
	])('%j is refused', (given, said) => {
		expect(outcome(() => checkId('Customer ID', given))).toMatch(said);
	});

	it('may be empty where a header is optional', () => {
		expect(outcome(() => checkHeaderText('Routing ID', undefined))).toBe('');
	});
});

describe('an account', () => {
	it('is a bank account with what was given', () => {
		const raw = { accountNumber: 26291800004321, ifsc: 'aabf0008032', bankCode: 12 };
		expect(
			outcome(() => checkAccount('bankAccount', { ...raw, beneficiaryName: ' Asha \n Rao ' })),
		).toEqual({
			type: 'bankAccount',
			accountNumber: '26291800004321',
			ifsc: 'AABF0008032',
			beneficiaryName: 'Asha Rao',
			bankCode: '12',
		});
	});

	it('leaves out what was left blank', () => {
		const raw = { accountNumber: '26291800004321', ifsc: 'AABF0008032' };
		const account = outcome(() =>
			checkAccount('bankAccount', { ...raw, beneficiaryName: '', bankCode: ' ' }),
		);
		expect(account).toEqual({ type: 'bankAccount', ...raw });
	});

	it('is a UPI ID', () => {
		expect(outcome(() => checkAccount('upi', { vpa: ' asha@upi' }))).toEqual({
			type: 'upi',
			vpa: 'asha@upi',
		});
	});

	it.each([
		['its account number', { ifsc: 'AABF0008032' }, /^Account Number is empty/],
		['its IFSC', { accountNumber: '026291800004321' }, /^IFSC is empty/],
	])('without %s is refused', (_, raw, said) => {
		expect(outcome(() => checkAccount('bankAccount', raw))).toMatch(said);
	});

	it.each([
		['beneficiaryName', 'Beneficiary Name'],
		['bankCode', 'Bank Code'],
	])('whose %s is an object is refused', (name, label) => {
		const raw = { accountNumber: '026291800004321', ifsc: 'AABF0008032', [name]: {} };
		const said = outcome(() => checkAccount('bankAccount', raw));
		expect(said).toMatch(`${label} is of type object, not text`);
	});
});

describe('a value', () => {
	it('that is as long as one can be is taken, with blanks around it', () => {
		expect(
			outcome(() => checkId('Customer ID', `${' '.repeat(300)}${'c'.repeat(256)}\u200b`)),
		).toBe('c'.repeat(256));
		const name = 'n'.repeat(500);
		expect(outcome(() => checkLine('First Name', ` ${name} `))).toBe(name);
	});

	it.each([
		['a UPI ID', () => checkVpa(`${'a'.repeat(300)}@upi`), /^UPI ID is longer than 256/],
		['an IFSC', () => checkIfsc('A'.repeat(300)), /^IFSC is longer than 256/],
		[
			'a name',
			() => checkLine('First Name', 'n'.repeat(501)),
			/^First Name is longer than 500 char/,
		],
	])('that is too long for %s is refused', (_, read: () => string, said) => {
		expect(outcome(read)).toMatch(said);
	});
});

describe('whatever comes in', () => {
	const checks = {
		'Account Number': checkAccountNumber,
		IFSC: checkIfsc,
		'UPI ID': checkVpa,
		'Customer ID': (value: unknown) => checkId('Customer ID', value),
	};

	it.each(Object.entries(checks))(
		'%s: checking throws nothing but bad input, and twice is as good as once',
		(_, check) => {
			fc.assert(
				fc.property(anything, (value) => {
					const once = checked(() => check(value));
					if ('value' in once) expect(check(once.value)).toEqual(once.value);
				}),
			);
		},
	);

	it.each(Object.entries(checks))('%s: advice shows no run of the digits given', (field, check) => {
		fc.assert(
			fc.property(fc.oneof(accountNumbers, vpas, fc.string()), fc.string(), (secret, noise) => {
				const read = () => check(`${secret}${noise}`);
				if (accepts(read)) return;
				const said = outcome(read);
				expect(said.startsWith(`${field} `)).toBe(true);
				const advice = said.replace('9876543210@upi', '').replace('AABF0008032', '');
				expect(advice).not.toMatch(/\d{3}/);
				expect(advice).not.toMatch(/error|problem|failure/i);
			}),
		);
	});

	it('every account that is accepted is accepted with blanks around its values, as the same', () => {
		fc.assert(
			fc.property(accountNumbers, ifscs, blanks, blanks, (accountNumber, ifsc, before, after) => {
				const exact = outcome(() => checkAccount('bankAccount', { accountNumber, ifsc }));
				expect(exact).toEqual({ type: 'bankAccount', accountNumber, ifsc });
				const pasted = {
					accountNumber: before + accountNumber + after,
					ifsc: before + ifsc.toLowerCase() + after,
				};
				expect(outcome(() => checkAccount('bankAccount', pasted))).toEqual(exact);
			}),
		);
		fc.assert(
			fc.property(vpas, blanks, blanks, (vpa, before, after) => {
				expect(outcome(() => checkVpa(before + vpa + after))).toBe(vpa);
			}),
		);
	});

	it('no number that lost digits gets through as text', () => {
		fc.assert(
			fc.property(fc.double(), (value) => {
				const text = checked(() => textOf('Account Number', value));
				// What comes out stands for exactly one number: that which was given.
				expect('value' in text).toBe(Number.isSafeInteger(value) && value >= 0);
				if ('value' in text) expect(BigInt(text.value)).toBe(BigInt(value));
			}),
		);
		fc.assert(
			fc.property(fc.bigInt({ min: 2n ** 53n, max: 10n ** 18n }), (exact) => {
				expect(accepts(() => textOf('Account Number', Number(exact)))).toBe(false);
			}),
		);
	});

	it('an accepted header value is one line of ASCII', () => {
		fc.assert(
			fc.property(fc.oneof(anything, anyText()), (value) => {
				const header = checked(() => checkHeaderText('Routing ID', value));
				if ('value' in header) expect(header.value).toMatch(/^[\x20-\x7e]*$/);
			}),
		);
	});

	it('only blanks, nothing and null are blank', () => {
		fc.assert(fc.property(blanks, (text) => expect(isBlank(text)).toBe(true)));
		for (const value of [undefined, null]) expect(isBlank(value)).toBe(true);
		for (const value of [0, false, 'x', ' x ', {}, []]) expect(isBlank(value)).toBe(false);
	});
});

describe('bad input', () => {
	it('is given back to who can go on without the value; whatever else is thrown is not', () => {
		expect(orBadInput(() => 'a value')).toBe('a value');
		expect(orBadInput(() => refuse('IFSC', 'is empty', 'Enter it.'))).toMatchObject({
			message: "'IFSC' is empty",
			fix: 'Enter it.',
		});
		const fail = () => {
			throw new RangeError('Something else');
		};
		expect(() => orBadInput(fail)).toThrow(RangeError);
	});

	it('of a whole row is a sentence of its own', () => {
		expect(orBadInput(() => refuse('', 'This row is empty', 'Fill it in.'))).toMatchObject({
			message: 'This row is empty',
		});
	});
});
