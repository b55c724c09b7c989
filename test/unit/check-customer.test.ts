import fc from 'fast-check';
import {
	checkCountryCode,
	checkEmail,
	checkMobileNumber,
	checkObjectReferenceId,
} from '../../nodes/Juspay/account/check';
import { anything } from './arbitraries';
import { checked } from './checked';

const wrong = (read: () => string) => {
	const ended = checked(read);
	return 'problem' in ended ? ended.problem.wrong : '';
};
const right = (read: () => string) => {
	const ended = checked(read);
	return 'value' in ended ? ended.value : undefined;
};

describe('an object reference ID', () => {
	it.each([
		['customer_1122', 'customer_1122'],
		['12345678', '12345678'],
		[12345678, '12345678'],
		['  customer_1122\u00a0', 'customer_1122'],
		['a b c d e', 'a b c d e'],
	])('%j is taken as %j', (given, taken) => {
		expect(right(() => checkObjectReferenceId(given))).toBe(taken);
	});

	it.each([
		['1234567', 'must have at least 8 characters; this one has 7'],
		['  1234567  ', 'must have at least 8 characters; this one has 7'],
		[undefined, 'is empty'],
		[null, 'is empty'],
		['', 'is empty'],
		['kunde_äöü_1', 'contains characters outside plain ASCII'],
		[['customer_1122'], 'is a list, not text'],
	])('%j %s', (given, problem) => {
		expect(wrong(() => checkObjectReferenceId(given))).toBe(problem);
	});
});

describe('a mobile number', () => {
	it.each([
		['9876543210', '91', '9876543210'],
		[9876543210, '', '9876543210'],
		[' 98765 43210 ', '91', '9876543210'],
		['98765-43210', '91', '9876543210'],
		["'9876543210", '91', '9876543210'],
		['(98765)43210', '91', '9876543210'],
		['', '91', ''],
		[undefined, '', ''],
		['2025550123', '1', '2025550123'],
		['7911123456', '44', '7911123456'],
		['12345', '377', '12345'],
		['1234', '44', '1234'],
		['12345678901234', '44', '12345678901234'],
	])('%j with country code "%s" is taken as "%s"', (given, code, taken) => {
		expect(right(() => checkMobileNumber(given, code))).toBe(taken);
	});

	it.each([
		['+919876543210', '91', 'starts with a country code'],
		['919876543210', '91', 'starts with a country code or a zero'],
		['919876543210', '', 'starts with a country code or a zero'],
		['09876543210', '91', 'starts with a country code or a zero'],
		['987654321', '91', 'has 9 digits instead of 10'],
		['98765432100', '91', 'has 11 digits instead of 10'],
		['123', '44', 'has 3 digits instead of 4 to 14'],
		['123456789012345', '44', 'has 15 digits instead of 4 to 14'],
		['98765O3210', '91', 'may only contain digits'],
		['９８７６５４３２１０', '91', 'contains digits of another script'],
		['987654321०', '91', 'contains digits of another script'],
		['9'.repeat(257), '91', 'is longer than 256 characters'],
		[9.87654321e20, '91', 'is a number that has lost digits'],
		["98'76543210", '91', 'may only contain digits'],
		['1919876543210', '91', 'has 13 digits instead of 10'],
		['9198765432101', '91', 'has 13 digits instead of 10'],
	])('%j with country code "%s" %s', (given, code, problem) => {
		expect(wrong(() => checkMobileNumber(given, code))).toBe(problem);
	});
});

describe('a country code', () => {
	it.each([
		['91', '91'],
		['+91', '91'],
		[91, '91'],
		[' 1 ', '1'],
		['377', '377'],
		['', ''],
		[undefined, ''],
	])('%j is taken as "%s"', (given, taken) => {
		expect(right(() => checkCountryCode(given))).toBe(taken);
	});

	it('in digits of another script is none', () => {
		expect(wrong(() => checkCountryCode('९१'))).toBe('contains digits of another script');
	});

	it.each(['IN', '++91', '9191', '9 1', '-1', '9+1'])('%j is none', (given) => {
		expect(wrong(() => checkCountryCode(given))).toBe('is not a calling code');
	});
});

describe('an e-mail address', () => {
	it.each(['nathan@example.com', ' n.k+juspay@mail.example.co.in ', "o'neil@example.com", ''])(
		'"%s" is taken',
		(given) => {
			expect(right(() => checkEmail(given))).toBe(given.trim());
		},
	);

	it.each([
		'nathan',
		'nathan@',
		'@example.com',
		'nathan@example',
		'nathan@.com',
		'nathan@example..com',
		'nathan@example.',
		'na than@example.com',
		'a@b@example.com',
		'nathan@example.com and more',
	])('"%s" is none', (given) => {
		expect(wrong(() => checkEmail(given))).toBe('is not an email address');
	});

	it('is text', () => {
		expect(wrong(() => checkEmail(['nathan@example.com']))).toBe('is a list, not text');
	});
});

describe('whatever comes in', () => {
	it.each([
		['object reference ID', checkObjectReferenceId],
		['mobile number', (value: unknown) => checkMobileNumber(value, '91')],
		["foreigner's mobile number", (value: unknown) => checkMobileNumber(value, '44')],
		['country code', checkCountryCode],
		['e-mail address', checkEmail],
	])(
		'no %s is taken that is more than one line of text, and nothing is thrown but bad input',
		(_, check) => {
			fc.assert(
				fc.property(anything, (value) => {
					const ended = checked(() => check(value));
					if ('value' in ended) expect(ended.value).not.toMatch(/[\r\n]/);
					else expect(ended.problem.fix).toMatch(/^[A-Z].*\.$/);
				}),
			);
		},
	);

	it('no problem repeats the value it is about', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[0-9]{11,14}$/), (value) => {
				const said = JSON.stringify(checked(() => checkMobileNumber(value, '91')));
				expect(said).toContain('fix');
				expect(said).not.toContain(value);
			}),
		);
	});
});
